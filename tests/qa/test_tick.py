"""Acts of time: what is due is done once, in order, and what fails is told."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.urls import reverse

from qa import clock, due, flows
from qa.enums import AccreditationStatus, ProcedureKind, ProcedureStatus
from qa.models import (
    Accreditation,
    Event,
    InstitutionalAccreditation,
    LearningOutcome,
    Message,
    Procedure,
    Seal,
    User,
    Version,
)
from qa.services import panel, validity
from qa.services.people import system_actor
from qa.services.reminders import write_reminders
from tests.qa import flow_world as w

pytestmark = pytest.mark.django_db

V = AccreditationStatus
FROM, TO = date(2027, 1, 1), date(2029, 12, 31)
SENT_BACK = {
    "status": ProcedureStatus.DECIDED,
    "outcome": "resubmit",
    "decided_on": date(2029, 12, 1),
    "resubmit_until": date(2030, 12, 1),
}


@pytest.fixture
def world() -> Iterator[w.World]:
    with clock.at(w.MORNING):
        yield w.build()


def on(day: date):
    return clock.at(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


def done() -> dict[str, int]:
    outcome = due.run()
    assert [str(failure) for failure in outcome.failures] == []
    return dict(outcome.done)


def approved(world, **fields) -> Accreditation:
    """A decided procedure with its period, which waits for its first day."""
    return w.period(world, w.until(world, "A16"), FROM, TO, **fields)


def in_force(world, **fields) -> Accreditation:
    return approved(
        world,
        status=V.IN_FORCE,
        in_force_at=clock.now(),
        in_force_by=world.senate,
        **fields,
    )


def reevaluation(world, period, **fields) -> Procedure:
    """A periodic procedure of the period, filed in time unless said otherwise."""
    earlier = period.procedure
    return Procedure.objects.create(
        **{
            "micro_credential": period.micro_credential,
            "kind": ProcedureKind.PERIODIC,
            "route": "R1",
            "standard_set": earlier.standard_set,
            "rule_set": earlier.rule_set,
            "coordinator": earlier.coordinator,
            "renews": period,
            "version": earlier.version,
            "status": ProcedureStatus.SUBMITTED,
            "registry_number": "9/2029",
            "first_submitted_on": period.filing_by,
            "submitted_at": clock.now(),
            "submitted_by": world.ana,
            "opened_at": clock.now(),
            "opened_by": world.ana,
            "moved_at": clock.now(),
            **fields,
        }
    )


def status(period: Accreditation) -> str:
    return Accreditation.objects.get(pk=period.pk).status


# --- A18 and A27 ------------------------------------------------------------------


def test_a_period_enters_into_force_on_its_first_day(world):
    period = approved(world)
    with on(FROM - timedelta(days=1)):
        assert done() == {}
    with on(FROM):
        assert done() == {"A18": 1}

    event = Event.objects.get(row="A18")
    assert (event.by, event.to_state) == (system_actor(), V.IN_FORCE)
    assert w.turns(period.procedure) == []
    assert Message.objects.get(to=world.ana, key__startswith="A18/").subject == (
        f"In force: {period.version.title_en}"
    )


def test_a_second_run_finds_nothing_left_to_do(world):
    approved(world)
    with on(FROM):
        assert done() == {"A18": 1}
        before = (Event.objects.count(), Message.objects.count(), Seal.objects.count())

        assert done() == {}
        assert before == (
            Event.objects.count(),
            Message.objects.count(),
            Seal.objects.count(),
        )


def succeeding(world) -> tuple[Accreditation, Accreditation]:
    """A period in force and the one that follows it the day after."""
    earlier = in_force(world, reevaluation_opened_at=w.MORNING)
    drafted = reevaluation(
        world,
        earlier,
        status=ProcedureStatus.DRAFT,
        first_submitted_on=None,
        submitted_at=None,
        submitted_by=None,
        registry_number="",
    )
    flows.hand_on(drafted, "A24", w.act(world.ana))
    decided = w.walk(world, drafted, "A16")
    later = w.period(
        world, decided, date(2030, 1, 1), date(2034, 12, 31), predecessor=earlier
    )
    return earlier, later


def test_the_next_period_closes_the_one_before_in_the_same_act(world):
    earlier, later = succeeding(world)
    with on(date(2030, 1, 1)):
        assert done() == {"A18": 1}

    assert (status(earlier), status(later)) == (V.SUCCEEDED, V.IN_FORCE)
    rows = Event.objects.filter(case=earlier.case_id).exclude(row="")
    assert list(rows.values_list("row", flat=True)) == ["A27", "A18"]


def test_a_period_that_cannot_begin_leaves_the_one_before_alone(world):
    earlier, later = succeeding(world)
    LearningOutcome.objects.update(text_en="")

    with on(date(2030, 1, 1)):
        outcome = due.run()

    refused = [failure for failure in outcome.failures if failure.row == "A18"]
    assert [f.case_number for f in refused] == [str(earlier.micro_credential)]
    assert "public page" in refused[0].reason
    assert status(later) == V.APPROVED
    assert not Event.objects.filter(row__in=["A18", "A27"]).exists()


# --- A26, A29, A31 ----------------------------------------------------------------


def test_a_timely_reevaluation_extends_the_period_open_ended(world):
    period = in_force(world, reevaluation_opened_at=w.MORNING)
    reevaluation(world, period)

    with on(TO):
        assert done() == {"A26": 1}
    with on(TO + timedelta(days=400)):
        assert done() == {}

    extended = Accreditation.objects.get(pk=period.pk)
    assert (extended.status, extended.last_day) == (V.IN_FORCE, None)
    assert extended.extension_reason == "TIMELY_APPLICATION"


@pytest.mark.parametrize(
    "fields",
    [
        {"first_submitted_on": date(2029, 7, 1)},
        {"status": ProcedureStatus.DRAFT, "first_submitted_on": None},
        {
            "status": ProcedureStatus.ABANDONED,
            "abandoned_at": w.MORNING,
            "first_submitted_on": date(2029, 6, 1),
        },
        {
            "status": ProcedureStatus.DECIDED,
            "outcome": "rejected",
            "decided_on": date(2029, 12, 1),
        },
    ],
    ids=["late", "not filed", "abandoned", "decided"],
)
def test_without_a_timely_undecided_reevaluation_the_period_expires(world, fields):
    period = in_force(world, reevaluation_opened_at=w.MORNING)
    reevaluation(world, period, **fields)

    with on(TO):
        assert done() == {}
    with on(TO + timedelta(days=1)):
        assert done() == {"A29": 1}
    assert status(period) == V.EXPIRED


def test_the_rule_set_may_know_no_extension(world):
    world.rules.extends_timely_submission = False
    world.rules.save()
    period = in_force(world, reevaluation_opened_at=w.MORNING)
    reevaluation(world, period)

    with on(TO + timedelta(days=1)):
        assert done() == {"A29": 1}
    assert status(period) == V.EXPIRED


def test_resubmit_keeps_the_extension_for_its_term_and_no_longer(world):
    period = in_force(world, reevaluation_opened_at=w.MORNING)
    reevaluation(world, period, **SENT_BACK)

    with on(TO):
        assert done() == {"A26": 1}
    with on(date(2030, 12, 1)):
        assert done() == {}
    with on(date(2030, 12, 2)):
        assert done() == {"A29": 1}


def test_a_follower_of_resubmit_carries_the_extension_on(world):
    period = in_force(world, reevaluation_opened_at=w.MORNING)
    sent_back = reevaluation(world, period, **SENT_BACK)
    with on(TO):
        assert done() == {"A26": 1}
    reevaluation(world, period, follows=sent_back, first_submitted_on=date(2030, 3, 1))

    with on(date(2031, 6, 1)):
        assert done() == {}
    assert status(period) == V.IN_FORCE


def test_a_follower_left_unsubmitted_does_not_extend_for_ever(world):
    period = in_force(world, reevaluation_opened_at=w.MORNING)
    sent_back = reevaluation(world, period, **SENT_BACK)
    with on(TO):
        assert done() == {"A26": 1}
    reevaluation(
        world,
        period,
        follows=sent_back,
        status=ProcedureStatus.DRAFT,
        first_submitted_on=None,
        submitted_at=None,
        submitted_by=None,
        registry_number="",
    )

    with on(date(2030, 12, 1)):
        assert done() == {}
    with on(date(2030, 12, 2)):
        assert done() == {"A29": 1}


def test_a_closed_extension_ends_on_its_day(world):
    period = in_force(
        world,
        reevaluation_opened_at=w.MORNING,
        extension_opened_at=w.MORNING,
        extended_until=date(2030, 3, 31),
    )

    with on(date(2030, 3, 31)):
        assert done() == {}
    with on(date(2030, 4, 1)):
        assert done() == {"A29": 1}
    assert Accreditation.objects.get(pk=period.pk).ended_on == date(2030, 4, 1)


def test_a_withdrawal_takes_effect_on_the_day_the_senate_set(world):
    period = in_force(world, reevaluation_opened_at=w.MORNING)
    Accreditation.objects.filter(pk=period.pk).update(
        withdrawal=w.senate_act(
            world,
            period.procedure,
            decided_on=date(2027, 2, 1),
            hearing_on=date(2027, 2, 1),
            **w.WITHDRAWING,
        ),
        withdrawn_on=date(2027, 9, 30),
        last_enrolment_on=date(2027, 3, 1),
        last_assessment_on=date(2028, 7, 1),
        teach_out_contact="contact@uvd.example",
        transfer_options_ro="Nu este nevoie.",
        transfer_options_en="None needed.",
    )

    with on(date(2027, 9, 29)):
        assert done() == {}
    with on(date(2027, 9, 30)):
        assert done() == {"A31": 1}
    assert status(period) == V.WITHDRAWN


def test_one_days_acts_are_taken_in_their_order(world, monkeypatch):
    taken = []
    monkeypatch.setattr(
        due,
        "ROWS",
        [
            due.Due(
                one.row,
                lambda day: [("case", world.rules)],
                lambda it, row=one.row: taken.append(row),
            )
            for one in due.ROWS
        ],
    )

    due.run()

    assert taken[:4] == ["A18", "A26", "A31", "A29"]
    assert taken[4:7] == ["A24", "A06", "reply"]


# --- A24 --------------------------------------------------------------------------


def test_notice_opens_a_draft_reevaluation_with_a_copy(world):
    period = in_force(world)
    with on(period.notice_on - timedelta(days=1)):
        assert done() == {}
    with on(period.notice_on):
        assert done() == {"A24": 1}
        assert done() == {}

    procedure = Procedure.objects.get(renews=period)
    assert (procedure.kind, procedure.status) == ("periodic", "draft")
    assert procedure.opened_by == system_actor()
    assert procedure.due_on == period.filing_by
    assert w.turns(procedure) == [("completion", "ana")]
    copy = procedure.version
    assert (copy.number, copy.status) == (2, "draft")
    assert copy.title_en == period.version.title_en
    assert [o.text_en for o in copy.outcomes.all()] == ["Analyse"]
    told = Message.objects.filter(key__startswith="A24/")
    assert {message.to for message in told} == {
        world.ana,
        world.qa,
        world.qa2,
        world.dean,
    }


def test_a_reevaluation_takes_todays_rules_and_standards(world):
    period = in_force(world)
    newer = w.renew_rules(world, since=date(2028, 6, 1))
    with on(period.notice_on):
        assert done() == {"A24": 1}

    procedure = Procedure.objects.get(renews=period)
    assert (procedure.rule_set, procedure.standard_set) == newer


def test_no_reevaluation_is_opened_for_a_period_about_to_be_withdrawn(world):
    period = in_force(world)
    Accreditation.objects.filter(pk=period.pk).update(
        withdrawal=period.decision, withdrawn_on=date(2029, 6, 1)
    )

    with on(period.notice_on):
        assert done() == {}


# --- A06 and the reply ------------------------------------------------------------


def test_a_returned_proposal_lapses_after_term_and_grace(world):
    procedure = w.move(world, w.until(world, "A03"), "A04")
    last = clock.add_days(clock.today(), 30 + 30)
    with on(last):
        assert done() == {}
    with on(clock.add_days(last, 1)):
        assert done() == {"A06": 1}

    assert Procedure.objects.get(pk=procedure.pk).status == ProcedureStatus.ABANDONED
    assert Version.objects.get(pk=procedure.version_id).status == "abandoned"
    assert w.turns(procedure) == []
    assert Message.objects.filter(to=world.ion, key__startswith="A06/").exists()


def test_a_reply_that_did_not_come_counts_as_no_remarks(world):
    procedure = w.until(world, "A13")
    with on(procedure.factual_check_until):
        assert done() == {}
    with on(clock.add_days(procedure.factual_check_until, 1)):
        assert done() == {"reply": 1}
        assert done() == {}

    assert w.turns(procedure) == [("finalisation", "chair")]
    assert Event.objects.get(act="reply_term_over").by == system_actor()


# --- Failures, seals, reminders ---------------------------------------------------


def test_one_failing_case_holds_up_no_other_and_stays_due(world):
    broken, sound = approved(world), approved(world)
    LearningOutcome.objects.filter(version=broken.version).delete()
    out, err = StringIO(), StringIO()

    with on(FROM), pytest.raises(SystemExit) as ended:
        call_command("tick", stdout=out, stderr=err)

    assert ended.value.code == 1
    assert out.getvalue() == "A18: 1\n"
    assert err.getvalue().startswith(f"{broken.micro_credential} A18: The public page")
    assert (status(broken), status(sound)) == (V.APPROVED, V.IN_FORCE)

    LearningOutcome.objects.create(
        version=broken.version, position=1, text_ro="Analizează", text_en="Analyse"
    )
    with on(FROM):
        assert done() == {"A18": 1}


def test_an_institution_without_accreditation_is_told(world):
    approved(world)
    InstitutionalAccreditation.objects.update(valid_to=date(2026, 12, 1))

    with on(FROM):
        (failure,) = due.run().failures

    assert "does not cover" in failure.reason


def test_a_crash_is_told_with_its_kind_and_undone(world, monkeypatch, caplog):
    period = approved(world)

    def crash(*_args, **_kwargs):
        raise RuntimeError("no paper")

    monkeypatch.setattr(validity, "notify", crash)
    with on(FROM):
        (failure,) = due.run().failures

    assert str(failure) == f"{period.micro_credential} A18: RuntimeError: no paper"
    assert status(period) == V.APPROVED
    assert "no paper" in caplog.text


def test_an_act_that_another_run_took_meanwhile_is_no_failure(world, monkeypatch):
    period = approved(world)

    def second_of_two(it):
        validity.enter_into_force(period=it)
        validity.enter_into_force(period=it)

    monkeypatch.setattr(
        due, "ROWS", [due.Due("A18", due.entering_into_force, second_of_two)]
    )
    with on(FROM):
        outcome = due.run()

    assert outcome.failures == []
    assert status(period) == V.IN_FORCE


def test_a_run_seals_what_changed(world):
    approved(world)
    with on(FROM):
        done()

    assert Seal.objects.count() == 1


def test_a_seal_that_fails_is_told(world, monkeypatch):
    def no_key():
        raise FileNotFoundError("seal.key")

    monkeypatch.setattr(due.record, "seal_changed_cases", no_key)

    (failure,) = due.run().failures

    assert str(failure) == "record seal: FileNotFoundError: seal.key"


def test_people_are_reminded_once_before_and_once_after(world):
    procedure = w.until(world, "A13")
    day = procedure.due_on
    User.objects.filter(pk=world.ana.pk).update(language="ro")
    with on(day - timedelta(days=4)):
        assert write_reminders() == 0
    for moment in (day - timedelta(days=3), day - timedelta(days=2), day):
        with on(moment):
            write_reminders()

    (soon,) = Message.objects.filter(to=world.ana)
    assert soon.path == reverse("qa:report_detail", args=[procedure.pk])
    assert procedure.version.title_ro in soon.body

    with on(day + timedelta(days=1)):
        assert write_reminders() == 1
        assert write_reminders() == 0
    assert Message.objects.filter(to=world.ana).count() == 2


def test_an_office_is_reminded_in_all_its_holders(world):
    procedure = w.until(world, "A03")
    with on(procedure.due_on):
        write_reminders()

    assert {m.to for m in Message.objects.all()} == {world.qa, world.qa2}
    assert Message.objects.first().subject.startswith("Due on")


def test_nobody_is_reminded_of_a_seat_that_is_empty(world):
    procedure = w.until(world, "A12")
    seat = procedure.members.first()
    panel.recuse(member=seat, reason="Ill.", by=world.chair)
    with on(clock.add_days(procedure.due_on, 1)):
        assert write_reminders() == 0


# --- Other rows, the system actor -------------------------------------------------


def test_another_app_registers_its_rows_once(world, monkeypatch):
    monkeypatch.setattr(due, "ROWS", list(due.ROWS))
    row = due.Due("Z01", lambda day: [("R-2026-0001", world.rules)], lambda it: None)

    due.register(row)
    due.register(row)

    assert [one.row for one in due.ROWS].count("Z01") == 1
    assert done() == {"Z01": 1}


def test_the_system_signs_but_cannot_sign_in(world):
    actor = system_actor()

    assert actor == system_actor()
    assert User.objects.filter(is_service=True).count() == 1
    assert not actor.has_usable_password()
    assert not actor.is_active
    assert authenticate(email=actor.email, password="") is None

"""Somebody with the database's own password changes a sealed case: it shows, with place."""

import ast
import json
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Q

from fixtures.demo.accreditation import OfferStory
from qa import record, roles, triggers, verification
from qa.enums import ActKind
from qa.models import Case, Decision, Event, Procedure, ReportPoint, Seal, Version
from qa.models.record import everything
from qa.services.decision import TeachOut, set_withdrawal
from qa.sworn import Written
from qa.transitions import write_down
from recognition.models import RecognitionDecision
from tests.qa.tampered import event_id, sql, triggers_lifted

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(stages) -> Case:
    """A decided case, sealed as every decision seals."""
    found = Procedure.objects.get(pk=stages["approved"].procedure_id).micro_credential
    record.seal_changed_cases()
    return found.case


def edit(case: Case) -> tuple[str, int | None]:
    sql("UPDATE qa_event SET reason = 'none' WHERE id = %s", event_id(case, 5))
    return case.number, 5


def delete(case: Case) -> tuple[str, int | None]:
    sql("DELETE FROM qa_event WHERE id = %s", event_id(case, 7))
    return case.number, 7


def insert(case: Case) -> tuple[str, int | None]:
    """One more event at the end, correctly chained, the case's head led along."""
    last = Event.objects.filter(case=case).order_by("sequence").last()
    forged = Event.objects.get(pk=last.pk)
    forged.pk, forged.sequence = None, last.sequence + 1
    forged.previous_hash, forged.reason = last.hash, "An act that never was."
    names = [f.attname for f in Event._meta.concrete_fields if f.attname != "id"]
    forged.hash = record.hash_of(forged)
    values = [
        Event._meta.get_field(n).get_db_prep_save(
            getattr(forged, n), connection=connection
        )
        for n in names
    ]
    marks = ", ".join(["%s"] * len(names))
    sentence = f"INSERT INTO qa_event ({', '.join(names)}) VALUES ({marks})"  # noqa: S608
    sql(sentence, *values)
    return case.number, forged.sequence


def swap(case: Case) -> tuple[str, int | None]:
    third, fourth = event_id(case, 3), event_id(case, 4)
    for sequence, pk in ((10_000, third), (3, fourth), (4, third)):
        sql("UPDATE qa_event SET sequence = %s WHERE id = %s", sequence, pk)
    return case.number, 3


def rewrite(case: Case) -> tuple[str, int | None]:
    """The whole chain computed anew after an edit: only the seal remembers."""
    previous = ""
    for event in Event.objects.filter(case=case).order_by("sequence"):
        event.previous_hash = previous
        if event.sequence == 2:
            event.reason = "rewritten"
        event.hash = previous = record.hash_of(event)
        sql(
            "UPDATE qa_event SET reason = %s, previous_hash = %s, hash = %s"
            " WHERE id = %s",
            *(event.reason, event.previous_hash, event.hash, event.pk),
        )
    sql("UPDATE qa_case SET head = %s WHERE id = %s", previous, case.pk)
    return case.number, first_sealed_after(case, 2)


def first_sealed_after(case: Case, sequence: int) -> int:
    """How far the first seal reaches that covers this event of the case."""
    heads = [head for seal in Seal.objects.all() for head in seal.heads]
    return min(
        events
        for pk, _number, events, _head in heads
        if pk == case.pk and events >= sequence
    )


def sworn_at(case: Case, row: str, thing: str) -> int:
    """The place of the event that swears to what the row says."""
    return Event.objects.filter(case=case, row=row, thing=thing).latest("pk").sequence


def act_of(case: Case) -> Decision:
    return Decision.objects.get(case=case, kind=ActKind.DECISION)


def another_outcome(case: Case) -> tuple[str, int | None]:
    sql("UPDATE qa_decision SET outcome = 'rejected' WHERE id = %s", act_of(case).pk)
    return case.number, sworn_at(case, "A16", "qa.procedure")


def other_reasons(case: Case) -> tuple[str, int | None]:
    sql("UPDATE qa_decision SET reasons_en = 'x' WHERE id = %s", act_of(case).pk)
    return case.number, sworn_at(case, "A16", "qa.procedure")


def another_vote(case: Case) -> tuple[str, int | None]:
    """One vote of the faculty council, long before the decision."""
    found = Decision.objects.get(case=case, kind=ActKind.ENDORSEMENT)
    vote = found.votes.filter(cast="for").first()
    assert vote is not None
    sql("UPDATE qa_vote SET \"cast\" = 'against' WHERE id = %s", vote.pk)
    return case.number, sworn_at(case, "A08", "qa.procedure")


def another_condition(case: Case) -> tuple[str, int | None]:
    condition = act_of(case).conditions.get()
    sql("UPDATE qa_condition SET text_en = 'none' WHERE id = %s", condition.pk)
    return case.number, sworn_at(case, "C1", "qa.condition")


def other_frozen_content(case: Case) -> tuple[str, int | None]:
    sql(
        "UPDATE qa_version SET frozen_content = '{}' WHERE micro_credential_id = %s",
        case.pk,
    )
    return case.number, sworn_at(case, "V2", "qa.version")


def another_text(case: Case) -> tuple[str, int | None]:
    """What the pages and the register show, not the frozen copy beside it."""
    sql("UPDATE qa_version SET title_en = 'x' WHERE micro_credential_id = %s", case.pk)
    return case.number, sworn_at(case, "V2", "qa.version")


def another_number(case: Case) -> tuple[str, int | None]:
    """The number is the case's own, at no place of its chain."""
    sql("UPDATE qa_case SET number = 'MC-2099-999' WHERE id = %s", case.pk)
    return case.number, None


def of_the_report(case: Case, sentence: str, *values: object) -> tuple[str, int | None]:
    """Something that belonged to the report when it became final."""
    sql(sentence, *values, Procedure.objects.get(micro_credential=case.pk).report.pk)
    return case.number, sworn_at(case, "A14", "qa.procedure")


def another_proposal(case: Case) -> tuple[str, int | None]:
    sentence = "UPDATE qa_report SET proposed_outcome = 'rejected' WHERE id = %s"
    return of_the_report(case, sentence)


def other_ratings(case: Case) -> tuple[str, int | None]:
    return of_the_report(
        case, "UPDATE qa_finding SET rating = %s WHERE report_id = %s", "none"
    )


def another_finding(case: Case) -> tuple[str, int | None]:
    return of_the_report(
        case, "UPDATE qa_finding SET analysis = %s WHERE report_id = %s", "none"
    )


def other_points(case: Case) -> tuple[str, int | None]:
    return of_the_report(
        case, "UPDATE qa_reportpoint SET text_ro = %s WHERE report_id = %s", "none"
    )


def no_remarks(case: Case) -> tuple[str, int | None]:
    procedure = Procedure.objects.get(micro_credential=case.pk)
    assert procedure.remarks.exists()
    sql("DELETE FROM qa_remark WHERE procedure_id = %s", procedure.pk)
    return case.number, sworn_at(case, "A14", "qa.procedure")


def another_reading(case: Case, change: str = "rating = 'none'") -> tuple[str, int]:
    """What one member of the panel handed in, before anybody saw the others'."""
    procedure = Procedure.objects.get(micro_credential=case.pk)
    handed_in = procedure.assessments.latest("pk")
    sql(
        f"UPDATE qa_reading SET {change} WHERE assessment_id = %s",  # noqa: S608
        handed_in.pk,
    )
    told = Event.objects.get(row="S2", case=case, thing_id=handed_in.pk)
    return case.number, told.sequence


def other_words_of_a_reading(case: Case) -> tuple[str, int | None]:
    return another_reading(case, "conclusion = 'none'")


def another_outcome_of_the_procedure(case: Case) -> tuple[str, int | None]:
    sql(
        "UPDATE qa_procedure SET outcome = 'rejected' WHERE micro_credential_id = %s",
        case.pk,
    )
    return case.number, sworn_at(case, "A16", "qa.procedure")


def of_the_period(case: Case, change: str) -> tuple[str, int | None]:
    sql(
        f"UPDATE qa_accreditation SET {change} WHERE micro_credential_id = %s",  # noqa: S608
        case.pk,
    )
    return case.number, sworn_at(case, "A16", "qa.accreditation")


def a_longer_period(case: Case) -> tuple[str, int | None]:
    return of_the_period(case, "valid_to = '2039-12-31'")


def an_extension_by_nobody(case: Case) -> tuple[str, int | None]:
    return of_the_period(case, "extended_until = '2039-12-31'")


TAMPERINGS = [
    edit,
    delete,
    insert,
    swap,
    rewrite,
    another_outcome,
    other_reasons,
    another_vote,
    another_condition,
    other_frozen_content,
    another_text,
    another_number,
    another_proposal,
    other_ratings,
    another_finding,
    other_points,
    no_remarks,
    another_reading,
    other_words_of_a_reading,
    another_outcome_of_the_procedure,
    a_longer_period,
    an_extension_by_nobody,
]


@pytest.mark.parametrize("tamper", TAMPERINGS)
def test_tampering_with_a_sealed_case_is_found_and_its_place_named(
    case: Case, tamper: Callable[[Case], tuple[str, int | None]]
) -> None:
    with triggers_lifted():
        number, sequence = tamper(case)
    found = [one for one in verification.verify() if one.case == number]

    assert len(found) == 1
    assert found[0].sequence == sequence


def test_the_last_act_that_wrote_a_date_decides_it(case: Case) -> None:
    """An extension and a withdrawal: acts that move nothing, yet write."""
    period = act_of(case).accreditation
    by = act_of(case).recorded_by
    for year in (2036, 2037):
        day = date(year, 1, 1)
        write_down(period, "set_last_day", by=by, values={"extended_until": day})
    ends = TeachOut(date(2099, 1, 1), date(2098, 1, 1), date(2099, 6, 1), "A", "B", "B")
    set_withdrawal(period, act_of(case), ends, by=by)
    last = case.events.filter(thing="qa.accreditation").latest("sequence")
    assert verification.verify() == []
    assert last.facts["wrote"].keys() >= {"withdrawn_on", "last_enrolment_on"}

    found = []
    for change in ("extended_until = '2036-01-01'", "withdrawn_on = '2098-12-31'"):
        with transaction.atomic():
            of_the_period(case, change)
            found += [(one.case, one.sequence) for one in verification.verify()]
            transaction.set_rollback(True)

    places = [(case.number, last.sequence - 1), (case.number, last.sequence)]
    assert found == places


def test_what_an_event_keeps_of_words_is_their_hash(case: Case) -> None:
    period = act_of(case).accreditation
    ends = TeachOut(
        date(2099, 1, 1), date(2098, 1, 1), date(2099, 6, 1), "Ana Pop", "B", "B"
    )
    set_withdrawal(period, act_of(case), ends, by=act_of(case).recorded_by)

    last = case.events.latest("sequence")

    assert last.facts["wrote"]["teach_out_contact"] == record.sha256("Ana Pop")
    assert last.facts["wrote"]["withdrawn_on"] == "2099-01-01"


def test_a_removed_thing_is_found_at_the_act_that_made_it(stages) -> None:
    procedure = Procedure.objects.get(pk=stages["panel_setup"].procedure_id)
    member = procedure.members.latest("pk")
    opened = Event.objects.get(thing="qa.panelmember", thing_id=member.pk, row="P1")

    with transaction.atomic():
        sql("DELETE FROM qa_panelmember WHERE id = %s", member.pk)
        found = [one for one in verification.verify() if one.case]
        transaction.set_rollback(True)

    assert [(one.sequence, "was removed" in one.what) for one in found] == [
        (opened.sequence, True)
    ]


def an_outcome_of_another_version(case: Case) -> tuple[str, int | None]:
    """The matrix of the components names an outcome that the version lost."""
    version = case.micro_credential.versions.get(status="approved")
    other = Version.objects.exclude(micro_credential=case.pk).earliest("pk")
    outcome = version.components.first().outcomes.first()
    sql(
        "UPDATE qa_learningoutcome SET version_id = %s, position = 99 WHERE id = %s",
        *(other.pk, outcome.pk),
    )
    return case.number, sworn_at(case, "V2", "qa.version")


def no_procedure(case: Case) -> tuple[str, int | None]:
    sql("DELETE FROM qa_procedure WHERE micro_credential_id = %s", case.pk)
    return case.number, case.events.filter(row="V2").earliest("pk").sequence


def a_version_of_no_procedure(case: Case) -> tuple[str, int | None]:
    sql(
        "UPDATE qa_version SET procedure_id = 0 WHERE micro_credential_id = %s", case.pk
    )
    return case.number, case.events.filter(row="V2").earliest("pk").sequence


def a_report_of_no_procedure(case: Case) -> tuple[str, int | None]:
    return of_the_report(case, "UPDATE qa_report SET procedure_id = 0 WHERE id = %s")


UNREADABLE = [
    an_outcome_of_another_version,
    no_procedure,
    a_version_of_no_procedure,
    a_report_of_no_procedure,
]


@pytest.mark.parametrize("tamper", UNREADABLE)
def test_what_can_no_longer_be_read_back_is_a_break_of_its_case(
    case: Case, tamper: Callable[[Case], tuple[str, int | None]]
) -> None:
    """And the cases after it are still read."""
    later = Case.objects.filter(pk__gt=case.pk, events_written__gt=2).latest("pk")
    out = StringIO()

    with transaction.atomic(), triggers_lifted(again=False):
        number, sequence = tamper(case)
        sql(
            "UPDATE qa_event SET reason = 'x' WHERE id = %s",
            event_id(later, 2),
        )
        with pytest.raises(SystemExit) as ended:
            call_command("verify_record", json=True, stdout=out)
        transaction.set_rollback(True)

    told = json.loads(out.getvalue())["breaks"]
    assert ended.value.code == 1
    assert [b["sequence"] for b in told if b["case"] == later.number] == [2]
    assert [(b["sequence"], b["what"]) for b in told if b["case"] == number] == [
        (sequence, "what it records can no longer be read back")
    ]


def an_event_at_no_time(case: Case) -> tuple[str, int | None]:
    """A year that SQLite keeps as words, and PostgreSQL but not Python as a year."""
    kind = "::timestamptz" if connection.vendor == "postgresql" else ""
    sql(
        f"UPDATE qa_event SET at = '20260-01-01 10:00+00'{kind} WHERE id = %s",  # noqa: S608
        event_id(case, 4),
    )
    return case.number, 4


def a_seal_over_nothing(_case: Case) -> tuple[str, int | None]:
    sql("UPDATE qa_seal SET heads = '[1]' WHERE sequence = 1")
    return "", None


@pytest.mark.parametrize("tamper", [an_event_at_no_time, a_seal_over_nothing])
def test_an_event_and_a_seal_of_another_shape_are_breaks(
    case: Case, tamper: Callable[[Case], tuple[str, int | None]]
) -> None:
    with triggers_lifted():
        place = tamper(case)

    found = [(one.case, one.sequence) for one in verification.verify()]

    assert found == [place]


def test_what_says_nothing_is_no_part_of_a_digest() -> None:
    act = Decision(reasons_ro="Motive", reasons_en="", in_office=0, is_carried=False)
    told = everything(act)

    assert not {"reasons_en", "remedy_days", "act_number", "procedure_id"} & set(told)
    assert (told["reasons_ro"], told["in_office"], told["is_carried"]) == (
        "Motive",
        0,
        False,
    )
    assert "articles" not in everything(RecognitionDecision(articles=[]))


def test_a_column_added_later_leaves_an_old_digest_valid(case: Case) -> None:
    act = case.decisions.filter(departure_reasons_en="").latest("pk")
    without = act.sealed_content()
    without.pop("departure_reasons_en", None)

    assert record.digest(act) == record.sha256(record.canonical(without))


def test_a_column_renamed_later_is_sworn_to_under_its_old_name() -> None:
    point = ReportPoint(text_ro="Grila", evidence_required_ro="Pagina")
    assert point.as_sworn() == {"text_ro": "Grila", "evidence_required": "Pagina"}

    point.evidence_required_ro, point.evidence_required_en = "", "The page"
    told = {"text_ro": "Grila", "evidence_required_en": "The page"}
    assert point.as_sworn() == told


def test_an_event_without_the_fact_swears_to_nothing(case: Case) -> None:
    """As events of an earlier release are."""
    written = Written()
    for event in case.events.all():
        event.facts.pop("wrote", None)
        written.take(event)

    assert written.first_fault() is None


def test_a_removed_case_is_found(case: Case) -> None:
    with transaction.atomic(), triggers_lifted(again=False):
        for table in ("qa_sealedhead", "qa_event"):
            sql(f"DELETE FROM {table} WHERE case_id = %s", case.pk)  # noqa: S608
        sql("DELETE FROM qa_case WHERE id = %s", case.pk)
        found = {one.case: one.what for one in verification.verify()}
        transaction.set_rollback(True)  # what pointed to it points nowhere now

    assert found[case.number] == "the whole case was removed after it was sealed"


def test_the_command_names_a_missing_trigger(case: Case) -> None:
    out = StringIO()

    with triggers_lifted(again=False), pytest.raises(SystemExit) as ended:
        call_command("verify_record", json=True, stdout=out)

    told = json.loads(out.getvalue())
    assert ended.value.code == 1
    assert not told["intact"]
    assert {f"trigger {name} is missing or changed" for name in triggers.missing()} == {
        one["what"] for one in told["breaks"]
    }


@pytest.mark.parametrize("written", [None, "no key"])
def test_the_command_says_that_the_key_is_missing(
    case: Case, settings, tmp_path: Path, written: str | None
) -> None:
    settings.SEAL_KEY_FILE = tmp_path / "lost.key"
    if written is not None:
        settings.SEAL_KEY_FILE.write_text(written)
    out, told = StringIO(), StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("verify_record", json=True, stdout=out)
    with pytest.raises(SystemExit):
        call_command("verify_record", stdout=told)

    why = "is missing" if written is None else "cannot be read as an Ed25519 key"
    what = (
        "the signatures of the seals cannot be checked: "
        f"the key file {settings.SEAL_KEY_FILE} {why}"
    )
    answer = json.loads(out.getvalue())
    assert ended.value.code == 1
    assert (answer["intact"], [one["what"] for one in answer["breaks"]]) == (
        False,
        [what],
    )
    assert told.getvalue() == f"record: {what}\n"


def test_without_the_key_the_rest_is_still_checked(
    case: Case, settings, tmp_path: Path
) -> None:
    settings.SEAL_KEY_FILE = tmp_path / "lost.key"

    with triggers_lifted():
        place = rewrite(case)
    found = [(one.case, one.sequence) for one in verification.verify()]

    assert sorted(found, key=str) == [("", None), place]


def test_the_command_ends_quietly_when_all_holds(case: Case) -> None:
    out = StringIO()

    call_command("verify_record", stdout=out)

    assert out.getvalue().startswith("Intact: ")


@pytest.mark.parametrize("stage", ["endorsed", "panel_setup", "report_final"])
def test_every_act_of_a_body_or_person_seals(
    stages,
    stage: str,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    """An endorsement, a nomination and an opinion, not decisions alone."""
    before, act = BEFORE_AN_ACT[stage]
    story = OfferStory.resume(
        Procedure.objects.get(pk=stages[before].procedure_id), stages[before].day
    )

    with django_capture_on_commit_callbacks(execute=True):
        act(story.wait(1))

    case = Case.objects.get(pk=story.refresh().case_id)
    assert case.sealedhead.events == case.events_written


BEFORE_AN_ACT: dict[str, tuple[str, Callable[[OfferStory], object]]] = {
    "endorsed": ("eligible", lambda story: story.endorse()),
    "panel_setup": ("endorsed", lambda story: story.open_panel()),
    "report_final": ("report_final", lambda story: story.give_opinions()),
}


def test_every_event_names_its_legal_basis_and_the_role(stages) -> None:
    unsaid = Q(legal_basis="") | Q(role="") | Q(rule_set="")

    assert list(Event.objects.filter(unsaid).values_list("act", "thing")) == []
    noted = dict(Event.objects.filter(row="").values_list("act", "role"))
    assert noted["sign_off"] == "head of department"
    conditions = Event.objects.filter(row="C1").values_list("role", flat=True)
    assert set(conditions) == {"senate secretary"}


# Where `note` and `write_down` are told the name of the act.
NAMED_AT = {"note": slice(2, 3), "write_down": slice(1, 2)}


def test_every_act_without_a_row_has_its_roles() -> None:
    """Found in the code: the names that `note` and `write_down` are told."""
    acts = {
        name.value
        for app in ("qa", "recognition", "reports")
        for path in (settings.BASE_DIR / app).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        for name in call.args[NAMED_AT.get(getattr(call.func, "id", ""), slice(0))]
        if isinstance(name, ast.Constant)
    }

    assert acts | {"record_opinion"} <= roles.NOTED.keys()
    assert {one for named in roles.NOTED.values() for one in named.split(", ")} <= (
        roles.PLAYS.keys()
    )

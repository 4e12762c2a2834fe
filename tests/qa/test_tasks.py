"""My work: who sees what, in which order, at a fixed cost."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import translation

from qa import clock, offices, tasks
from qa.enums import (
    ChallengeDecision,
    ConditionStatus,
    DeclarationStatus,
    PanelRole,
    Role,
)
from qa.models import (
    Appointment,
    Case,
    Challenge,
    Condition,
    ConditionExtension,
    ConflictDeclaration,
    PanelMember,
    Procedure,
    Turn,
)
from qa.services import panel
from qa.services.panel import Seat
from qa.services.people import system_actor
from qa.services.work import give_turn_back, take_turn
from qa.tasks import seats, turns
from qa.tasks.columns import PROCEDURE_PAGE
from qa.tasks.lists import constant, shape
from qa.transitions import TransitionRefused
from tests.qa import flow_world as w

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Iterator[w.World]:
    with clock.at(w.MORNING):
        yield w.build()


def lines(work) -> list[tuple[str, str]]:
    """(what to do, whom it waits for)"""
    return [(item.what_to_do, item.owner) for item in work]


def invite(world, procedure, name="second", role=PanelRole.ACADEMIC) -> PanelMember:
    seat = Seat(world.people[name], role, is_external=True)
    return panel.invite(procedure=procedure, seat=seat, by=world.qa)


def condition(world, procedure, **fields) -> Condition:
    today = clock.today()
    decision = procedure.decisions.first()
    if decision is None:
        decision = w.period(
            world, procedure, today, clock.add_months(today, 12)
        ).decision
    return Condition.objects.create(
        **{
            "decision": decision,
            "text_ro": "Publicați rubrica.",
            "text_en": "Publish the rubric.",
            "evidence_required_ro": "Pagina.",
            "evidence_required_en": "The page.",
            "deadline": clock.add_days(today, 90),
            "owner": world.ion,
            **fields,
        }
    )


# --- One line ---------------------------------------------------------------------


def test_a_line_says_what_on_what_since_until_and_where(world):
    procedure = w.until(world, "A13")

    (item,) = tasks.waiting_for(world.ana)

    assert item.what_to_do == "Reply to the draft report"
    assert item.title == procedure.version.title_en
    assert item.case_number == procedure.micro_credential.case.number
    assert item.facts == ("Faculty of Letters", "5 ECTS", "level 6")
    assert item.since == w.MORNING
    assert item.due_on == clock.add_days(clock.today(), 14)
    assert (item.url_name, item.url_args) == ("qa:report_detail", (procedure.pk,))
    assert (item.owner, item.can_be_taken) == ("Ana Popescu", False)


def test_a_line_is_in_the_readers_language(world):
    procedure = w.until(world, "A13")

    with translation.override("ro"):
        (item,) = tasks.waiting_for(world.ana)

    assert item.title == procedure.version.title_ro
    assert item.facts[0] == "Facultatea de Litere"


def test_a_reading_tells_how_far_it_is_and_leads_to_the_assessment(world):
    procedure = w.until(world, "A10")
    assessment = w.assessments(procedure)[0]
    first, second = world.standards.standards.all()
    done = {"rating": "met", "evidence": "p. 4", "analysis": "x", "conclusion": "y"}
    assessment.readings.create(standard=first, **done)
    assessment.readings.create(standard=second, **(done | {"analysis": ""}))

    (item,) = tasks.waiting_for(world.chair)

    assert item.facts[-1] == "1 of 2 standards"
    assert item.url_name == "qa:assessment_detail"
    assert item.url_args == (assessment.pk,)


def test_a_reading_without_rating_counts_with_its_reason(world):
    procedure = w.until(world, "A10")
    assessment = w.assessments(procedure)[0]
    standard = world.standards.standards.first()
    assessment.readings.create(
        standard=standard, stand="cannot_judge", reason="Outside my field."
    )

    (item,) = tasks.waiting_for(world.chair)

    assert item.facts[-1] == "1 of 2 standards"


def test_a_panel_tells_how_many_accepted(world):
    procedure = w.until(world, "A09")
    w.seat(world, procedure, "chair")
    invite(world, procedure)
    take_turn(turn_id=turn_of(procedure).pk, by=world.qa)

    (item,) = tasks.waiting_for(world.qa)

    assert item.facts[-1] == "1 of 2 invited have accepted"
    assert item.url_name == "qa:panel_detail"


def test_a_panel_without_invitations_tells_no_numbers(world):
    take_turn(turn_id=turn_of(w.until(world, "A09")).pk, by=world.qa)

    (item,) = tasks.waiting_for(world.qa)

    assert item.facts == ("Faculty of Letters", "5 ECTS", "level 6")


# --- Whose work -------------------------------------------------------------------


def test_free_work_shows_to_todays_holders_of_the_office(world):
    w.until(world, "A03")

    assert lines(tasks.free_to_take(world.qa)) == [
        ("Check the proposal formally", "QA officer")
    ]
    assert lines(tasks.free_to_take(world.qa2)) == lines(tasks.free_to_take(world.qa))
    assert lines(tasks.free_to_take(world.ana)) == []
    assert lines(tasks.waiting_for(world.qa)) == []


def test_work_of_an_office_of_one_person_waits_for_that_person(world):
    w.until(world, "A03")
    w.until(world, "A07")
    second = Appointment.objects.filter(user=world.qa2)
    second.update(valid_to=clock.add_days(clock.today(), -1))

    assert lines(tasks.waiting_for(world.qa)) == [
        ("Check the proposal formally", "QA officer")
    ]
    assert lines(tasks.waiting_for(world.dean)) == [
        (
            "Record the faculty council's endorsement",
            "Dean's office, Faculty of Letters",
        )
    ]
    assert lines(tasks.free_to_take(world.qa)) == lines(tasks.free_to_take(world.dean))
    assert lines(tasks.free_to_take(world.qa)) == []
    term = clock.add_days(clock.today(), 60)
    assert len(tasks.due_between(world.qa, clock.today(), term)[:]) == 1


def test_an_office_of_two_units_is_alone_only_where_both_are(world):
    w.until(world, "A07")
    elsewhere = world.other_dean.appointments.get().unit
    w.appoint(world.dean, Role.DEANS_OFFICE, elsewhere)

    alone, shared = offices.held_alone_and_shared(world.dean)

    assert (alone.roles, shared.roles) == (set(), {Role.DEANS_OFFICE})
    assert lines(tasks.waiting_for(world.dean)) == []
    assert len(lines(tasks.free_to_take(world.dean))) == 1


def test_an_appointment_that_ended_shows_nothing(world):
    w.until(world, "A03")
    Appointment.objects.filter(user=world.qa).update(
        valid_to=clock.add_days(clock.today(), -1)
    )

    assert lines(tasks.free_to_take(world.qa)) == []


def test_the_deans_office_sees_its_own_faculty_only(world):
    w.until(world, "A07")
    everywhere = w.appoint(w.person("rector-office"), Role.DEANS_OFFICE)

    what = "Record the faculty council's endorsement"
    assert lines(tasks.free_to_take(world.dean)) == [
        (what, "Dean's office, Faculty of Letters")
    ]
    assert lines(tasks.waiting_for(world.dean)) == []
    assert lines(tasks.free_to_take(world.other_dean)) == []
    assert [item.what_to_do for item in tasks.free_to_take(everywhere)] == [what]


def test_proposers_see_whom_their_procedures_wait_for(world):
    w.until(world, "A07")
    w.draft(world)

    office = (
        "Record the faculty council's endorsement",
        "Dean's office, Faculty of Letters",
    )
    assert lines(tasks.waited_for_by(world.ana)) == [office]
    assert lines(tasks.waited_for_by(world.ion)) == [
        office,
        ("Complete and submit the proposal", "Ana Popescu"),
    ]
    assert lines(tasks.waited_for_by(world.qa)) == []


def test_the_first_day_of_validity_is_waited_for_by_nobody_in_person(world):
    w.until(world, "A16")

    assert lines(tasks.waited_for_by(world.ana)) == [("Enter into force", "")]
    assert lines(tasks.waiting_for(world.senate)) == []


def test_a_panel_chairs_turn_without_a_chair_is_free_for_nobody(world):
    procedure = w.until(world, "A12")
    seat = procedure.members.get(role=PanelRole.CHAIR)
    panel.recuse(member=seat, reason="Ill.", by=world.chair)
    w.appoint(world.qa, Role.PANEL_CHAIR)

    assert lines(tasks.free_to_take(world.qa)) == [
        ("Name a successor for a member who left the panel", "QA officer")
    ]
    assert lines(tasks.waited_for_by(world.ana)) == [
        ("Write the panel's report", "Panel chair")
    ]


def test_a_service_user_and_who_left_hold_no_office(world):
    w.until(world, "A03")
    world.qa.is_active = False

    assert lines(tasks.free_to_take(world.qa)) == []
    assert offices.held_by(system_actor()).keys == frozenset()


# --- Plain rows of the panel ------------------------------------------------------


def test_an_invited_person_accepts_then_declares(world):
    procedure = w.until(world, "A09")
    member = invite(world, procedure)

    (item,) = tasks.waiting_for(world.second)
    assert item.what_to_do == "Accept or decline a seat on the panel"
    assert item.facts[-1] == "Academic expert"
    assert (item.url_name, item.url_args) == ("qa:invitation", (member.pk,))

    panel.accept(member=member, undertaking=True, by=world.second)
    (item,) = tasks.waiting_for(world.second)
    assert item.what_to_do == "Declare conflicts of interest"
    assert item.url_args == (member.pk,)

    declaration = ConflictDeclaration.objects.get(member=member)
    panel.declare_no_conflict(declaration=declaration, by=world.second)
    assert lines(tasks.waiting_for(world.second)) == []


def test_the_ceac_chair_decides_on_conflicts_and_challenges(world):
    procedure = w.until(world, "A09")
    chair, student, _employer = w.seat(world, procedure)
    ConflictDeclaration.objects.filter(member=chair).update(
        status=DeclarationStatus.DECLARED, text="A paper.", declared_at=clock.now()
    )
    challenge = Challenge.objects.create(
        member=student, reasons="x", raised_at=clock.now(), raised_by=world.dean
    )

    assert sorted(lines(tasks.waiting_for(world.ceac))) == [
        ("Decide on a declared conflict of interest", "CEAC chair"),
        ("Decide on the challenge to a panel member", "CEAC chair"),
    ]
    assert not any(item.can_be_taken for item in tasks.waiting_for(world.ceac))
    assert "conflict" not in str(lines(tasks.waited_for_by(world.ana)))

    Challenge.objects.filter(pk=challenge.pk).update(
        decision=ChallengeDecision.DISMISSED,
        decision_reasons="x",
        decided_at=clock.now(),
    )
    ConflictDeclaration.objects.update(status=DeclarationStatus.NONE)
    assert lines(tasks.waiting_for(world.ceac)) == []


@pytest.mark.parametrize("last", ["A10", "A12", "A13"])
def test_a_seat_lost_before_the_final_report_waits_for_the_quality_office(world, last):
    procedure = w.until(world, last)
    panel.recuse(member=procedure.members.first(), reason="Ill.", by=world.chair)

    assert ("Name a successor for a member who left the panel", "QA officer") in lines(
        tasks.free_to_take(world.qa)
    )


def test_rows_of_a_panel_that_is_over_wait_for_nobody(world):
    procedure = w.until(world, "A09")
    invite(world, procedure)
    Procedure.objects.filter(pk=procedure.pk).update(status="report_final")

    assert lines(tasks.waiting_for(world.second)) == []


# --- Conditions -------------------------------------------------------------------


def test_a_condition_waits_for_its_owner_then_for_the_commission(world):
    procedure = w.until(world, "A16")
    owed = condition(world, procedure)
    line = ("Show how the condition is met", "Ion Popescu")
    assert lines(tasks.waiting_for(world.ion)) == [line]
    assert line in lines(tasks.waited_for_by(world.ana))
    assert line not in lines(tasks.waited_for_by(world.ion))

    Condition.objects.filter(pk=owed.pk).update(
        status=ConditionStatus.EVIDENCE_SUBMITTED,
        evidence="Published.",
        evidence_at=clock.now(),
    )
    line = ("Judge whether the condition is met", "CEAC chair")
    assert lines(tasks.waiting_for(world.ion)) == []
    assert lines(tasks.waiting_for(world.ceac)) == [line]
    assert line in lines(tasks.waited_for_by(world.ion))


def test_a_condition_is_due_on_its_extended_day(world):
    procedure = w.until(world, "A16")
    owed = condition(world, procedure)
    later = clock.add_days(owed.deadline, 60)
    ConditionExtension.objects.create(
        condition=owed,
        deadline=later,
        reason="x",
        granted_at=clock.now(),
        granted_by=world.ceac,
    )

    (item,) = tasks.waiting_for(world.ion)

    assert item.due_on == later
    assert item.facts[-1] == "Publish the rubric."
    assert lines(tasks.due_until(owed.deadline)) == []


# --- Requests to resubmit ---------------------------------------------------------


def sent_back(world) -> Procedure:
    term = clock.add_months(clock.today(), 12)
    return w.move(
        world, w.until(world, "A15"), "A16", outcome="resubmit", resubmit_until=term
    )


def test_a_request_to_resubmit_waits_for_the_coordinator_until_its_term(world):
    procedure = sent_back(world)
    line = ("Revise and resubmit the proposal", "Ana Popescu")

    (item,) = tasks.waiting_for(world.ana)
    assert (item.what_to_do, item.owner) == line
    assert item.due_on == procedure.resubmit_until
    assert (item.url_name, item.url_args) == (PROCEDURE_PAGE, (procedure.pk,))
    assert item.title == procedure.version.title_en
    assert lines(tasks.waited_for_by(world.ion)) == [line]
    assert lines(tasks.waited_for_by(world.ana)) == []
    assert line in lines(tasks.due_until(procedure.resubmit_until))
    assert lines(tasks.due_until(clock.add_days(procedure.resubmit_until, -1))) == []

    later = datetime.combine(procedure.resubmit_until, time(9), tzinfo=UTC)
    with clock.at(later):
        assert lines(tasks.waiting_for(world.ana)) == [line]
    with clock.at(later + timedelta(days=1)):
        assert lines(tasks.waiting_for(world.ana)) == []


def test_a_request_to_resubmit_that_is_answered_waits_no_longer(world):
    earlier = sent_back(world)
    w.draft(world, micro_credential=earlier.micro_credential, follows=earlier)

    assert lines(tasks.waiting_for(world.ana)) == [
        ("Complete and submit the proposal", "Ana Popescu")
    ]


# --- Order, pages, cost -----------------------------------------------------------


def test_what_is_overdue_comes_first_and_what_has_no_day_last(world):
    w.draft(world)
    replying = w.until(world, "A13")
    with clock.at(w.MORNING - timedelta(days=60)):
        returned = w.move(world, w.until(world, "A03"), "A04")

    found = list(tasks.waiting_for(world.ana))

    assert [item.thing_id for item in found[:2]] == [returned.pk, replying.pk]
    assert [item.is_overdue for item in found] == [True, False, False]
    assert found[2].due_on is None


def test_lists_page(world):
    for _ in range(5):
        w.until(world, "A03")

    pages = Paginator(tasks.free_to_take(world.qa), 2)

    assert (pages.count, pages.num_pages) == (5, 3)
    titles = [item.title for n in pages.page_range for item in pages.page(n)]
    assert len(set(titles)) == 5


def test_an_empty_list_counts_and_slices(world):
    work = tasks.free_to_take(world.student)

    assert (work.count(), list(work), work[:10], bool(work)) == (0, [], [], False)


def one_of_everything(world) -> None:
    """One more of each kind of work, for somebody who holds every office."""
    w.move(world, w.until(world, "A03"), "A04")
    w.until(world, "A03")
    procedure = w.until(world, "A10")
    chair, student, _employer = procedure.members.all()
    ConflictDeclaration.objects.filter(member=chair).update(
        status=DeclarationStatus.DECLARED, text="A paper.", declared_at=clock.now()
    )
    Challenge.objects.create(
        member=student, reasons="x", raised_at=clock.now(), raised_by=world.dean
    )
    sent_back(world)
    decided = w.until(world, "A16")
    condition(world, decided, owner=world.ana)
    condition(
        world,
        decided,
        status=ConditionStatus.EVIDENCE_SUBMITTED,
        evidence="x",
        evidence_at=clock.now(),
    )


@pytest.mark.parametrize("times", [1, 3])
def test_three_lists_cost_eight_queries(world, django_assert_num_queries, times):
    w.appoint(world.ana, Role.QA_OFFICER)
    w.appoint(world.ana, Role.CEAC_CHAIR)
    for _ in range(times):
        one_of_everything(world)
    list(tasks.waiting_for(world.ana))  # content types are looked up once a process

    with django_assert_num_queries(8):
        for work in (
            tasks.waiting_for(world.ana),
            tasks.free_to_take(world.ana),
            tasks.waited_for_by(world.ana),
        ):
            assert work.count() >= 2 * times
            assert len(work[:3]) >= 2


# --- Taking -----------------------------------------------------------------------


def turn_of(procedure) -> Turn:
    return Turn.objects.get(process__procedure=procedure, finished=None)


def test_a_free_turn_is_taken_and_given_back(world):
    turn = turn_of(w.until(world, "A03"))

    take_turn(turn_id=turn.pk, by=world.qa)
    take_turn(turn_id=turn.pk, by=world.qa)
    assert lines(tasks.waiting_for(world.qa)) == [
        ("Check the proposal formally", "Qa Popescu")
    ]
    assert lines(tasks.free_to_take(world.qa2)) == []
    with pytest.raises(TransitionRefused, match="Qa Popescu"):
        take_turn(turn_id=turn.pk, by=world.qa2)
    with pytest.raises(PermissionDenied):
        give_turn_back(turn_id=turn.pk, by=world.qa2)

    give_turn_back(turn_id=turn.pk, by=world.qa)
    assert len(list(tasks.free_to_take(world.qa2))) == 1


def test_only_holders_of_the_office_take_a_turn(world):
    procedure = w.until(world, "A07")

    for stranger in (world.qa, world.other_dean, world.ana):
        with pytest.raises(PermissionDenied):
            take_turn(turn_id=turn_of(procedure).pk, by=stranger)


def test_a_named_persons_turn_is_neither_taken_nor_given_back(world):
    turn = turn_of(w.draft(world))

    with pytest.raises(PermissionDenied):
        take_turn(turn_id=turn.pk, by=world.ion)
    with pytest.raises(TransitionRefused):
        give_turn_back(turn_id=turn.pk, by=world.ana)


def test_a_turn_that_is_done_is_not_taken(world):
    procedure = w.until(world, "A03")
    turn = turn_of(procedure)
    w.move(world, procedure, "A07")

    with pytest.raises(TransitionRefused):
        take_turn(turn_id=turn.pk, by=world.qa)


# --- Other sources, other pages ---------------------------------------------------


def test_another_app_adds_its_own_work(world, monkeypatch):
    w.until(world, "A03")
    cases = shape(
        Case.objects.all(),
        "case",
        step=constant("read"),
        row_id="pk",
        thing_id="pk",
        case_id="pk",
        case_number="number",
        since="opened_at",
    )
    monkeypatch.setitem(
        tasks.SOURCES,
        "case",
        tasks.Source(
            "case",
            of_person=lambda user: (cases,),
            of_offices=lambda held: (),
            of_own_procedures=lambda user: (),
            due_until=lambda day: (),
            read=lambda row: tasks.Reading("Read the case", "qa:case", (row.row_id,)),
        ),
    )

    assert lines(tasks.waiting_for(world.qa)) == [("Read the case", "")]


@pytest.mark.parametrize(
    "name", sorted({PROCEDURE_PAGE, *turns.PAGES.values(), *seats.PAGES})
)
def test_every_line_leads_to_a_page(name):
    assert reverse(name, args=[1])

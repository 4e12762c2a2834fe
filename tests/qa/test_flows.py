"""Whose turn it is: the course of a procedure follows its state, row by row."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from viewflow.workflow.status import PROCESS

from qa import clock, flows, queries
from qa.deadlines import due_after
from qa.enums import ActKind, PanelMemberStatus, PanelRole, ProcedureStatus, Role
from qa.flows import FlowDisagrees, ProcedureFlow
from qa.flows.procedure import DRIVERS, TURNS
from qa.models import Decision, PanelMember, Procedure, Turn, Version
from qa.services import panel
from qa.services.panel import Seat
from qa.transitions import perform
from tests.qa import flow_world as w

pytestmark = pytest.mark.django_db

QA, CEAC = "role:qa_officer", "role:ceac_chair"


@pytest.fixture
def world() -> Iterator[w.World]:
    with clock.at(w.MORNING):
        yield w.build()


def later(days: int):
    return clock.at(w.MORNING + timedelta(days=days))


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


# --- The straight way -------------------------------------------------------------


def test_the_straight_way_gives_each_turn_to_its_person_or_office(world):
    procedure = w.draft(world)
    assert w.turns(procedure) == [("completion", "ana")]

    after = {
        "A03": ("screening", QA),
        "A07": ("endorsement", f"role:deans_office:unit:{world.letters.pk}"),
        "A08": ("nomination", CEAC),
        "A09": ("invitations", QA),
    }
    for row, turn in after.items():
        procedure = w.move(world, procedure, row)
        assert w.turns(procedure) == [turn], row

    w.seat(world, procedure)
    procedure = w.move(world, procedure, "A10")
    assert w.turns(procedure) == [
        ("reading", "chair"),
        ("reading", "student"),
        ("reading", "employer"),
    ]

    for assessment in w.assessments(procedure):
        w.submitted(assessment)
    assert w.turns(procedure) == [("report_start", "chair")]

    after = {
        "A12": ("report", "chair"),
        "A13": ("reply", "ana"),
        "A14": ("opinion", CEAC),
        "A15": ("decision", "role:senate_secretary"),
        "A16": ("entry_into_force", None),
    }
    for row, turn in after.items():
        procedure = w.move(world, procedure, row)
        assert w.turns(procedure) == [turn], row

    with later(30):
        period = w.period(
            world, procedure, clock.today(), clock.add_months(clock.today(), 60)
        )
        flows.hand_on(period, "A18", w.act(world.qa))
    assert w.turns(procedure) == []
    assert w.course(procedure).status == PROCESS.DONE


def test_who_did_a_step_owns_it_whoever_took_it_on(world):
    procedure = w.until(world, "A03")
    Turn.objects.filter(process__procedure=procedure, finished=None).update(
        owner=world.qa2, status="ASSIGNED"
    )

    w.move(world, procedure, "A07")

    done = Turn.objects.get(
        process__procedure=procedure,
        flow_task=ProcedureFlow.instance.node("screening"),
    )
    assert (done.owner, done.status) == (world.qa, "DONE")


def test_a_turn_begins_at_the_instant_of_the_act(world):
    procedure = w.draft(world)
    with later(3):
        procedure = w.move(world, procedure, "A03")

    turn = Turn.objects.get(process__procedure=procedure, finished=None)
    assert turn.created == w.MORNING + timedelta(days=3)


@pytest.mark.parametrize(("row", "before"), [("A04", "A03"), ("A08n", "A07")])
def test_a_return_loops_back_to_the_coordinator(world, row, before):
    procedure = w.move(world, w.until(world, before), row)
    assert w.turns(procedure) == [("completion", "ana")]

    procedure = w.move(world, procedure, "A05")
    assert w.turns(procedure) == [("screening", QA)]


@pytest.mark.parametrize("rows", [("A02",), ("A03", "A04", "A06")])
def test_an_abandoned_procedure_leaves_nobody_a_turn(world, rows):
    procedure = w.draft(world)
    for row in rows:
        procedure = w.move(world, procedure, row)

    assert w.turns(procedure) == []
    assert w.course(procedure).status == PROCESS.DONE


@pytest.mark.parametrize("outcome", ["resubmit", "rejected"])
def test_a_negative_decision_ends_the_course(world, outcome):
    term = clock.add_months(clock.today(), 12) if outcome == "resubmit" else None
    procedure = w.move(
        world, w.until(world, "A15"), "A16", outcome=outcome, resubmit_until=term
    )

    assert w.turns(procedure) == []
    assert procedure.due_on == term
    assert w.course(procedure).status == PROCESS.DONE


def test_a_period_that_expires_unused_ends_the_course(world):
    procedure = w.until(world, "A16")
    period = w.period(
        world, procedure, clock.today(), clock.add_months(clock.today(), 12)
    )

    flows.hand_on(period, "A29", w.act(world.qa))

    assert w.turns(procedure) == []


# --- Handing on is exact ----------------------------------------------------------


@pytest.mark.parametrize("row", ["A01", *w.STRAIGHT])
def test_handing_on_twice_changes_nothing(world, row):
    procedure = w.draft(world) if row == "A01" else w.until(world, row)
    turns = list(Turn.objects.order_by("pk").values())

    flows.hand_on(fresh(procedure), row, w.act(world.qa2))

    assert list(Turn.objects.order_by("pk").values()) == turns


def test_a_reading_handed_on_twice_changes_nothing(world):
    procedure = w.until(world, "A10")
    first = w.submitted(w.assessments(procedure)[0])
    turns = list(Turn.objects.order_by("pk").values())

    flows.hand_on(first, "S1", w.act(world.chair))
    flows.hand_on(first, "S2", w.act(world.chair))

    assert [t for t in Turn.objects.order_by("pk").values() if t not in turns] == []


def test_a_flow_that_stands_elsewhere_undoes_the_act(world):
    procedure = w.draft(world)
    Procedure.objects.filter(pk=procedure.pk).update(
        status=ProcedureStatus.ENDORSED,
        submitted_at=clock.now(),
        submitted_by=world.ana,
        registry_number="1/2026",
    )

    with pytest.raises(FlowDisagrees):
        panel.open_panel(
            procedure=fresh(procedure), reasons="The office.", by=world.ceac
        )

    assert fresh(procedure).status == ProcedureStatus.ENDORSED
    assert w.turns(procedure) == [("completion", "ana")]
    assert procedure.micro_credential.case.events.count() == 0
    assert not Decision.objects.exists()


def test_a_procedure_without_a_flow_is_refused(world):
    procedure = w.draft(world)
    w.course(procedure).delete()

    with pytest.raises(FlowDisagrees):
        flows.hand_on(procedure, "A03", w.act(world.ana))


def test_the_flow_locks_the_row_that_the_door_locks(world):
    procedure = w.draft(world)

    lock, process = ProcedureFlow.lock, w.course(procedure)
    with (
        CaptureQueriesContext(connection) as queries,
        lock(process.pk),
        lock(process.pk),
    ):
        pass

    assert sum('FROM "qa_case"' in q["sql"] for q in queries) == 2


def test_every_row_of_the_machine_has_one_driver():
    machine = {
        transition.custom["row"]
        for transition in Procedure(status="draft").get_all_status_transitions()
    }
    # A11 interrupts whatever is open; A18 moves the period that the procedure led to.
    assert machine - {"A11"} == set(DRIVERS) - {"A18"}
    assert set(TURNS) == set(ProcedureStatus)
    assert {node for nodes in TURNS.values() for node in nodes} == set(
        DRIVERS.values()
    ) | {"invitations", "reading", "reply", "board_opinion"}


# --- The panel --------------------------------------------------------------------


def _accept(member: PanelMember) -> None:
    panel.accept(member=member, undertaking=True, by=member.user)
    panel.declare_no_conflict(declaration=fresh(member).declaration, by=member.user)


def _invite(world, procedure, name, role, *, external=True) -> PanelMember:
    seat = Seat(world.people[name], role, is_external=external)
    return panel.invite(procedure=procedure, seat=seat, by=world.qa)


def test_the_quality_office_invites_until_the_panel_stands(world):
    procedure = w.until(world, "A09")
    members = [
        _invite(world, procedure, name, role, external=external)
        for name, role, external in w.SEATS
    ]
    for member in members[:2]:
        _accept(member)
    assert w.turns(procedure) == [("invitations", QA)]

    _accept(members[2])
    assert w.turns(procedure) == [("review_start", CEAC)]
    done = Turn.objects.get(
        process__procedure=procedure,
        flow_task=ProcedureFlow.instance.node("invitations"),
    )
    assert done.owner == world.qa

    _invite(world, procedure, "second", PanelRole.ACADEMIC)
    assert w.turns(procedure) == [("invitations", QA)]


def test_the_chair_starts_the_review_when_the_term_to_challenge_is_over(world):
    procedure = w.until(world, "A09")
    for name, role, external in w.SEATS:
        _accept(_invite(world, procedure, name, role, external=external))

    with later(20):
        started = panel.start_review(procedure=procedure, by=world.ceac)

    assert w.turns(started) == [
        ("reading", "chair"),
        ("reading", "student"),
        ("reading", "employer"),
    ]
    assert started.due_on == clock.add_days(clock.today(), 20 + 21)


def test_members_without_a_vote_read_nothing(world):
    procedure = w.until(world, "A09")
    w.seat(world, procedure, "chair", "student", "employer", "second")

    procedure = w.move(world, procedure, "A10")

    assert [who for _step, who in w.turns(procedure)] == [
        "chair",
        "student",
        "employer",
    ]


def test_a_lost_reader_is_not_waited_for(world):
    procedure = w.until(world, "A10")
    chair, student, employer = w.assessments(procedure)
    w.submitted(chair)
    w.submitted(student)

    panel.recuse(member=employer.member, reason="Ill.", by=world.employer)

    assert w.turns(procedure) == [("report_start", "chair")]
    lost = Turn.objects.get(seed_object_id=employer.member_id)
    assert lost.status == "CANCELED"


def test_the_others_read_on_when_a_reader_is_lost(world):
    procedure = w.until(world, "A10")
    _chair, student, _employer = w.assessments(procedure)

    panel.recuse(member=student.member, reason="Ill.", by=world.student)

    assert w.turns(procedure) == [("reading", "chair"), ("reading", "employer")]


def _successor(world, member: PanelMember) -> PanelMember:
    """P5, P1, P2, D1 and with it S1."""
    seat = Seat(world.second, member.role, is_external=member.is_external)
    successor = panel.replace(member=fresh(member), seat=seat, by=world.qa)
    _accept(successor)
    return fresh(successor)


def test_who_stepped_back_stays_out_when_another_has_taken_the_seat(world):
    procedure = w.until(world, "A10")
    w.appoint(world.student, Role.AUDITOR)
    student = w.assessments(procedure)[1].member
    panel.recuse(member=student, reason="A friend proposed it.", by=world.student)
    assert procedure not in queries.procedures_visible_to(world.student)

    _successor(world, student)

    assert procedure not in queries.procedures_visible_to(world.student)


def test_who_was_only_replaced_sees_what_an_office_sees(world):
    procedure = w.until(world, "A10")
    w.appoint(world.student, Role.AUDITOR)

    _successor(world, w.assessments(procedure)[1].member)

    assert procedure in queries.procedures_visible_to(world.student)


def test_a_successor_reads_beside_the_others(world):
    procedure = w.until(world, "A10")
    chair, student, employer = w.assessments(procedure)
    w.submitted(chair)
    panel.recuse(member=student.member, reason="Ill.", by=world.student)

    successor = _successor(world, student.member)
    assert w.turns(procedure) == [("reading", "employer"), ("reading", "second")]

    w.submitted(employer)
    assert w.turns(procedure) == [("reading", "second")]

    w.submitted(successor.assessment)
    assert w.turns(procedure) == [("report_start", "chair")]


def test_replacing_a_reader_without_recusal_takes_the_turn_back(world):
    procedure = w.until(world, "A10")
    student = w.assessments(procedure)[1]

    _successor(world, student.member)

    assert w.turns(procedure) == [
        ("reading", "chair"),
        ("reading", "employer"),
        ("reading", "second"),
    ]


def test_a_successor_after_all_readings_reopens_them_for_one(world):
    procedure = w.until(world, "A10")
    chair, student, employer = w.assessments(procedure)
    w.submitted(chair)
    w.submitted(employer)
    panel.recuse(member=student.member, reason="Ill.", by=world.student)
    assert w.turns(procedure) == [("report_start", "chair")]

    successor = _successor(world, student.member)
    assert w.turns(procedure) == [("reading", "second")]

    w.submitted(successor.assessment)
    assert w.turns(procedure) == [("report_start", "chair")]


def test_a_panel_that_lost_everybody_can_be_filled_again(world):
    procedure = w.until(world, "A10")
    seats = [assessment.member for assessment in w.assessments(procedure)]
    for member in seats:
        panel.recuse(member=fresh(member), reason="Ill.", by=member.user)
    assert w.turns(procedure) == []

    successor = _successor(world, seats[1])
    assert w.turns(procedure) == [("reading", "second")]

    w.submitted(successor.assessment)
    assert w.turns(procedure) == [("report_start", "seat:chair")]


def test_a_reopened_panel_keeps_what_was_handed_in(world):
    procedure = w.until(world, "A10")
    chair, student, _employer = w.assessments(procedure)
    w.submitted(chair)
    panel.recuse(member=student.member, reason="Ill.", by=world.student)

    procedure = panel.reopen_panel(procedure=procedure, reason="x", by=world.ceac)
    assert w.turns(procedure) == [("invitations", QA)]

    _successor(world, student.member)
    assert w.turns(procedure) == [("review_start", CEAC)]

    with later(30):
        panel.start_review(procedure=procedure, by=world.ceac)
    assert w.turns(procedure) == [("reading", "employer"), ("reading", "second")]

    for assessment in fresh(procedure).assessments.filter(status="draft"):
        w.submitted(assessment) if assessment.member.status == "accepted" else None
    assert w.turns(procedure) == [("report_start", "chair")]


def test_a_panel_reopened_after_everybody_left_goes_back_too(world):
    procedure = w.until(world, "A10")
    for assessment in w.assessments(procedure):
        member = assessment.member
        panel.recuse(member=fresh(member), reason="Ill.", by=member.user)

    procedure = panel.reopen_panel(procedure=procedure, reason="x", by=world.ceac)

    assert w.turns(procedure) == [("invitations", QA)]


def test_a_review_started_again_with_all_readings_in_goes_to_the_report(world):
    procedure = w.until(world, "A10")
    for assessment in w.assessments(procedure):
        w.submitted(assessment)
    w.move(world, procedure, "A11")

    procedure = w.move(world, procedure, "A10")

    assert w.turns(procedure) == [("report_start", "chair")]


def test_the_chairs_turns_follow_the_chairs_seat(world):
    procedure = w.until(world, "A12")
    assert w.turns(procedure) == [("report", "chair")]
    seat = procedure.members.get(role=PanelRole.CHAIR)

    panel.recuse(member=seat, reason="Ill.", by=world.chair)
    assert w.turns(procedure) == [("report", "seat:chair")]

    _successor(world, seat)
    assert w.turns(procedure) == [("report", "second")]
    assert fresh(seat).status == PanelMemberStatus.REPLACED


# --- Reply, opinions, days --------------------------------------------------------


def test_a_reply_hands_the_report_back_to_the_chair(world):
    procedure = w.until(world, "A13")

    flows.replied(procedure, world.ana)
    flows.replied(procedure, world.ana)

    assert w.turns(procedure) == [("finalisation", "chair")]
    assert fresh(procedure).due_on == clock.add_days(clock.today(), 14)


def test_a_term_that_ends_without_reply_does_the_same(world):
    procedure = w.until(world, "A13")

    flows.reply_term_over(procedure)

    assert w.turns(procedure) == [("finalisation", "chair")]
    reply = Turn.objects.get(flow_task=ProcedureFlow.instance.node("reply"))
    assert (reply.status, reply.owner) == ("CANCELED", world.ana)


def test_the_chair_may_be_quicker_than_the_nightly_run(world):
    procedure = w.move(world, w.until(world, "A13"), "A14")

    assert w.turns(procedure) == [("opinion", CEAC)]


def _opinion(world, procedure, body, *, carried=True) -> Decision:
    return Decision.objects.create(
        case=procedure.micro_credential.case,
        procedure=procedure,
        body=world.bodies[body],
        kind=ActKind.OPINION,
        outcome="favourable",
        is_carried=carried,
        act_number="7/2026" if carried else "",
        decided_on=clock.today(),
        recorded_at=clock.now(),
        recorded_by=world.board,
    )


@pytest.mark.parametrize(
    "touches", [{"fee_amount": "600.00"}, {"needs_new_resources": True}]
)
def test_the_board_is_asked_where_fee_or_resources_are_touched(world, touches):
    procedure = w.until(world, "A13")
    Version.objects.filter(pk=procedure.version_id).update(**touches)
    procedure = w.move(world, procedure, "A14")
    assert w.turns(procedure) == [("board_opinion", "role:board_secretary")]

    lost = _opinion(world, procedure, "board", carried=False)
    flows.opinion_given(procedure, lost, world.board)
    flows.opinion_given(procedure, _opinion(world, procedure, "ceac"), world.ceac)
    assert w.turns(procedure) == [("board_opinion", "role:board_secretary")]

    given = _opinion(world, procedure, "board")
    flows.opinion_given(procedure, given, world.board)
    assert w.turns(procedure) == [("opinion", CEAC)]


@pytest.mark.parametrize(
    ("row", "days"),
    [
        ("A03", 10),
        ("A04", 30),
        ("A05", 10),
        ("A07", 21),
        ("A08", 30),
        ("A08n", 30),
        ("A09", 30),
        ("A10", 21),
        ("A11", 30),
        ("A12", 28),
        ("A13", 14),
        ("reply", 14),
        ("A14", 14),
        ("A15", 30),
    ],
)
def test_the_next_act_is_due_by_the_rule_set(world, row, days):
    today = clock.today()
    procedure = w.draft(
        world,
        return_term_on=clock.add_days(today, 30),
        factual_check_until=clock.add_days(today, 14),
    )

    assert due_after(procedure, row, today) == clock.add_days(today, days)


@pytest.mark.parametrize("row", ["A01", "A02", "A06", "A16", "A17", "A18"])
def test_after_some_rows_nobody_is_bound(world, row):
    assert due_after(w.draft(world), row, clock.today()) is None


def test_the_entry_into_force_is_due_on_the_first_day_of_validity(world):
    procedure = w.until(world, "A15")
    first = clock.add_days(clock.today(), 40)
    w.period(world, procedure, first, clock.add_months(first, 12))

    assert due_after(procedure, "A16", clock.today()) == first


def test_a_later_rule_set_does_not_move_a_day(world):
    procedure = w.until(world, "A03")
    world.rules.screening_days = 99
    world.rules.save()

    assert fresh(procedure).due_on == clock.add_days(clock.today(), 10)


def test_a_refused_act_leaves_turn_and_day(world):
    procedure = w.until(world, "A09")
    before = w.turns(procedure)

    with pytest.raises(Exception, match="chair"):
        perform(procedure, "start_review", by=world.ceac, hand_on=flows.hand_on)

    assert w.turns(procedure) == before

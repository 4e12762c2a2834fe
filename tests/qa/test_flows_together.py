"""Several people at the same instant: the flow and the door lock the same row."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from qa import clock, flows
from qa.flows import ProcedureFlow
from qa.models import Assessment, Case, Event
from qa.services.work import take_turn
from qa.transitions import TransitionRefused, perform
from tests.qa import flow_world as w

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite",
        reason="one connection in memory; SQLite lets one writer in at a time anyway",
    ),
]


def all_at_once(*acts: Callable[[], object]) -> list[object]:
    """What each answered, or how it was refused."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return act()
        except TransitionRefused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def read_through(world, assessment: Assessment) -> None:
    for standard in world.standards.standards.all():
        assessment.readings.create(
            standard=standard, rating="met", evidence="p", analysis="a", conclusion="c"
        )


@pytest.mark.parametrize("_time", range(5))
def test_readings_handed_in_together_open_the_report_once(_time):
    with clock.at(w.MORNING):
        world = w.build()
        procedure = w.until(world, "A10")
        assessments = w.assessments(procedure)
    for assessment in assessments:
        read_through(world, assessment)

    def submit(assessment: Assessment) -> Callable[[], object]:
        return lambda: perform(
            assessment, "submit", by=assessment.member.user, hand_on=flows.hand_on
        )

    all_at_once(*(submit(assessment) for assessment in assessments))

    assert w.turns(procedure) == [("report_start", "chair")]
    assert Event.objects.filter(row="S2").count() == 3


def test_a_flow_at_work_and_the_door_wait_for_each_other_in_one_order():
    with clock.at(w.MORNING):
        world = w.build()
        procedure = w.until(world, "A10")
        assessments = w.assessments(procedure)
    process = w.course(procedure)
    read_through(world, assessments[0])

    def flow_then_case() -> None:
        with ProcedureFlow.lock(process.pk):
            Case.lock(procedure.case_id)

    def case_then_flow() -> None:
        with transaction.atomic():
            Case.lock(procedure.case_id)
            with ProcedureFlow.lock(process.pk):
                pass

    all_at_once(
        flow_then_case,
        case_then_flow,
        lambda: perform(
            assessments[0], "submit", by=world.chair, hand_on=flows.hand_on
        ),
    )

    assert w.turns(procedure) == [("reading", "student"), ("reading", "employer")]


def test_of_two_who_take_a_turn_one_gets_it():
    with clock.at(w.MORNING):
        world = w.build()
        procedure = w.until(world, "A03")
    (turn,) = w.course(procedure).task_set.filter(finished=None)

    answers = all_at_once(
        lambda: take_turn(turn_id=turn.pk, by=world.qa),
        lambda: take_turn(turn_id=turn.pk, by=world.qa2),
    )

    assert sum(isinstance(answer, TransitionRefused) for answer in answers) == 1

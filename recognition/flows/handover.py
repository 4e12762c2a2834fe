"""Handing on: after each act at the door the flow moves to where the state is.

Everything here runs inside the door's transaction, on a locked case. Handing the same
act on again changes nothing; a flow that stands elsewhere than the state says raises
FlowDisagrees, and the act is undone as a whole.
"""

from django.db import models

from qa.clauses import Act
from qa.flows.desk import Desk, FlowDisagrees, process_of
from qa.models import User
from recognition.enums import ApplicationStatus as S
from recognition.flows.course import (
    DRIVERS,
    INTERRUPTING,
    NOBODY_IN,
    TURNS,
    RecognitionFlow,
)
from recognition.models import RecognitionApplication

OPENING_ROW = "B00"
REGISTERING_ROW = "B23r"
# A row that finishes a step may come before the step that leads there was done.
SKIPPED_BEFORE = {"B03": ("supply",), "B12": ("answer", "enquiry")}


def hand_on(thing: models.Model, row: str, act: Act) -> None:
    """Finish the turn that this act was, and open the next."""
    if not isinstance(thing, RecognitionApplication) or row == REGISTERING_ROW:
        return
    if row == OPENING_ROW:
        _open(thing)
        return
    desk = Desk(RecognitionFlow, thing)
    if row in INTERRUPTING:
        _interrupt(desk)
    else:
        _finish_driver(desk, row, act)
    _agree(desk)


def supplied(application: RecognitionApplication, by: User) -> None:
    """The applicant has sent what was missing; the officer settles it."""
    _finish_step(application, ("supply",), by)


def answered(application: RecognitionApplication, by: User) -> None:
    """The reply arrived; the officer reads it and goes on."""
    _finish_step(application, ("answer", "enquiry"), by)


def assessor_named(application: RecognitionApplication, by: User) -> None:
    """The head named somebody: for the first time, or in place of somebody."""
    desk = Desk(RecognitionFlow, application)
    turn = desk.find("naming")
    if turn is not None:
        desk.finish(turn, by)
    else:
        _interrupt(desk)
    _agree(desk)


def conflict_declared(application: RecognitionApplication) -> None:
    """The head decides before the comparison goes on."""
    desk = Desk(RecognitionFlow, application)
    if desk.find("clearing") is None:
        _interrupt(desk)
    _agree(desk)


def conflict_judged(application: RecognitionApplication, by: User) -> None:
    """Cleared, the assessor goes on; upheld, the head names another."""
    _finish_step(application, ("clearing",), by)


def _open(application: RecognitionApplication) -> None:
    if process_of(RecognitionFlow, application) is None:
        RecognitionFlow.start.run(application=application)


def _interrupt(desk: Desk) -> None:
    """Take the open turns back and ask anew what comes next."""
    last = (desk.turns() or list(desk.process.task_set.order_by("pk")))[-1]
    if desk.thing.status in NOBODY_IN and not desk.turns():
        return  # handed on before
    desk.clear()
    desk.go_to(RecognitionFlow.withdrawn_asked, last)


def _finish_driver(desk: Desk, row: str, act: Act) -> None:
    for name in SKIPPED_BEFORE.get(row, ()):
        waiting = desk.find(name)
        if waiting is not None:
            desk.withdraw(waiting)
            desk.go_to(getattr(RecognitionFlow, DRIVERS[row]), waiting)
    turn = desk.find(DRIVERS[row])
    if turn is not None:
        desk.finish(turn, act.by)


def _finish_step(
    application: RecognitionApplication, names: tuple[str, ...], by: User
) -> None:
    desk = Desk(RecognitionFlow, application)
    for name in names:
        turn = desk.find(name)
        if turn is not None:
            desk.finish(turn, by)
    _agree(desk)


def _agree(desk: Desk) -> None:
    status, names = S(desk.thing.status), desk.open_names()
    if not (names <= TURNS[status] and (bool(names) or status in NOBODY_IN)):
        raise FlowDisagrees(
            f"Application {desk.thing.pk} is {status}, "
            f"its flow waits at {sorted(names) or 'nothing'}."
        )

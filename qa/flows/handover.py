"""Handing on: after each act at the door the flow moves to where the state is.

Everything here runs inside the door's transaction, on a locked case. Handing the same
act on again changes nothing; a flow that stands elsewhere than the state says raises
FlowDisagrees, and the act is undone as a whole.
"""

from datetime import date
from typing import Any

from django.db import models

from qa import clock
from qa.clauses import Act
from qa.deadlines import REPLY, due_after
from qa.enums import AssessmentStatus, BodyKind, ProcedureStatus
from qa.flows.desk import Desk, FlowDisagrees, give, process_of
from qa.flows.procedure import (
    CHAIR_STEPS,
    DRIVERS,
    NOBODY_IN,
    TURNS,
    ProcedureFlow,
    chair_of,
)
from qa.guards.review import PANEL_COMPLETE, challenge_window_is_over
from qa.models import (
    Accreditation,
    Assessment,
    ConflictDeclaration,
    Decision,
    PanelMember,
    Procedure,
    User,
)

OPENING_ROWS = ("A01", "A17", "A24")
LEAVING_ROWS = ("P4", "P5")
# What the panel lacks apart from time: while one of these is unmet, it is invited.
PANEL_STANDS = tuple(c for c in PANEL_COMPLETE if c is not challenge_window_is_over)


def hand_on(thing: models.Model, row: str, act: Act) -> None:
    """Finish the turn that this act was, and open the next."""
    match thing:
        case Procedure():
            _procedure_moved(thing, row, act)
        case PanelMember() | ConflictDeclaration():
            _panel_moved(thing, row)
        case Assessment():
            _assessment_moved(thing, row, act)
        case Accreditation():
            _period_moved(thing, row, act)


def replied(procedure: Procedure, by: User) -> None:
    """The proposer answered the draft report; the chair goes on with it."""
    desk = Desk(ProcedureFlow, procedure)
    turn = desk.find("reply")
    if turn is not None:
        desk.finish(turn, by)
        _set_due(procedure, REPLY, clock.today())
    _agree(desk)


def reply_term_over(procedure: Procedure) -> None:
    """No reply within the term counts as no remarks; the chair goes on without."""
    desk = Desk(ProcedureFlow, procedure)
    if _skip_reply(desk):
        _set_due(procedure, REPLY, clock.today())
    _agree(desk)


def opinion_given(procedure: Procedure, decision: Decision, by: User) -> None:
    """The board's carried opinion was its turn; the commission's is row A15."""
    desk = Desk(ProcedureFlow, procedure)
    turn = desk.find("board_opinion")
    of_the_board = decision.body.kind == BodyKind.BOARD
    if turn is not None and of_the_board and decision.is_carried:
        desk.finish(turn, by)
    _agree(desk)


def _procedure_moved(procedure: Procedure, row: str, act: Act) -> None:
    if row in OPENING_ROWS:
        _open(procedure, row, act)
        return
    desk = Desk(ProcedureFlow, procedure)
    if _stands_right(desk) and desk.find(DRIVERS.get(row, "")) is None:
        return  # handed on before
    if row == "A11":
        _back_to_invitations(desk)
    else:
        _bring_to_driver(desk, row)
        turn = desk.find(DRIVERS[row])
        if turn is not None:
            desk.finish(turn, act.by)
    _agree(desk)
    _set_due(procedure, row, act.today)


def _open(procedure: Procedure, row: str, act: Act) -> None:
    if process_of(ProcedureFlow, procedure) is None:
        ProcedureFlow.start.run(procedure=procedure)
        _set_due(procedure, row, act.today)


def _bring_to_driver(desk: Desk, row: str) -> None:
    """Two rows are due as soon as a fact holds, whether it was handed on or not."""
    if row == "A10":
        _ask_whose_panel_turn(desk)
    if row == "A14":
        _skip_reply(desk)


def _skip_reply(desk: Desk) -> bool:
    turn = desk.find("reply")
    if turn is None:
        return False
    desk.withdraw(turn)
    desk.go_to(ProcedureFlow.finalisation, turn)
    return True


def _back_to_invitations(desk: Desk) -> None:
    """A11: nobody reads on; what was handed in stays with its author."""
    last = (desk.turns() or list(desk.process.task_set.order_by("pk")))[-1]
    desk.clear()
    desk.go_to(ProcedureFlow.invitations, last)


def _panel_moved(seat: PanelMember | ConflictDeclaration, row: str) -> None:
    procedure = Procedure.objects.get(pk=seat.procedure.pk)
    desk = Desk(ProcedureFlow, procedure)
    if procedure.status == ProcedureStatus.PANEL_SETUP:
        _ask_whose_panel_turn(desk)
    elif isinstance(seat, PanelMember) and row in LEAVING_ROWS:
        _withdraw_reader(desk, seat)
    _seat_chair(desk)
    _agree(desk)


def _ask_whose_panel_turn(desk: Desk) -> None:
    """The quality office invites until the panel stands; then it is the chair's turn."""
    procedure = desk.thing
    stands = all(rule(procedure) for rule in PANEL_STANDS)
    inviting, starting = desk.find("invitations"), desk.find("review_start")
    if stands and inviting is not None:
        desk.finish(inviting, inviting.owner or _last_inviter(procedure))
    elif not stands and starting is not None:
        desk.withdraw(starting)
        desk.go_to(ProcedureFlow.invitations, starting)


def _last_inviter(procedure: Any) -> User:
    return (
        procedure.members.select_related("invited_by").order_by("pk").last().invited_by
    )


def _withdraw_reader(desk: Desk, member: PanelMember) -> None:
    turn = desk.find("reading", member)
    if turn is not None:
        desk.withdraw(turn)
        desk.rejoin()


def _seat_chair(desk: Desk) -> None:
    """The chair's turns follow the chair's seat."""
    for turn in desk.turns():
        if turn.flow_task.name in CHAIR_STEPS:
            give(turn, chair_of(desk.thing))


def _assessment_moved(assessment: Assessment, row: str, act: Act) -> None:
    desk = Desk(ProcedureFlow, Procedure.objects.get(pk=assessment.procedure_id))
    turn = desk.find("reading", assessment.member)
    being_written = assessment.status == AssessmentStatus.DRAFT
    if row == "S1" and turn is None and being_written:
        _add_reading(desk, assessment.member)
    elif row == "S2" and turn is not None:
        desk.finish(turn, act.by)
    _agree(desk)


def _add_reading(desk: Desk, member: PanelMember) -> None:
    """A reader who came later: beside the others, or after they are all done."""
    beginning = desk.find("report_start")
    if beginning is None:
        desk.add_branch(ProcedureFlow.readers, ProcedureFlow.reading, member)
    else:
        desk.withdraw(beginning)
        desk.go_to(ProcedureFlow.readers_asked, beginning)


def _period_moved(period: Accreditation, row: str, act: Act) -> None:
    """A18 ends the course; so does A29 for a period that never came into force."""
    if row not in ("A18", "A29"):
        return
    desk = Desk(ProcedureFlow, Procedure.objects.get(pk=period.procedure_id))
    turn = desk.find("entry_into_force")
    if turn is not None:
        desk.finish(turn, act.by)
        _set_due(desk.thing, row, act.today)
    _agree(desk)


def _stands_right(desk: Desk) -> bool:
    status, names = desk.thing.status, desk.open_names()
    return names <= TURNS[status] and (bool(names) or status in NOBODY_IN)


def _agree(desk: Desk) -> None:
    if not _stands_right(desk):
        raise FlowDisagrees(
            f"Procedure {desk.thing.pk} is {desk.thing.status}, "
            f"its flow waits at {sorted(desk.open_names()) or 'nothing'}."
        )


def _set_due(procedure: Any, row: str, today: date) -> None:
    procedure.due_on = due_after(procedure, row, today)
    procedure.save(update_fields=["due_on"])

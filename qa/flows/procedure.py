"""The course of a procedure, from its opening to its entry into force."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from viewflow.this_object import this
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Flow
from viewflow.workflow.nodes import End, Handle, Join, StartHandle

from qa import clock
from qa.enums import (
    AssessmentStatus,
    PanelMemberStatus,
    PanelRole,
    ProcedureStatus,
    Role,
)
from qa.flows.locks import case_lock
from qa.flows.nodes import Question, SplitForEach, Step
from qa.guards.decision import POSITIVE
from qa.guards.panel import able_officers
from qa.guards.report import board_opinion_where_touched
from qa.guards.review import DECIDED_DECLARATIONS
from qa.models import PanelMember, Procedure, Unit, User
from qa.models.flow import ProcedureProcess, Turn

S = ProcedureStatus


def coordinator(act: Activation) -> User:
    return act.process.procedure.coordinator


def faculty(act: Activation) -> Unit:
    return act.process.procedure.micro_credential.faculty


def reader(act: Activation) -> User:
    return act.task.seed.user


def nominated(act: Activation) -> list[User]:
    return able_officers(act.process.procedure)


def panel_chair(act: Activation) -> User | None:
    return chair_of(act.process.procedure)


def was_given_up(act: Activation) -> bool:
    return act.process.procedure.status == S.ABANDONED


def was_returned(act: Activation) -> bool:
    return act.process.procedure.status == S.RETURNED


def board_is_asked(act: Activation) -> bool:
    return not board_opinion_where_touched(act.process.procedure)


def somebody_reads(act: Activation) -> bool:
    return bool(readers_of(act.process.procedure))


def each_reader(act: Activation) -> list[PanelMember]:
    return readers_of(act.process.procedure)


def was_approved(act: Activation) -> bool:
    return act.process.procedure.outcome in POSITIVE


def readers_of(procedure: Procedure) -> list[PanelMember]:
    """Accepted voting members, cleared to read, whose assessment is not in yet."""
    seated = (
        procedure.members.filter(
            status=PanelMemberStatus.ACCEPTED,
            declaration__status__in=DECIDED_DECLARATIONS,
        )
        .exclude(assessment__status=AssessmentStatus.SUBMITTED)
        .select_related("user")
        .order_by("pk")
    )
    return [member for member in seated if member.votes]


def chair_of(procedure: Procedure) -> User | None:
    """The chair of the panel, once seated and cleared; nobody while the seat is empty."""
    chair = (
        procedure.members.filter(
            role=PanelRole.CHAIR,
            status=PanelMemberStatus.ACCEPTED,
            declaration__status__in=DECIDED_DECLARATIONS,
        )
        .select_related("user")
        .order_by("pk")
        .last()
    )
    return chair.user if chair else None


class ProcedureFlow(Flow):
    """Whose turn it is in a procedure; what is true stands on the procedure alone."""

    process_class = ProcedureProcess
    task_class = Turn
    process_title = _("Accreditation of a micro-credential")
    process_description = _("From the draft to the entry into force.")
    lock_impl = staticmethod(case_lock)

    start = (
        StartHandle(this.open_course)
        .Annotation(title=_("Procedure opened"))
        .Next(this.completion)
    )

    completion = Step(_("Complete and submit the proposal"), owner=coordinator).Next(
        this.given_up_asked
    )

    given_up_asked = (
        Question(_("Given up?"), was_given_up).Then(this.given_up).Else(this.screening)
    )

    screening = Step(_("Check the proposal formally"), office=Role.QA_OFFICER).Next(
        this.screening_asked
    )

    screening_asked = (
        Question(_("Is something missing?"), was_returned)
        .Then(this.completion)
        .Else(this.endorsement)
    )

    endorsement = Step(
        _("Record the faculty council's endorsement"),
        office=Role.DEANS_OFFICE,
        unit=faculty,
    ).Next(this.endorsement_asked)

    endorsement_asked = (
        Question(_("Does the council ask for changes?"), was_returned)
        .Then(this.completion)
        .Else(this.nomination)
    )

    nomination = Step(_("Nominate who sets up the panel"), office=Role.CEAC_CHAIR).Next(
        this.invitations
    )

    invitations = Step(
        _("Invite the panel"), office=Role.QA_OFFICER, among=nominated
    ).Next(this.review_start)

    review_start = Step(_("Start the review"), office=Role.CEAC_CHAIR).Next(
        this.readers_asked
    )

    readers_asked = (
        Question(_("Does a member still have to read?"), somebody_reads)
        .Then(this.readers)
        .Else(this.report_start)
    )

    readers = SplitForEach(_("One reading for each voting member")).each(
        this.reading, each_reader
    )

    reading = Step(_("Assess standard by standard"), owner=reader).Next(this.all_read)

    all_read = Join().Annotation(title=_("All readings are in")).Next(this.report_start)

    report_start = Step(
        _("Begin the panel's report"), owner=panel_chair, seat=PanelRole.CHAIR
    ).Next(this.report)

    report = Step(
        _("Write the panel's report"), owner=panel_chair, seat=PanelRole.CHAIR
    ).Next(this.reply)

    reply = Step(_("Reply to the draft report"), owner=coordinator).Next(
        this.finalisation
    )

    finalisation = Step(
        _("Answer the remarks and finalise the report"),
        owner=panel_chair,
        seat=PanelRole.CHAIR,
    ).Next(this.board_asked)

    board_asked = (
        Question(_("Are fee or resources touched?"), board_is_asked)
        .Then(this.board_opinion)
        .Else(this.opinion)
    )

    board_opinion = Step(
        _("Record the opinion of the Board of Administration"),
        office=Role.BOARD_SECRETARY,
    ).Next(this.opinion)

    opinion = Step(
        _("Give the commission's opinion and refer for decision"),
        office=Role.CEAC_CHAIR,
    ).Next(this.decision)

    decision = Step(
        _("Record the senate's decision"), office=Role.SENATE_SECRETARY
    ).Next(this.decision_asked)

    decision_asked = (
        Question(_("Approved?"), was_approved)
        .Then(this.entry_into_force)
        .Else(this.closed)
    )

    entry_into_force = (
        Handle().Annotation(title=_("Enter into force")).Next(this.closed)
    )

    closed = End().Annotation(title=_("Procedure closed"))

    given_up = End().Annotation(title=_("Given up"))

    def open_course(self, activation: Activation, procedure: Procedure) -> Any:
        activation.process.artifact = procedure
        activation.process.created = clock.now()
        return activation.process


# Each row that moves a procedure is driven by the one step it finishes.
DRIVERS = {
    "A02": "completion",
    "A03": "completion",
    "A04": "screening",
    "A05": "completion",
    "A06": "completion",
    "A07": "screening",
    "A08": "endorsement",
    "A08n": "endorsement",
    "A09": "nomination",
    "A10": "review_start",
    "A12": "report_start",
    "A13": "report",
    "A14": "finalisation",
    "A15": "opinion",
    "A16": "decision",
    "A18": "entry_into_force",
}

# Where the flow may stand in each state of the procedure.
TURNS: dict[str, frozenset[str]] = {
    S.DRAFT: frozenset({"completion"}),
    S.SUBMITTED: frozenset({"screening"}),
    S.RETURNED: frozenset({"completion"}),
    S.ELIGIBLE: frozenset({"endorsement"}),
    S.ENDORSED: frozenset({"nomination"}),
    S.PANEL_SETUP: frozenset({"invitations", "review_start"}),
    S.UNDER_REVIEW: frozenset({"reading", "report_start"}),
    S.REPORT_DRAFT: frozenset({"report"}),
    S.FACTUAL_CHECK: frozenset({"reply", "finalisation"}),
    S.REPORT_FINAL: frozenset({"board_opinion", "opinion"}),
    S.AWAITING_DECISION: frozenset({"decision"}),
    S.DECIDED: frozenset({"entry_into_force"}),
    S.ABANDONED: frozenset(),
}
# Under review everybody may be lost at once; the end leaves nobody a turn.
NOBODY_IN = frozenset({S.UNDER_REVIEW, S.DECIDED, S.ABANDONED})
CHAIR_STEPS = ("report_start", "report", "finalisation")

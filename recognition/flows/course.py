"""The course of an application, from filing to finality."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from viewflow.this_object import this
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Flow
from viewflow.workflow.nodes import End, Handle, StartHandle, Switch

from qa import clock
from qa.enums import DeclarationStatus, Role
from qa.flows.locks import case_lock
from qa.flows.nodes import Question, Step
from qa.models import Turn, User
from recognition.enums import Addressee
from recognition.enums import ApplicationStatus as S
from recognition.models import RecognitionApplication
from recognition.models.flow import RecognitionProcess


def application_of(act: Activation) -> RecognitionApplication:
    return act.process.application


def filer(act: Activation) -> User:
    """The applicant, or the officer who files from paper."""
    application = application_of(act)
    return application.opened_by if application.is_paper_file else application.applicant


def applicant(act: Activation) -> User:
    return application_of(act).applicant


def assessor(act: Activation) -> User | None:
    named = application_of(act).assessor
    return named.user if named else None


def was_withdrawn(act: Activation) -> bool:
    return application_of(act).status == S.WITHDRAWN


def is_incomplete(act: Activation) -> bool:
    return application_of(act).status == S.INCOMPLETE


def waits_for_information(act: Activation) -> bool:
    return application_of(act).status == S.INFO_REQUESTED


def applicant_is_asked(act: Activation) -> bool:
    request = application_of(act).open_request
    return request is not None and request.addressee == Addressee.APPLICANT


def has_declared_a_conflict(act: Activation) -> bool:
    named = application_of(act).assessor
    return named is not None and named.declaration == DeclarationStatus.DECLARED


def issuer_is_open(act: Activation) -> bool:
    return application_of(act).status == S.COMPLETE


def document_is_open(act: Activation) -> bool:
    return application_of(act).status == S.VERIFYING


def nobody_compares(act: Activation) -> bool:
    application = application_of(act)
    return application.status in (S.TRACKED, S.COMPARING) and not application.assessor


def comparison_waits(act: Activation) -> bool:
    return application_of(act).status == S.TRACKED


def comparison_runs(act: Activation) -> bool:
    return application_of(act).status == S.COMPARING


class RecognitionFlow(Flow):
    """Whose turn it is; what is true stands on the application alone."""

    process_class = RecognitionProcess
    task_class = Turn
    process_title = _("Recognition of a credential")
    process_description = _("From the application to the final decision.")
    lock_impl = staticmethod(case_lock)

    start = (
        StartHandle(this.open_course)
        .Annotation(title=_("Application opened"))
        .Next(this.filing)
    )

    filing = Step(_("Complete and submit the application"), owner=filer).Next(
        this.completeness
    )

    completeness = Step(
        _("Check whether the file is complete"), office=Role.RECOGNITION_OFFICER
    ).Next(this.incomplete_asked)

    incomplete_asked = (
        Question(_("Is something missing?"), is_incomplete)
        .Then(this.supply)
        .Else(this.withdrawn_asked)
    )

    supply = Step(_("Send what is missing"), owner=applicant).Next(this.settlement)

    settlement = Step(
        _("Settle the missing items"), office=Role.RECOGNITION_OFFICER
    ).Next(this.withdrawn_asked)

    withdrawn_asked = (
        Question(_("Taken back by the applicant?"), was_withdrawn)
        .Then(this.taken_back)
        .Else(this.information_asked)
    )

    information_asked = (
        Question(_("Is information requested?"), waits_for_information)
        .Then(this.addressee_asked)
        .Else(this.conflict_asked)
    )

    addressee_asked = (
        Question(_("Does the applicant have it?"), applicant_is_asked)
        .Then(this.answer)
        .Else(this.enquiry)
    )

    answer = Step(_("Answer the office's question"), owner=applicant).Next(
        this.resumption
    )

    enquiry = Step(
        _("Obtain the issuer's answer"), office=Role.RECOGNITION_OFFICER
    ).Next(this.resumption)

    resumption = Step(
        _("Read the reply and go on"), office=Role.RECOGNITION_OFFICER
    ).Next(this.withdrawn_asked)

    conflict_asked = (
        Question(_("Has the assessor declared a conflict?"), has_declared_a_conflict)
        .Then(this.clearing)
        .Else(this.where)
    )

    where = (
        Switch()
        .Annotation(title=_("What comes next?"))
        .Case(this.issuer, issuer_is_open)
        .Case(this.verification, document_is_open)
        .Case(this.naming, nobody_compares)
        .Case(this.declaration, comparison_waits)
        .Case(this.comparison, comparison_runs)
        .Default(this.agenda)
    )

    issuer = Step(
        _("Resolve issuer and awarding body"), office=Role.RECOGNITION_OFFICER
    ).Next(this.withdrawn_asked)

    verification = Step(
        _("Verify the document and choose the track"), office=Role.RECOGNITION_OFFICER
    ).Next(this.withdrawn_asked)

    naming = Step(_("Name the assessor"), office=Role.HEAD_OF_RECOGNITION).Next(
        this.withdrawn_asked
    )

    declaration = Step(
        _("Declare conflicts of interest and start the comparison"), owner=assessor
    ).Next(this.withdrawn_asked)

    clearing = Step(
        _("Decide on the assessor's conflict"), office=Role.HEAD_OF_RECOGNITION
    ).Next(this.withdrawn_asked)

    comparison = Step(_("Compare and propose an outcome"), owner=assessor).Next(
        this.withdrawn_asked
    )

    agenda = Step(
        _("Put the proposal on the committee's agenda"), office=Role.COMMITTEE_SECRETARY
    ).Next(this.decision)

    decision = Step(
        _("Record the committee's decision"), office=Role.COMMITTEE_SECRETARY
    ).Next(this.notification)

    notification = Step(
        _("Send the letter of decision"), office=Role.RECOGNITION_OFFICER
    ).Next(this.finality)

    finality = Handle().Annotation(title=_("Appeal term")).Next(this.closed)

    closed = End().Annotation(title=_("Decision final"))

    taken_back = End().Annotation(title=_("Application withdrawn"))

    def open_course(
        self, activation: Activation, application: RecognitionApplication
    ) -> Any:
        activation.process.artifact = application
        activation.process.created = clock.now()
        return activation.process


# Each row that moves an application on is driven by the one step it finishes.
DRIVERS = {
    "B01": "filing",
    "B02": "completeness",
    "B03": "settlement",
    "B04": "completeness",
    "B07": "issuer",
    "B08": "verification",
    "B12": "resumption",
    "B15": "declaration",
    "B17": "comparison",
    "B18": "agenda",
    "B20": "decision",
    "B21": "notification",
    "B22": "finality",
}

# These interrupt whatever turn is open; the course then asks what comes next.
INTERRUPTING = ("B11", "B28")

# Where the flow may stand in each state of the application.
TURNS: dict[str, frozenset[str]] = {
    S.DRAFT: frozenset({"filing"}),
    S.SUBMITTED: frozenset({"completeness"}),
    S.INCOMPLETE: frozenset({"supply", "settlement"}),
    S.COMPLETE: frozenset({"issuer"}),
    S.VERIFYING: frozenset({"verification"}),
    S.TRACKED: frozenset({"naming", "declaration", "clearing"}),
    S.COMPARING: frozenset({"naming", "clearing", "comparison"}),
    S.INFO_REQUESTED: frozenset({"answer", "enquiry", "resumption"}),
    S.PROPOSED: frozenset({"agenda"}),
    S.IN_COMMITTEE: frozenset({"decision"}),
    S.DECIDED: frozenset({"notification"}),
    S.NOTIFIED: frozenset({"finality"}),
    S.FINAL: frozenset(),
    S.WITHDRAWN: frozenset(),
}
NOBODY_IN = frozenset({S.FINAL, S.WITHDRAWN})

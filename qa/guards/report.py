"""Rows A12 to A15: assessments, report, reply, opinions."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qa.clauses import clause, stated, today_of
from qa.enums import ActKind, AssessmentStatus, BodyKind, ProcedureStatus
from qa.guards.review import (
    DECIDED_DECLARATIONS,
    acting_chairs,
    chair_has_no_part_in_it,
    is_challenged,
    last_day,
    panel_still_complete,
    term_is_over,
    voting,
)


def _submitted_of_all(procedure: Any) -> str:
    missing, members = len(still_reading(procedure)), len(voting(procedure))
    return gettext("Submitted: %(submitted)s of %(members)s.") % {
        "submitted": members - missing,
        "members": members,
    }


@clause(
    _("Not every voting member has submitted an assessment yet."),
    naming=_submitted_of_all,
)
def all_assessments_are_submitted(procedure: Any) -> bool:
    return not still_reading(procedure)


def still_reading(procedure: Any) -> list[Any]:
    """The voting members whose assessment is not submitted yet."""
    return [
        member
        for member in voting(procedure)
        if not hasattr(member, "assessment")
        or member.assessment.status != AssessmentStatus.SUBMITTED
    ]


@clause(_("Name the day of the visit, or say why none was needed."), stated=True)
def visit_held_or_waived(procedure: Any) -> bool:
    day, waiver = stated(procedure, "visit_on"), stated(procedure, "visit_waiver")
    return (day is not None and day <= today_of(procedure)) or bool(
        (waiver or "").strip()
    )


def _standards_without_finding(procedure: Any) -> list[Any]:
    """The standards of the set whose finding is not complete, in their order."""
    report = getattr(procedure, "report", None)
    findings = report.findings.all() if report else ()
    complete = {one.standard_id for one in findings if one.is_complete}
    standards = procedure.standard_set.standards.all()
    return [one for one in standards if one.pk not in complete]


def _named_standards(procedure: Any) -> str:
    codes = [one.number for one in _standards_without_finding(procedure)]
    return gettext("Missing: %(standards)s.") % {"standards": ", ".join(codes)}


@clause(
    _("Every standard needs a finding with evidence, analysis and rating."),
    naming=_named_standards,
)
def findings_are_complete(procedure: Any) -> bool:
    begun = getattr(procedure, "report", None) is not None
    return begun and not _standards_without_finding(procedure)


@clause(_("The report needs the panel's proposal for decision with its reasons."))
def proposal_is_present(procedure: Any) -> bool:
    report = getattr(procedure, "report", None)
    return report is not None and bool(
        report.proposed_outcome and report.proposal_reasons.strip()
    )


@clause(
    _(
        "What the panel proposes went to the proposer with the draft report "
        "and can no longer change."
    ),
    stated=True,
)
def proposal_is_as_sent(report: Any) -> bool:
    """Outcome and reasons, word for word, once the report left the panel."""
    if report.procedure.status == ProcedureStatus.REPORT_DRAFT:
        return True
    reasons = stated(report, "reasons") or ""
    return (
        stated(report, "outcome") == report.proposed_outcome
        and reasons.split() == report.proposal_reasons.split()
    )


@clause(
    _(
        "The institution may still challenge the chair of the panel; the report goes on "
        "when that term is over or waived."
    )
)
def chairs_challenge_term_is_over(procedure: Any) -> bool:
    today = today_of(procedure)
    return all(term_is_over(chair, today) for chair in acting_chairs(procedure))


@clause(_("The challenge of the chair of the panel is not decided yet."))
def chairs_challenge_is_decided(procedure: Any) -> bool:
    return not any(is_challenged(chair) for chair in acting_chairs(procedure))


@clause(_("The conflict declaration of the chair of the panel is not decided yet."))
def chairs_declaration_is_decided(procedure: Any) -> bool:
    return all(
        chair.declaration.status in DECIDED_DECLARATIONS
        for chair in acting_chairs(procedure)
    )


# What every report needs that leaves the panel, as a draft or as final.
REPORT = (
    panel_still_complete,
    chairs_challenge_term_is_over,
    chairs_challenge_is_decided,
    chairs_declaration_is_decided,
    findings_are_complete,
    proposal_is_present,
)


@clause(
    _("The proposer's reply is not in and its term still runs."),
    naming=lambda procedure: last_day(procedure.factual_check_until),
)
def reply_received_or_term_over(procedure: Any) -> bool:
    return procedure.replied_at is not None or (
        procedure.factual_check_until is not None
        and today_of(procedure) > procedure.factual_check_until
    )


def _unanswered(procedure: Any) -> Any:
    return procedure.remarks.filter(Q(answer="") | Q(answer_text=""))


def _number_unanswered(procedure: Any) -> str:
    return gettext("Without answer: %(number)s of %(all)s.") % {
        "number": _unanswered(procedure).count(),
        "all": procedure.remarks.count(),
    }


@clause(
    _("Every remark of the proposer needs the panel's answer."),
    naming=_number_unanswered,
)
def remarks_are_answered(procedure: Any) -> bool:
    return not _unanswered(procedure).exists()


def has_opinion_of(procedure: Any, kind: str) -> bool:
    """Whether an opinion of such a body was carried."""
    return procedure.decisions.filter(
        kind=ActKind.OPINION, body__kind=kind, is_carried=True
    ).exists()


@clause(_("The commission's opinion is not recorded yet."))
def ceac_opinion_is_recorded(procedure: Any) -> bool:
    return has_opinion_of(procedure, BodyKind.CEAC)


@clause(
    _(
        "The offer has a fee or needs new resources: the opinion of the "
        "Board of Administration must be recorded first."
    )
)
def board_opinion_where_touched(procedure: Any) -> bool:
    version = procedure.version
    touched = bool(version.fee_amount) or version.needs_new_resources
    return not touched or has_opinion_of(procedure, BodyKind.BOARD)


REFERRAL = (
    ceac_opinion_is_recorded,
    board_opinion_where_touched,
    chair_has_no_part_in_it,
)

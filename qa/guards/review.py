"""Rows A09 to A15: nomination, panel (domain rules 6.1), report, opinions."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qa import clock
from qa.clauses import clause, stated, today_of
from qa.enums import (
    ActKind,
    AssessmentStatus,
    BodyKind,
    ChallengeDecision,
    DeclarationStatus,
    PanelMemberStatus,
    PanelRole,
    ProcedureStatus,
    Role,
)
from qa.permissions import has_interest_in, holds, interested_in, procedure_of

DECIDED_DECLARATIONS = (DeclarationStatus.NONE, DeclarationStatus.CLEARED)


def seated(procedure: Any) -> list[Any]:
    """The members who accepted, with their persons."""
    return list(
        procedure.members.filter(status=PanelMemberStatus.ACCEPTED).select_related(
            "user__unit__parent"
        )
    )


def _voting(procedure: Any) -> list[Any]:
    return [member for member in seated(procedure) if member.votes]


def term_is_over(member: Any, today: date) -> bool:
    """Whether the institution can no longer challenge who joined after the set-up."""
    return (
        member.challenge_until is None
        or member.challenge_waived_at is not None
        or today > member.challenge_until
    )


def training_counts_since(day: date, procedure: Any) -> date:
    """The earliest day of a training that is still current on a day."""
    return clock.add_months(day, -procedure.rule_set.panel_training_months)


def is_trained_on(day: date, trained_on: date | None, procedure: Any) -> bool:
    """Whether the training was over by the day, and is not too long ago."""
    since = training_counts_since(day, procedure)
    return trained_on is not None and since <= trained_on <= day


def is_challenged(member: Any) -> bool:
    """Whether a challenge of the member waits for its decision."""
    return bool(member.challenges.filter(decision=ChallengeDecision.OPEN).exists())


def _acting_chairs(procedure: Any) -> list[Any]:
    return [member for member in seated(procedure) if member.role == PanelRole.CHAIR]


def faculty_of(user: Any) -> Any:
    return user.unit.faculty if user.unit else None


def who_may_set_up_the_panel(procedure: Any, people: Iterable[Any]) -> list[Any]:
    """Officers of the quality office today, not of the faculty, with no part in it."""
    faculty, interested = procedure.micro_credential.faculty, interested_in(procedure)
    return [
        one
        for one in people
        if holds(one, Role.QA_OFFICER)
        and faculty_of(one) != faculty
        and one.pk not in interested
    ]


@clause(_("Record the nomination of the officers who set up the panel."), stated=True)
def nomination_is_recorded(procedure: Any) -> bool:
    decision = stated(procedure, "decision")
    return decision is not None and decision.kind == ActKind.NOMINATION


@clause(
    _(
        "Name at least one officer of the quality office, nobody of the proposing "
        "faculty or with a part in the proposal."
    ),
    stated=True,
)
def officers_are_named(procedure: Any) -> bool:
    people = [one.user for one in stated(procedure, "officers") or ()]
    return bool(people) and who_may_set_up_the_panel(procedure, people) == people


@clause(_("Say whom the commission nominates, and why."), stated=True)
def nomination_has_reasons(procedure: Any) -> bool:
    decision = stated(procedure, "decision")
    return decision is None or bool(
        decision.reasons_ro.strip() or decision.reasons_en.strip()
    )


@clause(_("Nobody from the proposing faculty may set up its panel."))
def chair_is_not_of_the_faculty(procedure: Any) -> bool:
    act = getattr(procedure, "act", None)
    return act is None or faculty_of(act.by) != procedure.micro_credential.faculty


@clause(
    _(
        "Whoever has a part in the proposal or a seat on its panel does not act for "
        "the commission on it; somebody else who holds its chair does."
    )
)
def chair_has_no_part_in_it(thing: Any) -> bool:
    """Whose own seat is in question is refused by the clause that says so."""
    act = getattr(thing, "act", None)
    if act is None or act.by.pk == getattr(
        getattr(thing, "member", None), "user_id", 0
    ):
        return True
    return not has_interest_in(procedure_of(thing), act.by.pk)


@clause(chair_has_no_part_in_it.sentence, stated=True)
def opinions_chair_has_no_part_in_it(procedure: Any) -> bool:
    """The commission acts through its chair; the board's secretary only records."""
    decision = stated(procedure, "decision")
    return (
        decision is None
        or decision.body.kind != BodyKind.CEAC
        or chair_has_no_part_in_it(procedure)
    )


@clause(_("The panel needs exactly one chair who has accepted."))
def panel_has_one_chair(procedure: Any) -> bool:
    return len(_acting_chairs(procedure)) == 1


@clause(_("The panel needs a student evaluator who has accepted."))
def panel_has_a_student(procedure: Any) -> bool:
    return any(m.role == PanelRole.STUDENT for m in seated(procedure))


@clause(_("The panel has fewer voting members than the rule set asks for."))
def panel_has_enough_voting_members(procedure: Any) -> bool:
    return len(_voting(procedure)) >= procedure.rule_set.panel_min_voting


@clause(_("The panel has fewer external members than the rule set asks for."))
def panel_has_enough_external_members(procedure: Any) -> bool:
    external = sum(member.is_external for member in _voting(procedure))
    return external >= procedure.rule_set.panel_min_external


@clause(_("Nobody from the proposing faculty may sit on the panel."))
def panel_is_not_of_the_faculty(procedure: Any) -> bool:
    faculty = procedure.micro_credential.faculty
    return all(faculty_of(m.user) != faculty for m in seated(procedure))


@clause(_("Authors and the coordinator of the offer cannot sit on its panel."))
def panel_has_no_proposer(procedure: Any) -> bool:
    proposers = {procedure.coordinator_id} | set(
        procedure.micro_credential.authors.values_list("pk", flat=True)
    )
    return not proposers & {member.user_id for member in seated(procedure)}


@clause(
    _(
        "Every member must have been trained within the term of the rule set before "
        "taking the seat."
    )
)
def panel_is_trained(procedure: Any) -> bool:
    """By the day each seat keeps, whatever courses its person takes later."""
    return all(
        is_trained_on(
            clock.local_day(member.undertaking_at), member.trained_on, procedure
        )
        for member in seated(procedure)
    )


@clause(_("An invited person has neither accepted nor declined yet."))
def nobody_is_left_invited(procedure: Any) -> bool:
    return not procedure.members.filter(status=PanelMemberStatus.INVITED).exists()


@clause(_("Every member's conflict declaration must be decided first."))
def declarations_are_decided(procedure: Any) -> bool:
    return not (
        procedure.members.filter(status=PanelMemberStatus.ACCEPTED)
        .exclude(declaration__status__in=DECIDED_DECLARATIONS)
        .exists()
    )


@clause(_("A challenge by the institution is not decided yet."))
def challenges_are_decided(procedure: Any) -> bool:
    return not procedure.members.filter(
        challenges__decision=ChallengeDecision.OPEN
    ).exists()


@clause(_("The institution's term to challenge a member is still running."))
def challenge_window_is_over(procedure: Any) -> bool:
    return (
        procedure.challenge_until is not None
        and today_of(procedure) > procedure.challenge_until
    )


NOMINATION = (
    nomination_is_recorded,
    officers_are_named,
    nomination_has_reasons,
    chair_is_not_of_the_faculty,
    chair_has_no_part_in_it,
)
COMPOSITION = (
    panel_has_one_chair,
    panel_has_a_student,
    panel_has_enough_voting_members,
    panel_has_enough_external_members,
    panel_is_not_of_the_faculty,
    panel_has_no_proposer,
)
PANEL_COMPLETE = (
    *COMPOSITION,
    panel_is_trained,
    nobody_is_left_invited,
    declarations_are_decided,
    challenges_are_decided,
    challenge_window_is_over,
)
REVIEW_START = (*PANEL_COMPLETE, chair_has_no_part_in_it)


@clause(_("The panel still meets the rules; replace a member without stopping."))
def composition_is_broken(procedure: Any) -> bool:
    return not all(rule(procedure) for rule in COMPOSITION)


REOPENING = (composition_is_broken, chair_has_no_part_in_it)


@clause(_("The panel no longer meets the rules; it must be completed first."))
def panel_still_complete(procedure: Any) -> bool:
    return all(rule(procedure) for rule in COMPOSITION)


@clause(_("Not every voting member has submitted an assessment yet."))
def all_assessments_are_submitted(procedure: Any) -> bool:
    return not still_reading(procedure)


def still_reading(procedure: Any) -> list[Any]:
    """The voting members whose assessment is not submitted yet."""
    return [
        member
        for member in _voting(procedure)
        if not hasattr(member, "assessment")
        or member.assessment.status != AssessmentStatus.SUBMITTED
    ]


@clause(_("Name the day of the visit, or say why none was needed."), stated=True)
def visit_held_or_waived(procedure: Any) -> bool:
    day, waiver = stated(procedure, "visit_on"), stated(procedure, "visit_waiver")
    return (day is not None and day <= today_of(procedure)) or bool(
        (waiver or "").strip()
    )


@clause(_("Every standard needs a finding with evidence, analysis and rating."))
def findings_are_complete(procedure: Any) -> bool:
    report = getattr(procedure, "report", None)
    if report is None:
        return False
    complete = {f.standard_id for f in report.findings.all() if f.is_complete}
    return complete >= set(
        procedure.standard_set.standards.values_list("pk", flat=True)
    )


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
    return all(term_is_over(chair, today) for chair in _acting_chairs(procedure))


@clause(_("The challenge of the chair of the panel is not decided yet."))
def chairs_challenge_is_decided(procedure: Any) -> bool:
    return not any(is_challenged(chair) for chair in _acting_chairs(procedure))


@clause(_("The conflict declaration of the chair of the panel is not decided yet."))
def chairs_declaration_is_decided(procedure: Any) -> bool:
    return all(
        chair.declaration.status in DECIDED_DECLARATIONS
        for chair in _acting_chairs(procedure)
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


@clause(_("The proposer's reply is not in and its term still runs."))
def reply_received_or_term_over(procedure: Any) -> bool:
    return procedure.replied_at is not None or (
        procedure.factual_check_until is not None
        and today_of(procedure) > procedure.factual_check_until
    )


@clause(_("Every remark of the proposer needs the panel's answer."))
def remarks_are_answered(procedure: Any) -> bool:
    return not procedure.remarks.filter(Q(answer="") | Q(answer_text="")).exists()


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

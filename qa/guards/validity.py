"""Rows A16 to A31 of a validity period: force, notice, extension, end."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qa.clauses import clause, stated, today_of
from qa.enums import (
    AccreditationStatus,
    ActKind,
    BodyKind,
    Outcome,
    ProcedureStatus,
)
from qa.guards.decision import (
    signed_by_one_present,
    vote_is_quorate,
    voted_disinterested,
)


@clause(_("The validity period follows a positive decision that is carried."))
def decision_is_positive(period: Any) -> bool:
    return period.decision.is_carried and period.decision.outcome in (
        Outcome.APPROVED,
        Outcome.APPROVED_WITH_CONDITIONS,
    )


@clause(_("The first day of validity has not come yet."))
def first_day_is_reached(period: Any) -> bool:
    return today_of(period) >= period.valid_from


@clause(_("The institution's own accreditation does not cover the first day."))
def institution_is_accredited(period: Any) -> bool:
    institution = period.micro_credential.unit.institution
    return institution.is_accredited_on(max(period.valid_from, today_of(period)))


@clause(
    _(
        "The public page lacks title, outcomes, admission or contact, "
        "in Romanian or in English."
    )
)
def public_page_is_ready(period: Any) -> bool:
    version = period.version
    outcomes = list(version.outcomes.all())
    return all(
        (
            version.title_ro,
            version.title_en,
            version.admission_ro,
            version.admission_en,
            version.contact_email,
            outcomes,
        )
    ) and all(o.text_ro and o.text_en for o in outcomes)


@clause(_("Another validity period of this micro-credential is still in force."))
def no_other_period_in_force(period: Any) -> bool:
    return not (
        period.micro_credential.accreditations.filter(
            status=AccreditationStatus.IN_FORCE
        )
        .exclude(pk=period.pk)
        .exists()
    )


@clause(_("The day of notice has not come yet."))
def notice_day_is_reached(period: Any) -> bool:
    return today_of(period) >= period.notice_on


@clause(_("The re-evaluation was opened already."))
def reevaluation_not_opened_yet(period: Any) -> bool:
    return period.reevaluation_opened_at is None


@clause(_("The last day of validity has not come yet."))
def last_day_is_reached(period: Any) -> bool:
    return today_of(period) >= period.valid_to


@clause(_("The extension is open already."))
def extension_not_opened_yet(period: Any) -> bool:
    return period.extension_opened_at is None


@clause(_("The rule set does not extend validity for a timely re-evaluation."))
def extension_rule_is_on(period: Any) -> bool:
    return period.procedure.rule_set.extends_timely_submission


def _reevaluations(period: Any) -> list[Any]:
    return list(period.reevaluations.all())


@clause(_("No re-evaluation was submitted by the filing day."))
def reevaluation_was_filed_in_time(period: Any) -> bool:
    return any(
        p.first_submitted_on is not None and p.first_submitted_on <= period.filing_by
        for p in _reevaluations(period)
    )


def is_undecided(procedure: Any, today: Any) -> bool:
    """Open, or sent back by `resubmit` and still to be followed within the term.

    A follower that nobody has submitted yet counts no longer than that term.
    """
    if procedure.status == ProcedureStatus.ABANDONED:
        return False
    if procedure.status == ProcedureStatus.DRAFT and procedure.follows is not None:
        return _is_in_term(procedure.follows, today)
    if procedure.status != ProcedureStatus.DECIDED:
        return True
    if (
        procedure.outcome != Outcome.RESUBMIT
        or procedure.answers_to(procedure).exists()
    ):
        return False
    return _is_in_term(procedure, today)


def _is_in_term(sent_back: Any, today: Any) -> bool:
    return bool(today <= sent_back.resubmit_until)


@clause(_("The re-evaluation is decided."))
def reevaluation_is_undecided(period: Any) -> bool:
    today = today_of(period)
    return any(is_undecided(p, today) for p in _reevaluations(period))


@clause(_("No later validity period starts today."))
def successor_starts_today(period: Any) -> bool:
    successor = getattr(period, "successor", None)
    return (
        successor is not None
        and successor.status == AccreditationStatus.APPROVED
        and successor.valid_from <= today_of(period)
    )


@clause(_("The validity period is not over yet."))
def period_is_over(period: Any) -> bool:
    return today_of(period) > (period.extended_until or period.valid_to)


@clause(_("The validity is extended until the timely re-evaluation is decided."))
def no_extension_is_open(period: Any) -> bool:
    return (
        period.extension_opened_at is None
        or period.extended_until is not None
        or not reevaluation_is_undecided(period)
    )


def _withdrawal(period: Any) -> Any:
    """The act that withdraws: just recorded, or of the day it was."""
    return stated(period, "decision") or period.withdrawal


@clause(_("A withdrawal follows a carried vote of the senate."))
def withdrawal_was_voted(period: Any) -> bool:
    act = _withdrawal(period)
    return act is not None and act.is_carried and act.kind == ActKind.DECISION


@clause(_("The senate withdraws accreditation, and no other body."))
def senate_withdraws(period: Any) -> bool:
    act = _withdrawal(period)
    return act is not None and act.body.kind == BodyKind.SENATE


@clause(
    _(
        "The senate meets on a withdrawal while accreditation is in force, "
        "and its vote is recorded after the meeting."
    )
)
def senate_met_while_in_force(period: Any) -> bool:
    act = _withdrawal(period)
    return act is not None and (period.valid_from <= act.decided_on <= today_of(period))


@clause(_("The proposer must be heard before accreditation is withdrawn."))
def proposer_was_heard(period: Any) -> bool:
    act = _withdrawal(period)
    return (
        act is not None
        and act.hearing_on is not None
        and act.hearing_on <= act.decided_on
    )


@clause(
    _(
        "Authors, the coordinator, the head of department who signed and members "
        "of the panel must be recused from the vote."
    ),
    stated=True,
)
def interested_are_recused_on_withdrawal(period: Any) -> bool:
    act = _withdrawal(period)
    return act is not None and voted_disinterested(act, act.procedure)


@clause(
    _(
        "A withdrawal is decided already and stands with its day and its plan; "
        "no other is recorded over it."
    )
)
def no_withdrawal_is_decided_yet(period: Any) -> bool:
    return period.withdrawal_id is None


@clause(
    _(
        "The act is signed by a member who was present and not recused: "
        "the chair, or whoever is named instead."
    ),
    stated=True,
)
def withdrawal_signatory_took_part(period: Any) -> bool:
    act = _withdrawal(period)
    return act is not None and signed_by_one_present(act)


@clause(_("A withdrawal needs its remedy and the term for it."), stated=True)
def withdrawal_has_its_remedy(period: Any) -> bool:
    act = _withdrawal(period)
    return act is not None and bool(
        act.remedy_ro.strip() and act.remedy_en.strip() and act.remedy_days
    )


@clause(_("Give the reasons in Romanian and in English."), stated=True)
def withdrawal_has_its_reasons(period: Any) -> bool:
    act = _withdrawal(period)
    return act is not None and bool(act.reasons_ro.strip() and act.reasons_en.strip())


def _plan(period: Any) -> Any:
    """The teach-out plan: just stated, or as the withdrawal wrote it on the period."""
    return stated(period, "plan") or period


@clause(
    _(
        "The teach-out plan names last enrolment, last assessment, contact "
        "and, in both languages, the possibilities to transfer."
    )
)
def teach_out_plan_is_complete(period: Any) -> bool:
    plan = _plan(period)
    return all(
        (
            plan.last_enrolment_on,
            plan.last_assessment_on,
            plan.teach_out_contact.strip(),
            plan.transfer_options_ro.strip(),
            plan.transfer_options_en.strip(),
        )
    )


@clause(
    _("The last assessment of the teach-out plan is not before the last enrolment."),
    stated=True,
)
def plan_ends_with_the_assessment(period: Any) -> bool:
    begin, end = _plan(period).last_enrolment_on, _plan(period).last_assessment_on
    return begin is None or end is None or begin <= end


@clause(
    _("Accreditation cannot be withdrawn before the day of the decision."),
    stated=True,
)
def plan_starts_with_the_decision(period: Any) -> bool:
    act, day = _withdrawal(period), _plan(period).withdrawn_on
    return act is None or day is None or day >= act.decided_on


@clause(_("The day of withdrawal has not come yet."))
def withdrawal_day_is_reached(period: Any) -> bool:
    return period.withdrawn_on is not None and today_of(period) >= period.withdrawn_on


PERIOD = (decision_is_positive,)
# What every recorded vote on a withdrawal must satisfy, carried or not: who votes and
# who signs is judged on that day, and not again on the one on which it takes effect.
WITHDRAWAL_VOTE = (
    no_withdrawal_is_decided_yet,
    senate_withdraws,
    senate_met_while_in_force,
    vote_is_quorate,
    interested_are_recused_on_withdrawal,
)
WITHDRAWAL = (
    *WITHDRAWAL_VOTE,
    withdrawal_signatory_took_part,
    withdrawal_was_voted,
    proposer_was_heard,
    withdrawal_has_its_reasons,
    withdrawal_has_its_remedy,
    teach_out_plan_is_complete,
    plan_ends_with_the_assessment,
    plan_starts_with_the_decision,
)

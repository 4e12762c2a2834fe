"""Rows A16 and every other vote: quorum, majority, recusals, reasons, remedy."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qa import clock
from qa.clauses import clause, stated, today_of
from qa.enums import ActKind, BodyKind, Outcome, VoteCast
from qa.guards.departure import departs
from qa.guards.review import opinions_chair_has_no_part_in_it
from qa.permissions import interested_in

POSITIVE = (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS)


@clause(
    _("The quorum was not met; the vote cannot be recorded as a decision."), stated=True
)
def vote_is_quorate(thing: Any) -> bool:
    decision = stated(thing, "decision")
    return decision is not None and decision.tally().is_quorate


@clause(
    _("The proposal did not get the majority that the rules ask of those present."),
    stated=True,
)
def vote_is_carried(thing: Any) -> bool:
    decision = stated(thing, "decision")
    return decision is not None and decision.tally().has_majority


def voted_disinterested(decision: Any, procedure: Any) -> bool:
    """Whether everybody with a part in the procedure was recused or stayed away."""
    voted = decision.votes.exclude(cast__in=[VoteCast.RECUSED, VoteCast.ABSENT])
    return not voted.filter(user__in=interested_in(procedure)).exists()


@clause(
    _(
        "Authors, the coordinator, the head of department who signed and members "
        "of the panel must be recused from the vote."
    ),
    stated=True,
)
def interested_members_are_recused(procedure: Any) -> bool:
    decision = stated(procedure, "decision")
    return decision is not None and voted_disinterested(decision, procedure)


def signed_by_one_present(decision: Any) -> bool:
    """Whether the signatory is named and took part in the vote."""
    took_part = decision.votes.exclude(cast__in=[VoteCast.RECUSED, VoteCast.ABSENT])
    return took_part.filter(user=decision.signatory_id).exists()


@clause(
    _(
        "The act is signed by a member who was present and not recused: "
        "the chair, or whoever is named instead."
    ),
    stated=True,
)
def signatory_took_part(procedure: Any) -> bool:
    decision = stated(procedure, "decision")
    return decision is not None and signed_by_one_present(decision)


@clause(_("The senate decides on accreditation, and no other body."), stated=True)
def senate_decides(procedure: Any) -> bool:
    decision = stated(procedure, "decision")
    return decision is not None and decision.body.kind == BodyKind.SENATE


@clause(
    _(
        "The body meets on or after the day the report became final, "
        "and its vote is recorded after the meeting."
    ),
    stated=True,
)
def body_met_on_the_final_report(procedure: Any) -> bool:
    decision = stated(procedure, "decision")
    return (
        decision is not None
        and procedure.report_final_on is not None
        and procedure.report_final_on <= decision.decided_on <= today_of(procedure)
    )


@clause(
    _(
        "This body has given its opinion on the report already: it stands, "
        "and no other is recorded beside it."
    ),
    stated=True,
)
def body_gave_no_opinion_yet(procedure: Any) -> bool:
    """A vote that was not carried is no opinion and may be taken again."""
    decision = stated(procedure, "decision")
    if decision is None:
        return False
    given = procedure.decisions.filter(kind=ActKind.OPINION, is_carried=True)
    return not given.filter(body=decision.body).exclude(pk=decision.pk).exists()


@clause(_("Give the reasons in Romanian and in English."), stated=True)
def reasons_are_given(thing: Any) -> bool:
    decision = stated(thing, "decision")
    return decision is not None and bool(
        decision.reasons_ro.strip() and decision.reasons_en.strip()
    )


@clause(_("A decision that burdens needs its remedy and the term for it."), stated=True)
def remedy_where_it_burdens(procedure: Any) -> bool:
    decision = stated(procedure, "decision")
    if decision is None:
        return False
    return decision.outcome == Outcome.APPROVED or bool(
        decision.remedy_ro.strip()
        and decision.remedy_en.strip()
        and decision.remedy_days
    )


@clause(
    _(
        "Conditions go with an approval with conditions and only with it; "
        "each has its text, the evidence required and what follows if it is not met "
        "in both languages, and a deadline."
    ),
    stated=True,
)
def conditions_are_complete(procedure: Any) -> bool:
    decision = stated(procedure, "decision")
    if decision is None:
        return False
    conditions = list(decision.conditions.all())
    if decision.outcome != Outcome.APPROVED_WITH_CONDITIONS:
        return not conditions
    return bool(conditions) and all(
        c.deadline > decision.decided_on
        and c.text_ro.strip()
        and c.text_en.strip()
        and c.evidence_required_ro.strip()
        and c.evidence_required_en.strip()
        and c.consequence_ro.strip()
        and c.consequence_en.strip()
        for c in conditions
    )


@clause(
    _(
        "The decision departs from the panel's proposal, in its outcome or in a "
        "condition: hear the proposer first and say why it departs, in both languages."
    ),
    stated=True,
)
def departure_was_heard(procedure: Any) -> bool:
    decision = stated(procedure, "decision")
    if decision is None:
        return False
    conditions = decision.conditions.all()
    if not departs(procedure.report, decision.outcome, conditions, decision.decided_on):
        return True
    return (
        decision.departs_from_proposal
        and decision.hearing_on is not None
        and decision.hearing_on <= decision.decided_on
        and bool(decision.departure_reasons_ro.strip())
        and bool(decision.departure_reasons_en.strip())
    )


def _longest_validity(procedure: Any) -> str:
    months = procedure.rule_set.validity_max_months
    return gettext("The longest is %(months)s months.") % {"months": months}


@clause(
    _(
        "An approval needs a validity period that starts on or after the decision "
        "and stays within the longest the rule set allows."
    ),
    stated=True,
    naming=_longest_validity,
)
def validity_is_within_the_rules(procedure: Any) -> bool:
    decision = stated(procedure, "decision")
    if decision is None:
        return False
    if decision.outcome not in POSITIVE:
        return decision.valid_from is None and decision.valid_to is None
    if not (decision.valid_from and decision.valid_to):
        return False
    latest = clock.add_months(
        decision.valid_from, procedure.rule_set.validity_max_months
    )
    return decision.decided_on <= decision.valid_from < decision.valid_to <= latest


# What every recorded vote must satisfy, carried or not.
VOTE_ON_THE_REPORT = (
    body_met_on_the_final_report,
    vote_is_quorate,
    interested_members_are_recused,
)
OPINION_VOTE = (
    *VOTE_ON_THE_REPORT,
    body_gave_no_opinion_yet,
    opinions_chair_has_no_part_in_it,
)
# What every carried act of a body needs besides.
AS_AN_ACT = (signatory_took_part, reasons_are_given)
OPINION = (*OPINION_VOTE, *AS_AN_ACT)
SENATE_VOTE = (senate_decides, *VOTE_ON_THE_REPORT)
DECISION = (
    *SENATE_VOTE,
    vote_is_carried,
    *AS_AN_ACT,
    remedy_where_it_burdens,
    conditions_are_complete,
    departure_was_heard,
    validity_is_within_the_rules,
)

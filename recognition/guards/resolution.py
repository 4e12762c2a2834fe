"""Rows B18 and B20: the committee's item, its vote, what the decision carries."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qa import clock
from qa.clauses import clause, stated, today_of
from qa.enums import BodyKind, Role, VoteCast
from qa.guards.decision import reasons_are_given, vote_is_carried, vote_is_quorate
from qa.permissions import holds
from recognition import grounds
from recognition.enums import RecognitionOutcome
from recognition.guards import terms as asks
from recognition.guards.departure import departs
from recognition.guards.handling import doubtful_document_is_on_the_standard_track

NOT_COUNTED = (VoteCast.RECUSED, VoteCast.ABSENT)


@clause(_("Name the recognition committee that will decide."), stated=True)
def committee_is_named(application: Any) -> bool:
    body = stated(application, "committee")
    return body is not None and body.kind == BodyKind.RECOGNITION_COMMITTEE


@clause(_("Give the day of the meeting and the item of its agenda."), stated=True)
def agenda_item_is_given(application: Any) -> bool:
    return bool(
        stated(application, "meeting_on")
        and (stated(application, "agenda_item") or "").strip()
    )


@clause(_("The meeting cannot lie before the day of the proposal."), stated=True)
def meeting_follows_the_proposal(application: Any) -> bool:
    day = stated(application, "meeting_on")
    return day is not None and day >= clock.local_day(application.proposed_at)


@clause(_("The meeting is more than a year away; check the year."), stated=True)
def meeting_is_within_a_year(application: Any) -> bool:
    day = stated(application, "meeting_on")
    return day is not None and day <= clock.add_months(today_of(application), 12)


@clause(_("Choose another day than the one on which the item stands."), stated=True)
def meeting_is_another(application: Any) -> bool:
    return stated(application, "meeting_on") != application.meeting_on


@clause(_("Say why the item is moved to another meeting."), stated=True)
def move_has_its_reason(application: Any) -> bool:
    return bool((stated(application, "reason") or "").strip())


@clause(
    _("The assessor and the applicant, if they sit on the committee, are recused."),
    stated=True,
)
def interested_members_are_named_recused(application: Any) -> bool:
    body, day = stated(application, "committee"), stated(application, "meeting_on")
    if body is None or day is None:
        return False
    seated = {member.user_id for member in body.members_on(day)}
    recused = set(application.recusals.values_list("user_id", flat=True))
    return seated & application.interested_ids() <= recused


def _resolution(application: Any) -> Any:
    return stated(application, "resolution")


def _counted(application: Any) -> set[int]:
    return {user for user, cast in _casts(application) if cast not in NOT_COUNTED}


def _recused(application: Any) -> set[int]:
    """Who stood back in the vote itself, whatever office they hold besides."""
    return {user for user, cast in _casts(application) if cast == VoteCast.RECUSED}


def _casts(application: Any) -> list[tuple[int, str]]:
    decision = stated(application, "decision")
    if decision is None:
        return []
    return list(decision.votes.values_list("user_id", "cast"))


@clause(_("The committee on whose agenda the case stands decides it."), stated=True)
def committee_of_the_item_decides(application: Any) -> bool:
    decision = stated(application, "decision")
    return decision is not None and decision.body_id == application.committee_id


@clause(
    _(
        "The committee decides on the day its agenda names or later, "
        "and its vote is recorded after the meeting."
    ),
    stated=True,
)
def committee_met_on_its_item(application: Any) -> bool:
    decision = stated(application, "decision")
    return decision is not None and (
        application.meeting_on <= decision.decided_on <= today_of(application)
    )


@clause(_("The assessor does not vote on the own proposal."), stated=True)
def assessor_did_not_vote(application: Any) -> bool:
    decision = stated(application, "decision")
    return decision is not None and not _counted(application) & set(
        application.assessors.values_list("user_id", flat=True)
    )


@clause(_("Nobody votes on their own application."), stated=True)
def applicant_did_not_vote(application: Any) -> bool:
    decision = stated(application, "decision")
    return decision is not None and application.applicant_id not in _counted(
        application
    )


@clause(_("Recused members do not vote and are not counted."), stated=True)
def recused_members_are_not_counted(application: Any) -> bool:
    decision = stated(application, "decision")
    if decision is None:
        return False
    recused = set(application.recusals.values_list("user_id", flat=True))
    votes = decision.votes.filter(user_id__in=recused)
    return not votes.exclude(cast=VoteCast.RECUSED).exists()


@clause(_("Choose the outcome the committee resolved."), stated=True)
def outcome_is_resolved(application: Any) -> bool:
    terms = _resolution(application)
    return terms is not None and terms.outcome in RecognitionOutcome.values


@clause(
    _(
        "State what is granted and for what: more than 0 credits or, where no credits "
        "are granted, a level, and the target in both languages."
    ),
    stated=True,
)
def grant_is_stated(application: Any) -> bool:
    terms = _resolution(application)
    return terms is not None and asks.states_the_grant(terms)


@clause(
    _(
        "List the components accepted with their credits; they add up to the credits, "
        "and what one counts as is said in both languages."
    ),
    stated=True,
)
def components_are_listed(application: Any) -> bool:
    terms = _resolution(application)
    return terms is not None and asks.lists_components(
        terms, stated(application, "components") or ()
    )


@clause(
    _(
        "Describe each condition with its term, and in both languages what is asked, "
        "the evidence and the consequence."
    ),
    stated=True,
)
def conditions_are_complete(application: Any) -> bool:
    terms, day = _resolution(application), stated(application, "decided_on")
    return (
        terms is not None
        and day is not None
        and asks.carries_conditions(terms, stated(application, "conditions") or (), day)
    )


@clause(
    _("Name the alternative target and the bridging offer, both in both languages."),
    stated=True,
)
def alternative_is_named(application: Any) -> bool:
    terms = _resolution(application)
    return terms is not None and asks.names_the_alternative(terms)


@clause(
    _(
        "A refusal needs a substantial difference demonstrated for the purpose: "
        "the essential requirement and the evidence in both languages, and a line of "
        "the grid."
    ),
    stated=True,
)
def refusal_is_demonstrated(application: Any) -> bool:
    terms = _resolution(application)
    return terms is not None and asks.demonstrates_the_difference(terms, application)


@clause(
    _(
        "Before a refusal, consider alternative, partial and conditional recognition "
        "and write down in both languages why none is possible."
    ),
    stated=True,
)
def refusal_is_the_last_resort(application: Any) -> bool:
    terms = _resolution(application)
    return terms is not None and asks.considered_alternatives(terms)


@clause(
    _(
        "Anything but the outcome asked for tells the applicant, in both languages, "
        "how to obtain recognition later."
    ),
    stated=True,
)
def measures_for_later_are_given(application: Any) -> bool:
    terms = _resolution(application)
    return terms is not None and asks.gives_measures(terms, application)


@clause(
    _(
        "Whatever is decided, name the remedy, for the term to appeal runs: the body, "
        "the term in days, and how, in both languages."
    ),
    stated=True,
)
def remedy_is_named(application: Any) -> bool:
    terms = _resolution(application)
    return terms is not None and terms.names_remedy


@clause(
    _(
        "The decision departs from the assessor's proposal, in its outcome or in what "
        "it grants or asks for: say why it departs, in both languages."
    ),
    stated=True,
)
def departure_has_its_reasons(application: Any) -> bool:
    terms = _resolution(application)
    if terms is None:
        return False
    departed = departs(
        application.proposal,
        terms,
        stated(application, "components") or (),
        stated(application, "conditions") or (),
    )
    return terms.departs_from_proposal == departed and (
        not departed
        or bool(
            terms.departure_reasons_ro.strip() and terms.departure_reasons_en.strip()
        )
    )


@clause(_("Name the legal ground, at least one article or rule."), stated=True)
def legal_ground_is_named(application: Any) -> bool:
    terms = _resolution(application)
    known = {article.code for article in grounds.ARTICLES}
    return terms is not None and bool(terms.articles) and set(terms.articles) <= known


@clause(
    _("The legal ground belongs to an instrument that does not govern this case."),
    stated=True,
)
def legal_ground_fits_the_instrument(application: Any) -> bool:
    terms = _resolution(application)
    fitting = grounds.articles_of(application.legal_instrument)
    known = {one.code for one in grounds.ARTICLES}
    foreign = known - {one.code for one in fitting}
    return terms is not None and not set(terms.articles) & foreign


@clause(_("Sum the comparison up in Romanian and in English."), stated=True)
def comparison_is_summed_up(application: Any) -> bool:
    terms = _resolution(application)
    return terms is not None and bool(
        terms.comparison_ro.strip() and terms.comparison_en.strip()
    )


@clause(_("Name who signs the decision."), stated=True)
def signatory_is_named(application: Any) -> bool:
    return stated(application, "signatory") is not None


@clause(
    _(
        "The decision is signed by a member of the committee who voted on it, or by "
        "an authorised signatory; never by the applicant, by an assessor of the case "
        "or by somebody recused."
    ),
    stated=True,
)
def signatory_is_entitled(application: Any) -> bool:
    person = stated(application, "signatory")
    if person is None:
        return True
    if person.pk in application.kept_from_signing() | _recused(application):
        return False
    return person.pk in _counted(application) or holds(person, Role.SIGNATORY)


AGENDA = (
    committee_is_named,
    agenda_item_is_given,
    meeting_follows_the_proposal,
    meeting_is_within_a_year,
    interested_members_are_named_recused,
)
# What an item must meet that is moved to another day.
MOVE = (
    meeting_is_another,
    move_has_its_reason,
    meeting_follows_the_proposal,
    meeting_is_within_a_year,
    interested_members_are_named_recused,
)
# What every recorded vote must satisfy, carried or not.
RECORDED_VOTE = (
    committee_of_the_item_decides,
    committee_met_on_its_item,
    vote_is_quorate,
    assessor_did_not_vote,
    applicant_did_not_vote,
    recused_members_are_not_counted,
)
VOTE = (*RECORDED_VOTE, vote_is_carried, reasons_are_given)
CONTENT = (
    doubtful_document_is_on_the_standard_track,
    outcome_is_resolved,
    grant_is_stated,
    components_are_listed,
    conditions_are_complete,
    alternative_is_named,
    refusal_is_demonstrated,
    refusal_is_the_last_resort,
    measures_for_later_are_given,
    remedy_is_named,
    departure_has_its_reasons,
    legal_ground_is_named,
    legal_ground_fits_the_instrument,
    comparison_is_summed_up,
    signatory_is_named,
    signatory_is_entitled,
)

"""Rows A09 to A11: nomination and panel (domain rules 6.1)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qa import clock
from qa.clauses import clause, stated, today_of
from qa.days import in_full
from qa.enums import (
    ActKind,
    BodyKind,
    ChallengeDecision,
    DeclarationStatus,
    PanelMemberStatus,
    PanelRole,
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


def voting(procedure: Any) -> list[Any]:
    """The seated members who read, propose and vote."""
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


def acting_chairs(procedure: Any) -> list[Any]:
    """Whoever chairs today: one, in a panel that is whole."""
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
    return len(acting_chairs(procedure)) == 1


@clause(_("The panel needs a student evaluator who has accepted."))
def panel_has_a_student(procedure: Any) -> bool:
    return any(m.role == PanelRole.STUDENT for m in seated(procedure))


def last_day(until: date | None) -> str:
    """What a refusal adds for a term that still runs."""
    if until is None:
        return ""
    return gettext("Its last day is %(day)s.") % {"day": in_full(until)}


def _of_least(seated: int, least: int) -> str:
    return gettext("It has %(seated)s of %(least)s.") % {
        "seated": seated,
        "least": least,
    }


def _voting_of_least(procedure: Any) -> str:
    return _of_least(len(voting(procedure)), procedure.rule_set.panel_min_voting)


@clause(
    _("The panel has fewer voting members than the rule set asks for."),
    naming=_voting_of_least,
)
def panel_has_enough_voting_members(procedure: Any) -> bool:
    return len(voting(procedure)) >= procedure.rule_set.panel_min_voting


def _external(procedure: Any) -> int:
    return sum(member.is_external for member in voting(procedure))


def _external_of_least(procedure: Any) -> str:
    return _of_least(_external(procedure), procedure.rule_set.panel_min_external)


@clause(
    _("The panel has fewer external members than the rule set asks for."),
    naming=_external_of_least,
)
def panel_has_enough_external_members(procedure: Any) -> bool:
    return _external(procedure) >= procedure.rule_set.panel_min_external


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


@clause(
    _("The institution's term to challenge a member is still running."),
    naming=lambda procedure: last_day(procedure.challenge_until),
)
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

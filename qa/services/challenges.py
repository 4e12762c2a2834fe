"""The institution and the members of the panel: terms, challenges, their decision."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from qa import clock
from qa import permissions as may
from qa.enums import ChallengeDecision, PanelMemberStatus, ProcedureStatus
from qa.guards.panel import panel_is_open
from qa.guards.review import term_is_over
from qa.models import Case, Challenge, PanelMember, User
from qa.services import notices
from qa.services.panel import recuse
from qa.transitions import TransitionRefused, note, refuse_rowless, write_down


def term_runs(member: PanelMember) -> bool:
    """Whether the institution may still object to the member."""
    if member.procedure.status != ProcedureStatus.PANEL_SETUP:
        return own_term_runs(member)
    term = member.procedure.challenge_until
    return term is not None and clock.today() <= term


def own_term_runs(member: PanelMember) -> bool:
    """Whether who joined after the set-up waits for the institution."""
    return panel_is_open(member) and not term_is_over(member, clock.today())


@transaction.atomic
def waive_term(*, member: PanelMember, by: User) -> None:
    """The institution has nothing against who joined: the reading need not wait."""
    Case.lock(member.case_id)
    fresh = PanelMember.objects.select_related("procedure").get(pk=member.pk)
    _refuse_who_may_not_challenge(fresh, by)
    if fresh.status != PanelMemberStatus.ACCEPTED or not own_term_runs(fresh):
        raise TransitionRefused(_("There is no term to waive."))
    values = {"challenge_waived_at": clock.now(), "challenge_waived_by": by}
    write_down(fresh, "waive_challenge", by=by, values=values)


def _refuse_who_may_not_challenge(member: PanelMember, by: User) -> None:
    if not may.challenges(member.procedure, by):
        raise PermissionDenied(_("Only the proposing faculty challenges a member."))


@transaction.atomic
def raise_challenge(*, member: PanelMember, reasons: str, by: User) -> Challenge:
    """The institution objects to a member within the term, with reasons."""
    case = Case.lock(member.case_id)
    member = PanelMember.objects.select_related("procedure").get(pk=member.pk)
    _refuse_who_may_not_challenge(member, by)
    if not term_runs(member):
        raise TransitionRefused(_("The term to challenge a member is over."))
    if member.status != PanelMemberStatus.ACCEPTED:
        raise TransitionRefused(_("Only a member who took the seat is challenged."))
    if not reasons.strip():
        raise TransitionRefused(_("Give the reasons of the challenge."))
    raised = Challenge.objects.create(
        member=member,
        reasons=reasons.strip(),
        raised_at=clock.now(),
        raised_by=by,
    )
    note(case, raised, "challenge", by=by, facts={"member": member})
    notices.tell("challenge", raised, by=by)
    return raised


@transaction.atomic
def decide(*, raised: Challenge, uphold: bool, reasons: str, by: User) -> Challenge:
    """The chair decides; an upheld challenge recuses the member."""
    case = Case.lock(raised.member.case_id)
    raised = Challenge.objects.get(pk=raised.pk)
    if not may.is_ceac_chair(raised, by):
        raise PermissionDenied(_("Only the CEAC chair decides on a challenge."))
    refuse_rowless(raised, "decide_challenge", by=by)
    if raised.decision != ChallengeDecision.OPEN:
        raise TransitionRefused(_("This challenge is decided already."))
    if not reasons.strip():
        raise TransitionRefused(_("Give the reasons for the decision."))
    raised.decision = (
        ChallengeDecision.UPHELD if uphold else ChallengeDecision.DISMISSED
    )
    raised.decision_reasons = reasons.strip()
    raised.decided_by, raised.decided_at = by, clock.now()
    raised.save()
    facts = {"decision": raised.decision, "challenge": raised}
    note(case, raised, "decide_challenge", by=by, facts=facts)
    notices.tell("decide_challenge", raised, by=by)
    member = PanelMember.objects.get(pk=raised.member_id)
    if uphold and member.status == PanelMemberStatus.ACCEPTED:
        recuse(member=member, reason=reasons, by=by)
    return raised

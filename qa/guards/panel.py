"""Rows P1 to P5, D0 to D4, S1 and S2: the panel and its members' work."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qa.clauses import clause, stated, today_of
from qa.enums import (
    ActKind,
    ConflictGround,
    DeclarationStatus,
    PanelMemberStatus,
    PanelRole,
    ProcedureStatus,
)
from qa.guards.review import (
    chair_has_no_part_in_it,
    faculty_of,
    is_challenged,
    is_trained_on,
    term_is_over,
    who_may_set_up_the_panel,
)
from qa.guards.submission import reason_is_given
from qa.permissions import has_interest_in

__all__ = ["reason_is_given"]

PANEL_STATES = (
    ProcedureStatus.PANEL_SETUP,
    ProcedureStatus.UNDER_REVIEW,
    ProcedureStatus.REPORT_DRAFT,
    ProcedureStatus.FACTUAL_CHECK,
)


@clause(_("The panel changes only from its set-up to the factual check."))
def panel_is_open(member: Any) -> bool:
    return member.procedure.status in PANEL_STATES


@clause(_("Nobody from the proposing faculty may set up its panel."))
def officer_is_not_of_the_faculty(member: Any) -> bool:
    act = getattr(member, "act", None)
    faculty = member.procedure.micro_credential.faculty
    return act is None or faculty_of(act.by) != faculty


@clause(
    _("Who has a part in the proposal or a seat on its panel cannot set the panel up.")
)
def officer_has_no_part_in_it(member: Any) -> bool:
    act = getattr(member, "act", None)
    return act is None or not has_interest_in(member.procedure, act.by.pk)


def nominated_officers(procedure: Any) -> list[Any]:
    """The officers whom the nomination names; none in acts older than the list."""
    acts = procedure.decisions.filter(kind=ActKind.NOMINATION)
    return [
        officer.user
        for act in acts.prefetch_related("officers__user")
        for officer in act.officers.all()
    ]


def able_officers(procedure: Any) -> list[Any]:
    """Those of the nominated who may still act."""
    return who_may_set_up_the_panel(procedure, nominated_officers(procedure))


@clause(_("The panel is set up by the officers whom the commission nominated."))
def officer_is_nominated(member: Any) -> bool:
    """Once none of them may act any more, another officer goes on."""
    act = getattr(member, "act", None)
    if act is None:
        return True
    procedure = member.procedure
    return act.by in nominated_officers(procedure) or not able_officers(procedure)


@clause(_("Authors and the coordinator of the offer cannot sit on its panel."))
def invited_person_is_no_proposer(member: Any) -> bool:
    procedure = member.procedure
    return (
        member.user_id != procedure.coordinator_id
        and not procedure.micro_credential.authors.filter(pk=member.user_id).exists()
    )


@clause(
    _("Somebody of the institution is no external member; invite them as internal.")
)
def external_is_of_another_institution(member: Any) -> bool:
    if not member.is_external or member.user.unit is None:
        return True
    institution = member.procedure.micro_credential.unit.institution_id
    return bool(member.user.unit.institution_id != institution)


@clause(_("Accept the confidentiality undertaking to take the seat."), stated=True)
def undertaking_is_given(member: Any) -> bool:
    return bool(stated(member, "undertaking"))


@clause(_("Training within the term of the rule set is needed to take the seat."))
def member_is_trained(member: Any) -> bool:
    return is_trained_on(today_of(member), member.user.trained_on, member.procedure)


@clause(_("The panel already has a chair."))
def panel_has_no_other_chair(member: Any) -> bool:
    return (
        member.role != PanelRole.CHAIR
        or not member.procedure.members.filter(
            role=PanelRole.CHAIR, status=PanelMemberStatus.ACCEPTED
        )
        .exclude(pk=member.pk)
        .exists()
    )


def asked_to_chair(member: Any) -> bool:
    """Invited or seated as chair; several may be invited, one can accept."""
    return member.role == PanelRole.CHAIR and member.status in (
        PanelMemberStatus.INVITED,
        PanelMemberStatus.ACCEPTED,
    )


@clause(
    _(
        "A seat is left by the member's own act, an upheld conflict "
        "or an upheld challenge."
    ),
    stated=True,
)
def recusal_has_a_ground(member: Any) -> bool:
    act = getattr(member, "act", None)
    if act is None:
        return False
    return (
        act.by.pk == member.user_id
        or member.declaration.status == DeclarationStatus.UPHELD
        or member.challenges.filter(decision="upheld").exists()
    )


@clause(_("Name the successor first."), stated=True)
def successor_is_named(member: Any) -> bool:
    successor = stated(member, "successor")
    return successor is not None and successor.procedure_id == member.procedure_id


@clause(_("Only a member who has accepted declares."))
def member_has_accepted(declaration: Any) -> bool:
    return declaration.member.status == PanelMemberStatus.ACCEPTED


@clause(_("Tick at least one ground and describe it."), stated=True)
def grounds_and_text_are_given(declaration: Any) -> bool:
    return (
        bool(declaration.grounds)
        and all(ground in ConflictGround.values for ground in declaration.grounds)
        and bool(declaration.text)
    )


@clause(_("Nobody decides on their own seat in the panel."))
def decider_is_not_the_member(declaration: Any) -> bool:
    act = getattr(declaration, "act", None)
    return act is None or act.by.pk != declaration.member.user_id


@clause(_("Nobody decides on a challenge that they raised."))
def decider_did_not_raise_it(challenge: Any) -> bool:
    act = getattr(challenge, "act", None)
    return act is None or act.by.pk != challenge.raised_by_id


@clause(_("Assessments are written while the procedure is under review."))
def procedure_is_under_review(assessment: Any) -> bool:
    return assessment.procedure.status == ProcedureStatus.UNDER_REVIEW


@clause(_("Only accepted voting members without an open conflict assess."))
def member_may_read(assessment: Any) -> bool:
    member = assessment.member
    return (
        member.status == PanelMemberStatus.ACCEPTED
        and member.votes
        and member.declaration.status
        in (DeclarationStatus.NONE, DeclarationStatus.CLEARED)
    )


@clause(
    _(
        "Every standard needs a rating with evidence, analysis and conclusion, "
        "or the reason why it cannot be judged."
    )
)
def readings_are_complete(assessment: Any) -> bool:
    complete = {r.standard_id for r in assessment.readings.all() if r.is_complete}
    standards = assessment.procedure.standard_set.standards
    return complete >= set(standards.values_list("pk", flat=True))


@clause(
    _(
        "The institution may still challenge this member; the reading is handed in "
        "when that term is over or waived."
    )
)
def own_challenge_term_is_over(assessment: Any) -> bool:
    return term_is_over(assessment.member, today_of(assessment))


@clause(_("The challenge of this member is not decided yet."))
def own_challenge_is_decided(assessment: Any) -> bool:
    return not is_challenged(assessment.member)


SETTING_UP = (
    panel_is_open,
    officer_is_not_of_the_faculty,
    officer_has_no_part_in_it,
    officer_is_nominated,
)
INVITATION = (
    *SETTING_UP,
    invited_person_is_no_proposer,
    external_is_of_another_institution,
)
DECLARATION = (member_has_accepted,)
CHALLENGE_RULING = (
    decider_is_not_the_member,
    decider_did_not_raise_it,
    chair_has_no_part_in_it,
)
DECLARATION_RULING = (
    reason_is_given,
    decider_is_not_the_member,
    chair_has_no_part_in_it,
)
READING = (procedure_is_under_review, member_may_read)
HANDING_IN = (
    procedure_is_under_review,
    readings_are_complete,
    own_challenge_term_is_over,
    own_challenge_is_decided,
)

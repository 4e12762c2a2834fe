"""The panel: A09 to A11, P1 to P5, D0 to D4, challenges."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qa import clock, flows, offices, record
from qa.enums import (
    ActKind,
    BodyKind,
    DeclarationStatus,
    PanelMemberStatus,
    ProcedureStatus,
    Role,
)
from qa.guards.panel import READING
from qa.guards.report import all_assessments_are_submitted
from qa.guards.review import who_may_set_up_the_panel
from qa.models import (
    Assessment,
    Body,
    Case,
    ConflictDeclaration,
    NominatedOfficer,
    PanelMember,
    Procedure,
    User,
)
from qa.services import notices
from qa.services.people import system_actor
from qa.services.votes import Motion, record_personal_act
from qa.transitions import (
    TransitionRefused,
    open_thing,
    perform,
)
from qa.working_days import add_working_days


@dataclass(frozen=True)
class Seat:
    """Whom the quality office invites to which seat of the panel."""

    user: User
    role: str
    is_external: bool
    employer: str = ""


def _challenge_until(procedure: Procedure) -> date:
    institution = procedure.micro_credential.unit.institution
    return add_working_days(
        clock.today(),
        procedure.rule_set.challenge_working_days,
        institution.country,
        frozenset(institution.closures.values_list("day", flat=True)),
    )


@transaction.atomic
def open_panel(
    *,
    procedure: Procedure,
    reasons: str,
    reasons_en: str = "",
    officers: Iterable[User] | None = None,
    by: User,
) -> Procedure:
    """A09: the commission's chair nominates who sets up the panel.

    Unless some are chosen, every officer is who may: nobody of the proposing faculty or
    with a part in the proposal.
    """
    case = Case.lock(procedure.case_id)
    decision = record_personal_act(
        motion=Motion(
            case, ActKind.NOMINATION, "nominated", procedure.rule_set, procedure
        ),
        body=Body.objects.get(kind=BodyKind.CEAC),
        reasons=reasons,
        reasons_en=reasons_en,
        by=by,
    )
    chosen = officers_for(procedure) if officers is None else officers
    nominated = NominatedOfficer.objects.bulk_create(
        NominatedOfficer(decision=decision, user=officer) for officer in chosen
    )
    opened = perform(
        procedure,
        "open_panel",
        by=by,
        facts={
            "decision": decision,
            "officers": nominated,
            "challenge_until": _challenge_until(procedure),
        },
        hand_on=flows.hand_on,
    )
    notices.tell("A09", opened, by=by)
    return opened


def officers_for(procedure: Procedure) -> list[User]:
    """Today's officers of the quality office who may set up the procedure's panel."""
    return who_may_set_up_the_panel(procedure, offices.holders(Role.QA_OFFICER))


@transaction.atomic
def invite(*, procedure: Procedure, seat: Seat, by: User) -> PanelMember:
    """P1: invite a person; the term to challenge starts anew from this day."""
    Case.lock(procedure.case_id)
    if procedure.members.filter(user=seat.user).exists():
        raise TransitionRefused(_("This person was invited to this panel already."))
    member = PanelMember.objects.create(
        procedure=Procedure.objects.get(pk=procedure.pk),
        user=seat.user,
        role=seat.role,
        is_external=seat.is_external,
        employer=seat.employer.strip(),
        invited_at=clock.now(),
        invited_by=by,
    )
    facts = _term_begun_anew(member.procedure)
    invited = open_thing(member, "P1", by=by, facts=facts, hand_on=flows.hand_on)
    notices.tell("P1", invited, by=by)
    return invited


def _term_begun_anew(procedure: Procedure) -> dict[str, Any]:
    """While the panel is set up its term runs from the last invitation or answer."""
    if not _is_set_up(procedure):
        return {}
    values = {"challenge_until": _challenge_until(procedure)}
    Procedure.objects.filter(pk=procedure.pk).update(**values)
    return {"procedure": record.wrote_on(procedure, values)}


@transaction.atomic
def accept(*, member: PanelMember, undertaking: bool, by: User) -> PanelMember:
    """P2, and D0 with it: take the seat; the declaration is asked next.

    Who joins while the review runs can be challenged from this day on.
    """
    Case.lock(member.case_id)
    member = PanelMember.objects.select_related("procedure").get(pk=member.pk)
    procedure = member.procedure
    facts: dict[str, Any] = {"undertaking": undertaking}
    joins, answers_last = not _is_set_up(procedure), _answers_last(member)
    if joins:
        facts["challenge_until"] = _challenge_until(procedure)
    if answers_last:
        facts |= _term_begun_anew(procedure)
    accepted = perform(member, "accept", by=by, facts=facts, hand_on=flows.hand_on)
    declaration = ConflictDeclaration.objects.create(member=accepted)
    open_thing(declaration, "D0", by=system_actor(), hand_on=flows.hand_on)
    if joins:
        notices.tell("P2", accepted, by=by)
    if answers_last:
        notices.tell_who_sits(procedure, by=by)
    return accepted


def _answers_last(member: PanelMember) -> bool:
    """Whether the panel is set up and nobody else still has to answer.

    The institution is then told who sits, and can challenge from that day on.
    """
    left = member.procedure.members.filter(status=PanelMemberStatus.INVITED)
    return _is_set_up(member.procedure) and not left.exclude(pk=member.pk).exists()


@transaction.atomic
def decline(*, member: PanelMember, reason: str, by: User) -> PanelMember:
    """P3."""
    Case.lock(member.case_id)
    member = PanelMember.objects.select_related("procedure").get(pk=member.pk)
    answers_last = _answers_last(member)
    facts = _term_begun_anew(member.procedure) if answers_last else {}
    declined = perform(
        member, "decline", by=by, reason=reason, facts=facts, hand_on=flows.hand_on
    )
    notices.tell("P3", declined, by=by)
    if answers_last:
        notices.tell_who_sits(member.procedure, by=by)
    return declined


@transaction.atomic
def declare_no_conflict(
    *, declaration: ConflictDeclaration, by: User
) -> ConflictDeclaration:
    """D1, and S1 with it when the review runs."""
    facts = {"declaration": declaration}
    declared = perform(
        declaration, "declare_none", by=by, facts=facts, hand_on=flows.hand_on
    )
    _open_assessment_if_due(declared.member, by=by)
    return declared


@transaction.atomic
def declare_conflict(
    *, declaration: ConflictDeclaration, grounds: Sequence[str], text: str, by: User
) -> ConflictDeclaration:
    """D2: grounds and text stay on the declaration; the record keeps a reference."""
    Case.lock(declaration.case_id)
    ConflictDeclaration.objects.filter(
        pk=declaration.pk, status=DeclarationStatus.PENDING
    ).update(grounds=list(grounds), text=text.strip())
    facts = {"declaration": declaration}
    declared = perform(
        declaration, "declare", by=by, facts=facts, hand_on=flows.hand_on
    )
    notices.tell("D2", declared, by=by)
    return declared


@transaction.atomic
def decide_declaration(
    *, declaration: ConflictDeclaration, uphold: bool, reasons: str, by: User
) -> ConflictDeclaration:
    """D3, or D4 with P4: the chair decides before any content is seen."""
    decided = perform(
        declaration,
        "uphold" if uphold else "clear",
        by=by,
        reason=reasons,
        hand_on=flows.hand_on,
    )
    if uphold:
        recuse(member=decided.member, reason=reasons, by=by)
    else:
        _open_assessment_if_due(decided.member, by=by)
        notices.tell("D3", decided, by=by)
    return decided


@transaction.atomic
def recuse(*, member: PanelMember, reason: str, by: User) -> PanelMember:
    """P4: the member's own act, or what an upheld declaration or challenge brings.

    If theirs was the last reading that was waited for, the report can begin.
    """
    Case.lock(member.case_id)
    was_waited_for = _readings_are_awaited(member)
    recused = perform(member, "recuse", by=by, reason=reason, hand_on=flows.hand_on)
    notices.tell("P4", recused, by=by)
    notices.tell("seat_ended", recused, by=by)
    if was_waited_for:
        notices.tell("S2", recused, by=by)
    return recused


def _readings_are_awaited(member: PanelMember) -> bool:
    procedure = Procedure.objects.get(pk=member.procedure_id)
    under_review = procedure.status == ProcedureStatus.UNDER_REVIEW
    return under_review and not all_assessments_are_submitted(procedure)


@transaction.atomic
def replace(*, member: PanelMember, seat: Seat, by: User) -> PanelMember:
    """P5 and P1: a successor is invited in the place of a member.

    If theirs was the last reading that was waited for, the report can begin.
    """
    Case.lock(member.case_id)
    was_waited_for = _readings_are_awaited(member)
    successor = invite(procedure=member.procedure, seat=seat, by=by)
    replaced = perform(
        member,
        "replace",
        by=by,
        facts={"successor": successor},
        hand_on=flows.hand_on,
    )
    notices.tell("P5", replaced, by=by)
    if was_waited_for:
        notices.tell("S2", replaced, by=by)
    return successor


def _is_set_up(procedure: Procedure) -> bool:
    return procedure.status == ProcedureStatus.PANEL_SETUP


@transaction.atomic
def start_review(*, procedure: Procedure, by: User) -> Procedure:
    """A10, and S1 for every voting member: only now do they see the dossier."""
    started = perform(procedure, "start_review", by=by, hand_on=flows.hand_on)
    for member in started.members.filter(status=PanelMemberStatus.ACCEPTED):
        _open_assessment_if_due(member, by=by)
    notices.tell("A10", started, by=by)
    return started


@transaction.atomic
def reopen_panel(*, procedure: Procedure, reason: str, by: User) -> Procedure:
    """A11: the composition broke; other members' work stays."""
    reopened = perform(
        procedure,
        "reopen_panel",
        by=by,
        reason=reason,
        facts={"challenge_until": _challenge_until(procedure)},
        hand_on=flows.hand_on,
    )
    notices.tell("A11", reopened, by=by)
    return reopened


def _open_assessment_if_due(member: PanelMember, *, by: User) -> None:
    """S1: one assessment for each accepted voting member without one."""
    fresh = PanelMember.objects.select_related("procedure", "declaration").get(
        pk=member.pk
    )
    if hasattr(fresh, "assessment"):
        return
    assessment = Assessment(procedure=fresh.procedure, member=fresh)
    if all(clause(assessment) for clause in READING):
        assessment.save()
        open_thing(assessment, "S1", by=by, hand_on=flows.hand_on)

"""From submission to endorsement: A03 to A08n."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from qa import clock, content, flows, record
from qa import permissions as may
from qa.enums import ActKind, ProcedureStatus, VersionStatus
from qa.guards.submission import first_return_or_chair_agrees
from qa.models import Case, Procedure, ReturnItem, User, Version
from qa.services import notices
from qa.services.intake import copy_version
from qa.services.registers import next_registry_number
from qa.services.votes import Minutes, Motion, record_vote
from qa.transitions import (
    TransitionRefused,
    expect,
    note,
    open_thing,
    perform,
    refuse_rowless,
    write_down,
)


@transaction.atomic
def submit_proposal(*, procedure: Procedure, by: User) -> Procedure:
    """A03, and A05 after a return: freeze the content and hand it in."""
    Case.lock(procedure.case_id)
    current = Procedure.objects.get(pk=procedure.pk)
    returned = current.status == ProcedureStatus.RETURNED
    frozen, digest = content.canonical_and_hash(current.version)
    facts = {"registry_number": next_registry_number(clock.today()), "sha256": digest}
    submitted = perform(
        current,
        "resubmit_completed" if returned else "submit",
        by=by,
        facts=facts,
        hand_on=flows.hand_on,
    )
    Version.objects.filter(pk=submitted.version_id).update(frozen_content=frozen)
    version = perform(submitted.version, "freeze", by=by, facts={"sha256": digest})
    for earlier in submitted.versions.filter(
        status=VersionStatus.FROZEN, number__lt=version.number
    ):
        perform(earlier, "replace", by=by)
    notices.tell("A05" if returned else "A03", submitted, by=by)
    return Procedure.objects.get(pk=submitted.pk)


@transaction.atomic
def return_for_completion(
    *,
    procedure: Procedure,
    items: Sequence[tuple[str, str]],
    by: User,
) -> Procedure:
    """A04: ask for what is missing, each item with why it is needed."""
    Case.lock(procedure.case_id)
    fresh = expect(procedure, "return_for_completion", by=by)
    asked = ReturnItem.objects.bulk_create(
        ReturnItem(procedure=fresh, version=fresh.version, what=what, why=why)
        for what, why in items
    )
    term = clock.add_days(clock.today(), fresh.rule_set.return_term_days)
    returned = perform(
        fresh,
        "return_for_completion",
        by=by,
        facts={"items": len(items), "asked": asked, "term": term},
        hand_on=flows.hand_on,
    )
    notices.tell("A04", returned, by=by)
    return _open_copy(returned, by=by)


def waits_for_agreement(procedure: Procedure) -> bool:
    """Returned before and submitted again, and the chair has not agreed to more."""
    return procedure.status == ProcedureStatus.SUBMITTED and not (
        first_return_or_chair_agrees(procedure)
    )


@transaction.atomic
def allow_further_return(*, procedure: Procedure, reason: str, by: User) -> Procedure:
    """The commission's chair agrees to one more return of the proposal."""
    Case.lock(procedure.case_id)
    fresh = Procedure.objects.get(pk=procedure.pk)
    if not may.is_ceac_chair(fresh, by):
        raise PermissionDenied(_("Only the CEAC chair agrees to another return."))
    refuse_rowless(fresh, "allow_further_return", by=by)
    if not waits_for_agreement(fresh):
        raise TransitionRefused(_("No return waits for the chair's agreement."))
    if not reason.strip():
        raise TransitionRefused(_("Say why another return is needed."))
    values = {"further_return_at": clock.now(), "further_return_by": by}
    write_down(fresh, "allow_further_return", by=by, values=values, reason=reason)
    notices.tell("allow_further_return", fresh, by=by)
    return Procedure.objects.get(pk=fresh.pk)


def _open_copy(returned: Procedure, *, by: User) -> Procedure:
    """V1: the coordinator gets an editable copy of what was returned."""
    version = copy_version(returned.version, returned, by=by)
    Procedure.objects.filter(pk=returned.pk).update(version=version)
    moved = record.wrote_on(returned, {"version_id": version.pk})
    open_thing(version, "V1", by=by, facts={"procedure": moved})
    return Procedure.objects.get(pk=returned.pk)


@transaction.atomic
def find_eligible(
    *, procedure: Procedure, checklist: Sequence[str], by: User
) -> Procedure:
    """A07: sign the formal checklist."""
    eligible = perform(
        procedure,
        "find_eligible",
        by=by,
        facts={"checklist": list(checklist)},
        hand_on=flows.hand_on,
    )
    notices.tell("A07", eligible, by=by)
    return eligible


@transaction.atomic
def record_endorsement(
    *, procedure: Procedure, minutes: Minutes, favourable: bool, by: User
) -> Procedure:
    """A08 or A08n: the faculty council's vote on endorsing the proposal.

    The vote is on the motion named: “favourable” supports the proposal,
    “unfavourable” returns it. A vote not carried is kept and moves nothing.
    """
    case = Case.lock(procedure.case_id)
    act = "endorse" if favourable else "refuse_endorsement"
    fresh = expect(procedure, act, by=by)
    outcome = "favourable" if favourable else "unfavourable"
    motion = Motion(case, ActKind.ENDORSEMENT, outcome, fresh.rule_set, fresh)
    decision = record_vote(motion=motion, minutes=minutes, by=by)
    facts: dict[str, Any] = {"decision": decision}
    if not decision.is_carried:
        refuse_rowless(fresh, "lose_endorsement", by=by, facts=facts)
        note(case, fresh, "vote_not_carried", by=by, facts=facts)
        return fresh
    if favourable:
        endorsed = perform(fresh, act, by=by, facts=facts, hand_on=flows.hand_on)
        notices.tell("A08", endorsed, by=by)
        return endorsed
    facts["term"] = clock.add_days(clock.today(), fresh.rule_set.return_term_days)
    returned = perform(fresh, act, by=by, facts=facts, hand_on=flows.hand_on)
    notices.tell("A08n", returned, by=by)
    return _open_copy(returned, by=by)

"""Recording acts of bodies and persons, with the votes where they are collegial."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qa import clock, record
from qa.enums import ActKind, MembershipFunction, VoteCast
from qa.models import Body, Case, Decision, Membership, Procedure, RuleSet, User, Vote
from qa.services.registers import next_act_number
from qa.transitions import TransitionRefused
from qa.voting import Tally


@dataclass(frozen=True)
class Minutes:
    """What the secretary writes down about one item of a meeting.

    `casts` maps each voting member in office to for, against, abstain, absent or
    recused; members left out count as absent.
    """

    body: Body
    held_on: date
    casts: Mapping[int, str]
    agenda_item: str = ""
    reasons_ro: str = ""
    reasons_en: str = ""
    signatory: User | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Motion:
    """What is put to the vote, in which case and under which rules."""

    case: Case
    kind: ActKind
    outcome: str
    rules: RuleSet
    procedure: Procedure | None = None


def record_vote(*, motion: Motion, minutes: Minutes, by: User) -> Decision:
    """Write a collegial act with its votes; numbered when it is carried, then sealed."""
    members = [m for m in minutes.body.members_on(minutes.held_on) if m.votes]
    _refuse_strangers(minutes.casts, {m.user_id for m in members})
    casts = {m.user_id: minutes.casts.get(m.user_id, VoteCast.ABSENT) for m in members}
    tally = Tally.under(motion.rules, list(casts.values()))
    decision = Decision.objects.create(
        case=motion.case,
        procedure=motion.procedure,
        body=minutes.body,
        kind=motion.kind,
        outcome=motion.outcome,
        is_carried=tally.is_carried,
        act_number=next_act_number(minutes.body, minutes.held_on)
        if tally.is_carried
        else "",
        decided_on=minutes.held_on,
        agenda_item=minutes.agenda_item,
        in_office=tally.in_office,
        quorum=tally.quorum,
        votes_needed=tally.needed,
        reasons_ro=minutes.reasons_ro.strip(),
        reasons_en=minutes.reasons_en.strip(),
        signatory=minutes.signatory or _signs(motion, members, casts),
        recorded_at=clock.now(),
        recorded_by=by,
        **minutes.details,
    )
    Vote.objects.bulk_create(
        Vote(
            decision=decision,
            user_id=member.user_id,
            function=member.function,
            cast=casts[member.user_id],
        )
        for member in members
    )
    transaction.on_commit(record.seal_changed_cases)
    return decision


def _signs(
    motion: Motion, members: Iterable[Membership], casts: Mapping[int, str]
) -> User | None:
    """In a procedure the chair who took part, unless the minutes name another."""
    if motion.procedure is None:
        return None
    chairs = (
        one.user
        for one in members
        if one.function == MembershipFunction.CHAIR and took_part(casts[one.user_id])
    )
    return next(chairs, None)


def took_part(cast: str) -> bool:
    """Whether the member was there and had a vote on the item."""
    return cast not in (VoteCast.ABSENT, VoteCast.RECUSED)


def record_personal_act(
    *, motion: Motion, body: Body, reasons: str, reasons_en: str = "", by: User
) -> Decision:
    """Write the act of one person who acts for a body, under the body's number.

    `reasons` are in Romanian, the language of the register.
    """
    today = clock.today()
    transaction.on_commit(record.seal_changed_cases)
    return Decision.objects.create(
        case=motion.case,
        procedure=motion.procedure,
        body=body,
        kind=motion.kind,
        outcome=motion.outcome,
        act_number=next_act_number(body, today),
        decided_on=today,
        is_collegial=False,
        reasons_ro=reasons.strip(),
        reasons_en=reasons_en.strip(),
        signatory=by,
        recorded_at=clock.now(),
        recorded_by=by,
    )


def _refuse_strangers(casts: Mapping[int, str], members: set[int]) -> None:
    if set(casts) - members:
        raise TransitionRefused(
            _("Only voting members in office on the day of the meeting have a vote.")
        )

"""Writing the record: canonical JSON, hash chains per case, signed seals."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q

from qa import clock, seal_key
from qa.clauses import Act
from qa.models.record import Case, Event, Seal, SealedHead

HASHED_FIELDS = (
    "case_id",
    "sequence",
    "row",
    "thing",
    "thing_id",
    "act",
    "from_state",
    "to_state",
    "by_id",
    "on_behalf_of_id",
    "role",
    "at",
    "machine_at",
    "reason",
    "facts",
    "legal_basis",
    "rule_set",
    "standard_set",
    "previous_hash",
)


def canonical(data: Any) -> str:
    """The one way a value is written down before it is hashed."""
    return json.dumps(
        data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain
    )


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, models.Model):
        return {"thing": value._meta.label_lower, "id": value.pk}
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)


def recordable(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as the record keeps them: references and plain values."""
    return json.loads(canonical(dict(facts)))


def hash_of(event: Event) -> str:
    return sha256(canonical({name: getattr(event, name) for name in HASHED_FIELDS}))


@dataclass(frozen=True)
class Entry:
    """What the event says of the act: its name, row, the move and the role."""

    name: str
    row: str = ""
    from_state: str = ""
    to_state: str = ""
    role: str = ""


def append(case: Case, thing: models.Model, act: Act, entry: Entry) -> Event:
    """Write the next event of a locked case and move the head of its chain."""
    pinned = getattr(thing, "procedure", thing)
    event = Event(
        case=case,
        sequence=case.events_written + 1,
        row=entry.row,
        thing=thing._meta.label_lower,
        thing_id=thing.pk,
        act=entry.name,
        from_state=entry.from_state,
        to_state=entry.to_state,
        by=act.by,
        on_behalf_of=act.on_behalf_of,
        role=entry.role,
        at=act.at,
        machine_at=clock.machine_now(),
        reason=act.reason,
        facts=recordable(act.facts),
        rule_set=_code(pinned, "rule_set"),
        standard_set=_code(pinned, "standard_set"),
        previous_hash=case.head,
    )
    event.hash = hash_of(event)
    event.save(force_insert=True)
    case.events_written, case.head = event.sequence, event.hash
    case.save(update_fields=["events_written", "head"])
    return event


def _code(thing: Any, name: str) -> str:
    pinned = getattr(thing, name, None)
    return pinned.code if pinned is not None else ""


def seal_changed_cases() -> Seal | None:
    """Chain and sign the heads of every case changed since the last seal."""
    with transaction.atomic():
        last = Seal.objects.select_for_update().order_by("-sequence").first()
        changed = list(
            Case.objects.filter(events_written__gt=0)
            .filter(Q(sealedhead=None) | ~Q(sealedhead__events=F("events_written")))
            .order_by("pk")
        )
        if not changed:
            return None
        seal = Seal(
            sequence=(last.sequence if last else 0) + 1,
            at=clock.now(),
            machine_at=clock.machine_now(),
            heads=[[c.pk, c.number, c.events_written, c.head] for c in changed],
            previous_hash=last.hash if last else "",
        )
        seal.hash = hash_of_seal(seal)
        seal.key_id, seal.signature = seal_key.sign(seal.hash)
        seal.save(force_insert=True)
        SealedHead.objects.bulk_create(
            [
                SealedHead(case=case, events=case.events_written, seal=seal)
                for case in changed
            ],
            update_conflicts=True,
            unique_fields=["case"],
            update_fields=["events", "seal"],
        )
        return seal


def hash_of_seal(seal: Seal) -> str:
    return sha256(
        canonical(
            {
                "sequence": seal.sequence,
                "at": seal.at,
                "machine_at": seal.machine_at,
                "heads": seal.heads,
                "previous_hash": seal.previous_hash,
            }
        )
    )

"""Writing the record: canonical JSON, hash chains per case, signed seals."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q

from qa import clock, seal_key
from qa.clauses import NOTHING_STATED, Act
from qa.enums import CaseKind
from qa.models.bodies import Register
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
        return _reference(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)


def _reference(thing: models.Model) -> dict[str, Any]:
    """Which row is meant; with its digest where what it says must never change."""
    told = {"thing": thing._meta.label_lower, "id": thing.pk}
    if not hasattr(thing, "sealed_content"):
        return told
    # Read again: the digest is of what the database keeps, not of what was handed in.
    written = type(thing)._base_manager.filter(pk=thing.pk).first()
    return told | ({"sha256": digest(written)} if written is not None else {})


def digest(thing: Any) -> str:
    """SHA-256 over everything a row says that must stay as the act wrote it."""
    return sha256(canonical(thing.sealed_content()))


def standing(thing: models.Model) -> dict[str, Any]:
    """What the row says now in the fields that only acts write; words by their hash."""
    names = getattr(thing, "written_by_acts", ())
    if not names:
        return {}
    rows = type(thing)._base_manager.filter(pk=thing.pk)
    return as_written(rows.values(*names).first() or {})


def keeping(thing: models.Model) -> dict[str, Any]:
    """What was drafted freely and is now kept by an act, for `wrote_on`."""
    return {name: getattr(thing, name) for name in thing.kept_by_acts}  # type: ignore[attr-defined]


def as_written(row: Mapping[str, Any]) -> dict[str, Any]:
    """Values of fields as an event keeps them: no words, which may name people."""
    return recordable({name: _without_words(name, v) for name, v in row.items()})


def _without_words(name: str, value: Any) -> Any:
    if value and isinstance(value, str):
        return sha256(value)
    # The formal checklist speaks of no person, the grounds of a conflict do.
    if value and isinstance(value, list) and name != "checklist":
        return sha256(canonical(value))
    return value


def wrote_on(
    thing: models.Model, values: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """A fact of an act that also writes on another row: these values, or a new row's."""
    told = standing(thing) if values is None else as_written(values)
    return {"thing": thing._meta.label_lower, "id": thing.pk, "wrote": told}


def written(thing: models.Model, stood: Mapping[str, Any]) -> dict[str, Any]:
    """What an act wrote on the row: the fields that stood otherwise before it."""
    now = standing(thing)
    return {name: v for name, v in now.items() if name not in stood or stood[name] != v}


def recordable(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as the record keeps them: references and plain values."""
    return json.loads(canonical(dict(facts)))


def hash_of(event: Event) -> str:
    return sha256(canonical({name: getattr(event, name) for name in HASHED_FIELDS}))


@dataclass(frozen=True)
class Entry:
    """What the event says of the act: its name, row, the move, role, what it wrote."""

    name: str
    row: str = ""
    from_state: str = ""
    to_state: str = ""
    role: str = ""
    wrote: Mapping[str, Any] = field(default_factory=lambda: NOTHING_STATED)


def append(case: Case, thing: models.Model, act: Act, entry: Entry) -> Event:
    """Write the next event of a locked case and move the head of its chain."""
    facts = recordable(act.facts) | (
        {"wrote": dict(entry.wrote)} if entry.wrote else {}
    )
    rules, standards = _pinned(thing, "rule_set"), _pinned(thing, "standard_set")
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
        facts=facts,
        legal_basis=rules.basis_of(entry.row, _HOUSE[case.kind]) if rules else "",
        rule_set=rules.code if rules else "",
        standard_set=standards.code if standards else "",
        previous_hash=case.head,
    )
    event.hash = hash_of(event)
    event.save(force_insert=True)
    case.events_written, case.head = event.sequence, event.hash
    case.save(update_fields=["events_written", "head"])
    return event


_HOUSE: dict[str, str] = {CaseKind.MICRO_CREDENTIAL: "A", CaseKind.RECOGNITION: "B"}
# How a thing leads to the procedure or application that pins its rules.
_WAYS = ("procedure", "application", "decision", "recognition", "member")


def _pinned(thing: Any, name: str) -> Any:
    """The rule set or standard set of the case the thing belongs to."""
    if hasattr(thing, name):
        return getattr(thing, name)
    for way in _WAYS:
        if (carrier := getattr(thing, way, None)) is not None:
            return _pinned(carrier, name)
    return None


def seal_changed_cases() -> Seal | None:
    """Chain and sign the heads of every case changed since the last seal."""
    with transaction.atomic():
        # A row of its own to wait for: after the wait for the last seal's row there
        # may be a later one.
        Register.objects.get_or_create(name="seals", year=0)
        Register.objects.select_for_update().get(name="seals", year=0)
        last = Seal.objects.order_by("-sequence").first()
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

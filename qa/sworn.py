"""What events swear to, read back: rows by their digest, fields by who wrote them last."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.apps import apps

from qa import content, record
from qa.models import Event, Version


def fault(event: Event) -> str:
    """What no longer says what it said when the event was written; empty if all does."""
    if event.row == "V2":
        what = _version_fault(event)
        if what:
            return what
    for reference in _references(event.facts):
        what = _row_fault(reference)
        if what:
            return what
    return ""


class Written:
    """The fields that only acts write: the last event that wrote one decides its value."""

    def __init__(self) -> None:
        self._told: dict[str, dict[int, dict[str, tuple[int, Any]]]] = defaultdict(
            lambda: defaultdict(dict)
        )

    def take(self, event: Event) -> None:
        for name, value in event.facts.get("wrote", {}).items():
            told = self._told[event.thing][event.thing_id]
            told[name] = (event.sequence, value)

    def first_fault(self) -> tuple[int, str] | None:
        """The earliest event whose field says something else now, and which field."""
        return min(
            (
                fault
                for label, things in self._told.items()
                for fault in _field_faults(label, things)
            ),
            default=None,
        )


def _field_faults(
    label: str, things: dict[int, dict[str, tuple[int, Any]]]
) -> Iterator[tuple[int, str]]:
    model = apps.get_model(label)
    names = model.written_by_acts
    rows = model._base_manager.filter(pk__in=things).values("pk", *names)
    now = {row.pop("pk"): record.as_written(row) for row in rows}
    for pk, told in things.items():
        if pk not in now:
            first = min(sequence for sequence, _value in told.values())
            yield first, f"{label} {pk}, on which it wrote, was removed"
            continue
        for name, (sequence, value) in told.items():
            # A field that a later release no longer keeps so is nobody's fault.
            if name in now[pk] and now[pk][name] != value:
                yield sequence, f"{label} {pk}: its {name} was changed afterwards"


def _references(value: Any) -> Iterator[dict[str, Any]]:
    """Every reference with a digest among the facts, however deep."""
    if isinstance(value, dict):
        if value.keys() == {"thing", "id", "sha256"}:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _references(one)


def _row_fault(reference: dict[str, Any]) -> str:
    model = apps.get_model(reference["thing"])
    row = model._base_manager.filter(pk=reference["id"]).first()
    name = f"{reference['thing']} {reference['id']}"
    if row is None:
        return f"{name}, which it records, was removed"
    if record.digest(row) != reference["sha256"]:
        return f"{name}, which it records, was changed afterwards"
    return ""


def _version_fault(event: Event) -> str:
    """The frozen content, and the fields and rows it was frozen from."""
    version = Version.objects.filter(pk=event.thing_id).first()
    if version is None:
        return f"version {event.thing_id}, which it froze, was removed"
    wanted = event.facts["sha256"]
    frozen = record.sha256(record.canonical(version.frozen_content))
    if {wanted} != {version.sha256, frozen}:
        return f"the frozen content of version {version.number} was changed afterwards"
    if content.canonical_and_hash(version)[1] != wanted:
        return f"the text of version {version.number} differs from what was frozen"
    return ""

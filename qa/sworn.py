"""What events swear to, read back: rows by their digest, fields by who wrote them last."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.apps import apps

from qa import content, record
from qa.models import Event, User, Version

# What a row's fields should say, each with the event that wrote it last; by key.
Told = dict[str, tuple[int, Any]]
Things = dict[int, Told]
UNREADABLE = "what it records can no longer be read back"


def fault(event: Event) -> str:
    """What no longer says what it said when the event was written; empty if all does."""
    try:
        return _fault(event)
    except Exception:  # Whoever owns the database can leave anything in a row.
        return UNREADABLE


def _fault(event: Event) -> str:
    if event.row == "V2":
        what = _version_fault(event)
        if what:
            return what
    for reference in _among(event.facts, {"thing", "id", "sha256"}):
        what = _row_fault(reference)
        if what:
            return what
    return ""


class Written:
    """The fields that only acts write: the last event that wrote one decides its value."""

    def __init__(self) -> None:
        self._told: dict[str, Things] = defaultdict(lambda: defaultdict(dict))
        self._authors: dict[int, Event] = {}

    def take(self, event: Event) -> None:
        """What the act wrote on its thing, and on rows beside it."""
        own = {"thing": event.thing, "id": event.thing_id}
        own["wrote"] = event.facts.get("wrote", {})
        beside = _among(event.facts, {"thing", "id", "wrote"})
        for row in (own, *beside):
            for name, value in row["wrote"].items():
                told = self._told[row["thing"]][row["id"]]
                told[name] = (event.sequence, value)
        if event.row == "A01":
            self._authors[event.by_id] = event
        elif event.act == "add_author":
            self._authors[event.facts["author"]["id"]] = event

    def first_fault(self) -> tuple[int, str] | None:
        """The earliest event whose field says something else now, and which field."""
        faults = _author_faults(self._authors)
        for label, things in self._told.items():
            faults += _faults_of(label, things)
        return min(faults, default=None)


def _author_faults(told: dict[int, Event]) -> list[tuple[int, str]]:
    """Who writes on an offer: who opened its case, and whom an act added."""
    if not told:
        return []
    opening = min(told.values(), key=lambda event: event.sequence)
    now = set(
        User.objects.filter(authored_micro_credentials=opening.case_id).values_list(
            "pk", flat=True
        )
    )
    removed = [
        (told[pk].sequence, f"author {pk}, whom it records, was removed")
        for pk in told.keys() - now
    ]
    added = [
        (opening.sequence, f"author {pk} was added past the record")
        for pk in now - told.keys()
    ]
    return removed + added


def _faults_of(label: str, things: Things) -> list[tuple[int, str]]:
    """The rows of a model together; one by one where a row cannot be read."""
    try:
        return list(_field_faults(label, things))
    except Exception:  # As above.
        if len(things) > 1:
            return [
                fault
                for pk, told in things.items()
                for fault in _faults_of(label, {pk: told})
            ]
        [told] = things.values()
        return [(_first(told), UNREADABLE)]


def _first(told: Told) -> int:
    return min(sequence for sequence, _value in told.values())


def _field_faults(label: str, things: Things) -> Iterator[tuple[int, str]]:
    model = apps.get_model(label)
    names = (*model.written_by_acts, *getattr(model, "kept_by_acts", ()))
    rows = model._base_manager.filter(pk__in=things).values("pk", *names)
    now = {row.pop("pk"): record.as_written(row) for row in rows}
    for pk, told in things.items():
        if pk not in now:
            yield _first(told), f"{label} {pk}, on which it wrote, was removed"
            continue
        for name, (sequence, value) in told.items():
            # A field that a later release no longer keeps so is nobody's fault.
            if name in now[pk] and now[pk][name] != value:
                yield sequence, f"{label} {pk}: its {name} was changed afterwards"


def references(value: Any) -> Iterator[dict[str, Any]]:
    """Every row that the facts refer to, in whatever form, however deep."""
    if isinstance(value, dict):
        if value.keys() >= {"thing", "id"}:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from references(one)


def _among(value: Any, keys: set[str]) -> Iterator[dict[str, Any]]:
    """Every row that the facts tell in this form, however deep."""
    if isinstance(value, dict):
        if value.keys() == keys:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _among(one, keys)


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

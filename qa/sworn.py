"""What events swear to: the rows whose digest stands in the record, read back."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps

from qa import content, record
from qa.models import Event, Version


def fault(event: Event) -> str:
    """What no longer says what it said when the event was written; empty if all does."""
    if event.row == "V2":
        return _version_fault(event)
    for reference in _references(event.facts):
        what = _row_fault(reference)
        if what:
            return what
    return ""


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

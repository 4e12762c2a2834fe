"""Rows that no event of their case names: put there past the door."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from qa import sworn
from qa.models import Event

OUR_APPS = ("qa", "recognition", "reports")
# How a row leads to the case it stands in, where it does not say so itself.
_WAYS = (
    *("procedure", "version", "application", "decision", "recognition"),
    *("member", "condition", "result", "resolution", "of_check"),
)


def recorded_models() -> Iterator[type[models.Model]]:
    """Every model whose rows come from acts, which name them."""
    for model in apps.get_models():
        says = hasattr(model, "sealed_content") or hasattr(model, "written_by_acts")
        if (
            model._meta.app_label in OUR_APPS
            and says
            and not getattr(model, "stands_unrecorded", False)
        ):
            yield model


class Rows:
    """The rows there are, less those that the events read since have named.

    Made before the events are read: a row written meanwhile is none of these.
    """

    def __init__(self) -> None:
        self._left: dict[str, set[Any]] = {
            model._meta.label_lower: set(
                model._base_manager.values_list("pk", flat=True)
            )
            for model in recorded_models()
        }

    def take(self, event: Event) -> None:
        """Whatever the event is about, and every row that its facts refer to."""
        self._named(event.thing, event.thing_id)
        for reference in sworn.references(event.facts):
            self._named(reference["thing"], reference["id"])

    def _named(self, label: Any, pk: Any) -> None:
        if label in self._left:
            self._left[label].discard(pk)

    def unnamed(self) -> Iterator[tuple[int | None, str]]:
        """The case, and which row of it no act has put there."""
        for label, pks in self._left.items():
            model = apps.get_model(label)
            for row in model._base_manager.filter(pk__in=pks).order_by("pk"):
                yield _case_of(row), f"{label} {row.pk} stands there, put by no act"


def _case_of(row: Any) -> int | None:
    """Nothing, where what the row belongs to is gone."""
    try:
        return case_of(row)
    except (ObjectDoesNotExist, AttributeError):
        return None


def case_of(row: Any) -> int | None:
    """The key of the case that the row belongs to."""
    if hasattr(row, "case_id"):
        return int(row.case_id)
    for way in _WAYS:
        if (carrier := getattr(row, way, None)) is not None:
            return case_of(carrier)
    return None

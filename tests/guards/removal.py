"""Taking one guard clause out of an act, to see whether a test notices."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps

from qa.transitions import status_field
from qa.verification import machines

Key = tuple[str, str, str]


def guarded() -> list[Any]:
    """Every model that declares acts: machines, and what has acts without a row."""
    moved = set(machines())
    return [
        model
        for model in apps.get_models()
        if model in moved or hasattr(model, "rowless")
    ]


def transitions_of(model: Any) -> list[Any]:
    """The transitions of a machine; what has acts without a row only has none."""
    if model not in set(machines()):
        return []
    return list(status_field(model).get_all_transitions(model))


def others_of(model: Any) -> list[tuple[str, Any]]:
    """Openings and acts without a row, by name."""
    openings = [(opening.row, opening) for opening in getattr(model, "openings", ())]
    return openings + [(act.name, act) for act in getattr(model, "rowless", ())]


def rowless_acts() -> set[tuple[str, str]]:
    """Acts without a row, as (machine, act)."""
    return {
        (str(model._meta.model_name), act.name)
        for model in guarded()
        for act in getattr(model, "rowless", ())
    }


def declared_clauses() -> list[Key]:
    """Every clause of every act that the house declares, as (machine, act, clause)."""
    keys: set[Key] = set()
    for model in guarded():
        if model._meta.app_label != "qa":
            continue
        name = str(model._meta.model_name)
        for move in transitions_of(model):
            keys |= {(name, move.name, clause.name) for clause in move.conditions}
        for act, declared in others_of(model):
            keys |= {(name, act, clause.name) for clause in declared.guard}
    return sorted(keys)


@contextmanager
def without(key: Key) -> Iterator[None]:
    """The acts with one clause taken out, put back afterwards."""
    model_name, act, name = key
    model = next(m for m in guarded() if m._meta.model_name == model_name)
    moves = [move for move in transitions_of(model) if move.name == act]
    others = [declared for row, declared in others_of(model) if row == act]
    kept = [(move, list(move.conditions)) for move in moves]
    guards = [(declared, declared.guard) for declared in others]
    for move in moves:
        move.conditions[:] = [c for c in move.conditions if c.name != name]
    for declared, guard in guards:
        left = tuple(c for c in guard if c.name != name)
        object.__setattr__(declared, "guard", left)
    try:
        yield
    finally:
        for move, conditions in kept:
            move.conditions[:] = conditions
        for declared, guard in guards:
            object.__setattr__(declared, "guard", guard)

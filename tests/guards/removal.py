"""Taking one guard clause out of a machine, to see whether a test notices."""

from collections.abc import Iterator
from contextlib import contextmanager

from qa.transitions import status_field
from qa.verification import machines

Key = tuple[str, str, str]


def declared_clauses() -> list[Key]:
    """Every clause of every transition and opening, as (machine, act, clause)."""
    keys: set[Key] = set()
    for machine in machines():
        if machine._meta.app_label != "qa":
            continue
        name = str(machine._meta.model_name)
        for move in status_field(machine).get_all_transitions(machine):
            keys |= {(name, move.name, clause.name) for clause in move.conditions}
        for opening in getattr(machine, "openings", ()):
            keys |= {(name, opening.row, clause.name) for clause in opening.guard}
    return sorted(keys)


@contextmanager
def without(key: Key) -> Iterator[None]:
    """The machines with one clause taken out, put back afterwards."""
    machine_name, act, name = key
    machine = next(m for m in machines() if m._meta.model_name == machine_name)
    moves = [
        move
        for move in status_field(machine).get_all_transitions(machine)
        if move.name == act
    ]
    openings = [o for o in getattr(machine, "openings", ()) if o.row == act]
    kept = [(move, list(move.conditions)) for move in moves]
    guards = [(opening, opening.guard) for opening in openings]
    for move in moves:
        move.conditions[:] = [c for c in move.conditions if c.name != name]
    for opening, guard in guards:
        left = tuple(c for c in guard if c.name != name)
        object.__setattr__(opening, "guard", left)
    try:
        yield
    finally:
        for move, conditions in kept:
            move.conditions[:] = conditions
        for opening, guard in guards:
            object.__setattr__(opening, "guard", guard)

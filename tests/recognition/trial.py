"""A trial: an act that would succeed, and how to break each of its clauses alone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from qa.models import User
from qa.transitions import open_thing, perform, refuse_rowless
from recognition.models import (
    RecognitionApplication,
)
from tests.factories import recognition as r


@dataclass
class Trial:
    """The application, the act, who does it, and what is stated."""

    office: r.Office
    thing: RecognitionApplication
    act: str
    by: User
    reason: str = "For the stated reason."
    facts: dict[str, Any] = field(default_factory=dict)
    is_opening: bool = False
    is_rowless: bool = False

    def run(self) -> Any:
        if self.is_opening:
            return open_thing(self.thing, self.act, by=self.by)
        if self.is_rowless:
            return refuse_rowless(self.thing, self.act, by=self.by, facts=self.facts)
        return perform(
            self.thing, self.act, by=self.by, reason=self.reason, facts=self.facts
        )

    def update(self, **values: Any) -> None:
        update(self.thing, **values)


def update(thing: Any, **values: Any) -> None:
    """Write columns directly: tests prepare states that the services would not make."""
    type(thing)._base_manager.filter(pk=thing.pk).update(**values)
    for name, value in values.items():
        setattr(thing, name, value)


def update_past_the_check(thing: Any, constraint: str, **values: Any) -> None:
    """Write what the database itself would refuse, to see that the clause does too."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            update(thing, **values)
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
            return
        table = thing._meta.db_table
        # Foreign keys still to be checked would forbid altering the table.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{constraint}"')
        update(thing, **values)


READY: dict[str, Callable[[r.Office], Trial]] = {}
BREAK: dict[tuple[str, str], Callable[[Trial], Any]] = {}
BROKEN: dict[tuple[str, str], Callable[[r.Office], Trial]] = {}


def ready(act: str) -> Callable[[Any], Any]:
    def remember(build: Callable[[r.Office], Trial]) -> Any:
        READY[act] = build
        return build

    return remember


def breaks(clause: str, *acts: str) -> Callable[[Any], Any]:
    def remember(spoil: Callable[[Trial], Any]) -> Any:
        for act in acts:
            BREAK[act, clause] = spoil
        return spoil

    return remember


def broken(clause: str, act: str) -> Callable[[Any], Any]:
    """A trial broken from the start, where the facts are append-only."""

    def remember(build: Callable[[r.Office], Trial]) -> Any:
        BROKEN[act, clause] = build
        return build

    return remember

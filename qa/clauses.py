"""Guard clauses: one named question each, with the sentence shown when it is unmet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, ClassVar

from django.utils.functional import Promise

NOTHING_STATED: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Act:
    """What one person does at one instant: the door hangs it on the thing as `.act`."""

    by: Any
    at: datetime
    today: date
    reason: str = ""
    facts: Mapping[str, Any] = field(default_factory=lambda: NOTHING_STATED)
    on_behalf_of: Any = None


@dataclass(frozen=True)
class Clause:
    """A guard clause; `sentence` says what is missing and what would meet it.

    `stated` marks a clause about what the person says in the act itself (reasons,
    a list, a date): it cannot be known before the form is filled in. `naming` adds
    which parts of the thing leave it unmet.
    """

    do_not_call_in_templates: ClassVar[bool] = True

    name: str
    sentence: str | Promise
    holds: Callable[[Any], bool]
    stated: bool = False
    naming: Callable[[Any], str] | None = None

    def __call__(self, thing: Any) -> bool:
        return bool(self.holds(thing))

    def told(self, thing: Any) -> str:
        """The sentence, with the parts of the thing that it is about."""
        named = self.naming(thing) if self.naming else ""
        return f"{self.sentence} {named}".strip()


def clause(
    sentence: str | Promise,
    *,
    stated: bool = False,
    naming: Callable[[Any], str] | None = None,
) -> Callable[[Callable[[Any], bool]], Clause]:
    """Turn a predicate into a named clause."""

    def named(holds: Callable[[Any], bool]) -> Clause:
        return Clause(holds.__name__, sentence, holds, stated=stated, naming=naming)

    return named


def stated(thing: Any, key: str) -> Any:
    """What the act says under `key`; None outside an act."""
    act = getattr(thing, "act", None)
    return act.facts.get(key) if act else None


def today_of(thing: Any) -> date:
    """The local day on which the act happens, or today when only asking."""
    from qa import clock  # noqa: PLC0415  only asking, outside an act

    act = getattr(thing, "act", None)
    return act.today if act else clock.today()


@dataclass(frozen=True)
class Opening:
    """A row "new -> first state": who may open the thing, and under which clauses."""

    row: str
    actor: str
    permission: Callable[[Any, Any], bool]
    guard: tuple[Clause, ...]


@dataclass(frozen=True)
class Rowless:
    """An act that moves no state, by its name: what it must meet to be kept."""

    name: str
    guard: tuple[Clause, ...]

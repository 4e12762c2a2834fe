"""Whether a body resolved something else than was proposed to it (domain 6.6).

What was proposed in one language only may be completed in the other; a term may be
later than proposed, for the body meets later, but not earlier.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from qa import clock
from qa.enums import Outcome

CONDITION_TEXTS = ("text", "evidence_required")


def departs(
    report: Any, outcome: str, conditions: Iterable[Any], decided_on: date
) -> bool:
    """Another outcome, or a condition added, left out or changed.

    A panel that names no condition leaves them to the senate.
    """
    if outcome != report.proposed_outcome:
        return True
    proposed = list(report.proposed_conditions)
    if outcome != Outcome.APPROVED_WITH_CONDITIONS or not proposed:
        return False

    def is_kept(point: Any, condition: Any) -> bool:
        earliest = clock.add_months(decided_on, point.deadline_months or 0)
        return says_the_same(point, condition, CONDITION_TEXTS) and (
            condition.deadline >= earliest
        )

    return not are_kept(proposed, conditions, is_kept)


def are_kept(
    proposed: Iterable[Any],
    resolved: Iterable[Any],
    is_kept: Callable[[Any, Any], bool],
) -> bool:
    """Whether each thing proposed is found among those resolved, and nothing else."""
    left = list(resolved)
    for one in proposed:
        found = next((it for it in left if is_kept(one, it)), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def says_the_same(proposed: Any, resolved: Any, names: Iterable[str]) -> bool:
    """The texts that were proposed, word for word; spaces and line ends do not count."""
    texts = [f"{name}_{language}" for name in names for language in ("ro", "en")]
    pairs = ((words(proposed, text), words(resolved, text)) for text in texts)
    return all(before in ([], after) for before, after in pairs)


def words(thing: Any, name: str) -> list[str]:
    return (getattr(thing, name) or "").split()

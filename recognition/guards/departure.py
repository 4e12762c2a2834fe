"""Whether the committee resolved something else than the assessor proposed.

Compared is what the outcome grants or asks for; evidence, the summary and the measures
for later may be worded anew.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from qa.guards.departure import are_kept, says_the_same, words

OUTCOME_TEXTS = (
    *("granted_target", "alternative_target"),
    *("bridging_offer", "essential_requirement"),
)
CONDITION_TEXTS = ("text", "evidence_required", "consequence")
# A dash in place of a grade or a level states none.
_NONE = " -–—"


def departs(
    proposal: Any, terms: Any, components: Sequence[Any], conditions: Sequence[Any]
) -> bool:
    """Another outcome, or other credits, level, grade, target, parts or conditions."""
    return (
        terms.outcome != proposal.outcome
        or _amounts(terms) != _amounts(proposal)
        or not says_the_same(proposal, terms, OUTCOME_TEXTS)
        or not are_kept(proposal.components.all(), components, _is_the_component)
        or not are_kept(proposal.conditions.all(), conditions, _is_the_condition)
    )


def _amounts(terms: Any) -> tuple[Decimal | None, str, str]:
    ects = terms.ects_granted
    return (
        None if ects is None else Decimal(str(ects)),
        terms.level_granted.strip(_NONE),
        terms.grade_granted.strip(_NONE),
    )


def _is_the_component(proposed: Any, accepted: Any) -> bool:
    return (
        words(proposed, "title") == words(accepted, "title")
        and Decimal(str(proposed.ects)) == Decimal(str(accepted.ects))
        and says_the_same(proposed, accepted, ("counts_as",))
    )


def _is_the_condition(proposed: Any, set_now: Any) -> bool:
    return (
        proposed.kind == set_now.kind
        and set_now.deadline >= proposed.deadline
        and says_the_same(proposed, set_now, CONDITION_TEXTS)
    )

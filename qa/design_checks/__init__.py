"""The 28 design checks of a proposal, by their numbers, live and at submission.

`B` blocks submission; `W` warns and asks for a justification that is stored.
"""

from typing import Any

from qa.design_checks import (
    assessment,
    delivery,
    identity,
    need,
    quality,
    recognition,
    resources,
    workload,
)
from qa.design_checks.check import DesignCheck, Facts, Finding

_MODULES = (
    identity,
    need,
    assessment,
    workload,
    delivery,
    resources,
    recognition,
    quality,
)
ALL: tuple[type[DesignCheck], ...] = tuple(
    sorted((c for module in _MODULES for c in module.CHECKS), key=lambda c: c.code)
)


def run(version: Any) -> list[Finding]:
    """Everything the checks find in a version, in the order of their numbers."""
    return found_in(Facts(version))


def found_in(facts: Facts) -> list[Finding]:
    return [finding for check in ALL for finding in check.findings(facts)]


def noted_in(facts: Facts) -> list[Finding]:
    """What the checks only point at, in the order of their numbers."""
    return [Finding(check, note) for check in ALL for note in check.notes(facts)]


def blocking(version: Any) -> list[Finding]:
    return [finding for finding in run(version) if finding.check.blocks]


def warnings(version: Any) -> list[Finding]:
    return [finding for finding in run(version) if not finding.check.blocks]


def unjustified(version: Any) -> list[Finding]:
    """Warnings without a stored justification."""
    answered = set(version.justifications.values_list("check_code", flat=True))
    return [
        found
        for found in warnings(version)
        if not (found.check.takes_reason and found.check.code in answered)
    ]

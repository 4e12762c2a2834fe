"""What each outcome must carry, whoever states it: a proposal or a decision.

`terms` is anything with the fields of `recognition.models.resolution.Terms`.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from recognition.enums import CompensatoryMeasure, Difference, RecognitionOutcome

O = RecognitionOutcome  # noqa: E741  read as a column of the table of outcomes
GRANTING = (O.FULL, O.PARTIAL, O.CONDITIONAL)


def states_the_grant(terms: Any) -> bool:
    """Credits or level, and for what, wherever something is granted as asked.

    No credits are an empty field beside a level; 0 credits grant nothing.
    """
    if terms.outcome not in GRANTING:
        return True
    says_how_much = (
        bool(terms.level_granted.strip())
        if terms.ects_granted is None
        else terms.ects_granted > 0
    )
    return says_how_much and _said(terms, "granted_target")


def lists_components(terms: Any, components: Sequence[Any]) -> bool:
    """Accepted components go with partial recognition, and they add up."""
    if terms.outcome != O.PARTIAL:
        return not components
    return (
        bool(components)
        and all(c.title.strip() and c.ects > 0 for c in components)
        and all(
            bool(c.counts_as_ro.strip()) == bool(c.counts_as_en.strip())
            for c in components
        )
        and sum(c.ects for c in components) == terms.ects_granted
    )


def carries_conditions(terms: Any, conditions: Sequence[Any], since: date) -> bool:
    """Conditions go with conditional recognition; each has its term and consequence."""
    if terms.outcome != O.CONDITIONAL:
        return not conditions
    return bool(conditions) and all(
        condition.kind in CompensatoryMeasure.values
        and condition.deadline > since
        and _said(condition, "text", "evidence_required", "consequence")
        for condition in conditions
    )


def names_the_alternative(terms: Any) -> bool:
    return terms.outcome != O.ALTERNATIVE or _said(
        terms, "alternative_target", "bridging_offer"
    )


def demonstrates_the_difference(terms: Any, application: Any) -> bool:
    """A refusal names the essential requirement and rests on the grid."""
    if terms.outcome != O.REFUSED:
        return True
    substantial = application.rows.filter(difference=Difference.SUBSTANTIAL)
    return _said(terms, "essential_requirement", "evidence") and any(
        row.is_demonstrated for row in substantial
    )


def considered_alternatives(terms: Any) -> bool:
    return terms.outcome != O.REFUSED or _said(terms, "alternatives_considered")


def gives_measures(terms: Any, application: Any) -> bool:
    """What the applicant may do to obtain later what is not granted now."""
    return terms.outcome == application.outcome_requested or _said(terms, "measures")


def _said(stated: Any, *names: str) -> bool:
    """Each text says something in Romanian and in English."""
    return all(
        getattr(stated, f"{name}_{language}").strip()
        for name in names
        for language in ("ro", "en")
    )

"""Conditions of a decision: C2 to C4 and the one extension, told to whom it concerns."""

from datetime import date

from django.db import transaction

from qa.models import Condition, ConditionExtension, User
from qa.services import decision as judging
from recognition.services import notices


@transaction.atomic
def submit_evidence(*, condition: Condition, evidence: str, by: User) -> Condition:
    """C2: the office is told, for it judges."""
    handed_in = judging.submit_evidence(condition=condition, evidence=evidence, by=by)
    notices.evidence_arrived(handed_in)
    return handed_in


@transaction.atomic
def judge_condition(
    *, condition: Condition, fulfilled: bool, reasons: str, by: User
) -> Condition:
    """C3, or C4 with what is still missing: its owner is told."""
    judged = judging.judge_condition(
        condition=condition, fulfilled=fulfilled, reasons=reasons, by=by
    )
    if fulfilled:
        notices.condition_met(judged)
    else:
        notices.condition_open(judged)
    return judged


@transaction.atomic
def extend_condition(
    *, condition: Condition, deadline: date, reason: str, by: User
) -> ConditionExtension:
    """The one extension: its owner is told the new day."""
    extension = judging.extend_condition(
        condition=condition, deadline=deadline, reason=reason, by=by
    )
    notices.condition_extended(extension)
    return extension

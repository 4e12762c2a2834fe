"""Rows C1 to C4: conditions, and the one extension of a term."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qa.clauses import clause, stated
from qa.enums import ConditionStatus

__all__ = ["OBLIGATION"]


@clause(_("A condition has its deadline after the decision that sets it."))
def deadline_is_after_the_decision(condition: Any) -> bool:
    return condition.deadline > condition.decision.decided_on


@clause(_("Show how the condition is met."), stated=True)
def evidence_is_given(condition: Any) -> bool:
    act = getattr(condition, "act", None)
    return act is not None and bool(act.reason.strip())


@clause(_("Give the reasons for your judgement."), stated=True)
def judgement_has_reasons(condition: Any) -> bool:
    act = getattr(condition, "act", None)
    return act is not None and bool(act.reason.strip())


@clause(_("Nobody judges a condition of their own."))
def judge_is_not_the_owner(condition: Any) -> bool:
    act = getattr(condition, "act", None)
    return act is None or act.by.pk != condition.owner_id


@clause(_("A condition that is fulfilled has no term to extend."))
def condition_is_not_fulfilled(condition: Any) -> bool:
    return condition.status in (
        ConditionStatus.OPEN,
        ConditionStatus.EVIDENCE_SUBMITTED,
    )


@clause(_("A condition is extended only once."))
def not_extended_yet(condition: Any) -> bool:
    return not hasattr(condition, "extension")


@clause(_("Give the reason of the extension."), stated=True)
def extension_has_its_reason(condition: Any) -> bool:
    return bool((stated(condition, "reason") or "").strip())


@clause(_("The new term must be later than the present one."), stated=True)
def new_term_is_later(condition: Any) -> bool:
    day = stated(condition, "deadline")
    return day is not None and day > condition.deadline


@clause(
    _("The new term cannot be after the last day of the accreditation it belongs to."),
    stated=True,
)
def new_term_is_within_validity(condition: Any) -> bool:
    """While an extension of the validity is open its last day is not known."""
    day = stated(condition, "deadline")
    period = getattr(condition.decision, "accreditation", None)
    last_day = period.last_day if period is not None else None
    return day is None or last_day is None or day <= last_day


OBLIGATION = (deadline_is_after_the_decision,)
EXTENSION = (
    condition_is_not_fulfilled,
    judge_is_not_the_owner,
    not_extended_yet,
    extension_has_its_reason,
    new_term_is_later,
    new_term_is_within_validity,
)

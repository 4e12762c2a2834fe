"""Rows C1 to C4: conditions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qa.clauses import clause

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


OBLIGATION = (deadline_is_after_the_decision,)

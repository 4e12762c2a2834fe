"""What a procedure answers after a decision to resubmit, point by point."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from qa.models import Decision, Procedure, ReportPoint


@dataclass(frozen=True)
class Answered:
    """One point: who or what asks, what is asked, and the answer so far."""

    head: str
    asked: str
    answer: str


def asked_points(procedure: Procedure) -> QuerySet[ReportPoint]:
    """The points of the report that the procedure answers one by one."""
    if procedure.follows is None:
        return ReportPoint.objects.none()
    return procedure.follows.report.asking_points.select_related("standard")


def answered_decision(procedure: Procedure) -> Decision | None:
    """The decision that asked to resubmit."""
    if procedure.follows is None:
        return None
    carried = procedure.follows.decisions.filter(
        outcome=procedure.follows.outcome, is_carried=True
    )
    return carried.select_related("body").last()


def head_of(point: ReportPoint) -> str:
    """The kind of point, with the number of its standard."""
    if point.standard is None:
        return str(point.get_kind_display())
    return f"{point.get_kind_display()} ({point.standard.number})"


def of(procedure: Procedure) -> tuple[Answered, ...]:
    """The decision's reasons first, then every point, answered or not."""
    decision = answered_decision(procedure)
    if decision is None:
        return ()
    given = dict(procedure.point_answers.values_list("point", "answer"))
    told = _("Reasons of the decision: %(body)s") % {"body": decision.body}
    return (
        Answered(told, decision.reasons, procedure.answer_to_decision),
        *(
            Answered(head_of(point), point.text, given.get(point.pk, ""))
            for point in asked_points(procedure)
        ),
    )


def as_data(procedure: Procedure) -> list[dict[str, Any]]:
    """The answers to points as they are frozen with the sections."""
    return [
        {
            "kind": one.point.kind,
            "text_ro": one.point.text_ro,
            "text_en": one.point.text_en,
            "answer": one.answer,
        }
        for one in procedure.point_answers.select_related("point")
    ]

"""Requests to resubmit: the coordinator answers with a new procedure within the term."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from qa import clock
from qa.models import Procedure, User
from qa.offices import Offices
from qa.tasks.columns import PROCEDURE_PAGE, about, name_of, own_procedures, size
from qa.tasks.lists import Part, Parts, Reading, Row, Source, constant, shape


def _answerable(procedures: QuerySet[Procedure, Any]) -> Part:
    """Sent back, not answered yet, and the term runs."""
    answers = Procedure.answers_to(OuterRef("pk"))
    return shape(
        procedures.filter(resubmit_until__gte=clock.today()).exclude(Exists(answers)),
        "resubmission",
        step=constant("answer"),
        row_id="pk",
        since="moved_at",
        due_on="resubmit_until",
        owner_id="coordinator_id",
        owner=name_of("coordinator"),
        **about(),
    )


def of_person(user: User) -> Parts:
    return (_answerable(Procedure.objects.filter(coordinator=user)),)


def of_offices(_held: Offices) -> Parts:
    return ()


def of_own_procedures(user: User) -> Parts:
    own = Procedure.objects.filter(pk__in=own_procedures(user))
    return (_answerable(own.exclude(coordinator=user)),)


def due_until(day: date) -> Parts:
    return (_answerable(Procedure.objects.filter(resubmit_until__lte=day)),)


def read(row: Row) -> Reading:
    return Reading(
        what_to_do=_("Revise and resubmit the proposal"),
        url_name=PROCEDURE_PAGE,
        url_args=(row.thing_id,),
        facts=size(row),
    )


SOURCE = Source(
    "resubmission", of_person, of_offices, of_own_procedures, due_until, read
)

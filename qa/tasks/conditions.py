"""Conditions: the owner shows how one is met, the commission judges it."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from qa import offices
from qa.enums import ConditionStatus, Role
from qa.models import Condition, User
from qa.models.people import in_local_language
from qa.offices import Offices
from qa.tasks.columns import about, name_of, own_procedures, size
from qa.tasks.lists import Part, Parts, Reading, Row, Source, constant, oldest, shape

LAST_DAY = Coalesce("extension__deadline", "deadline")
TITLES = {
    ConditionStatus.OPEN.value: _("Show how the condition is met"),
    ConditionStatus.EVIDENCE_SUBMITTED.value: _("Judge whether the condition is met"),
}


def _conditions(**wanted: Any) -> QuerySet[Condition]:
    """Those of accreditations; other apps show their own."""
    return Condition.objects.filter(decision__procedure__isnull=False, **wanted)


def _shaped(conditions: QuerySet[Condition], **more: Any) -> Part:
    return shape(
        conditions,
        "condition",
        step="status",
        row_id="pk",
        detail_ro="text_ro",
        detail_en="text_en",
        **about("decision__procedure"),
        **more,
    )


def _unmet(conditions: QuerySet[Condition]) -> Part:
    return _shaped(
        conditions.filter(status=ConditionStatus.OPEN),
        since=Coalesce("judged_at", "decision__recorded_at"),
        due_on=LAST_DAY,
        owner_id="owner_id",
        owner=name_of("owner"),
    )


def _unjudged(conditions: QuerySet[Condition]) -> Part:
    return _shaped(
        conditions.filter(status=ConditionStatus.EVIDENCE_SUBMITTED),
        since="evidence_at",
        office=constant(offices.key(Role.CEAC_CHAIR)),
    )


def of_person(user: User) -> Parts:
    return (_unmet(_conditions(owner=user)),)


def of_offices(held: Offices) -> Parts:
    if Role.CEAC_CHAIR not in held.roles:
        return ()
    shown = _conditions(status=ConditionStatus.EVIDENCE_SUBMITTED)
    return (_unjudged(oldest(shown, "evidence_at")),)


def of_own_procedures(user: User) -> Parts:
    """What others owe one's own offers, and the evidence one waits on to be judged."""
    mine = Q(decision__procedure__in=own_procedures(user))
    return (
        _unmet(_conditions().filter(mine, ~Q(owner=user))),
        _unjudged(_conditions().filter(Q(owner=user) | mine)),
    )


def due_until(day: date) -> Parts:
    due = _conditions().alias(last_day=LAST_DAY).filter(last_day__lte=day)
    return (_unmet(due),)


def read(row: Row) -> Reading:
    text = in_local_language(row.detail_ro, row.detail_en)
    return Reading(
        what_to_do=TITLES[row.step],
        url_name="qa:condition_detail",
        url_args=(row.row_id,),
        facts=(*size(row), text),
    )


SOURCE = Source("condition", of_person, of_offices, of_own_procedures, due_until, read)

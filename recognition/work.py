"""Recognition in everybody's list of work: turns of its flow, its conditions, and
entries of the register of trust."""

from datetime import date
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.status import STATUS

from qa import offices
from qa.enums import ConditionStatus, Role
from qa.models import Condition, Turn, User
from qa.models.people import in_local_language
from qa.offices import Offices
from qa.tasks.columns import name_of
from qa.tasks.lists import (
    Part,
    Parts,
    Reading,
    Row,
    Source,
    constant,
    first_free,
    oldest,
    register,
    shape,
)
from recognition import register_of_trust
from recognition.enums import TrustKind, TrustStand
from recognition.flows import RecognitionFlow
from recognition.queries import conditions_told

APPLICATION = "process__recognition_application"
OFFICE_PAGE = "recognition:application_detail"
OWN_PAGE = "recognition:own_application"
PERSONS = "HUMAN"
# Steps of the applicant, done on the applicant's own page.
OWN_STEPS = ("filing", "supply", "answer")
LAST_DAY = Coalesce("extension__deadline", "deadline")


def _about(path: str) -> dict[str, Any]:
    """Case, title and size of the credential whose application lies at `path`."""
    return {
        "thing_id": f"{path}__pk",
        "case_id": f"{path}__pk",
        "case_number": f"{path}__case__number",
        "title_ro": f"{path}__credential__title",
        "title_en": f"{path}__credential__title",
        "detail_en": f"{path}__purpose_target",
        "ects": f"{path}__credential__ects",
    }


def _open_turns(**wanted: Any) -> QuerySet[Turn]:
    return Turn.objects.filter(
        process__flow_class=RecognitionFlow,
        finished=None,
        flow_task_type=PERSONS,
        **wanted,
    )


def _turns(turns: QuerySet[Turn]) -> Part:
    return shape(
        turns,
        "recognition",
        step=Cast("flow_task", CharField()),
        row_id="pk",
        since="created",
        due_on=f"{APPLICATION}__due_on",
        owner_id="owner_id",
        owner=name_of("owner"),
        office=Coalesce("owner_permission", Value("")),
        **_about(APPLICATION),
    )


def of_person(user: User) -> Parts:
    return (_turns(_open_turns(owner=user, status=STATUS.ASSIGNED)),)


def of_offices(held: Offices) -> Parts:
    if not held.keys:
        return ()
    return (_turns(first_free(held, RecognitionFlow, f"{APPLICATION}__due_on")),)


def of_own_procedures(user: User) -> Parts:
    """Whom the applicant waits for."""
    # Named by their keys, they are looked up; the join alone reads every process.
    own = user.recognition_applications.values("pk")
    turns = _open_turns(process__artifact_object_id__in=own).filter(~Q(owner=user))
    return (_turns(turns.filter(**{f"{APPLICATION}__isnull": False})),)


def due_until(day: date) -> Parts:
    return (_turns(_open_turns(**{f"{APPLICATION}__due_on__lte": day})),)


def read(row: Row) -> Reading:
    step = row.step.rpartition(".")[2]
    return Reading(
        what_to_do=RecognitionFlow.instance.node(step).task_title,
        url_name=OWN_PAGE if step in OWN_STEPS else OFFICE_PAGE,
        url_args=(row.thing_id,),
        facts=tuple(fact for fact in (row.detail_en,) if fact),
        can_be_taken=row.owner_id is None and offices.is_office(row.office),
    )


# Conditions of recognition decisions.

CONDITION_OF = "decision__recognition__application"
CONDITION_TITLES = {
    ConditionStatus.OPEN.value: _("Show how the condition is met"),
    ConditionStatus.EVIDENCE_SUBMITTED.value: _("Judge whether the condition is met"),
}


def _conditions(**wanted: Any) -> QuerySet[Condition]:
    return Condition.objects.filter(decision__recognition__isnull=False, **wanted)


def _shaped(conditions: QuerySet[Condition], **more: Any) -> Part:
    about = _about(CONDITION_OF) | {"detail_ro": "text_ro", "detail_en": "text_en"}
    return shape(
        conditions, "recognition_condition", step="status", row_id="pk", **about, **more
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
        office=constant(offices.key(Role.RECOGNITION_OFFICER)),
    )


def conditions_of_person(user: User) -> Parts:
    return (_unmet(conditions_told().filter(owner=user)),)


def conditions_of_offices(held: Offices) -> Parts:
    if Role.RECOGNITION_OFFICER not in held.roles:
        return ()
    shown = _conditions(status=ConditionStatus.EVIDENCE_SUBMITTED)
    return (_unjudged(oldest(shown, "evidence_at")),)


def conditions_of_own(user: User) -> Parts:
    return (_unjudged(conditions_told().filter(owner=user)),)


def conditions_due_until(day: date) -> Parts:
    due = conditions_told().alias(last_day=LAST_DAY).filter(last_day__lte=day)
    return (_unmet(due),)


def read_condition(row: Row) -> Reading:
    own = row.step == ConditionStatus.OPEN
    return Reading(
        what_to_do=CONDITION_TITLES[row.step],
        url_name=OWN_PAGE if own else OFFICE_PAGE,
        url_args=(row.thing_id,),
        facts=(in_local_language(row.detail_ro, row.detail_en),),
    )


# Entries of the register of trust that the head of the office has not decided on.


def entries_of_offices(held: Offices) -> Parts:
    if Role.HEAD_OF_RECOGNITION not in held.roles:
        return ()
    whose = "institution__name"
    return (
        shape(
            oldest(register_of_trust.waiting(), "added_at"),
            "trust_entry",
            step=constant(TrustStand.PROPOSED.value),
            row_id="pk",
            thing_id="pk",
            title_ro=Coalesce(f"{whose}_ro", "label"),
            title_en=Coalesce(f"{whose}_en", "label"),
            detail_en="kind",
            since="added_at",
            office=constant(offices.key(Role.HEAD_OF_RECOGNITION)),
        ),
    )


def entries_of_nobody(_whose: object) -> Parts:
    """No entry waits for one person, has a term or is somebody's own case."""
    return ()


def read_entry(row: Row) -> Reading:
    return Reading(
        what_to_do=_("Confirm or reject an entry of the register of trust"),
        url_name="recognition:trust_entry",
        url_args=(row.thing_id,),
        facts=(str(TrustKind(row.detail_en).label),),
    )


SOURCES = (
    Source("recognition", of_person, of_offices, of_own_procedures, due_until, read),
    Source(
        "recognition_condition",
        conditions_of_person,
        conditions_of_offices,
        conditions_of_own,
        conditions_due_until,
        read_condition,
    ),
    Source(
        "trust_entry",
        entries_of_nobody,
        entries_of_offices,
        entries_of_nobody,
        entries_of_nobody,
        read_entry,
    ),
)


def register_sources() -> None:
    for source in SOURCES:
        register(source)

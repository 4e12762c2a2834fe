"""Turns of the procedures' flow."""

from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _
from viewflow.workflow.status import STATUS

from qa import offices
from qa.enums import PanelMemberStatus, ReadingStand
from qa.flows.procedure import ProcedureFlow
from qa.models import Assessment, PanelMember, Standard, Turn, User
from qa.models import Reading as StandardRead
from qa.offices import Offices
from qa.tasks.columns import PROCEDURE_PAGE, about, name_of, own_procedures, size
from qa.tasks.lists import (
    FOLLOWED,
    Part,
    Parts,
    Reading,
    Row,
    Source,
    first_free,
    shape,
)

PROCEDURE = "process__procedure"
PERSONS = "HUMAN"
JOIN = "JOIN"
PANEL_STEPS = ("invitations", "review_start")
# Where a step is done, unless it is the procedure's own page.
PAGES = {
    "invitations": "qa:panel_detail",
    "review_start": "qa:panel_detail",
    "reading": "qa:assessment_detail",
    "report": "qa:report_detail",
    "reply": "qa:report_detail",
    "finalisation": "qa:report_detail",
}


def _open_turns(**wanted: Any) -> QuerySet[Turn]:
    return Turn.objects.filter(
        process__flow_class=ProcedureFlow, finished=None, **wanted
    )


def _shaped(turns: QuerySet[Turn], **more: Any) -> Part:
    return shape(
        turns,
        "turn",
        step=Cast("flow_task", CharField()),
        row_id="pk",
        since="created",
        due_on=f"{PROCEDURE}__due_on",
        owner_id="owner_id",
        owner=name_of("owner"),
        office=Coalesce("owner_permission", Value("")),
        **about(PROCEDURE),
        **more,
    )


def of_person(user: User) -> Parts:
    turns = _open_turns(owner=user, status=STATUS.ASSIGNED, flow_task_type=PERSONS)
    return (_shaped(turns, page_id=_assessment(), done=_done(), out_of=_out_of()),)


def of_offices(held: Offices) -> Parts:
    if not held.keys:
        return ()
    return (_shaped(first_free(held, ProcedureFlow, f"{PROCEDURE}__due_on")),)


def of_own_procedures(user: User) -> Parts:
    # Named by their keys, they are looked up; the join alone reads every process.
    turns = _open_turns(process__artifact_object_id__in=own_procedures(user))
    waited_for = turns.exclude(flow_task_type=JOIN).filter(~Q(owner=user))
    known = waited_for.filter(process__procedure__isnull=False)
    return (_shaped(known, followed=FOLLOWED),)


def due_until(day: date) -> Parts:
    turns = _open_turns(flow_task_type=PERSONS, process__procedure__due_on__lte=day)
    return (_shaped(turns, page_id=_assessment()),)


def _assessment() -> Case:
    """A reading is done on the member's own assessment."""
    assessment = Assessment.objects.filter(member=OuterRef("seed_object_id"))
    return Case(
        When(_at("reading"), then=Subquery(assessment.values("pk"))),
        output_field=BigIntegerField(),
    )


def _at(*steps: str) -> Q:
    nodes = [ProcedureFlow.instance.node(step) for step in steps]
    return Q(flow_task__in=nodes)


def _count(rows: QuerySet[Any], by: str) -> Subquery:
    return Subquery(
        rows.order_by().values(by).annotate(n=Count("pk")).values("n"),
        output_field=IntegerField(),
    )


def _done() -> Case:
    """Standards a reader is through with; members who took their seat."""
    texts = ("rating", "evidence", "analysis", "conclusion")
    rated = Q(stand=ReadingStand.RATED) & ~Q(
        *[(text, "") for text in texts], _connector=Q.OR
    )
    reasoned = ~Q(stand=ReadingStand.RATED) & ~Q(reason="")
    read = StandardRead.objects.filter(
        rated | reasoned, assessment__member=OuterRef("seed_object_id")
    )
    seated = PanelMember.objects.filter(
        procedure=OuterRef(PROCEDURE), status=PanelMemberStatus.ACCEPTED
    )
    return Case(
        When(_at("reading"), then=Coalesce(_count(read, "assessment"), 0)),
        When(_at(*PANEL_STEPS), then=Coalesce(_count(seated, "procedure"), 0)),
        output_field=IntegerField(),
    )


def _out_of() -> Case:
    standards = Standard.objects.filter(
        standard_set=OuterRef(f"{PROCEDURE}__standard_set")
    )
    asked = PanelMember.objects.filter(
        procedure=OuterRef(PROCEDURE),
        status__in=[PanelMemberStatus.ACCEPTED, PanelMemberStatus.INVITED],
    )
    return Case(
        When(_at("reading"), then=Coalesce(_count(standards, "standard_set"), 0)),
        When(_at(*PANEL_STEPS), then=Coalesce(_count(asked, "procedure"), 0)),
        output_field=IntegerField(),
    )


def read(row: Row) -> Reading:
    step = row.step.rpartition(".")[2]
    return Reading(
        what_to_do=ProcedureFlow.instance.node(step).task_title,
        url_name=_page(step, row),
        url_args=(row.page_id or row.thing_id,),
        facts=size(row) + _progress(step, row),
        can_be_taken=row.owner_id is None and offices.is_office(row.office),
    )


def _page(step: str, row: Row) -> str:
    """Whoever follows the work of others does so on the procedure's own page."""
    if row.followed:
        return PROCEDURE_PAGE
    return PAGES.get(step, PROCEDURE_PAGE)


def _progress(step: str, row: Row) -> tuple[str, ...]:
    if not row.out_of:
        return ()
    numbers = {"done": row.done, "all": row.out_of}
    if step == "reading":
        return (_("%(done)s of %(all)s standards") % numbers,)
    return (_("%(done)s of %(all)s invited have accepted") % numbers,)


SOURCE = Source("turn", of_person, of_offices, of_own_procedures, due_until, read)

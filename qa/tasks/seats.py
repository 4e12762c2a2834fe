"""Plain rows of the panel: invitations, declarations, challenges, empty seats."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from qa import clock, offices
from qa.enums import (
    ChallengeDecision,
    DeclarationStatus,
    PanelMemberStatus,
    PanelRole,
    ProcedureStatus,
    Role,
)
from qa.guards.panel import PANEL_STATES
from qa.models import Challenge, ConflictDeclaration, PanelMember, User
from qa.offices import Offices
from qa.tasks.columns import about, name_of, size
from qa.tasks.lists import Part, Parts, Reading, Row, Source, constant, oldest, shape

SEAT_PAGE = "qa:invitation"
PANEL_PAGE = "qa:panel_detail"
PAGES = (SEAT_PAGE, PANEL_PAGE)
AFTER_SETUP = tuple(s for s in PANEL_STATES if s != ProcedureStatus.PANEL_SETUP)


def _shaped(rows: QuerySet[Any], procedure: str, step: str, **more: Any) -> Part:
    """Rows of panels that still sit; the seat's role stands in the detail."""
    columns = {"due_on": f"{procedure}__due_on", **about(procedure), **more}
    return shape(_sitting(rows, procedure), "panel", step=constant(step), **columns)


def _sitting(rows: QuerySet[Any], procedure: str) -> QuerySet[Any]:
    return rows.filter(**{f"{procedure}__status__in": PANEL_STATES})


def _longest(rows: QuerySet[Any], procedure: str, since: str) -> QuerySet[Any]:
    """For an office, which has the panels of the whole house."""
    return oldest(_sitting(rows, procedure), since)


def _invited(seats: QuerySet[PanelMember]) -> Part:
    return _shaped(
        seats.filter(status=PanelMemberStatus.INVITED),
        "procedure",
        "invitation",
        row_id="pk",
        detail_en="role",
        since="invited_at",
        owner_id="user_id",
        owner=name_of("user"),
    )


def _undeclared(declarations: QuerySet[ConflictDeclaration]) -> Part:
    return _shaped(
        declarations.filter(
            status=DeclarationStatus.PENDING,
            member__status=PanelMemberStatus.ACCEPTED,
        ),
        "member__procedure",
        "declaration",
        row_id="member_id",
        detail_en="member__role",
        since="member__undertaking_at",
        owner_id="member__user_id",
        owner=name_of("member__user"),
    )


def _declared() -> Part:
    declared = ConflictDeclaration.objects.filter(
        status=DeclarationStatus.DECLARED, member__status=PanelMemberStatus.ACCEPTED
    )
    return _shaped(
        _longest(declared, "member__procedure", "declared_at"),
        "member__procedure",
        "declared_conflict",
        row_id="member_id",
        detail_en="member__role",
        since="declared_at",
        office=constant(offices.key(Role.CEAC_CHAIR)),
    )


def _challenged() -> Part:
    raised = Challenge.objects.filter(decision=ChallengeDecision.OPEN)
    return _shaped(
        _longest(raised, "member__procedure", "raised_at"),
        "member__procedure",
        "challenge",
        row_id="pk",
        detail_en="member__role",
        since="raised_at",
        office=constant(offices.key(Role.CEAC_CHAIR)),
    )


def _left_empty() -> Part:
    """While the panel is set up the flow asks for members; afterwards these do."""
    left = PanelMember.objects.filter(
        status__in=[PanelMemberStatus.RECUSED, PanelMemberStatus.DECLINED],
        procedure__status__in=AFTER_SETUP,
    )
    return _shaped(
        _longest(left, "procedure", "left_at"),
        "procedure",
        "empty_seat",
        row_id="pk",
        detail_en="role",
        since="left_at",
        office=constant(offices.key(Role.QA_OFFICER)),
    )


def _composed(seats: QuerySet[PanelMember]) -> Part:
    """Panels being set up that the institution may challenge: one row for each of them.

    Their one term counts from the last seat that was taken.
    """
    of_panel = PanelMember.objects.filter(
        procedure=OuterRef("procedure"), status=PanelMemberStatus.ACCEPTED
    )
    still_asked = PanelMember.objects.filter(
        procedure=OuterRef("procedure"), status=PanelMemberStatus.INVITED
    )
    last = of_panel.order_by("-undertaking_at", "-pk").values("pk")[:1]
    return _shaped(
        seats.filter(
            pk=Subquery(last),
            procedure__status=ProcedureStatus.PANEL_SETUP,
            procedure__challenge_until__gte=clock.today(),
        ).exclude(Exists(still_asked)),
        "procedure",
        "composition",
        due_on="procedure__challenge_until",
        **_for_the_coordinator(),
    )


def _joined(seats: QuerySet[PanelMember]) -> Part:
    """Members who joined later, each with a term of their own."""
    return _shaped(
        seats.filter(
            status=PanelMemberStatus.ACCEPTED,
            procedure__status__in=AFTER_SETUP,
            challenge_until__gte=clock.today(),
            challenge_waived_at=None,
        ),
        "procedure",
        "joined",
        due_on="challenge_until",
        detail_en="role",
        **_for_the_coordinator(),
    )


def _for_the_coordinator() -> dict[str, Any]:
    return {
        "row_id": "pk",
        "since": "undertaking_at",
        "owner_id": "procedure__coordinator_id",
        "owner": name_of("procedure__coordinator"),
    }


def of_person(user: User) -> Parts:
    coordinated = PanelMember.objects.filter(procedure__coordinator=user)
    return (
        _invited(PanelMember.objects.filter(user=user)),
        _undeclared(ConflictDeclaration.objects.filter(member__user=user)),
        _composed(coordinated),
        _joined(coordinated),
    )


def of_offices(held: Offices) -> Parts:
    parts: Parts = ()
    if Role.CEAC_CHAIR in held.roles:
        parts += (_declared(), _challenged())
    if Role.QA_OFFICER in held.roles:
        parts += (_left_empty(),)
    return parts


def of_own_procedures(_user: User) -> Parts:
    """Who may have a conflict is not told to those who are judged."""
    return ()


def due_until(day: date) -> Parts:
    return (
        _invited(PanelMember.objects.filter(procedure__due_on__lte=day)),
        _undeclared(
            ConflictDeclaration.objects.filter(member__procedure__due_on__lte=day)
        ),
        _composed(PanelMember.objects.filter(procedure__challenge_until__lte=day)),
        _joined(PanelMember.objects.filter(challenge_until__lte=day)),
    )


TITLES = {
    "invitation": _("Accept or decline a seat on the panel"),
    "declaration": _("Declare conflicts of interest"),
    "declared_conflict": _("Decide on a declared conflict of interest"),
    "challenge": _("Decide on the challenge to a panel member"),
    "composition": _("Challenge who sits on the panel, if something speaks against it"),
    "joined": _("Challenge who joined the panel, or waive the term"),
    "empty_seat": _("Name a successor for a member who left the panel"),
}
# The member's own page tells of the seat alone; the dossier stays closed until A10.
OF_THE_MEMBER = ("invitation", "declaration")


def read(row: Row) -> Reading:
    own = row.step in OF_THE_MEMBER
    role = (str(PanelRole(row.detail_en).label),) if row.detail_en else ()
    return Reading(
        what_to_do=TITLES[row.step],
        url_name=SEAT_PAGE if own else PANEL_PAGE,
        url_args=(row.row_id if own else row.thing_id,),
        facts=(*size(row), *role),
    )


SOURCE = Source("panel", of_person, of_offices, of_own_procedures, due_until, read)

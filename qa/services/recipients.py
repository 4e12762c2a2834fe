"""Whom an act concerns: people by their part in the case, or by office on that day."""

from collections.abc import Callable, Iterable
from typing import Any

from qa import clock, offices
from qa.enums import PanelMemberStatus, PanelRole, Role
from qa.guards.panel import nominated_officers
from qa.guards.review import (
    DECIDED_DECLARATIONS,
    all_assessments_are_submitted,
    board_opinion_where_touched,
    term_is_over,
)
from qa.models import PanelMember, User
from qa.permissions import procedure_of

Whom = Callable[[Any], Iterable[User]]


def coordinator(thing: Any) -> list[User]:
    return [procedure_of(thing).coordinator]


def proposers(thing: Any) -> list[User]:
    """The coordinator and the authors of the offer."""
    procedure = procedure_of(thing)
    return [procedure.coordinator, *procedure.micro_credential.authors.order_by("pk")]


def deans_office(thing: Any) -> list[User]:
    faculty = procedure_of(thing).micro_credential.faculty
    return offices.holders(Role.DEANS_OFFICE, faculty.pk)


def quality_office(_thing: Any) -> list[User]:
    return offices.holders(Role.QA_OFFICER)


def nominated(thing: Any) -> list[User]:
    """Of the quality office those whom the commission nominated to set the panel up."""
    in_office = quality_office(thing)
    named = {one.pk for one in nominated_officers(procedure_of(thing))}
    return [one for one in in_office if one.pk in named] or in_office


def commission(_thing: Any) -> list[User]:
    """Who holds the chair of the commission, for which it acts."""
    return offices.holders(Role.CEAC_CHAIR)


def senate_secretary(_thing: Any) -> list[User]:
    return offices.holders(Role.SENATE_SECRETARY)


def who_gives_opinion_next(thing: Any) -> list[User]:
    """The board first, where fee or resources are touched; then the commission."""
    if board_opinion_where_touched(procedure_of(thing)):
        return commission(thing)
    return offices.holders(Role.BOARD_SECRETARY)


def readers(thing: Any) -> list[User]:
    """The members of the panel to whom the dossier is open while it is reviewed."""
    cleared = _seated(thing, declaration__status__in=DECIDED_DECLARATIONS)
    today = clock.today()
    return [member.user for member in cleared if term_is_over(member, today)]


def panel_chair(thing: Any) -> list[User]:
    return [member.user for member in _seated(thing, role=PanelRole.CHAIR)]


def panel_chair_when_all_is_read(thing: Any) -> list[User]:
    """Nobody while a member is still reading."""
    all_is_read = all_assessments_are_submitted(procedure_of(thing))
    return panel_chair(thing) if all_is_read else []


def _seated(thing: Any, **wanted: Any) -> list[PanelMember]:
    accepted = procedure_of(thing).members.filter(status=PanelMemberStatus.ACCEPTED)
    return list(accepted.filter(**wanted).select_related("user").order_by("pk"))


def member(thing: Any) -> list[User]:
    """The person in the seat, or in the seat that the thing hangs on."""
    return [seat_of(thing).user]


def member_who_had_not_left(thing: Any) -> list[User]:
    """Of a seat given to a successor: whoever had neither declined nor stepped back."""
    return [] if thing.left_at else [thing.user]


def challenger(thing: Any) -> list[User]:
    return [thing.raised_by]


def owner(thing: Any) -> list[User]:
    """Who has to show how a condition is met."""
    return [thing.owner]


def seat_of(thing: Any) -> Any:
    return getattr(thing, "member", thing)

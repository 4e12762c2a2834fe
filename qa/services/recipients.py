"""Whom an act concerns: people by their part in the case, or by office on that day."""

from collections.abc import Callable, Iterable
from typing import Any

from qa import clock, offices
from qa.enums import BodyKind, PanelMemberStatus, PanelRole, Role
from qa.guards.panel import able_officers
from qa.guards.report import (
    board_opinion_where_touched,
    has_opinion_of,
    still_reading,
)
from qa.guards.review import DECIDED_DECLARATIONS, panel_still_complete, term_is_over
from qa.models import Condition, PanelMember, User
from qa.permissions import interested_in, procedure_of

Whom = Callable[[Any], Iterable[User]]


def procedure_under(thing: Any) -> Any:
    return procedure_of(thing.decision if isinstance(thing, Condition) else thing)


def coordinator(thing: Any) -> list[User]:
    return [procedure_of(thing).coordinator]


def proposers(thing: Any) -> list[User]:
    """The coordinator and the authors of the offer."""
    procedure = procedure_of(thing)
    return [procedure.coordinator, *procedure.micro_credential.authors.order_by("pk")]


def deans_office(thing: Any) -> list[User]:
    faculty = procedure_of(thing).micro_credential.faculty
    return offices.holders(Role.DEANS_OFFICE, faculty.pk)


def quality_office(thing: Any) -> list[User]:
    return _without_a_part(thing, Role.QA_OFFICER)


def nominated(thing: Any) -> list[User]:
    """Of the quality office those whom the commission nominated to set the panel up."""
    return able_officers(procedure_of(thing)) or quality_office(thing)


def commission(thing: Any) -> list[User]:
    """Who holds the chair of the commission, for which it acts."""
    return _without_a_part(thing, Role.CEAC_CHAIR)


def _without_a_part(thing: Any, role: Role) -> list[User]:
    """Who wrote, signed, reviews or stepped back is told as such, not by office."""
    interested = interested_in(procedure_under(thing))
    return [one for one in offices.holders(role) if one.pk not in interested]


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
    """Nobody while the dossier is not open to the chair either."""
    chairs = {member.user_id for member in _seated(thing, role=PanelRole.CHAIR)}
    return [reader for reader in readers(thing) if reader.pk in chairs]


def panel_chair_when_all_is_read(thing: Any) -> list[User]:
    """Nobody while another member is reading, or a seat that is needed is empty.

    Who hands in, or leaves, is no longer waited for: asked before the act or after it.
    """
    procedure = procedure_of(thing)
    others = [one for one in still_reading(procedure) if one != seat_of(thing)]
    if not others and panel_still_complete(procedure):
        return panel_chair(thing)
    return []


def commission_before_its_opinion(thing: Any) -> list[User]:
    given = has_opinion_of(procedure_of(thing), BodyKind.CEAC)
    return [] if given else commission(thing)


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

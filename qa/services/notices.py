"""Who is told of an act: one table for the pages and for the messages.

A page names under “Who will be told” exactly those to whom the act will write.
"""

from typing import Any

from qa.guards.review import COMPOSITION
from qa.models import Procedure, User
from qa.services.notice import Notice
from qa.services.notices_of_panels import PANELS
from qa.services.notices_of_procedures import PROCEDURES

NOTICES: dict[str, Notice] = {**PROCEDURES, **PANELS}


def told(row: str, thing: Any, *, by: User) -> list[User]:
    """Whom the act will tell, for the page before it is signed."""
    return NOTICES[row].people(thing, by=by)


def tell(row: str, thing: Any, *, by: User) -> None:
    """Write what the act has to tell, in its own transaction."""
    NOTICES[row].write(row, thing, by=by)


def tell_who_sits(procedure: Procedure, *, by: User) -> None:
    """A panel that lacks somebody is told of when it is whole."""
    composed = Procedure.objects.get(pk=procedure.pk)
    if all(rule(composed) for rule in COMPOSITION):
        tell("composition", composed, by=by)

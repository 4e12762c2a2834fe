"""Who is told of an act: one table for the pages and for the messages.

A page names under “Who will be told” exactly those to whom the act will write.
"""

from typing import Any

from qa.models import User
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

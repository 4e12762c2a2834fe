"""My work: what waits for me, what I may take, and whom my procedures wait for.

Every kind of waiting work is a source: turns of the flows, and plain rows whose own
state says whose turn it is. Three lists cost seven queries at most, however long.
"""

from dataclasses import replace
from datetime import date

from qa import offices
from qa.models import User
from qa.tasks import conditions, resubmissions, seats, signatures, turns
from qa.tasks.lists import (
    SOURCES,
    Parts,
    Reading,
    Row,
    Source,
    WorkItem,
    WorkList,
    register,
)

__all__ = [
    "SOURCES",
    "Reading",
    "Row",
    "Source",
    "WorkItem",
    "WorkList",
    "due_between",
    "due_until",
    "free_to_take",
    "open_to",
    "register",
    "waited_for_by",
    "waiting_and_free",
    "waiting_for",
]

for _module in (turns, seats, signatures, conditions, resubmissions):
    register(_module.SOURCE)


def waiting_for(user: User) -> WorkList:
    """What waits for this person by name, or for an office only this person holds."""
    return waiting_and_free(user)[0]


def free_to_take(user: User) -> WorkList:
    """What waits for an office several people hold today and nobody took on yet."""
    return waiting_and_free(user)[1]


def waiting_and_free(user: User) -> tuple[WorkList, WorkList]:
    """Both lists, for one question after the offices."""
    alone, shared = offices.held_alone_and_shared(user)
    waiting = WorkList([*_of_person(user), *_of_offices(alone)])
    return waiting, WorkList(_of_offices(shared))


def open_to(user: User) -> WorkList:
    """Both: what waits for the person, and what the person may take."""
    alone, shared = offices.held_alone_and_shared(user)
    return WorkList([*_of_person(user), *_of_offices(alone), *_of_offices(shared)])


def _of_person(user: User) -> list[Parts]:
    return [source.of_person(user) for source in SOURCES.values()]


def _of_offices(held: offices.Offices) -> list[Parts]:
    if not held.keys:
        return []
    return [source.of_offices(held) for source in SOURCES.values()]


def waited_for_by(user: User) -> WorkList:
    """What the person's own procedures wait for, and on whom."""
    return WorkList(source.of_own_procedures(user) for source in SOURCES.values())


def due_between(user: User, first: date, last: date) -> WorkList:
    """What waits for the person, and what the person waits for, due in these days."""
    alone, _shared = offices.held_alone_and_shared(user)
    own = [source.of_own_procedures(user) for source in SOURCES.values()]
    parts = [
        replace(part, due=(first, last))
        for found in (*_of_person(user), *_of_offices(alone), *own)
        for part in found
    ]
    return WorkList([tuple(parts)])


def due_until(day: date) -> WorkList:
    """Everybody's work that is due by the day: what reminders are written from."""
    return WorkList(source.due_until(day) for source in SOURCES.values())

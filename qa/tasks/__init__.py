"""My work: what waits for me, what I may take, and whom my procedures wait for.

Every kind of waiting work is a source: turns of the flows, and plain rows whose own
state says whose turn it is. Three lists cost seven queries, however long they are.
"""

from datetime import date

from qa import offices
from qa.models import User
from qa.tasks import conditions, seats, signatures, turns
from qa.tasks.lists import SOURCES, Reading, Row, Source, WorkItem, WorkList, register

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
    "register",
    "waited_for_by",
    "waiting_for",
]

for _source in (turns.SOURCE, seats.SOURCE, signatures.SOURCE, conditions.SOURCE):
    register(_source)


def waiting_for(user: User) -> WorkList:
    """What waits for this person by name."""
    return WorkList(source.of_person(user) for source in SOURCES.values())


def free_to_take(user: User) -> WorkList:
    """What waits for an office the person holds today and nobody took on yet."""
    held = offices.held_by(user)
    return WorkList(source.of_offices(held) for source in SOURCES.values())


def waited_for_by(user: User) -> WorkList:
    """What the person's own procedures wait for, and on whom."""
    return WorkList(source.of_own_procedures(user) for source in SOURCES.values())


def due_between(user: User, first: date, last: date) -> WorkList:
    """What waits for the person, and what the person waits for, due in these days."""
    parts = [
        part.filter(work_due_on__range=(first, last))
        for source in SOURCES.values()
        for part in (*source.of_person(user), *source.of_own_procedures(user))
    ]
    return WorkList([tuple(parts)])


def due_until(day: date) -> WorkList:
    """Everybody's work that is due by the day: what reminders are written from."""
    return WorkList(source.due_until(day) for source in SOURCES.values())

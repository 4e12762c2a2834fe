"""What somebody does who owns the database: past the services and the triggers."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from qa import triggers
from qa.models import Case, Event


@contextmanager
def triggers_lifted(*, again: bool = True) -> Iterator[None]:
    """As who owns the database can; PostgreSQL wants nothing pending meanwhile."""
    connection.check_constraints()
    triggers.lift()
    yield
    if again:
        connection.check_constraints()
        triggers.install()


def sql(sentence: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sentence, values)


def event_id(case: Case, sequence: int) -> int:
    return Event.objects.get(case=case, sequence=sequence).pk

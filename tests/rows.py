"""All rows of the tests' database, and those that a preparation wrote."""

import hashlib
import pickle
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction

from qa import clock

Rows = dict[str, list[tuple[Any, ...]]]
_remembered: dict[Any, tuple[Rows, bytes]] = {}


def every() -> Rows:
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {_quoted(table)}")  # noqa: S608  a name of ours
            found[table] = cursor.fetchall()
    return found


class Changed(Exception):
    """A row that was there before is another one now, or no more."""


def written_since(before: Rows) -> Rows:
    """The new rows; raises Changed if those that were there are not as they were."""
    written = {}
    for table, found in every().items():
        new = [row for row in found if row not in before[table]]
        if len(new) + len(before[table]) != len(found):
            raise Changed(table)
        if new:
            written[table] = new
    return written


def put(written: Rows) -> None:
    """In whatever order: the database looks at foreign keys when a transaction ends."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, rows in written.items():
            places = ", ".join(["%s"] * len(rows[0]))
            insert = f"INSERT INTO {_quoted(table)} VALUES ({places})"  # noqa: S608  a name of ours
            cursor.executemany(insert, rows)


def count_on() -> None:
    """The next keys come after those of rows that were put, in a database new to them."""
    models = apps.get_models(include_auto_created=True)
    with connection.cursor() as cursor:
        for command in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(command)


def remembered(name: Any, prepare: Callable[[], Any]) -> Any:
    """What `prepare` returns, a copy; it is played once on the same rows and moment.

    Afterwards its rows are put; if it changed others it is played again. `name` says all
    else that it depends on, but for the keys of what is issued and the house's address.
    What it leaves for the end of the transaction is left out.
    """
    before, left = every(), len(connection.run_on_commit)
    house = (id(connection.connection), settings.ISSUER_KEYS_FILE, settings.ATESTA_URL)
    digest = hashlib.sha256(pickle.dumps((before, name))).digest()
    asked = (house, clock.now(), digest)
    if asked in _remembered:
        written, returned = _remembered[asked]
        put(written)
    else:
        returned = pickle.dumps(prepare())
        del connection.run_on_commit[left:]
        with suppress(Changed):
            _remembered[asked] = (written_since(before), returned)
    return pickle.loads(returned)  # noqa: S301  our own


def _quoted(table: str) -> str:
    return connection.ops.quote_name(table)

"""Databases beside the tests' own, in each of which a slow preparation was played.

A module works in one of them and takes back what it wrote. The first process of a run
that asks for a preparation plays it and leaves its rows to the others.
"""

import fcntl
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction

Rows = dict[str, list[tuple[Any, ...]]]


class Beside:
    """The databases that one process has opened.

    Args:
        folder: shared by all processes of the run.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.opened: dict[str, tuple[Any, Any]] = {}

    @contextmanager
    def at(self, name: str, prepare: Callable[[], Any]) -> Iterator[Any]:
        """Work where `prepare` was played; yields what it returned.

        It may write new rows only; what it returned has to be pickled.
        """
        ContentType.objects.clear_cache()
        if name not in self.opened:
            self.opened[name] = self._open(name, prepare)
        there, returned = self.opened[name]
        with _swapped(there), transaction.atomic():
            yield returned
            transaction.set_rollback(True)
        ContentType.objects.clear_cache()  # some are made when first asked for

    def close(self) -> None:
        for name, (there, _returned) in self.opened.items():
            there.close()
            if connection.vendor == "postgresql":
                _on_server(f"DROP DATABASE {_named(name)}")
        self.opened.clear()

    def _open(self, name: str, prepare: Callable[[], Any]) -> tuple[Any, Any]:
        there = _copy(name)
        rows = self.folder / f"{name}.rows"
        with (self.folder / f"{name}.lock").open("w") as turn, _swapped(there):
            fcntl.flock(turn, fcntl.LOCK_EX)
            if rows.exists():
                written, returned = pickle.loads(rows.read_bytes())  # noqa: S301  our own
                with transaction.atomic():
                    _put(written)
            else:
                written, returned = _played(prepare)
                rows.write_bytes(pickle.dumps((written, returned)))
        return there, returned


def _copy(name: str) -> Any:
    """An open connection to a copy of the tests' own database, which is empty."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        with _swapped(None), _settings(":memory:"):
            connection.connect()
            there = connection.connection
        connection.connection.backup(there)
        return there
    connection.close()  # nobody may look at what is copied
    copied = connection.ops.quote_name(connection.settings_dict["NAME"])
    _on_server(f"DROP DATABASE IF EXISTS {_named(name)}")  # of a run that was killed
    _on_server(f"CREATE DATABASE {_named(name)} TEMPLATE {copied}")
    with _swapped(None), _settings(f"{connection.settings_dict['NAME']}_{name}"):
        connection.connect()
        return connection.connection


@contextmanager
def _swapped(there: Any) -> Iterator[None]:
    """Everything asks this connection for the block."""
    assert not connection.in_atomic_block
    own, connection.connection = connection.connection, there
    try:
        yield
    finally:
        connection.connection = own


@contextmanager
def _settings(name: str) -> Iterator[None]:
    own, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], name
    try:
        yield
    finally:
        connection.settings_dict["NAME"] = own


def _named(name: str) -> str:
    return connection.ops.quote_name(f"{connection.settings_dict['NAME']}_{name}")


def _on_server(command: str) -> None:
    with connection._nodb_cursor() as cursor:  # noqa: SLF001  as Django's own tests do
        cursor.execute(command)


def _played(prepare: Callable[[], Any]) -> tuple[Rows, Any]:
    """What it wrote and returned; what would follow its end is left out."""
    base = _all_rows()
    with transaction.atomic():
        returned = prepare()
        connection.run_on_commit.clear()
    return _without(_all_rows(), base), returned


def _all_rows() -> Rows:
    rows = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {_quoted(table)}")  # noqa: S608  a name of ours
            rows[table] = cursor.fetchall()
    return rows


def _without(rows: Rows, base: Rows) -> Rows:
    new = {
        table: [r for r in all_ if r not in base[table]] for table, all_ in rows.items()
    }
    for table, written in new.items():
        assert len(written) + len(base[table]) == len(rows[table]), (
            f"{table} was changed"
        )
    return {table: written for table, written in new.items() if written}


def _put(rows: Rows) -> None:
    """In whatever order: the database looks at foreign keys when a transaction ends."""
    with connection.cursor() as cursor:
        for table, written in rows.items():
            places = ", ".join(["%s"] * len(written[0]))
            insert = f"INSERT INTO {_quoted(table)} VALUES ({places})"  # noqa: S608  a name of ours
            cursor.executemany(insert, written)
        models = apps.get_models(include_auto_created=True)
        for command in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(command)


def _quoted(table: str) -> str:
    return connection.ops.quote_name(table)

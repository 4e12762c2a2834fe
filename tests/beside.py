"""Databases beside the tests' own, in each of which a slow preparation was played.

A module works in one of them and takes back what it wrote. The first process of a run
that asks for a preparation plays it and leaves its rows to the others.
"""

import fcntl
import pickle
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from tests import rows
from tests.rows import Rows


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

    @contextmanager
    def holding(self, file: Path) -> Iterator[None]:
        """Work in a copy of a file of SQLite, in memory."""
        ContentType.objects.clear_cache()
        there = _in_memory()
        with closing(sqlite3.connect(file)) as source:
            source.backup(there)
        with _swapped(there), transaction.atomic():
            yield
            transaction.set_rollback(True)
        there.close()
        ContentType.objects.clear_cache()

    def close(self) -> None:
        for name, (there, _returned) in self.opened.items():
            there.close()
            if connection.vendor == "postgresql":
                _on_server(f"DROP DATABASE {_named(name)}")
        self.opened.clear()

    def _open(self, name: str, prepare: Callable[[], Any]) -> tuple[Any, Any]:
        there = _copy(name)
        kept = self.folder / f"{name}.rows"
        with (self.folder / f"{name}.lock").open("w") as turn, _swapped(there):
            fcntl.flock(turn, fcntl.LOCK_EX)
            if kept.exists():
                written, returned = pickle.loads(kept.read_bytes())  # noqa: S301  our own
                rows.put(written)
                rows.count_on()
            else:
                written, returned = _played(prepare)
                kept.write_bytes(pickle.dumps((written, returned)))
        return there, returned


def _copy(name: str) -> Any:
    """An open connection to a copy of the tests' own database, which is empty."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        there = _in_memory()
        connection.connection.backup(there)
        return there
    connection.close()  # nobody may look at what is copied
    copied = connection.ops.quote_name(connection.settings_dict["NAME"])
    _on_server(f"DROP DATABASE IF EXISTS {_named(name)}")  # of a run that was killed
    _on_server(f"CREATE DATABASE {_named(name)} TEMPLATE {copied}")
    with _swapped(None), _settings(f"{connection.settings_dict['NAME']}_{name}"):
        connection.connect()
        return connection.connection


def _in_memory() -> Any:
    with _swapped(None), _settings(":memory:"):
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
    base = rows.every()
    with transaction.atomic():
        returned = prepare()
        connection.run_on_commit.clear()
    return rows.written_since(base), returned

"""Databases of the benchmark's own, which take the place of the tests' one for a while."""

import copy
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def copy_of(source: BaseDatabaseWrapper, name: str, folder: Path) -> Iterator[None]:
    """Work on a copy of the database; it is gone afterwards."""
    made = _copied(source, name, folder)
    try:
        yield made
    finally:
        made.close()
        if made.vendor == "postgresql":
            _run(source, f'DROP DATABASE "{made.settings_dict["NAME"]}"')


@contextmanager
def in_place(made: BaseDatabaseWrapper) -> Iterator[None]:
    """Everything inside reads and writes this database."""
    usual = connections["default"]
    connections["default"] = made
    try:
        yield
    finally:
        connections["default"] = usual


def _copied(
    source: BaseDatabaseWrapper, name: str, folder: Path
) -> BaseDatabaseWrapper:
    settings = copy.deepcopy(source.settings_dict)
    if source.vendor == "postgresql":
        settings["NAME"] = f"{settings['NAME']}_{name}"
        source.close()
        _run(source, f'DROP DATABASE IF EXISTS "{settings["NAME"]}"')
        taken = source.settings_dict["NAME"]
        _run(source, f'CREATE DATABASE "{settings["NAME"]}" TEMPLATE "{taken}"')
    else:
        settings["NAME"] = str(folder / f"{name}.sqlite3")
        source.ensure_connection()
        with closing(sqlite3.connect(settings["NAME"])) as target:
            source.connection.backup(target)
    made = source.__class__(settings, alias="default")
    made.inc_thread_sharing()
    return made


def _run(source: BaseDatabaseWrapper, sql: str) -> None:
    """Outside the database itself: one cannot copy what one is connected to."""
    with source._nodb_cursor() as cursor:  # noqa: SLF001  as Django's own test set-up
        cursor.execute(sql)

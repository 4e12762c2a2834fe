"""Rows that a slow preparation wrote, kept to be put back in a moment."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Kept:
    """What a preparation returned and wrote, and the rows it began with."""

    base: Rows
    written: Rows
    returned: Any


_kept: dict[str, Kept] = {}


def once(name: str, prepare: Callable[[], Any]) -> Any:
    """What `prepare` returns; from the second time on its rows are put back instead.

    It may write new rows only, and begins again where the tables are not as they were.
    """
    base = _all_rows()
    kept = _kept.get(name)
    if kept is None or kept.base != base:
        returned = prepare()
        kept = _kept[name] = Kept(base, _without(_all_rows(), base), returned)
    else:
        _put_back(kept.written)
    return kept.returned


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


def _put_back(rows: Rows) -> None:
    """In whatever order: the database looks at foreign keys when a transaction ends."""
    with connection.cursor() as cursor:
        for table, written in rows.items():
            places = ", ".join(["%s"] * len(written[0]))
            insert = f"INSERT INTO {_quoted(table)} VALUES ({places})"  # noqa: S608  a name of ours
            cursor.executemany(insert, written)


def _quoted(table: str) -> str:
    return connection.ops.quote_name(table)

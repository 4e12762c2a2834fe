"""Append-only tables: triggers that refuse UPDATE, DELETE and TRUNCATE.

They are created again after every migrate, because SQLite silently drops a table's
triggers when a migration rebuilds it.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

APPEND_ONLY: list[str] = ["qa_event", "qa_seal", "qa_decision", "qa_vote"]


def protect(table: str) -> None:
    """Name one more append-only table (called by the app that owns it)."""
    if table not in APPEND_ONLY:
        APPEND_ONLY.append(table)


def _names(table: str) -> tuple[str, ...]:
    return tuple(f"{table}_refuses_{act}" for act in ("update", "delete"))


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Create the missing triggers; safe to run again."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    for table in APPEND_ONLY:
        if table in existing:
            _install_on(connection, table)


def lift(using: str = DEFAULT_DB_ALIAS) -> None:
    """Drop the triggers; only test fixtures that flush the database do this."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in filter(existing.__contains__, APPEND_ONLY):
            for name in (*_names(table), f"{table}_refuses_truncate"):
                if connection.vendor == "postgresql":
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
                else:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Triggers that should stand on existing tables and do not."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    present = _present(connection)
    wanted = [
        name for table in APPEND_ONLY if table in tables for name in _names(table)
    ]
    if connection.vendor == "postgresql":
        wanted += [f"{t}_refuses_truncate" for t in APPEND_ONLY if t in tables]
    return [name for name in wanted if name not in present]


def install_after_migrate(using: str = DEFAULT_DB_ALIAS, **_kwargs: Any) -> None:
    install(using)


def _present(connection: BaseDatabaseWrapper) -> set[str]:
    if connection.vendor == "postgresql":
        query = (
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        )
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()}


def _install_on(connection: BaseDatabaseWrapper, table: str) -> None:
    present = _present(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _install_on_postgresql(cursor, table, present)
        else:
            _install_on_sqlite(cursor, table, present)


def _install_on_sqlite(cursor: Any, table: str, present: set[str]) -> None:
    for name, act in zip(_names(table), ("UPDATE", "DELETE"), strict=True):
        if name not in present:
            cursor.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _install_on_postgresql(cursor: Any, table: str, present: set[str]) -> None:
    cursor.execute(
        """
        CREATE OR REPLACE FUNCTION atesta_append_only() RETURNS trigger AS $$
        BEGIN
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
        END;
        $$ LANGUAGE plpgsql
        """
    )
    for name, act in zip(_names(table), ("UPDATE", "DELETE"), strict=True):
        if name not in present:
            cursor.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION atesta_append_only()"
            )
    name = f"{table}_refuses_truncate"
    if name not in present:
        cursor.execute(
            f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION atesta_append_only()"
        )

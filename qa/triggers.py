"""Append-only tables: triggers that refuse UPDATE, DELETE, TRUNCATE and replacement.

They are made as they should be after every migrate, because SQLite silently drops a
table's triggers when a migration rebuilds it.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

APPEND_ONLY: list[str] = [
    "qa_event",
    "qa_seal",
    "qa_decision",
    "qa_vote",
    "qa_nominatedofficer",
]

# The function of PostgreSQL's triggers, word for word as its catalogue keeps it.
_BODY = """
        BEGIN
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
        END;
        """
# What PostgreSQL's catalogue says of a trigger: FOR EACH ROW 1, BEFORE 2, DELETE 8,
# UPDATE 16, TRUNCATE 32, added up.
_ON_POSTGRESQL = {
    "update": ("UPDATE", "ROW", 1 + 2 + 16),
    "delete": ("DELETE", "ROW", 1 + 2 + 8),
    "truncate": ("TRUNCATE", "STATEMENT", 2 + 32),
}
_ON_SQLITE = ("update", "delete", "replace")
REPLACE = "_refuses_replace"


def protect(table: str) -> None:
    """Name one more append-only table (called by the app that owns it)."""
    if table not in APPEND_ONLY:
        APPEND_ONLY.append(table)


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Create the triggers that are missing or changed; safe to run again."""
    connection = connections[using]
    absent = set(missing(using))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION atesta_append_only() RETURNS trigger "
                f"AS $${_BODY}$$ LANGUAGE plpgsql"
            )
        for table in _existing(connection):
            for name, sql in _wanted(connection, table).items():
                if name in absent:
                    _drop(connection, cursor, table, name)
                    cursor.execute(sql)


def lift(using: str = DEFAULT_DB_ALIAS) -> None:
    """Drop the triggers; only test fixtures that flush the database do this."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table in _existing(connection):
            for name in _wanted(connection, table):
                _drop(connection, cursor, table, name)


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Triggers that do not stand on existing tables as they should: absent or changed."""
    connection = connections[using]
    wanted = {
        name: sql
        for table in _existing(connection)
        for name, sql in _wanted(connection, table).items()
    }
    if connection.vendor == "postgresql":
        ours = _ours_on_postgresql(connection)
        return [name for name in wanted if name not in ours]
    present = _present_on_sqlite(connection)
    return [name for name, sql in wanted.items() if present.get(name) != sql]


def install_after_migrate(using: str = DEFAULT_DB_ALIAS, **_kwargs: Any) -> None:
    install(using)


def _existing(connection: BaseDatabaseWrapper) -> list[str]:
    tables = set(connection.introspection.table_names())
    return [table for table in APPEND_ONLY if table in tables]


def _drop(connection: BaseDatabaseWrapper, cursor: Any, table: str, name: str) -> None:
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def _wanted(connection: BaseDatabaseWrapper, table: str) -> dict[str, str]:
    """Each trigger the table must have, by its name: the sentence that makes it."""
    if connection.vendor == "postgresql":
        return {
            f"{table}_refuses_{act}": (
                f"CREATE TRIGGER {table}_refuses_{act} BEFORE {event} ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION atesta_append_only()"
            )
            for act, (event, each, _kind) in _ON_POSTGRESQL.items()
        }
    refusal = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    when = {
        "update": f"UPDATE ON {table}",
        "delete": f"DELETE ON {table}",
        "replace": f"INSERT ON {table} WHEN {_is_taken(connection, table)}",
    }
    return {
        f"{table}_refuses_{act}": (
            f"CREATE TRIGGER {table}_refuses_{act} BEFORE {when[act]} {refusal}"
        )
        for act in _ON_SQLITE
    }


def _is_taken(connection: BaseDatabaseWrapper, table: str) -> str:
    """Whether a new row would take a key of an old one.

    INSERT OR REPLACE first removes each row that has one of the keys, and no trigger
    on DELETE is asked.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name FROM pragma_table_info('{table}') WHERE pk > 0")  # noqa: S608
        keys = [([name for (name,) in cursor.fetchall()], "")]
        keys += _unique_keys(cursor, table)
    return " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE "  # noqa: S608  names from the catalogue
        + " AND ".join(f'"{name}" = NEW."{name}"' for name in names)
        + f"{condition})"
        for names, condition in keys
    )


def _unique_keys(cursor: Any, table: str) -> list[tuple[list[str], str]]:
    """The columns of each unique index, and the condition of one on some rows only."""
    cursor.execute(
        f"SELECT i.name, m.sql FROM pragma_index_list('{table}') i "  # noqa: S608
        "LEFT JOIN sqlite_master m ON m.name = i.name "
        "WHERE i.\"unique\" AND i.origin <> 'pk' ORDER BY i.name"
    )
    keys = []
    for index, sql in cursor.fetchall():
        cursor.execute(f"SELECT name FROM pragma_index_info('{index}') ORDER BY seqno")  # noqa: S608
        condition = (sql or "").partition(" WHERE ")[2]
        names = [name for (name,) in cursor.fetchall()]
        keys.append((names, f" AND ({condition})" if condition else ""))
    return keys


def _present_on_sqlite(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


def _ours_on_postgresql(connection: BaseDatabaseWrapper) -> set[str]:
    """Triggers that are on, on every act of their kind, and call our own function."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, t.tgrelid::regclass::text, t.tgtype "
            "FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') "
            "AND t.tgqual IS NULL AND t.tgattr::text = '' "
            "AND p.proname = 'atesta_append_only' AND p.prosrc = %s",
            [_BODY],
        )
        return {
            name
            for name, table, kind in cursor.fetchall()
            for act, (_event, _each, wanted) in _ON_POSTGRESQL.items()
            if name == f"{table}_refuses_{act}" and kind == wanted
        }

"""System checks: the record's triggers must stand."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import Error, Tags, register
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from qa import triggers

# Before it, SQLite's tables had no trigger that refuses INSERT OR REPLACE.
REFUSES_REPLACEMENT = ("qa", "0004_refuse_replacement")


def check_triggers(
    app_configs: Any, databases: Sequence[str] | None = None, **_kwargs: Any
) -> list[Error]:
    """Refuse to run on a database whose record could be rewritten unseen."""
    return [
        Error(
            f"The append-only trigger {name} is missing or changed on database {alias}.",
            hint="manage.py verify_record says what else was changed;"
            " manage.py migrate --skip-checks makes the triggers again.",
            id="qa.E001",
        )
        for alias in databases or ()
        for name in triggers.missing(alias)
        if not _is_still_to_come(name, alias)
    ]


def _is_still_to_come(name: str, alias: str) -> bool:
    """A house of an earlier release gets it when it is brought up to date."""
    applied = MigrationRecorder(connections[alias]).applied_migrations()
    return name.endswith(triggers.REPLACE) and REFUSES_REPLACEMENT not in applied


def register_checks() -> None:
    register(check_triggers, Tags.database)

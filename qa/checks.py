"""System checks: the record's triggers must stand."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import Error, Tags, register

from qa import triggers


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
    ]


def register_checks() -> None:
    register(check_triggers, Tags.database)

"""manage.py load_reference: the reference data, idempotent."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fixtures import reference
from fixtures.pinned import RulesInUse


class Command(BaseCommand):
    help = "Load fields, countries, languages, verbs, standard sets, rules, letters."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = reference.load()
        except RulesInUse as refused:
            raise CommandError(f"Nothing was loaded. {refused}") from refused
        for name, count in loaded.items():
            self.stdout.write(f"{count:5} {name}")

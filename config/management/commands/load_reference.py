"""manage.py load_reference: the reference data, idempotent."""

from typing import Any

from django.core.management.base import BaseCommand

from fixtures import reference


class Command(BaseCommand):
    help = "Load fields, countries, languages, verbs, standard sets, rules, letters."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, count in reference.load().items():
            self.stdout.write(f"{count:5} {name}")

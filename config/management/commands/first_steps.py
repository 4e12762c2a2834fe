"""manage.py first_steps: what an empty house needs first."""

from typing import Any

from django.core.management.base import BaseCommand

from qa.models import Institution

FILL = """\
This house is empty. Fill it from a file (its format: fixtures/README.md):
  .venv/bin/python manage.py load_university fixtures/examples/university.json"""


class Command(BaseCommand):
    help = "Say which command fills the house, while it has no institution."

    def handle(self, *args: Any, **options: Any) -> None:
        if not Institution.objects.filter(is_own=True).exists():
            self.stdout.write(FILL)

"""manage.py tick: do what is due today; the worker and cron call the same."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from qa import due


class Command(BaseCommand):
    help = "Take every act whose day has come, seal, remind; exit 1 if one failed."

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = due.run()
        for row, count in outcome.done.items():
            self.stdout.write(f"{row}: {count}")
        for failure in outcome.failures:
            self.stderr.write(str(failure))
        if outcome.failures:
            sys.exit(1)

"""manage.py schedule_jobs: tell the workers what to run and when."""

from typing import Any

from django.core.management.base import BaseCommand

from qa import jobs


class Command(BaseCommand):
    help = "Register the nightly run, the seals and the sending of messages."

    def handle(self, *args: Any, **options: Any) -> None:
        for name in jobs.schedule():
            self.stdout.write(f"Scheduled: {name}")

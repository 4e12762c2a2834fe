"""manage.py load_demo: the demo university with its stories, once."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from fixtures.demo import demo
from qa.models import Case


class Command(BaseCommand):
    help = "Play the demo university through the services; does nothing a second time."

    def handle(self, *args: Any, **options: Any) -> None:
        if Case.objects.exists():
            self.stdout.write("The demo university is there already.")
            return
        with transaction.atomic():  # whoever stops it finds none of it, and begins anew
            for line in demo.play():
                self.stdout.write(line)

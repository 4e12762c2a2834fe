"""manage.py verify_record [--json] [--files]: does the record still hold?"""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from qa import verification
from qa.models import Case, Event, Seal


class Command(BaseCommand):
    help = "Check every case's chain, the seals and the triggers; exit 1 on a break."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")
        parser.add_argument(
            "--files", action="store_true", help="read every filed document as well"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        breaks = verification.verify()
        if options["files"]:
            breaks += verification.changed_files()
        if options["json"]:
            answer = {
                "intact": not breaks,
                "cases": Case.objects.count(),
                "events": Event.objects.count(),
                "seals": Seal.objects.count(),
                "breaks": [found.as_dict() for found in breaks],
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            for found in breaks:
                place = (
                    f"{found.case} #{found.sequence}" if found.sequence else found.case
                )
                self.stdout.write(f"{place or 'record'}: {found.what}")
            if not breaks:
                self.stdout.write(
                    f"Intact: {Case.objects.count()} cases, "
                    f"{Event.objects.count()} events, {Seal.objects.count()} seals."
                )
        if breaks:
            sys.exit(1)

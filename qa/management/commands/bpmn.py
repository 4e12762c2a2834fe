"""manage.py bpmn [flow] [--language ro]: a flow as a BPMN 2.0 document."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from qa import flows


class Command(BaseCommand):
    help = "Write a flow as BPMN 2.0; without a name, list the flows."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("flow", nargs="?")
        parser.add_argument(
            "--language", choices=[code for code, _name in settings.LANGUAGES]
        )

    def handle(self, *args: Any, **options: Any) -> None:
        known = flows.flows()
        with translation.override(options["language"] or settings.LANGUAGE_CODE):
            if options["flow"] is None:
                for name, flow in sorted(known.items()):
                    self.stdout.write(f"{name}: {flow.process_title}")
            elif options["flow"] in known:
                self.stdout.write(flows.bpmn(known[options["flow"]]))
            else:
                raise CommandError(
                    f"There is no flow “{options['flow']}”; there is "
                    f"{', '.join(sorted(known))}."
                )

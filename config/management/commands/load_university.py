"""manage.py load_university: fills an empty house, and keeps it up to date."""

import os
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from config.passwords import DAYS, link_for
from fixtures import university, university_file
from qa import clock
from qa.models import User


class Command(BaseCommand):
    help = (
        "Load institution, units, people and bodies from one JSON file"
        " (fixtures/README.md); what the file no longer has ends, nothing is deleted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="the university, as one JSON object"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be done, do nothing"
        )
        parser.add_argument(
            "--on",
            type=date.fromisoformat,
            help="last day of what the file no longer has (today)",
        )
        parser.add_argument(
            "--links",
            type=Path,
            help="write the links for new passwords into this new file, not to the screen",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.ATESTA_DEMO:
            raise CommandError("The demo has its university already; see --no-demo.")
        links, dry_run = options["links"], options["dry_run"]
        if links and links.exists():
            raise CommandError(f"{links} is there already; name a new file.")
        on = options["on"] or clock.today()
        stored = self._store(options["file"], on, None if dry_run else links, dry_run)
        for line in stored.lines or ["Nothing has changed."]:
            self.stdout.write(line)
        if dry_run:
            self.stdout.write("Nothing was stored: this was a dry run.")
        elif stored.new_people:
            self._hand_out_links(stored.new_people, links)

    def _store(
        self, path: Path, on: date, links: Path | None, dry_run: bool
    ) -> university.Storing:
        """Store the file; where its links cannot be written, nothing is stored."""
        try:
            with transaction.atomic():
                stored = university.store(university_file.read(path), on=on)
                if links and stored.new_people:
                    _write_for_the_owner(links, _lines(stored.new_people))
                transaction.set_rollback(dry_run)
        except university_file.FileRefused as refused:
            faults = "\n".join(refused.faults)
            raise CommandError(f"Nothing was stored.\n{faults}") from refused
        except OSError as error:
            raise CommandError(f"Nothing was stored.\n--links: {error}") from error
        return stored

    def _hand_out_links(self, people: list[User], file: Path | None) -> None:
        told = f"a password is chosen once by each link, within {DAYS} days"
        if file is None:
            self.stdout.write("\n".join([f"\nNew people; {told}:", *_lines(people)]))
        else:
            self.stdout.write(f"\n{len(people)} links are in {file}; {told}.")


def _lines(people: list[User]) -> list[str]:
    return [f"{person} <{person.email}>: {link_for(person)}" for person in people]


def _write_for_the_owner(file: Path, lines: list[str]) -> None:
    """Nobody else ever sees the file, not even before it is full."""
    made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(made, "w", encoding="utf-8") as writing:
        writing.write("\n".join([*lines, ""]))

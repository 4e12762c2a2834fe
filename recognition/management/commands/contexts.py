"""manage.py contexts: vocabularies of JSON-LD and schemas that no package ships."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from recognition.credentials import contexts
from recognition.credentials.network.fetching import ACCEPTED, MOST_BYTES, Fetcher
from recognition.credentials.refusals import Refused

# Servers call a schema by many names; what counts is its SHA-256.
KINDS = (
    *ACCEPTED,
    "application/octet-stream",
    "application/schema+json",
    "binary/octet-stream",
)


class Command(BaseCommand):
    help = "List or install the vocabularies that credentials name (pinned by SHA-256)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("list", help="what is there and what is not")
        install = acts.add_parser("install", help="take files whose content is pinned")
        source = install.add_mutually_exclusive_group(required=True)
        source.add_argument("folder", nargs="?", type=Path, metavar="DIR")
        source.add_argument(
            "--download", action="store_true", help="fetch them from their addresses"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "list":
            self._list()
        elif options["download"]:
            self._download()
        else:
            self._install(options["folder"])

    def _list(self) -> None:
        store = contexts.Contexts(settings.CONTEXTS_DIR)
        for url in contexts.PACKAGED:
            self.stdout.write(f"packaged   {url}")
        for url in contexts.INSTALLABLE:
            word = "installed" if store.is_installed(url) else "missing"
            self.stdout.write(f"{word:<11}{url}")

    def _install(self, folder: Path) -> None:
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder.")
        taken = set()
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.stat().st_size <= MOST_BYTES:
                url = contexts.install(path.read_bytes(), settings.CONTEXTS_DIR)
                if url:
                    taken.add(url)
                    self.stdout.write(f"installed  {url}")
        if not taken:
            raise CommandError(f"No file in {folder} has the content of a vocabulary.")

    def _download(self) -> None:
        store = contexts.Contexts(settings.CONTEXTS_DIR)
        failed = []
        for url in contexts.INSTALLABLE:
            if store.is_installed(url):
                continue
            try:
                content = _fetched(url)
            except Refused as error:
                failed.append(f"{url}: {error}")
                continue
            if contexts.install(content, settings.CONTEXTS_DIR) == url:
                self.stdout.write(f"installed  {url}")
            else:
                failed.append(f"{url}: its content is not the one that is pinned")
        if failed:
            raise CommandError("\n".join(failed))


def _fetched(url: str) -> bytes:
    """Only from the addresses in the code, some of which are plain http, and some of a
    service that sends elsewhere: whoever gives it, its SHA-256 is asked."""
    fetcher = Fetcher(schemes=("https", "http"), kinds=KINDS, leaves_host=True)
    return fetcher.fetch(url).content

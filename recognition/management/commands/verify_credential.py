"""manage.py verify_credential FILE: what does it say, and what could be checked?"""

import json
import logging
import sys
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error, connection

from qa import clock
from recognition import register_of_trust
from recognition.credentials import certificates, guarded, safe_json
from recognition.credentials.contexts import Contexts
from recognition.credentials.detection import MOST_BYTES
from recognition.credentials.findings import Report
from recognition.credentials.network import lookups
from recognition.credentials.network.fetching import Fetcher
from recognition.credentials.network.lookups import Fetches
from recognition.credentials.refusals import Refused
from recognition.credentials.trust import Trust
from recognition.services import looking_up

WRONGLY_ASKED = 4
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Verify a credential; exit 0 verified, 1 invalid, 2 unverified, 3 unreadable,"
        " 4 wrongly asked."
    )
    requires_system_checks: list[str] = []

    def create_parser(self, *names: Any, **options: Any) -> CommandParser:
        parser = super().create_parser(*names, **options)
        parser.exit = _exit  # type: ignore[method-assign]
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="as data")
        parser.add_argument("--at", type=_day, help="on this day instead of now")
        parser.add_argument(
            "--registry",
            type=Path,
            metavar="FILE.json",
            help="institutions, anchors, documents and the applicant, as JSON; instead"
            " of the register of trust of this house",
        )
        parser.add_argument(
            "--look-up",
            action="store_true",
            help="ask public https servers for documents that are not at hand, within"
            " the host list and the limits of this house",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        content, at = _content(options["file"]), options["at"] or clock.now()
        contexts = Contexts(settings.CONTEXTS_DIR)

        def verify(trust: Trust) -> Report:
            return guarded.verify(
                content, at=at, trust=trust, contexts=contexts, once=True
            )

        house = _known_here()
        trust = self._trust(options["registry"], house)
        if options["look_up"]:
            found = lookups.verify(verify, trust, _asking(house))
            for address, refusal in found.refused.items():
                self.stderr.write(f"{address}: {refusal}")
            report = found.report
        else:
            report = verify(trust)
        if options["json"]:
            told = json.dumps(report.as_dict(), ensure_ascii=False, indent=2)
            self.stdout.write(told)
        else:
            self._tell(report)
        sys.exit(report.exit_code)

    def _trust(self, path: Path | None, house: Trust | None) -> Trust:
        if path is not None:
            return _read(path)
        if house is None:
            self.stderr.write(
                "No register of trust is at hand: nothing is known of issuers."
            )
        return house or Trust()

    def _tell(self, report: Report, margin: str = "") -> None:
        told = report.as_dict()
        self.stdout.write(f"{margin}{told['format']}: {told['verdict']}")
        for check in told["checks"]:
            self.stdout.write(
                f"{margin}  {check['result']:<8}{check['name']:<18}{check['detail']}"
            )
        for name, claim in told["claims"].items():
            self.stdout.write(f"{margin}  {name}: {claim['value']}")
        for part in report.parts:
            self._tell(part, margin + "    ")


def _exit(status: int = 0, message: str | None = None) -> NoReturn:
    """What is wrong with the question has another code than any answer."""
    if message:
        sys.stderr.write(message)
    sys.exit(WRONGLY_ASKED if status else 0)


def _day(told: str) -> datetime:
    """A moment, or the end of a day: what is issued on a day holds on that day."""
    if len(told) == len("2026-01-31"):
        last = time(23, 59, 59, tzinfo=UTC)
        return datetime.combine(datetime.fromisoformat(told), last)
    moment = datetime.fromisoformat(told)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _content(path: Path) -> bytes:
    """All of it, or one byte more than any reader takes."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise CommandError(
            f"{path}: {error.strerror}.", returncode=WRONGLY_ASKED
        ) from error


def _known_here() -> Trust | None:
    """What the house has confirmed by now; None without a database to ask."""
    try:
        if _database_is_there():
            return register_of_trust.known_at(clock.now()).trust
    except (Error, ImproperlyConfigured) as error:
        logger.debug("The register of trust cannot be read", exc_info=error)
    return None


def _asking(house: Trust | None) -> Fetches:
    """Within the limits of the house; requests are counted where its database is."""
    if house is None:
        return Fetcher(admit=looking_up.refuse_unlisted)
    return looking_up.Memory(Fetcher(admit=looking_up.admit))


def _database_is_there() -> bool:
    """SQLite makes the file that it is asked for; others say that they are not there."""
    name = str(connection.settings_dict["NAME"])
    in_memory = name == ":memory:" or "mode=memory" in name
    return connection.vendor != "sqlite" or in_memory or Path(name).is_file()


def _read(path: Path) -> Trust:
    try:
        trust = Trust.read(safe_json.loads(_content(path)))
        for anchor in trust.anchors:
            certificates.from_pem(anchor)
    except (Refused, AttributeError, KeyError, TypeError, ValueError) as error:
        raise CommandError(
            f"{path} is not a register of trust: {error}", returncode=WRONGLY_ASKED
        ) from error
    return trust

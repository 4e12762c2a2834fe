"""manage.py issuer_keys: the keys that sign results of recognition, and their rotation."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from qa import clock
from qa.models import Institution
from recognition.issuing import identity, keys
from recognition.issuing.keys import IssuerKey


class Command(BaseCommand):
    help = "List the issuer's keys, make the first one, or begin with a new one."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_mutually_exclusive_group()
        acts.add_argument(
            "--make", action="store_true", help="make the first key where none is kept"
        )
        acts.add_argument(
            "--rotate",
            action="store_true",
            help="begin with a new key; the old one stays known, with its last day",
        )
        parser.add_argument(
            "--lost",
            action="store_true",
            help="with --rotate: the old one may be in other hands and proves nothing",
        )
        acts.add_argument(
            "--registry",
            action="store_true",
            help="print them as a register of trust, for verify_credential --registry",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.ISSUER_KEYS_FILE
        if options["make"]:
            if path.exists():
                raise CommandError(f"{path} is there already; it is never replaced.")
            keys.make(path)
        if fault := keys.fault(path):
            raise CommandError(f"Nothing can be signed: {fault}.")
        if options["lost"] and not options["rotate"]:
            raise CommandError("--lost goes with --rotate: a new key takes its place.")
        if options["rotate"]:
            keys.rotate(path, clock.machine_now(), lost=options["lost"])
        tell = self._registry if options["registry"] else self._list
        tell(identity.did(settings.ATESTA_URL), keys.history(path))

    def _list(self, issuer: str, known: tuple[IssuerKey, ...]) -> None:
        self.stdout.write(issuer)
        for key in known:
            since, until = (
                f"{at:%Y-%m-%d %H:%M}" if at else "-" for at in (key.since, key.until)
            )
            word = "lost" if key.is_lost else "ended" if key.until else "in use"
            self.stdout.write(f"{word:<8}{since:<18}{until:<18}{key.name}")

    def _registry(self, issuer: str, known: tuple[IssuerKey, ...]) -> None:
        ours = Institution.objects.filter(is_own=True).first()
        told = {
            "name": str(ours or issuer),
            "identifiers": [issuer],
            "keys": [_valid(key) for key in known if not key.is_lost],
        }
        text = json.dumps({"institutions": [told]}, ensure_ascii=False, indent=1)
        self.stdout.write(text)


def _valid(key: IssuerKey) -> dict[str, str]:
    """A key with its days, as registers of trust tell them."""
    told = {"thumbprint": key.thumbprint}
    for name, at in (("from", key.since), ("until", key.until)):
        if at is not None:
            told[name] = clock.local_day(at).isoformat()
    return told

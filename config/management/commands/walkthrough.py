"""manage.py walkthrough --out DIR: both main jobs on a scratch database."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import catalogues
from fixtures import walkthrough
from qa import seal_key
from recognition.issuing import keys as issuer_keys

DATABASE = "walkthrough.sqlite3"
INSIDE = "ATESTA_WALKTHROUGH"


class Command(BaseCommand):
    help = "Carry a proposal and an application from end to end; writes the papers."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, required=True)
        parser.add_argument("--proposal", type=Path, default=walkthrough.PROPOSAL)
        parser.add_argument("--application", type=Path, default=walkthrough.APPLICATION)

    def handle(self, *args: Any, **options: Any) -> None:
        out: Path = options["out"].resolve()
        try:
            out.mkdir(parents=True, exist_ok=True)
            catalogues.compile_missing(settings.BASE_DIR / "locale")
        except (OSError, catalogues.NotCompiled) as error:
            raise CommandError(str(error)) from error
        if os.environ.get(INSIDE) != str(out):
            sys.exit(self._start_inside(out, options))
        try:
            self._walk(out, options["proposal"], options["application"])
        except walkthrough.InputRefused as refused:
            for sentence in refused.sentences:
                self.stderr.write(sentence)
            sys.exit(1)

    def _start_inside(self, out: Path, options: dict[str, Any]) -> int:
        """Run the same command on a new database in the folder, without old papers."""
        papers = (out / name for name in walkthrough.PAPERS)
        for leftover in (*out.glob(f"{DATABASE}*"), *papers):
            leftover.unlink(missing_ok=True)
        environment = {
            **os.environ,
            INSIDE: str(out),
            "DATABASE_URL": f"sqlite:///{out / DATABASE}",
            "SEAL_KEY_FILE": str(out / "seal.key"),
            "ISSUER_KEYS_FILE": str(out / "issuer.keys"),
            "SECRET_KEY": settings.SECRET_KEY,
        }
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "walkthrough"]
        for name in ("out", "proposal", "application"):
            command += [f"--{name}", str(options[name].resolve())]
        run = subprocess.run(command, env=environment, check=False)  # noqa: S603  ourselves
        return run.returncode

    def _walk(self, out: Path, proposal: Path, application: Path) -> None:
        told = [walkthrough.read(path) for path in (proposal, application)]
        for kept, made_by in (
            (settings.SEAL_KEY_FILE, seal_key.make),
            (settings.ISSUER_KEYS_FILE, issuer_keys.make),
        ):
            if not kept.exists():
                made_by(kept)
        call_command("migrate", verbosity=0)
        steps = walkthrough.walk(out, *told)
        rows = sorted({step["row"] for step in steps})
        self.stdout.write(f"{len(steps)} steps, rows {', '.join(rows)}")
        self.stdout.write(f"Written to {out}")

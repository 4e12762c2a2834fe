"""The product as a newcomer starts it, in an empty folder, with the demo university."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from playwright.sync_api import StorageState

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 240
PASSWORD = "atesta-demo"
SIGN_EVERYBODY_IN = """
import json
from django.conf import settings
from django.test import Client
from qa.models import User

def cookie(person):
    client = Client()
    client.force_login(person)
    return settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value

everybody = User.objects.filter(is_demo=True, is_active=True)
print(json.dumps({person.email: cookie(person) for person in everybody}))
"""


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def environment(folder: Path, days_ahead: int = 0) -> dict[str, str]:
    """The tests' own settings stay out: the house runs as it is served."""
    own = ("DJANGO_SETTINGS_MODULE", "SECRET_KEY", "DATABASE_URL", "SEAL_KEY_FILE")
    own += ("ISSUER_KEYS_FILE",)
    env = {name: value for name, value in os.environ.items() if name not in own}
    env = {n: v for n, v in env.items() if not n.startswith(("ATESTA_", "COV_"))}
    return env | {
        "ATESTA_DATA_DIR": str(folder / "var"),
        "ATESTA_DEMO_DAYS_AHEAD": str(days_ahead),
    }


def prepare(folder: Path) -> None:
    """Everything but serving, once: houses are opened from copies of it."""
    done = subprocess.run(
        [sys.executable, "start.py", "--prepare"],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS_TO_START,
    )
    if done.returncode:
        raise AssertionError((done.stdout + done.stderr)[-3000:])


class House:
    """A house in a folder of its own; it can be visited on a later day."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.days_ahead = 0
        self.running: subprocess.Popen[bytes] | None = None

    @property
    def today(self) -> date:
        """The day that people in the house live on."""
        now = datetime.now(ZoneInfo("Europe/Bucharest"))
        return now.date() + timedelta(days=self.days_ahead)

    def open(self) -> None:
        log = self.folder / "start.log"
        with log.open("w", encoding="utf-8") as told:
            self.running = subprocess.Popen(
                [sys.executable, "start.py", "--port", str(self.port)],
                cwd=ROOT,
                env=environment(self.folder, self.days_ahead),
                stdout=told,
                stderr=subprocess.STDOUT,
            )
        until = time.monotonic() + SECONDS_TO_START
        while not re.search("Stop with Ctrl", log.read_text(encoding="utf-8")):
            if self.running.poll() is not None or time.monotonic() > until:
                raise AssertionError(log.read_text(encoding="utf-8")[-3000:])
            time.sleep(0.1)

    def close(self) -> None:
        if self.running is not None:
            self.running.send_signal(signal.SIGINT)
            self.running.wait(30)

    def wait(self, days: int) -> None:
        """Open again as many days later, at the same address."""
        self.close()
        self.days_ahead += days
        self.open()

    def tick(self, days: int = 0) -> None:
        """What the worker does by itself every day, as many days from now."""
        self.manage("tick", days=days)

    def link_for(self, person: str) -> str:
        """Where the person chooses a password, once."""
        told = self.manage(
            *("shell", "--no-imports", "-c"),
            "from config.passwords import link_for; from qa.models import User; "
            f"print(link_for(User.objects.get(email='{person}')))",
        )
        return urlsplit(told.strip()).path

    def sessions(self) -> dict[str, StorageState]:
        """What the windows of all people know in which they have signed in."""
        told = self.manage("shell", "--no-imports", "-c", SIGN_EVERYBODY_IN)
        return {
            person: {
                "cookies": [
                    {
                        "name": name,
                        "value": value,
                        "domain": "127.0.0.1",
                        "path": "/",
                        "expires": -1,
                        "httpOnly": True,
                        "secure": False,
                        "sameSite": "Lax",
                    }
                ],
                "origins": [],
            }
            for person, (name, value) in json.loads(told).items()
        }

    def manage(self, *command: str, days: int = 0) -> str:
        """What a command of the house prints."""
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment(self.folder, self.days_ahead + days)
            | {"ATESTA_DEMO": "yes", "ATESTA_HTTPS": "no"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@contextmanager
def copied(prepared: Path, folder: Path) -> Iterator[House]:
    """Serve a copy of the prepared house from the folder; stop it in the end."""
    shutil.copytree(prepared / "var", folder / "var")
    house = House(folder)
    try:
        house.open()
        yield house
    finally:
        house.close()


@contextmanager
def opened(folder: Path) -> Iterator[str]:
    """Make a house ready in the folder and serve it; yields its address."""
    house = House(folder)
    try:
        house.open()
        yield house.address
    finally:
        house.close()

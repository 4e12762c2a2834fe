"""The product as a newcomer starts it, in an empty folder, with the demo university."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 240
PASSWORD = "atesta-demo"


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


@contextmanager
def opened(folder: Path) -> Iterator[str]:
    """Start the house in the folder; yields its address, stops it in the end."""
    port, log = free_port(), folder / "start.log"
    # The tests' own settings stay out: the house runs as it is served.
    own = ("DJANGO_SETTINGS_MODULE", "SECRET_KEY", "DATABASE_URL", "ATESTA_DEMO")
    env = {name: value for name, value in os.environ.items() if name not in own}
    env = {n: v for n, v in env.items() if not n.startswith(("ATESTA_", "COV_"))}
    with log.open("w", encoding="utf-8") as told:
        running = subprocess.Popen(
            [sys.executable, "start.py", "--port", str(port)],
            cwd=ROOT,
            env=env | {"ATESTA_DATA_DIR": str(folder / "var")},
            stdout=told,
            stderr=subprocess.STDOUT,
        )
    try:
        until = time.monotonic() + SECONDS_TO_START
        while not re.search("Stop with Ctrl", log.read_text(encoding="utf-8")):
            if running.poll() is not None or time.monotonic() > until:
                raise AssertionError(log.read_text(encoding="utf-8")[-3000:])
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(30)

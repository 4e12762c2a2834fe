"""Verification in a process of its own, which is ended when it takes too much.

Each file has a reader to itself, so that nothing a stranger's file does outlives it.
Readers are started ahead, with their libraries: whoever asks waits for the file alone.
"""

import logging
import math
import multiprocessing
import os
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from recognition.credentials import verification
from recognition.credentials.contexts import Contexts
from recognition.credentials.findings import Report
from recognition.credentials.readers.verifiable import unreadable
from recognition.credentials.refusals import Unreadable
from recognition.credentials.trust import Trust
from recognition.credentials.words import gettext_noop as _

MOST_WORK = 5  # seconds of a processor
TO_START = 60.0  # until the libraries are there, on a busy machine
WAITING = 1  # readers kept ready in each process that asks
MOST_AT_ONCE = 2  # in one server: others go on serving pages meanwhile
TO_WAIT = 10.0  # for one's turn

# Imported before a file comes, for they take longer than most files do.
LIBRARIES = (
    "openbadgeslib.ob3.clr",
    "recognition.credentials.linked_data",
    "joserfc.jwk",
    "lxml.etree",
    "signxml",
    "pyhanko.sign.validation",
    "pypdf",
)

TOO_MUCH = _(
    "Reading the file takes more time or memory than any real credential does; it was"
    " stopped."
)

NOT_EXPECTED = _(
    "The file is built in a way that its reader did not expect: look at it and confirm"
    " by hand."
)

Task = tuple[bytes, datetime, Trust, Contexts, int]


@dataclass(frozen=True)
class Limits:
    """What a file may take."""

    seconds: float = 15.0  # on the clock, since a busy machine works slowly
    memory: int = 512 * 1024 * 1024  # bytes of addresses, libraries included


USUAL = Limits()
_turns = threading.BoundedSemaphore(MOST_AT_ONCE)


class Busy(Exception):
    """Other files are being read; this one was not looked at."""


def verify(
    content: bytes,
    *,
    at: datetime,
    trust: Trust,
    contexts: Contexts,
    limits: Limits = USUAL,
    once: bool = False,
) -> Report:
    """What `verification.verify` finds, or that it was stopped.

    `once` says that this process will ask for no other file.
    """
    if not _turns.acquire(timeout=TO_WAIT):
        raise Busy
    try:
        task = (content, at, trust, contexts, limits.memory)
        reader = Reader.start() if once else _ready.take()
        report = reader.read(task, limits.seconds)
    finally:
        _turns.release()
    return report or unreadable(Unreadable(TOO_MUCH))


@dataclass(frozen=True)
class Reader:
    """A process that reads one file, and the line to it."""

    process: BaseProcess
    line: Connection

    @classmethod
    def start(cls) -> "Reader":
        # Forking would copy locks that other threads hold.
        method = multiprocessing.get_context("spawn")
        ours, theirs = method.Pipe()
        process = method.Process(target=_work, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        return cls(process, ours)

    def read(self, task: Task, seconds: float) -> Report | None:
        """The answer, if it comes in time; the process is ended in any case."""
        try:
            if not self.line.poll(TO_START):
                return None
            self.line.recv()  # it is ready: time is counted from here
            self.line.send(task)
            if not self.line.poll(seconds):
                return None
            report: Report = self.line.recv()
        except (EOFError, OSError):
            return None
        finally:
            self.end()
        return report

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.line.close()


@dataclass
class Readers:
    """Those that wait for a file, of this process alone."""

    waiting: deque[Reader] = field(default_factory=deque)
    owner: int = 0
    turn: threading.Lock = field(default_factory=threading.Lock)

    def take(self) -> Reader:
        """A reader that waits, or a new one; then the next is started."""
        with self.turn:
            self._forget_those_of_a_parent()
            while self.waiting:
                reader = self.waiting.popleft()
                if reader.process.is_alive():
                    break
                reader.end()
            else:
                reader = Reader.start()
        threading.Thread(target=self.fill, daemon=True).start()
        return reader

    def fill(self) -> None:
        """Start those that are missing, so that the next file finds one."""
        with self.turn:
            self._forget_those_of_a_parent()
            while len(self.waiting) < WAITING:
                self.waiting.append(Reader.start())

    def _forget_those_of_a_parent(self) -> None:
        if self.owner != os.getpid():
            self.owner = os.getpid()
            self.waiting.clear()


_ready = Readers()


def _work(line: Connection) -> None:
    for name in LIBRARIES:
        import_module(name)
    line.send("ready")
    content, at, trust, contexts, memory = line.recv()
    _limit(memory)
    try:
        report = verification.verify(content, at=at, trust=trust, contexts=contexts)
    except (MemoryError, RecursionError):
        report = unreadable(Unreadable(TOO_MUCH))
    except Exception:
        # A fault of ours or of a library: the file is not lost over it, nor is the trace.
        logging.getLogger(__name__).exception("A reader met what it did not expect")
        report = unreadable(Unreadable(NOT_EXPECTED))
    line.send(report)


def _limit(memory: int) -> None:
    try:
        import resource  # noqa: PLC0415  not on Windows
    except ImportError:  # pragma: no cover  the time limit holds there too
        return
    until = math.ceil(time.process_time()) + MOST_WORK
    resource.setrlimit(resource.RLIMIT_CPU, (until, until))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

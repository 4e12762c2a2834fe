"""Verification in a process of its own, which is ended when it takes too much."""

import math
import multiprocessing
import threading
import time
from datetime import datetime
from multiprocessing.connection import Connection

from recognition.credentials import verification
from recognition.credentials.contexts import Contexts
from recognition.credentials.findings import Report
from recognition.credentials.readers.verifiable import unreadable
from recognition.credentials.refusals import Unreadable
from recognition.credentials.trust import Trust
from recognition.credentials.words import gettext_noop as _

MOST_WORK = 5  # seconds of a processor
MOST_SECONDS = 15.0  # on the clock, since a busy machine works slowly
MOST_MEMORY = 1024 * 1024 * 1024  # of addresses, libraries included
TO_START = 60.0  # until the libraries are there, on a busy machine
MOST_AT_ONCE = 2  # in one server: others go on serving pages meanwhile
TO_WAIT = 10.0  # for one's turn

Task = tuple[bytes, datetime, Trust, Contexts]

TOO_MUCH = _(
    "Reading the file takes more time or memory than any real credential does; it was"
    " stopped."
)

_turns = threading.BoundedSemaphore(MOST_AT_ONCE)


class Busy(Exception):
    """Other files are being read; this one was not looked at."""


def verify(
    content: bytes,
    *,
    at: datetime,
    trust: Trust,
    contexts: Contexts,
    seconds: float = MOST_SECONDS,
    memory: int = MOST_MEMORY,
) -> Report:
    """What `verification.verify` finds, or that it was stopped."""
    if not _turns.acquire(timeout=TO_WAIT):
        raise Busy
    try:
        task = (content, at, trust, contexts)
        return _in_a_process(task, seconds, memory) or unreadable(Unreadable(TOO_MUCH))
    finally:
        _turns.release()


def _in_a_process(task: Task, seconds: float, memory: int) -> Report | None:
    method = multiprocessing.get_context(
        "spawn"
    )  # forking copies locks held by threads
    ours, theirs = method.Pipe()
    process = method.Process(target=_work, args=(theirs, memory), daemon=True)
    process.start()
    theirs.close()
    try:
        return _answer(ours, task, seconds)
    except (EOFError, OSError):
        return None
    finally:
        process.kill()
        process.join()
        ours.close()


def _answer(ours: Connection, task: Task, seconds: float) -> Report | None:
    if not ours.poll(TO_START):
        return None
    ours.recv()  # it is ready: time is counted from here
    ours.send(task)
    if not ours.poll(seconds):
        return None
    report: Report = ours.recv()
    return report


def _work(theirs: Connection, memory: int) -> None:
    _limit(memory)
    theirs.send("ready")
    content, at, trust, contexts = theirs.recv()
    try:
        report = verification.verify(content, at=at, trust=trust, contexts=contexts)
    except (MemoryError, RecursionError):
        report = unreadable(Unreadable(TOO_MUCH))
    theirs.send(report)


def _limit(memory: int) -> None:
    try:
        import resource  # noqa: PLC0415  not on Windows
    except ImportError:  # pragma: no cover  the time limit holds there too
        return
    until = math.ceil(time.process_time()) + MOST_WORK
    resource.setrlimit(resource.RLIMIT_CPU, (until, until))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

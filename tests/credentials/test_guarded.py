"""Reading in a process of its own: the same answer, within limits, from one at hand."""

import json
import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from recognition.credentials import guarded, verification
from recognition.credentials.contexts import Contexts
from recognition.credentials.findings import Check, Report, Verdict
from recognition.credentials.guarded import Limits, Reader, Readers
from recognition.credentials.trust import Trust
from tests.credentials import made


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Readers]:
    """Readers of this test's own, ended with it."""
    own = Readers()
    monkeypatch.setattr(guarded, "_ready", own)
    yield own
    with own.turn:
        for reader in own.waiting:
            reader.end()


PATIENT = Limits(seconds=30.0)


def guardedly(content: bytes, limits: Limits = PATIENT, *, once: bool = True) -> Report:
    return guarded.verify(
        content,
        at=made.AT,
        trust=Trust(),
        contexts=Contexts(),
        limits=limits,
        once=once,
    )


def good() -> bytes:
    return json.dumps(made.sign(made.badge())).encode()


def test_another_process_answers_the_same() -> None:
    report = guardedly(good())

    assert report.verdict is Verdict.VERIFIED
    assert report.findings[Check.SIGNATURE].detail.startswith("The signature is right")


def test_the_next_reader_waits_before_it_is_asked(readers: Readers) -> None:
    readers.fill()
    [waiting] = readers.waiting
    assert waiting.line.poll(60)  # its libraries are there

    began = time.monotonic()
    assert guardedly(good(), once=False).verdict is Verdict.VERIFIED
    assert time.monotonic() - began < 5

    assert not waiting.process.is_alive()
    with readers.turn:  # given back when the next one was started
        assert waiting not in readers.waiting
    readers.fill()
    assert len(readers.waiting) == guarded.WAITING


def test_a_reader_that_died_while_waiting_is_passed_over(readers: Readers) -> None:
    readers.fill()
    readers.waiting[0].process.kill()
    readers.waiting[0].process.join()

    assert guardedly(good(), once=False).verdict is Verdict.VERIFIED


def test_readers_of_another_process_are_left_to_it(readers: Readers) -> None:
    readers.fill()
    [theirs] = readers.waiting
    readers.owner = os.getppid()  # as after a fork

    taken = readers.take()

    assert taken is not theirs
    taken.end()
    assert theirs.process.is_alive()
    theirs.end()


def test_what_takes_too_long_is_stopped() -> None:
    report = guardedly(good(), Limits(seconds=0.0))

    assert report.verdict is Verdict.UNREADABLE
    assert "it was stopped" in report.findings[Check.FORMAT].detail


def test_what_takes_too_much_memory_is_stopped() -> None:
    names = ",".join(f'"n{number}":0' for number in range(140_000))
    text = f'{{"type":["VerifiableCredential"],{names}}}'.encode()
    report = guardedly(text, Limits(memory=110 * 1024**2))

    assert report.verdict is Verdict.UNREADABLE
    assert "it was stopped" in report.findings[Check.FORMAT].detail


def test_a_reader_that_dies_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "_work", _die)

    assert guardedly(b"{}").verdict is Verdict.UNREADABLE


def _die(_line: Any) -> None:
    os._exit(9)


def test_what_a_reader_did_not_expect_is_told_and_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fault(*_file: object, **_how: object) -> Report:
        raise ZeroDivisionError

    monkeypatch.setattr(verification, "verify", fault)
    monkeypatch.setattr(guarded, "_limit", lambda _memory: None)
    ours, theirs = multiprocessing.Pipe()
    theirs.send((b"", made.AT, Trust(), Contexts(), 0))
    guarded._work(ours)  # noqa: SLF001  as the process does

    assert theirs.recv() == "ready"
    report = theirs.recv()
    assert report.verdict is Verdict.UNREADABLE
    assert "did not expect" in report.findings[Check.FORMAT].detail
    assert "ZeroDivisionError" in caplog.text


def test_a_reader_that_is_ended_leaves_nothing() -> None:
    reader = Reader.start()
    reader.end()

    assert reader.process.exitcode is not None
    assert reader.line.closed


def test_more_files_than_turns_wait_and_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(guarded, "TO_WAIT", 0.01)
    monkeypatch.setattr(guarded, "_turns", threading.BoundedSemaphore(1))
    monkeypatch.setattr(Reader, "start", classmethod(lambda cls: cls))
    monkeypatch.setattr(Reader, "read", lambda *_task: guardedly(b"{}"))

    with pytest.raises(guarded.Busy):
        guardedly(b"{}")
    monkeypatch.setattr(Reader, "read", lambda *_task: None)

    assert guardedly(b"{}").verdict is Verdict.UNREADABLE

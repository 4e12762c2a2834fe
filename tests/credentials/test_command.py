"""manage.py verify_credential, and the process that it reads strangers' files in."""

import json
import os
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from recognition.credentials import guarded, verification
from recognition.credentials.contexts import Contexts
from recognition.credentials.findings import Check, Report, Verdict
from recognition.credentials.trust import Trust
from tests.credentials import made


def called(
    capsys: pytest.CaptureFixture[str], path: Path, *options: str
) -> tuple[int, Any]:
    with pytest.raises(SystemExit) as left:
        call_command("verify_credential", str(path), *options)
    return int(left.value.code or 0), capsys.readouterr().out


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process: what starting another one costs is tested once."""
    monkeypatch.setattr(guarded, "verify", verification.verify)


@pytest.mark.parametrize(
    ("content", "code", "verdict"),
    [
        (made.sign(made.badge()), 0, "verified"),
        (made.changed(made.sign(made.badge())), 1, "invalid"),
        (made.badge(), 2, "unverified"),
        ({}, 3, "unreadable"),
    ],
    ids=["verified", "invalid", "unverified", "unreadable"],
)
def test_code_and_data(
    content: dict[str, Any],
    code: int,
    verdict: str,
    here: None,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "any.name"
    path.write_text(json.dumps(content))

    left, out = called(capsys, path, "--json", "--at", "2026-06-01")

    told = json.loads(out)
    assert (left, told["verdict"]) == (code, verdict)
    assert [check["name"] for check in told["checks"]] == [
        check.value for check in Check
    ]
    assert {check["result"] for check in told["checks"]} <= {"pass", "fail", "unknown"}
    assert all(check["detail"] for check in told["checks"])


def test_a_day_and_a_register_are_taken(
    here: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, register = tmp_path / "badge.json", tmp_path / "register.json"
    path.write_text(json.dumps(made.sign(made.badge())))
    register.write_text(
        json.dumps(
            {
                "institutions": [
                    {
                        "name": "Universitatea Exemplu",
                        "identifiers": [made.did()],
                        "quality_assured": [
                            {
                                "source": "https://agency.example/1",
                                "until": "2026-01-31",
                            }
                        ],
                    }
                ],
                "applicant": {"identifiers": ["did:example:learner"]},
            }
        )
    )

    code, out = called(capsys, path, "--at", "2026-01-15", "--registry", str(register))

    assert code == 0
    for check in ("issuer", "quality_assurance", "recipient"):
        assert f"  pass    {check} " in out
    assert "  title: Data ethics" in out
    assert called(capsys, path, "--at", "2026-01-14T00:00")[0] == 1


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("verify_credential", str(tmp_path / "nothing"))
    register = tmp_path / "list.json"
    for wrong in ("[]", '{"anchors": ["no certificate"]}', '{"institutions": [{}]}'):
        register.write_text(wrong)
        with pytest.raises(CommandError, match="not a register of trust"):
            call_command("verify_credential", str(register), registry=register)


# The process


def guardedly(content: bytes, **limits: Any) -> Report:
    return guarded.verify(
        content,
        at=made.AT,
        trust=Trust(),
        contexts=Contexts(),
        **{"seconds": 30.0, **limits},
    )


def test_another_process_answers_the_same() -> None:
    report = guardedly(json.dumps(made.sign(made.badge())).encode())

    assert report.verdict is Verdict.VERIFIED
    assert report.findings[Check.SIGNATURE].detail.startswith("The signature is right")


def test_what_takes_too_long_is_stopped() -> None:
    began = time.monotonic()
    report = guardedly(json.dumps(made.sign(made.badge())).encode(), seconds=0.0)

    assert report.verdict is Verdict.UNREADABLE
    assert "it was stopped" in report.findings[Check.FORMAT].detail
    assert time.monotonic() - began < 30


def test_what_takes_too_much_memory_is_stopped() -> None:
    report = guardedly(b"[" + b"[]," * 2_600_000 + b"[]]", memory=200 * 1024**2)

    assert report.verdict is Verdict.UNREADABLE
    assert "it was stopped" in report.findings[Check.FORMAT].detail


def test_more_files_than_turns_wait_and_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(guarded, "TO_WAIT", 0.01)
    monkeypatch.setattr(guarded, "_turns", threading.BoundedSemaphore(1))
    monkeypatch.setattr(guarded, "_in_a_process", lambda *_task: guardedly(b"{}"))

    with pytest.raises(guarded.Busy):
        guardedly(b"{}")
    monkeypatch.setattr(guarded, "_in_a_process", lambda *_task: None)

    assert guardedly(b"{}").verdict is Verdict.UNREADABLE


def test_a_process_that_dies_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "_work", _die)

    assert guardedly(b"{}").verdict is Verdict.UNREADABLE


def _die(_theirs: Any, _memory: int) -> None:
    os._exit(9)

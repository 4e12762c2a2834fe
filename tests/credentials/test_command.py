"""manage.py verify_credential: its exit codes, its data, its sentences."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from recognition.credentials import guarded, verification
from recognition.credentials.findings import Check, Report
from recognition.management.commands import verify_credential
from tests.credentials import made
from tests.credentials.served import HOST, gives, served


def called(
    capsys: pytest.CaptureFixture[str], path: Path, *options: str
) -> tuple[int, Any]:
    with pytest.raises(SystemExit) as left:
        call_command("verify_credential", str(path), *options)
    return int(left.value.code or 0), capsys.readouterr().out


def directly(content: bytes, *, once: bool, **known: Any) -> Report:
    assert once  # a command reads one file
    return verification.verify(content, **known)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process: what starting another one costs is tested once."""
    monkeypatch.setattr(guarded, "verify", directly)


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the database would be, if there were one."""
    path = tmp_path / "db.sqlite3"
    monkeypatch.setitem(connection.settings_dict, "NAME", str(path))
    return path


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


def test_without_a_database_nothing_is_known_and_none_is_made(
    here: None, nowhere: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "badge.json"
    path.write_text(json.dumps(made.sign(made.badge())))

    with pytest.raises(SystemExit) as left:
        call_command("verify_credential", str(path), "--json", "--at", "2026-06-01")

    told = capsys.readouterr()
    assert left.value.code == 0
    assert json.loads(told.out)["verdict"] == "verified"
    assert told.err == "No register of trust is at hand: nothing is known of issuers.\n"
    assert not nowhere.exists()


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


def test_documents_are_looked_up_when_asked_for(
    here: None,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    did = f"did:web:{HOST}"
    path = tmp_path / "badge.json"
    signed = made.sign(
        made.badge(did, **made.revocable()), method=f"{did}#{made.multibase()}"
    )
    path.write_text(json.dumps(signed))
    with served(tmp_path) as site:
        site.answers["/.well-known/did.json"] = gives(made.document_of(did))
        monkeypatch.setattr(verify_credential, "Fetcher", site.fetcher)

        code, _out = called(capsys, path, "--at", "2026-06-01")
        assert (code, site.asked) == (2, [])
        with pytest.raises(SystemExit):
            call_command("verify_credential", str(path), "--look-up", "--json")

    told = capsys.readouterr()
    results = {one["name"]: one["result"] for one in json.loads(told.out)["checks"]}
    assert (results["key_binding"], results["status"]) == ("pass", "unknown")
    assert f"{made.LIST}: The server {HOST} answered 404." in told.err


def test_only_hosts_of_the_list_are_asked_where_there_is_one(
    here: None,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings.ATESTA_LOOK_UP_HOSTS = ["other.example"]
    did = f"did:web:{HOST}"
    path = tmp_path / "badge.json"
    signed = made.sign(made.badge(did), method=f"{did}#{made.multibase()}")
    path.write_text(json.dumps(signed))
    with served(tmp_path) as site:
        monkeypatch.setattr(verify_credential, "Fetcher", site.fetcher)
        with pytest.raises(SystemExit):
            call_command("verify_credential", str(path), "--look-up")

    assert site.dialled == []
    assert f"{did}: The server {HOST} is not among those" in capsys.readouterr().err


@pytest.mark.parametrize(
    "options", [(), ("--at", "yesterday"), ("--unknown",)], ids=str
)
def test_a_question_out_of_shape_is_no_answer(
    options: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2 says “unverified”."""
    file = ["badge.json"] if options else []
    with pytest.raises(SystemExit) as left:
        verify_credential.Command().run_from_argv(
            ["manage.py", "verify_credential", *file, *options]
        )

    assert left.value.code == 4
    assert "usage:" in capsys.readouterr().err


def test_help_is_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        verify_credential.Command().run_from_argv(["manage.py", "x", "--help"])

    assert left.value.code == 0
    assert "4 wrongly asked" in " ".join(capsys.readouterr().out.split())


def test_no_more_is_read_than_any_reader_takes(
    here: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "endless"
    with path.open("wb") as file:
        file.truncate(2**40)  # of zeros that take no room

    code, out = called(capsys, path, "--json")

    assert code == 3
    assert "larger than 20 MB" in json.loads(out)["checks"][0]["detail"]


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("verify_credential", str(tmp_path / "nothing"))
    register = tmp_path / "list.json"
    for wrong in ("[]", '{"anchors": ["no certificate"]}', '{"institutions": [{}]}'):
        register.write_text(wrong)
        with pytest.raises(CommandError, match="not a register of trust"):
            call_command("verify_credential", str(register), registry=register)

"""manage.py verify_credential in a house with a register of trust of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError

from recognition import register_of_trust
from recognition.enums import TrustKind
from recognition.management.commands import verify_credential
from recognition.models import AskedHost
from recognition.services import looking_up
from tests.credentials import made
from tests.credentials.served import HOST, gives, served
from tests.recognition import files

ROOT = Path(__file__).parents[2]


@pytest.fixture
def badge(tmp_path: Path) -> Path:
    path = tmp_path / "badge.json"
    path.write_bytes(files.content(files.badge()))
    return path


def called(capsys, path: Path, *options: str) -> dict[str, str]:
    with pytest.raises(SystemExit):
        call_command("verify_credential", str(path), "--json", *options)
    told = json.loads(capsys.readouterr().out)
    return {one["name"]: one["result"] for one in told["checks"]}


def test_what_the_house_confirmed_counts_as_on_the_officers_page(office, badge, capsys):
    before = called(capsys, badge)
    files.confirmed(office, TrustKind.DID, made.did())

    found = called(capsys, badge)

    assert (before["issuer"], found["issuer"]) == ("unknown", "pass")
    assert found["quality_assurance"] == "pass"


def test_a_register_that_is_handed_in_stands_instead(office, badge, capsys, tmp_path):
    files.confirmed(office, TrustKind.DID, made.did())
    register = tmp_path / "register.json"
    register.write_text("{}")

    assert called(capsys, badge, "--registry", str(register))["issuer"] == "unknown"


def test_a_database_without_tables_or_out_of_reach(badge, capsys, monkeypatch):
    def fail(*_moment):
        raise DatabaseError("no such table: recognition_trustentry")

    monkeypatch.setattr(register_of_trust, "known_at", fail)

    assert called(capsys, badge)["issuer"] == "unknown"


def test_its_look_ups_count_with_those_of_the_workers(
    office, tmp_path, capsys, monkeypatch
):
    """One line for each of two commands: a host is asked so often in a minute."""
    did = f"did:web:{HOST}"
    path = tmp_path / "badge.json"
    signed = made.sign(made.badge(did), method=f"{did}#{made.multibase()}")
    path.write_bytes(files.content(signed))
    monkeypatch.setattr(looking_up, "MOST_A_MINUTE", 1)

    with served(tmp_path) as site:
        site.answers["/.well-known/did.json"] = gives(made.document_of(did))
        monkeypatch.setattr(verify_credential, "Fetcher", site.fetcher)
        found = [
            called(capsys, path, "--look-up")["key_binding"] for _number in range(2)
        ]

    assert found == ["pass", "unknown"]
    assert len(site.asked) == 1
    assert AskedHost.objects.count() == 1


@pytest.mark.parametrize("content", [None, b""], ids=["no file", "an empty one"])
def test_in_a_house_that_is_not_set_up(badge, tmp_path, content):
    folder = tmp_path / "var"
    folder.mkdir()
    if content is not None:
        (folder / "db.sqlite3").write_bytes(content)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "ATESTA_DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
    }

    done = subprocess.run(
        [sys.executable, "manage.py", "verify_credential", badge],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (
        0,
        "No register of trust is at hand: nothing is known of issuers.\n",
    )
    assert (folder / "db.sqlite3").exists() is (content is not None)

"""Vocabularies are known by their content, wherever they come from."""

import hashlib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from recognition.credentials import contexts, verification
from recognition.credentials.contexts import Contexts
from recognition.credentials.findings import Check
from recognition.credentials.refusals import UnknownContext
from recognition.credentials.trust import Trust
from recognition.management.commands import contexts as command
from tests.credentials import made
from tests.credentials.served import HOST, OTHER, gives, sends_to, served

URL = contexts.VC_1
CONTENT = b'{"@context": {"x": "https://x.example/"}}'


@pytest.fixture
def pinned(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Path:
    """A vocabulary of ours in the place of one that cannot be in the repository."""
    digest = hashlib.sha256(CONTENT).hexdigest()
    monkeypatch.setattr(contexts, "INSTALLABLE", {URL: digest})
    settings.CONTEXTS_DIR = tmp_path / "installed"
    return settings.CONTEXTS_DIR


def test_the_package_ships_what_is_pinned() -> None:
    shipped = {
        hashlib.sha256(one.read_bytes()).hexdigest()
        for one in resources.files("openbadgeslib.ob3.contexts").iterdir()
        if one.name.endswith(".json")
    }

    assert set(contexts.PACKAGED.values()) == shipped
    assert all(Contexts().document(url) for url in contexts.PACKAGED)


def test_from_a_folder_only_what_is_pinned(
    pinned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "source" / "deep"
    source.mkdir(parents=True)
    (source / "any name").write_bytes(CONTENT)
    (source / "other").write_bytes(b"{}")

    call_command("contexts", "install", str(tmp_path / "source"))

    assert capsys.readouterr().out == f"installed  {URL}\n"
    assert [one.read_bytes() for one in pinned.iterdir()] == [CONTENT]
    assert Contexts(pinned).document(URL) == {"@context": {"x": "https://x.example/"}}
    call_command("contexts", "list")
    assert f"installed  {URL}" in capsys.readouterr().out


def test_a_folder_without_any_is_told(pinned: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No file"):
        call_command("contexts", "install", str(tmp_path))
    with pytest.raises(CommandError, match="not a folder"):
        call_command("contexts", "install", str(tmp_path / "nowhere"))


def test_a_file_that_was_changed_since_is_not_read(pinned: Path) -> None:
    contexts.install(CONTENT, pinned)
    next(pinned.iterdir()).write_bytes(b"{}")

    with pytest.raises(UnknownContext, match="not installed"):
        Contexts(pinned).document(URL)


def test_a_file_that_was_altered_is_missing_and_is_fetched_anew(
    pinned: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    url, digest = f"https://{HOST}/context", hashlib.sha256(CONTENT).hexdigest()
    monkeypatch.setattr(contexts, "INSTALLABLE", {url: digest})
    contexts.install(CONTENT, pinned)
    (pinned / digest).write_bytes(b"{}")

    call_command("contexts", "list")
    listed = capsys.readouterr().out
    with served(tmp_path) as site:
        monkeypatch.setattr(command, "Fetcher", site.fetcher)
        site.answers["/context"] = gives(CONTENT)
        call_command("contexts", "install", "--download")

    assert f"missing    {url}" in listed
    assert (pinned / digest).read_bytes() == CONTENT


def test_download_follows_a_service_of_redirections(
    pinned: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """w3id.org, which pinned addresses name, gives nothing itself."""
    url, digest = f"https://{HOST}/context", hashlib.sha256(CONTENT).hexdigest()
    monkeypatch.setattr(contexts, "INSTALLABLE", {url: digest})
    with served(tmp_path) as site:
        monkeypatch.setattr(command, "Fetcher", site.fetcher)
        site.answers["/context"] = sends_to(f"https://{OTHER}/there")
        site.answers["/there"] = gives(CONTENT)
        call_command("contexts", "install", "--download")

    assert site.asked == [(HOST, "/context"), (OTHER, "/there")]
    assert [one.read_bytes() for one in pinned.iterdir()] == [CONTENT]


def test_download_takes_only_what_is_pinned(
    pinned: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    url = f"https://{HOST}/context"
    monkeypatch.setattr(
        contexts, "INSTALLABLE", {url: hashlib.sha256(CONTENT).hexdigest()}
    )
    with served(tmp_path) as site:
        monkeypatch.setattr(command, "Fetcher", site.fetcher)
        for answer, sentence in (
            (gives({}), "not the one that is pinned"),
            (gives({}, status=503), "answered 503"),
            (gives(CONTENT, "text/html"), "no credential"),
        ):
            site.answers["/context"] = answer
            with pytest.raises(CommandError, match=sentence):
                call_command("contexts", "install", "--download")
        site.answers["/context"] = gives(CONTENT, "application/schema+json")
        call_command("contexts", "install", "--download")
        call_command("contexts", "install", "--download")

    assert capsys.readouterr().out == f"installed  {url}\n"
    assert len(site.asked) == 4


def test_download_asks_no_inner_server(
    pinned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contexts, "INSTALLABLE", {"https://localhost/": "0" * 64})

    with pytest.raises(CommandError, match="with a name of their own"):
        call_command("contexts", "install", "--download")


# Official schemas


SCHEMA = b'{"required": ["evidence"]}'


def structure_with(schema: bytes, monkeypatch: pytest.MonkeyPatch, folder: Path) -> Any:
    digest = hashlib.sha256(schema).hexdigest()
    monkeypatch.setitem(contexts.INSTALLABLE, contexts.ACHIEVEMENT_SCHEMA, digest)
    contexts.install(schema, folder)
    report = verification.verify(
        made.as_bytes(made.badge()),
        at=made.AT,
        trust=Trust(),
        contexts=Contexts(folder),
    )
    return report.findings[Check.STRUCTURE]


def test_an_installed_schema_is_asked_as_well(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = structure_with(SCHEMA, monkeypatch, tmp_path)

    assert found.result == "fail"
    assert "“required” of its official schema" in found.detail


def test_a_schema_that_was_altered_since_is_not_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    digest = hashlib.sha256(SCHEMA).hexdigest()
    monkeypatch.setitem(contexts.INSTALLABLE, contexts.ACHIEVEMENT_SCHEMA, digest)
    (tmp_path / digest).write_bytes(b'{"required": []}')

    whole, nameless = (
        verification.verify(
            made.as_bytes(one),
            at=made.AT,
            trust=Trust(),
            contexts=Contexts(tmp_path),
        )
        for one in (made.sign(made.badge()), made.badge(type=["VerifiableCredential"]))
    )

    assert whole.verdict == "verified"
    assert "was altered" in whole.findings[Check.STRUCTURE].detail
    assert nameless.findings[Check.STRUCTURE].result == "fail"


def test_a_schema_elsewhere_is_not_fetched(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    elsewhere = b'{"$ref": "https://stranger.example/schema.json"}'
    found = structure_with(elsewhere, monkeypatch, tmp_path)

    assert found.result == "pass"

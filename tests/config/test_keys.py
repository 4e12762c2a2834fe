"""Where the secret key comes from, and how the key of the seals is written."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import keys
from qa import seal_key


def test_a_stated_key_wins_over_the_kept_one(tmp_path):
    kept = tmp_path / "secret.key"
    kept.write_text("kept\n")

    assert keys.secret_key(kept, "stated") == "stated"
    assert keys.secret_key(kept, "") == "kept"


def test_a_missing_key_stops_with_the_remedy(tmp_path):
    with pytest.raises(ImproperlyConfigured, match=r"start\.py --prepare"):
        keys.secret_key(tmp_path / "secret.key", "")


def test_an_empty_key_is_none(tmp_path):
    (tmp_path / "secret.key").touch()

    with pytest.raises(ImproperlyConfigured, match=r"start\.py --prepare"):
        keys.secret_key(tmp_path / "secret.key", "")


def test_the_seal_key_is_whole_or_absent_and_never_replaced(tmp_path, monkeypatch):
    kept = tmp_path / "seal.key"

    def die(*_given):
        raise SystemError

    with monkeypatch.context() as dying:
        dying.setattr(Path, "write_bytes", die)
        with pytest.raises(SystemError):
            seal_key.make(kept)
    assert not kept.exists()

    seal_key.make(kept)
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.read_bytes().startswith(b"-----BEGIN PRIVATE KEY-----")
    with pytest.raises(FileExistsError):
        seal_key.make(kept)

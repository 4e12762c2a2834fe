"""The recognition office on a Monday morning."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qa import clock
from recognition.credentials import guarded, verification
from recognition.credentials.findings import Report
from tests.factories import recognition as r
from tests.rows import remembered


@pytest.fixture
def office(db: None) -> Iterator[r.Office]:
    with clock.at(r.MORNING):
        yield remembered("office", r.build)


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are verified in this process: what starting another costs is tested once."""

    def verify(content: bytes, *, once: bool = False, **known: Any) -> Report:
        return verification.verify(content, **known)

    monkeypatch.setattr(guarded, "verify", verify)


@pytest.fixture
def stored(settings: Any, tmp_path: Path) -> None:
    """Documents lie in a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path

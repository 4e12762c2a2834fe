"""A served house and a real browser for the browser tests."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import house
from tests.browser.house import House

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


# Minutes long: begun first, nobody waits for them in the end. What needs no house comes
# second, while the house is being prepared.
FIRST = ("tests/browser/test_accessibility", "tests/properties/", "tests/browser/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of this folder are marked, and skipped where there is no Chromium."""
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.apart)
            if CHROMIUM is None:
                reason = (
                    "no Chromium on this machine"
                    " (Debian: apt install chromium-headless-shell)"
                )
                item.add_marker(pytest.mark.skip(reason=reason))
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    path = str(item.path)
    return next((n for n, part in enumerate(FIRST) if part in path), len(FIRST))


@pytest.fixture(scope="session")
def demo(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The demo university, to be looked at by every test."""
    with house.copied(prepared, tmp_path_factory.mktemp("house")) as found:
        yield found


@pytest.fixture(scope="session")
def address(demo: House) -> str:
    """Where the demo university answers."""
    return demo.address


@pytest.fixture
def own_house(prepared: Path, tmp_path: Path) -> Iterator[House]:
    """A house for one test, whose days may pass."""
    with house.copied(prepared, tmp_path) as found:
        yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a window.

    Its driver keeps an event loop running: the next module's tests shall find none.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()

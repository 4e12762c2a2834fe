"""The pictures of the README and the docs, taken from the product.

`.venv/bin/python -m tests.browser.pictures` starts a fresh house and takes them anew.
"""

import tempfile
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

from tests.browser import house
from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.people import screen, sign_in

FOLDER = house.ROOT / "docs" / "pictures"
WIDE, PHONE = {"width": 1366, "height": 900}, {"width": 390, "height": 844}


class Picture(NamedTuple):
    """Who opens which page and follows the first of these links on it."""

    name: str
    person: str
    path: str
    follow: str = ""
    viewport: dict[str, int] = WIDE
    language: str = "en"
    scheme: str = "light"


PICTURES = (
    Picture("work", "sanziana.marin@uvd.example", "/"),
    Picture(
        *("proposal", "teodora.bucur@uvd.example"),
        *("/micro-credentials/?q=nurses", ".row-facts a"),
    ),
    Picture("recognition", "daria.stan@uvd.example", "/recognition/", ".row-title a"),
    Picture("register", "", "/register/", language="ro", viewport=PHONE),
    Picture(
        *("panel", "teodora.bucur@uvd.example"),
        *("/micro-credentials/?q=negotiation", ".row-facts a"),
        scheme="dark",
    ),
)


def take(page: Page, picture: Picture) -> None:
    if picture.person:
        sign_in(page, picture.person)
    page.goto(picture.path)
    if picture.follow:
        page.locator(picture.follow).first.click()
        page.wait_for_load_state()
    page.screenshot(path=FOLDER / f"{picture.name}.png")


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        house.opened(Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for picture in PICTURES:
            with screen(
                chromium,
                address,
                language=picture.language,
                viewport=picture.viewport,
                color_scheme=picture.scheme,
            ) as page:
                take(page, picture)
        chromium.close()


if __name__ == "__main__":
    main()

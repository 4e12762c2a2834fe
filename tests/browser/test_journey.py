"""A proposal from the first word to a submitted dossier, by people at a screen."""

import pytest
from playwright.sync_api import Browser

from tests.browser.people import screen, sign_in

COORDINATOR = "andrei.ionescu@uvd.example"


@pytest.mark.parametrize(
    ("language", "scripts", "title"),
    [
        ("en", True, "Water quality in the delta"),
        ("ro", False, "Calitatea apei în deltă"),
    ],
)
def test_a_coordinator_opens_and_writes_a_proposal(
    chromium: Browser, address: str, language: str, scripts: bool, title: str
) -> None:
    with screen(
        chromium, address, language=language, java_script_enabled=scripts
    ) as page:
        sign_in(page, COORDINATOR)
        page.goto("/micro-credentials/new/")
        page.fill("input[name=title_ro]", title)
        page.locator("main form button").last.click()
        page.wait_for_url("**/procedures/*/**")

        assert title in page.content()
        page.goto(page.url.split("/procedures/")[0] + "/micro-credentials/")
        assert title in page.content()


@pytest.mark.parametrize("language", ["en", "ro"])
def test_anybody_finds_an_entry_of_the_register(
    chromium: Browser, address: str, language: str
) -> None:
    with screen(chromium, address, language=language) as page:
        page.goto("/register/")
        page.fill("input[name=q]", "translation" if language == "en" else "traducere")
        page.locator("form.filters button").click()
        page.locator(".rows .row-title a").first.click()

        assert page.locator("h1").inner_text()
        assert page.locator("dl.facts").count() >= 2

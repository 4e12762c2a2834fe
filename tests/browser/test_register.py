"""The public register, for anybody who looks."""

import pytest
from playwright.sync_api import Browser

from tests.browser.people import screen


@pytest.mark.parametrize("language", ["en", "ro"])
def test_anybody_finds_an_entry_of_the_register(
    chromium: Browser, address: str, language: str
) -> None:
    with screen(chromium, address, language=language) as page:
        page.goto("/register/")
        page.fill("input[name=q]", "translation" if language == "en" else "traducere")
        for pressed in ("form.filters button", ".rows .row-title a"):
            with page.expect_navigation():
                page.locator(pressed).first.click()

        assert page.locator("h1").inner_text()
        assert page.locator("dl.facts").count() >= 2

"""A person at a screen: signs in as people do, in a language, with or without scripts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser.house import PASSWORD


@contextmanager
def screen(
    chromium: Browser, address: str, *, language: str = "en", **options: Any
) -> Iterator[Page]:
    """A fresh window: width, colour_scheme and the rest as Playwright calls them."""
    context = chromium.new_context(base_url=address, **options)
    context.set_default_timeout(15_000)
    context.add_cookies(
        [{"name": "django_language", "value": language, "url": address}]
    )
    yield context.new_page()
    context.close()


def sign_in(page: Page, email: str) -> None:
    """From the sign-in page to My work."""
    page.goto("/sign-in/")
    page.fill("#id_username", email)
    page.fill("#id_password", PASSWORD)
    with page.expect_navigation():
        page.press("#id_password", "Enter")

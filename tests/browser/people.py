"""A person at a screen: signs in and out as people do, fills forms in, presses buttons.

Everything is found by names and addresses, never by words: the same steps are taken in
both languages, and without scripts.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Locator, Page

from tests.browser.house import PASSWORD

KINDS = """all => Object.fromEntries(all.map(it => [
    it.name, {kind: it.type, folded: it.closest("details:not([open])") !== null}
]))"""
BOXES = """all => all.map(it => ({
    value: it.value,
    ticked: it.checked,
    beside: it.labels.length ? it.labels[0].textContent.trim() : "",
}))"""
ADDRESSES = "all => all.map(link => link.getAttribute('href'))"
WRONG = "main .errors, main .error, .notice-error"


@contextmanager
def screen(
    chromium: Browser, address: str, *, language: str = "en", **options: Any
) -> Iterator[Page]:
    """A fresh window: width, colour_scheme and the rest as Playwright calls them.

    Nothing glides in it: a button that scrolls slowly into view is waited for.
    """
    context = chromium.new_context(base_url=address, reduced_motion="reduce", **options)
    context.set_default_timeout(45_000)  # a busy machine is no fault
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


@contextmanager
def seated(page: Page, email: str) -> Iterator[Page]:
    """Signed in for the block, then out again by the button in the head of the page."""
    sign_in(page, email)
    assert page.locator("form[action='/sign-out/']").count(), f"{email} is not in"
    yield page
    press(page, "form[action='/sign-out/'] button")
    assert page.url.endswith("/sign-in/")


def follow(page: Page, href: str) -> None:
    """Follow the first link of the page whose address matches the pattern."""
    links = page.locator("a[href]")
    found = [
        place
        for place, link in enumerate(links.evaluate_all(ADDRESSES))
        if re.search(href, link)
    ]
    assert found, f"{page.url} leads nowhere like {href}:\n{words_of(page)}"
    with page.expect_navigation() as answer:
        links.nth(found[0]).click()
    assert answer.value.ok, f"{page.url} answers {answer.value.status}"


def open_work(page: Page, case: str) -> None:
    """From My work to the page where the case waits for this person."""
    row = page.locator("main .rows li").filter(has_text=case)
    assert row.count(), f"{case} does not wait here:\n{words_of(page)}"
    with page.expect_navigation():
        row.first.locator(".row-title a").click()


def press(page: Page, button: str) -> None:
    """Press a button that posts; what it says is wrong ends the test."""
    with page.expect_navigation() as answer:
        page.locator(button).first.click()
    told = " | ".join(page.locator(WRONG).all_inner_texts())
    assert not told, f"{page.url}: {told}"
    assert answer.value.ok, f"{page.url} answers {answer.value.status}"


def download(page: Page, href: str, *, last: bool = False) -> bytes:
    """What a link of the page gives, with the person's own session."""
    links = page.locator("main a[href]").evaluate_all(ADDRESSES)
    found = [link for link in links if re.search(href, link)]
    assert found, f"{page.url} offers nothing like {href}:\n{words_of(page)}"
    answer = page.request.get(found[-1 if last else 0])
    assert answer.ok, f"{answer.url} answers {answer.status}"
    return answer.body()


def words_of(page: Page) -> str:
    return page.locator("main").inner_text()


def fill(page: Page, values: Mapping[str, Any], form: str = "main form") -> None:
    """Fill fields in by their names: text, choices, ticks, days, files."""
    kinds = page.eval_on_selector_all(f"{form} [name]", KINDS)
    for name, value in values.items():
        assert name in kinds, f"{page.url} has no field {name}"
        fields, kind = page.locator(f"{form} [name='{name}']"), kinds[name]["kind"]
        if kinds[name]["folded"]:
            _unfold(fields.first)
        if kind in ("checkbox", "radio"):
            _choose(fields, kind, value)
        elif kind.startswith("select"):
            fields.first.select_option(str(value))
        elif kind == "file":
            fields.first.set_input_files(value)
        else:
            fields.first.fill("" if value is None else str(value))


def _unfold(field: Locator) -> None:
    """Open the part of the page that holds the field."""
    for part in field.locator("xpath=ancestor::details[not(@open)]").all():
        part.locator("summary").first.click()


def _choose(fields: Locator, kind: str, value: Any) -> None:
    """One of several by its value; several by value or by the words beside them."""
    if isinstance(value, bool) and kind == "checkbox":
        fields.first.set_checked(value)
        return
    wanted = [str(one) for one in value] if isinstance(value, list) else [str(value)]
    for place, told in enumerate(fields.evaluate_all(BOXES)):
        chosen = told["value"] in wanted or told["beside"] in wanted
        if chosen != told["ticked"] and (chosen or kind == "checkbox"):
            fields.nth(place).set_checked(chosen)

"""Every page against axe: narrow and wide, light and dark, both languages.

The pages are all named addresses that answer a GET with HTML. Empty lists, refusals and
forms sent back with errors are pages too.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.browser import catalogue
from tests.browser.catalogue import NOBODY, Crawler, Place
from tests.browser.people import screen, sign_in

EVERY_RULE: dict[str, object] = {"resultTypes": ["violations"]}
# All that axe looks at which the scheme of colours can change.
COLOURS: dict[str, object] = {**EVERY_RULE, "runOnly": ["color-contrast"]}
WIDE_LIGHT, NARROW_DARK = (1366, "light", EVERY_RULE), (390, "dark", EVERY_RULE)
LOOKS = [WIDE_LIGHT, (1366, "dark", COLOURS), NARROW_DARK, (390, "light", COLOURS)]
ASK_AXE = """async options => {
    const found = (await axe.run(document, options)).violations;
    return found.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 120)}`);
}"""
OFFICER = "teodora.bucur@uvd.example"
# Nothing found, nothing to do, nothing there, nothing for this person.
EMPTY = [
    Place(NOBODY, "/register/?q=zzzz"),
    Place(NOBODY, "/register/NO-0000-000/"),
    Place(NOBODY, "/verify/AAAA-AAAA-AAAA/"),
    Place(NOBODY, "/nowhere/"),
    Place("lavinia.filip@uvd.example", "/"),
    Place("mara.pintilie@post.example", "/micro-credentials/"),
    Place(OFFICER, "/micro-credentials/?q=zzzz"),
    Place(OFFICER, "/micro-credentials/new/"),
]
SEND_BLANK = """form => {
    form.noValidate = true;
    for (const field of form.elements) {
        if (field.type === 'checkbox' || field.type === 'radio') field.checked = false;
        else if (field.type !== 'hidden' && 'value' in field) field.value = '';
    }
    HTMLFormElement.prototype.submit.call(form);
}"""


@pytest.fixture(scope="session")
def crawled(chromium: Browser, address: str) -> Crawler:
    return catalogue.crawl(chromium, address)


def wrongs_of(page: Page, looks: Sequence[Any] = LOOKS) -> Iterator[str]:
    """What axe finds in each look, and whether the page is wider than the screen."""
    page.evaluate(AXE_SCRIPT)
    for width, scheme, rules in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        for told in page.evaluate(ASK_AXE, rules):
            yield f"{width} {scheme} {told}"
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            yield f"{wide} px wide at {width}"


def by_person(places: list[Place]) -> Iterator[tuple[str, list[Place]]]:
    for person, theirs in groupby(sorted(places), key=lambda place: place.person):
        yield person, list(theirs)


def look_at(
    chromium: Browser, address: str, language: str, places: list[Place]
) -> dict[str, list[str]]:
    """By address, what is wrong with the page; nothing where all is well."""
    wrong = {}
    for person, theirs in by_person(places):
        with screen(chromium, address, language=language) as page:
            if person:
                sign_in(page, person)
            for place in theirs:
                page.goto(place.path)
                assert urlsplit(page.url).path == urlsplit(place.path).path
                if told := list(wrongs_of(page)):
                    wrong[place.path] = told
    return wrong


def test_every_named_address_is_among_the_pages(crawled: Crawler) -> None:
    assert not crawled.missing()


@pytest.mark.parametrize("language", ["en", "ro"])
def test_every_page_holds_the_rules(
    chromium: Browser, address: str, crawled: Crawler, language: str
) -> None:
    places = [*crawled.places.values(), *crawled.stages.values(), *EMPTY]

    assert not look_at(chromium, address, language, places)


@pytest.mark.parametrize("language", ["en", "ro"])
def test_a_form_sent_back_holds_the_rules(
    chromium: Browser, address: str, crawled: Crawler, language: str
) -> None:
    wrong, sent_back = {}, 0
    for person, theirs in by_person(list(crawled.places.values())):
        with screen(chromium, address, language=language) as page:
            if person:
                sign_in(page, person)
            for place in theirs:
                page.goto(place.path)
                form = page.locator(
                    "main form[method=post]:has(:is(input:not([type=hidden]), textarea, select))"
                )
                if not form.count():
                    continue
                with page.expect_navigation():
                    form.first.evaluate(SEND_BLANK)
                sent_back += page.locator(".errors").count()
                if told := list(wrongs_of(page, (WIDE_LIGHT, NARROW_DARK))):
                    wrong[place.path] = told

    assert not wrong
    assert sent_back >= 20

"""Every page against axe: narrow and wide, light and dark, both languages.

The pages are all named addresses that answer a GET with HTML. Empty lists, refusals and
forms sent back with errors are pages too. One page is looked at from every side in English
and once, narrow and dark, in Romanian; of the next it is Romanian that is seen whole.
Further pages and stages behind an address are looked at once, in one language. `-m soak`
asks every rule of all of them, from every side, in both.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Browser, Page, StorageState

from tests.browser import catalogue
from tests.browser.catalogue import NOBODY, Crawler, Place
from tests.browser.house import House
from tests.browser.people import screen
from tests.credentials import made

WIDE, NARROW = 1366, 390
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
Look = tuple[int, str, dict[str, Any]]
# The other scheme changes colours alone, so there the rules about colours are asked.
LOOKS: tuple[Look, ...] = (
    (WIDE, "light", {}),
    (WIDE, "dark", COLOURS),
    (NARROW, "dark", COLOURS),
    (NARROW, "light", {}),
)
EVERY_RULE: tuple[Look, ...] = tuple((width, scheme, {}) for width, scheme, _ in LOOKS)
LANGUAGES = ("en", "ro")
ONE_LOOK: dict[str, tuple[Look, ...]] = {
    "en": ((WIDE, "light", {}),),
    "ro": ((NARROW, "dark", {}),),
}
# No sounds and no style sheets of others to fetch for the rules.
ASK_AXE = """async options => {
    const asked = {resultTypes: ["violations"], preload: false, ...options};
    const found = (await axe.run(document, asked)).violations;
    const told = found.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 120)}`);
    return [document.documentElement.scrollWidth, told];
}"""
OFFICER = "teodora.bucur@uvd.example"
RECOGNISER = "daria.stan@uvd.example"
# Nothing found, nothing to do, nothing there, nothing for this person.
EMPTY = [
    Place(NOBODY, "/register/?q=zzzz"),
    Place(NOBODY, "/register/NO-0000-000/"),
    Place(NOBODY, "/verify/AAAA-AAAA-AAAA-AAA1/"),
    Place(NOBODY, "/nowhere/"),
    Place("lavinia.filip@uvd.example", "/"),
    Place("mara.pintilie@post.example", "/micro-credentials/"),
    Place(OFFICER, "/micro-credentials/?q=zzzz"),
    Place(OFFICER, "/micro-credentials/new/"),
    Place(RECOGNISER, "/recognition/trust/?q=zzzz"),
]
# The same addresses show each office and each applicant something else.
OF_OFFICES = [
    *(Place(RECOGNISER, path) for path in ("/", "/recognition/", "/exports/")),
    Place(RECOGNISER, "/recognition/?status=decided"),
    *(Place(one, "/") for one in (OFFICER, *catalogue.DECIDERS)),
    *(Place("mara.pintilie@post.example", path) for path in ("/", "/recognition/")),
]
SEND_BLANK = """form => {
    form.noValidate = true;
    for (const field of form.elements) {
        if (field.type === 'checkbox' || field.type === 'radio') field.checked = false;
        else if (field.type !== 'hidden' && 'value' in field) field.value = '';
    }
    HTMLFormElement.prototype.submit.call(form);
}"""


# What a browser is answered that sends a thousand fields too many, or no token.
FETCH = """async fields => {
    const answer = await fetch("/sign-in/", {method: "POST", body: new URLSearchParams(fields)});
    return [answer.status, await answer.text()];
}"""
# A record with a badge in it, and what no reader understands.
FILES = {
    "record.json": made.as_bytes(made.sign(made.record([made.sign(made.badge())]))),
    "hello.txt": b"hello",
}
TOO_MANY = [[f"field-{number}", ""] for number in range(1_001)]


@pytest.fixture(scope="module")
def crawled(chromium: Browser, demo: House) -> Crawler:
    return catalogue.crawl(chromium, demo.address, demo.sessions())


def wrongs_of(page: Page, looks: Iterable[Look] = LOOKS) -> Iterator[str]:
    """What axe finds in each look, and whether the page is wider than the screen."""
    for width, scheme, options in looks:
        if page.viewport_size != {"width": width, "height": 900}:
            page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        wide, told = page.evaluate(ASK_AXE, options)
        yield from (f"{width} {scheme} {one}" for one in told)
        if wide > width:
            yield f"{wide} px wide at {width}"


@contextmanager
def looked_at(
    chromium: Browser, address: str, language: str, session: StorageState | None = None
) -> Iterator[Page]:
    """A window in which every page brings axe along."""
    with screen(chromium, address, language=language, storage_state=session) as page:
        page.add_init_script(AXE_SCRIPT)
        yield page


def by_person(places: Iterable[Place]) -> Iterator[tuple[str, list[Place]]]:
    for person, theirs in groupby(sorted(places), key=lambda place: place.person):
        yield person, list(theirs)


class Visit:
    """One house, in one language, seen by everybody."""

    def __init__(
        self, chromium: Browser, address: str, crawled: Crawler, language: str
    ) -> None:
        self.chromium, self.address = chromium, address
        self.crawled, self.language = crawled, language

    def named(self) -> set[Place]:
        """One page of each name, the empty ones, and what each office sees."""
        return {*self.crawled.of_each_name(), *EMPTY, *OF_OFFICES}

    def pages(self, places: Iterable[Place]) -> Iterator[tuple[Place, Page]]:
        """Each place, opened by its person."""
        for person, theirs in by_person(places):
            session = self.crawled.sessions.get(person)
            with looked_at(self.chromium, self.address, self.language, session) as page:
                for place in theirs:
                    page.goto(place.path)
                    assert urlsplit(page.url).path == urlsplit(place.path).path
                    yield place, page


@pytest.fixture(params=LANGUAGES)
def visit(
    request: pytest.FixtureRequest, chromium: Browser, address: str, crawled: Crawler
) -> Visit:
    return Visit(chromium, address, crawled, request.param)


def test_every_named_address_is_among_the_pages(crawled: Crawler) -> None:
    assert not crawled.missing()


def sent_blank(page: Page) -> bool:
    """Send the page's form with nothing in it, if it has one to fill in."""
    form = page.locator(
        "main form[method=post]:has(:is(input:not([type=hidden]), textarea, select))"
    )
    if not form.count():
        return False
    with page.expect_navigation():
        form.first.evaluate(SEND_BLANK)
    return True


def wrong_pages(
    visit: Visit,
    whole: Collection[Place],
    once: Iterable[Place],
    every: tuple[Look, ...] = LOOKS,
) -> tuple[dict[str, list[str]], int]:
    """What is wrong with pages and their forms sent back; how many came with errors."""
    wrong, sent_back = {}, 0
    for place, page in visit.pages({*whole, *once}):
        looks = every if place in whole else ONE_LOOK[visit.language]
        told = list(wrongs_of(page, looks))
        if place in visit.crawled.places.values() and sent_blank(page):
            sent_back += page.locator(".errors").count() > 0
            told += [f"sent back: {one}" for one in wrongs_of(page, looks)]
        if told:
            wrong[place.path] = told
    return wrong, sent_back


def test_every_page_and_its_form_sent_back_hold_the_rules(visit: Visit) -> None:
    named, further = sorted(visit.named()), visit.crawled.further()
    turn = LANGUAGES.index(visit.language)
    whole = named[turn :: len(LANGUAGES)]
    wrong, sent_back = wrong_pages(
        visit, whole, [*named, *further[turn :: len(LANGUAGES)]]
    )

    assert not wrong
    assert sent_back >= 20


@pytest.mark.soak
def test_every_page_and_stage_holds_the_rules_in_every_look(visit: Visit) -> None:
    every = {*visit.named(), *visit.crawled.further()}
    wrong, sent_back = wrong_pages(visit, every, (), EVERY_RULE)

    assert not wrong
    assert sent_back >= 20


@pytest.mark.parametrize("name", sorted(FILES))
def test_what_was_found_in_a_file_holds_the_rules(visit: Visit, name: str) -> None:
    place = Place(RECOGNISER, "/recognition/credentials/")
    file = {"name": name, "mimeType": "application/json", "buffer": FILES[name]}
    for _place, page in visit.pages([place]):
        page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
        with page.expect_navigation():
            page.locator("form.drop button").click()
        assert name in page.locator("main").inner_text()
        assert not list(wrongs_of(page))


def test_the_page_behind_a_link_to_choose_a_password_holds_the_rules(
    visit: Visit, demo: House
) -> None:
    with looked_at(visit.chromium, visit.address, visit.language) as page:
        page.goto(demo.link_for(OFFICER))
        assert page.locator("[name=new_password1]").count()
        assert not list(wrongs_of(page))


def test_a_page_of_an_error_holds_the_rules(visit: Visit) -> None:
    wrong = {}
    with looked_at(visit.chromium, visit.address, visit.language) as page:
        page.goto("/register/")
        with translation.override(visit.language):
            told = [[500, render_to_string("500.html")]]
        told += [page.evaluate(FETCH, fields) for fields in ([], TOO_MANY)]
        for _status, body in told:
            page.set_content(body, wait_until="load")
            assert page.locator("h1").count() == 1
            if found := list(wrongs_of(page)):
                wrong[page.title()] = found

    assert [status for status, _body in told] == [500, 403, 400]
    assert not wrong

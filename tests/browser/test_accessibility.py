"""Every kind of page against axe: narrow and wide, light and dark, both languages."""

from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve
from playwright.sync_api import Browser, Page

from tests.browser.people import screen, sign_in

UNIVERSITY = "@uvd.example"
PEOPLE = [
    "andrei.ionescu",
    "teodora.bucur",
    "sanziana.marin",
    "chair.paula.patrascu",
    "student.veronica.suciu",
    "laurentiu.nitu",
    "daria.stan",
    "valentin.vacaru",
    "corina.cazacu",
]
LOOKS = [
    ("en", 1366, "light"),
    ("ro", 390, "dark"),
]
NOT_FOLLOWED = ("/sign-out/", "/static/", "/theme/", "/language/")
FILES = (".pdf", ".bpmn", ".xlsx", ".csv", ".json", ".xml")


def links(page: Page) -> Iterator[str]:
    """The pages of the house that this page leads to, without downloads."""
    for href in page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)"):
        path = urlsplit(urljoin(page.url, href)).path
        is_ours = href.startswith(page.url.split("/", 3)[0] + "//127.0.0.1")
        if is_ours and not path.startswith(NOT_FOLLOWED) and not path.endswith(FILES):
            yield path


def wrongs_of(page: Page, width: int) -> list[str]:
    """What axe finds, and whether the page is wider than the screen."""
    found = Axe().run(page).response["violations"]
    told = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return told + ([f"{wide} px wide"] if wide > width else [])


def judge(page: Page, path: str, width: int) -> list[str]:
    """What is wrong with the page; nothing for an address that only takes acts."""
    answer = page.goto(path)
    if answer is None or answer.status == 405:
        return []
    failed = [f"answers {answer.status}"] if answer.status >= 500 else []
    return failed + wrongs_of(page, width)


def walk(page: Page, width: int, opened: set[str]) -> dict[str, list[str]]:
    """One page of each kind that was not opened yet, from My work on."""
    wrong, seen, waiting, kinds = {}, {"/"}, deque(["/"]), Counter()
    while waiting:
        path = waiting.popleft()
        kind = resolve(path).view_name
        kinds[kind] += 1
        if kinds[kind] > (2 if kind == "qa:procedure_detail" else 1):
            continue
        if kind in opened:
            page.goto(path)
        elif told := judge(page, path, width):
            wrong[path] = told
        opened.add(kind)
        new = [link for link in links(page) if link not in seen]
        seen.update(new)
        waiting.extend(new)
    return wrong


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_pages_hold_the_rules(
    chromium: Browser, address: str, language: str, width: int, scheme: str
) -> None:
    opened: set[str] = set()
    wrong = {}
    for person in PEOPLE:
        with screen(
            chromium,
            address,
            language=language,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
        ) as page:
            sign_in(page, person + UNIVERSITY)
            wrong |= walk(page, width, opened)

    assert not wrong
    assert len(opened) >= 25

"""One page of every kind that the demo university shows, with somebody who may see it.

Kinds come from the URL configuration; pages are found as people find them, by following
links from My work on.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, URLPattern, get_resolver, resolve
from lxml import html
from playwright.sync_api import APIRequestContext, Browser, StorageState

NOBODY = ""
# Pages that lead on to others: all of them are opened, for each stands at another stage.
HUBS = {
    "qa:micro_credential_detail",
    "qa:procedure_detail",
    "qa:panel_detail",
    "qa:report_detail",
    "qa:assessment_detail",
    "recognition:application_detail",
    "recognition:own_application",
    "recognition:trust_entry",
}
# What each person sees differs: it is opened for everybody.
WORK = {"qa:work", "recognition:work"}
# Some of their acts stand on pages that their work does not lead to.
DECIDERS = [
    "sanziana.marin@uvd.example",  # chairs the commission
    "ilinca.ursu@uvd.example",  # heads the recognition office
    "laurentiu.nitu@uvd.example",  # secretary of the senate
]
# All there is; who looks for what work does not lead to starts from here.
LISTS = {"qa:micro_credential_list", "recognition:trust_register"}
PUBLIC = [
    *("/sign-in/", "/register/", "/verify/", "/help/interface/", "/exports/"),
    "/password/MQ/spent/",  # no page leads there, only a message
    *("/.well-known/did.json", "/did.json"),  # only verifiers go there
]
# Several pages under one name, told apart by a word in the address.
WORDS = ("name", "key", "kind")


class Place(NamedTuple):
    """A page and who opens it; nobody signs in for the public ones."""

    person: str
    path: str


def named() -> dict[str, URLPattern]:
    """Every named address of the product."""
    found = {}
    for entry in get_resolver().url_patterns:
        space = f"{entry.namespace}:" if getattr(entry, "namespace", None) else ""
        for pattern in getattr(entry, "url_patterns", [entry]):
            found[f"{space}{pattern.name}"] = pattern
    return found


def takes_posts_only(pattern: URLPattern) -> bool:
    """Whether a GET is refused before anything is looked at."""
    request = HttpRequest()
    request.method = "GET"
    try:
        return pattern.callback(request).status_code == 405
    except Exception:  # it went on to its arguments or to the person: it answers GETs
        return False


def kind(path: str) -> str | None:
    """The name of the address, with the word that tells its pages apart."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    words = [str(match.kwargs[word]) for word in WORDS if word in match.kwargs]
    return " ".join([match.view_name, *words])


def name_of(kind: str) -> str:
    return kind.split(" ", maxsplit=1)[0]


def people(request: APIRequestContext) -> list[str]:
    """Everybody whom the sign-in page offers."""
    page = request.get("/sign-in/").text()
    return re.findall(r'name="username" value="([^"]+)"', page)


class Crawler:
    """Walks with everybody; keeps a page of each kind, and of each stage of a thing.

    People stay signed in, for whoever opens the pages again.
    """

    def __init__(self, sessions: Mapping[str, StorageState]) -> None:
        self.sessions = sessions
        self.places: dict[str, Place] = {}
        self.stages: dict[str, Place] = {}
        self.files: set[str] = set()
        self.forwards: set[str] = set()
        self.hubs: set[str] = set()
        self.thorough = False

    def of_each_name(self) -> list[Place]:
        """The first page that was met of every named address."""
        first: dict[str, Place] = {}
        for found, place in self.places.items():
            first.setdefault(name_of(found), place)
        return list(first.values())

    def further(self) -> list[Place]:
        """All other pages: those that a word tells apart, and the stages of things."""
        met = {*self.places.values(), *self.stages.values()}
        return sorted(met.difference(self.of_each_name()))

    def missing(self) -> set[str]:
        """Named addresses that answer GETs and were not met."""
        opened = {*self.places, *self.files, *self.forwards}
        found = {name_of(kind) for kind in opened}
        return {
            name
            for name, pattern in named().items()
            if name not in found and not takes_posts_only(pattern)
        }

    def busiest(self) -> list[str]:
        """Who decides on others' cases; then those who met most pages first."""
        met = Counter(place.person for place in self.places.values() if place.person)
        others = [person for person, _pages in met.most_common()]
        return [*DECIDERS, *(one for one in others if one not in DECIDERS)]

    def visit(self, chromium: Browser, address: str, everybody: list[str]) -> None:
        """Walk with one after the other until no page is missing."""
        for person in everybody:
            if self.thorough and not self.missing():
                return
            context = chromium.new_context(
                base_url=address, storage_state=self.sessions.get(person)
            )
            self.walk(context.request, person)
            context.close()

    def walk(self, request: APIRequestContext, person: str) -> None:
        waiting = [*PUBLIC] if person == NOBODY else ["/", *PUBLIC]
        seen, opened, own = set(waiting), Counter[str](), set[str]()
        while waiting:
            path = waiting.pop(0)
            found = kind(path)
            if found is None or not (path in own or self.wants(found, path, opened)):
                continue
            opened[found] += 1
            new = self.open(request, person, path, found)
            if found in WORK:
                own |= {link for link in new if kind(link) in HUBS}
            waiting += [link for link in new if link not in seen]
            seen |= set(new)

    def wants(self, found: str, path: str, opened: Counter[str]) -> bool:
        """A hub is opened by whom it meets first; by all, while pages are missing."""
        if found in HUBS:
            return self.thorough or path not in self.hubs
        again = found in WORK or (self.thorough and found in LISTS)
        met = found in self.places or found in self.files
        return opened[found] == 0 and (again or not met)

    def open(
        self, request: APIRequestContext, person: str, path: str, found: str
    ) -> list[str]:
        """Keep what the address answers with; the addresses that its page leads to."""
        answer = request.get(path)
        reached = urlsplit(answer.url).path
        assert answer.status < 500, f"{path} answers {answer.status} to {person}"
        if answer.status != 200 or (reached != path and reached == "/sign-in/"):
            return []
        if reached != path:
            self.forwards.add(found)
            return []
        if not answer.headers["content-type"].startswith("text/html"):
            self.files.add(found)
            return []
        page = html.fromstring(answer.text())
        self.places.setdefault(found, Place(person, path))
        if found in HUBS:
            self.hubs.add(path)
            stamp = page.xpath("string(//*[contains(@class, 'stamp')][1])").strip()
            self.stages.setdefault(f"{found}: {stamp}", Place(person, path))
        return list(links_of(page, answer.url))


def links_of(page: html.HtmlElement, address: str) -> Iterator[str]:
    for href in page.xpath("//a/@href"):
        link = urlsplit(urljoin(address, href))
        if link.netloc == urlsplit(address).netloc:
            yield link.path


def crawl(
    chromium: Browser, address: str, sessions: Mapping[str, StorageState]
) -> Crawler:
    """Everything that the people of the house can be led to."""
    crawler = Crawler(sessions)
    with_cookies = chromium.new_context(base_url=address)
    everybody = people(with_cookies.request)
    with_cookies.close()
    crawler.visit(chromium, address, [NOBODY, *everybody])
    crawler.thorough = True
    crawler.visit(chromium, address, crawler.busiest())
    return crawler

"""Every link that a page shows leads somewhere: people walk from My work on.

What they read on the way are words for people, not names of the code.
"""

import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import resolve
from lxml import html

from qa.enums import Role
from qa.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.apart]
OF_A_KIND = 2
NOT_FOLLOWED = ("/sign-out/", "/static/", "/theme/", "/language/")


# A word as code writes it; a name of a file or an address has more than this in it.
OF_THE_CODE = re.compile(r"[a-z]+(_[a-z]+)+|viewflow", re.IGNORECASE)
MARKS = ".,:;!?()[]“”„'\""
SHOWN = "//body//text()[not(ancestor::code or ancestor::pre or ancestor::script)]"


def people() -> list[User]:
    """One holder of each office, the coordinators' first, and nobody twice."""
    found = {}
    for role in Role:
        person = User.objects.filter(
            appointments__role=role, is_demo=True, is_service=False
        ).first()
        if person is not None:
            found[person.pk] = person
    return list(found.values())


def links_of(page: str, address: str) -> set[str]:
    hrefs = html.fromstring(page).xpath("//main//a/@href | //header//a/@href")
    found = {urljoin(address, href).partition("#")[0] for href in hrefs}
    return {
        link
        for link in found
        if not urlsplit(link).netloc and not link.startswith(NOT_FOLLOWED)
    }


def words_of_the_code(page: str) -> list[str]:
    """What the page says in words of the code, outside what is marked as such."""
    said = " ".join(html.document_fromstring(page).xpath(SHOWN)).split()
    words = (word.strip(MARKS) for word in said)
    return [word for word in words if OF_THE_CODE.fullmatch(word)]


def walk(client, papers: Counter[str]) -> list[tuple[object, str, str]]:
    """The pages that did not answer as they should: status, address, linked from.

    Or, in the place of the status, the words of the code that they show.

    Of each kind of page only the first few are opened, of each kind of paper the first
    few of all walks.
    """
    wrong, seen, waiting, opened = [], {"/"}, [("/", "")], Counter()
    while waiting:
        address, origin = waiting.pop(0)
        kind = resolve(urlsplit(address).path).view_name
        opened[kind] += 1
        if opened[kind] > OF_A_KIND or papers[kind] >= OF_A_KIND:
            continue
        answer = client.get(address, follow=True)
        if not answer["Content-Type"].startswith("text/html"):
            papers[kind] += 1
        if answer.status_code >= 400:
            wrong.append((answer.status_code, address, origin))
        elif answer["Content-Type"].startswith("text/html"):
            page = answer.content.decode()
            if words := words_of_the_code(page):
                wrong.append((words, address, origin))
            new = links_of(page, address) - seen
            seen |= new
            waiting += [(link, address) for link in sorted(new)]
    return wrong


def test_every_link_answers(client, stages, settings):
    settings.ATESTA_DEMO = True
    wrong, papers = {}, Counter()
    for person in people():
        client.force_login(person)
        if found := walk(client, papers):
            wrong[person.email] = found

    assert not wrong


def test_a_visitor_finds_the_public_pages(client, stages):
    assert not walk(client, Counter())


def test_words_of_the_code_are_told_from_names_of_files():
    page = (
        "<body><p>Ana: reply_term_over, Viewflow.</p><code>seat_ended</code>"
        "<p>plan_de_studii.pdf ana_pop@unitera.example snake_</p></body>"
    )

    assert words_of_the_code(page) == ["reply_term_over", "Viewflow"]

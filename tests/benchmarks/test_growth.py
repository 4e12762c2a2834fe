"""Lists, My work and the register: as quick in a large house as in a small one.

Filled by copies of the demo university; the engine's own inbox is measured beside ours
on the same rows. Run with -s to read the figures.
"""

import sys
from collections.abc import Iterator

import pytest
import pytest_django
from django.db import connection
from django.test import override_settings

from tests.benchmarks import stock
from tests.benchmarks.house import House, give_everything, two_houses
from tests.benchmarks.measure import Cost, Page, costs

pytestmark = [pytest.mark.soak, pytest.mark.django_db]

QUERIES, BYTES, GROWTH = 15, 100_000, 0.10
MY_WORK = Page("My work: an author and reader", "/", "author")
INBOX = Page("the engine's inbox of the same person", stock.INBOX, "author")
PAGES = (
    MY_WORK,
    Page("My work: who holds seven offices", "/", "offices"),
    Page("Micro-credentials: an author", "/micro-credentials/", "author"),
    Page("Micro-credentials: the offices", "/micro-credentials/", "offices"),
    Page("Recognition: the office's queue", "/recognition/", "officer"),
    Page("Recognition: an applicant's own", "/recognition/", "applicant"),
    Page("Register: a visitor", "/register/", ""),
)
SEARCHES = (
    Page("Register: a search", "/register/?q=de+mc", ""),
    Page("Recognition: a search", "/recognition/?q=an+r", "officer"),
)


@pytest.fixture(scope="module")
def houses(
    django_db_setup: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[House, House]]:
    folder = tmp_path_factory.mktemp("houses")
    with django_db_blocker.unblock(), two_houses(folder) as (small, large):
        say(f"\n\n{connection.vendor}: {_size(small)}; {_size(large)}")
        say(
            f"{'page':40} {'queries':>9} {'bytes':>15} {'CPU, ms':>13} {'growth':>7}"
            f" {'wall, ms':>13}"
        )
        yield small, large


def say(text: str) -> None:
    """Figures are what a benchmark is for; -s lets them through."""
    sys.stdout.write(f"{text}\n")


def _size(house: House) -> str:
    return (
        f"{house.procedures} procedures and {house.applications} applications"
        f" with {house.open_turns} open turns"
    )


def _line(page: Page, small: Cost, large: Cost) -> str:
    return (
        f"{page.name:40} {small.queries:4} {large.queries:4}"
        f" {small.size:7} {large.size:7} {small.cpu * 1000:6.1f} {large.cpu * 1000:6.1f}"
        f" {_growth(small.cpu, large.cpu):+7.1%}"
        f" {small.wall * 1000:6.1f} {large.wall * 1000:6.1f}"
    )


def _growth(small: float, large: float) -> float:
    return large / small - 1


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_costs_the_same_in_a_large_house(houses, page):
    small, large = costs(page, houses)
    say(_line(page, small, large))

    assert large.queries <= QUERIES
    assert small.queries == large.queries
    assert large.size <= BYTES
    assert _growth(small.size, large.size) <= GROWTH
    assert _growth(small.cpu, large.cpu) <= GROWTH


@pytest.mark.parametrize("page", SEARCHES, ids=lambda page: page.name)
def test_a_search_asks_no_more(houses, page):
    """It reads the texts of every entry, so its time grows with them: told, not kept."""
    small, large = costs(page, houses)
    say(_line(page, small, large))

    assert large.queries <= QUERIES
    assert small.queries == large.queries
    assert large.size <= BYTES
    assert _growth(small.size, large.size) <= GROWTH


def test_my_work_beside_the_inbox_of_the_engine(houses):
    ours = costs(MY_WORK, houses)
    with override_settings(**stock.needed()):
        theirs = costs(INBOX, houses)
    say(_line(INBOX, *theirs))
    for name, mine, stocks in zip(("small", "large"), ours, theirs, strict=True):
        say(f"{name} house, ours to the engine's: {_ratio(mine, stocks)}")

    assert ours[1].size < theirs[1].size


def test_everything_waits_for_one_person(houses):
    """Not a limit of ours to keep, but the worst there is; the last, for it changes all."""
    _small, large = houses
    large.sessions["everything"] = give_everything(large)
    page = Page("My work: every open turn is one's own", "/", "everything")

    (ours,) = costs(page, (large,))
    with override_settings(**stock.needed()):
        inbox = Page(INBOX.name, INBOX.address, "everything")
        (theirs,) = costs(inbox, (large,))
    say(f"{page.name}: {ours.cpu * 1000:.1f} ms, {ours.size} bytes")
    say(f"large house, ours to the engine's: {_ratio(ours, theirs)}")

    assert ours.queries <= QUERIES
    assert ours.size <= BYTES


def _ratio(ours: Cost, theirs: Cost) -> str:
    return (
        f"CPU {ours.cpu / theirs.cpu:.3f} ({ours.cpu * 1000:.1f} of"
        f" {theirs.cpu * 1000:.1f} ms), size {ours.size / theirs.size:.3f}"
        f" ({ours.size} of {theirs.size} bytes)"
    )

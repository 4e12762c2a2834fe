"""What a page costs: its queries, its bytes, and the processor time it takes."""

import gc
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.benchmarks import scratch
from tests.benchmarks.house import House

WARM_UPS = 3
ROUNDS = 15


@dataclass(frozen=True)
class Page:
    """An address, and who looks at it."""

    name: str
    address: str
    person: str


@dataclass(frozen=True)
class Cost:
    """The least that the rounds took: what the page costs when nothing disturbs it."""

    queries: int
    size: int
    cpu: float
    wall: float


def visit(server: WSGIHandler, house: House, page: Page) -> HttpResponse:
    """The page through every middleware; the database of the house must be in place."""
    asking = RequestFactory()
    asking.cookies[settings.SESSION_COOKIE_NAME] = house.sessions[page.person]
    answer = server.get_response(asking.get(page.address))
    assert answer.status_code == 200, (page, answer.status_code)
    return answer


def costs(page: Page, houses: tuple[House, ...]) -> list[Cost]:
    """The cost in each house; they take turns, so that a busy moment meets all."""
    server = WSGIHandler()
    counted = [_counted(server, house, page) for house in houses]
    spent: list[list[tuple[float, float]]] = [[] for _house in houses]
    for _round in range(ROUNDS):
        for house, times in zip(houses, spent, strict=True):
            times.append(_timed(server, house, page))
    return [
        Cost(*numbers, *(min(kind) for kind in zip(*times, strict=True)))
        for numbers, times in zip(counted, spent, strict=True)
    ]


def _counted(server: WSGIHandler, house: House, page: Page) -> tuple[int, int]:
    with scratch.in_place(house.database):
        for _time in range(WARM_UPS):
            visit(server, house, page)
        with CaptureQueriesContext(connection) as queries:
            answer = visit(server, house, page)
        return len(queries), len(answer.content)


def _timed(server: WSGIHandler, house: House, page: Page) -> tuple[float, float]:
    with scratch.in_place(house.database):
        gc.collect()
        gc.disable()
        cpu, wall = time.process_time(), time.perf_counter()
        visit(server, house, page)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        gc.enable()
    return cpu, wall

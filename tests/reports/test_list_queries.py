"""The register and the exports ask the same number of questions at any length."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from qa import clock
from qa.enums import Role
from tests.qa import flow_world as w

pytestmark = pytest.mark.django_db
TERM = (date(2026, 12, 1), date(2029, 11, 30))


@pytest.fixture
def world() -> Iterator[w.World]:
    with clock.at(w.MORNING):
        yield w.build()


def enter(world, count):
    for _number in range(count):
        w.period(world, w.until(world, "A16"), *TERM)


@pytest.mark.parametrize("count", [1, 3])
def test_register_costs_twelve_queries(world, client, django_assert_num_queries, count):
    enter(world, count)

    with django_assert_num_queries(12):
        page = client.get(reverse("reports:register"))

    assert len(page.context["rows"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_exports_cost_eight_queries(world, django_assert_num_queries, count):
    enter(world, count)
    officer = w.appoint(w.person("quality"), Role.QA_OFFICER)
    client = Client()
    client.force_login(officer)
    client.get(reverse("reports:exports"))

    with django_assert_num_queries(8):
        page = client.get(reverse("reports:exports"))

    assert len(page.context["procedures"]) == count

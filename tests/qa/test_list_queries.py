"""The lists of quality assurance ask the same number of questions at any length."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from qa import clock
from qa.enums import Role
from qa.models import MicroCredential
from qa.paging import ENOUGH, BoundedPaginator
from tests.qa import flow_world as w
from tests.qa.test_tasks import one_of_everything

pytestmark = pytest.mark.django_db
TERM = (date(2026, 12, 1), date(2029, 11, 30))


@pytest.fixture
def world() -> Iterator[w.World]:
    with clock.at(w.MORNING):
        yield w.build()


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def fill(world, times):
    w.appoint(world.ana, Role.QA_OFFICER)
    w.appoint(world.ana, Role.CEAC_CHAIR)
    for _ in range(times):
        one_of_everything(world)


@pytest.mark.parametrize("times", [1, 3])
def test_my_work_costs_eleven_queries(world, django_assert_num_queries, times):
    fill(world, times)
    client = signed_in(world.ana)
    client.get(reverse("qa:work"))  # content types are looked up once a process

    with django_assert_num_queries(11):
        page = client.get(reverse("qa:work"))

    assert page.context["page"].paginator.count >= 2 * times


@pytest.mark.parametrize("times", [1, 3])
def test_micro_credentials_cost_fourteen_queries(
    world, django_assert_num_queries, times
):
    for _ in range(times):
        w.period(world, w.until(world, "A16"), *TERM)
    client = signed_in(world.ana)
    client.get(reverse("qa:micro_credential_list"))

    with django_assert_num_queries(14):
        page = client.get(reverse("qa:micro_credential_list"))

    assert len(page.context["dossiers"]) == times


@pytest.mark.parametrize(
    ("number", "bound"), [(None, ENOUGH), ("2", ENOUGH), ("x", ENOUGH), ("400", 401)]
)
def test_a_list_is_counted_as_far_as_it_is_read(world, number, bound):
    w.until(world, "A03")

    pages = BoundedPaginator(MicroCredential.objects.order_by("pk"), 1, number)

    assert (pages.bound, pages.count, pages.has_more) == (max(bound, ENOUGH), 1, False)


def test_a_long_list_says_that_there_is_more(world, monkeypatch):
    monkeypatch.setattr("qa.paging.ENOUGH", 1)
    for _ in range(4):
        w.until(world, "A03")

    pages = BoundedPaginator(MicroCredential.objects.order_by("pk"), 1, "2")

    assert (pages.bound, pages.has_more) == (3, True)
    assert pages.get_page("2").has_next()

"""The lists of recognition ask the same number of questions at any length."""

import pytest
from django.test import Client
from django.urls import reverse

from recognition import queries
from recognition.enums import ApplicationStatus
from tests.factories import recognition as r


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize(
    ("person", "status", "number"), [("oana", "submitted", 11), ("radu", "draft", 9)]
)
@pytest.mark.parametrize("count", [1, 3])
def test_recognition_costs_a_fixed_number_of_queries(
    office, person, status, number, count, django_assert_num_queries
):
    for _number in range(count):
        r.at(office, status)
    client = signed_in(office.people[person])
    client.get(reverse("recognition:work"))

    with django_assert_num_queries(number):
        page = client.get(reverse("recognition:work"))

    listed = page.context["page"] if person == "oana" else page.context["own"]
    assert len(listed) == count


@pytest.mark.parametrize("status", r.STEPS)
def test_queue_holds_what_is_handled_and_nothing_else(office, status):
    application = r.at(office, status)

    queued = application in queries.office_queue(office.oana)

    assert queued is (ApplicationStatus(status) in queries.HANDLED)

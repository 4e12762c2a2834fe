"""The lists of recognition ask the same number of questions at any length."""

import pytest
from django.test import Client
from django.urls import reverse

from recognition import queries
from recognition.enums import ApplicationStatus
from recognition.services import checking, filing
from recognition.views.work import ROWS_PER_PAGE
from tests.factories import recognition as r
from tests.recognition import files


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize(
    ("person", "status", "number"), [("oana", "submitted", 13), ("radu", "draft", 11)]
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


def test_own_applications_are_paged_beside_the_queue(office):
    opened = [
        filing.open_application(applicant=office.oana, by=office.oana).pk
        for _number in range(ROWS_PER_PAGE + 1)
    ]
    client = signed_in(office.oana)
    address = reverse("recognition:work")

    first = client.get(address, {"status": "submitted"})
    second = client.get(address, {"status": "submitted", "own": "2"})

    assert [it.pk for it in first.context["own"]] == opened[:0:-1]
    assert [it.pk for it in second.context["own"]] == opened[:1]
    assert 'href="?status=submitted&amp;own=2"' in first.text
    assert 'href="?status=submitted&amp;own=1"' in second.text
    assert second.context["page"].number == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_register_of_trust_costs_a_fixed_number_of_queries(
    office, count, django_assert_num_queries
):
    for number in range(count):
        files.confirmed(office, "did", f"did:web:luz{number}.example")
    client = signed_in(office.oana)
    client.get(reverse("recognition:trust_register"))

    with django_assert_num_queries(11):
        page = client.get(reverse("recognition:trust_register"))

    assert len(page.context["page"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_files_of_a_case_cost_a_fixed_number_of_queries(
    office, stored, count, django_assert_num_queries
):
    application = r.file(office)
    for _number in range(count):
        checking.add_credential_file(
            application=application,
            content=files.content(files.badge()),
            filename="badge.json",
            by=office.radu,
        )
    client = signed_in(office.oana)
    address = reverse("recognition:application_detail", args=[application.pk])
    client.get(address)

    with django_assert_num_queries(35):
        page = client.get(address)

    assert len(page.context["checks"]) == count


@pytest.mark.parametrize("status", r.STEPS)
def test_queue_holds_what_is_handled_and_nothing_else(office, status):
    application = r.at(office, status)

    queued = application in queries.office_queue(office.oana)

    assert queued is (ApplicationStatus(status) in queries.HANDLED)

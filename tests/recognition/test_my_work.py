"""My work of somebody who only applies: the own applications, or the way to one."""

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from tests.factories import recognition as r
from tests.recognition.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def of_no_unit(office):
    office.radu.unit = None
    office.radu.save()


def my_work(user):
    client = Client()
    client.force_login(user)
    return client.get(reverse("qa:work"))


def apply_buttons(response):
    way = reverse("recognition:application_open")
    return html.fromstring(response.content).xpath(f"//form[@action='{way}']//button")


def test_whoever_never_applied_finds_the_way_to_apply(office):
    shown = my_work(office.radu)

    assert len(apply_buttons(shown)) == 1
    assert "Your applications" not in words(shown)


def test_the_decision_that_can_be_accepted_is_found_on_my_work(office):
    application = r.at(office, "notified")

    shown = my_work(office.radu)

    assert "You may accept the decision or appeal against it." in words(shown)
    assert reverse("recognition:own_application", args=[application.pk]) in shown.text


def test_where_something_waits_it_comes_alone_before_the_list(office):
    r.at(office, "draft")

    shown = my_work(office.radu)

    assert "Your applications" in words(shown)
    assert not apply_buttons(shown)


def test_the_office_applies_elsewhere(office):
    assert not apply_buttons(my_work(office.oana))

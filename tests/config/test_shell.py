"""The shell of every page: where a person can go."""

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from qa.enums import Role
from tests.qa import flow_world as w

pytestmark = pytest.mark.django_db


def places(client: Client, address: str) -> list[str]:
    page = client.get(address)
    return [item["label"] for item in page.context["main_navigation"]]


@pytest.mark.parametrize(
    ("role", "shown"), [(Role.QA_OFFICER, True), (Role.APPLICANT, False)]
)
def test_exports_are_a_place_for_who_has_dossiers(client, role, shown):
    client.force_login(w.appoint(w.person("somebody"), role))

    assert ("Exports" in places(client, reverse("recognition:work"))) is shown


def test_who_is_signed_in_is_told_in_full_and_in_short_where_there_is_little_room(
    client,
):
    person = w.person("somebody")
    person.title, person.given_name, person.family_name = "Dr.", "Ștefania", "Pârvu"
    person.save()
    client.force_login(person)

    page = html.fromstring(client.get(reverse("recognition:work")).content)

    assert page.find_class("who-name")[0].text == "Dr. Ștefania Pârvu"
    assert page.find_class("who-name-short")[0].text == "Ș. Pârvu"


def test_a_visitor_finds_the_register_alone(client):
    assert places(client, reverse("reports:register")) == ["Register"]


def test_what_is_not_there_leads_a_visitor_to_what_is_open(client):
    missing = client.get("/register/nothing-of-the-kind/")
    client.force_login(w.person("somebody"))
    signed_in = client.get("/register/nothing-of-the-kind/")

    assert missing.status_code == signed_in.status_code == 404
    assert f'<a href="{reverse("reports:register")}">' in missing.text
    assert f'<a href="{reverse("qa:work")}">My work' in signed_in.text


def test_register_and_offer_lead_to_the_exports(client):
    with w.clock.at(w.MORNING):
        world = w.build()
        procedure = w.until(world, "A03")
        client.force_login(world.qa)
        link = f'href="{reverse("reports:exports")}"'

        for address in (
            reverse("reports:register"),
            procedure.micro_credential.get_absolute_url(),
        ):
            page = client.get(address).text
            assert link in page.partition("<main")[2]

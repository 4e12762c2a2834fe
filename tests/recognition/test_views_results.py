"""The file of a result for those who may have it, and what everybody may read."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from recognition.models import StatusList
from tests.factories import recognition as r
from tests.recognition.pages import page, send, words


@pytest.fixture
def notified(office):
    return r.at(office, "notified")


def test_applicant_and_office_download_the_stored_bytes(office, notified):
    stored = bytes(notified.resolution.result.content)

    for person in (office.radu, office.oana, office.horia, office.mara):
        answer = page(person, "result_file", notified.pk)

        assert answer.content == stored
        assert answer["Content-Type"] == "application/vc"
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Content-Disposition"] == (
            f'attachment; filename="{notified.case.number}-recognition-result.json"'
        )


def test_nobody_else_and_nothing_before_the_delivery(office):
    decided = r.at(office, "decided")
    stranger = r.person("sorina")

    assert page(office.oana, "result_file", decided.pk).status_code == 404
    notified = r.notify(office, decided)
    assert page(stranger, "result_file", notified.pk).status_code == 404
    address = reverse("recognition:result_file", args=[notified.pk])
    assert Client().get(address).status_code == 302


def test_the_pages_lead_to_it_and_say_when_it_was_withdrawn(office, notified):
    address = reverse("recognition:result_file", args=[notified.pk])
    for person, name in (
        (office.radu, "own_application"),
        (office.oana, "application_detail"),
    ):
        shown = page(person, name, notified.pk)
        assert address in shown.text
        assert "withdrawn on" not in words(shown)

    send(office.horia, "office_act", notified.pk, "result", reason="Annulled.")

    for person, name in (
        (office.radu, "own_application"),
        (office.oana, "application_detail"),
    ):
        assert "Annulled." in words(page(person, name, notified.pk))
    offered = words(page(office.horia, "application_detail", notified.pk))
    assert "Withdraw the result as data" not in offered


def test_only_the_head_is_offered_the_withdrawal(office, notified):
    asked = "Withdraw the result as data"

    assert asked in words(page(office.horia, "application_detail", notified.pk))
    assert asked not in words(page(office.oana, "application_detail", notified.pk))
    refused = send(office.oana, "office_act", notified.pk, "result", reason="No.")
    assert refused.status_code == 403


OPEN = {
    "/.well-known/did.json": "application/did+ld+json",
    "/did.json": "application/did+ld+json",
    "list": "application/vc",
}


@pytest.mark.parametrize("address", OPEN)
def test_verifiers_anywhere_read_keys_and_lists(notified, address):
    kind = OPEN[address]
    if address == "list":
        code = StatusList.objects.get().code
        address = reverse("recognition:status_list", args=[code])

    answer = Client().get(address)

    assert json.loads(answer.content)["id"]
    assert answer["Content-Type"] == kind
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in answer
    again = Client().get(address, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    assert Client().post(address).status_code == 405


@pytest.mark.django_db
def test_without_a_key_nothing_is_claimed(settings, tmp_path):
    settings.ISSUER_KEYS_FILE = tmp_path / "issuer.keys"

    assert Client().get("/.well-known/did.json").status_code == 503


def test_the_list_changes_its_tag_with_what_it_says(office, notified):
    code = StatusList.objects.get().code
    address = reverse("recognition:status_list", args=[code])
    before = Client().get(address)["ETag"]

    send(office.horia, "office_act", notified.pk, "result", reason="Annulled.")

    assert Client().get(address)["ETag"] != before


@pytest.mark.django_db
def test_lists_cannot_be_counted_through():
    unknown = "6d0b1f1e-51b6-4f0e-9c1b-2f8f0c4d9a10"

    for code in (unknown, "1"):
        address = f"/recognition/status/{code}/"
        assert Client().get(address).status_code == 404

"""The office finds a file by its number, person, title or issuer, open or closed."""

import pytest
from django.test import Client
from django.urls import reverse

from qa import clock
from qa.limits import LONGEST_SEARCH
from qa.models import User
from recognition.models import IncomingCredential, RecognitionApplication
from recognition.services import deciding, filing, handling
from tests.factories import recognition as r
from tests.recognition import pages


def found(person: User, **asked: str) -> list[RecognitionApplication]:
    answer = pages.page(person, "work", **asked)
    return list(answer.context["page"])


@pytest.mark.parametrize(
    "typed",
    [
        "dunareanu",
        "DUNĂREANU radu",
        "la luz",
        "luminii",
        "maquinas",
        "radu luz maquinas",
    ],
)
def test_a_file_is_found_by_what_people_type(office, typed):
    listed = r.issuer()
    listed.name_ro = "Universitatea Luminii"
    listed.save()
    file = r.file(office, title="Máquinas que aprenden")
    complete = r.complete(office, file)
    findings = r.findings(issuer=listed)
    handling.resolve_issuer(application=complete, findings=findings, by=office.oana)

    assert found(office.oana, q=typed) == [file]
    assert found(office.oana, q=f"{typed} elsewhere") == []


def test_a_file_is_found_by_its_number(office):
    first, second = r.file(office), r.file(office)

    assert found(office.oana, q=second.case.number.lower()) == [second]
    assert found(office.oana, q="R-") == [second, first]


def test_who_applies_is_found_under_another_name_than_the_document(office):
    file = r.file(office, learner_given_name="Rada", learner_family_name="Șerban")

    assert found(office.oana, q="serban") == [file]
    assert found(office.oana, q="dunareanu") == [file]


def withdrawn(office: r.Office) -> RecognitionApplication:
    return filing.withdraw_application(
        application=r.file(office), reason="Not needed any more", by=office.radu
    )


@pytest.mark.parametrize(
    ("status", "close"),
    [("final", lambda office: r.at(office, "final")), ("withdrawn", withdrawn)],
)
def test_a_closed_file_is_found_though_it_waits_for_nobody(office, status, close):
    closed = close(office)
    waiting = r.file(office)

    assert found(office.oana) == [waiting]
    assert found(office.oana, status=status) == [closed]
    assert found(office.oana, q=closed.case.number) == [closed]
    assert found(office.oana, q="dunareanu", status=status) == [closed]


def test_what_is_open_stays_in_the_order_of_its_days(office):
    waiting = r.file(office)
    complete = r.at(office, "complete")

    assert found(office.oana, status="complete") == [complete]
    assert found(office.oana, q="dunareanu", status="submitted") == [waiting]


def test_an_own_file_and_one_recused_from_are_not_found(office):
    own = r.at(office, "proposed")
    r.appoint(office.radu, "recognition_officer")
    item = deciding.AgendaItem(
        office.committee, clock.today(), "3", {office.cezar.pk: "Colleague"}
    )
    deciding.put_on_agenda(application=own, item=item, by=office.mara)

    assert found(office.radu, q=own.case.number) == []
    assert found(office.cezar, q=own.case.number) == []
    assert found(office.carmen, q=own.case.number) == [own]


def test_drafts_are_nobody_elses(office):
    draft = r.at(office, "draft")

    assert found(office.oana, q=draft.case.number) == []


def test_who_only_applies_is_offered_no_search(office):
    r.file(office)

    answer = pages.page(office.radu, "work", q="dunareanu")

    assert b'name="q"' not in answer.content


@pytest.mark.parametrize("typed", ["a" * (LONGEST_SEARCH + 1), "a\0"])
def test_a_search_that_cannot_be_carried_out_says_so(office, typed):
    file = r.file(office)

    answer = pages.page(office.oana, "work", q=typed)

    assert answer.status_code == 200
    assert answer.context["form"].errors["q"]
    assert answer.context["form"]["q"].value() == typed
    assert list(answer.context["page"]) == [file]


def test_nothing_found_leads_back_to_what_is_open(office):
    answer = pages.page(office.oana, "work", q="nobody")

    assert "Nothing matches." in pages.words(answer)
    assert f'href="{reverse("recognition:work")}">Show what is open' in answer.text


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_costs_a_fixed_number_of_queries(
    office, count, django_assert_num_queries
):
    for _number in range(count):
        r.file(office)
    client = Client()
    client.force_login(office.oana)
    address = reverse("recognition:work", query={"q": "dunareanu luz"})
    client.get(address)

    with django_assert_num_queries(13):
        answer = client.get(address)

    assert len(answer.context["page"]) == count


def test_words_follow_the_credential_whatever_is_saved_of_it(office):
    credential = r.file(office).credential
    credential.origins = {"issuer": {"name": "Școala de Vară"}}
    credential.save(update_fields=["origins"])

    kept = IncomingCredential.objects.get(pk=credential.pk).words_folded

    assert "scoala de vara" in kept

"""The office finds a file by its number, person, title or issuer, open or closed."""

import pytest
from django.test import Client
from django.urls import reverse

from qa import clock
from qa.limits import LONGEST_SEARCH, MOST_WORDS
from qa.models import User
from recognition.forms.searching import ALL
from recognition.models import IncomingCredential, RecognitionApplication
from recognition.services import deciding, filing, handling
from recognition.views.work import ROWS_PER_PAGE
from tests.factories import recognition as r
from tests.recognition import pages


def found(person: User, **asked: str) -> list[RecognitionApplication]:
    answer = pages.page(person, "work", **asked)
    return list(answer.context["page"])


def of_a_listed_issuer(office: r.Office) -> RecognitionApplication:
    """A file whose issuer the office found in our list, under a name in each language."""
    listed = r.issuer()
    listed.name_ro = "Universitatea Luminii"
    listed.save()
    file = r.complete(office, r.file(office, title="Máquinas que aprenden"))
    findings = r.findings(issuer=listed)
    return handling.resolve_issuer(application=file, findings=findings, by=office.oana)


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
    file = of_a_listed_issuer(office)

    assert found(office.oana, q=typed) == [file]
    assert found(office.oana, q=f"{typed} elsewhere") == []


def test_an_issuer_of_our_list_is_found_by_its_new_name(office):
    file = of_a_listed_issuer(office)
    issuer = IncomingCredential.objects.get(pk=file.pk).issuer
    issuer.name_ro = "Academia Țării de Jos"
    issuer.save(update_fields=["name_ro"])

    assert found(office.oana, q="tarii jos") == [file]
    assert found(office.oana, q="luminii") == []


def test_a_file_is_found_by_its_number(office):
    first, second = r.file(office), r.file(office)

    assert found(office.oana, q=second.case.number.lower()) == [second]
    assert found(office.oana, q="R-") == [first, second]


def test_who_applies_is_found_under_another_name_than_the_document(office):
    file = r.file(office, learner_given_name="Rada", learner_family_name="Șerban")

    assert found(office.oana, q="serban") == [file]
    assert found(office.oana, q="dunareanu") == [file]


def withdrawn(office: r.Office) -> RecognitionApplication:
    return filing.withdraw_application(
        application=r.file(office), reason="Not needed any more", by=office.radu
    )


CLOSED = [("final", lambda office: r.at(office, "final")), ("withdrawn", withdrawn)]


@pytest.mark.parametrize(("status", "close"), CLOSED)
def test_a_closed_file_is_found_where_it_is_looked_for(office, status, close):
    closed = close(office)
    waiting = r.file(office)
    number = closed.case.number

    assert found(office.oana) == [waiting]
    assert found(office.oana, q=number) == []
    assert found(office.oana, status=status) == [closed]
    assert found(office.oana, status=ALL) == [waiting, closed]
    assert found(office.oana, q=number, status=ALL) == [closed]
    assert found(office.oana, q="dunareanu", status=status) == [closed]


@pytest.mark.parametrize(("status", "close"), CLOSED)
def test_a_closed_file_says_since_when(office, status, close):
    close(office)

    told = pages.words(pages.page(office.oana, "work", status=status))

    assert "since " in told
    assert "limit " not in told


def test_what_is_open_is_found_by_its_status(office):
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
    asked = {"q": own.case.number, "status": ALL}

    assert found(office.radu, **asked) == []
    assert found(office.cezar, **asked) == []
    assert found(office.carmen, **asked) == [own]


def test_an_assessor_finds_only_what_is_assessed(office):
    other, named = r.file(office), r.at(office, "comparing")

    assert found(office.ana, q="R-", status=ALL) == [named]
    assert set(found(office.oana, q="R-", status=ALL)) == {other, named}


def test_drafts_are_nobody_elses(office):
    draft = r.at(office, "draft")

    assert found(office.oana, q=draft.case.number, status=ALL) == []


def test_what_is_being_filed_from_paper_is_found_by_who_files_it(office):
    typed = {
        "given_name": "Ayd\N{LATIN SMALL LETTER DOTLESS I}n",
        "family_name": "Øster",
        "email": "a@post.example",
    }
    pages.send(office.oana, "paper_open", **typed)
    draft = RecognitionApplication.objects.get(is_paper_file=True)
    filed = r.file(office)

    answer = pages.page(office.oana, "work", status=ALL)

    assert list(answer.context["page"]) == [draft, filed]
    assert reverse("recognition:own_application", args=[draft.pk]) in answer.text
    assert found(office.oana, q="aydin oster", status=ALL) == [draft]
    assert found(office.horia, q="aydin oster", status=ALL) == []


def test_who_only_applies_is_offered_no_search(office):
    r.file(office)

    assert b'name="q"' not in pages.page(office.radu, "work", q="dunareanu").content


@pytest.mark.parametrize(
    "typed", ["a" * (LONGEST_SEARCH + 1), "a " * (MOST_WORDS + 1), "a\0"]
)
@pytest.mark.parametrize("status", ["", "final"])
def test_a_search_that_cannot_be_carried_out_says_so(office, typed, status):
    files = {"": r.file(office), "final": r.at(office, "final")}

    answer = pages.page(office.oana, "work", q=typed, status=status)

    assert answer.status_code == 200
    assert answer.context["form"].errors["q"]
    assert answer.context["form"]["q"].value() == typed
    assert list(answer.context["page"]) == [files[status]]


def test_what_is_no_status_says_so_and_shows_what_is_open(office):
    waiting = r.file(office)

    answer = pages.page(office.oana, "work", status="lost")

    assert answer.context["form"].errors["status"]
    assert list(answer.context["page"]) == [waiting]


def test_nothing_found_leads_to_the_closed_files_and_back(office):
    answer = pages.page(office.oana, "work", q="nobody & all")

    assert "Nothing matches." in pages.words(answer)
    assert 'href="?q=nobody%20%26%20all&amp;status=all"' in answer.text
    assert f'href="{reverse("recognition:work")}">Show what is open' in answer.text


def test_pages_of_a_search_keep_what_was_asked(office):
    for _number in range(ROWS_PER_PAGE + 1):
        r.file(office)

    answer = pages.page(office.oana, "work", q="dunareanu", status=ALL)

    assert len(answer.context["page"]) == ROWS_PER_PAGE
    assert 'href="?q=dunareanu&amp;status=all&amp;page=2"' in answer.text


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_costs_a_fixed_number_of_queries(
    office, count, django_assert_num_queries
):
    for _number in range(count):
        r.file(office)
    client = Client()
    client.force_login(office.oana)
    address = reverse("recognition:work", query={"q": "dunareanu luz", "status": ALL})
    client.get(address)

    with django_assert_num_queries(13):
        answer = client.get(address)

    assert len(answer.context["page"]) == count

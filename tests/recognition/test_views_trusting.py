"""Pages of the register of trust: the list, an entry, proposing, deciding."""

from datetime import date

import pytest
from django.urls import reverse

from qa import tasks
from qa.models import Institution
from recognition.enums import TrustAct, TrustKind
from recognition.models import TrustEntry
from recognition.services import checking
from tests.credentials import made, made_seals
from tests.factories import recognition as r
from tests.recognition import files
from tests.recognition.pages import page, send, words

DID = "did:web:luz.example"
PROPOSED = {"kind": "did", "value": DID, "reason": "Their website says so."}


def test_an_empty_register_says_what_to_do(office):
    assert "Nothing is known of any institution yet" in words(
        page(office.oana, "trust_register")
    )


def test_what_waits_stands_first_and_is_counted(office):
    files.confirmed(office, TrustKind.DOMAIN, "luz.example")
    entry = files.proposed(office, TrustKind.DID, DID)

    answer = page(office.horia, "trust_register")

    assert next(iter(answer.context["page"])).pk == entry.pk
    assert "Register of trust 1" in words(answer)


def test_what_waits_is_in_the_work_of_the_head_of_the_office_alone(office, client):
    entry = files.proposed(office, TrustKind.DID, DID)

    assert [(one.step, one.row_id) for one in tasks.waiting_for(office.horia)] == [
        ("proposed", entry.pk)
    ]
    assert not tasks.open_to(office.oana)
    client.force_login(office.horia)
    shown = client.get(reverse("qa:work")).text
    assert reverse("recognition:trust_entry", args=[entry.pk]) in shown
    assert str(entry.institution) in shown

    files.decide(office, entry, TrustAct.CONFIRM)

    assert not tasks.open_to(office.horia)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 2),
        ({"stand": "confirmed"}, 1),
        ({"stand": "ended"}, 0),
        ({"stand": "nonsense"}, 2),
        ({"q": "universidad LUZ"}, 2),
        ({"q": "did:web"}, 1),
        ({"q": "zzzz"}, 0),
    ],
)
def test_the_list_is_narrowed(office, query, found):
    files.confirmed(office, TrustKind.DOMAIN, "luz.example")
    files.proposed(office, TrustKind.DID, DID)

    answer = page(office.oana, "trust_register", **query)

    assert len(answer.context["page"]) == found
    assert ("No entry is like that" in words(answer)) is (found == 0)


@pytest.mark.parametrize("query", [{"q": "a" * 300}, {"stand": "nonsense"}])
def test_a_filter_of_the_list_that_makes_no_sense_says_so(office, query):
    answer = page(office.oana, "trust_register", **query)

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == list(query)
    assert 'class="error"' in answer.text


@pytest.mark.parametrize("name", ["trust_register", "trust_propose", "credential_look"])
@pytest.mark.parametrize("person", ["radu", "ana", "carmen"])
def test_the_rooms_of_the_office_are_closed_to_others(office, name, person):
    assert page(office.people[person], name).status_code == 403


def test_the_secretary_reads_and_does_not_write(office):
    entry = files.proposed(office, TrustKind.DID, DID)

    listed = page(office.mara, "trust_register")
    shown = page(office.mara, "trust_entry", entry.pk)

    assert listed.status_code == shown.status_code == 200
    assert "Propose an entry" not in words(listed)
    assert page(office.mara, "trust_propose").status_code == 403
    assert page(office.mara, "trust_decide", entry.pk, "confirm").status_code == 403


def test_a_stranger_sees_no_entry(office):
    entry = files.proposed(office, TrustKind.DID, DID)

    assert page(office.radu, "trust_entry", entry.pk).status_code == 403
    assert page(office.oana, "trust_entry", 999_999).status_code == 404


def test_officer_proposes_and_head_confirms_through_the_pages(office):
    prefilled = page(office.oana, "trust_propose", kind="did", value=DID)
    sent = send(
        office.oana, "trust_propose", **PROPOSED, institution=files.university().pk
    )
    entry = TrustEntry.objects.get()

    asked = page(office.horia, "trust_decide", entry.pk, "confirm")
    confirmed = send(
        office.horia, "trust_decide", entry.pk, "confirm", reason="Telephoned."
    )

    assert prefilled.context["form"]["value"].value() == DID
    assert sent.url == confirmed.url == entry.get_absolute_url()
    assert DID in words(asked)
    shown = words(page(office.oana, "trust_entry", entry.pk))
    assert "Confirmed" in shown
    assert "Telephoned." in shown


def test_an_institution_that_is_not_listed_comes_with_its_entry(office):
    told = {"new_name": "Universidad del Mar", "new_country": "ES"}

    send(office.oana, "trust_propose", **PROPOSED, **told)

    assert TrustEntry.objects.get().institution.name_en == "Universidad del Mar"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"value": "luz.example"}, "A DID begins with did:"),
        ({"reason": ""}, "This field is required"),
        ({"new_country": ""}, "in which country"),
        ({"new_name": "", "new_country": ""}, "whose it is"),
        ({"valid_from": "2026-02-01", "valid_to": "2026-01-01"}, "before it begins"),
    ],
)
def test_a_refused_proposal_says_where(office, said, sentence):
    told = {"new_name": "Universidad del Mar", "new_country": "ES"}

    answer = send(office.oana, "trust_propose", **PROPOSED | told | said)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not TrustEntry.objects.exists()
    assert not Institution.objects.filter(name_en="Universidad del Mar").exists()


def test_an_anchor_shows_what_its_authority_publishes(office):
    entry = files.confirmed(
        office, TrustKind.ANCHOR, made_seals.pem(made_seals.ROOT), institution=None
    )

    shown = words(page(office.oana, "trust_entry", entry.pk))

    assert "Authority of tests" in shown
    assert "until 1 Jan 2030" in shown


def test_who_proposed_is_told_that_somebody_else_decides(office):
    entry = TrustEntry(**PROPOSED, institution=files.university())
    send(office.horia, "trust_propose", **PROPOSED, institution=entry.institution.pk)
    entry = TrustEntry.objects.get()

    shown = page(office.horia, "trust_entry", entry.pk)

    assert "Somebody else decides" in words(shown)
    assert page(office.horia, "trust_decide", entry.pk, "confirm").status_code == 403


def test_an_end_needs_its_day(office):
    entry = files.confirmed(office, TrustKind.DID, DID)

    refused = send(office.horia, "trust_decide", entry.pk, "end", reason="Replaced.")
    send(
        *(office.horia, "trust_decide", entry.pk, "end"),
        reason="Replaced.",
        last_day="2026-10-31",
    )

    assert refused.status_code == 422
    assert entry.decisions.get(act="end").last_day == date(2026, 10, 31)
    assert "Its last day is 31 Oct 2026" in words(
        page(office.oana, "trust_entry", entry.pk)
    )


def test_acts_that_do_not_fit_the_stand_lead_back(office):
    entry = files.confirmed(office, TrustKind.DID, DID)

    asked = page(office.horia, "trust_decide", entry.pk, "confirm")
    sent = send(office.horia, "trust_decide", entry.pk, "confirm", reason="Again.")

    assert asked.url == entry.get_absolute_url()
    assert sent.status_code == 422
    assert "stands otherwise by now" in words(sent)
    assert page(office.horia, "trust_decide", entry.pk, "undo").status_code == 404


def test_a_key_seen_in_a_file_leads_to_its_check(office, stored):
    files.confirmed(office, TrustKind.DOMAIN, "luz.example")
    application = r.file(office)
    check = checking.add_credential_file(
        application=application,
        content=files.foreign(),
        filename="badge.jwt",
        by=office.radu,
    )
    entry = TrustEntry.objects.get(kind=TrustKind.KEY)

    shown = page(office.horia, "trust_entry", entry.pk)
    seen = page(office.oana, "credential_check", application.pk, check.pk)

    address = f"/recognition/cases/{application.pk}/checks/{check.pk}/"
    assert address in shown.content.decode()
    assert application.case.number in words(shown)
    assert made.thumbprint(made.RSA) in words(seen)
    assert "See its entry" in words(seen)

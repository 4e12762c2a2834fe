"""What the committee resolved stands in the record: a changed row is found."""

import pytest
from django.db import connection, models
from django.db.models import F

from qa import record, triggers, verification
from qa.models import Document, Event
from recognition.models import Proposal, RecognitionDecision
from recognition.services import checking, comparing, filing, handling
from recognition.services.documents import add_document
from tests.factories import recognition as r
from tests.recognition.stories import ask, conflicted, incomplete


def test_a_changed_resolution_is_found_at_its_act(office):
    application = r.at(office, "decided")
    record.seal_changed_cases()
    before = verification.verify()

    connection.check_constraints()
    triggers.lift()
    RecognitionDecision.objects.filter(application=application).update(
        comparison_en="Nothing was compared."
    )
    connection.check_constraints()
    triggers.install()

    told = Event.objects.get(case_id=application.pk, row="B20")
    found = [one for one in verification.verify() if one not in before]
    assert [(one.case, one.sequence) for one in found] == [
        (application.case.number, told.sequence)
    ]
    assert told.role == "committee secretary"


def notified(office):
    application = r.at(office, "decided")
    checking.add_credential_file(
        application=application, content=b"{}", filename="odd.json", by=office.radu
    )
    return r.notify(office, application)


# Rows, which of them, what they are made to say, and the act that swore to the first.
OTHERWISE = {
    "file check": ("credential_checks", {"verdict": "verified"}, "check_file"),
    "file report": ("credential_checks", {"report": {}}, "check_file"),
    "purpose": ("pk", {"purpose": "employment"}, "B01"),
    "paper file": ("pk", {"is_paper_file": True}, "B00"),
    "outcome": ("pk", {"outcome": "refused"}, "B20"),
    "decided on": ("pk", {"decided_on": "2020-01-01"}, "B20"),
    "delivered on": ("pk", {"delivered_on": "2020-01-01"}, "B21"),
    "appeal until": ("pk", {"appeal_until": "2040-01-01"}, "B21"),
    "time limit": ("pk", {"limit_on": "2040-01-01"}, "B04"),
    "proposal": ("proposal", {"reasons": "None."}, "B18"),
    "grid": ("rows", {"credential_value": "Nothing."}, "B18"),
    "verification": ("verifications", {"evidence": "Nothing."}, "record_verification"),
}


@pytest.mark.parametrize("name", OTHERWISE)
def test_what_else_the_decision_rests_on_is_found_at_its_act(office, stored, name):
    which, changes, act = OTHERWISE[name]
    application = notified(office)
    before = verification.verify()

    connection.check_constraints()
    triggers.lift()
    rows_of(application, which).update(**changes)
    connection.check_constraints()
    triggers.install()

    told = Event.objects.filter(
        models.Q(row=act) | models.Q(act=act), case_id=application.pk
    )
    found = [one for one in verification.verify() if one not in before]
    assert [(one.case, one.sequence) for one in found] == [
        (application.case.number, told.earliest("sequence").sequence)
    ]


def rows_of(application, which):
    if which == "pk":
        return type(application).objects.filter(pk=application.pk)
    if which == "proposal":
        return Proposal.objects.filter(application=application)
    return getattr(application, which).all()


def settled(office):
    application = incomplete(office)
    item = application.missing_items.earliest("pk")
    filing.settle_item(item=item, stand="received", by=office.oana)
    return application


def resumed(office):
    application = ask(office, r.at(office, "tracked"))
    handling.answer_request(
        application=application, answer="The second.", by=office.radu
    )
    return handling.resume(application=application, by=office.oana)


def documented(office):
    application = r.draft(office)
    paper = Document(kind="identity", title="Identity card")
    add_document(application=application, document=paper, by=office.radu)
    return application


def renamed(office):
    application = conflicted(office)
    comparing.judge_conflict(
        application=application, cleared=False, reasons="A co-author.", by=office.horia
    )
    comparing.name_assessor(
        application=application, assessor=office.anca, by=office.horia
    )
    return application


# A story, the rows of its case and what they are made to say, and the act that said it.
ASKED = {
    "item": (settled, "missing_items", {"what": "Nothing"}, "B02"),
    "settled": (settled, "missing_items", {"settled_on": "2020-01-01"}, "settle_item"),
    "question": (resumed, "info_requests", {"question": "None?"}, "B11"),
    "term": (resumed, "info_requests", {"term_on": "2040-01-01"}, "B11"),
    "answer": (resumed, "info_requests", {"answer": "None."}, "answer_request"),
    "pause": (resumed, "info_requests", {"paused_to": "2040-01-01"}, "B12"),
    "assessor": (
        conflicted,
        "assessors",
        {"user_id": F("named_by_id")},
        "name_assessor",
    ),
    "conflict": (conflicted, "assessors", {"declaration": "none"}, "declare_conflict"),
    "grounds": (conflicted, "assessors", {"grounds": []}, "declare_conflict"),
    "judgement": (renamed, "assessors", {"judgement": "Fine."}, "judge_conflict"),
    "title": (documented, "documents", {"title": "Other"}, "add_document"),
    "digest": (documented, "documents", {"sha256": "a" * 64}, "add_document"),
    "no item": (settled, "missing_items", None, "B02"),
    "no question": (resumed, "info_requests", None, "B11"),
    "no assessor": (conflicted, "assessors", None, "name_assessor"),
    "no document": (documented, "documents", None, "add_document"),
}


@pytest.mark.parametrize("name", ASKED)
def test_what_the_office_asked_and_who_compares_is_found_at_its_act(office, name):
    story, which, changes, act = ASKED[name]
    application = story(office)
    case = application.case
    assert verification.verify() == []

    rows = getattr(case if which == "documents" else application, which)
    changed = rows.filter(pk=rows.earliest("pk").pk)
    if changes is None:
        changed.delete()
    else:
        changed.update(**changes)

    [found] = [one for one in verification.verify() if one.case]
    told = Event.objects.get(case=case, sequence=found.sequence)
    assert (found.case, act in (told.row, told.act)) == (case.number, True)


def test_the_grounds_of_a_conflict_stand_in_the_record_by_their_hash(office):
    application = conflicted(office)

    told = Event.objects.get(case_id=application.pk, act="declare_conflict")

    wrote = told.facts["assessor"]["wrote"]
    assert wrote["grounds"] == record.sha256('["co_authorship"]')
    assert wrote["text"] == record.sha256("A paper in 2024")


def test_a_decision_of_the_committee_seals(office, django_capture_on_commit_callbacks):
    on_agenda = r.at(office, "in_committee")
    with django_capture_on_commit_callbacks(execute=True):
        application = r.decide(office, on_agenda)

    case = application.case
    case.refresh_from_db()
    assert case.sealedhead.events == case.events_written

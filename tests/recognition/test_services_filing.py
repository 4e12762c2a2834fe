"""Filing, completeness and documents: what is written, told and refused."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from qa import verification
from qa.enums import Role
from qa.models import Document, Event, Message, RuleSet, User
from qa.transitions import TransitionRefused
from recognition.enums import RecognitionOutcome
from recognition.services import closing, conditions, deciding, filing
from recognition.services.documents import add_document
from tests.credentials import made
from tests.factories import recognition as r
from tests.recognition.stories import day, incomplete, later

pytestmark = pytest.mark.django_db


# The straight way


@pytest.mark.parametrize(
    "outcome", [o for o in RecognitionOutcome.values if o != "conditional"]
)
def test_application_reaches_finality_with_each_outcome(office, outcome):
    application = r.at(office, "final", outcome=outcome)

    assert (application.status, application.outcome) == ("final", outcome)
    assert application.resolution.is_as_requested is (outcome == "full")
    assert verification.verify() == []


@pytest.mark.parametrize("track", ["standard", "prior_learning", "refugee"])
def test_application_reaches_finality_on_each_track(office, track):
    application = r.at(office, "final", track=track)

    grid = 7 if track == "prior_learning" else 5
    assert (application.status, application.rows.count()) == ("final", grid)


def test_conditional_decision_becomes_final_once_its_condition_is_met(office):
    application = r.at(office, "notified", outcome="conditional")
    condition = application.resolution.decision.conditions.get()
    with pytest.raises(TransitionRefused, match="condition of the decision"):
        closing.accept_decision(application=application, by=office.radu)

    conditions.submit_evidence(
        condition=condition, evidence="Record 12", by=office.radu
    )
    conditions.judge_condition(
        condition=condition, fulfilled=True, reasons="Passed", by=office.oana
    )
    final = closing.accept_decision(application=application, by=office.radu)

    assert final.status == "final"


def told_to(user: User) -> tuple[str, str]:
    message = Message.objects.filter(to=user).latest("pk")
    return message.subject, message.body


def test_acts_on_a_condition_are_told_to_whom_they_concern(office):
    application = r.at(office, "notified", outcome="conditional")
    condition = application.resolution.decision.conditions.get()
    number = application.case.number

    conditions.extend_condition(
        condition=condition,
        deadline=condition.deadline + timedelta(days=30),
        reason="The session was moved.",
        by=office.oana,
    )
    subject, body = told_to(office.radu)
    assert subject == f"You have more time for a condition of {number}"
    assert body.startswith("Pass the difference exam.")
    assert f"{condition.deadline + timedelta(days=30):%d.%m.%Y}" in body
    assert "The session was moved." in body

    conditions.submit_evidence(
        condition=condition, evidence="Record 12", by=office.radu
    )
    assert told_to(office.oana)[0] == (
        f"Evidence on a condition of {number} was handed in"
    )
    assert not Message.objects.filter(to=office.radu, subject__contains="Evidence")

    conditions.judge_condition(
        condition=condition, fulfilled=False, reasons="No mark.", by=office.oana
    )
    subject, body = told_to(office.radu)
    assert subject == f"A condition of the decision on {number} is not met yet"
    assert "No mark." in body

    conditions.submit_evidence(condition=condition, evidence="Mark 8", by=office.radu)
    conditions.judge_condition(
        condition=condition, fulfilled=True, reasons="Passed", by=office.oana
    )
    assert told_to(office.radu)[0] == (
        f"A condition of the decision on {number} is met"
    )


def test_an_officer_is_not_told_to_judge_evidence_of_their_own(office):
    r.appoint(office.radu, Role.RECOGNITION_OFFICER)
    User.objects.filter(pk=office.radu.pk).update(language="ro")
    application = r.at(office, "notified", outcome="conditional")
    condition = application.resolution.decision.conditions.get()

    conditions.submit_evidence(condition=condition, evidence="Mark 8", by=office.radu)
    conditions.judge_condition(
        condition=condition, fulfilled=True, reasons="Passed", by=office.oana
    )

    about = Message.objects.filter(key__contains="/evidence/")
    assert [message.to for message in about] == [office.oana]
    subject, body = told_to(office.radu)
    assert subject.startswith("O condiție a deciziei")
    assert body.startswith("Promovarea examenului de diferență.")


def test_every_act_leaves_its_row_in_the_record(office):
    application = r.at(office, "final")

    rows = Event.objects.filter(case_id=application.pk).exclude(row="")
    assert list(rows.values_list("row", flat=True)) == [
        "B00",
        "B01",
        "B04",
        "B07",
        "B08",
        "B15",
        "B17",
        "B18",
        "B20",
        "B21",
        "B22",
    ]


def test_case_number_and_rule_set_are_pinned_when_it_opens(office):
    application = r.file(office)

    assert application.case.number == "R-2026-0001"
    assert application.rule_set == office.rules
    assert application.registry_number == "1/02.11.2026"


# Filing and completeness


def test_receipt_tells_the_expected_day(office):
    application = r.file(office)

    message = Message.objects.get(to=office.radu)
    assert application.expected_on == day("2026-12-02")
    assert "02.12.2026" in message.body
    assert "Rules (version UVD-R-2026)" in message.body
    assert message.path == f"/recognition/mine/{application.pk}/"


def test_ten_working_days_to_call_a_file_incomplete_skip_the_closure(office):
    # 5 November is the institution's own closure, 30 November comes later.
    assert r.file(office).completeness_until == day("2026-11-17")


def test_clock_starts_at_filing_when_everything_is_there(office):
    application = r.file(office)

    with later(3):
        complete = r.complete(office, application)

    assert complete.clock_started_on == day("2026-11-02")
    assert complete.target_on == day("2026-12-02")
    assert complete.limit_on == day("2027-03-02")


def test_clock_starts_when_the_last_necessary_item_came(office):
    application = incomplete(office)
    syllabus, transcript = application.missing_items.all()
    with later(4):
        filing.settle_item(item=syllabus, stand="received", by=office.oana)
        filing.settle_item(
            item=transcript,
            stand="unobtainable",
            settled_on=day("2026-11-04"),
            remark="The archive burnt down",
            by=office.oana,
        )
        complete = r.complete(office, application)

    assert complete.clock_started_on == day("2026-11-06")


def test_clock_does_not_start_while_an_item_is_open(office):
    application = incomplete(office)

    with pytest.raises(TransitionRefused, match="received or declared impossible"):
        r.complete(office, application)

    assert r.again(application).clock_started_on is None


def test_item_that_cannot_be_had_says_why(office):
    item = incomplete(office).missing_items.first()

    with pytest.raises(TransitionRefused, match="why the item cannot be obtained"):
        filing.settle_item(item=item, stand="unobtainable", by=office.oana)


def test_missing_items_without_why_are_refused_and_nothing_is_written(office):
    application = r.file(office)

    with pytest.raises(TransitionRefused, match="why it is needed"):
        filing.declare_incomplete(
            application=application, items=[("Syllabus", " ")], by=office.oana
        )

    assert not application.missing_items.exists()


def test_file_is_not_called_incomplete_after_its_days(office):
    application = r.file(office)

    with later(16), pytest.raises(TransitionRefused, match="are over"):
        filing.declare_incomplete(
            application=application, items=[("A", "b")], by=office.oana
        )


def test_filed_application_no_longer_changes(office):
    application = r.file(office)

    with pytest.raises(TransitionRefused, match="no longer changes"):
        filing.save_wish(
            application=application, wish={"purpose": "stacking"}, by=office.radu
        )


def test_draft_belongs_to_its_applicant(office):
    application = r.draft(office)

    with pytest.raises(PermissionDenied):
        filing.save_credential(application=application, credential={}, by=office.oana)


def test_officer_files_a_paper_file_for_somebody(office):
    paper = filing.open_application(applicant=office.radu, by=office.oana)

    assert paper.is_paper_file
    with pytest.raises(PermissionDenied):
        filing.save_wish(application=paper, wish={}, by=office.radu)


def test_nobody_else_files_for_somebody(office):
    with pytest.raises(PermissionDenied):
        filing.open_application(applicant=office.radu, by=office.ana)


def test_fee_is_waived_with_a_reason_only(office):
    application = r.draft(office)

    with pytest.raises(TransitionRefused, match="waiver needs its reason"):
        filing.record_fee(application=application, fee="waived", by=office.radu)


@pytest.mark.parametrize("status", ["withdrawn", "final"])
def test_fee_of_a_closed_case_stays_as_it_is(office, status):
    if status == "final":
        application = r.at(office, "final")
    else:
        filed = r.at(office, "submitted")
        application = filing.withdraw_application(application=filed, by=office.radu)

    with pytest.raises(TransitionRefused, match="fee stays as it was recorded"):
        filing.record_fee(application=application, fee="due", by=office.oana)

    assert r.again(application).fee == "paid"


def test_all_is_sent_is_said_once_until_something_is_added(office):
    application = incomplete(office)
    filing.report_items_sent(application=application, by=office.radu)
    told = Message.objects.count()
    with pytest.raises(TransitionRefused, match="said so already"):
        filing.report_items_sent(application=application, by=office.radu)
    assert Message.objects.count() == told

    filing.save_background_paper(
        application=application, paper={"experience": "Ten years"}, by=office.radu
    )
    filing.report_items_sent(application=application, by=office.radu)

    assert application.case.events.filter(act="items_sent").count() == 2


def test_no_application_opens_without_rules(office):
    RuleSet.objects.update(valid_to=day("2026-01-01"))

    with pytest.raises(TransitionRefused, match="rule set"):
        filing.open_application(applicant=office.radu, by=office.radu)


def test_applicant_withdraws_until_the_decision(office):
    withdrawn = filing.withdraw_application(
        application=r.at(office, "in_committee"), by=office.radu
    )

    assert withdrawn.status == "withdrawn"
    with pytest.raises(TransitionRefused):
        deciding.record_decision(
            application=withdrawn,
            resolution=r.resolution(office, "full"),
            minutes=r.minutes(office),
            by=office.mara,
        )


def test_decided_application_is_no_longer_withdrawn(office):
    with pytest.raises(TransitionRefused):
        filing.withdraw_application(application=r.at(office, "decided"), by=office.radu)


# Documents


def add_file(office, content, kind="certificate"):
    return add_document(
        application=r.draft(office),
        document=Document(kind=kind, title="Identity card"),
        content=content,
        by=office.radu,
    )


def test_document_keeps_the_hash_of_its_file(office, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    document = add_file(office, b"%PDF-1.7 ...", "identity")

    assert len(document.sha256) == 64
    assert (document.media_type, document.size) == ("application/pdf", 12)
    assert document.confidentiality == "restricted"
    assert document.file.name.endswith(f"{document.sha256[:16]}.pdf")


@pytest.mark.parametrize(
    ("content", "media_type", "suffix"),
    [
        (made.PNG, "image/png", "png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg", "jpg"),
        (made.SVG, "image/svg+xml", "svg"),
        (b"\n<?xml version='1.0'?><elmo/>", "application/xml", "xml"),
        (b'\xef\xbb\xbf {"payload": "x"}', "application/json", "json"),
        (made.token(made.badge()).encode() + b"\n", "application/jwt", "jwt"),
        (b"https://luz.example/assertions/1", "text/uri-list", "txt"),
        (b"H4sIAAAAAAAA", "text/plain", "txt"),
    ],
)
def test_a_file_is_what_its_content_begins_like(
    office, settings, tmp_path, content, media_type, suffix
):
    settings.MEDIA_ROOT = tmp_path

    document = add_file(office, content)

    assert document.media_type == media_type
    assert document.file.name.endswith(f".{suffix}")


@pytest.mark.parametrize(
    "content",
    [
        b"MZ not a PDF",
        b"PK\x03\x04 a letter of an office program",
        b"hello",
        b"luz.example.org",
        b"<!DOCTYPE html><html><script>alert(1)</script></html>",
        b" \n",
        b"\xff\xfe{\x00}\x00",
    ],
)
def test_file_that_no_reader_knows_is_refused(office, content):
    with pytest.raises(TransitionRefused, match="Send a PDF"):
        add_file(office, content)


def test_stranger_adds_nothing(office):
    with pytest.raises(PermissionDenied):
        add_document(
            application=r.file(office),
            document=Document(kind="other", title="Note"),
            by=office.anca,
        )


def test_letter_of_decision_is_not_filed_by_hand(office):
    with pytest.raises(TransitionRefused, match="Say what the document is"):
        add_document(
            application=r.file(office),
            document=Document(kind="decision_letter", title="Letter", sha256="b" * 64),
            by=office.oana,
        )

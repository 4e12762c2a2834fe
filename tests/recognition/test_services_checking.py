"""Credential files of a case: verified, frozen, filled in, and verified again."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import translation

from qa import record
from qa.models import Document
from qa.transitions import TransitionRefused
from recognition.credentials import guarded
from recognition.credentials.findings import Check
from recognition.models import CredentialCheck
from recognition.services import checking, filing
from recognition.services.documents import add_document
from tests.credentials import made
from tests.factories import recognition as r
from tests.recognition import files

pytestmark = pytest.mark.usefixtures("stored")


def add(office, content, name="credential.json", application=None, by=None):
    return checking.add_credential_file(
        application=application or opened(office),
        content=content,
        filename=name,
        by=by or office.radu,
    )


def opened(office):
    return filing.open_application(applicant=office.radu, by=office.radu)


def test_the_whole_result_is_frozen_with_the_case(office):
    content = files.content(files.badge())

    check = CredentialCheck.objects.get(pk=add(office, content).pk)

    assert (check.verdict, check.format) == ("verified", "open_badges_3")
    assert check.file_sha256 == check.document.sha256
    assert check.document.title == "Data ethics"
    assert check.report_sha256 == record.sha256(record.canonical(check.report))
    assert check.told.contexts == check.report["contexts"]
    assert made.OB_3 in check.report["contexts"]
    told = check.told.findings[Check.SIGNATURE]
    assert made.thumbprint(made.OURS) in told.detail


def test_a_kept_finding_is_told_in_the_readers_language(office):
    check = CredentialCheck.objects.get(pk=add(office, files.sealed()).pk)
    finding = check.told.findings[Check.FORMAT]

    with translation.override("en"):
        english = finding.detail
    with translation.override("ro"):
        romanian = finding.detail

    assert english == "Read as a European Digital Credential."
    assert romanian != english


def test_the_act_stands_in_the_record_without_a_word_of_the_file(office):
    check = add(office, files.sealed())

    event = check.application.case.events.get(act="check_file")

    assert event.role == "applicant"
    assert event.facts["verdict"] == check.verdict
    assert event.facts["check"]["sha256"] == record.digest(check)
    assert event.facts["file_sha256"] == check.file_sha256
    assert "Ana Exemplu" not in record.canonical(event.facts)


def test_a_file_fills_the_draft_and_every_value_keeps_its_origin(office):
    application = opened(office)

    check = add(office, files.sealed(), application=application)

    credential = r.again(application).credential
    assert (credential.title, credential.issued_on) == (
        "Data ethics",
        date(2026, 1, 15),
    )
    assert (credential.ects, credential.workload_hours) == (Decimal("2.5"), 60)
    assert (credential.level_kind, credential.eqf_level) == ("eqf", 6)
    assert credential.outcomes == ["Weighs interests"]
    assert credential.origins["workload_hours"] == {
        "value": 60,
        "place": "credentialSubject.hasClaim.specifiedBy.volumeOfLearning",
        "raw": "P2DT12H",
        "check": check.pk,
    }


def test_what_the_applicant_wrote_stays_beside_what_the_file_says(office):
    application = opened(office)
    wrote = {"title": "Ethics of data", "level_kind": "none", "missing": ["workload"]}
    filing.save_credential(application=application, credential=wrote, by=office.radu)

    add(office, files.sealed(), application=application)

    credential = r.again(application).credential
    assert (credential.title, credential.level_kind) == ("Ethics of data", "none")
    assert credential.eqf_level is None
    assert credential.origins["title"]["value"] == "Data ethics"
    assert credential.missing == []


def test_after_filing_no_value_changes_and_what_the_file_says_stands_beside(office):
    application = r.at(
        office, "submitted", ects=None, workload_hours=None, missing=["workload"]
    )

    add(office, files.sealed(), application=application)

    credential = r.again(application).credential
    assert (credential.ects, credential.missing) == (None, ["workload"])
    assert credential.title == "Analítica de la cadena de suministro"
    assert credential.origins["title"]["value"] == "Data ethics"
    assert credential.origins["ects"]["value"] == "2.5"


def test_a_second_run_stands_beside_the_first(office):
    application = r.file(office)
    first = add(office, files.sealed(), application=application)
    files.anchored(office)

    second = checking.check_document(
        application=application, document=first.document, by=office.oana
    )

    assert [c.verdict for c in application.credential_checks.all()] == [
        "unverified",
        "verified",
    ]
    assert first.report_sha256 != second.report_sha256
    assert application.case.events.last().role == "recognition officer"


def test_checks_never_change(office):
    add(office, files.content(files.badge()))

    for change in (
        lambda: CredentialCheck.objects.update(verdict="verified"),
        lambda: connection.cursor().execute("DELETE FROM recognition_credentialcheck"),
    ):
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            change()


def test_an_exchanged_file_on_disk_is_not_checked(office):
    check = add(office, files.content(files.badge()))
    with check.document.file.open("wb") as stored:
        stored.write(b"{}")

    with pytest.raises(TransitionRefused, match="no longer the one"):
        checking.check_document(
            application=check.application, document=check.document, by=office.oana
        )


@pytest.mark.parametrize(
    ("name", "allowed"),
    [("oana", True), ("horia", True)]
    + [(name, False) for name in ("radu", "ana", "mara", "carmen")],
)
def test_who_may_have_a_file_verified_again(office, name, allowed):
    application = r.file(office)
    check = add(office, files.content(files.badge()), application=application)

    def again():
        return checking.check_document(
            application=application, document=check.document, by=office.people[name]
        )

    if allowed:
        assert again().checked_by == office.people[name]
    else:
        with pytest.raises(PermissionDenied):
            again()


def test_a_stranger_adds_no_file(office):
    with pytest.raises(PermissionDenied):
        add(office, files.content(files.badge()), by=r.person("stranger"))
    assert not Document.objects.exists()


@pytest.mark.parametrize("content", [b"", b"x" * (10 * 1024 * 1024 + 1)])
def test_a_file_has_a_size(office, content):
    with pytest.raises(TransitionRefused, match="10 MB"):
        add(office, content)


def test_what_is_no_credential_is_told_and_kept(office):
    check = add(office, b"{}", name="odd.json")

    assert (check.verdict, check.document.title) == ("unreadable", "odd")


def test_letters_that_no_database_keeps_do_not_stop_anybody(office):
    hostile = made.badge()
    subject = hostile["credentialSubject"]["achievement"]
    subject["name"], subject["description"] = "nul \0 here", "x" * 100_000

    check = add(office, files.content(hostile))

    said = {claim.name: claim.value for claim in check.told.claims}
    assert "\0" not in said["title"]
    assert len(said["description"]) < 5_000


def test_a_busy_house_says_so_and_keeps_nothing(office, monkeypatch):
    def busy(*_args, **_named):
        raise guarded.Busy

    monkeypatch.setattr(guarded, "verify", busy)

    with pytest.raises(TransitionRefused, match="in a minute"):
        add(office, files.content(files.badge()))
    assert not Document.objects.exists()


# Documents that are added as documents


def added(office, content, kind="certificate"):
    application = opened(office)
    document = add_document(
        application=application,
        document=Document(kind=kind, title="Certificate"),
        content=content,
        by=office.radu,
    )
    return checking.check_added(
        application=application, document=document, by=office.radu
    )


@pytest.mark.parametrize(
    ("content", "kind", "verdict"),
    [
        (made.as_bytes(made.sign(made.badge())), "other", "verified"),
        (made.token(made.badge()).encode(), "certificate", "verified"),
        (made.png(made.token(made.badge())), "certificate", "verified"),
        (made.svg(made.token(made.badge())).lstrip(), "transcript", "verified"),
        (b"{}", "certificate", "unreadable"),
        (b"https://luz.example/assertions/1", "certificate", "unverified"),
        (made.PNG, "certificate", None),
        (b"\xff\xd8\xff", "certificate", None),
        (made.as_bytes(made.badge()), "identity", None),
    ],
)
def test_what_may_be_a_credential_is_verified_as_it_is_added(
    office, content, kind, verdict
):
    check = added(office, content, kind)

    assert (check and check.verdict) == verdict


def test_a_paper_without_a_file_cannot_be_checked(office):
    application = r.file(office)
    paper = application.case.documents.first() or add_document(
        application=application,
        document=Document(kind="certificate", title="Certificate"),
        by=office.oana,
    )

    with pytest.raises(TransitionRefused, match="no file"):
        checking.check_document(application=application, document=paper, by=office.oana)


def test_a_closed_case_takes_no_check(office):
    application = r.file(office)
    check = add(office, files.content(files.badge()), application=application)
    filing.withdraw_application(application=application, by=office.radu)

    with pytest.raises(TransitionRefused, match="closed"):
        checking.check_document(
            application=r.again(application), document=check.document, by=office.oana
        )

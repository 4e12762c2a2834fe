"""Adding a document: online with its file, or as a paper of the office; reading it."""

from pathlib import Path

import pytest
from django.contrib.messages import get_messages
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from qa.enums import Role
from qa.files import hash_of
from qa.models import Document, Language
from qa.transitions import TransitionRefused
from recognition.enums import DocumentKind
from recognition.services import checking, closing, filing
from tests.factories import recognition as r
from tests.recognition import files
from tests.recognition.pages import page, send, words

PAPER = {"kind": "certificate", "title": "Certificate"}


def test_online_the_file_is_required(office):
    application = r.at(office, "draft")
    before = application.case.documents.count()

    response = send(office.radu, "document_add", application.pk, **PAPER)

    assert response.status_code == 422
    assert "Choose the file of the document." in words(response)
    assert application.case.documents.count() == before


def test_the_office_lists_a_paper_without_a_file(office):
    paper = filing.open_application(applicant=office.radu, by=office.oana)

    send(office.oana, "document_add", paper.pk, **PAPER)

    assert paper.case.documents.get().title == "Certificate"


def test_the_list_names_the_languages_of_documents(office):
    Language.objects.update_or_create(
        code="pt", defaults={"alpha3b": "por", "name_en": "Portuguese"}
    )
    paper = filing.open_application(applicant=office.radu, by=office.oana)
    send(office.oana, "document_add", paper.pk, **PAPER, language="pt")

    shown = words(page(office.oana, "application_detail", paper.pk))

    assert "· Portuguese" in shown
    assert "· pt" not in shown


@pytest.mark.parametrize("name", ["diploma.jsonld", "diploma", "diploma.doc"])
@pytest.mark.parametrize("place", ["credential_add", "document_add"])
def test_a_sealed_credential_is_filed_under_any_name(office, stored, name, place):
    """Sealed European credentials end in .jsonld; a telephone may drop the ending."""
    application = r.draft(office)
    file = SimpleUploadedFile(name, files.sealed())

    send(office.radu, place, application.pk, **PAPER, file=file)

    check = application.credential_checks.get()
    assert check.format == "european_digital_credential"
    assert check.document.media_type == "application/json"


def test_what_is_no_credential_and_no_picture_is_refused_in_words(office, stored):
    application = r.draft(office)
    before = application.case.documents.count()
    file = SimpleUploadedFile("diploma.json", b"PK\x03\x04")

    response = send(office.radu, "document_add", application.pk, **PAPER, file=file)

    assert "Send a PDF, a picture (PNG, JPEG), or a digital" in words(response)
    assert application.case.documents.count() == before


@pytest.fixture
def filed_with_file(office, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    application = r.at(office, "in_committee")

    send(
        office.radu,
        "document_add",
        application.pk,
        kind="identity",
        title="Identity card",
        file=SimpleUploadedFile("card.pdf", b"%PDF-1.7 x"),
    )
    return application, application.case.documents.get(kind=DocumentKind.IDENTITY)


def test_reading_a_document_leaves_a_trace(office, filed_with_file):
    application, document = filed_with_file

    response = page(office.oana, "document_read", application.pk, document.pk)

    assert b"".join(response.streaming_content) == b"%PDF-1.7 x"
    assert application.case.events.last().act == "read_document"


def test_applicant_reads_the_own_document_without_trace(office, filed_with_file):
    application, document = filed_with_file

    response = page(office.radu, "document_read", application.pk, document.pk)

    assert b"".join(response.streaming_content) == b"%PDF-1.7 x"
    assert application.case.events.last().act == "add_document"


@pytest.mark.parametrize("who", ["oana", "radu"])
def test_a_file_that_was_exchanged_is_not_handed_out(office, filed_with_file, who):
    application, document = filed_with_file
    Path(document.file.path).write_bytes(b"%PDF-1.7 y")
    reader = getattr(office, who)

    answer = page(reader, "document_read", application.pk, document.pk)

    home = "application_detail" if who == "oana" else "own_application"
    assert answer.url == reverse(f"recognition:{home}", args=[application.pk])
    assert [str(told) for told in get_messages(answer.wsgi_request)] == [
        "The file is no longer the one that was filed; its SHA-256 is another."
    ]
    assert application.case.events.last().act == "add_document"


def test_identity_document_is_closed_to_the_committee(office, filed_with_file):
    application, document = filed_with_file

    response = page(office.carmen, "document_read", application.pk, document.pk)

    assert response.status_code == 404


def test_letter_of_decision_is_read_once_it_was_delivered(office, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    application = r.at(office, "decided")
    letter = r.letter(office, application)
    letter.sha256 = hash_of(b"%PDF-1.7 x")
    letter.file.save("letter.pdf", ContentFile(b"%PDF-1.7 x"))
    before = words(page(office.radu, "own_application", application.pk))
    closed = page(office.radu, "document_read", application.pk, letter.pk)
    opened = page(office.oana, "document_read", application.pk, letter.pk)

    closing.notify_applicant(
        application=application, delivery=r.delivery(), by=office.oana
    )

    assert closed.status_code == 404
    assert b"".join(opened.streaming_content) == b"%PDF-1.7 x"
    assert letter.sha256 not in before
    after = words(page(office.radu, "own_application", application.pk))
    assert letter.sha256 in after
    read = page(office.radu, "document_read", application.pk, letter.pk)
    assert b"".join(read.streaming_content) == b"%PDF-1.7 x"


def test_a_letter_made_in_both_languages_is_listed_in_the_readers(office):
    application = r.at(office, "decided")
    Language.objects.update_or_create(
        code="ro", defaults={"alpha3b": "rum", "name_en": "Romanian"}
    )
    Language.objects.update_or_create(
        code="en", defaults={"alpha3b": "eng", "name_en": "English"}
    )
    letter = r.letter(office, application)
    letter.title = "Comunicarea hotărârii · Letter of decision 7/2026"
    letter.registry_number, letter.language = "7/2026", "ro"
    letter.save()

    shown = words(page(office.oana, "application_detail", application.pk))

    assert "Letter of decision 7/2026" in shown
    assert "Comunicarea" not in shown
    assert "· Romanian, English" in shown


@pytest.fixture
def restricted(office, settings, tmp_path):
    """A credential that is restricted, and its check."""
    settings.MEDIA_ROOT = tmp_path
    application = r.at(office, "in_committee")
    send(
        office.radu,
        "document_add",
        application.pk,
        kind="certificate",
        title="Badge",
        file=SimpleUploadedFile("badge.json", files.content(files.badge())),
    )
    check = application.credential_checks.get()
    Document.objects.filter(pk=check.document_id).update(confidentiality="restricted")
    return application, check


@pytest.mark.parametrize(
    ("name", "status"),
    [("oana", 200), ("radu", 200), ("ana", 200), ("carmen", 404), ("aurel", 404)],
)
def test_check_is_open_to_whom_its_document_is(office, restricted, name, status):
    application, check = restricted
    office.people["aurel"] = r.appoint(r.person("aurel"), Role.AUDITOR)
    user = office.people[name]
    own = name == "radu"
    home = "own_application" if own else "application_detail"

    shown = words(page(user, home, application.pk))

    read = page(user, "document_read", application.pk, check.document_id)
    b"".join(read)
    looked_at = page(user, "credential_check", application.pk, check.pk)
    assert (read.status_code, looked_at.status_code) == (status, status)
    assert ("What the file says" in shown) is (status == 200)
    assert (
        send(
            office.people["aurel"], "document_check", application.pk, check.document_id
        )
    ).status_code == 404


@pytest.mark.parametrize("kind", ["identity", "background_paper", "decision_letter"])
def test_papers_that_are_no_credential_are_not_verified(office, restricted, kind):
    application, check = restricted
    Document.objects.filter(pk=check.document_id).update(kind=kind)

    shown = words(page(office.oana, "application_detail", application.pk))
    looked_at = words(page(office.oana, "credential_check", application.pk, check.pk))
    with pytest.raises(TransitionRefused, match="our own letters are not verified"):
        checking.check_document(
            application=application, document=check.document, by=office.oana
        )

    assert "Verify" not in shown.replace("Verified", "")
    assert "Verify it again" not in looked_at
    assert application.credential_checks.count() == 1


def test_check_of_a_letter_is_closed_to_the_applicant_before_delivery(
    office, restricted
):
    application, check = restricted
    Document.objects.filter(pk=check.document_id).update(kind="decision_letter")

    shown = words(page(office.radu, "own_application", application.pk))
    looked_at = page(office.radu, "credential_check", application.pk, check.pk)

    assert "Your credential file" not in shown
    assert looked_at.status_code == 404

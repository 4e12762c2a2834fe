"""Adding a document: online with its file, or as a paper of the office; reading it."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from qa.models import Language
from recognition.enums import DocumentKind
from recognition.services import closing, filing
from tests.factories import recognition as r
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


def test_identity_document_is_closed_to_the_committee(office, filed_with_file):
    application, document = filed_with_file

    response = page(office.carmen, "document_read", application.pk, document.pk)

    assert response.status_code == 404


def test_letter_of_decision_is_read_once_it_was_delivered(office, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    application = r.at(office, "decided")
    letter = r.letter(office, application)
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

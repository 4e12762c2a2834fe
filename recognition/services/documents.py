"""Adding documents to a file; what was added is never replaced in place."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from qa import clock, files
from qa.enums import Confidentiality
from qa.models import Document, User
from qa.transitions import TransitionRefused, note, refuse_unless
from recognition import permissions as may
from recognition.credentials.detection import Kind, kind_of
from recognition.enums import FILED_KINDS, ApplicationStatus, DocumentKind
from recognition.models import RecognitionApplication
from recognition.services.asking import locked

# How a file is named when it is handed out again; what came in is told by its content.
SUFFIXES: dict[Kind, str] = {
    Kind.PDF: ".pdf",
    Kind.PNG: ".png",
    Kind.JPEG: ".jpg",
    Kind.SVG: ".svg",
    Kind.JSON: ".json",
    Kind.XML: ".xml",
    Kind.TOKEN: ".jwt",
    Kind.ADDRESS: ".txt",
    Kind.PACKED: ".txt",
}
SEEN_BY_FEW = (DocumentKind.IDENTITY, DocumentKind.BACKGROUND_PAPER)


@transaction.atomic
def add_document(
    *,
    application: RecognitionApplication,
    document: Document,
    content: bytes = b"",
    by: User,
) -> Document:
    """Add a document, with its file or as a paper that the office holds.

    `document` carries kind, title and language; the rest is filled in here.
    """
    fresh = locked(application)
    if not (may.files(fresh, by) or may.works_on(fresh, by)):
        raise PermissionDenied(_("This file belongs to somebody else."))
    refuse_unless(
        fresh.status not in (ApplicationStatus.FINAL, ApplicationStatus.WITHDRAWN),
        _("The case is closed; nothing is added to it."),
    )
    refuse_unless(
        document.kind in FILED_KINDS and bool(document.title.strip()),
        _("Say what the document is and give it a title."),
    )
    document.case, document.added_by, document.added_at = fresh.case, by, clock.now()
    document.confidentiality = (
        Confidentiality.RESTRICTED
        if document.kind in SEEN_BY_FEW
        else Confidentiality.INTERNAL
    )
    if content:
        _attach(document, content)
    document.save()
    note(
        fresh.case,
        fresh,
        "add_document",
        by=by,
        facts={
            "document": document,
            "kind": document.kind,
            "sha256": document.sha256,
        },
    )
    return document


def _attach(document: Document, content: bytes) -> None:
    kind = kind_of(content)
    if kind is None:
        raise TransitionRefused(
            _(
                "Send a PDF, a picture (PNG, JPEG), or a digital credential (JSON, XML, SVG, JWT)."
            )
        )
    files.put(document, content, media_type=kind.value, suffix=SUFFIXES[kind])

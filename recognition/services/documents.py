"""Adding documents to a file; what was added is never replaced in place."""

import hashlib
from pathlib import PurePath

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from qa import clock
from qa.enums import Confidentiality
from qa.models import Document, User
from qa.transitions import note
from recognition import permissions as may
from recognition.enums import FILED_KINDS, ApplicationStatus, DocumentKind
from recognition.models import RecognitionApplication
from recognition.services.asking import locked, refuse_unless

LARGEST = 10 * 1024 * 1024
# Suffix -> media type and how such a file begins.
ACCEPTED: dict[str, tuple[str, bytes]] = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".png": ("image/png", b"\x89PNG"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    ".json": ("application/json", b""),
    ".xml": ("application/xml", b"<"),
    ".svg": ("image/svg+xml", b"<"),
    ".jwt": ("application/jwt", b"ey"),
}
SEEN_BY_FEW = (DocumentKind.IDENTITY, DocumentKind.BACKGROUND_PAPER)


@transaction.atomic
def add_document(
    *,
    application: RecognitionApplication,
    document: Document,
    content: bytes = b"",
    filename: str = "",
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
        _attach(document, content, filename)
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


def _attach(document: Document, content: bytes, filename: str) -> None:
    suffix = PurePath(filename).suffix.lower()
    media_type, beginning = ACCEPTED.get(suffix, ("", b""))
    refuse_unless(
        bool(media_type) and content.lstrip().startswith(beginning),
        _(
            "Send a PDF, a picture (PNG, JPEG), or a digital credential (JSON, XML, SVG, JWT)."
        ),
    )
    refuse_unless(len(content) <= LARGEST, _("A file may have 10 MB at most."))
    document.media_type, document.size = media_type, len(content)
    document.sha256 = hash_of(content)
    # The name on disk says nothing of the person.
    document.file.save(
        f"{document.sha256[:16]}{suffix}", ContentFile(content), save=False
    )


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

"""Documents of a file: adding them, and reading them, which leaves a trace."""

from typing import Any

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from qa.files import LARGEST
from qa.models import Document, User
from qa.transitions import note
from recognition import permissions as may
from recognition import queries
from recognition.models import RecognitionApplication
from recognition.services.documents import add_document


def add_from(
    application: RecognitionApplication, said: dict[str, Any], *, by: User
) -> Document:
    """Add what a form of one document says."""
    sent = said.get("file")
    return add_document(
        application=application,
        document=Document(
            kind=said["kind"], title=said["title"], language=said["language"]
        ),
        content=sent.read(LARGEST + 1) if sent else b"",  # one byte too many tells
        by=by,
    )


@require_safe
def document_read(request: HttpRequest, pk: int, number: int) -> FileResponse:
    """A file of the case; whoever of the office reads it is written down."""
    readable = queries.applications_visible_to(request.user) | queries.filed_by(
        request.user
    )
    application = get_object_or_404(readable.distinct(), pk=pk)
    documents = queries.documents_open_to(application, request.user).exclude(file="")
    document = get_object_or_404(documents, pk=number)
    if not may.is_applicant(application, request.user):
        note(
            application.case,
            application,
            "read_document",
            by=request.user,
            facts={"document": document},
        )
    return FileResponse(
        document.file.open(),
        as_attachment=True,
        filename=f"{application.case.number}-{document.pk}{_suffix(document)}",
        content_type=document.media_type or "application/octet-stream",
    )


def _suffix(document: Document) -> str:
    _head, dot, suffix = document.file.name.rpartition(".")
    return dot + suffix

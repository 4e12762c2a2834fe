"""Documents of a file: adding them, and reading them, which leaves a trace."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from qa.files import LARGEST, content_of
from qa.models import Document, User
from qa.transitions import TransitionRefused, note
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
def document_read(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """A file of the case; whoever of the office reads it is written down."""
    readable = queries.applications_visible_to(request.user) | queries.filed_by(
        request.user
    )
    application = get_object_or_404(readable.distinct(), pk=pk)
    documents = queries.documents_open_to(application, request.user).exclude(file="")
    document = get_object_or_404(documents, pk=number)
    own = may.is_applicant(application, request.user)
    try:
        content = content_of(document)
    except TransitionRefused as refusal:
        messages.error(request, refusal.sentence)
        home = "own_application" if own else "application_detail"
        return redirect(f"recognition:{home}", pk=pk)
    if not own:
        note(
            application.case,
            application,
            "read_document",
            by=request.user,
            facts={"document": document},
        )
    return FileResponse(
        BytesIO(content),
        as_attachment=True,
        filename=f"{application.case.number}-{document.pk}{_suffix(document)}",
        content_type=document.media_type or "application/octet-stream",
    )


def _suffix(document: Document) -> str:
    _head, dot, suffix = document.file.name.rpartition(".")
    return dot + suffix

"""The files of documents, read back as they were filed."""

import hashlib

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from qa.models import Document
from qa.transitions import TransitionRefused

UNREADABLE = "cannot be read"
CHANGED = "was changed afterwards"


def kept() -> QuerySet[Document]:
    """Every document with a file; what no version of a proposal carries has none left."""
    ours = Q(attachments__isnull=False) | Q(case__micro_credential=None)
    return Document.objects.exclude(file="").filter(ours).distinct()


def fault(document: Document) -> str:
    """What is wrong with the file on disk; empty if it is the one that was filed."""
    content = _read(document)
    if content is None:
        return UNREADABLE
    return "" if hash_of(content) == document.sha256 else CHANGED


def content_of(document: Document) -> bytes:
    """The bytes as they were filed, or a refusal: a file on disk can be exchanged."""
    content = _read(document)
    if content is None:
        raise TransitionRefused(
            _("The file can no longer be read; tell whoever runs this house.")
        )
    if hash_of(content) != document.sha256:
        raise TransitionRefused(
            _("The file is no longer the one that was filed; its SHA-256 is another.")
        )
    return content


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read(document: Document) -> bytes | None:
    try:
        with document.file.open() as stored:
            content: bytes = stored.read()
    except Exception:  # Each place that keeps files has errors of its own.
        return None
    return content

"""The files of documents: put beside them with their hash, read back as they were."""

import hashlib

from django.core.files.base import ContentFile
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from qa.models import Document
from qa.transitions import TransitionRefused, refuse_unless

LARGEST = 10 * 1024 * 1024
UNREADABLE = "cannot be read"
CHANGED = "was changed afterwards"


def put(document: Document, content: bytes, *, media_type: str, suffix: str) -> None:
    """Give a document that is not stored yet its file, of `LARGEST` bytes at most."""
    refuse_unless(len(content) <= LARGEST, _("A file may have 10 MB at most."))
    document.media_type, document.size = media_type, len(content)
    document.sha256 = hash_of(content)
    # The name on disk says nothing of the person, nor of what it holds.
    name = f"{document.sha256[:16]}{suffix}"
    document.file.save(name, ContentFile(content), save=False)


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
    refuse_unless(
        hash_of(content) == document.sha256,
        _("The file is no longer the one that was filed; its SHA-256 is another."),
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

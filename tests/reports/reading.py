"""What the tests of documents share: the text of a PDF, and the owner's hand."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pypdf
from django.db import connection

from qa import triggers


def text_of(content: bytes) -> str:
    reader = pypdf.PdfReader(io.BytesIO(content))
    return " ".join(" ".join(p.extract_text() for p in reader.pages).split())


@contextmanager
def lifted() -> Iterator[None]:
    """Past the triggers, as who owns the database can."""
    connection.check_constraints()
    triggers.lift()
    yield
    connection.check_constraints()
    triggers.install()

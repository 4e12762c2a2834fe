"""PDFs: complete, reproducible, every font inside, nothing typed becomes markup."""

import io

import pypdf
import pytest

from qa.enums import ActKind, Role
from qa.models import Procedure, User
from reports import queries, services


def text_of(content: bytes) -> str:
    reader = pypdf.PdfReader(io.BytesIO(content))
    return " ".join(" ".join(p.extract_text() for p in reader.pages).split())


@pytest.fixture
def decided(stages):
    return Procedure.objects.get(pk=stages["in_force"].procedure_id)


@pytest.fixture
def secretary():
    return User.objects.filter(appointments__role=Role.SENATE_SECRETARY).first()


@pytest.mark.django_db
def test_dossier_holds_the_story(stages, decided, secretary):
    content = services.dossier(procedure=decided, reader=secretary, language="ro")
    open("/tmp/dossier.pdf", "wb").write(content)
    decision = decided.decisions.filter(kind=ActKind.DECISION).last()
    issued = services.issue_letter(decision=decision, by=secretary)
    open("/tmp/letter2.pdf", "wb").write(bytes(issued.content))
    for r in queries.register_rows(): print(r.number, r.status)
    assert text_of(content)

"""PDFs: complete, reproducible, every font inside, nothing typed becomes markup."""

import io
import os
import subprocess
import sys

import pypdf
import pytest

from qa.enums import ActKind, Role
from qa.models import Procedure, User
from qa.transitions import TransitionRefused
from reports import queries, registers, services

pytestmark = pytest.mark.django_db


def text_of(content: bytes) -> str:
    reader = pypdf.PdfReader(io.BytesIO(content))
    return " ".join(" ".join(p.extract_text() for p in reader.pages).split())


def fonts_of(content: bytes) -> dict[str, bool]:
    """Font name -> is it inside the file?"""
    found = {}
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        for font in page["/Resources"]["/Font"].values():
            name, inside = _embedded(font.get_object())
            found[name] = inside
    return found


def _embedded(font: pypdf.generic.DictionaryObject) -> tuple[str, bool]:
    inner = font.get("/DescendantFonts")
    carrier = inner[0].get_object() if inner else font
    descriptor = carrier.get("/FontDescriptor")
    files = {"/FontFile", "/FontFile2", "/FontFile3"}
    inside = descriptor is not None and bool(files & descriptor.get_object().keys())
    return str(font["/BaseFont"]), inside


@pytest.fixture
def decided(stages):
    return Procedure.objects.get(pk=stages["in_force"].procedure_id)


@pytest.fixture
def secretary():
    return User.objects.filter(appointments__role=Role.SENATE_SECRETARY).first()


def decision_of(procedure):
    return procedure.decisions.filter(kind=ActKind.DECISION, is_carried=True).last()


@pytest.mark.parametrize("language", ["ro", "en"])
def test_dossier_is_complete_and_its_fonts_are_inside(decided, secretary, language):
    content = services.dossier(procedure=decided, reader=secretary, language=language)

    text = text_of(content)
    assert decided.micro_credential.case.number in text
    assert decided.version.title_ro.split()[0] in text
    assert "ț" in text
    assert fonts_of(content)
    assert all(fonts_of(content).values())


def test_letter_says_everything_in_both_languages(decided, secretary):
    decision = decision_of(decided)

    issued = services.issue_letter(decision=decision, by=secretary)

    content = bytes(issued.content)
    text = text_of(content)
    for part in (
        decision.act_number,
        issued.registry_number,
        issued.code,
        decision.body.name_ro,
        decision.body.name_en,
        decision.remedy_ro,
        decision.remedy_en,
        str(decision.signatory),
        "1 / ",
        *(one.text_ro for one in decision.conditions.all()),
    ):
        assert " ".join(part.split()) in text
    assert all(fonts_of(content).values())


def test_letter_is_issued_once_and_kept(decided, secretary):
    decision = decision_of(decided)

    first = services.issue_letter(decision=decision, by=secretary)
    second = services.issue_letter(decision=decision, by=secretary)

    assert first.pk == second.pk
    assert bytes(first.content) == bytes(second.content)


def test_an_opinion_has_no_letter(decided, secretary):
    opinion = decided.decisions.exclude(kind=ActKind.DECISION).first()

    with pytest.raises(TransitionRefused):
        services.issue_letter(decision=opinion, by=secretary)


def test_what_people_typed_is_text_not_markup(decided, secretary):
    version = decided.version
    typed = '<b>tare</b> <img src="file:///etc/passwd"/> & [link](http://a.example)'
    type(version).objects.filter(pk=version.pk).update(need_statement=typed)

    content = services.dossier(
        procedure=Procedure.objects.get(pk=decided.pk), reader=secretary, language="en"
    )

    assert "<b>tare</b>" in text_of(content)


SAME_BYTES = """
import hashlib, pickle, sys
import django
django.setup()
from reports import documents, registers
kind, data = pickle.load(sys.stdin.buffer)
made = {
    "letter": documents.letter,
    "dossier": documents.dossier,
    "register": lambda rows: registers.workbook(rows, "ro"),
}[kind](data)
print(hashlib.sha256(made).hexdigest())
"""


@pytest.mark.parametrize("kind", ["letter", "dossier", "register"])
def test_same_data_gives_the_same_bytes_anywhere(decided, secretary, kind):
    import pickle  # noqa: PLC0415  our own data to our own process

    data = {
        "letter": lambda: queries.letter_data(
            decision_of(decided),
            registry_number="1/2026",
            code="7K2M-9Q4T-AAAA-BBBB",
            issued_on=decided.decided_on,
        ),
        "dossier": lambda: queries.dossier_data(
            decided, reader=secretary, language="ro"
        ),
        "register": queries.register_rows,
    }[kind]()
    digests = set()
    for seed, zone, locale in (
        ("1", "Pacific/Auckland", "C"),
        ("77", "America/Lima", "C.UTF-8"),
    ):
        env = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        done = subprocess.run(
            [sys.executable, "-c", SAME_BYTES],
            input=pickle.dumps((kind, data)),
            capture_output=True,
            env=env | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()[-2000:]
        digests.add(done.stdout)

    assert len(digests) == 1


def test_register_cells_are_never_formulas(stages):
    import openpyxl  # noqa: PLC0415  slow to import

    version = Procedure.objects.get(pk=stages["in_force"].procedure_id).version
    type(version).objects.filter(pk=version.pk).update(title_en="=1+1|cmd")

    rows = queries.register_rows()
    book = openpyxl.load_workbook(io.BytesIO(registers.workbook(rows, "en")))

    cells = [cell for sheet in book for row in sheet.rows for cell in row]
    assert any(cell.value == "=1+1|cmd" for cell in cells)
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [
        field
        for line in registers.csv_text(rows, "en").splitlines()
        for field in line.split(",")
        if field.lstrip('"').startswith(("=", "+", "@"))
    ]

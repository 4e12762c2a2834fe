"""PDFs: complete, reproducible, every font inside, nothing typed becomes markup."""

import csv
import io

import pypdf
import pytest
from reportlab.graphics.barcode import qrencoder

from fixtures.demo.accreditation import OfferStory
from qa import verification
from qa.enums import ActKind, Outcome, Role
from qa.models import Decision, LetterTemplate, Procedure, User
from qa.transitions import TransitionRefused
from reports import queries, registers, services
from reports.models import IssuedLetter
from tests.reports.reading import lifted, text_of

pytestmark = pytest.mark.django_db
FEWEST_RUNS = 100  # the rectangles of a square code; a table has few


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


def resumed(stages, name):
    """The story of a stage, told on from the next day."""
    procedure = Procedure.objects.get(pk=stages[name].procedure_id)
    return OfferStory.resume(procedure, stages[name].day).wait(1)


def halves_of(content):
    """The text of the Romanian and of the English half, which starts a page."""
    pages = [p.extract_text() for p in pypdf.PdfReader(io.BytesIO(content)).pages]
    english = next(n for n, text in enumerate(pages) if "Letter of decision" in text)
    joined = (" ".join(pages[:english]), " ".join(pages[english:]))
    return tuple(" ".join(half.split()) for half in joined)


def square_codes_of(content):
    """The dark modules (row, column) of every square code drawn, page by page."""
    found = []
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        drawn = []
        for operands, operator in page.get_contents().operations:
            if operator == b"re":
                drawn.append([float(number) for number in operands])
            elif operator in {b"f", b"f*", b"n"}:
                if len(drawn) > FEWEST_RUNS:
                    found.append(dark_modules(drawn))
                drawn = []
    return found


def dark_modules(runs):
    """Modules side by side are one rectangle; the first row begins at the corner."""
    side = min(height for _x, _y, _width, height in runs)
    left = min(x for x, _y, _width, _height in runs)
    top = max(y for _x, y, _width, _height in runs)
    return {
        (round((top - y) / side), round((x - left) / side) + step)
        for x, y, width, _height in runs
        for step in range(round(width / side))
    }


def modules_of(address):
    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(address)
    code.make()
    count = range(code.getModuleCount())
    return {
        (row, column) for row in count for column in count if code.isDark(row, column)
    }


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
        decision.reasons_ro,
        decision.reasons_en,
        str(decision.signatory),
        "1 / ",
        *(one.text_ro for one in decision.conditions.all()),
    ):
        assert " ".join(part.split()) in text
    assert all(fonts_of(content).values())


def test_both_halves_of_a_letter_carry_its_address_as_a_square_code(
    client, decided, secretary
):
    issued = services.issue_letter(decision=decision_of(decided), by=secretary)
    address = queries.verify_url(issued.code)

    squares = square_codes_of(bytes(issued.content))

    assert squares == [modules_of(address)] * 2
    assert address in "".join(text_of(bytes(issued.content)).split())
    assert issued.registry_number in client.get(address).text


def test_each_half_of_a_letter_keeps_to_its_language(stages, secretary):
    procedure = resumed(stages, "awaiting_decision").decide(Outcome.APPROVED).procedure

    issued = services.issue_letter(decision=decision_of(procedure), by=secretary)

    romanian, english = halves_of(bytes(issued.content))
    unit = procedure.micro_credential.unit
    assert "Aprobat" in romanian
    assert "Approved" in english
    assert "Approved" not in romanian
    assert "Aprobat" not in english
    for name in ("name_ro", "name_en"):
        said = romanian if name == "name_ro" else english
        assert getattr(unit, name) in said
        assert getattr(unit.faculty, name) in said
    assert unit.faculty.name_ro not in english


def test_each_half_of_a_letter_names_the_function_of_its_signatory(decided, secretary):
    issued = services.issue_letter(decision=decision_of(decided), by=secretary)

    romanian, english = halves_of(bytes(issued.content))
    body = decision_of(decided).body
    assert f"Președinte {body.name_ro}" in romanian
    assert f"Chair {body.name_en}" in english


def test_the_words_of_a_letter_are_reference_data(decided, secretary):
    template = LetterTemplate.objects.get(code="accreditation-decision")
    template.wording_en |= {"reasons": "What moved the senate"}
    template.save()

    issued = services.issue_letter(decision=decision_of(decided), by=secretary)

    assert "What moved the senate" in text_of(bytes(issued.content))


def test_a_letter_without_its_words_is_refused(decided, secretary):
    LetterTemplate.objects.all().delete()

    with pytest.raises(TransitionRefused, match="wording of this letter"):
        services.issue_letter(decision=decision_of(decided), by=secretary)


def test_a_letter_that_nobody_signs_is_refused(decided, secretary):
    decision = decision_of(decided)
    with lifted():
        Decision.objects.filter(pk=decision.pk).update(signatory=None)

    with pytest.raises(TransitionRefused, match="has no signatory"):
        services.issue_letter(
            decision=Decision.objects.get(pk=decision.pk), by=secretary
        )


def test_a_stored_letter_that_was_changed_is_found(decided, secretary):
    issued = services.issue_letter(decision=decision_of(decided), by=secretary)
    assert verification.verify() == []

    with lifted():
        IssuedLetter.objects.filter(pk=issued.pk).update(content=b"%PDF forged")

    told = decided.micro_credential.case.events.get(act="issue_letter")
    assert [(one.case, one.sequence) for one in verification.verify()] == [
        (told.case.number, told.sequence)
    ]


def test_each_version_of_a_dossier_has_its_own_registry_number(stages, secretary):
    procedure = resumed(stages, "returned").complete().wait(1).sign().submit().procedure
    data = queries.dossier_data(procedure, reader=secretary, language="en")

    numbers = [one.registry_number for one in procedure.versions.order_by("number")]
    told = [row[4] for row in data.manifest.rows if row[1] == "Frozen content"]
    assert told == numbers
    assert len(set(numbers)) == 2
    assert "" not in numbers


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


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("=1+1|cmd", "=1+1|cmd"),
        ("+1+1|cmd", "+1+1|cmd"),
        ("-1+1|cmd", "-1+1|cmd"),
        ("@SUM(1;1)", "@SUM(1;1)"),
        ("\t=1+1|cmd", "\t=1+1|cmd"),
        ("\r=1+1|cmd", "=1+1|cmd"),
        ("\r\t@SUM(1;1)", "\t@SUM(1;1)"),
        ("\n=1+1|cmd", "\n=1+1|cmd"),
        ("  =1+1|cmd", "  =1+1|cmd"),
        ("\u00a0-1+1|cmd", "\u00a0-1+1|cmd"),
        ("\uff1d1+1|cmd", "\uff1d1+1|cmd"),
        ("\uff0b1+1|cmd", "\uff0b1+1|cmd"),
        ("\uff0d1+1|cmd", "\uff0d1+1|cmd"),
        (" \uff20SUM(1;1)", " \uff20SUM(1;1)"),
    ],
)
def test_register_cells_are_never_formulas(stages, typed, kept):
    import openpyxl  # noqa: PLC0415  slow to import

    version = Procedure.objects.get(pk=stages["in_force"].procedure_id).version
    type(version).objects.filter(pk=version.pk).update(title_en=typed)

    rows = queries.register_rows()
    book = openpyxl.load_workbook(io.BytesIO(registers.workbook(rows, "en")))
    lines = csv.reader(io.StringIO(registers.csv_text(rows, "en"), newline=""))

    cells = [cell for sheet in book for row in sheet.rows for cell in row]
    fields = [field for line in lines for field in line]
    (cell,) = [cell for cell in cells if cell.value == kept]
    assert cell.quotePrefix
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert fields.count(f"'{kept}") == 1
    computed = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
    assert not [
        field for field in fields if field.lstrip(" \u00a0").startswith(computed)
    ]

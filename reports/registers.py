"""The public register as a workbook, as CSV and as JSON: same data, same bytes."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from qa.enums import AccreditationStatus, Outcome, Route
from qa.vocabularies import AssessmentType, Cycle, Participation
from reports.rows import RegisterRow
from reports.words import in_language, label

Value = str | int | float | date | None
TEXT, WHOLE, CREDITS, DAY = "@", "0", "0.##", "yyyy-mm-dd"
# A cell may hold so much; a longer text is cut at the sheet's own limit.
LONGEST = 32_767
# Sheets read the full-width signs as the plain ones and skip the room before them.
_FORMULA_SIGNS = tuple("=+-@＝＋－＠")  # noqa: RUF001  the full-width ones are meant
_BREAKS = ("\t", "\r", "\n")
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  a constant, so that bytes are constant
_EPOCH_W3C = rb"\g<1>2000-01-01T00:00:00Z\g<2>"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_ZIP_EPOCH = (2000, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Column:
    """A column of the official register; `getter` takes the row and the language."""

    key: str
    header_ro: str
    header_en: str
    width: int
    number_format: str
    getter: Callable[[RegisterRow, str], Value]

    def header(self, language: str) -> str:
        return self.header_ro if language.startswith("ro") else self.header_en


def _joined(choices: Any, codes: Iterable[str], language: str) -> str:
    return ", ".join(label(choices, code, language) for code in codes)


def standing(row: RegisterRow, language: str) -> str:
    """What the entry is worth; past its end, what still carries it."""
    if row.is_extended:
        return in_language("In force, extended until decided", language)
    return status_label(row.status, language)


def status_label(status: str, language: str) -> str:
    """What an entry is worth; a rejected procedure never had a validity period."""
    choices = Outcome if status == Outcome.REJECTED else AccreditationStatus
    return label(choices, status, language)


COLUMNS = (
    Column("number", "Nr. registru", "Register no.", 16, TEXT, lambda r, _: r.number),
    Column(
        "title_ro",
        "Titlu (română)",
        "Title (Romanian)",
        42,
        TEXT,
        lambda r, _: r.title.ro,
    ),
    Column(
        "title_en",
        "Titlu (engleză)",
        "Title (English)",
        42,
        TEXT,
        lambda r, _: r.title.en,
    ),
    Column(
        "providers",
        "Furnizor(i)",
        "Provider(s)",
        30,
        TEXT,
        lambda r, x: r.providers.of(x),
    ),
    Column(
        "awarding_bodies",
        "Instituția care acordă (instituțiile)",
        "Awarding body (bodies)",
        30,
        TEXT,
        lambda r, x: r.awarding_bodies.of(x),
    ),
    Column("faculty", "Facultate", "Faculty", 30, TEXT, lambda r, x: r.faculty.of(x)),
    Column("eqf_level", "Nivel CEC", "EQF level", 9, WHOLE, lambda r, _: r.eqf_level),
    Column("cycle", "Ciclu", "Cycle", 14, TEXT, lambda r, x: label(Cycle, r.cycle, x)),
    Column("ects", "ECTS", "ECTS", 8, CREDITS, lambda r, _: _number(r.ects)),
    Column("hours", "Ore", "Hours", 8, WHOLE, lambda r, _: r.hours),
    Column("isced", "ISCED-F", "ISCED-F", 10, TEXT, lambda r, _: r.isced),
    Column(
        "mode",
        "Formă de participare",
        "Mode",
        18,
        TEXT,
        lambda r, x: label(Participation, r.mode, x),
    ),
    Column(
        "languages", "Limbi", "Languages", 11, TEXT, lambda r, _: ", ".join(r.languages)
    ),
    Column(
        "assessment_types",
        "Tipuri de evaluare",
        "Assessment types",
        34,
        TEXT,
        lambda r, x: _joined(AssessmentType, r.assessment_types, x),
    ),
    Column(
        "qa_route",
        "Ruta de asigurare a calității",
        "QA route",
        28,
        TEXT,
        lambda r, x: label(Route, r.qa_route, x),
    ),
    Column(
        "deciding_body",
        "Organ decident",
        "Deciding body",
        22,
        TEXT,
        lambda r, x: r.deciding_body.of(x),
    ),
    Column(
        "decision_number",
        "Nr. hotărârii",
        "Decision no.",
        14,
        TEXT,
        lambda r, _: r.decision_number,
    ),
    Column(
        "decided_on",
        "Data hotărârii",
        "Decision date",
        12,
        DAY,
        lambda r, _: r.decided_on,
    ),
    Column(
        "outcome",
        "Rezultat",
        "Outcome",
        24,
        TEXT,
        lambda r, x: label(Outcome, r.outcome, x),
    ),
    Column(
        "conditions_open",
        "Condiții deschise",
        "Conditions open",
        11,
        WHOLE,
        lambda r, _: r.conditions_open,
    ),
    Column(
        "conditions_closed",
        "Condiții închise",
        "Conditions closed",
        11,
        WHOLE,
        lambda r, _: r.conditions_closed,
    ),
    Column(
        "valid_from", "Valabil de la", "Valid from", 12, DAY, lambda r, _: r.valid_from
    ),
    Column("valid_to", "Valabil până la", "Valid to", 12, DAY, lambda r, _: r.valid_to),
    Column("status", "Stare", "Status", 24, TEXT, standing),
    Column("version", "Versiune", "Version", 9, WHOLE, lambda r, _: r.version),
    Column(
        "stackable_to",
        "Cumulabil în",
        "Stackable to",
        30,
        TEXT,
        lambda r, _: "; ".join(r.stackable_to),
    ),
    Column(
        "report_url",
        "Legătură la raport",
        "Report link",
        34,
        TEXT,
        lambda r, _: r.report_url,
    ),
    Column(
        "page_url",
        "Pagina publică",
        "Page link",
        34,
        TEXT,
        lambda r, _: r.page_url or r.entry_url,
    ),
    Column(
        "changed_on",
        "Ultima modificare",
        "Last change",
        12,
        DAY,
        lambda r, _: r.changed_on,
    ),
)
SHEET = {"ro": "Registru", "en": "Register"}


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def workbook(rows: Sequence[RegisterRow], language: str) -> bytes:
    """The register as XLSX: text is text, never a formula, and dates are dates."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET["ro" if language.startswith("ro") else "en"]
    _write_heads(sheet, language)
    for number, row in enumerate(rows, start=2):
        for place, column in enumerate(COLUMNS, start=1):
            cell = sheet.cell(number, place)
            _write(cell, column.getter(row, language))
            cell.number_format = column.number_format
            cell.alignment = Alignment(vertical="top", wrap_text=column.width > 20)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{len(rows) + 1}"
    properties = book.properties
    properties.creator = "Atesta"
    properties.title = in_language("Public register of micro-credentials", language)
    properties.created = _EPOCH
    raw = io.BytesIO()
    book.save(raw)
    return _with_fixed_times(raw.getvalue())


def _write_heads(sheet: Worksheet, language: str) -> None:
    for place, column in enumerate(COLUMNS, start=1):
        cell = sheet.cell(1, place)
        _write(cell, column.header(language))
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E6EBED")
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.column_dimensions[get_column_letter(place)].width = column.width


def _write(cell: Cell, value: Value) -> None:
    """A string stays a string: its type is set and Excel is told to quote it."""
    if isinstance(value, str):
        text = legal(value)[:LONGEST]
        if text:
            cell.value, cell.data_type = text, "s"
            cell.quotePrefix = True
    else:
        cell.value = value


def legal(text: str) -> str:
    """The text without the characters XML cannot carry."""
    kept = _ILLEGAL.sub("", text)
    return kept.encode("utf-8", "ignore").decode("utf-8")


def _with_fixed_times(raw: bytes) -> bytes:
    """The same archive with the times of its making taken out."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as fixed,
    ):
        for name in sorted(source.namelist()):
            member = zipfile.ZipInfo(name, _ZIP_EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            member.create_system = 3
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(_EPOCH_W3C, content)
            fixed.writestr(member, content)
    return target.getvalue()


def csv_text(rows: Sequence[RegisterRow], language: str) -> str:
    """The register as CSV; a field that a sheet would compute starts with an apostrophe."""
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([column.header(language) for column in COLUMNS])
    for row in rows:
        writer.writerow([harmless(column.getter(row, language)) for column in COLUMNS])
    return written.getvalue()


def harmless(value: Value) -> str:
    """A value as CSV text that no sheet takes for a formula."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return _plain(value)
    text = legal(value)
    computed = text.lstrip().startswith(_FORMULA_SIGNS)
    return f"'{text}" if computed or text.startswith(_BREAKS) else text


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def json_text(rows: Sequence[RegisterRow], language: str) -> str:
    """The register as JSON: codes as they are stored, words beside them."""
    entries = [
        {column.key: _json(column.getter(row, language)) for column in COLUMNS}
        | {"status_code": row.status, "outcome_code": row.outcome}
        for row in rows
    ]
    told = {"language": language, "count": len(entries), "entries": entries}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _json(value: Value) -> Any:
    if isinstance(value, str):
        return legal(value)
    return value.isoformat() if isinstance(value, date) else value

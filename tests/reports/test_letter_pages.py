"""How a letter falls on its pages: the signature stands with what it signs."""

import io
import json
from datetime import date
from pathlib import Path

import pypdf
import pytest

from reports.documents import letter
from reports.rows import LetterData, Wording, Words

TEMPLATES = Path("fixtures/reference/letter_templates.json")
DAY = date(2026, 11, 25)


def letter_data(*, reasons: str, grounds: str) -> LetterData:
    template = json.loads(TEMPLATES.read_text())["templates"][0]
    return LetterData(
        wording=(Wording(**template["ro"]), Wording(**template["en"])),
        institution=Words("Universitatea", "University"),
        letterhead=Words(),
        body=Words("Senatul universitar", "University Senate"),
        case_number="MC-2026-0001",
        subject=Words("Jurnalism", "Journalism"),
        addressee=Words("Ana Pop", "Ana Pop"),
        registry_number="1/2026",
        act_number="7/2026",
        decided_on=DAY,
        issued_on=DAY,
        outcome=Words("Aprobat", "Approved"),
        grounds=Words(grounds, grounds),
        grant=(),
        reasons=Words(reasons, reasons),
        departure=Words(),
        comparison=Words(),
        conditions=(),
        measures=Words(),
        remedy=Words(),
        remedy_days=None,
        remedy_until=None,
        remedy_body=Words(),
        signatory="Denisa Drăgan",
        signs_as=Words("Președinte", "Chair"),
        code="7K2M-9Q4T-AAAA-BBBB",
        verify_url="https://uvd.example/verify/7K2M-9Q4T-AAAA-BBBB/",
    )


def signed_pages(data: LetterData) -> list[str]:
    """The text of the pages that carry a signature, one for each half."""
    pages = pypdf.PdfReader(io.BytesIO(letter(data))).pages
    return [text for p in pages if "Denisa Drăgan" in (text := p.extract_text())]


@pytest.mark.parametrize("lines", range(20, 44, 2))
def test_the_last_section_stands_with_the_signature(lines: int) -> None:
    data = letter_data(reasons="Rând.\n" * lines, grounds="Legea, art. 12.")

    for page in signed_pages(data):
        assert "Legea, art. 12." in page


@pytest.mark.parametrize("lines", range(42, 64, 2))
def test_the_last_lines_of_a_long_section_stand_with_the_signature(lines: int) -> None:
    grounds = "\n".join(f"art. {number}." for number in range(1, lines + 1))
    data = letter_data(reasons="Da.", grounds=grounds)

    signed = signed_pages(data)

    assert len(signed) == 2
    for page in signed:
        assert f"art. {lines - 2}." in page

"""A row of the register in the reader's language."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from qa.enums import Outcome, Route
from qa.vocabularies import AssessmentType, Cycle, Participation
from reports.registers import standing
from reports.rows import RegisterRow
from reports.words import label


@dataclass(frozen=True)
class ShownRow:
    """The row with its words; `row` keeps the codes and the days."""

    row: RegisterRow
    title: str
    other_title: str
    other_language: str
    faculty: str
    providers: str
    awarding_bodies: str
    deciding_body: str
    status: str
    outcome: str
    mode: str
    cycle: str
    route: str
    assessment: str


def shown(row: RegisterRow) -> ShownRow:
    """The row as a page shows it."""
    language = get_language() or "en"
    other = "en" if language.startswith("ro") else "ro"

    def word(choices: Any, code: str) -> str:
        return label(choices, code, language)

    title, other_title = row.title.of(language), row.title.of(other)
    return ShownRow(
        row=row,
        title=title,
        other_title="" if other_title == title else other_title,
        other_language=other,
        faculty=row.faculty.of(language),
        providers=row.providers.of(language),
        awarding_bodies=row.awarding_bodies.of(language),
        deciding_body=row.deciding_body.of(language),
        status=standing(row, language),
        outcome=word(Outcome, row.outcome),
        mode=word(Participation, row.mode),
        cycle=word(Cycle, row.cycle),
        route=word(Route, row.qa_route),
        assessment=", ".join(
            word(AssessmentType, kind) for kind in row.assessment_types
        ),
    )

"""What leaves, as plain frozen data: a row of the register, a letter, a dossier."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True)
class Words:
    """A text in both languages of the institution."""

    ro: str = ""
    en: str = ""

    def of(self, language: str) -> str:
        """The text in the language asked for, or in the other where it is missing."""
        if language.startswith("ro"):
            return self.ro or self.en
        return self.en or self.ro


@dataclass(frozen=True)
class RegisterRow:
    """One entry of the public register; says nothing of any person."""

    procedure_id: int
    offer_id: int
    number: str
    title: Words
    providers: Words
    awarding_bodies: Words
    faculty: Words
    faculty_code: str
    eqf_level: int | None
    cycle: str
    ects: Decimal | None
    hours: int | None
    isced: str
    mode: str
    languages: tuple[str, ...]
    assessment_types: tuple[str, ...]
    qa_route: str
    deciding_body: Words
    decision_number: str
    decided_on: date
    outcome: str
    conditions_open: int
    conditions_closed: int
    valid_from: date | None
    valid_to: date | None
    is_extended: bool
    withdrawn_on: date | None
    last_enrolment_on: date | None
    last_assessment_on: date | None
    status: str
    version: int
    stackable_to: tuple[str, ...]
    changed_on: date
    page_url: str = ""
    entry_url: str = ""
    report_url: str = ""


@dataclass(frozen=True)
class LetterCondition:
    """A condition as the addressee reads it."""

    text: Words
    evidence: Words
    deadline: date
    consequence: Words


@dataclass(frozen=True)
class Wording:
    """The fixed words of a letter in one language, from its template."""

    title: str
    registry: str
    act: str
    case: str
    issued: str
    addressee: str
    opening: str
    quoted: str
    outcome: str
    grant: str
    reasons: str
    comparison: str
    grounds: str
    conditions: str
    evidence: str
    until: str
    unmet: str
    measures: str
    remedy: str
    remedy_term: str
    remedy_at: str
    signatory: str
    check: str
    # A template loaded before this part was known has no title for it.
    departure: str = ""
    remedy_until: str = ""


@dataclass(frozen=True)
class LetterData:
    """All that a letter of decision says, in both languages."""

    wording: tuple[Wording, ...]
    institution: Words
    letterhead: Words
    body: Words
    case_number: str
    subject: Words
    addressee: Words
    registry_number: str
    act_number: str
    decided_on: date
    issued_on: date
    outcome: Words
    grounds: Words
    grant: tuple[tuple[Words, Words], ...]
    reasons: Words
    departure: Words
    comparison: Words
    conditions: tuple[LetterCondition, ...]
    measures: Words
    remedy: Words
    remedy_days: int | None
    remedy_until: date | None
    remedy_body: Words
    signatory: str
    signs_as: Words
    code: str
    verify_url: str

    def words(self, language: str) -> Wording:
        """Romanian comes first, English second."""
        return self.wording[language != "ro"]


@dataclass(frozen=True)
class Field:
    """A named value of a dossier's page; a long one takes the whole width."""

    label: str
    value: str


@dataclass(frozen=True)
class Table:
    """A table of a dossier: its heads and its rows of plain text."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True)
class Chapter:
    """A chapter: a title, then fields and tables in their order."""

    title: str
    parts: tuple["Field | Table | Heading", ...]


@dataclass(frozen=True)
class Heading:
    """A heading inside a chapter."""

    text: str


@dataclass(frozen=True)
class DossierData:
    """A procedure's whole file, put together for one reader's language."""

    institution: str
    title: Words
    case_number: str
    language: str
    facts: tuple[Field, ...]
    manifest: Table
    chapters: tuple[Chapter, ...]
    made_at: datetime
    head: str

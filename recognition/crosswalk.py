"""What a credential file says, in the fields of an application; with its origin."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from qa import clock
from qa.folded import folded
from qa.models import Country
from qa.vocabularies import AssessmentType, Participation
from recognition.credentials import dates
from recognition.credentials.claims import ISCED_F, Claim
from recognition.credentials.findings import Report, Verdict
from recognition.credentials.refusals import Malformed
from recognition.enums import Element, LevelKind
from recognition.vocabulary_codes import (
    ESCO_SKILL,
    ISCED_CODE,
    supervision_of,
    values_of,
)

# A moment within a day may be midnight elsewhere: on which day it was is not guessed.
BORN = re.compile(r"(\d{4}-\d\d-\d\d)(T00:00(:00(\.0+)?)?)?(Z|[+-]\d\d:\d\d)?")
LEVEL = re.compile(r"(?:EQF)?[\s_-]*(?:LEVEL)?[\s_-]*([1-8])", re.IGNORECASE)
MOST_CREDITS, MOST_HOURS, MOST_OUTCOMES = Decimal(60), 2000, 40
MOST_SKILLS = 100
CRITERIA = "criteria"
# Which claims state which of the eleven elements.
STATED_BY: Mapping[Element, tuple[str, ...]] = {
    Element.LEARNER: ("learner",),
    Element.TITLE: ("title",),
    Element.ISSUER_COUNTRY: ("country",),
    Element.AWARDING_BODY: ("awarding_body",),
    Element.ISSUED_ON: ("issued_on", "awarded_on"),
    Element.OUTCOMES: ("outcomes",),  # criteria may be something else
    Element.WORKLOAD: ("ects", "hours", "credits"),
    Element.LEVEL: ("eqf_level", "nqf_level"),
    Element.ASSESSMENT: ("assessment",),
    Element.PARTICIPATION: ("participation",),
    Element.QUALITY_ASSURANCE: ("quality_assurance",),
}


@dataclass(frozen=True)
class Origin:
    """A value for a field, and where in the file it stands in which words."""

    value: Any
    place: str
    raw: Any
    # Outcomes that the file calls criteria: nobody knows yet whether they are any.
    is_of_criteria: bool = False


def claims_of(report: Report) -> tuple[Claim, ...]:
    """Of the file itself; of a wrapping that says nothing, what its one content says."""
    telling = [one.claims for one in report.all if one.claims]
    return report.claims or (telling[0] if len(telling) == 1 else ())


def is_credential(report: Report) -> bool:
    """A file that was read and says something of an award; a scan is none."""
    return report.verdict is not Verdict.UNREADABLE and bool(claims_of(report))


def unstated(report: Report) -> list[Element]:
    """The elements of EU Annex I about which the file says nothing."""
    said = {claim.name for claim in claims_of(report)}
    return [one for one in Element if not said & set(STATED_BY[one])]


def fields_from(report: Report, *, applicant: Any) -> dict[str, Origin]:
    """Each field the file fills; what cannot be read without guessing fills none."""
    said = {claim.name: claim for claim in claims_of(report)}
    found: dict[str, Origin] = {}
    for field, names, read in _FIELDS:
        for name in names:
            value = read(said[name].value) if name in said else None
            if value not in (None, "", []):
                found.setdefault(field, _origin(value, said[name]))
    found |= _coded(said)
    found |= _learner(said.get("learner"), applicant)
    if "eqf_level" in found:
        level = found["eqf_level"]
        found["level_kind"] = Origin(LevelKind.EQF.value, level.place, level.raw)
    return found


def _origin(value: Any, claim: Claim) -> Origin:
    raw = claim.value if claim.raw is None else claim.raw
    return Origin(value, claim.origin, raw, claim.name == CRITERIA)


def _coded(said: Mapping[str, Claim]) -> dict[str, Origin]:
    """Fields with lists of their own: by the code that the file names, or by its words."""
    found: dict[str, Any] = {}
    for name, field, choices in (
        ("assessment", "assessment_types", AssessmentType),
        ("participation", "participation_form", Participation),
    ):
        values = values_of(said[name], choices) if name in said else []
        if choices is AssessmentType and values:
            found[field] = _origin(values, said[name])
        elif len(values) == 1:
            found[field] = _origin(values[0], said[name])
    if "supervision" in said:
        told, checked = said["supervision"], said.get("identity_checked")
        value = supervision_of(told, checked.value if checked else None)
        places = [told.origin, checked.origin] if checked else [told.origin]
        if value:
            found["supervision"] = replace(
                _origin(value, told), place=", ".join(places)
            )
    return found


def _learner(claim: Claim | None, applicant: Any) -> dict[str, Origin]:
    """One name in the file, two fields here: split as the applicant writes it."""
    name = _text(80)(claim.value) if claim else None
    if claim is None or not name:
        return {}
    given, family = applicant.given_name, applicant.family_name
    if sorted(folded(name).split()) != sorted(folded(f"{given} {family}").split()):
        given, _space, family = name.rpartition(" ")
    return {
        field: Origin(value, claim.origin, claim.value)
        for field, value in (
            ("learner_given_name", given),
            ("learner_family_name", family),
        )
        if value
    }


def _text(longest: int) -> Callable[[Any], str | None]:
    def read(value: Any) -> str | None:
        told = value[0] if isinstance(value, list) and len(value) == 1 else value
        if isinstance(told, int | float):
            told = str(told)
        text = " ".join(told.split()) if isinstance(told, str) else ""
        return text if 0 < len(text) <= longest else None

    return read


def _country(value: Any) -> str | None:
    code = _text(3)(value)
    if code is None:
        return None
    by = {"alpha2": code.upper()} if len(code) == 2 else {"alpha3": code.upper()}
    return Country.objects.filter(**by).values_list("alpha2", flat=True).first()


def _day(value: Any) -> date | None:
    """A day that has been; the award cannot lie in the future."""
    try:
        day = dates.instant(value).date()
    except Malformed:
        return None
    return day if day <= clock.today() else None


def _birth_date(value: Any) -> date | None:
    """The day as it is written, in whatever zone."""
    written = BORN.fullmatch(value.strip()) if isinstance(value, str) else None
    return _day(written[1]) if written else None


def _credits(value: Any) -> Decimal | None:
    """As they stand: ECTS are never rounded."""
    try:
        told = Decimal(str(value))
    except InvalidOperation:
        return None
    fits = told.is_finite() and 0 < told <= MOST_CREDITS
    return told if fits and told == round(told, 1) else None


def _hours(value: Any) -> int | None:
    try:
        told = Decimal(str(value))
    except InvalidOperation:
        return None
    fits = told.is_finite() and 0 < told <= MOST_HOURS and told == int(told)
    return int(told) if fits else None


def _level(value: Any) -> int | None:
    found = LEVEL.fullmatch(str(value).strip())
    return int(found[1]) if found else None


def _texts(value: Any) -> list[str]:
    told = value if isinstance(value, list) else [value]
    found = [" ".join(one.split()) for one in told if isinstance(one, str)]
    addresses = ("http://", "https://")
    return [one for one in found if one and not one.startswith(addresses)][
        :MOST_OUTCOMES
    ]


def _codes(value: Any) -> list[str]:
    told = value if isinstance(value, list) else [value]
    codes = (str(one).strip().removeprefix(ISCED_F) for one in told)
    return [one for one in codes if ISCED_CODE.fullmatch(one)][:MOST_OUTCOMES]


def _skills(value: Any) -> list[str]:
    told = value if isinstance(value, list) else [value]
    return [one for one in told if ESCO_SKILL.fullmatch(str(one))][:MOST_SKILLS]


_FIELDS: Iterable[tuple[str, tuple[str, ...], Callable[[Any], Any]]] = (
    ("learner_birth_date", ("birth_date",), _birth_date),
    ("title", ("title",), _text(240)),
    ("issuer_name", ("issuer",), _text(200)),
    ("issuer_country", ("country",), _country),
    ("awarding_body_name", ("awarding_body",), _text(200)),
    # Issuer and provision are judged as of the award, which a later file may date back.
    ("issued_on", ("awarded_on", "issued_on"), _day),
    ("outcomes", ("outcomes", CRITERIA), _texts),
    ("ects", ("ects",), _credits),
    ("workload_hours", ("hours",), _hours),
    ("eqf_level", ("eqf_level",), _level),
    ("qa_statement", ("quality_assurance",), _text(4000)),
    ("grade", ("grade",), _text(60)),
    ("isced_f", ("isced_f",), _codes),
    ("esco_skills", ("esco",), _skills),
)

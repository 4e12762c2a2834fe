"""Filing an application from data: one JSON object, read strictly, refused in words."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from qa import clock
from qa.folded import folded
from qa.models import Country, Document, User
from qa.transitions import refuse_unless
from qa.vocabularies import AssessmentType, Participation, Supervision
from recognition.enums import (
    FILED_KINDS,
    Element,
    Fee,
    LevelKind,
    Purpose,
    RecognitionOutcome,
    Track,
)
from recognition.grounds import grid_of
from recognition.models import RecognitionApplication
from recognition.services import filing
from recognition.services.documents import add_document
from recognition.vocabulary_codes import ESCO_SKILL, ISCED_CODE

TEXTS = {
    "learner_given_name": 80,
    "learner_family_name": 80,
    "title": 240,
    "title_translated": 240,
    "issuer_name": 200,
    "awarding_body_name": 200,
    "qa_statement": 4000,
    "grade": 60,
}
CHOICES: dict[str, type[TextChoices]] = {
    "level_kind": LevelKind,
    "participation_form": Participation,
    "supervision": Supervision,
}
OTHERS = (
    "applicant",
    "issuer_country",
    "awarding_body_country",
    "issued_on",
    "outcomes",
    "ects",
    "workload_hours",
    "eqf_level",
    "assessment_types",
    "isced_f",
    "esco_skills",
    "verification_url",
    "missing",
    "purpose",
    "purpose_target",
    "outcome_requested",
    "fee",
    "fee_note",
    "information_sheet_accepted",
    "documents",
    "requirement",
)
KNOWN = frozenset({*TEXTS, *CHOICES, *OTHERS})


class DataRefused(Exception):
    """The data cannot be filed; `sentences` say what is wrong, each with its place."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("\n".join(self.sentences))


class Reader:
    """Reads one object field by field and remembers what is wrong with it."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.faults: list[str] = []

    def fault(self, place: str, sentence: str) -> None:
        self.faults.append(f"{place}: {sentence}")

    def text(self, name: str, longest: int = 240) -> str:
        value = self.data.get(name) or ""
        if not isinstance(value, str):
            self.fault(name, _("must be text"))
            return ""
        if "\0" in value:
            self.fault(name, _("must hold no null characters"))
        if len(value.strip()) > longest:
            self.fault(name, _("has more than %(n)s characters") % {"n": longest})
        return value.strip()

    def choice(self, name: str, choices: type[TextChoices], default: str = "") -> str:
        value = self.text(name) or default
        if value and value not in choices.values:
            known = ", ".join(choices.values)
            self.fault(name, _("must be one of %(known)s") % {"known": known})
        return value

    def several(self, name: str, known: Sequence[str] | None = None) -> list[str]:
        value = self.data.get(name) or []
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            self.fault(name, _("must be a list of texts"))
            return []
        wrong = [v for v in value if known is not None and v not in known]
        if wrong:
            self.fault(name, _("does not know %(it)s") % {"it": ", ".join(wrong)})
        return [v.strip() for v in value if v.strip()]

    def matching(self, name: str, form: re.Pattern[str]) -> list[str]:
        found = self.several(name)
        wrong = [value for value in found if not form.fullmatch(value)]
        if wrong:
            self.fault(name, _("does not know %(it)s") % {"it": ", ".join(wrong)})
        return found

    def day(self, name: str) -> date | None:
        value = self.data.get(name)
        if not value:
            return None
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fault(name, _("must be a day like 2025-06-30"))
            return None

    def number(self, name: str, most: int) -> Decimal | None:
        value = self.data.get(name)
        if value in (None, ""):
            return None
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            number = Decimal("NaN")
        if isinstance(value, bool) or number.is_nan():
            self.fault(name, _("must be a number"))
            return None
        if not 0 < number <= most:
            self.fault(name, _("must lie between 0 and %(most)s") % {"most": most})
            return None
        return number

    def whole(self, name: str, most: int) -> int | None:
        number = self.number(name, most)
        if number is not None and number != int(number):
            self.fault(name, _("must be a whole number"))
        return None if number is None else int(number)

    def country(self, name: str) -> str:
        value = self.text(name).upper()
        if value and not Country.objects.filter(alpha2=value).exists():
            self.fault(name, _("must be the two letters of a country"))
        return value

    def address(self, name: str) -> str:
        value = self.text(name, 400)
        if value:
            self._validated(name, value, URLValidator(), _("must be a web address"))
        return value

    def mail(self, name: str) -> str:
        value = self.text(name, 254).lower()
        self._validated(name, value, validate_email, _("must be an e-mail address"))
        return value

    def _validated(self, name: str, value: str, asks: Any, sentence: str) -> None:
        try:
            asks(value)
        except ValidationError:
            self.fault(name, sentence)


def file_from_data(data: Mapping[str, Any], by: User) -> RecognitionApplication:
    """B00 and B01 from one JSON object; raises DataRefused with what is wrong.

    Filed by somebody else than the applicant it is a paper file, and `by` an officer.
    """
    return _file(*_read(data), by)


def refuse_unreadable(data: Mapping[str, Any]) -> None:
    """Raise DataRefused with everything that is wrong; nothing is written."""
    _read(data)


Parts = tuple[
    "Reader", Mapping[str, str], Mapping[str, Any], Mapping[str, Any], list[Document]
]


def _read(data: Mapping[str, Any]) -> Parts:
    """The applicant, the credential, the wish and the documents."""
    reader = Reader(data)
    unknown = sorted(set(data) - KNOWN)
    if unknown:
        reader.fault(", ".join(unknown), _("is not known here"))
    credential, wish = _read_credential(reader), _read_wish(reader)
    documents = _read_documents(reader)
    _read_requirement(reader)
    person = _read_applicant(reader)
    if reader.faults:
        raise DataRefused(reader.faults)
    return reader, person, credential, wish, documents


@transaction.atomic
def _file(
    reader: Reader,
    person: Mapping[str, str],
    credential: Mapping[str, Any],
    wish: Mapping[str, Any],
    documents: Sequence[Document],
    by: User,
) -> RecognitionApplication:
    applicant = applicant_of(person)
    application = filing.open_application(applicant=applicant, by=by)
    filing.save_wish(application=application, wish=wish, by=by)
    filing.save_credential(application=application, credential=credential, by=by)
    fee = reader.data.get("fee")
    if fee:
        remark = reader.text("fee_note") or _("As stated with the application")
        filing.record_fee(application=application, fee=fee, remark=remark, by=by)
    if reader.data.get("information_sheet_accepted") is True:
        filing.accept_information_sheet(application=application, by=by)
    for document in documents:
        add_document(application=application, document=document, by=by)
    return filing.submit_application(application=application, by=by)


def _read_credential(reader: Reader) -> dict[str, Any]:
    values: dict[str, Any] = {n: reader.text(n, size) for n, size in TEXTS.items()}
    values |= {n: reader.choice(n, choices) for n, choices in CHOICES.items()}
    values |= {
        "issuer_country": reader.country("issuer_country"),
        "awarding_body_country": reader.country("awarding_body_country"),
        "issued_on": _award_date(reader),
        "outcomes": reader.several("outcomes"),
        "ects": reader.number("ects", 60),
        "workload_hours": reader.whole("workload_hours", 2000),
        "eqf_level": reader.whole("eqf_level", 8),
        "assessment_types": reader.several("assessment_types", AssessmentType.values),
        "isced_f": reader.matching("isced_f", ISCED_CODE),
        "esco_skills": reader.matching("esco_skills", ESCO_SKILL),
        "verification_url": reader.address("verification_url"),
        "missing": reader.several("missing", Element.values),
        "learner_birth_date": _birth_date(reader),
    }
    if (values["level_kind"] == LevelKind.EQF) != (values["eqf_level"] is not None):
        reader.fault("eqf_level", _("is given if and only if level_kind is eqf"))
    return values


def _award_date(reader: Reader) -> date | None:
    day = reader.day("issued_on")
    if day is not None and day > clock.today():
        reader.fault("issued_on", _("cannot lie in the future"))
    return day


def _birth_date(reader: Reader) -> date | None:
    applicant = reader.data.get("applicant")
    if not isinstance(applicant, Mapping):
        return None
    inner = Reader(applicant)
    born = inner.day("birth_date")
    reader.faults += [f"applicant.{fault}" for fault in inner.faults]
    return born


def _read_wish(reader: Reader) -> dict[str, str]:
    reader.choice("fee", Fee)
    if reader.data.get("outcome_requested") == RecognitionOutcome.REFUSED:
        reader.fault("outcome_requested", _("nobody asks to be refused"))
    return {
        "purpose": reader.choice("purpose", Purpose),
        "purpose_target": reader.text("purpose_target"),
        "outcome_requested": reader.choice(
            "outcome_requested", RecognitionOutcome, RecognitionOutcome.FULL
        ),
    }


def _read_requirement(reader: Reader) -> None:
    """What the purpose asks is compared later; here it only has to be readable."""
    given = reader.data.get("requirement") or {}
    if not isinstance(given, Mapping):
        reader.fault("requirement", _("must be an object"))
        return
    inner = Reader(given)
    known = {criterion.key for track in Track for criterion in grid_of(track)}
    for name in sorted(given):
        inner.text(name, 4000)
    if unknown := sorted(set(given) - known):
        inner.fault(", ".join(unknown), _("is not known here"))
    reader.faults += [f"requirement, {fault}" for fault in inner.faults]


def _read_documents(reader: Reader) -> list[Document]:
    given = reader.data.get("documents") or []
    if not isinstance(given, list) or not all(isinstance(d, Mapping) for d in given):
        reader.fault("documents", _("must be a list of objects"))
        return []
    found = []
    for number, item in enumerate(given, start=1):
        inner = Reader(item)
        kind, title = inner.text("kind"), inner.text("title", 200)
        if kind not in FILED_KINDS:
            known = ", ".join(FILED_KINDS)
            inner.fault("kind", _("must be one of %(known)s") % {"known": known})
        if not title:
            inner.fault("title", _("is missing"))
        language = inner.text("language", 2)
        found.append(Document(kind=kind, title=title, language=language))
        reader.faults += [f"documents {number}, {fault}" for fault in inner.faults]
    return found


def _read_applicant(reader: Reader) -> dict[str, str]:
    given = reader.data.get("applicant")
    if not isinstance(given, Mapping):
        reader.fault("applicant", _("is missing"))
        return {}
    inner = Reader(given)
    person = {
        "email": inner.mail("email"),
        "given_name": inner.text("given_name", 80),
        "family_name": inner.text("family_name", 80),
    }
    for name in ("given_name", "family_name"):
        if not person[name]:
            inner.fault(name, _("is missing"))
    reader.faults += [f"applicant, {fault}" for fault in inner.faults]
    return person


def applicant_of(person: Mapping[str, str]) -> User:
    """Who applies: known by e-mail address, or new and without a password yet."""
    found, _created = User.objects.get_or_create(
        email=person["email"].lower(),
        defaults={
            "given_name": person["given_name"],
            "family_name": person["family_name"],
            "password": make_password(None),
        },
    )
    refuse_unless(not found.is_service, _("Nobody applies from this address."))
    refuse_unless(
        _is_called(found, person),
        _("An account of this address exists in another name; check the address."),
    )
    return found


def _is_called(user: User, person: Mapping[str, str]) -> bool:
    """The same names, however their letters, marks and spaces are typed."""
    names = ("given_name", "family_name")
    return all(_bare(getattr(user, name)) == _bare(person[name]) for name in names)


def _bare(name: str) -> str:
    return " ".join(folded(name).split())

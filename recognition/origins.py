"""What a credential file says of the fields that it filled, or did not fill."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from qa.days import in_short
from qa.models import Country
from qa.vocabularies import AssessmentType, Participation, Supervision
from recognition.enums import LevelKind
from recognition.models import IncomingCredential

LABELS: dict[str, dict[str, Any]] = {
    "assessment_types": dict(AssessmentType.choices),
    "participation_form": dict(Participation.choices),
    "supervision": dict(Supervision.choices),
    "level_kind": dict(LevelKind.choices),
}


@dataclass(frozen=True)
class Said:
    """The file's value in words, its place there, and whether the field still has it."""

    value: str
    place: str
    stands: bool
    is_of_criteria: bool


def said_of(credential: IncomingCredential, name: str) -> Said | None:
    origin = credential.origins.get(name)
    if origin is None:
        return None
    stands = _written(getattr(credential, name)) == _written(origin["value"])
    words, of_criteria = _in_words(name, origin["value"]), "is_of_criteria" in origin
    return Said(words, origin["place"], stands, of_criteria)


def _written(value: Any) -> str:
    """A value as it is compared: 6 credits and 6.0 credits are the same."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return json.dumps(value)
    text = str(value)
    is_number = text.replace(".", "", 1).isdigit()
    return text.rstrip("0").rstrip(".") if is_number and "." in text else text


def _in_words(name: str, value: Any) -> str:
    if name == "issued_on":
        return in_short(date.fromisoformat(value))
    if name == "issuer_country":
        return str(Country.objects.filter(alpha2=value).first() or value)
    labels = LABELS.get(name, {})
    values = value if isinstance(value, list) else [value]
    return "; ".join(str(labels.get(one, one)) for one in values)

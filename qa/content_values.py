"""The values of a proposal, each read as the type of its field or refused in words."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from qa.limits import LONGEST_TEXT
from qa.vocabularies import AgreementTopic


class ContentError(ValueError):
    """Data that is not a proposal; the sentence names the key and what is wrong."""


def read(field: Any, value: Any, place: str) -> Any:
    """The value as the field's own type; `place` is how the refusal calls it."""
    try:
        return _cleaned(field, value)
    except (ValidationError, InvalidOperation, TypeError, ValueError) as error:
        raise ContentError(_does_not_fit(place, value, error)) from error


def rows(name: str, value: Any, known: Sequence[str]) -> list[Mapping[str, Any]]:
    """The rows of a repeating part, each an object with known keys only."""
    if not isinstance(value, list) or not all(isinstance(v, Mapping) for v in value):
        raise ContentError(_("%(key)s: a list of rows is expected.") % {"key": name})
    for number, row in enumerate(value, start=1):
        extra = set(row) - set(known)
        if extra:
            raise ContentError(
                _("%(key)s %(row)s: unknown key %(keys)s.")
                % {"key": name, "row": number, "keys": ", ".join(sorted(extra))}
            )
    return value


def texts(name: str, value: Any) -> list[str]:
    """A list of texts: codes of languages, of institutions."""
    given = [] if value is None else value
    if not isinstance(given, list | tuple) or not all(
        isinstance(one, str) for one in given
    ):
        raise ContentError(_("%(key)s: a list of texts is expected.") % {"key": name})
    return list(given)


def numbers(row: int, value: Any, count: int) -> list[int]:
    """Which of the outcomes, by their numbers from 1."""
    given = [] if value is None else value
    if not isinstance(given, list) or any(type(one) is not int for one in given):
        raise ContentError(
            _("components %(row)s: outcomes are a list of numbers.") % {"row": row}
        )
    if any(not 1 <= one <= count for one in given):
        raise ContentError(
            _("components %(row)s: there is no such outcome among %(count)s.")
            % {"row": row, "count": count}
        )
    return given


def answers(value: Any, known: Sequence[str]) -> dict[str, str]:
    """Justifications by the number of the check; a check must exist to be answered."""
    given = {} if value is None else value
    if not isinstance(given, Mapping) or not all(
        isinstance(text, str) for text in given.values()
    ):
        raise ContentError(
            _('justifications: an object like {"DC-13": "why"} is expected.')
        )
    strange = sorted(set(given) - set(known))
    if strange:
        raise ContentError(
            _("justifications: there is no design check %(codes)s.")
            % {"codes": ", ".join(strange)}
        )
    long = next((text for text in given.values() if len(text) > LONGEST_TEXT), None)
    if long is not None:
        raise ContentError(f"justifications: {_too_long(long)}")
    return {code: text.strip() for code, text in sorted(given.items()) if text.strip()}


def _cleaned(field: Any, value: Any) -> Any:
    if value in (None, "") and field.null:
        return None
    if value is None:
        return field.get_default()
    _refuse_other_types(field, value)
    cleaned = field.to_python(value)
    if isinstance(cleaned, str):
        cleaned = cleaned.strip()
    if cleaned not in ("", None) and not isinstance(cleaned, list | bool):
        field.run_validators(cleaned)
        if field.choices:
            field.validate(cleaned, None)
    return cleaned


def _too_long(text: str) -> str:
    given = {"length": len(text), "most": LONGEST_TEXT}
    return _("The text has %(length)s letters; at most %(most)s can be kept.") % given


def _refuse_other_types(field: Any, value: Any) -> None:
    """Django would turn a list into text and a yes into one hour."""
    if isinstance(field, models.JSONField):
        _refuse_unknown_topics(value)
    elif isinstance(field, models.CharField | models.TextField):
        if not isinstance(value, str):
            raise ValidationError(_("Text is expected."))
        if "\0" in value:
            raise ValidationError(_("Text holds no null characters."))
        if len(value) > LONGEST_TEXT:
            raise ValidationError(_too_long(value))
    elif isinstance(field, models.IntegerField | models.DecimalField):
        _refuse_no_number(field, value)


def _refuse_no_number(field: Any, value: Any) -> None:
    if isinstance(value, bool):
        raise ValidationError(_("A number is expected."))
    number = Decimal(str(value).strip())
    if number < 0:
        raise ValidationError(_("It cannot be negative."))
    if isinstance(field, models.IntegerField) and number != int(number):
        raise ValidationError(_("A whole number is expected."))


def _refuse_unknown_topics(value: Any) -> None:
    known = AgreementTopic.values
    if not isinstance(value, list) or any(one not in known for one in value):
        raise ValidationError(
            _("A list of these is expected: %(known)s.") % {"known": ", ".join(known)}
        )


def _does_not_fit(place: str, value: Any, error: Exception) -> str:
    said = " ".join(error.messages) if isinstance(error, ValidationError) else ""
    return _("%(key)s: “%(value)s” does not fit. %(said)s") % {
        "key": place,
        "value": Truncator(str(value)).chars(80),
        "said": said,
    }

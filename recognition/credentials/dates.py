"""Instants as credentials write them."""

from datetime import UTC, datetime
from typing import Any

from recognition.credentials.refusals import Malformed
from recognition.credentials.words import gettext_noop as _


def instant(value: Any) -> datetime:
    """An xsd:dateTime or a date; where it names no zone, UTC."""
    if not isinstance(value, str):
        raise Malformed(_("“%(value)s” is not a date."), value=str(value)[:40])
    try:
        read = datetime.fromisoformat(value.strip())
    except ValueError as error:
        raise Malformed(_("“%(value)s” is not a date."), value=value[:40]) from error
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def told(moment: datetime) -> str:
    text = moment.astimezone(UTC).isoformat(" ", "minutes")
    return f"{text.removesuffix('+00:00')} UTC"

"""Instants as credentials write them."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from recognition.credentials.refusals import Malformed
from recognition.credentials.words import gettext_noop as _

DAY_WITH_ZONE = re.compile(r"(\d{4}-\d\d-\d\d)(Z|[+-]\d\d:\d\d)")


def instant(value: Any) -> datetime:
    """An xsd:dateTime or xsd:date; where it names no zone, UTC."""
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        raise Malformed(_("“%(value)s” is not a date."), value=str(value)[:40])
    return _read(value)


@lru_cache(maxsize=32)
def _read(value: str) -> datetime:
    """Remembered, for each date of a credential is asked for by several checks."""
    text = value.strip()
    if day := DAY_WITH_ZONE.fullmatch(text):
        text = f"{day[1]}T00:00:00{day[2]}"
    try:
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise Malformed(_("“%(value)s” is not a date."), value=value[:40]) from error
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def first(holder: dict[str, Any], names: Iterable[str]) -> datetime | None:
    """What the first member of these says that says anything; none if that is no date."""
    for one in names:
        value = holder.get(one)
        if value is not None:
            try:
                return instant(value)
            except Malformed:
                return None
    return None


@lru_cache(maxsize=32)
def told(moment: datetime) -> str:
    """Remembered, for the moment of a check is told with each file."""
    try:
        text = moment.astimezone(UTC).isoformat(" ", "minutes")
    except (
        OverflowError
    ):  # the last hours of the last year, told from west of Greenwich
        return moment.isoformat(" ", "minutes")
    return f"{text.removesuffix('+00:00')} UTC"

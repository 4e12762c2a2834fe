"""Days in words, as each language writes them: 25 Nov 2026, 25 nov. 2026."""

from datetime import date

from babel.dates import format_date
from django.utils.translation import get_language

WRITTEN_IN = {"en": "en_GB", "ro": "ro"}


def in_short(day: date) -> str:
    """25 Nov 2026."""
    return _written(day, "d MMM y")


def in_full(day: date) -> str:
    """25 November 2026, as acts and letters write it."""
    return _written(day, "d MMMM y")


def of_the_year(day: date) -> str:
    """25 Nov, where the year is plain."""
    return _written(day, "d MMM")


def with_weekday(day: date) -> str:
    """Wed 25 Nov."""
    return _written(day, "EEE d MMM")


def _written(day: date, pattern: str) -> str:
    language = (get_language() or "en").partition("-")[0]
    return format_date(day, pattern, locale=WRITTEN_IN[language])

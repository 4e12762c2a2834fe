"""The one clock. Only the demo, the walkthrough and tests may set it.

A demo house can be served on a later day (`ATESTA_DEMO_DAYS_AHEAD`), so that whoever
tries it sees terms end; every event keeps the machine's own time beside it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

_set_to: ContextVar[datetime | None] = ContextVar("atesta_clock", default=None)


def now() -> datetime:
    """The instant of the act, UTC."""
    return _set_to.get() or datetime.now(UTC) + _ahead()


def _ahead() -> timedelta:
    return timedelta(days=settings.ATESTA_DEMO_DAYS_AHEAD)


def machine_now() -> datetime:
    """The machine's own time, UTC, whatever the clock says."""
    return datetime.now(UTC)


def today() -> date:
    """The institution's local day."""
    return local_day(now())


def local_day(instant: datetime) -> date:
    return timezone.localtime(instant, timezone.get_default_timezone()).date()


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Set the clock for the block: a story told about another day."""
    token = _set_to.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _set_to.reset(token)


def add_months(day: date, months: int) -> date:
    """Calendar months: 31 January + 4 months = 31 May; a short month ends earlier."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def add_days(day: date, days: int) -> date:
    return day + timedelta(days=days)


def local_time(instant: datetime) -> str:
    """Day and minute as people of the institution read them."""
    local = timezone.localtime(instant, timezone.get_default_timezone())
    return f"{local:%d.%m.%Y %H:%M}"

"""Working days of the institution: public holidays and its own closures."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

import holidays


@lru_cache(maxsize=8)
def _public_holidays(country: str) -> holidays.HolidayBase:
    return holidays.country_holidays(country)


def is_working_day(day: date, country: str, closures: Collection[date] = ()) -> bool:
    return (
        day.weekday() < 5
        and day not in _public_holidays(country)
        and day not in closures
    )


def add_working_days(
    day: date, count: int, country: str, closures: Collection[date] = ()
) -> date:
    """The last of `count` working days after `day`."""
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day, country, closures):
            count -= 1
    return day

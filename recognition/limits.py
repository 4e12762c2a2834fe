"""The clock of an application: two limits, paused days, gross and net time.

It runs from the day of filing if the file was complete as filed, otherwise from the day
the last missing item was settled. Both limits move by every day on which
only the applicant or the issuer could carry the case on.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from qa import clock
from qa.working_days import add_working_days, is_working_day


@dataclass(frozen=True)
class ClockRule:
    """The rule set's share of the clock."""

    target_days: int
    limit_months: int
    moves_to_working_day: bool = False
    country: str = "RO"
    closures: Collection[date] = ()

    @classmethod
    def of(
        cls, rule_set: Any, *, country: str, closures: Collection[date]
    ) -> "ClockRule":
        return cls(
            target_days=rule_set.recognition_target_days,
            limit_months=rule_set.recognition_limit_months,
            moves_to_working_day=rule_set.last_day_moves_to_working_day,
            country=country,
            closures=closures,
        )

    def last_day(self, day: date) -> date:
        """The day itself, or the next working day where the rule says so."""
        if not self.moves_to_working_day or is_working_day(
            day, self.country, self.closures
        ):
            return day
        return add_working_days(day, 1, self.country, self.closures)


@dataclass(frozen=True)
class Limits:
    """The day the office aims at and the day the convention allows at most."""

    target_on: date
    limit_on: date


def limits(started_on: date, rule: ClockRule, paused_days: int = 0) -> Limits:
    """Both limits of a clock that started on `started_on` and stood still so long."""
    target = clock.add_days(started_on, rule.target_days + paused_days)
    outer = clock.add_days(clock.add_months(started_on, rule.limit_months), paused_days)
    return Limits(rule.last_day(target), rule.last_day(outer))


@dataclass(frozen=True)
class Clock:
    """The clock of one application as it reads on one day."""

    started_on: date | None
    target_on: date | None
    limit_on: date | None
    paused_days: int
    is_paused: bool
    gross_days: int
    net_days: int
    past_target: bool
    past_limit: bool
    has_stopped: bool

    @property
    def is_overdue(self) -> bool:
        """Past the outer limit with no decision told: the delay is to be told."""
        return self.past_limit


def read(application: Any, today: date) -> Clock:
    """Read the clock of an application on a day.

    It stops when the applicant is told (or withdraws): a decision nobody knows of
    is no decision. A running pause moves both limits day by day, until its term.
    """
    stopped_on = application.delivered_on or application.withdrawn_on
    until = stopped_on or today
    pause = _days(application.paused_from, _pause_ends(application, until))
    paused = application.paused_days + pause
    started = application.clock_started_on
    target = _later(application.target_on, pause)
    limit = _later(application.limit_on, pause)
    return Clock(
        started_on=started,
        target_on=target,
        limit_on=limit,
        paused_days=paused,
        is_paused=application.paused_from is not None,
        gross_days=_days(application.submitted_on, until),
        net_days=max(_days(started, until) - paused, 0),
        past_target=target is not None and until > target,
        past_limit=limit is not None and until > limit,
        has_stopped=stopped_on is not None,
    )


def _pause_ends(application: Any, day: date) -> date:
    """The day of the reply, else the day read; while it waits, its term is due."""
    if application.paused_until or not application.due_on:
        return application.paused_until or day
    return min(day, application.due_on)


def _days(since: date | None, until: date) -> int:
    return max((until - since).days, 0) if since else 0


def _later(day: date | None, days: int) -> date | None:
    return clock.add_days(day, days) if day else None

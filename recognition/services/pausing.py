"""The end of a pause: by a reply, by its term, or because the application is taken back."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from qa import clock, record
from qa.models import User
from recognition import limits, queries
from recognition.models import InfoRequest, RecognitionApplication


@dataclass(frozen=True)
class PauseEnd:
    """What is known when the clock goes on: the day, and both limits moved by it."""

    request: InfoRequest
    paused_to: date
    closed_at: datetime
    closed_by_id: int
    paused_days: int
    both: limits.Limits

    @classmethod
    def of(
        cls, application: RecognitionApplication, request: InfoRequest, by: User
    ) -> "PauseEnd":
        """The pause ends with what came first: the reply, its term, or today."""
        until = request.pause_ends(request.answered_on or clock.today())
        paused = application.paused_days + (until - request.paused_from).days
        both = limits.limits(
            application.clock_started_on, queries.clock_rule(application), paused
        )
        return cls(request, until, clock.now(), by.pk, paused, both)

    def facts(self) -> dict[str, Any]:
        """What the act tells, and writes on the application."""
        return {
            "request": record.wrote_on(self.request, self._values()),
            "paused_days": self.paused_days,
            "target_on": self.both.target_on,
            "limit_on": self.both.limit_on,
        }

    def close(self) -> None:
        """Close the request; after the act, whose guard still asks for it."""
        InfoRequest.objects.filter(pk=self.request.pk).update(**self._values())

    def _values(self) -> dict[str, Any]:
        return {
            "paused_to": self.paused_to,
            "closed_at": self.closed_at,
            "closed_by_id": self.closed_by_id,
        }

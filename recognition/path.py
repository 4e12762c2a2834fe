"""The path of an application in the reader's words: done, now, to come."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qa import clock, days
from recognition.enums import ApplicationStatus as S
from recognition.models import RecognitionApplication

# Step -> the states in which it is the present one.
STEPS = (
    (gettext_lazy("Filed"), (S.DRAFT,)),
    (gettext_lazy("File complete"), (S.SUBMITTED, S.INCOMPLETE)),
    (gettext_lazy("Issuer and document verified"), (S.COMPLETE, S.VERIFYING)),
    (gettext_lazy("Compared with the purpose"), (S.TRACKED, S.COMPARING)),
    (gettext_lazy("Decided by the committee"), (S.PROPOSED, S.IN_COMMITTEE)),
    (gettext_lazy("Letter of decision"), (S.DECIDED,)),
    (gettext_lazy("Final"), (S.NOTIFIED,)),
)

# What the applicant reads: who acts now, and what for.
NOW = {
    S.DRAFT: gettext_lazy("You complete the application and file it."),
    S.SUBMITTED: gettext_lazy(
        "The recognition office checks whether the file is complete."
    ),
    S.INCOMPLETE: gettext_lazy("You send what is missing, or say why you cannot."),
    S.COMPLETE: gettext_lazy(
        "The office finds out what the issuer was on the day of the award."
    ),
    S.VERIFYING: gettext_lazy("The office verifies the document."),
    S.TRACKED: gettext_lazy("The head of the office names who compares."),
    S.COMPARING: gettext_lazy(
        "An assessor compares what you learned with what your purpose asks."
    ),
    S.INFO_REQUESTED: gettext_lazy(
        "The office waits for an answer; the time limit stands still."
    ),
    S.PROPOSED: gettext_lazy("The proposal goes on the committee's agenda."),
    S.IN_COMMITTEE: gettext_lazy("The recognition committee decides."),
    S.DECIDED: gettext_lazy("The decision is taken; the letter is being prepared."),
    S.NOTIFIED: gettext_lazy("You may accept the decision or appeal against it."),
    S.FINAL: gettext_lazy("The decision is final."),
    S.WITHDRAWN: gettext_lazy("You took the application back."),
}


@dataclass(frozen=True)
class Step:
    """One step of the path: done, now or next."""

    title: str
    stand: str
    facts: str = ""


def _day(day: date | None) -> str:
    return days.in_short(day) if day else ""


def _completed(application: RecognitionApplication) -> str:
    """When the file was found complete, and the day its clock runs from."""
    if application.completed_at is None or application.clock_started_on is None:
        return ""
    found = clock.local_day(application.completed_at)
    if found == application.clock_started_on:
        return _day(found)
    days_of = {"found": _day(found), "start": _day(application.clock_started_on)}
    return _("%(found)s; the clock runs from %(start)s") % days_of


def _facts(application: RecognitionApplication) -> tuple[str, ...]:
    """What is known of each step, in its order."""
    resolution = application.resolution
    return (
        _day(application.submitted_on),
        _completed(application),
        "",
        "",
        f"{_day(application.decided_on)} · {resolution.decision.act_number}"
        if resolution
        else _day(application.meeting_on),
        _day(application.delivered_on),
        _("appeal until %(day)s") % {"day": _day(application.appeal_until)}
        if application.appeal_until
        else "",
    )


def path_of(application: RecognitionApplication) -> list[Step]:
    """Every step with its stand; a withdrawn application stops where it was."""
    here = _present(application)
    facts = _facts(application)
    return [
        Step(str(title), _stand(number, here), facts[number])
        for number, (title, _states) in enumerate(STEPS)
    ]


def _present(application: RecognitionApplication) -> int:
    if application.status == S.FINAL:
        return len(STEPS)
    status: Any = application.returns_to or application.status
    found = [n for n, (_title, states) in enumerate(STEPS) if status in states]
    return found[0] if found else _reached(application)


def _reached(application: RecognitionApplication) -> int:
    """Where a withdrawn application had come to."""
    passed = (
        application.submitted_at,
        application.completed_at,
        application.tracked_at,
        application.proposed_at,
    )
    return sum(instant is not None for instant in passed)


def _stand(number: int, here: int) -> str:
    if number < here:
        return "done"
    return "now" if number == here else "next"


def what_happens_now(application: RecognitionApplication) -> str:
    return str(NOW[S(application.status)])

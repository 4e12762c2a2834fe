"""Words of our vocabularies in a language asked for, whatever the reader's own."""

from datetime import date, datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy

from qa import clock, days
from qa.enums import Outcome
from qa.models import Decision
from recognition.enums import RecognitionOutcome
from reports.rows import Words


def in_language(message: str, language: str) -> str:
    """A sentence of ours in the language."""
    with translation.override(language):
        return translation.gettext(message)


def label(choices: Any, code: str, language: str) -> str:
    """The label of a code of a vocabulary; an unknown code stands for itself."""
    if not code:
        return ""
    with translation.override(language):
        return str(dict(choices.choices).get(code, code))


def both(choices: Any, code: str) -> Words:
    """The label in both languages."""
    return Words(label(choices, code, "ro"), label(choices, code, "en"))


def day_long(day: date, language: str) -> str:
    """25 November 2026, as letters write it."""
    with translation.override(language):
        return days.in_full(day)


def day_of(day: date | datetime | None) -> str:
    """25 Nov 2026 in the active language; nothing where there is no day."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = clock.local_day(day)
    return days.in_short(day)


def moment_of(instant: datetime | None) -> str:
    """25.11.2026 10:42, the institution's time."""
    return "" if instant is None else clock.local_time(instant)


_ACT_OUTCOMES = {
    "favourable": gettext_lazy("favourable opinion"),
    "unfavourable": gettext_lazy("unfavourable opinion"),
    "nominated": gettext_lazy("nominated"),
    "withdrawn": gettext_lazy("accreditation withdrawn"),
    **dict(Outcome.choices),
    **dict(RecognitionOutcome.choices),
}


def act_outcome(act: Decision) -> str:
    """What an act resolved, in the active language."""
    if not act.is_carried:
        return translation.gettext("not carried")
    return str(_ACT_OUTCOMES.get(act.outcome, act.outcome))

"""Asking a guard before facts are written that the database itself would refuse."""

from collections.abc import Iterable, Mapping
from typing import Any

from qa import clock
from qa.clauses import Act, Clause
from qa.models import Case, User
from qa.transitions import TransitionRefused
from recognition.models import RecognitionApplication


def locked(application: RecognitionApplication) -> RecognitionApplication:
    """The application as it is now, under the lock of its case."""
    Case.lock(application.pk)
    return RecognitionApplication.objects.select_related(
        "case", "rule_set", "applicant"
    ).get(pk=application.pk)


def refuse_unmet(
    application: RecognitionApplication,
    clauses: Iterable[Clause],
    *,
    by: User,
    facts: Mapping[str, Any],
) -> None:
    """Refuse with the sentences of the clauses that these facts leave unmet."""
    application.act = Act(by, clock.now(), clock.today(), "", facts)  # type: ignore[attr-defined]
    unmet = tuple(clause for clause in clauses if not clause(application))
    if unmet:
        raise TransitionRefused(" ".join(str(c.sentence) for c in unmet), unmet)


def refuse_unless(allowed: bool, sentence: str) -> None:
    if not allowed:
        raise TransitionRefused(sentence)

"""What time does: everything whose day has come, one transaction each.

The rows run in the order in which one day's acts must be taken. What fails is told
with its case and stays due; the rest goes on. Another app registers its own rows.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from viewflow.workflow.status import STATUS

from qa import clock, record
from qa.enums import AccreditationStatus, ProcedureStatus
from qa.flows.procedure import ProcedureFlow
from qa.guards import validity as guard
from qa.guards.submission import return_term_has_lapsed
from qa.models import Accreditation, Procedure
from qa.services import validity
from qa.services.reminders import write_reminders
from qa.services.work import free_turns_left_behind
from qa.transitions import TransitionRefused

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Due:
    """One row of time: how to find what is due on a day, and the act itself.

    `find` answers with pairs of case number and thing; `act` opens its own transaction.
    What no query can ask is asked of each thing found, by `holds`.
    """

    row: str
    find: Callable[[date], Iterable[tuple[str, Any]]]
    act: Callable[[Any], object]
    holds: Callable[[Any], bool] = lambda _thing: True


@dataclass(frozen=True)
class Failure:
    """An act that was due and could not be taken; it is due again the next time."""

    row: str
    case_number: str
    reason: str

    def __str__(self) -> str:
        return f"{self.case_number} {self.row}: {self.reason}"


@dataclass
class Outcome:
    """What one run did, row by row, and what it could not do."""

    done: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)


def _numbered(periods: QuerySet[Accreditation]) -> list[tuple[str, Accreditation]]:
    every = periods.select_related(
        "micro_credential__case", "procedure__rule_set", "predecessor"
    ).order_by("pk")
    return [(period.micro_credential.case.number, period) for period in every]


def entering_into_force(today: date) -> list[tuple[str, Accreditation]]:
    return _numbered(
        Accreditation.objects.filter(
            status=AccreditationStatus.APPROVED,
            valid_from__lte=today,
            valid_to__gte=today,
        )
    )


def at_their_end(today: date) -> list[tuple[str, Accreditation]]:
    return _numbered(
        Accreditation.objects.filter(
            status=AccreditationStatus.IN_FORCE,
            valid_to__lte=today,
            extension_opened_at=None,
        )
    )


def is_to_be_extended(period: Accreditation) -> bool:
    return (
        guard.extension_rule_is_on(period)
        and guard.reevaluation_was_filed_in_time(period)
        and guard.reevaluation_is_undecided(period)
    )


def to_be_withdrawn(today: date) -> list[tuple[str, Accreditation]]:
    return _numbered(
        Accreditation.objects.filter(
            status=AccreditationStatus.IN_FORCE,
            withdrawal__isnull=False,
            withdrawn_on__lte=today,
        )
    )


def over(today: date) -> list[tuple[str, Accreditation]]:
    return _numbered(
        Accreditation.objects.filter(
            Q(extended_until=None, valid_to__lt=today) | Q(extended_until__lt=today),
            status__in=[AccreditationStatus.APPROVED, AccreditationStatus.IN_FORCE],
        )
    )


def calling_reevaluation(today: date) -> list[tuple[str, Accreditation]]:
    return _numbered(
        Accreditation.objects.filter(
            status=AccreditationStatus.IN_FORCE,
            notice_on__lte=today,
            reevaluation_opened_at=None,
            withdrawal=None,
        )
    )


def past_their_return_term(today: date) -> list[tuple[str, Procedure]]:
    returned = Procedure.objects.filter(
        status=ProcedureStatus.RETURNED, return_term_on__lt=today
    ).select_related("micro_credential__case", "rule_set")
    return [
        (procedure.micro_credential.case.number, procedure)
        for procedure in returned.order_by("pk")
    ]


def past_their_reply_term(today: date) -> list[tuple[str, Procedure]]:
    waiting = Procedure.objects.filter(
        status=ProcedureStatus.FACTUAL_CHECK,
        factual_check_until__lt=today,
        course__task__flow_task=ProcedureFlow.instance.node("reply"),
        course__task__status=STATUS.ASSIGNED,
    ).annotate(case_number=F("micro_credential__case__number"))
    return [(procedure.case_number, procedure) for procedure in waiting.order_by("pk")]


ROWS: list[Due] = [
    Due("A18", entering_into_force, lambda it: validity.enter_into_force(period=it)),
    Due(
        "A26",
        at_their_end,
        lambda it: validity.open_extension(period=it),
        is_to_be_extended,
    ),
    Due("A31", to_be_withdrawn, lambda it: validity.carry_out_withdrawal(period=it)),
    Due("A29", over, lambda it: validity.expire(period=it), guard.no_extension_is_open),
    Due("A24", calling_reevaluation, lambda it: validity.call_reevaluation(period=it)),
    Due(
        "A06",
        past_their_return_term,
        lambda it: validity.lapse(procedure=it),
        return_term_has_lapsed,
    ),
    Due(
        "reply", past_their_reply_term, lambda it: validity.end_reply_term(procedure=it)
    ),
]


def register(due: Due) -> None:
    """Add a row of time; another app calls this when it is ready."""
    if all(due.row != known.row for known in ROWS):
        ROWS.append(due)


def run() -> Outcome:
    """Do everything that is due today, free what was left, then seal, then remind."""
    outcome = Outcome()
    for due in ROWS:
        for number, thing in _found(due, outcome):
            _take(due, number, thing, outcome)
    _attempt("turns left behind", outcome, free_turns_left_behind)
    _attempt("seal", outcome, record.seal_changed_cases)
    _attempt("reminders", outcome, write_reminders)
    return outcome


def _found(due: Due, outcome: Outcome) -> list[tuple[str, Any]]:
    """What is due of a row; a row that cannot be looked up does not stop the others."""
    try:
        return list(due.find(clock.today()))
    except Exception as error:  # told; the row is looked up again the next time
        outcome.failures.append(Failure(due.row, "record", _reason(error)))
        return []


def _take(due: Due, number: str, thing: Any, outcome: Outcome) -> None:
    try:
        if not due.holds(thing):
            return
        due.act(thing)
    except Exception as error:  # one case must not hold up the others; it is told
        if _still_due(due, thing):
            outcome.failures.append(Failure(due.row, number, _reason(error)))
    else:
        outcome.done[due.row] += 1


def _still_due(due: Due, thing: Any) -> bool:
    """Whether nobody else took the act meanwhile, as a second tick might.

    What cannot even be looked up is still due.
    """
    try:
        found = [one for _number, one in due.find(clock.today()) if one.pk == thing.pk]
        return any(due.holds(one) for one in found)
    except Exception:  # the failure itself is told by the caller
        return True


def _attempt(what: str, outcome: Outcome, act: Callable[[], object]) -> None:
    try:
        act()
    except Exception as error:  # as above: told, and tried again the next time
        outcome.failures.append(Failure(what, "record", _reason(error)))


def _reason(error: Exception) -> str:
    if isinstance(error, TransitionRefused):
        return error.sentence
    log.error("An act of time failed.", exc_info=error)
    return f"{type(error).__name__}: {error}"

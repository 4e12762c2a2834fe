"""By when the next act of a procedure is due: one table, row by row.

The day is written on the procedure with the row that moved it, counted by the rule
set the procedure was opened under; a later rule set does not move it.
"""

from collections.abc import Callable
from datetime import date

from qa import clock
from qa.enums import ActKind
from qa.models.procedure import Procedure

REPLY = "reply"

# Row -> days of the rule set, counted from the day of the act.
DAYS_AFTER = {
    "A03": "screening_days",
    "A05": "screening_days",
    "A07": "endorsement_days",
    "A08": "panel_setup_days",
    "A09": "panel_setup_days",
    "A10": "reading_days",
    "A11": "panel_setup_days",
    "A12": "report_days",
    REPLY: "finalisation_days",
    "A14": "opinion_days",
    "A15": "decision_days",
}


def _return_term(procedure: Procedure) -> date | None:
    return procedure.return_term_on


def _after_the_decision(procedure: Procedure) -> date | None:
    """The answer to a request to resubmit, or the entry into force on its day."""
    if procedure.resubmit_until is not None:
        return procedure.resubmit_until
    decision = (
        procedure.decisions.filter(kind=ActKind.DECISION, is_carried=True)
        .order_by("pk")
        .last()
    )
    return decision.valid_from if decision else None


# Row -> a day that stands on the procedure or its decision already.
DAY_STATED: dict[str, Callable[[Procedure], date | None]] = {
    "A04": _return_term,
    "A08n": _return_term,
    "A13": lambda procedure: procedure.factual_check_until,
    "A16": _after_the_decision,
    "A24": lambda procedure: procedure.renews.filing_by,
}


def due_after(procedure: Procedure, row: str, today: date) -> date | None:
    """The day by which the act after `row` is due; None where nobody is bound."""
    if row in DAYS_AFTER:
        return clock.add_days(today, getattr(procedure.rule_set, DAYS_AFTER[row]))
    stated = DAY_STATED.get(row)
    return stated(procedure) if stated else None

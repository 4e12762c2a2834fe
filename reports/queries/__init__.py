"""Readings for what leaves: the register, a letter, a dossier."""

from reports.queries.dossier import dossier_data
from reports.queries.letter import letter_data, outcome_words, verify_url
from reports.queries.register import (
    RegisterFilters,
    entry_url,
    folded,
    period_of,
    register_entries,
    register_rows,
    rows_of,
)

__all__ = [
    "RegisterFilters",
    "dossier_data",
    "entry_url",
    "folded",
    "letter_data",
    "outcome_words",
    "period_of",
    "register_entries",
    "register_rows",
    "rows_of",
    "verify_url",
]

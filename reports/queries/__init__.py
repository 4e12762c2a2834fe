"""Readings for what leaves: the register, a letter, a dossier."""

from reports.queries.dossier import dossier_data
from reports.queries.issued import (
    draft_letter,
    home_of,
    opens_letter,
    standing_of_letter,
)
from reports.queries.letter import (
    letter_data,
    outcome_words,
    remedy_until,
    template_of,
    verify_url,
    wording_of,
)
from reports.queries.register import (
    RegisterFilters,
    entry_url,
    period_of,
    register_entries,
    register_rows,
    rows_of,
)
from reports.queries.review import published_panel

__all__ = [
    "RegisterFilters",
    "dossier_data",
    "draft_letter",
    "entry_url",
    "home_of",
    "letter_data",
    "opens_letter",
    "outcome_words",
    "period_of",
    "published_panel",
    "register_entries",
    "register_rows",
    "remedy_until",
    "rows_of",
    "standing_of_letter",
    "template_of",
    "verify_url",
    "wording_of",
]

"""What an act still waits for, each sentence with the page where it is mended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models
from django.urls import reverse

from qa.clauses import Clause
from qa.models import User
from qa.transitions import unmet_clauses

# The page of a clause, by its name; every one is addressed by the procedure's key.
PAGES: Mapping[str, str] = {
    "blocking_checks_pass": "qa:procedure_detail",
    "warnings_are_justified": "qa:procedure_detail",
    "head_signed_this_revision": "qa:procedure_detail",
    "self_evaluation_is_given": "qa:self_evaluation_edit",
    "points_are_answered": "qa:self_evaluation_edit",
    "all_assessments_are_submitted": "qa:panel_detail",
    "panel_still_complete": "qa:panel_detail",
    "chairs_challenge_term_is_over": "qa:panel_detail",
    "chairs_challenge_is_decided": "qa:panel_detail",
    "chairs_declaration_is_decided": "qa:panel_detail",
    "findings_are_complete": "qa:report_detail",
    "proposal_is_present": "qa:report_proposal",
}


@dataclass(frozen=True)
class Lack:
    """One thing that is missing, and the address where it is mended, if one is known."""

    sentence: str
    address: str = ""


def lacks(
    thing: models.Model,
    clauses: Iterable[Clause],
    addresses: Mapping[str, str],
    here: str = "",
) -> tuple[Lack, ...]:
    """The thing's unmet clauses as a page lists them; nothing leads to the page itself."""
    found = [(one.told(thing), addresses.get(one.name, "")) for one in clauses]
    return tuple(Lack(words, "" if to == here else to) for words, to in found)


def lacking(
    procedure: models.Model, act: str, here: str = "", *, by: User | None = None
) -> tuple[Lack, ...]:
    """What an act of a procedure waits for; `here` is the address of the page.

    Where the guard asks who acts, `by` is the person at the page.
    """
    to = {name: reverse(page, args=[procedure.pk]) for name, page in PAGES.items()}
    return lacks(procedure, unmet_clauses(procedure, act, by), to, here)

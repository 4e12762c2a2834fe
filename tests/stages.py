"""Prepared stages: one procedure stopped at each step of its way, built once a run."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fixtures import reference
from fixtures.demo import university
from fixtures.demo.accreditation import OfferStory
from qa import clock
from qa.enums import Outcome
from qa.models import Unit
from qa.services import validity

EXAMPLE = Path(__file__).parent.parent / "fixtures" / "examples"
START = date(2026, 1, 12)
IN_FORCE = ("in_force", "reevaluation")


@dataclass(frozen=True)
class Stage:
    """Where a story stopped: its procedure, and the day it had reached."""

    procedure_id: int
    day: date


def proposal() -> dict[str, Any]:
    """The worked example of a proposal."""
    path = EXAMPLE / "proposal-alliance-15-ects.json"
    return json.loads(path.read_text(encoding="utf-8"))


def story(unit: str, title: str, **changes: Any) -> OfferStory:
    """A fresh story of the worked example under another title."""
    data = proposal() | {"title_ro": title, "title_en": f"{title} (EN)"} | changes
    return OfferStory(data, Unit.objects.get(code=unit), START)


def _returned(s: OfferStory) -> OfferStory:
    return s.to_submitted().wait(3).return_once()


def _in_force(s: OfferStory) -> OfferStory:
    s.to_decided(Outcome.APPROVED_WITH_CONDITIONS)
    s.until(s.period().valid_from)
    with s.now():
        validity.enter_into_force(period=s.period())
    return s


def _reevaluation(s: OfferStory) -> OfferStory:
    _in_force(s).until(s.period().notice_on)
    with s.now():
        validity.call_reevaluation(period=s.period())
    return s.take_up_reevaluation()


STAGES: dict[str, Callable[[OfferStory], OfferStory]] = {
    "draft": lambda s: s.propose().write().wait(3).sign(),
    "submitted": lambda s: s.to_submitted(),
    "returned": _returned,
    "eligible": lambda s: s.to_submitted().wait(4).find_eligible(),
    "endorsed": lambda s: s.to_endorsed(),
    "panel_setup": lambda s: s.to_endorsed().wait(3).open_panel().invite(),
    "panel_accepted": lambda s: s.to_endorsed().wait(3).open_panel().invite().accept(),
    "panel_ready": lambda s: (
        s.to_endorsed().wait(3).open_panel().invite().accept().declare()
    ),
    "under_review": lambda s: s.to_under_review().wait(5),
    "readings_in": lambda s: s.to_under_review().wait(5).read(),
    "report_draft": lambda s: s.to_under_review().wait(5).read().begin_report(),
    "report_written": lambda s: (
        s.to_under_review().wait(5).read().begin_report().write_report()
    ),
    "factual_check": lambda s: (
        s.to_under_review()
        .wait(5)
        .read()
        .begin_report()
        .write_report()
        .send_for_factual_check()
        .wait(2)
        .reply()
    ),
    "report_final": lambda s: s.to_report(),
    "awaiting_decision": lambda s: s.to_report().wait(3).give_opinions().refer(),
    "resubmit": lambda s: s.to_decided(Outcome.RESUBMIT),
    "rejected": lambda s: s.to_decided(Outcome.REJECTED),
    "approved": lambda s: s.to_decided(Outcome.APPROVED_WITH_CONDITIONS),
    "in_force": _in_force,
    "reevaluation": _reevaluation,
}


def open_university() -> None:
    """The demo university on its first day, before anybody proposed anything."""
    with clock.at(university.OPENED_AT):
        reference.load()
        university.load()


def build(names: tuple[str, ...] = tuple(STAGES)) -> dict[str, Stage]:
    """Load the university and play a story to each stage named."""
    open_university()
    built = {}
    units = university.DEPARTMENTS
    for index, name in enumerate(names):
        unit = units[index % len(units)]
        title = f"Povestea {name.replace('_', ' ')}"
        # Of another field, or the drafts would have to answer them.
        field = {"isced": "0314"} if name in IN_FORCE else {}
        reached = STAGES[name](story(unit, title, **field))
        built[name] = Stage(reached.procedure.pk, reached.day)
    return built

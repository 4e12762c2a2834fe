"""What the authors write in the journeys: the shipped example, on days still to come."""

import json
from datetime import date, timedelta
from typing import Any

from tests.browser.house import ROOT

EXAMPLE = ROOT / "fixtures/examples/proposal-alliance-15-ects.json"
BODIES = {
    "en": ["Danube Valley University", "Universidade de Lumiar"],
    "ro": ["Universitatea Valea Dunării", "Universitatea din Lumiar"],
}


def written(title: str, language: str, today: date) -> dict[str, Any]:
    """All fields of a proposal and its parts, as documented in fixtures/README.md."""
    told = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    told |= {
        "title_ro": title,
        "title_en": f"{title} (EN)",
        "awarding_bodies": BODIES[language],
        "fee_amount": "450",
        "refund_rule": "Jumătate din taxă se restituie până la a doua întâlnire.",
        # Older than the two years that need no reason.
        "need_evidence_on": (today - timedelta(days=800)).isoformat(),
        "planned_start": (today + timedelta(days=240)).isoformat(),
        "review_by": (today + timedelta(days=900)).isoformat(),
    }
    for number, one in enumerate(told["consultations"]):
        one["held_on"] = (today - timedelta(days=60 + number)).isoformat()
    return told


def fields_of(told: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: told[name] for name in names}


def row_of(part: str, number: int, row: dict[str, Any]) -> dict[str, Any]:
    """The fields of a row as the page names them; the matrix stands apart."""
    return {
        f"{part}-{number}-{name}": value
        for name, value in row.items()
        if name != "outcomes"
    }

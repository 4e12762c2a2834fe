"""The machines as their design settles them, written down a second time.

Literal tables only: nothing here may come from the product it is compared with.
"""

from collections import Counter
from collections.abc import Iterable

# state: {row: the states it may lead to}
PROCEDURE: dict[str, dict[str, tuple[str, ...]]] = {
    "draft": {"A02": ("abandoned",), "A03": ("submitted",)},
    "submitted": {"A04": ("returned",), "A07": ("eligible",)},
    "returned": {"A05": ("submitted",), "A06": ("abandoned",)},
    "eligible": {"A08": ("endorsed",), "A08n": ("returned",)},
    "endorsed": {"A09": ("panel_setup",)},
    "panel_setup": {"A10": ("under_review",)},
    "under_review": {"A11": ("panel_setup",), "A12": ("report_draft",)},
    "report_draft": {"A13": ("factual_check",)},
    "factual_check": {"A14": ("report_final",)},
    "report_final": {"A15": ("awaiting_decision",)},
    "awaiting_decision": {"A16": ("decided",)},
    "decided": {},
    "abandoned": {},
}
VERSION: dict[str, dict[str, tuple[str, ...]]] = {
    "draft": {"V2": ("frozen",), "V5": ("abandoned",)},
    "frozen": {
        "V3": ("replaced",),
        "V4": ("approved", "rejected"),
        "V5": ("abandoned",),
    },
    "replaced": {},
    "approved": {},
    "rejected": {},
    "abandoned": {},
}
ACCREDITATION: dict[str, dict[str, tuple[str, ...]]] = {
    "approved": {"A18": ("in_force",), "A29": ("expired",)},
    "in_force": {
        "A24": ("in_force",),
        "A26": ("in_force",),
        "A27": ("succeeded",),
        "A29": ("expired",),
        "A31": ("withdrawn",),
    },
    "succeeded": {},
    "expired": {},
    "withdrawn": {},
}
MACHINES = {
    "qa.procedure": PROCEDURE,
    "qa.version": VERSION,
    "qa.accreditation": ACCREDITATION,
}
# machine: {row that opens a thing: its first state}
OPENINGS = {
    "qa.procedure": {"A01": "draft", "A17": "draft", "A24": "draft"},
    "qa.version": {"V1": "draft"},
    "qa.accreditation": {"A16": "approved"},
}

# row: who takes it, by machines.md (procedures, then validity periods)
ACTOR = {
    "A02": "author",
    "A03": "coordinator",
    "A04": "qa_officer",
    "A05": "coordinator",
    "A06": "system",
    "A07": "qa_officer",
    "A08": "deans_office",
    "A08n": "deans_office",
    "A09": "ceac_chair",
    "A10": "ceac_chair",
    "A11": "ceac_chair",
    "A12": "panel_chair",
    "A13": "panel_chair",
    "A14": "panel_chair",
    "A15": "ceac_chair",
    "A16": "senate_secretary",
    "A17": "coordinator",
    "A18": "system",
    "A24": "system",
    "A26": "system",
    "A29": "system",
    "A31": "senate_secretary",
}
PERIOD_ROWS = ("A18", "A24", "A26", "A29", "A31")

# row: rows of procedures, versions and periods that one act writes: always, perhaps
WRITES: dict[str, tuple[str, str]] = {
    "A02": ("A02 V5", ""),
    "A03": ("A03 V2", ""),
    "A04": ("A04 V1", ""),
    "A05": ("A05 V2 V3", ""),
    "A06": ("A06 V5 V5", ""),
    "A08n": ("A08n V1", ""),
    "A17": ("A17 V1", ""),
    "A18": ("A18", "A27"),
    "A24": ("A24 A24 V1", ""),
}
# A16 by outcome: the version follows, and a positive decision opens a period
DECIDING = {
    "approved": "A16 V4 A16",
    "approved_with_conditions": "A16 V4 A16",
    "resubmit": "A16 V3",
    "rejected": "A16 V4",
}

# Every row of these machines, whether a walk comes by it or not.
ACCREDITATION_ROWS = "".join(
    (
        "A01 A02 A03 A04 A05 A06 A07 A08 A08n A09 A10 A11 A12 A13 A14 A15 A16 A17 ",
        "V1 V2 V3 V4 V5 A18 A24 A26 A27 A29 A31",
    )
)


class Departure(AssertionError):
    """The product went where the model does not lead."""


class Model:
    """The states of one case, moved only along the tables above."""

    def __init__(self) -> None:
        self.states: dict[tuple[str, int], str] = {}

    def take(self, thing: str, pk: int, row: str, to: str) -> None:
        """Follow one written event, or say that no table leads there."""
        if thing not in MACHINES:
            return
        before = self.states.get((thing, pk))
        if before is None:
            wanted: tuple[str, ...] = (OPENINGS[thing].get(row, "nowhere"),)
        else:
            wanted = MACHINES[thing][before].get(row, ())
        if to not in wanted:
            raise Departure(f"{thing} {pk}: {row} led from {before} to {to}")
        self.states[thing, pk] = to

    def state(self, thing: str, pk: int) -> str:
        return self.states[thing, pk]

    def allows(self, thing: str, pk: int, row: str) -> bool:
        return row in MACHINES[thing][self.state(thing, pk)]


def writes(row: str, outcome: str, rows: Iterable[str]) -> bool:
    """Whether one act of this row wrote exactly these rows."""
    always, perhaps = WRITES.get(row, (row, ""))
    if row == "A16":
        always = DECIDING[outcome]
    left = Counter(rows)
    left.subtract(always.split())
    return all(count >= 0 for count in left.values()) and set(+left) <= set(
        perhaps.split()
    )

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
RECOGNITION: dict[str, dict[str, tuple[str, ...]]] = {
    "draft": {"B01": ("submitted",), "B28": ("withdrawn",)},
    "submitted": {
        "B02": ("incomplete",),
        "B04": ("complete",),
        "B28": ("withdrawn",),
    },
    "incomplete": {"B03": ("complete",), "B28": ("withdrawn",)},
    "complete": {
        "B07": ("verifying",),
        "B11": ("info_requested",),
        "B28": ("withdrawn",),
    },
    "verifying": {
        "B08": ("tracked",),
        "B11": ("info_requested",),
        "B28": ("withdrawn",),
    },
    "tracked": {
        "B11": ("info_requested",),
        "B15": ("comparing",),
        "B28": ("withdrawn",),
    },
    "comparing": {
        "B11": ("info_requested",),
        "B17": ("proposed",),
        "B28": ("withdrawn",),
    },
    "proposed": {
        "B11": ("info_requested",),
        "B18": ("in_committee",),
        "B28": ("withdrawn",),
    },
    "info_requested": {
        "B12": ("complete", "verifying", "tracked", "comparing", "proposed"),
        "B28": ("withdrawn",),
    },
    "in_committee": {"B20": ("decided",), "B28": ("withdrawn",)},
    "decided": {"B21": ("notified",)},
    "notified": {"B22": ("final",), "B23r": ("notified",)},
    "final": {},
    "withdrawn": {},
}
CONDITION: dict[str, dict[str, tuple[str, ...]]] = {
    "open": {"C2": ("evidence_submitted",)},
    "evidence_submitted": {"C3": ("fulfilled",), "C4": ("open",)},
    "fulfilled": {},
}
MEMBER: dict[str, dict[str, tuple[str, ...]]] = {
    "invited": {"P2": ("accepted",), "P3": ("declined",), "P5": ("replaced",)},
    "accepted": {"P4": ("recused",), "P5": ("replaced",)},
    "declined": {"P5": ("replaced",)},
    "recused": {"P5": ("replaced",)},
    "replaced": {},
}
DECLARATION: dict[str, dict[str, tuple[str, ...]]] = {
    "pending": {"D1": ("none",), "D2": ("declared",)},
    "declared": {"D3": ("cleared",), "D4": ("upheld",)},
    "none": {},
    "cleared": {},
    "upheld": {},
}
ASSESSMENT: dict[str, dict[str, tuple[str, ...]]] = {
    "draft": {"S2": ("submitted",)},
    "submitted": {},
}
MACHINES = {
    "qa.procedure": PROCEDURE,
    "qa.version": VERSION,
    "qa.accreditation": ACCREDITATION,
    "qa.condition": CONDITION,
    "qa.panelmember": MEMBER,
    "qa.conflictdeclaration": DECLARATION,
    "qa.assessment": ASSESSMENT,
    "recognition.recognitionapplication": RECOGNITION,
}
# machine: {row that opens a thing: its first state}
OPENINGS = {
    "qa.procedure": {"A01": "draft", "A17": "draft", "A24": "draft"},
    "qa.version": {"V1": "draft"},
    "qa.accreditation": {"A16": "approved"},
    "qa.condition": {"C1": "open"},
    "qa.panelmember": {"P1": "invited"},
    "qa.conflictdeclaration": {"D0": "pending"},
    "qa.assessment": {"S1": "draft"},
    "recognition.recognitionapplication": {"B00": "draft"},
}
# This row leads back to the state which that one left.
BACK = {"B12": "B11"}

# row: who takes it (procedures, then validity periods)
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
    "C3": "ceac_chair",
    "C4": "ceac_chair",
}
# row: who takes it, of applications; more than one where each of them may
RECOGNITION_ACTOR = {
    "B01": "applicant",
    "B02": "recognition_officer",
    "B03": "recognition_officer",
    "B04": "recognition_officer",
    "B07": "recognition_officer",
    "B08": "recognition_officer",
    "B11": "recognition_officer assessor",
    "B12": "recognition_officer system",
    "B15": "assessor",
    "B17": "assessor",
    "B18": "committee_secretary",
    "B20": "committee_secretary",
    "B21": "recognition_officer",
    "B22": "applicant system",
    "B23r": "recognition_officer",
    "B28": "applicant",
}
# Rows of panels, for each who takes it
PANEL_ACTOR = {
    "P1": "qa_officer",
    "P2": "member",
    "P3": "member",
    "P4": "member",
    "P5": "qa_officer",
    "D1": "member",
    "D2": "member",
    "D3": "ceac_chair",
    "D4": "ceac_chair",
    "S2": "member",
}
# A seat is taken within so many months after a training.
TRAINING_MONTHS = 36
CONDITION_ROWS = ("C2", "C3", "C4")
PERIOD_ROWS = ("A18", "A24", "A26", "A29", "A31")

# row: rows that one act writes: always, perhaps (then as often as there are things)
WRITES: dict[str, tuple[str, str]] = {
    "A02": ("A02 V5", ""),
    "A03": ("A03 V2", ""),
    "A04": ("A04 V1", ""),
    "A05": ("A05 V2 V3", ""),
    "A06": ("A06 V5 V5", ""),
    "A08n": ("A08n V1", ""),
    "A10": ("A10", "S1"),
    "A17": ("A17 V1", ""),
    "A18": ("A18", "A27"),
    "A24": ("A24 A24 V1", ""),
    "B20": ("B20", "C1"),
    "P2": ("P2 D0", ""),
    "P5": ("P5 P1", ""),
    "D1": ("D1", "S1"),
    "D3": ("D3", "S1"),
    "D4": ("D4 P4", ""),
}
# A16 by outcome: the version follows, and a positive decision opens a period
DECIDING = {
    "approved": "A16 V4 A16",
    "approved_with_conditions": "A16 V4 A16 C1",
    "resubmit": "A16 V3",
    "rejected": "A16 V4",
}

# Every row of these machines, whether a walk comes by it or not.
ACCREDITATION_ROWS = "".join(
    (
        "A01 A02 A03 A04 A05 A06 A07 A08 A08n A09 A10 A11 A12 A13 A14 A15 A16 A17 ",
        "V1 V2 V3 V4 V5 A18 A24 A26 A27 A29 A31 C1 C2 C3 C4",
    )
)


PANEL_ROWS = "P1 P2 P3 P4 P5 D0 D1 D2 D3 D4 S1 S2"
RECOGNITION_ROWS = (
    "B00 B01 B02 B03 B04 B07 B08 B11 B12 B15 B17 B18 B20 B21 B22 B23r B28 C1 C2 C3 C4"
)


class Departure(AssertionError):
    """The product went where the model does not lead."""


class Model:
    """The states of one case, moved only along the tables above."""

    def __init__(self) -> None:
        self.states: dict[tuple[str, int], str] = {}
        self.left: dict[tuple[str, int, str], str] = {}

    def take(self, thing: str, pk: int, row: str, to: str) -> None:
        """Follow one written event, or say that no table leads there."""
        if thing not in MACHINES:
            return
        before = self.states.get((thing, pk))
        if before is None:
            wanted: tuple[str, ...] = (OPENINGS[thing].get(row, "nowhere"),)
        else:
            wanted = MACHINES[thing][before].get(row, ())
            wanted = self.back(thing, pk, row) if wanted and row in BACK else wanted
            self.left[thing, pk, row] = before
        if to not in wanted:
            raise Departure(f"{thing} {pk}: {row} led from {before} to {to}")
        self.states[thing, pk] = to

    def back(self, thing: str, pk: int, row: str) -> tuple[str, ...]:
        """Only the very state left may follow."""
        return (self.left[thing, pk, BACK[row]],)

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

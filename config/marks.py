"""Shapes and tones: what a state looks like, always beside its word."""

from dataclasses import dataclass
from itertools import chain

from django.utils.safestring import SafeString, mark_safe

_RING = (
    '<circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" stroke-width="2"/>'
)
_FRAME = (
    '<rect x="2" y="2" width="12" height="12" fill="none" stroke="currentColor"'
    ' stroke-width="2"/>'
)
_LINE = 'fill="none" stroke="currentColor" stroke-width="2.5"'

# A disc fills as a thing advances; a square is an end without a yes.
SHAPES = {
    "empty": _RING,
    "quarter": f'{_RING}<path d="M8 8V3a5 5 0 0 1 5 5z" fill="currentColor"/>',
    "half": f'{_RING}<path d="M8 3a5 5 0 0 1 0 10z" fill="currentColor"/>',
    "most": f'{_RING}<path d="M8 8V3a5 5 0 1 1-5 5z" fill="currentColor"/>',
    "full": '<circle cx="8" cy="8" r="7.5" fill="currentColor"/>',
    "square": '<rect x="1.5" y="1.5" width="13" height="13" fill="currentColor"/>',
    "frame": _FRAME,
    "over": '<path d="M8 1 15.5 15H.5z" fill="currentColor"/>',
    "tick": f'<path d="m2 8.5 4 4.5 8-10" {_LINE}/>',
    "cross": f'<path d="m3 3 10 10M13 3 3 13" {_LINE}/>',
    "unknown": (
        f'<path d="M4.5 5.5C4.5 1.5 11.5 1.5 11.5 5.5 11.5 8 8 7.5 8 10.5" {_LINE}/>'
        '<rect x="6.5" y="12.5" width="3" height="3" fill="currentColor"/>'
    ),
}

_DRAWN = {
    name: mark_safe(  # noqa: S308  our own constants
        '<svg class="shape" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        f"{inner}</svg>"
    )
    for name, inner in SHAPES.items()
}


def drawn(name: str) -> SafeString:
    """The shape as inline SVG in the colour of the words around it."""
    return _DRAWN[name]


@dataclass(frozen=True)
class Mark:
    """How a state is stamped: the tone of the ink and the shape before the word."""

    tone: str
    shape: str


HOLDS = Mark("good", "full")
MOSTLY = Mark("good", "most")
AT_WORK = Mark("working", "quarter")
WAITS = Mark("waiting", "half")
REFUSED = Mark("bad", "square")
CLOSED = Mark("closed", "frame")
NOT_YET = Mark("closed", "empty")
SETTLED = Mark("settled", "full")

_STATES = {
    HOLDS: (
        *("approved", "in_force", "accepted", "none", "cleared", "fulfilled"),
        *("final", "full", "complete", "received", "paid", "waived", "rated"),
        *("internal_ok", "verified_digital_seal", "verified_by_issuer"),
        "verified_by_registry",
    ),
    MOSTLY: ("approved_with_conditions", "partial"),
    AT_WORK: (
        *("submitted", "eligible", "endorsed", "panel_setup", "under_review"),
        *("report_draft", "factual_check", "report_final", "awaiting_decision"),
        *("decided", "evidence_submitted", "verifying", "tracked"),
        *("comparing", "proposed", "in_committee", "notified"),
    ),
    WAITS: (
        *("returned", "resubmit", "incomplete", "info_requested", "open", "pending"),
        *("invited", "declared", "conditional", "alternative", "due"),
        *("external_pending", "cannot_judge"),
    ),
    REFUSED: ("rejected", "refused", "withdrawn", "upheld", "unverifiable"),
    CLOSED: (
        *("declined", "recused", "replaced", "succeeded", "expired", "abandoned"),
        *("dismissed", "not_factual", "not_applicable", "unobtainable"),
        *("superseded", "retired", "archived"),
    ),
    NOT_YET: ("draft", "not_started"),
    SETTLED: ("frozen",),
}
_MARKS = dict(
    chain.from_iterable(
        ((state, mark) for state in states) for mark, states in _STATES.items()
    )
)

# The same word says something else of these kinds of thing.
_OF_KIND = {
    ("accreditation", "approved"): WAITS,
    ("assessment", "submitted"): HOLDS,
    ("recognitionapplication", "withdrawn"): CLOSED,
    ("remark", "rejected"): CLOSED,
    ("challenge", "dismissed"): HOLDS,
}


def mark_of(state: str, kind: str = "") -> Mark:
    """The mark of a state, minding the kind of thing; unknown states are at work."""
    return _OF_KIND.get((kind, state)) or _MARKS.get(state, AT_WORK)

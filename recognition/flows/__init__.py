"""Whose turn it is in an application; the engine holds no facts of its own."""

from recognition.flows.course import RecognitionFlow
from recognition.flows.handover import (
    answered,
    assessor_named,
    conflict_declared,
    conflict_judged,
    hand_on,
    supplied,
)

__all__ = [
    "RecognitionFlow",
    "answered",
    "assessor_named",
    "conflict_declared",
    "conflict_judged",
    "hand_on",
    "supplied",
]

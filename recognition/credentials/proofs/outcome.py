"""What a proof says, whichever way it was made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from recognition.credentials.findings import Finding, Result
from recognition.credentials.keys import PresentedKey


@dataclass(frozen=True)
class Proven:
    """The mathematics, what they cover, and the key that was presented."""

    signature: Finding
    coverage: Finding
    key: PresentedKey | None = None
    made: datetime | None = None
    expires: datetime | None = None


_ORDER = {Result.PASS: 0, Result.FAIL: 1, Result.UNKNOWN: 2}


def best(proofs: Iterable[Proven]) -> Proven:
    """Of several proofs any one is enough; one that fails counts before one unread."""
    return min(proofs, key=lambda proof: _ORDER[proof.signature.result])

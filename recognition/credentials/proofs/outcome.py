"""What a proof says, whichever way it was made."""

from collections.abc import Callable, Sequence
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
# Whose key it is: a stranger's, beside one that may be the issuer's, is a witness's.
BOUND = {Result.PASS: 0, Result.UNKNOWN: 1, Result.FAIL: 2}


def best(proofs: Sequence[Proven], binding: Callable[[Proven], Finding]) -> Proven:
    """Of several proofs any one is enough; one that fails counts before one unread.

    Of several that are right, the issuer's own speaks: anybody can put one beside it.
    """

    def rank(proof: Proven) -> tuple[int, int, int]:
        signature = proof.signature.result
        bound = BOUND[binding(proof).result] if signature is Result.PASS else 0
        return _ORDER[signature], bound, _ORDER[proof.coverage.result]

    return proofs[0] if len(proofs) == 1 else min(proofs, key=rank)

"""Signing a credential and writing it down, always in the same bytes.

eddsa-rdfc-2022, because every verifier of Open Badges 3.0 reads it; made by openbadgeslib,
while `recognition.credentials` verifies it with PyLD and cryptography.
"""

from datetime import datetime
from typing import Any

import rfc8785

from recognition.issuing import identity
from recognition.issuing.keys import SigningKey


def signed(
    unsigned: dict[str, Any], *, issuer: str, key: SigningKey, at: datetime
) -> bytes:
    """The credential with its proof, as canonical JSON."""
    # Brings JSON-LD along: heavy, and needed only here.
    from openbadgeslib.ob3.ldp import add_data_integrity_proof  # noqa: PLC0415

    document = add_data_integrity_proof(
        unsigned, key.private, identity.method(issuer, key.known), created=at
    )
    return rfc8785.dumps(document)

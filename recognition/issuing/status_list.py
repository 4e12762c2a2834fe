"""Bitstring Status List: one bit for each credential, set when it no longer holds."""

import base64
import gzip
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from recognition.issuing.instants import instant

# The least the standard allows: a bit hides among as many others.
ENTRIES = 131_072
PURPOSE = "revocation"


def entry(address: str, index: int) -> dict[str, Any]:
    """What a credential says of its place in the list at an address."""
    return {
        "id": f"{address}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": PURPOSE,
        "statusListIndex": str(index),
        "statusListCredential": address,
    }


def credential(
    address: str,
    issuer: str,
    marked: Iterable[int],
    *,
    since: datetime,
    until: datetime,
) -> dict[str, Any]:
    """The list as a credential of its own, not yet signed."""
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": instant(since),
        "validUntil": instant(until),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": PURPOSE,
            "encodedList": encoded(marked),
        },
    }


def encoded(marked: Iterable[int]) -> str:
    """The bits, the first one leftmost, packed; without the time of packing."""
    bits = bytearray(ENTRIES // 8)
    for index in marked:
        bits[index // 8] |= 0x80 >> index % 8
    packed = gzip.compress(bytes(bits), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()

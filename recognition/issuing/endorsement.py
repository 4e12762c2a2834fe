"""The result of a recognition as an Open Badges 3.0 endorsement of what was brought.

Every word in it is defined by the two vocabularies that come with every verifier. What was
decided stands twice: as a comment for people, and one by one as evidence, which the model
keeps for the process that led to a credential. The person is not named: whoever holds the
file that was recognised can tell it by its hash.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from recognition.issuing.instants import instant

VOCABULARIES = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)


@dataclass(frozen=True)
class Both:
    """A text in both languages."""

    ro: str
    en: str

    def __str__(self) -> str:
        """One text, where the format has room for one only."""
        return self.ro if self.ro == self.en else f"{self.ro} · {self.en}"

    def tagged(self) -> list[dict[str, str]]:
        return [
            {"@language": "ro", "@value": self.ro},
            {"@language": "en", "@value": self.en},
        ]


@dataclass(frozen=True)
class Particular:
    """One thing that was decided: its code and value for machines, both in words."""

    code: str
    value: str
    label: Both
    words: Both | None = None


@dataclass(frozen=True)
class Issuer:
    did: str
    name: Both
    country: str
    address: str


@dataclass(frozen=True)
class Recognition:
    """What is said of one decision; `about` names what was brought."""

    name: Both
    about: str
    brought: Both
    comment: Both
    particulars: Sequence[Particular]


def by_hash(sha256: str) -> str:
    """The name of a file that anybody who holds it can make (RFC 6920)."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(sha256)).rstrip(b"=").decode()
    return f"ni:///sha-256;{digest}"


def credential(
    told: Recognition,
    *,
    identifier: str,
    issuer: Issuer,
    at: datetime,
    status: dict[str, Any],
) -> dict[str, Any]:
    """The endorsement, not yet signed."""
    return {
        "@context": list(VOCABULARIES),
        "id": identifier,
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": {
            "id": issuer.did,
            "type": ["Profile"],
            "name": str(issuer.name),
            "url": issuer.address,
            "address": {"type": ["Address"], "addressCountryCode": issuer.country},
        },
        "validFrom": instant(at),
        "name": str(told.name),
        "credentialStatus": status,
        "credentialSubject": {
            "id": told.about,
            "type": ["EndorsementSubject"],
            "description": told.brought.tagged(),
            "endorsementComment": f"{told.comment.ro}\n\n{told.comment.en}",
        },
        "evidence": [_evidence(one) for one in told.particulars],
    }


def _evidence(told: Particular) -> dict[str, Any]:
    return {
        "type": ["Evidence"],
        "genre": told.code,
        "name": str(told.label),
        "narrative": told.value,
        **({"description": str(told.words)} if told.words else {}),
    }

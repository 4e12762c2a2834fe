"""Who issues: the did:web of the product's own address, and the document behind it."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from recognition.issuing.instants import instant
from recognition.issuing.keys import IssuerKey


def did(address: str) -> str:
    """did:web of an address: its host with the port, then the parts of its path."""
    parts = urlsplit(address)
    host = quote(parts.netloc.lower(), safe="")
    return ":".join(
        ["did:web", host, *(part for part in parts.path.split("/") if part)]
    )


def method(issuer: str, key: IssuerKey) -> str:
    """The name of a key, under which proofs and the document speak of it."""
    return f"{issuer}#{key.name}"


def document(issuer: str, keys: Sequence[IssuerKey]) -> dict[str, Any]:
    """Every key there was: one that ended asserts what it signed before its end."""
    return {
        "@context": [
            "https://www.w3.org/ns/did/v1",
            "https://w3id.org/security/multikey/v1",
        ],
        "id": issuer,
        "verificationMethod": [_entry(issuer, key) for key in reversed(keys)],
        "assertionMethod": [method(issuer, key) for key in keys if not key.is_lost],
    }


def _entry(issuer: str, key: IssuerKey) -> dict[str, Any]:
    entry = {
        "id": method(issuer, key),
        "type": "Multikey",
        "controller": issuer,
        "publicKeyMultibase": key.name,
    }
    if key.until is None:
        return entry
    return entry | {"revoked" if key.is_lost else "expires": instant(key.until)}

"""A verifier of its own: PyLD and cryptography alone, thirty lines from the standards."""

import base64
import gzip
import hashlib
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from openbadgeslib.ob3.contexts import bundled_contexts
from pyld import jsonld

VOCABULARIES = bundled_contexts()
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def holds(credential: Mapping[str, Any], controller: Mapping[str, Any]) -> bool:
    """Whether a key of the controller, good when the proof was made, signed all of it."""
    unsigned = {name: value for name, value in credential.items() if name != "proof"}
    proof = dict(credential["proof"])
    value = proof.pop("proofValue")
    key = key_of(proof, controller)
    issuer = credential["issuer"]
    named = issuer["id"] if isinstance(issuer, dict) else issuer
    if key is None or named != controller["id"]:
        return False
    hashed = b"".join(
        hashlib.sha256(statements(one)).digest()
        for one in ({**proof, "@context": unsigned["@context"]}, unsigned)
    )
    try:
        key.verify(base58(value[1:]), hashed)
    except InvalidSignature:
        return False
    return True


def key_of(
    proof: Mapping[str, Any], controller: Mapping[str, Any]
) -> Ed25519PublicKey | None:
    """The key that the proof names: one for assertions that had not ended by then."""
    for method in controller["verificationMethod"]:
        if method["id"] == proof["verificationMethod"]:
            asserts = method["id"] in controller["assertionMethod"]
            if asserts and proof["created"] < method.get("expires", "9999"):
                raw = base58(method["publicKeyMultibase"][1:])
                return Ed25519PublicKey.from_public_bytes(raw.removeprefix(b"\xed\x01"))
    return None


def statements(document: Mapping[str, Any]) -> bytes:
    dropped: list[Any] = []
    options = {"documentLoader": loader, "base": None}
    expanded = jsonld.JsonLdProcessor(on_property_dropped=dropped.append).expand(
        document, options
    )
    assert not dropped, f"no signature covers {dropped}"
    text = jsonld.normalize(
        expanded, {"algorithm": "URDNA2015", "format": "application/n-quads"}
    )
    return text.encode()


def loader(url: str, _options: Any) -> dict[str, Any]:
    return {"contextUrl": None, "documentUrl": url, "document": VOCABULARIES[url]}


def base58(text: str) -> bytes:
    number = 0
    for letter in text:
        number = number * 58 + BASE58.index(letter)
    zeros = len(text) - len(text.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8)


def marked(credential: Mapping[str, Any], kept: Mapping[str, Any]) -> bool:
    """Whether the bit of the credential is set in the list."""
    entry = credential["credentialStatus"]
    assert entry["statusListCredential"] == kept["id"]
    index = int(entry["statusListIndex"])
    text = kept["credentialSubject"]["encodedList"].removeprefix("u")
    bits = gzip.decompress(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return bool(bits[index // 8] >> 7 - index % 8 & 1)

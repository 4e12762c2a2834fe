"""Public keys in the forms in which credentials carry them."""

import hashlib
import warnings
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from recognition.credentials.refusals import Malformed
from recognition.credentials.words import gettext_noop as _

PublicKey = ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
MOST_BASE58 = 256  # decoding takes the square of the length
_ED25519, _P256, _P384 = b"\xed\x01", b"\x80\x24", b"\x81\x24"


class Source(StrEnum):
    """Where a key came from, which decides what it can bind."""

    IDENTIFIER = "identifier"  # the identifier is the key: did:key
    CONTROLLER = "controller"  # listed in the controller's own document
    INSIDE = "inside"  # only travels in the file, or in a URL fragment


@dataclass(frozen=True)
class PresentedKey:
    """The key that a signature names, and by whom it says it is held."""

    key: PublicKey
    source: Source
    controller: str

    @cached_property
    def thumbprint(self) -> str:
        return thumbprint(self.key)


def thumbprint(key: PublicKey) -> str:
    """SHA-256 of the key in its standard form, the same for keys and certificates."""
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()


def base58(text: str) -> bytes:
    if len(text) > MOST_BASE58:
        raise Malformed(_("A base58 value is longer than any key or signature."))
    number = 0
    for letter in text:
        digit = _BASE58.find(letter)
        if digit < 0:
            raise Malformed(_("A base58 value holds a letter that base58 has not."))
        number = number * 58 + digit
    zeros = len(text) - len(text.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8)


@lru_cache(maxsize=256)
def from_multibase(text: str) -> PublicKey:
    """A key as Multikey: z, then base58 of a kind and the key."""
    if not text.startswith("z"):
        raise Malformed(_("The key is not written in base58."))
    raw = base58(text[1:])
    kind, material = raw[:2], raw[2:]
    try:
        if kind == _ED25519:
            return ed25519.Ed25519PublicKey.from_public_bytes(material)
        if kind in (_P256, _P384):
            curve = ec.SECP256R1() if kind == _P256 else ec.SECP384R1()
            return ec.EllipticCurvePublicKey.from_encoded_point(curve, material)
    except ValueError as error:
        raise Malformed(_("The key is not a point of its curve.")) from error
    raise Malformed(_("The key is of a kind that is not read here."))


def from_did_key(identifier: str) -> PublicKey:
    return from_multibase(identifier.removeprefix("did:key:").partition("#")[0])


def from_jwk(jwk: Any) -> PublicKey:
    """A public JSON Web Key: RSA, P-256, P-384 or Ed25519."""
    from joserfc import jwk as joserfc_jwk  # noqa: PLC0415  only when a JWK is met
    from joserfc.errors import JoseError, SecurityWarning  # noqa: PLC0415  as above

    if not isinstance(jwk, dict):
        raise Malformed(_("The key is not a JSON Web Key."))
    if "d" in jwk or jwk.get("kty") == "oct":
        raise Malformed(_("The credential carries a secret key, which proves nothing."))
    try:
        with warnings.catch_warnings():
            # A short key is told as a finding, not as a warning.
            warnings.simplefilter("ignore", SecurityWarning)
            key = joserfc_jwk.import_key(jwk).public_key
    except (JoseError, ValueError, KeyError, TypeError, UnsupportedAlgorithm) as error:
        raise Malformed(_("The key is not a JSON Web Key.")) from error
    if not isinstance(key, PublicKey):
        raise Malformed(_("The key is of a kind that is not read here."))
    return key


def from_method(method: Any) -> PublicKey:
    """The key of an entry in a controller document."""
    if isinstance(method, dict):
        if isinstance(method.get("publicKeyMultibase"), str):
            return from_multibase(method["publicKeyMultibase"])
        if "publicKeyJwk" in method:
            return from_jwk(method["publicKeyJwk"])
    raise Malformed(_("The controller document describes the key in an unknown way."))

"""Compact JSON Web Signatures, as VC-JWT and Open Badges 2.0 use them."""

import binascii
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric import rsa

from recognition.credentials import safe_json
from recognition.credentials.findings import CHANGED, Finding, failed, passed, unknown
from recognition.credentials.keys import PresentedKey
from recognition.credentials.proofs import algorithms
from recognition.credentials.proofs.algorithms import LEAST_RSA_BITS
from recognition.credentials.refusals import Malformed, Unreadable
from recognition.credentials.words import gettext_noop as _

OF_RSA = ("RS256", "PS256")
ALGORITHMS = (*OF_RSA, "ES256", "ES384", "EdDSA", "Ed25519")
OF_BASE64 = bytes.maketrans(b"-_", b"+/")
COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*")


# What the header may call a signed credential, each as it was called at its time.
OF_CREDENTIALS = ("jwt", "vc+jwt", "vc+ld+jwt", "vc+ld+json+jwt", "jose")
OF_BADGES = ("jwt", "jose")


class Token(NamedTuple):
    """A compact token, taken apart but not believed."""

    text: str
    header: dict[str, Any]
    payload: dict[str, Any]


def looks_compact(text: str) -> bool:
    return COMPACT.fullmatch(text.strip()) is not None


def read(text: str) -> Token:
    text = text.strip()
    if not looks_compact(text):
        raise Unreadable(_("The token does not have three parts."))
    return taken_apart(text)


def taken_apart(text: str) -> Token:
    """A text that looks compact."""
    first, second, _signature = text.split(".")
    header, payload = (
        safe_json.loads(_decoded(first)),
        safe_json.loads(_decoded(second)),
    )
    if not isinstance(header, dict) or not isinstance(payload, dict):
        raise Unreadable(_("The token does not hold JSON objects."))
    return Token(text, header, payload)


def misnamed(token: Token, names: tuple[str, ...]) -> Finding | None:
    """RFC 8725 §3.11: a token made for something else is no credential."""
    told = token.header.get("typ", names[0])
    if isinstance(told, str) and told.lower().removeprefix("application/") in names:
        return None
    sentence = _("The token says that it is of the kind “%(kind)s”, no credential.")
    return failed(sentence, kind=str(told)[:40])


def _decoded(part: str) -> bytes:
    try:
        plain = part.encode("ascii").translate(OF_BASE64)
        return binascii.a2b_base64(plain + b"=" * (-len(part) % 4))
    except ValueError as error:
        raise Unreadable(_("The token is not written in base64url.")) from error


def signature(
    token: Token, find_key: Callable[[dict[str, Any]], PresentedKey | None]
) -> tuple[Finding, PresentedKey | None]:
    """The mathematics: what is allowed comes first, then the key, then the claims."""
    algorithm = str(token.header.get("alg"))
    if algorithm not in ALGORITHMS:
        sentence = _("Tokens signed by “%(algorithm)s” are not accepted.")
        return failed(sentence, algorithm=algorithm[:20]), None
    if "crit" in token.header:
        return failed(_("The token asks for rules that are not known here.")), None
    try:
        key = find_key(token.header)
    except Malformed as refusal:
        return failed(refusal.sentence, **refusal.facts), None
    if key is None:
        return unknown(_("The token does not say which key signed it.")), None
    return _judged(token.text, algorithm, key), key


def _judged(text: str, algorithm: str, key: PresentedKey) -> Finding:
    if algorithm in OF_RSA and isinstance(key.key, rsa.RSAPublicKey):
        bits = key.key.key_size
        if bits < LEAST_RSA_BITS:
            sentence = _("The key has %(bits)s bits; so short a key proves nothing.")
            return unknown(sentence, bits=bits)
    signed, _dot, value = text.rpartition(".")
    try:
        signature = _decoded(value)
        right = algorithms.is_right(algorithm, key.key, signature, signed.encode())
    except (Malformed, Unreadable) as refusal:
        return failed(refusal.sentence, **refusal.facts)
    if not right:
        return failed(CHANGED)
    return passed(_("The signature is right for the key %(key)s."), key=key.thumbprint)

"""JAdES seals (ETSI TS 119 182-1) around the text of a European Digital Credential.

Libraries for tokens stop at its unencoded payload and its critical headers.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding

from recognition.credentials import certificates, dates, keys, safe_json
from recognition.credentials.findings import CHANGED, Finding, failed, passed, unknown
from recognition.credentials.proofs import algorithms
from recognition.credentials.refusals import Malformed, Unreadable
from recognition.credentials.safe_json import listed
from recognition.credentials.words import gettext_noop as _

# Critical headers whose rules are followed here; the time stamps are kept, not judged.
UNDERSTOOD = {"b64", "sigT", "adoTst"}
BASE64URL = re.compile(r"[A-Za-z0-9_-]*")


@dataclass(frozen=True)
class Sealed:
    """The seal's judgement with the certificate that it presents."""

    signature: Finding
    certificate: x509.Certificate | None = None
    others: tuple[x509.Certificate, ...] = ()
    made: datetime | None = None


def is_sealed(document: Any) -> bool:
    return (
        isinstance(document, dict)
        and isinstance(document.get("payload"), str)
        and ("signatures" in document or "protected" in document)
    )


def payload(document: dict[str, Any]) -> bytes:
    """The text that is sealed: as it stands, or encoded where the header says so."""
    header = _header(_signatures(document)[0])
    text: str = document["payload"]
    return text.encode() if header.get("b64") is False else _decoded(text)


def _signatures(document: dict[str, Any]) -> list[dict[str, Any]]:
    found = document.get("signatures", document)
    signatures = [one for one in listed(found) if isinstance(one, dict)]
    if len(signatures) != 1:
        raise Unreadable(_("The file does not bear exactly one seal."))
    return signatures


def _header(signature: dict[str, Any]) -> dict[str, Any]:
    protected = signature.get("protected")
    if not isinstance(protected, str):
        raise Unreadable(_("The seal has no protected header."))
    header = safe_json.loads(_decoded(protected))
    if not isinstance(header, dict):
        raise Unreadable(_("The seal has no protected header."))
    return header


def _decoded(text: str) -> bytes:
    if not BASE64URL.fullmatch(text):
        raise Unreadable(_("The seal is not written in base64url."))
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise Unreadable(_("The seal is not written in base64url.")) from error


def verify(document: dict[str, Any]) -> Sealed:
    signature = _signatures(document)[0]
    header = _header(signature)
    try:
        certificate, others = _certificates(signature, header)
        made = _made(header)
        judged = _judged(
            document, signature, header, certificates.public_key(certificate)
        )
    except Malformed as refusal:
        return Sealed(failed(refusal.sentence, **refusal.facts))
    return Sealed(judged, certificate, others, made)


def _made(header: dict[str, Any]) -> datetime | None:
    """When it says that it was sealed: sigT, or iat in newer seals."""
    if "sigT" in header or "iat" not in header:
        return dates.instant(header["sigT"]) if "sigT" in header else None
    try:
        return datetime.fromtimestamp(header["iat"], UTC)
    except (TypeError, ValueError, OverflowError, OSError) as error:
        sentence = _("“%(value)s” is not a date.")
        raise Malformed(sentence, value=str(header["iat"])[:40]) from error


def _certificates(
    signature: dict[str, Any], header: dict[str, Any]
) -> tuple[x509.Certificate, tuple[x509.Certificate, ...]]:
    chain = [certificates.from_base64(one) for one in listed(header.get("x5c"))]
    if not chain:
        raise Malformed(_("The seal brings no certificate."))
    digest = hashlib.sha256(chain[0].public_bytes(Encoding.DER)).digest()
    named = header.get("x5t#S256")
    if named is not None and named != _encoded(digest):
        raise Malformed(_("The seal names another certificate than it brings."))
    return chain[0], (*chain[1:], *_kept_with_it(signature))


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _kept_with_it(signature: dict[str, Any]) -> list[x509.Certificate]:
    """Certificates of the chain that were added for the long term."""
    unprotected = signature.get("header")
    added = unprotected.get("etsiU") if isinstance(unprotected, dict) else None
    found = []
    for one in listed(added):
        told = safe_json.loads(_decoded(one)) if isinstance(one, str) else one
        for value in listed(told.get("xVals") if isinstance(told, dict) else None):
            kept = value.get("x509Cert") if isinstance(value, dict) else None
            if isinstance(kept, dict):
                found.append(certificates.from_base64(kept.get("val")))
    return found[: certificates.MOST_CERTIFICATES]


def _judged(
    document: dict[str, Any],
    signature: dict[str, Any],
    header: dict[str, Any],
    key: keys.PublicKey,
) -> Finding:
    algorithm = str(header.get("alg"))
    if algorithm not in algorithms.NAMES:
        sentence = _("Tokens signed by “%(algorithm)s” are not accepted.")
        return failed(sentence, algorithm=algorithm[:20])
    critical = {str(one) for one in listed(header.get("crit"))}
    if critical - UNDERSTOOD:
        sentence = _("The seal asks for the rule “%(rule)s”, which is not known here.")
        return unknown(sentence, rule=min(critical - UNDERSTOOD)[:40])
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < algorithms.LEAST_RSA_BITS:
        sentence = _("The key has %(bits)s bits; so short a key proves nothing.")
        return unknown(sentence, bits=key.key_size)
    signed = f"{signature['protected']}.{document['payload']}".encode()
    value = signature.get("signature")
    if not algorithms.is_right(algorithm, key, _decoded(str(value)), signed):
        return failed(CHANGED)
    told = _("The seal is right for the key %(key)s.")
    return passed(told, key=keys.thumbprint(key))

"""Credentials made with keys of our own, through other libraries than the verifier's.

Statements are signed by openbadgeslib, tokens by PyJWT, canonical JSON by a few lines of
the standard library; the verifier uses PyLD, joserfc and rfc8785.
"""

import base64
import copy
import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from openbadgeslib import baking
from openbadgeslib.ob3 import add_data_integrity_proof
from openbadgeslib.ob3.clr import bundled_clr_contexts
from openbadgeslib.ob3.did import did_key_from_pem
from openbadgeslib.ob3.status_list import build_status_list_credential, status_entry
from pyld import jsonld

from recognition.credentials.contexts import Contexts

VC_1 = "https://www.w3.org/2018/credentials/v1"
VC_2 = "https://www.w3.org/ns/credentials/v2"
OB_3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
CLR_2 = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
LIST = "https://university.example/status/1"
AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
ISSUED = "2026-01-15T09:00:00Z"
BITS = 131_072

Private = ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


def edwards(seed: int) -> ed25519.Ed25519PrivateKey:
    return ed25519.Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)


OURS, OTHERS = edwards(1), edwards(2)
CURVE = ec.derive_private_key(20260115, ec.SECP256R1())
LONG_CURVE, OTHER_CURVE = (
    ec.derive_private_key(number, ec.SECP384R1()) for number in (20260115, 20260116)
)
RSA, OTHER_RSA = (rsa.generate_private_key(65537, 2048) for _number in range(2))


def pem(key: Private) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def public_pem(key: Private) -> bytes:
    return key.public_key().public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )


def thumbprint(key: Private) -> str:
    der = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()


def did(key: Private = OURS) -> str:
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.key_size == 384:
        point = key.public_key().public_bytes(
            Encoding.X962, PublicFormat.CompressedPoint
        )
        return "did:key:z" + base58(b"\x81\x24" + point)
    name: str = did_key_from_pem(public_pem(key))
    return name


def multibase(key: Private = OURS) -> str:
    return did(key).removeprefix("did:key:")


def document_of(controller: str, key: Private = OURS) -> dict[str, Any]:
    """The document of a controller that lists one key for its assertions."""
    name, told = multibase(key), {"publicKeyMultibase": multibase(key)}
    return _listing(controller, name, {"type": "Multikey", **told})


def document_of_rsa(controller: str) -> dict[str, Any]:
    """The document of a controller that lists the RSA key for its assertions."""
    told = {"type": "JsonWebKey", "publicKeyJwk": jwk(RSA)}
    return _listing(controller, "key-1", told)


def _listing(controller: str, name: str, told: dict[str, Any]) -> dict[str, Any]:
    method = {"id": f"{controller}#{name}", "controller": controller, **told}
    return {
        "id": controller,
        "verificationMethod": [method],
        "assertionMethod": [method["id"]],
    }


def badge(issuer: str | None = None, **more: Any) -> dict[str, Any]:
    """An Open Badge 3.0 that says everything that it should, not yet signed."""
    return {
        "@context": [VC_2, OB_3],
        "id": "urn:uuid:6d0b1f1e-51b6-4f0e-9c1b-2f8f0c4d9a10",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {
            "id": issuer or did(),
            "type": ["Profile"],
            "name": "Universitatea Exemplu",
        },
        "validFrom": ISSUED,
        "credentialSubject": {
            "id": "did:example:learner",
            "type": ["AchievementSubject"],
            "creditsEarned": 3,
            "achievement": {
                "id": "https://university.example/achievements/1",
                "type": ["Achievement"],
                "name": "Data ethics",
                "description": "What may be done with data.",
                "criteria": {"narrative": "A project and an oral examination."},
            },
        },
        **more,
    }


def older(issuer: str | None = None, **more: Any) -> dict[str, Any]:
    """The same in the first data model of W3C, as wallets of 2023 hold it."""
    document = badge(issuer, **more)
    document["@context"] = [VC_1, OB_3]
    document["issuanceDate"] = document.pop("validFrom")
    if "validUntil" in document:
        document["expirationDate"] = document.pop("validUntil")
    return document


def plain(issuer: str | None = None, **more: Any) -> dict[str, Any]:
    """A W3C credential that is no badge."""
    return {
        "@context": [VC_2],
        "id": "urn:uuid:0a4f1a3e-3f43-4a46-8d92-8f3f3b3f0a11",
        "type": ["VerifiableCredential"],
        "issuer": issuer or did(),
        "validFrom": ISSUED,
        "name": "Attendance",
        "credentialSubject": {"id": "did:example:learner"},
        **more,
    }


def record(inner: list[Any], issuer: str | None = None, **more: Any) -> dict[str, Any]:
    """A Comprehensive Learner Record around signed credentials."""
    return {
        "@context": [VC_2, CLR_2, OB_3],
        "id": "urn:uuid:b2d7b8f5-8a55-4a0b-9d53-1c4f0f1b0a12",
        "type": ["VerifiableCredential", "ClrCredential"],
        "issuer": {"id": issuer or did(), "type": ["Profile"], "name": "Exemplu"},
        "validFrom": ISSUED,
        "name": "Transcript",
        "credentialSubject": {
            "id": "did:example:learner",
            "type": ["ClrSubject"],
            "verifiableCredential": inner,
        },
        **more,
    }


def revocable() -> dict[str, Any]:
    return {"credentialStatus": status_entry(LIST, "revocation", 7)}


def older_entry() -> dict[str, Any]:
    entry = {**revocable()["credentialStatus"], "type": "StatusList2021Entry"}
    return {"credentialStatus": entry}


def unsigned_list(*revoked: int, issuer: str | None = None) -> dict[str, Any]:
    told: dict[str, Any] = build_status_list_credential(
        issuer or did(), LIST, "revocation", revoked, BITS, AT - timedelta(days=90)
    )
    return told


def older_list(*revoked: int, issuer: str | None = None) -> dict[str, Any]:
    """StatusList2021: the same bits, in the words of the first data model."""
    newer = unsigned_list(*revoked, issuer=issuer)
    encoded = newer["credentialSubject"]["encodedList"].removeprefix("u")
    return {
        "@context": [VC_1, "https://w3id.org/vc/status-list/2021/v1"],
        "id": LIST,
        "type": ["VerifiableCredential", "StatusList2021Credential"],
        "issuer": newer["issuer"],
        "issuanceDate": newer["validFrom"],
        "credentialSubject": {
            "id": f"{LIST}#list",
            "type": "StatusList2021",
            "statusPurpose": "revocation",
            "encodedList": encoded,
        },
    }


def status_list(*revoked: int, key: ed25519.Ed25519PrivateKey = OURS) -> dict[str, Any]:
    return sign(unsigned_list(*revoked, issuer=did(key)), key)


# Proofs


def sign(
    document: dict[str, Any],
    key: ed25519.Ed25519PrivateKey = OURS,
    method: str | None = None,
) -> dict[str, Any]:
    """eddsa-rdfc-2022, by openbadgeslib."""
    signed: dict[str, Any] = add_data_integrity_proof(
        document,
        pem(key),
        method or _method(key),
        created=datetime.fromisoformat(ISSUED),
        extra_contexts=bundled_clr_contexts(),
    )
    return signed


def _method(key: ed25519.Ed25519PrivateKey) -> str:
    name = did(key)
    return f"{name}#{name.removeprefix('did:key:')}"


def base58(raw: bytes) -> str:
    letters = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    number, text = int.from_bytes(raw), ""
    while number:
        number, digit = divmod(number, 58)
        text = letters[digit] + text
    return "1" * (len(raw) - len(raw.lstrip(b"\0"))) + text


def sign_canonical_json(
    document: dict[str, Any], key: ed25519.Ed25519PrivateKey = OURS
) -> dict[str, Any]:
    """eddsa-jcs-2022; with plain ASCII names, sorting is all that JCS asks."""
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": ISSUED,
        "verificationMethod": _method(key),
        "proofPurpose": "assertionMethod",
        "@context": document["@context"],
    }
    hashes = b"".join(
        hashlib.sha256(_sorted(one)).digest() for one in (proof, document)
    )
    value = "z" + base58(key.sign(hashes))
    return {**document, "proof": {**proof, "proofValue": value}}


def _sorted(value: Any) -> bytes:
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()


def sign_statements(
    document: dict[str, Any],
    contexts: Contexts,
    kind: dict[str, str],
    key: ed25519.Ed25519PrivateKey = OURS,
) -> dict[str, Any]:
    """The older kinds of the same proof, for which no library issues any more."""
    proof = {
        **kind,
        "created": ISSUED,
        "verificationMethod": _method(key),
        "proofPurpose": "assertionMethod",
    }
    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": contexts.loader,
    }
    texts = (
        jsonld.normalize(one, options)
        for one in ({"@context": document["@context"], **proof}, document)
    )
    hashes = b"".join(hashlib.sha256(text.encode()).digest() for text in texts)
    value = "z" + base58(key.sign(hashes))
    return {**document, "proof": {**proof, "proofValue": value}}


# Tokens


def token(
    credential: dict[str, Any],
    key: Private = OURS,
    *,
    wrapped: bool = False,
    algorithm: str = "",
    **header: Any,
) -> str:
    """VC-JWT by PyJWT: the credential itself, or in a claim as in the first model."""
    algorithm = algorithm or _algorithm(key)
    issuer = credential["issuer"]
    said = {
        "iss": issuer["id"] if isinstance(issuer, dict) else issuer,
        "jti": credential["id"],
        "sub": credential["credentialSubject"]["id"],
    }
    payload = {**said, **({"vc": credential} if wrapped else credential)}
    if not isinstance(key, rsa.RSAPrivateKey):
        header = {"kid": did(key), **header}
    return jwt.encode(payload, pem(key), algorithm, headers=header or None)


def signed_text(header: dict[str, Any], payload: str) -> str:
    """A token by hand, where a library would not make such a header."""
    text = f"{base64url(json.dumps(header).encode())}.{payload}"
    return f"{text}.{base64url(OURS.sign(text.encode()))}"


def _algorithm(key: Private) -> str:
    if isinstance(key, rsa.RSAPrivateKey):
        return "RS256"
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return "ES384" if key.key_size == 384 else "ES256"
    return "EdDSA"


def jwk(key: rsa.RSAPrivateKey) -> dict[str, str]:
    numbers = key.public_key().public_numbers()
    return {"kty": "RSA", "n": _number(numbers.n), "e": _number(numbers.e)}


def _number(value: int) -> str:
    return base64url(value.to_bytes((value.bit_length() + 7) // 8))


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def as_bytes(content: Any) -> bytes:
    """A file of it: JSON, a token, or what is a file already."""
    if isinstance(content, dict):
        content = json.dumps(content)
    return content.encode() if isinstance(content, str) else content


# Pictures

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="1" height="1"/></svg>'


def png(text: str) -> bytes:
    baked: bytes = baking.bake_png(PNG, text, keyword=baking.ITXT_KEYWORD_OB3)
    return baked


def svg(text: str) -> bytes:
    baked: bytes = baking.bake_svg(
        SVG,
        text,
        element=baking.SVG_ELEMENT_OB3,
        namespace=baking.SVG_NS_OB3,
        as_text=True,
    )
    return baked


def changed(signed: Any, value: str = "Data ethics, with honours") -> Any:
    """The same with another title, under the same signature."""
    other = copy.deepcopy(signed)
    if isinstance(other, dict):
        subject = other["credentialSubject"]
        if "achievement" in subject:
            subject["achievement"]["name"] = value
        else:
            other["name"] = value
        return other
    head, payload, signature = other.split(".")
    told = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    inner = changed(told["vc"]) if "vc" in told else changed(told)
    told = {**told, "vc": inner} if "vc" in told else inner
    return f"{head}.{base64url(json.dumps(told).encode())}.{signature}"

"""An authority of our own, certificates of seals, and what they seal."""

import base64
import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

NAME, NUMBER = "Universitatea Exemplu", "VATRO-12345678"
EUROPEAN = "http://data.europa.eu/snb/model/context/edc-ap"
AUTHORITY, SEAL, STRANGER = (
    rsa.generate_private_key(65537, 2048) for _number in range(3)
)
CURVE = ec.derive_private_key(20260116, ec.SECP256R1())


def certificate(
    subject: dict[x509.ObjectIdentifier, str],
    key: Any,
    issuer: x509.Certificate | None = None,
    *,
    signer: Any = AUTHORITY,
    until: int = 2030,
) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(oid, text) for oid, text in subject.items()])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer.subject if issuer else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(until, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), True)
        .add_extension(_usage(issuer is None), True)
    )
    return builder.sign(signer, hashes.SHA256())


def _usage(authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


ORGANISATION = {
    NameOID.COUNTRY_NAME: "RO",
    NameOID.ORGANIZATION_NAME: NAME,
    NameOID.ORGANIZATION_IDENTIFIER: NUMBER,
    NameOID.COMMON_NAME: "Seal of Exemplu",
}
ROOT = certificate({NameOID.COMMON_NAME: "Authority of tests"}, AUTHORITY)
LEAF = certificate(ORGANISATION, SEAL, ROOT)
CURVE_LEAF = certificate(ORGANISATION, CURVE, ROOT)
ENDED_LEAF = certificate(ORGANISATION, SEAL, ROOT, until=2021)
STRANGE_LEAF = certificate(
    {**ORGANISATION, NameOID.ORGANIZATION_IDENTIFIER: "VATRO-666"}, STRANGER, ROOT
)
OTHER_ROOT = certificate(
    {NameOID.COMMON_NAME: "Another authority"}, STRANGER, signer=STRANGER
)
OTHER_LEAF = certificate(ORGANISATION, SEAL, OTHER_ROOT, signer=STRANGER)
# In the organisation's name, but by nobody's authority.
OWN_LEAF = certificate(ORGANISATION, STRANGER, signer=STRANGER)


def pem(one: x509.Certificate) -> str:
    return one.public_bytes(Encoding.PEM).decode()


LISTS = "http://publications.europa.eu/resource/authority"
ENGLISH = {"id": f"{LISTS}/language/ENG", "type": "Concept"}
COUNTRY = {"id": f"{LISTS}/country/ROU", "type": "Concept"}
LOCATION = {
    "type": "Location",
    "address": {"type": "Address", "countryCode": COUNTRY},
}
TITLE = {"en": "Data ethics", "ro": "Etica datelor"}


def european(**more: Any) -> dict[str, Any]:
    """A European Digital Credential with what its profile asks for."""
    return {
        "@context": ["https://www.w3.org/2018/credentials/v1", EUROPEAN],
        "id": "urn:credential:1",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialProfiles": {"id": "http://data.europa.eu/snb/credential/e34929035b"},
        "displayParameter": {
            "type": "DisplayParameter",
            "title": TITLE,
            "language": ENGLISH,
            "primaryLanguage": ENGLISH,
            "individualDisplay": {"type": "IndividualDisplay", "language": ENGLISH},
        },
        "credentialSchema": {
            "id": "http://data.europa.eu/snb/model/ap/edc-generic-full"
        },
        "credentialSubject": {
            "id": "urn:epass:person:1",
            "type": "Person",
            "fullName": {"en": "Ana Exemplu"},
            "hasClaim": _achievement(),
        },
        "issuer": {
            "id": "urn:epass:org:2",
            "type": "Organisation",
            "legalName": {"en": NAME},
            "location": LOCATION,
            "eIDASIdentifier": {
                "type": "LegalIdentifier",
                "notation": NUMBER,
                "spatial": COUNTRY,
            },
        },
        "issued": "2026-01-15T09:00:00Z",
        "issuanceDate": "2026-01-15T09:00:00Z",
        "validFrom": "2026-01-15T09:00:00Z",
        **more,
    }


def _achievement() -> dict[str, Any]:
    body = {
        "id": "urn:epass:org:1",
        "type": "Organisation",
        "legalName": {"en": NAME},
        "location": LOCATION,
    }
    specified = {
        "type": "Qualification",
        "title": TITLE,
        "volumeOfLearning": "P2DT12H",
        "eqfLevel": {"id": "http://data.europa.eu/snb/eqf/6", "type": "Concept"},
        "creditPoint": {
            "framework": {
                "id": "http://data.europa.eu/snb/education-credit/6fcec5c5af"
            },
            "point": "2.5",
        },
        "learningOutcome": [{"title": {"en": ["Weighs interests"]}}],
    }
    return {
        "type": "LearningAchievement",
        "title": TITLE,
        "awardedBy": {"awardingBody": body},
        "specifiedBy": specified,
    }


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def sealed(
    credential: dict[str, Any],
    key: Any = SEAL,
    leaf: x509.Certificate = LEAF,
    *,
    chain: bool = False,
    **header: Any,
) -> dict[str, Any]:
    """JAdES as the Commission's tool makes it: unencoded text, RS256, baseline B."""
    der = leaf.public_bytes(Encoding.DER)
    told = {
        "alg": "RS256" if isinstance(key, rsa.RSAPrivateKey) else "ES256",
        "cty": "octet-stream",
        "x5t#S256": encoded(hashlib.sha256(der).digest()),
        "x5c": [base64.b64encode(der).decode()],
        "typ": "jose+json",
        "b64": False,
        "sigT": "2026-01-15T09:00:00Z",
        "crit": ["b64", "sigT"],
        **header,
    }
    told = {name: value for name, value in told.items() if value is not None}
    protected = encoded(json.dumps(told).encode())
    text = json.dumps(credential, ensure_ascii=False)
    payload = text if told["b64"] is False else encoded(text.encode())
    signed = f"{protected}.{payload}".encode()
    if isinstance(key, rsa.RSAPrivateKey):
        value = key.sign(signed, padding.PKCS1v15(), hashes.SHA256())
    else:
        r, s = decode_dss_signature(key.sign(signed, ec.ECDSA(hashes.SHA256())))
        value = r.to_bytes(32) + s.to_bytes(32)
    added = {"xVals": [{"x509Cert": {"val": _base64(ROOT)}}]}
    unprotected = {"etsiU": [encoded(json.dumps(added).encode())]} if chain else {}
    signature = {
        "protected": protected,
        "header": unprotected,
        "signature": encoded(value),
    }
    return {"payload": payload, "signatures": [signature]}


def _base64(one: x509.Certificate) -> str:
    return base64.b64encode(one.public_bytes(Encoding.DER)).decode()

"""Questions put to every format alike: build, issuer, quality, recipient, keys."""

from datetime import date
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from recognition.credentials import keys
from recognition.credentials.findings import Check
from recognition.credentials.refusals import Malformed
from recognition.credentials.trust import (
    Applicant,
    Coverage,
    Institution,
    KnownKey,
    Span,
    Trust,
)
from tests.credentials import made, made_seals
from tests.credentials.asked import results, verify


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in made.badge().items() if name not in names}


def achievement(**more: Any) -> dict[str, Any]:
    badge = made.badge()
    badge["credentialSubject"]["achievement"].update(more)
    return badge


def subject(**more: Any) -> dict[str, Any]:
    badge = made.badge()
    told = {**badge["credentialSubject"], **more}
    badge["credentialSubject"] = {k: v for k, v in told.items() if v is not None}
    return badge


@pytest.mark.parametrize(
    "document",
    [
        made.badge(**{"@context": [made.OB_3, made.VC_2]}),
        made.badge(**{"@context": None}),
        made.badge(type=["OpenBadgeCredential"]),
        made.badge(type=["VerifiableCredential"]),
        without("issuer"),
        made.badge(issuer="University"),
        without("validFrom"),
        made.badge(validUntil="soon"),
        made.badge(validUntil=["2030-01-01T00:00:00Z"]),
        made.badge(credentialSubject=[made.badge()["credentialSubject"]] * 2),
        made.badge(credentialSubject="did:example:learner"),
        subject(type=["Person"]),
        subject(id=None),
        subject(achievement=None),
        achievement(type=["Badge"]),
        achievement(name=None),
        achievement(criteria="an examination"),
    ],
    ids=range(17),
)
def test_what_breaks_a_rule(document: dict[str, Any]) -> None:
    assert results(verify(document))["structure"] == "fail"


@pytest.mark.parametrize(
    "document",
    [
        made.badge(),
        made.badge(issuer="https://university.example/issuer"),
        subject(id=None, identifier=[{"identityHash": "x"}]),
        made.badge(
            type=["VerifiableCredential", "EndorsementCredential"],
            credentialSubject={"id": "urn:x", "type": ["EndorsementSubject"]},
        ),
    ],
    ids=["badge", "issuer by address", "named by identity", "endorsement"],
)
def test_what_keeps_them(document: dict[str, Any]) -> None:
    assert results(verify(document))["structure"] == "pass"


def test_a_record_holds_something() -> None:
    assert results(verify(made.record([])))["structure"] == "fail"


@pytest.mark.parametrize(
    ("spans", "result"),
    [
        ([Span(date(2025, 1, 1), date(2026, 1, 15))], "pass"),
        ([Span(last=date(2026, 1, 14)), Span(date(2026, 1, 16))], "fail"),
        ([], "unknown"),
    ],
    ids=["covered", "between two", "nothing known"],
)
def test_quality_assurance_on_the_award_date(spans: list[Span], result: str) -> None:
    decisions = tuple(Coverage("https://agency.example/1", span) for span in spans)
    exemplu = Institution("Exemplu", frozenset({made.did()}), quality_assured=decisions)

    report = verify(made.sign(made.badge()), Trust((exemplu,)))

    assert results(report)["quality_assurance"] == result
    assert report.verdict == "verified"


ADDRESS = "did:web:university.example"


@pytest.mark.parametrize(
    ("identifier", "last", "confirmed", "result"),
    [
        (made.did(), date(2026, 1, 15), False, "pass"),
        (made.did(), date(2026, 1, 14), False, "unknown"),
        (ADDRESS, date(2026, 1, 15), False, "unknown"),
        (ADDRESS, date(2026, 1, 15), True, "pass"),
        (ADDRESS, date(2026, 1, 14), True, "unknown"),
        (ADDRESS, None, False, "pass"),
    ],
    ids=[
        "a key, ended later",
        "ended before",
        "an address in other hands since",
        "an address, with a confirmed key",
        "an address, ended before",
        "an address held today",
    ],
)
def test_an_identifier_counts_on_the_day_of_the_signature(
    identifier: str, last: date | None, confirmed: bool, result: str
) -> None:
    exemplu = Institution(
        "Exemplu",
        frozenset({identifier}),
        (KnownKey(made.thumbprint(made.OURS)),) if confirmed else (),
        quality_assured=(Coverage("https://agency.example/1", Span()),),
        days={identifier: (Span(last=last),)},
    )
    documents = {ADDRESS: made.document_of(ADDRESS)}
    method = f"{identifier}#{made.multibase()}"
    signed = made.sign(made.badge(identifier), method=method)

    report = verify(signed, Trust((exemplu,), documents=documents))

    assert results(report)["issuer"] == result
    assert results(report)["quality_assurance"] == result
    assert report.verdict == "verified"


@pytest.mark.parametrize(
    "until", ["9999-12-31T23:59:59-05:00", "0001-01-01T00:00+05:00"]
)
def test_a_credential_without_an_end_in_sight_is_read(until: str) -> None:
    report = verify(made.sign(made.badge(validUntil=until)))

    assert report.verdict == ("verified" if until.startswith("9") else "invalid")


def test_an_old_award_under_a_new_identifier_keeps_its_quality_assurance() -> None:
    """Issued again by a key of today: the award is older than the key."""
    exemplu = Institution(
        "Exemplu",
        frozenset({made.did()}),
        quality_assured=(Coverage("https://agency.example/1", Span(date(2018, 1, 1))),),
        days={made.did(): (Span(date(2026, 1, 1)),)},
    )

    report = verify(
        made.sign(made.badge(awardedDate="2019-06-30T00:00:00Z")), Trust((exemplu,))
    )

    assert results(report)["issuer"] == "pass"
    assert "2019-06-30" in report.findings[Check.QUALITY_ASSURANCE].detail
    assert results(report)["quality_assurance"] == "pass"


def test_a_register_tells_on_which_days_something_is_held() -> None:
    first, later = {"value": "did:x:1", "until": "2024-12-31"}, date(2025, 1, 1)
    again = {"value": "did:x:1", "from": "2026-01-01"}
    root = made_seals.pem(made_seals.ROOT)
    told = {
        "institutions": [{"name": "X", "identifiers": [first, again, "did:x:2"]}],
        "anchors": [{"value": root, "until": "2024-12-31"}],
    }

    trust = Trust.read(told)

    assert trust.institution("did:x:1", date(2024, 12, 31)) is not None
    assert trust.institution("did:x:1", later) is None
    assert trust.institution("did:x:1", date(2026, 1, 1)) is not None
    assert trust.institution("did:x:2", later) is not None
    assert trust.anchors_on(date(2024, 12, 31)) == (root,)
    assert trust.anchors_on(later) == ()


@pytest.mark.parametrize(
    ("identity", "result"),
    [
        (
            {"identityHash": "ANA@exemplu.example", "hashed": False},
            "pass",
        ),
        ({"identityHash": "bob@exemplu.example", "hashed": False}, "fail"),
        ({"identityHash": "md5$0", "hashed": True}, "fail"),
        ({"identityHash": "sha1$00", "hashed": True}, "unknown"),
        ({"identityHash": 7, "hashed": True}, "unknown"),
        (
            {"identityHash": "md5$0", "hashed": True, "identityType": "studentId"},
            "unknown",
        ),
        ({"identityHash": "4711", "identityType": "studentId"}, "unknown"),
    ],
    ids=[
        *("plain", "another’s", "other hash", "unknown hash", "no text"),
        *("hash of a number", "number"),
    ],
)
def test_recipient_by_identity(identity: dict[str, Any], result: str) -> None:
    """Only an e-mail address is known of the applicant: all else is not compared."""
    document = subject(
        id=None, identifier=[{"identityType": "emailAddress"} | identity]
    )
    known = Applicant(emails=("ana@exemplu.example",))

    report = verify(document, Trust(applicant=known))

    assert results(report)["recipient"] == result


def test_recipient_by_identifier_and_by_nothing() -> None:
    known = Trust(applicant=Applicant(identifiers=("did:example:learner",)))
    other = Trust(applicant=Applicant(identifiers=("did:example:other",)))

    assert results(verify(made.badge(), known))["recipient"] == "pass"
    assert results(verify(made.badge(), other))["recipient"] == "unknown"
    assert results(verify(made.badge()))["recipient"] == "unknown"


# Keys


@pytest.mark.parametrize(
    "text",
    [
        "",
        "m123",
        "z",
        "z0OIl",
        "z" + "1" * 300,
        "z6Mk",
        "z" + made.base58(b"\xed\x01" + bytes(5)),
    ],
    ids=range(7),
)
def test_what_is_no_key(text: str) -> None:
    with pytest.raises(Malformed):
        keys.from_multibase(text)


@pytest.mark.parametrize(
    ("kind", "curve"),
    [(b"\x80\x24", ec.SECP256R1()), (b"\x81\x24", ec.SECP384R1())],
    ids=["P-256", "P-384"],
)
def test_keys_of_nist_curves(kind: bytes, curve: ec.EllipticCurve) -> None:
    key = ec.derive_private_key(20260117, curve)
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    identifier = f"did:key:z{made.base58(kind + point)}"

    assert keys.thumbprint(keys.from_did_key(identifier)) == made.thumbprint(key)


@pytest.mark.parametrize(
    "jwk",
    [
        "text",
        {},
        {"kty": "oct", "k": "AAAA"},
        {"kty": "EC", "crv": "P-521"},
        {**made.jwk(made.RSA), "n": 7},
    ],
    ids=range(5),
)
def test_what_is_no_json_web_key(jwk: Any) -> None:
    with pytest.raises(Malformed):
        keys.from_jwk(jwk)


def test_a_short_key_proves_nothing() -> None:
    short = rsa.generate_private_key(65537, 1024)  # noqa: S505  that is the point
    with pytest.warns(jwt.warnings.InsecureKeyLengthWarning):
        token = made.token(made.badge("https://x.example"), short, jwk=made.jwk(short))

    report = verify(token)

    assert results(report)["signature"] == "unknown"
    assert "1024 bits" in report.findings[Check.SIGNATURE].detail

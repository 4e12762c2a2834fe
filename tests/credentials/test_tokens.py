"""Compact tokens: which algorithms, whose key, and whether all parts say the same."""

import json
from datetime import date
from typing import Any

import jwt
import pytest

from recognition.credentials.trust import Institution, KnownKey, Span, Trust
from tests.credentials import made
from tests.credentials.asked import results, verify

ISSUER = "https://university.example/issuer"
KNOWN = Trust(
    (
        Institution(
            "Exemplu", frozenset({ISSUER}), (KnownKey(made.thumbprint(made.RSA)),)
        ),
    )
)


def payload(**more: Any) -> dict[str, Any]:
    return {**made.badge(), "iss": made.did(), **more}


def signed(told: dict[str, Any], **header: Any) -> str:
    return jwt.encode(
        told, made.pem(made.OURS), "EdDSA", headers={"kid": made.did(), **header}
    )


def test_rsa_with_a_key_that_travels_binds_nothing() -> None:
    token = made.token(made.badge(ISSUER), made.RSA, jwk=made.jwk(made.RSA))

    assert results(verify(token))["signature"] == "pass"
    assert results(verify(token))["key_binding"] == "unknown"
    assert verify(token).verdict == "unverified"
    assert verify(token, KNOWN).verdict == "verified"


@pytest.mark.parametrize("when", [{}, {"iat": 1767225600}, {"nbf": 1767225600}])
def test_a_token_is_of_the_day_on_which_it_was_signed(when: dict[str, int]) -> None:
    """An award of years ago may be told by a key of today, and by no key of then."""
    told = made.badge(ISSUER, awardedDate="2019-06-30T00:00:00Z")
    if when:
        told["validFrom"] = "2026-01-01T00:00:00Z"
    content = made.token({**told, **when}, made.RSA, jwk=made.jwk(made.RSA))
    thumbprint = made.thumbprint(made.RSA)

    def under(span: Span) -> str:
        key = (KnownKey(thumbprint, span),)
        exemplu = Institution("Exemplu", frozenset({ISSUER}), key)
        return verify(content, Trust((exemplu,))).verdict.value

    assert under(Span(first=date(2025, 1, 1))) == "verified"
    assert under(Span(last=date(2024, 1, 1))) == "unverified"


def test_a_curve_of_nist_is_read() -> None:
    token = made.token(made.badge(made.did(made.CURVE)), made.CURVE)

    assert verify(token).verdict == "verified"


def test_without_a_key_nothing_is_known() -> None:
    token = made.token(made.badge(ISSUER), made.RSA)

    assert results(verify(token))["signature"] == "unknown"
    assert verify(token).verdict == "unverified"


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_algorithms_that_prove_nothing(algorithm: str) -> None:
    secret = None if algorithm == "none" else "k" * 32
    token = jwt.encode(payload(), secret, algorithm, headers={"kid": made.did()})

    assert results(verify(token))["signature"] == "fail"
    assert verify(token).verdict == "invalid"


def test_a_secret_key_inside_is_refused() -> None:
    with_secret = {**made.jwk(made.RSA), "d": "AQAB"}
    token = made.token(made.badge(ISSUER), made.RSA, jwk=with_secret)

    assert results(verify(token))["signature"] == "fail"


def test_unknown_rules_are_refused() -> None:
    assert results(verify(signed(payload(), crit=["exp"])))["signature"] == "fail"


@pytest.mark.parametrize(
    "more",
    [
        {"iss": "did:example:other"},
        {"sub": "did:example:other"},
        {"jti": "urn:other"},
        {"nbf": 1},
        {"vc": made.badge()},
    ],
    ids=str,
)
def test_token_and_credential_must_agree(more: dict[str, Any]) -> None:
    report = verify(signed(payload(**more)))

    assert results(report)["structure"] == "fail"
    assert report.verdict == "invalid"


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        ("vc+jwt", "verified"),
        ("application/VC+LD+JWT", "verified"),
        ("at+jwt", "invalid"),
        ("vp+jwt", "invalid"),
        (7, "invalid"),
    ],
    ids=str,
)
def test_a_token_made_for_something_else(kind: Any, verdict: str) -> None:
    """An issuer signs other tokens with the same key, and with other words in them."""
    text = made.token(made.badge())
    head = {"alg": "EdDSA", "kid": made.did(), "typ": kind}
    signed_again = made.signed_text(head, text.split(".")[1])

    report = verify(signed_again)

    assert results(report)["signature"] == "pass"
    assert report.verdict == verdict


def test_the_end_of_the_token_counts() -> None:
    assert results(verify(signed(payload(exp=1770000000))))["validity"] == "fail"


def test_a_token_that_holds_no_credential() -> None:
    report = verify(signed({"sub": "somebody"}))

    assert report.verdict == "unreadable"


@pytest.mark.parametrize(
    "token", ["a.b.c", "e30.e30.", "e30.W10.x", "====.e30.x"], ids=str
)
def test_what_only_looks_like_a_token(token: str) -> None:
    assert verify(token).verdict == "unreadable"


def test_a_record_is_as_good_as_what_it_holds() -> None:
    inner = made.changed(made.sign(made.badge()))
    report = verify(made.sign(made.record([inner])))

    assert [part.verdict for part in report.parts] == ["invalid"]
    assert results(report)["signature"] == "fail"
    assert report.verdict == "invalid"


def test_a_record_reads_tokens_inside() -> None:
    report = verify(made.sign(made.record([made.token(made.badge())])))

    assert [part.verdict for part in report.parts] == ["verified"]
    assert report.verdict == "verified"


def test_endorsements_stand_beside() -> None:
    """A quality assurance agency says something of a badge; another one forges it."""
    endorsement = made.badge(
        made.did(made.OTHERS),
        id="urn:uuid:endorsement",
        type=["VerifiableCredential", "EndorsementCredential"],
        credentialSubject={
            "id": made.did(),
            "type": ["EndorsementSubject"],
            "endorsementComment": "Accredited until 2030",
        },
    )
    right = made.sign(endorsement, made.OTHERS)
    forged = {**right, "validFrom": "2020-01-01T00:00:00Z"}
    issuer = {**made.badge()["issuer"], "endorsement": [right]}
    report = verify(made.sign({**made.badge(endorsement=[forged]), "issuer": issuer}))

    assert [part.verdict for part in report.parts] == ["invalid", "verified"]
    assert report.verdict == "verified"


def test_claims_have_their_origin() -> None:
    told = json.loads(json.dumps(verify(made.token(made.badge())).as_dict()))

    assert told["claims"]["title"] == {
        "value": "Data ethics",
        "origin": "credentialSubject.achievement.name",
    }
    assert told["claims"]["credits"]["value"] == 3
    assert "ects" not in told["claims"]

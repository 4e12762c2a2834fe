"""European Digital Credentials: the seal, whose it is, and what the credential says."""

from dataclasses import replace
from datetime import date
from typing import Any

import jwt
import pytest

from recognition.credentials.findings import Check
from recognition.credentials.readers.european_claims import hours
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
from tests.credentials.made_seals import european, sealed

ANCHORED = Trust(anchors=(made_seals.pem(made_seals.ROOT),))
EXEMPLU = Institution(
    made_seals.NAME,
    frozenset({made_seals.NUMBER}),
    (KnownKey(made.thumbprint(made_seals.SEAL)),),
)


def test_good() -> None:
    assert verify(sealed(european()), ANCHORED).verdict == "verified"
    assert verify(sealed(european(), chain=True), ANCHORED).verdict == "verified"


def test_good_by_a_curve_and_encoded() -> None:
    by_curve = sealed(european(), made_seals.CURVE, made_seals.CURVE_LEAF)
    encoded = sealed(european(), b64=True, crit=["sigT"])

    assert verify(by_curve, ANCHORED).verdict == "verified"
    assert verify(encoded, ANCHORED).verdict == "verified"


def test_good_by_a_key_in_the_register() -> None:
    report = verify(sealed(european()), Trust((EXEMPLU,)))

    assert report.verdict == "verified"
    assert results(report)["issuer"] == "pass"


VICTIM = Institution(
    "Universitatea Victimă",
    frozenset({"did:web:victim.example"}),
    quality_assured=(Coverage("https://agency.example/1", Span()),),
    domains=frozenset({"victim.example"}),
)


@pytest.mark.parametrize("name", ["did:web:victim.example", "https://victim.example"])
def test_a_seal_does_not_speak_in_the_name_of_another(name: str) -> None:
    """Its own certificate and number, but the identifier of a known university."""
    told = european(issuer={**european()["issuer"], "id": name})
    known = Trust((VICTIM,), ANCHORED.anchors)

    report = verify(sealed(told), known)

    assert report.issuers == (made_seals.NUMBER,)
    assert results(report)["key_binding"] == "pass"
    assert results(report)["issuer"] == "unknown"
    assert results(report)["quality_assurance"] == "unknown"


def test_a_confirmed_key_speaks_in_each_name_of_its_institution() -> None:
    name = "did:web:exemplu.example"
    told = european(issuer={**european()["issuer"], "id": name})
    exemplu = replace(EXEMPLU, identifiers=frozenset({name}))

    report = verify(sealed(told), Trust((exemplu,)))

    assert report.issuers == (made_seals.NUMBER, name)
    assert results(report)["issuer"] == "pass"
    assert report.verdict == "verified"


def test_tampered() -> None:
    document = sealed(european())
    document["payload"] = document["payload"].replace('"2.5"', '"25"')

    assert results(verify(document, ANCHORED))["signature"] == "fail"
    assert verify(document, ANCHORED).verdict == "invalid"


def test_expired() -> None:
    report = verify(sealed(european(validUntil="2026-02-01T00:00:00Z")), ANCHORED)

    assert results(report)["validity"] == "fail"
    assert report.verdict == "invalid"


@pytest.mark.parametrize(
    ("header", "bound"),
    [
        ({"sigT": "2024-06-01T00:00:00Z"}, "pass"),
        ({"sigT": None, "iat": 1717200000}, "pass"),  # the same day
        ({"sigT": None}, "unknown"),  # issued in 2026
    ],
    ids=["sigT", "iat", "issued"],
)
def test_an_anchor_vouches_for_the_day_of_which_the_seal_speaks(
    header: dict[str, Any], bound: str
) -> None:
    root = made_seals.pem(made_seals.ROOT)
    ended = {root: (Span(last=date(2025, 12, 31)),)}
    known = Trust(anchors=(root,), anchor_days=ended)
    report = verify(sealed(european(), crit=["b64"], **header), known)

    assert results(report)["signature"] == "pass"
    assert results(report)["key_binding"] == bound


def test_a_seal_without_a_day_is_of_the_day_of_its_text() -> None:
    root = made_seals.pem(made_seals.ROOT)
    known = Trust(anchors=(root,), anchor_days={root: (Span(last=date(2026, 1, 31)),)})
    document = sealed(european(), crit=["b64"], sigT=None)

    assert verify(document, known).verdict == "verified"


def test_a_seal_from_a_day_to_come_is_not_in_force() -> None:
    """It would be judged by what is known of a day that nobody knows."""
    report = verify(sealed(european(), sigT="2026-06-02T00:00:00Z"), ANCHORED)

    assert results(report)["validity"] == "fail"


def test_revoked() -> None:
    """In a list that the issuer signs with the key of its identifier."""
    issuer = {**european()["issuer"], "id": made.did()}
    document = sealed(european(issuer=issuer, **made.revocable()))

    for bits, result, verdict in (
        ((7,), "fail", "invalid"),
        ((6, 8), "pass", "verified"),
    ):
        kept = {made.LIST: made.status_list(*bits)}
        report = verify(document, replace(ANCHORED, documents=kept))
        assert results(report)["status"] == result
        assert report.verdict == verdict
    assert results(verify(document, ANCHORED))["status"] == "unknown"
    assert made.LIST in verify(document, ANCHORED).wanted


def test_revoked_by_a_list_of_somebody_else() -> None:
    issuer = {**european()["issuer"], "id": made.did(made.OTHERS)}
    document = sealed(european(issuer=issuer, **made.revocable()))
    kept = {made.LIST: made.status_list(7)}
    report = verify(document, replace(ANCHORED, documents=kept))

    assert results(report)["status"] == "unknown"
    assert "not the issuer’s own" in report.findings[Check.STATUS].detail


def test_revoked_by_a_list_under_the_seals_own_key() -> None:
    status = {**made.revocable()["credentialStatus"], "type": "StatusList2021Entry"}
    kept = made.status_list(7)
    kept["credentialSubject"]["type"] = "StatusList2021"
    kept["issuer"] = european()["issuer"]["id"]
    del kept["proof"]
    token = jwt.encode(
        kept,
        made.pem(made_seals.SEAL),
        "RS256",
        headers={"jwk": made.jwk(made_seals.SEAL)},
    )
    report = verify(
        sealed(european(credentialStatus=status)),
        replace(ANCHORED, documents={made.LIST: token}),
    )

    assert results(report)["status"] == "fail"


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({}, "without saying of which kind"),
        ({"type": "EbsiAccreditationEntry"}, "“EbsiAccreditationEntry” are not read"),
    ],
)
def test_a_status_that_is_not_read_is_told(told: dict[str, str], sentence: str) -> None:
    status = {"id": "https://exemplu.example/status/1", **told}
    report = verify(sealed(european(credentialStatus=status)), ANCHORED)

    assert results(report)["status"] == "unknown"
    assert sentence in report.findings[Check.STATUS].detail
    assert report.verdict == "unverified"


@pytest.mark.parametrize(
    ("key", "leaf", "result"),
    [
        (made_seals.STRANGER, made_seals.STRANGE_LEAF, "fail"),
        (made_seals.STRANGER, made_seals.OWN_LEAF, "unknown"),
        (made_seals.SEAL, made_seals.OTHER_LEAF, "unknown"),
        (made_seals.SEAL, made_seals.ENDED_LEAF, "fail"),
    ],
    ids=["another organisation", "nobody's authority", "another authority", "ended"],
)
def test_wrong_key(key: Any, leaf: Any, result: str) -> None:
    report = verify(sealed(european(), key, leaf), ANCHORED)

    assert results(report)["signature"] == "pass"
    assert results(report)["key_binding"] == result
    assert report.verdict == ("invalid" if result == "fail" else "unverified")


def test_a_certificate_beside_the_key_that_signed() -> None:
    report = verify(sealed(european(), made_seals.STRANGER), ANCHORED)

    assert results(report)["signature"] == "fail"


def test_unknown_issuer() -> None:
    report = verify(sealed(european()))

    assert results(report)["issuer"] == "unknown"
    assert results(report)["key_binding"] == "unknown"
    assert report.verdict == "unverified"


def test_foreign_context() -> None:
    """The seal signs the text, but who knows what its words mean there?"""
    named = ["https://www.w3.org/2018/credentials/v1", "https://stranger.example/dev"]
    report = verify(sealed(european(**{"@context": named})), ANCHORED)

    assert results(report)["signature"] == "pass"
    assert results(report)["coverage"] == "unknown"
    assert "https://stranger.example/dev" in report.findings[Check.COVERAGE].detail
    assert report.verdict == "unverified"


@pytest.mark.parametrize("named", [["https://www.w3.org/2018/credentials/v1"], None])
def test_without_its_vocabulary_it_is_no_european_credential(named: Any) -> None:
    report = verify(sealed(european(**{"@context": named})), ANCHORED)

    assert results(report)["structure"] == "fail"


def test_undefined_term_is_sealed_like_all_text() -> None:
    report = verify(sealed(european(ects=777)), ANCHORED)

    assert results(report)["coverage"] == "pass"
    assert "777" not in str(report.as_dict()["claims"])


@pytest.mark.parametrize(
    ("header", "result"),
    [
        ({"alg": "none"}, "fail"),
        ({"alg": "HS256"}, "fail"),
        ({"alg": "ES256"}, "fail"),
        ({"crit": ["b64", "sigD"]}, "unknown"),
        ({"x5t#S256": "AAAA"}, "fail"),
        ({"sigT": None, "crit": ["b64"], "iat": "now"}, "fail"),
        ({"x5c": []}, "fail"),
        ({"x5c": ["AAAA"]}, "fail"),
    ],
    ids=str,
)
def test_headers_out_of_shape(header: dict[str, Any], result: str) -> None:
    assert (
        results(verify(sealed(european(), **header), ANCHORED))["signature"] == result
    )


@pytest.mark.parametrize(
    "change",
    [
        {"signatures": []},
        {"signatures": [{}, {}]},
        {"signatures": [{"protected": "W10"}]},
        {"payload": "{}"},
        {"payload": "no JSON"},
    ],
    ids=str,
)
def test_what_is_not_one_sealed_credential(change: dict[str, Any]) -> None:
    assert verify({**sealed(european()), **change}).verdict == "unreadable"


@pytest.mark.parametrize(
    "missing",
    [
        "credentialProfiles",
        "displayParameter",
        "issued",
        "validFrom",
        "credentialSubject",
        "issuer",
    ],
)
def test_what_its_profile_asks(missing: str) -> None:
    credential = european()
    del credential[missing]

    assert results(verify(sealed(credential)))["structure"] == "fail"


def test_not_sealed_yet() -> None:
    unsealed = european()
    del unsealed["issued"]

    assert verify(unsealed).verdict == "unverified"
    assert (
        results(verify({"credential": {**unsealed, "@context": []}}))["structure"]
        == "fail"
    )


def test_signed_as_a_token_instead_of_sealed() -> None:
    """As pilots of wallets issue them."""
    token = made.token(european(issuer={"id": made.did()}))
    report = verify(token)

    assert report.format == "european_digital_credential"
    assert report.verdict == "verified"
    assert report.as_dict()["claims"]["ects"]["value"] == "2.5"


def test_claims() -> None:
    told = verify(sealed(european())).as_dict()["claims"]

    assert {name: claim["value"] for name, claim in told.items()} == {
        "learner": "Ana Exemplu",
        "title": "Data ethics",
        "country": "ROU",
        "issuer": made_seals.NAME,
        "issuer_id": made_seals.NUMBER,
        "awarding_body": made_seals.NAME,
        "issued_on": "2026-01-15T09:00:00Z",
        "outcomes": ["Weighs interests"],
        "ects": "2.5",
        "hours": 60,
        "eqf_level": "6",
    }
    assert told["hours"]["raw"] == "P2DT12H"


@pytest.mark.parametrize(
    ("duration", "read"),
    [
        ("PT60H", 60),
        ("P2DT12H", 60),
        ("PT90M", 1.5),
        ("P1M", None),
        ("P", None),
        (5, None),
    ],
    ids=str,
)
def test_durations(duration: Any, read: float | None) -> None:
    assert hours(duration) == read


def test_recipient() -> None:
    numbered = european()
    numbered["credentialSubject"]["nationalID"] = {"notation": "RO-1"}
    document = sealed(numbered)

    for applicant, result in (
        (Applicant(identifiers=("RO-1",)), "pass"),
        (Applicant(names=("ANA  exemplu",)), "unknown"),
        (Applicant(names=("Ion",)), "unknown"),
    ):
        report = verify(document, Trust(applicant=applicant))
        assert results(report)["recipient"] == result
    named = verify(document, Trust(applicant=Applicant(names=("Ana Exemplu",))))
    assert "bears the applicant’s name" in named.findings[Check.RECIPIENT].detail

"""Open Badges 2.0 of our own: hosted and signed, with and without what is at hand."""

import json
from typing import Any

import jwt
import pytest
from openbadgeslib import baking
from openbadgeslib.ob2.models import hash_identity

from recognition.credentials.findings import Check
from recognition.credentials.trust import Applicant, Institution, KnownKey, Trust
from tests.credentials import made
from tests.credentials.asked import results, verify

HOST = "https://university.example"
CONTEXT = "https://w3id.org/openbadges/v2"
KEY, ISSUER, BADGE, REVOKED = (
    f"{HOST}/{name}.json" for name in ("key", "issuer", "badge", "revoked")
)
EMAIL = "ana@exemplu.example"
PROFILE = {
    "@context": CONTEXT,
    "id": ISSUER,
    "type": "Issuer",
    "name": "Exemplu",
    "url": HOST,
    "publicKey": KEY,
}
DOCUMENTS = {
    ISSUER: PROFILE,
    KEY: {
        "id": KEY,
        "owner": ISSUER,
        "publicKeyPem": made.public_pem(made.RSA).decode(),
    },
    BADGE: {"id": BADGE, "type": "BadgeClass", "name": "Data ethics", "issuer": ISSUER},
}
AT_HAND = Trust(documents=DOCUMENTS)


def assertion(kind: str = "signed", **more: Any) -> dict[str, Any]:
    return {
        "@context": CONTEXT,
        "id": f"{HOST}/assertion/1",
        "type": "Assertion",
        "recipient": {
            "type": "email",
            "hashed": True,
            "salt": "salt",
            "identity": hash_identity(EMAIL, "salt"),
        },
        "badge": BADGE,
        "issuedOn": "2026-01-15T09:00:00Z",
        "verification": {
            "type": kind,
            **({"creator": KEY} if kind == "signed" else {}),
        },
        **more,
    }


def signed(told: dict[str, Any] | None = None, key: Any = made.RSA) -> str:
    return jwt.encode(told or assertion(), made.pem(key), "RS256")


def baked(told: dict[str, Any] | None = None) -> bytes:
    picture: bytes = baking.bake_png(made.PNG, signed(told))
    return picture


every_form = pytest.mark.parametrize("form", [signed, baked], ids=["token", "PNG"])


@every_form
def test_good(form: Any) -> None:
    assert verify(form(), AT_HAND).verdict == "verified"
    assert verify(form()).verdict == "unverified"


def test_tampered() -> None:
    head, _payload, signature = signed().split(".")
    forged = made.base64url(json.dumps(assertion(narrative="with honours")).encode())

    assert (
        results(verify(f"{head}.{forged}.{signature}", AT_HAND))["signature"] == "fail"
    )


@every_form
def test_expired(form: Any) -> None:
    report = verify(form(assertion(expires="2026-02-01T00:00:00Z")), AT_HAND)

    assert results(report)["validity"] == "fail"
    assert report.verdict == "invalid"


@pytest.mark.parametrize(
    ("revoked", "result"),
    [
        ([], "pass"),
        ([f"{HOST}/assertion/1"], "fail"),
        ([{"uid": "u1"}], "fail"),
        (None, "unknown"),
    ],
    ids=["empty", "by address", "by uid", "not at hand"],
)
def test_revoked(revoked: Any, result: str) -> None:
    documents: dict[str, Any] = {
        **DOCUMENTS,
        ISSUER: {**PROFILE, "revocationList": REVOKED},
    }
    if revoked is not None:
        documents[REVOKED] = {"revokedAssertions": revoked}
    report = verify(signed(assertion(uid="u1")), Trust(documents=documents))

    assert results(report)["status"] == result


def test_wrong_key() -> None:
    """The key at that address signed, but the issuer's profile does not list it."""
    unlisted = {**DOCUMENTS, ISSUER: {**PROFILE, "publicKey": f"{HOST}/other.json"}}
    report = verify(signed(), Trust(documents=unlisted))

    assert results(report)["signature"] == "pass"
    assert results(report)["key_binding"] == "unknown"
    assert report.verdict == "unverified"


def test_a_profile_whose_keys_are_all_at_hand_and_others() -> None:
    address = f"{HOST}/other.json"
    other = {"id": address, "publicKeyPem": made.public_pem(made.OTHER_RSA).decode()}
    listed = {**PROFILE, "publicKey": address}
    report = verify(
        signed(), Trust(documents={**DOCUMENTS, ISSUER: listed, address: other})
    )

    assert results(report)["key_binding"] == "fail"
    assert report.verdict == "invalid"


def test_what_is_no_list_clears_nobody() -> None:
    profile = {**PROFILE, "revocationList": REVOKED}
    nothing = {**DOCUMENTS, ISSUER: profile, REVOKED: {"error": "try later"}}
    report = verify(signed(), Trust(documents=nothing))

    assert results(report)["status"] == "unknown"
    assert "is no list" in report.findings[Check.STATUS].detail


def test_a_key_that_is_none() -> None:
    broken = {**DOCUMENTS, KEY: {"publicKeyPem": "no key"}}

    assert results(verify(signed(), Trust(documents=broken)))["signature"] == "fail"


def test_unknown_issuer() -> None:
    known = Trust((Institution("Exemplu", frozenset({ISSUER})),), documents=DOCUMENTS)

    assert results(verify(signed(), AT_HAND))["issuer"] == "unknown"
    assert results(verify(signed(), known))["issuer"] == "pass"


def test_undefined_term_is_signed_like_all_of_a_token() -> None:
    assert results(verify(signed(assertion(ects=60)), AT_HAND))["coverage"] == "pass"


@pytest.mark.parametrize(
    ("kind", "verdict"), [("JWT", "verified"), ("at+jwt", "invalid")]
)
def test_a_token_made_for_something_else(kind: str, verdict: str) -> None:
    token = jwt.encode(assertion(), made.pem(made.RSA), "RS256", headers={"typ": kind})

    assert verify(token, AT_HAND).verdict == verdict


def test_another_vocabulary_is_another_version() -> None:
    older = assertion(**{"@context": "https://w3id.org/openbadges/v1"})

    assert verify(signed(older), AT_HAND).verdict == "unreadable"
    assert verify(older, AT_HAND).verdict == "unreadable"


def with_a_key_inside(key: Any = made.OTHER_RSA, **issuer: Any) -> dict[str, Any]:
    """An assertion that brings its key, its class and its issuer's profile along."""
    inside = {**DOCUMENTS[KEY], "publicKeyPem": made.public_pem(key).decode()}
    return assertion(
        badge={**DOCUMENTS[BADGE], "issuer": {**PROFILE, **issuer}},
        verification={"type": "signed", "creator": inside},
    )


def test_what_travels_inside_proves_no_issuer() -> None:
    """A stranger's key, listed by a profile that the stranger wrote into the file."""
    forged = signed(with_a_key_inside(), made.OTHER_RSA)
    report = verify(forged, Trust((Institution("Exemplu", frozenset({ISSUER})),)))

    assert results(report)["signature"] == "pass"
    assert results(report)["key_binding"] == "unknown"
    assert results(report)["status"] == "unknown"
    assert report.verdict == "unverified"
    assert {ISSUER, KEY} <= set(report.wanted)


def test_the_key_at_its_address_counts_and_not_the_one_inside() -> None:
    report = verify(signed(with_a_key_inside(), made.OTHER_RSA), AT_HAND)

    assert results(report)["signature"] == "fail"
    assert report.verdict == "invalid"


def test_a_key_inside_that_the_profile_does_not_list() -> None:
    told = with_a_key_inside()
    del told["verification"]["creator"]["id"]
    report = verify(signed(told, made.OTHER_RSA), AT_HAND)

    assert results(report)["signature"] == "pass"
    assert results(report)["key_binding"] == "fail"
    assert "does not list" in report.findings[Check.KEY_BINDING].detail


def test_keys_are_compared_and_not_their_names() -> None:
    told = with_a_key_inside(made.RSA)
    told["verification"]["creator"] |= {"id": "urn:key:1"}
    broken = {"id": "urn:key:2", "publicKeyPem": "no key"}
    inside_the_profile = {**PROFILE, "publicKey": [broken, DOCUMENTS[KEY]]}

    for profile in (PROFILE, inside_the_profile):
        documents = {**DOCUMENTS, ISSUER: profile}
        assert verify(signed(told), Trust(documents=documents)).verdict == "verified"


@pytest.mark.parametrize(
    ("issuer", "status"), [({}, "pass"), ({"revocationList": REVOKED}, "unknown")]
)
def test_a_confirmed_key_vouches_for_what_travels_inside(
    issuer: dict[str, Any], status: str
) -> None:
    key = KnownKey(made.thumbprint(made.RSA))
    known = Trust((Institution("Exemplu", frozenset({ISSUER}), (key,)),))
    report = verify(signed(with_a_key_inside(made.RSA, **issuer)), known)

    assert results(report)["key_binding"] == "pass"
    assert results(report)["status"] == status


# Hosted


def hosted(kept: dict[str, Any] | None, **more: Any) -> Any:
    told = assertion("hosted")
    documents = {**DOCUMENTS, **({told["id"]: kept} if kept else {})}
    return verify({**told, **more}, Trust(documents=documents))


def test_a_hosted_badge_is_what_its_address_says() -> None:
    assert hosted(assertion("hosted")).verdict == "verified"
    assert results(hosted(assertion("hosted", narrative="x")))["signature"] == "fail"
    assert results(hosted({"revoked": True}))["status"] == "fail"
    assert hosted(None).verdict == "unverified"


def test_a_hosted_badge_that_is_gone_was_revoked() -> None:
    """Of the signed one, whose address need not exist, it says nothing."""
    told = assertion("hosted")
    known = Trust(documents=DOCUMENTS, gone=frozenset({told["id"]}))

    for content in (told, told["id"]):
        report = verify(content, known)
        assert results(report)["status"] == "fail"
        assert results(report)["signature"] == "unknown"
        assert report.verdict == "invalid"
    assert verify(signed(), known).verdict == "verified"


def test_what_else_is_gone_is_not_at_hand() -> None:
    told = assertion("hosted")
    known = Trust(documents={told["id"]: told}, gone=frozenset({BADGE, ISSUER}))

    assert results(verify(told, known))["key_binding"] == "unknown"


def test_a_hosted_badge_lives_where_its_issuer_allows() -> None:
    elsewhere = hosted(None, id="https://stranger.example/1")

    assert results(elsewhere)["key_binding"] == "fail"
    assert results(hosted(None))["key_binding"] == "pass"
    assert results(hosted(None, id="https://[broken/1"))["key_binding"] == "fail"


def test_a_profile_inside_says_nothing_of_where_badges_live() -> None:
    evil = "https://evil.example/1"
    rules = {"verification": {"allowedOrigins": ["evil.example"]}}
    told = assertion(
        "hosted",
        id=evil,
        badge={**DOCUMENTS[BADGE], "issuer": {**PROFILE, **rules}},
    )

    for documents, result in (({}, "unknown"), (DOCUMENTS, "fail")):
        report = verify(told, Trust(documents={**documents, evil: told}))
        assert results(report)["signature"] == "pass"
        assert results(report)["key_binding"] == result
        assert report.verdict != "verified"


@pytest.mark.parametrize("missing", ["id", "recipient", "issuedOn", "verification"])
def test_what_every_assertion_has(missing: str) -> None:
    told = assertion("hosted")
    del told[missing]

    assert results(verify(told))["structure"] == "fail"


@pytest.mark.parametrize(
    ("emails", "result"), [((EMAIL,), "pass"), (("ion@exemplu.example",), "fail")]
)
def test_recipient(emails: tuple[str, ...], result: str) -> None:
    known = Trust(documents=DOCUMENTS, applicant=Applicant(emails))

    assert results(verify(signed(), known))["recipient"] == result


def test_claims_come_from_what_the_badge_names() -> None:
    told = verify(signed(), AT_HAND).as_dict()["claims"]

    assert told["title"]["value"] == "Data ethics"
    assert told["issuer_id"] == {"value": ISSUER, "origin": "badge.issuer"}

"""Whose key it is, when documents of controllers are at hand; chains; older suites."""

from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from recognition.credentials import contexts, verification
from recognition.credentials.contexts import Contexts
from recognition.credentials.trust import Institution, KnownKey, Span, Trust
from tests.credentials import made
from tests.credentials.asked import results, verify
from tests.credentials.sample_files import ABSENT, SAMPLES

ISSUER = "did:web:university.example"
METHOD = f"{ISSUER}#key-1"
MULTIBASE = made.multibase()


def document(**more: Any) -> dict[str, Any]:
    method = {
        "id": METHOD,
        "type": "Multikey",
        "controller": ISSUER,
        "publicKeyMultibase": MULTIBASE,
    }
    return {
        "id": ISSUER,
        "verificationMethod": [method],
        "assertionMethod": [METHOD],
        **more,
    }


def by_document(told: dict[str, Any]) -> Any:
    signed = made.sign(made.badge(ISSUER), method=METHOD)
    return verify(signed, Trust(documents={ISSUER: told}))


def test_a_document_that_lists_the_key() -> None:
    assert by_document(document()).verdict == "verified"


def test_a_key_as_jwk_under_a_relative_name() -> None:
    raw = made.OURS.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": made.base64url(raw)}
    method = {"id": "#key-1", "controller": ISSUER, "publicKeyJwk": jwk}

    assert by_document(document(assertionMethod=[method])).verdict == "verified"


@pytest.mark.parametrize(
    "change",
    [
        {"assertionMethod": []},
        {"id": "did:web:stranger.example"},
        {"verificationMethod": []},
    ],
    ids=["not for assertions", "of somebody else", "not at all"],
)
def test_a_document_that_does_not_list_it(change: dict[str, Any]) -> None:
    report = by_document(document(**change))

    assert results(report)["signature"] == "unknown"
    assert report.verdict == "unverified"


def in_the_fragment(told: dict[str, Any], key: Any = made.OURS) -> Any:
    method = f"{ISSUER}#{made.multibase(key)}"
    signed = made.sign(made.badge(ISSUER), key, method=method)
    return verify(signed, Trust(documents={ISSUER: told}))


def test_a_key_of_the_file_that_the_document_does_not_list() -> None:
    report = in_the_fragment(document(), made.OTHERS)

    assert results(report)["signature"] == "pass"
    assert results(report)["key_binding"] == "fail"
    assert report.verdict == "invalid"


def test_a_key_that_the_document_lists_under_another_name() -> None:
    assert in_the_fragment(document()).verdict == "verified"


@pytest.mark.parametrize("change", [{"assertionMethod": []}, {"id": "did:web:x.y"}])
def test_a_listed_key_that_is_not_for_this_issuers_assertions(
    change: dict[str, Any],
) -> None:
    assert results(in_the_fragment(document(**change)))["key_binding"] == "fail"


def ending(retired: bool = False, **ends: Any) -> dict[str, Any]:
    told = document()
    told["verificationMethod"][0] |= ends
    return told | ({"assertionMethod": []} if retired else {})


@pytest.mark.parametrize(
    ("told", "bound"),
    [
        (ending(expires="2026-12-31T00:00:00Z"), "pass"),
        (ending(expires="2025-12-31T00:00:00Z"), "fail"),
        (ending(expires="one day"), "unknown"),
        (ending(revoked="2025-12-31T00:00:00Z"), "fail"),
        (ending(revoked="2026-12-31T00:00:00Z"), "unknown"),
        (ending(retired=True, expires="2026-12-31T00:00:00Z"), "unknown"),
        (ending(retired=True, expires="2025-12-31T00:00:00Z"), "fail"),
        (ending(retired=True, revoked="2026-12-31T00:00:00Z"), "unknown"),
    ],
)
def test_a_key_that_ended_before_or_after_it_signed(told: Any, bound: str) -> None:
    """Signed in January 2026; by its name or in the file, the answer is the same."""
    for report in (by_document(told), in_the_fragment(told)):
        assert results(report)["signature"] == "pass"
        assert results(report)["key_binding"] == bound


@pytest.mark.parametrize("issuers_first", [True, False])
def test_beside_a_witness_the_issuers_own_proof_speaks(issuers_first: bool) -> None:
    """Anybody can add a right proof of their own to what another signed."""
    bare = made.badge()
    own, strangers = (made.sign(bare, key)["proof"] for key in (made.OURS, made.OTHERS))
    proofs = [own, strangers] if issuers_first else [strangers, own]

    assert verify({**bare, "proof": proofs}).verdict == "verified"
    assert verify({**bare, "proof": strangers}).verdict == "invalid"


def test_a_key_in_the_header_of_a_token_that_the_document_lists() -> None:
    listed, other = (
        {"id": METHOD, "controller": ISSUER, "publicKeyJwk": made.jwk(key)}
        for key in (made.RSA, made.OTHER_RSA)
    )
    token = made.token(made.badge(ISSUER), made.RSA, jwk=made.jwk(made.RSA))

    for entries, bound, verdict in (
        ([other, listed], "pass", "verified"),
        ([other], "fail", "invalid"),
        ([other, {**listed, "controller": "did:web:x.y"}], "fail", "invalid"),
    ):
        documents = {ISSUER: document(assertionMethod=entries)}
        report = verify(token, Trust(documents=documents))
        assert results(report)["key_binding"] == bound
        assert report.verdict == verdict


def test_a_listed_key_that_cannot_be_read_is_not_called_another() -> None:
    older = {"id": METHOD, "controller": ISSUER, "publicKeyBase58": "3M5RCDjPTWPkKSN3"}
    told = document(assertionMethod=[older])

    assert results(in_the_fragment(told, made.OTHERS))["key_binding"] == "unknown"
    assert results(by_document(told))["signature"] == "unknown"


def test_without_its_document_nothing_is_guessed() -> None:
    report = verify(made.sign(made.badge(ISSUER), method=METHOD))

    assert results(report)["signature"] == "unknown"
    assert results(report)["key_binding"] == "unknown"


@pytest.mark.parametrize(("until", "bound"), [(2027, "pass"), (2025, "unknown")])
def test_a_confirmed_key_holds_for_its_days(until: int, bound: str) -> None:
    issuer = "https://university.example/issuer"
    span = Span(last=datetime(until, 1, 1, tzinfo=UTC).date())
    key = KnownKey(made.thumbprint(made.OURS), span)
    known = Trust((Institution("Exemplu", frozenset({issuer}), (key,)),))
    signed = made.sign(made.badge(issuer), method=f"{issuer}#{MULTIBASE}")

    assert results(verify(signed, known))["key_binding"] == bound


def test_a_proof_that_follows_another_signs_it_too() -> None:
    first = made.sign(made.badge())["proof"] | {"id": "urn:proof:1"}
    kind = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "previousProof": "urn:proof:1",
    }
    chained = made.sign_statements({**made.badge(), "proof": [first]}, Contexts(), kind)
    second = chained["proof"]

    assert verify({**made.badge(), "proof": [second, first]}).verdict == "verified"
    alone = {**made.badge(), "proof": [second]}
    assert results(verify(alone))["signature"] == "fail"


def test_an_enveloped_token() -> None:
    text = made.token(made.badge())
    envelope = {
        "@context": made.VC_2,
        "id": f"data:application/vc+jwt,{text}",
        "type": "EnvelopedVerifiableCredential",
    }

    assert verify(envelope).verdict == "verified"
    assert verify({**envelope, "id": "data:text/plain,x"}).verdict == "unreadable"


def older_badge() -> dict[str, Any]:
    """As wallets of 2023 hold them: the first data model, Ed25519Signature2020."""
    badge = made.badge()
    badge["@context"] = [
        made.VC_1,
        made.OB_3,
        "https://w3id.org/security/suites/ed25519-2020/v1",
    ]
    badge["issuanceDate"] = badge.pop("validFrom")
    return badge


@pytest.mark.skipif(not SAMPLES.is_dir(), reason=ABSENT)
def test_the_first_data_model_with_its_vocabularies(tmp_path: Any) -> None:
    for path in (SAMPLES / "contexts").iterdir():
        contexts.install(path.read_bytes(), tmp_path)
    store = Contexts(tmp_path)
    kind = {"type": "Ed25519Signature2020"}
    signed = made.sign_statements(older_badge(), store, kind)

    def found(content: Any) -> Any:
        return verification.verify(
            made.as_bytes(content), at=made.AT, trust=Trust(), contexts=store
        )

    assert found(signed).verdict == "verified"
    assert found(made.changed(signed)).verdict == "invalid"


def test_the_first_data_model_without_them() -> None:
    proof = made.sign(made.badge())["proof"] | {"type": "Ed25519Signature2020"}
    del proof["cryptosuite"]
    report = verify({**older_badge(), "proof": proof})

    assert results(report)["signature"] == "unknown"
    assert results(report)["structure"] == "pass"
    assert report.verdict == "unverified"

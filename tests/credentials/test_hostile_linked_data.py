"""What a stranger may do to signed JSON-LD, and what it is told as."""

import hashlib
import json
import time
from pathlib import Path
from typing import Any

import pytest

from recognition.credentials import contexts, verification
from recognition.credentials.contexts import Contexts
from recognition.credentials.findings import Check, Report
from recognition.credentials.trust import Trust
from tests.credentials import made
from tests.credentials.asked import results, verify

CREDENTIALS = "https://www.w3.org/2018/credentials#"


def attacked(change: Any, **more: Any) -> Report:
    """A signed badge, changed without breaking what its signature covers."""
    signed = made.sign(made.badge(**more))
    change(signed)
    return verify(signed)


def _inline(signed: dict[str, Any]) -> None:
    signed["@context"] = [*signed["@context"], {"ects": "https://x.example/ects"}]


def _nested(signed: dict[str, Any]) -> None:
    signed["credentialSubject"]["@context"] = made.VC_2


def _index(signed: dict[str, Any]) -> None:
    signed["credentialSubject"]["@index"] = "60 ECTS"


def _in_the_proof(signed: dict[str, Any]) -> None:
    signed["proof"]["ects"] = 60


def _as_type(signed: dict[str, Any]) -> None:
    signed["type"] = [*signed["type"], "DoctoralDegree"]


@pytest.mark.parametrize("change", [_inline, _nested, _index, _in_the_proof, _as_type])
def test_additions_are_not_covered(change: Any) -> None:
    report = attacked(change)

    assert results(report)["coverage"] == "fail"
    assert report.verdict == "invalid"


def test_a_status_cannot_be_hidden_behind_an_address() -> None:
    def hide(signed: dict[str, Any]) -> None:
        signed[f"{CREDENTIALS}credentialStatus"] = signed.pop("credentialStatus")

    assert results(attacked(hide, **made.revocable()))["coverage"] == "fail"


def test_an_end_cannot_be_hidden_inside_another_part() -> None:
    ended = {
        "validUntil": "2026-02-01T00:00:00Z",
        "evidence": [
            {
                "id": "urn:uuid:6d0b1f1e-51b6-4f0e-9c1b-2f8f0c4d9a10",
                "type": ["Evidence"],
            }
        ],
    }

    def hide(signed: dict[str, Any]) -> None:
        signed["evidence"][0]["validUntil"] = signed.pop("validUntil")

    report = attacked(hide, **ended)

    assert results(report)["coverage"] == "fail"


def test_an_end_cannot_be_hidden_behind_another_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A known vocabulary may have a second word for the same thing."""
    words = {"ends": f"{CREDENTIALS}validUntil"}
    installed, other = _installed(words, monkeypatch, tmp_path)
    badge = made.badge(validUntil="2026-02-01T00:00:00Z")
    del badge["id"]
    badge["@context"].append(other)
    kind = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-2022"}
    signed = made.sign_statements(badge, installed, kind)
    del signed["validUntil"]
    signed["ends"] = {
        "@value": "2026-02-01T00:00:00Z",
        "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
    }

    report = verification.verify(
        made.as_bytes(signed), at=made.AT, trust=Trust(), contexts=installed
    )

    assert results(report)["signature"] == "pass"
    assert results(report)["coverage"] == "fail"


def test_an_identifier_cannot_be_hidden_behind_a_prefix(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A list of revoked identifiers would look for the one that was signed."""
    installed, url = _installed({"uni": "https://uni.example/"}, monkeypatch, tmp_path)
    badge = made.badge(id="https://uni.example/badges/1")
    badge["@context"].append(url)
    kind = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-2022"}
    signed = made.sign_statements(badge, installed, kind)

    as_it_was, hidden = (
        verification.verify(
            made.as_bytes(one), at=made.AT, trust=Trust(), contexts=installed
        )
        for one in (signed, {**signed, "id": "uni:badges/1"})
    )

    assert as_it_was.verdict == "verified"
    assert results(hidden)["signature"] == "pass"
    assert results(hidden)["coverage"] == "fail"


SECURITY = "https://w3id.org/security#"
OF_2020 = {
    "Ed25519Signature2020": f"{SECURITY}Ed25519Signature2020",
    "created": "http://purl.org/dc/terms/created",
    "proofPurpose": f"{SECURITY}proofPurpose",
    "verificationMethod": f"{SECURITY}verificationMethod",
}


@pytest.mark.parametrize(
    ("change", "key", "verdict", "wrong"),
    [
        ({}, made.OURS, "verified", None),
        ({"name": "Another award"}, made.OURS, "invalid", "signature"),
        ({}, made.OTHERS, "invalid", "key_binding"),
        ({"undefined": "60"}, made.OURS, "invalid", "coverage"),
    ],
    ids=["good", "tampered", "wrong key", "undefined term"],
)
def test_the_suite_of_2020(
    change: dict[str, Any],
    key: Any,
    verdict: str,
    wrong: str | None,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Ed25519Signature2020, in words of its own: its vocabulary comes in no package."""
    installed, url = _installed(OF_2020, monkeypatch, tmp_path)
    badge = made.badge()
    badge["@context"].append(url)
    signed = made.sign_statements(
        badge, installed, {"type": "Ed25519Signature2020"}, key
    )

    report = verification.verify(
        made.as_bytes(signed | change), at=made.AT, trust=Trust(), contexts=installed
    )

    assert report.verdict == verdict
    assert wrong is None or results(report)[wrong] == "fail"


def _installed(
    words: dict[str, str], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> tuple[Contexts, str]:
    """A vocabulary with these words, and where it is known to lie."""
    url = "https://other.example/context"
    content = json.dumps({"@context": words}).encode()
    digest = hashlib.sha256(content).hexdigest()
    monkeypatch.setitem(contexts.INSTALLABLE, url, digest)
    contexts.install(content, folder)
    return Contexts(folder), url


def test_what_is_null_is_not_read() -> None:
    report = attacked(lambda signed: signed.update(description=None))

    assert report.verdict == "verified"


@pytest.mark.parametrize("size", [8, 12, 40, 120])
def test_bombs_of_blank_nodes_are_refused_at_once(size: int) -> None:
    document = made.badge()
    document["evidence"] = [
        {
            "id": f"_:n{one}",
            "type": ["Evidence"],
            "https://x.example/knows": [
                {"id": f"_:n{(one + step) % size}"} for step in range(min(size, 30))
            ],
        }
        for one in range(size)
    ]
    document["proof"] = made.sign(made.badge())["proof"]

    began = time.process_time()
    report = verify(document)

    assert time.process_time() - began < 2.0
    assert results(report)["signature"] == "unknown"
    assert report.verdict == ("unverified" if size > 100 else "invalid")


def test_what_is_too_much_work_is_not_called_wrong() -> None:
    """Things without a name, all alike: more orders of them than can be tried."""
    document = made.badge()
    one = {"type": ["Result"], "alignment": [{"type": ["Alignment"]}] * 8}
    document["credentialSubject"]["result"] = [one, one]
    document["proof"] = made.sign(made.badge())["proof"]

    report = verify(document)

    assert results(report)["signature"] == "unknown"
    assert results(report)["coverage"] == "unknown"
    assert "takes more work than" in report.findings[Check.COVERAGE].detail
    assert report.verdict == "unverified"


def test_a_long_record_of_things_without_a_name_is_verified() -> None:
    evidence = [{"type": ["Evidence"], "name": f"Part {one}"} for one in range(200)]

    assert verify(made.sign(made.badge(evidence=evidence))).verdict == "verified"


@pytest.mark.parametrize(
    ("member", "value", "result"),
    [
        ("proofPurpose", "authentication", "fail"),
        ("proofValue", "not base58", "fail"),
        ("proofValue", "z" + "1" * 5000, "fail"),
        ("verificationMethod", "https://stranger.example/key", "unknown"),
        ("verificationMethod", 7, "fail"),
        (
            "verificationMethod",
            "did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme",
            "fail",
        ),
        ("cryptosuite", "bbs-2023", "unknown"),
        ("created", "yesterday", "fail"),
    ],
    ids=str,
)
def test_proofs_out_of_shape(member: str, value: Any, result: str) -> None:
    signed = made.sign(made.badge())
    signed["proof"][member] = value

    assert results(verify(signed))["signature"] == result


def test_a_proof_has_its_own_end() -> None:
    signed = made.sign_canonical_json(made.badge())
    signed["proof"]["expires"] = "2026-02-01T00:00:00Z"

    assert results(verify(signed))["validity"] == "fail"


def test_any_one_of_several_proofs_is_enough() -> None:
    signed = made.sign(made.badge())
    signed["proof"] = [{"type": "SomeProof"}, signed["proof"]]

    assert verify(signed).verdict == "verified"


def test_a_key_in_an_address_binds_nothing() -> None:
    issuer = "https://university.example/issuer"
    fragment = made.multibase()
    report = verify(made.sign(made.badge(issuer), method=f"{issuer}#{fragment}"))

    assert results(report)["signature"] == "pass"
    assert results(report)["key_binding"] == "unknown"
    assert report.verdict == "unverified"


def test_a_statement_that_is_no_json_ld_is_told() -> None:
    document = made.badge()
    document["@context"] = [made.VC_2, made.OB_3]
    document["id"] = {"not": "an address"}
    document["proof"] = made.sign(made.badge())["proof"]

    report = verify(json.dumps(document))

    assert report.findings[Check.SIGNATURE].result == "unknown"
    assert report.verdict == "invalid"

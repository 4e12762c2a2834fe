"""Data Integrity proofs with Ed25519: statements or canonical JSON, hashed and signed."""

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from recognition.credentials import controllers, dates
from recognition.credentials.contexts import Contexts
from recognition.credentials.findings import (
    CHANGED,
    NO_PROOF,
    NOT_CHECKED,
    Finding,
    failed,
    passed,
    unknown,
)
from recognition.credentials.keys import PresentedKey, base58
from recognition.credentials.proofs.outcome import Proven
from recognition.credentials.refusals import (
    Malformed,
    Refused,
    TooComplex,
    UnknownContext,
)
from recognition.credentials.safe_json import listed
from recognition.credentials.trust import Trust
from recognition.credentials.words import gettext_noop as _

RDFC, JCS = "statements", "canonical JSON"
SUITES: dict[tuple[str | None, str | None], str] = {
    ("DataIntegrityProof", "eddsa-rdfc-2022"): RDFC,
    ("DataIntegrityProof", "eddsa-2022"): RDFC,  # its name before it was settled
    ("Ed25519Signature2020", None): RDFC,
    ("DataIntegrityProof", "eddsa-jcs-2022"): JCS,
}
MOST_PROOFS = 8

NO_ONE_SPELLING = _("The JSON holds a number that has no one spelling.")


def prove(document: dict[str, Any], contexts: Contexts, trust: Trust) -> list[Proven]:
    """What each of the document's proofs says; one judgement at least."""
    proofs = listed(document.get("proof"))
    if not proofs:
        return [Proven(unknown(NO_PROOF), unknown(NOT_CHECKED))]
    if len(proofs) > MOST_PROOFS or not all(isinstance(one, dict) for one in proofs):
        sentence = _("The proofs of the file cannot be told apart.")
        return [Proven(failed(sentence), unknown(NOT_CHECKED))]
    return [_prove(document, proof, proofs, contexts, trust) for proof in proofs]


def _prove(
    document: dict[str, Any],
    proof: dict[str, Any],
    proofs: list[Any],
    contexts: Contexts,
    trust: Trust,
) -> Proven:
    suite = SUITES.get((_text(proof, "type"), _text(proof, "cryptosuite")))
    if suite is None:
        sentence = _("Signatures of the kind “%(kind)s” are not read here.")
        kind = proof.get("cryptosuite") or proof.get("type")
        return Proven(unknown(sentence, kind=str(kind)[:60]), unknown(NOT_CHECKED))
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    before = _before(proof, proofs)
    if before:
        unsigned["proof"] = before
    coverage, hashed = _hashed(suite, unsigned, proof, contexts)
    try:
        key = controllers.key_of(proof.get("verificationMethod"), trust)
        made, expires = _instant(proof, "created"), _instant(proof, "expires")
        signature = _signature(proof, hashed, key)
    except Malformed as refusal:
        return Proven(failed(refusal.sentence, **refusal.facts), coverage)
    return Proven(signature, coverage, key, made, expires)


def _text(proof: Mapping[str, Any], name: str) -> str | None:
    value = proof.get(name)
    return value if isinstance(value, str) else None


def _instant(proof: dict[str, Any], name: str) -> Any:
    return dates.instant(proof[name]) if proof.get(name) is not None else None


def _before(proof: dict[str, Any], proofs: list[Any]) -> list[Any]:
    """In a chain a proof signs the proofs it names as well."""
    named = listed(proof.get("previousProof"))
    return [one for one in proofs if one.get("id") in named] if named else []


def _hashed(
    suite: str, unsigned: dict[str, Any], proof: dict[str, Any], contexts: Contexts
) -> tuple[Finding, bytes | Refused]:
    """What is covered, and the hashes that were signed or why there are none."""
    config = {name: value for name, value in proof.items() if name != "proofValue"}
    try:
        if suite == JCS:
            parts = [rfc8785.dumps(config), rfc8785.dumps(unsigned)]
            outside = None
        else:
            # PyLD brings an HTTP client along: only when statements are signed.
            from recognition.credentials import linked_data  # noqa: PLC0415

            config["@context"] = unsigned.get("@context")
            written, outside = linked_data.statements(unsigned, contexts)
            config_written, beside = linked_data.statements(config, contexts)
            parts, outside = [config_written, written], outside or beside
    except rfc8785.CanonicalizationError:
        refusal: Refused = Malformed(NO_ONE_SPELLING)
        return failed(refusal.sentence), refusal
    except UnknownContext as refusal:
        return unknown(refusal.sentence, **refusal.facts), refusal
    except TooComplex as refusal:  # a limit of ours says nothing against the file
        return unknown(refusal.sentence, **refusal.facts), refusal
    except Malformed as refusal:
        return failed(refusal.sentence, **refusal.facts), refusal
    hashes = b"".join(hashlib.sha256(part).digest() for part in parts)
    if outside:
        return failed(outside.sentence, **outside.facts), hashes
    return passed(_("The signature covers everything that is read.")), hashes


def _signature(
    proof: dict[str, Any], hashed: bytes | Refused, key: PresentedKey | None
) -> Finding:
    if proof.get("proofPurpose") != "assertionMethod":
        return failed(_("The signature was not made to assert anything."))
    if isinstance(hashed, Refused):
        return unknown(hashed.sentence, **hashed.facts)
    if key is None:
        return unknown(
            _("The key “%(key)s” is neither in the file nor among what is known."),
            key=str(proof.get("verificationMethod"))[:200],
        )
    if not isinstance(key.key, Ed25519PublicKey):
        return failed(_("The key is not of the kind that this signature asks for."))
    value = proof.get("proofValue")
    if not isinstance(value, str) or not value.startswith("z"):
        raise Malformed(_("The value of the signature is not written in base58."))
    try:
        key.key.verify(base58(value[1:]), hashed)
    except InvalidSignature:
        return failed(CHANGED)
    return passed(_("The signature is right for the key %(key)s."), key=key.thumbprint)

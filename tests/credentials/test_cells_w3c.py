"""Format by format and case by case: W3C credentials, badges and records of our own."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from recognition.credentials.contexts import Contexts
from recognition.credentials.findings import Check
from recognition.credentials.trust import Institution, Trust
from tests.credentials import made
from tests.credentials.asked import results, verify

ENDED = {"validUntil": "2026-02-01T00:00:00Z"}
FOREIGN = "https://stranger.example/context"
SIX = (
    Check.STRUCTURE,
    Check.COVERAGE,
    Check.SIGNATURE,
    Check.KEY_BINDING,
    Check.STATUS,
    Check.VALIDITY,
)


@dataclass(frozen=True)
class Format:
    """How credentials of a format are built, signed and carried."""

    name: str
    build: Callable[..., dict[str, Any]]
    sign: Callable[..., Any]
    carry: Callable[[Any], Any] = field(default=lambda signed: signed)
    # A token and canonical JSON sign every byte: nothing can be outside.
    signs_bytes: bool = False

    def __str__(self) -> str:
        return self.name


def _older(document: dict[str, Any], key: Any = made.OURS) -> dict[str, Any]:
    kind = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-2022"}
    return made.sign_statements(document, Contexts(), kind, key)


def _wrapped(document: dict[str, Any], key: Any = made.OURS) -> str:
    return made.token(document, key, wrapped=True)


def _record(**more: Any) -> dict[str, Any]:
    return made.record([made.sign(made.badge())], **more)


FORMATS = [
    Format("badge, eddsa-rdfc-2022", made.badge, made.sign),
    Format("badge, eddsa-2022", made.badge, _older),
    Format(
        "badge, eddsa-jcs-2022", made.badge, made.sign_canonical_json, signs_bytes=True
    ),
    Format("badge, VC-JWT", made.badge, made.token, signs_bytes=True),
    Format("badge, VC-JWT with vc", made.badge, _wrapped, signs_bytes=True),
    Format(
        "badge in PNG", made.badge, made.sign, lambda one: made.png(json.dumps(one))
    ),
    Format(
        "badge in SVG", made.badge, made.sign, lambda one: made.svg(json.dumps(one))
    ),
    Format("token in PNG", made.badge, made.token, made.png, signs_bytes=True),
    Format("token in SVG", made.badge, made.token, made.svg, signs_bytes=True),
    Format("credential", made.plain, made.sign),
    Format("credential, VC-JWT", made.plain, made.token, signs_bytes=True),
    Format("record", _record, made.sign),
    Format("record, VC-JWT", _record, made.token, signs_bytes=True),
]
every_format = pytest.mark.parametrize("of", FORMATS, ids=str)


@every_format
def test_good(of: Format) -> None:
    report = verify(of.carry(of.sign(of.build())))

    assert {report.findings[check].result.value for check in SIX} == {"pass"}
    assert report.verdict == "verified"


@every_format
def test_tampered(of: Format) -> None:
    report = verify(of.carry(made.changed(of.sign(of.build()))))

    assert results(report)["signature"] == "fail"
    assert results(report)["key_binding"] == "pass"
    assert report.verdict == "invalid"


@every_format
def test_expired(of: Format) -> None:
    report = verify(of.carry(of.sign(of.build(**ENDED))))

    assert results(report)["signature"] == "pass"
    assert results(report)["validity"] == "fail"
    assert report.verdict == "invalid"


@every_format
def test_revoked(of: Format) -> None:
    content = of.carry(of.sign(of.build(**made.revocable())))

    for bits, result, verdict in (
        ((7,), "fail", "invalid"),
        ((6, 8), "pass", "verified"),
    ):
        at_hand = Trust(documents={made.LIST: made.status_list(*bits)})
        report = verify(content, at_hand)
        assert results(report)["status"] == result
        assert report.verdict == verdict
    assert results(verify(content))["status"] == "unknown"
    assert verify(content).verdict == "unverified"


@every_format
def test_wrong_key(of: Format) -> None:
    """A stranger signs rightly, but in the name of somebody else's key."""
    report = verify(of.carry(of.sign(of.build(), made.OTHERS)))

    assert results(report)["signature"] == "pass"
    assert results(report)["key_binding"] == "fail"
    assert report.verdict == "invalid"


@every_format
def test_unknown_issuer(of: Format) -> None:
    content = of.carry(of.sign(of.build()))
    known = Trust((Institution("Exemplu", frozenset({made.did()})),))

    assert results(verify(content))["issuer"] == "unknown"
    assert results(verify(content, known))["issuer"] == "pass"
    assert verify(content).verdict == verify(content, known).verdict == "verified"


@every_format
def test_undefined_term(of: Format) -> None:
    """Sixty credits are written into what was signed."""
    if of.signs_bytes:
        signed = of.sign(of.build(ects=60))
        assert results(verify(of.carry(signed)))["coverage"] == "pass"
        return
    signed = of.sign(of.build())
    signed["credentialSubject"]["ects"] = 60

    report = verify(of.carry(signed))

    assert results(report)["coverage"] == "fail"
    assert "ects" in report.findings[Check.COVERAGE].detail
    assert report.verdict == "invalid"


@every_format
def test_foreign_context(of: Format) -> None:
    """A vocabulary that nobody here knows: not fetched, and not guessed."""
    if of.signs_bytes:
        document = of.build()
        document["@context"] = [*document["@context"], FOREIGN]
        report = verify(of.carry(of.sign(document)))
        assert results(report)["coverage"] == "pass"
        assert report.verdict == "verified"
        return
    signed = of.sign(of.build())
    signed["@context"] = [*signed["@context"], FOREIGN]

    report = verify(of.carry(signed))

    assert results(report)["signature"] == "unknown"
    assert results(report)["coverage"] == "unknown"
    assert FOREIGN in report.findings[Check.SIGNATURE].detail
    assert report.verdict == "unverified"

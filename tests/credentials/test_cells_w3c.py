"""Format by format and case by case: W3C credentials, badges and records of our own."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from recognition.credentials.contexts import Contexts
from recognition.credentials.findings import Check, Report
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
class Signer:
    """The issuer's key and a stranger's, and what is at hand of the issuer."""

    ours: made.Private = made.OURS
    others: made.Private = made.OTHERS
    issuer: str = field(default_factory=made.did)
    documents: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Format:
    """How credentials of a format are built, signed and carried."""

    name: str
    build: Callable[..., dict[str, Any]]
    sign: Callable[..., Any]
    carry: Callable[[Any], Any] = field(default=lambda signed: signed)
    # A token and canonical JSON sign every byte: nothing can be outside.
    signs_bytes: bool = False
    signer: Signer = field(default_factory=Signer)
    # Its status: the entry, and the list that it names.
    entry: Callable[[], dict[str, Any]] = made.revocable
    status_list: Callable[..., dict[str, Any]] = made.unsigned_list

    def __str__(self) -> str:
        return self.name

    def file(self, **more: Any) -> Any:
        return self.carry(self.signed(**more))

    def signed(self, key: made.Private | None = None, **more: Any) -> Any:
        built = self.build(self.signer.issuer, **more)
        return self.sign(built, key or self.signer.ours)

    def listed(self, *bits: int) -> Any:
        """The list is signed as its credentials are, by the same issuer."""
        told = self.status_list(*bits, issuer=self.signer.issuer)
        return self.sign(told, self.signer.ours)

    def verify(self, content: Any, **more: Any) -> Report:
        documents = {**self.signer.documents, **more.pop("documents", {})}
        return verify(content, Trust(documents=documents, **more))


def _eddsa_2022(document: dict[str, Any], key: Any = made.OURS) -> dict[str, Any]:
    kind = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-2022"}
    return made.sign_statements(document, Contexts(), kind, key)


def _wrapped(document: dict[str, Any], key: Any = made.OURS) -> str:
    return made.token(document, key, wrapped=True)


def _by_rsa(algorithm: str) -> Callable[..., str]:
    """The issuer names its key by address; a stranger can only bring one along."""

    def sign(document: dict[str, Any], key: Any) -> str:
        ours = key is made.RSA
        named = {"kid": f"{HOST}#key-1"} if ours else {"jwk": made.jwk(key)}
        return made.token(document, key, algorithm=algorithm, **named)

    return sign


def _record(issuer: str | None = None, **more: Any) -> dict[str, Any]:
    return made.record([made.sign(made.badge())], issuer, **more)


HOST = "https://university.example/issuer"
OF_RSA = Signer(made.RSA, made.OTHER_RSA, HOST, {HOST: made.document_of_rsa(HOST)})
OF_A_CURVE = Signer(made.LONG_CURVE, made.OTHER_CURVE, made.did(made.LONG_CURVE))
OLDER: dict[str, Any] = {
    "signs_bytes": True,
    "entry": made.older_entry,
    "status_list": made.older_list,
}
FORMATS = [
    Format("badge, eddsa-rdfc-2022", made.badge, made.sign),
    Format("badge, eddsa-2022", made.badge, _eddsa_2022),
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
    Format(
        "token, RS256", made.badge, _by_rsa("RS256"), signs_bytes=True, signer=OF_RSA
    ),
    Format(
        "token, PS256", made.badge, _by_rsa("PS256"), signs_bytes=True, signer=OF_RSA
    ),
    Format("token, ES384", made.badge, made.token, signs_bytes=True, signer=OF_A_CURVE),
    # Of the first data model, with StatusList2021.
    Format("badge of 1.1, VC-JWT with vc", made.older, _wrapped, **OLDER),
    Format(
        "badge of 1.1, eddsa-jcs-2022", made.older, made.sign_canonical_json, **OLDER
    ),
    Format("credential", made.plain, made.sign),
    Format("credential, VC-JWT", made.plain, made.token, signs_bytes=True),
    Format("record", _record, made.sign),
    Format("record, VC-JWT", _record, made.token, signs_bytes=True),
]
every_format = pytest.mark.parametrize("of", FORMATS, ids=str)


@every_format
def test_good(of: Format) -> None:
    report = of.verify(of.file())

    assert {report.findings[check].result.value for check in SIX} == {"pass"}
    assert report.verdict == "verified"


@every_format
def test_tampered(of: Format) -> None:
    report = of.verify(of.carry(made.changed(of.signed())))

    assert results(report)["signature"] == "fail"
    assert results(report)["key_binding"] == "pass"
    assert report.verdict == "invalid"


@every_format
def test_expired(of: Format) -> None:
    report = of.verify(of.file(**ENDED))

    assert results(report)["signature"] == "pass"
    assert results(report)["validity"] == "fail"
    assert report.verdict == "invalid"


@every_format
def test_revoked(of: Format) -> None:
    content = of.file(**of.entry())

    for bits, result, verdict in (
        ((7,), "fail", "invalid"),
        ((6, 8), "pass", "verified"),
    ):
        report = of.verify(content, documents={made.LIST: of.listed(*bits)})
        assert results(report)["status"] == result
        assert made.LIST in report.findings[Check.STATUS].detail
        assert report.verdict == verdict
    assert results(of.verify(content))["status"] == "unknown"
    assert of.verify(content).verdict == "unverified"


@every_format
def test_wrong_key(of: Format) -> None:
    """A stranger signs rightly, but in the name of somebody else's key."""
    report = of.verify(of.file(key=of.signer.others))

    assert results(report)["signature"] == "pass"
    assert results(report)["key_binding"] == "fail"
    assert report.verdict == "invalid"


@every_format
def test_unknown_issuer(of: Format) -> None:
    content = of.file()
    known = (Institution("Exemplu", frozenset({of.signer.issuer})),)

    unknown, told = of.verify(content), of.verify(content, institutions=known)

    assert results(unknown)["issuer"] == "unknown"
    assert results(told)["issuer"] == "pass"
    assert unknown.verdict == told.verdict == "verified"


@every_format
def test_undefined_term(of: Format) -> None:
    """Sixty credits are written into what was signed."""
    if of.signs_bytes:
        assert results(of.verify(of.file(ects=60)))["coverage"] == "pass"
        return
    signed = of.signed()
    signed["credentialSubject"]["ects"] = 60

    report = of.verify(of.carry(signed))

    assert results(report)["coverage"] == "fail"
    assert "ects" in report.findings[Check.COVERAGE].detail
    assert report.verdict == "invalid"


@every_format
def test_foreign_context(of: Format) -> None:
    """A vocabulary that nobody here knows: not fetched, and not guessed."""
    if of.signs_bytes:
        document = of.build(of.signer.issuer)
        document["@context"] = [*document["@context"], FOREIGN]
        report = of.verify(of.carry(of.sign(document, of.signer.ours)))
        assert results(report)["coverage"] == "pass"
        assert report.verdict == "verified"
        return
    signed = of.signed()
    signed["@context"] = [*signed["@context"], FOREIGN]

    report = of.verify(of.carry(signed))

    assert results(report)["signature"] == "unknown"
    assert results(report)["coverage"] == "unknown"
    assert FOREIGN in report.findings[Check.SIGNATURE].detail
    assert report.verdict == "unverified"

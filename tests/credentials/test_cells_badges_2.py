"""Form by form and case by case: Open Badges 2.0 of our own, signed and hosted."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from openbadgeslib import baking

from recognition.credentials.findings import Check, Report
from recognition.credentials.trust import Institution, Trust
from tests.credentials import made, test_open_badges_2
from tests.credentials.asked import results, verify
from tests.credentials.test_cells_w3c import FOREIGN, SIX
from tests.credentials.test_open_badges_2 import (
    CONTEXT,
    DOCUMENTS,
    HOST,
    ISSUER,
    PROFILE,
    REVOKED,
    assertion,
)

ADDRESS = f"{HOST}/assertion/1"


def _alone(text: str) -> bytes:
    return text.encode()


def _in_png(text: str) -> bytes:
    picture: bytes = baking.bake_png(made.PNG, text)
    return picture


def _in_svg(text: str) -> bytes:
    """A token stands in the attribute `verify`, JSON in the body."""
    picture: bytes = baking.bake_svg(made.SVG, text, as_text=text.startswith("{"))
    return picture


@dataclass(frozen=True)
class Form:
    """How badges are proven, and what carries them."""

    name: str
    hosted: bool
    carry: Callable[[str], bytes]

    def __str__(self) -> str:
        return self.name

    def file(self, key: Any = made.RSA, **more: Any) -> bytes:
        told = self.told(**more)
        text = json.dumps(told) if self.hosted else test_open_badges_2.signed(told, key)
        return self.carry(text)

    def told(self, **more: Any) -> dict[str, Any]:
        return assertion("hosted" if self.hosted else "signed", **more)

    def verify(
        self, content: bytes, kept: dict[str, Any] | None = None, **more: Any
    ) -> Report:
        """With the issuer's documents, and the copy from the badge's own address."""
        copy = {ADDRESS: kept or self.told()} if self.hosted else {}
        documents = {**DOCUMENTS, **copy, **more.pop("documents", {})}
        return verify(content, Trust(documents=documents, **more))


FORMS = [
    Form("token", False, _alone),
    Form("token in PNG", False, _in_png),
    Form("token in SVG", False, _in_svg),
    Form("hosted", True, _alone),
    Form("hosted in PNG", True, _in_png),
    Form("hosted in SVG", True, _in_svg),
]
every_form = pytest.mark.parametrize("of", FORMS, ids=str)


@every_form
def test_good(of: Form) -> None:
    report = of.verify(of.file())

    assert {report.findings[check].result.value for check in SIX} == {"pass"}
    assert report.verdict == "verified"
    assert verify(of.file()).verdict == "unverified"


@every_form
def test_tampered(of: Form) -> None:
    """Somebody writes honours into the file; the issuer never said it."""
    honours = {"narrative": "with honours"}
    content = of.file(**honours)
    if not of.hosted:
        head, _payload, signature = test_open_badges_2.signed().split(".")
        forged = made.base64url(json.dumps(of.told(**honours)).encode())
        content = of.carry(f"{head}.{forged}.{signature}")

    report = of.verify(content)

    assert results(report)["signature"] == "fail"
    assert report.verdict == "invalid"


@every_form
def test_expired(of: Form) -> None:
    ended = {"expires": "2026-02-01T00:00:00Z"}

    report = of.verify(of.file(**ended), of.told(**ended))

    assert results(report)["signature"] == "pass"
    assert results(report)["validity"] == "fail"
    assert report.verdict == "invalid"


@every_form
def test_revoked(of: Form) -> None:
    """By the page of the badge itself, or by the list that the issuer's profile names."""
    gone, listed = {"id": ADDRESS, "revoked": True}, {"revokedAssertions": [ADDRESS]}
    profile = {ISSUER: {**PROFILE, "revocationList": REVOKED}}
    if of.hosted:
        report, place = of.verify(of.file(), gone), ADDRESS
        still = of.verify(of.file())
    else:
        place = REVOKED
        report = of.verify(of.file(), documents={**profile, REVOKED: listed})
        none = {"revokedAssertions": []}
        still = of.verify(of.file(), documents={**profile, REVOKED: none})

    assert (results(report)["status"], report.verdict) == ("fail", "invalid")
    assert (results(still)["status"], still.verdict) == ("pass", "verified")
    assert place in report.findings[Check.STATUS].detail
    assert place in still.findings[Check.STATUS].detail


@every_form
def test_wrong_key(of: Form) -> None:
    """Signed by another key than the one named; or hosted where the issuer is not."""
    elsewhere = "https://stranger.example/assertion/1"
    if of.hosted:
        moved = of.told(id=elsewhere)
        report = of.verify(of.file(id=elsewhere), documents={elsewhere: moved})
        assert results(report)["signature"] == "pass"
        assert results(report)["key_binding"] == "fail"
    else:
        report = of.verify(of.file(made.OTHER_RSA))
        assert results(report)["signature"] == "fail"
    assert report.verdict == "invalid"


@every_form
def test_unknown_issuer(of: Form) -> None:
    known = (Institution("Exemplu", frozenset({ISSUER})),)

    unknown = of.verify(of.file())
    told = of.verify(of.file(), institutions=known)

    assert results(unknown)["issuer"] == "unknown"
    assert results(told)["issuer"] == "pass"
    assert unknown.verdict == told.verdict == "verified"


@every_form
def test_undefined_term(of: Form) -> None:
    """Sixty credits are covered where the issuer signed or published them, else not."""
    sixty = {"ects": 60}

    by_the_issuer = of.verify(of.file(**sixty), of.told(**sixty))

    assert results(by_the_issuer)["coverage"] == "pass"
    if of.hosted:
        by_somebody = of.verify(of.file(**sixty))
        assert results(by_somebody)["coverage"] == "fail"


@every_form
def test_foreign_context(of: Form) -> None:
    """Beside its own vocabulary: text is compared and signed, and nothing is asked."""
    both = {"@context": [CONTEXT, FOREIGN]}

    report = of.verify(of.file(**both), of.told(**both))

    assert report.verdict == "verified"
    assert FOREIGN not in (*report.wanted, *report.contexts)


@every_form
def test_foreign_context_alone_is_another_version(of: Form) -> None:
    alone = {"@context": "https://w3id.org/openbadges/v1"}

    assert of.verify(of.file(**alone), of.told(**alone)).verdict == "unreadable"

"""Members of a strange shape say nothing; they do not stop the other checks."""

from typing import Any

import pytest

from recognition.credentials.claims import Claim, together
from recognition.credentials.findings import Check
from recognition.credentials.readers.european_claims import hours
from tests.credentials.asked import results, verify
from tests.credentials.made_seals import european, sealed


def test_numbers_that_are_too_large_have_no_sum() -> None:
    courses = [[Claim("ects", "9e999999", "a")], [Claim("ects", "9e999999", "b")]]

    assert {claim.name for claim in together((), courses)} == {"courses"}


@pytest.mark.parametrize("duration", [f"PT{'9' * 400}H", f"P{'9' * 400}D"])
def test_a_duration_beyond_all_measure_is_none(duration: str) -> None:
    assert hours(duration) is None
    assert hours("P2DT12H30M") == 60.5


def test_a_vocabulary_that_is_no_address_is_an_unknown_one() -> None:
    named = [*european()["@context"], {"ects": "https://stranger.example/ects"}]
    report = verify(sealed(european(**{"@context": named})))

    assert results(report)["signature"] == "pass"
    assert results(report)["coverage"] == "unknown"
    assert "stranger.example" in report.findings[Check.COVERAGE].detail


@pytest.mark.parametrize("name", [{"en": [{}]}, {"en": {}}, [{}], 7])
def test_a_name_that_is_no_text_is_not_that_of_the_certificate(name: Any) -> None:
    issuer = {**european()["issuer"], "legalName": name}
    report = verify(sealed(european(issuer=issuer)))

    assert results(report)["signature"] == "pass"
    assert results(report)["key_binding"] == "fail"


@pytest.mark.parametrize("held", ["x", [], 7, None])
def test_a_wrapping_without_a_credential_is_not_read(held: Any) -> None:
    report = verify({"type": "EuropeanDigitalCredential", "credential": held})

    assert report.verdict == "unreadable"
    assert "holds no credential" in report.findings[Check.FORMAT].detail

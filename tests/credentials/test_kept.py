"""Reports as they are kept: whole, plain, bounded, and told again in any language."""

from typing import Any

import pytest

from recognition.credentials import kept
from recognition.credentials.findings import Check
from tests.credentials import made, made_seals
from tests.credentials.asked import verify


@pytest.mark.parametrize(
    "content",
    [
        made.sign(made.badge()),
        made.changed(made.sign(made.badge())),
        made.sign(made.record([made.sign(made.badge()), made.token(made.badge())])),
        made_seals.sealed(made_seals.european()),
        {},
    ],
    ids=["badge", "changed", "record", "sealed", "nothing"],
)
def test_a_kept_report_says_the_same(content: Any) -> None:
    report = verify(content)

    again = kept.report_of(kept.as_kept(report))

    assert again.as_dict() == report.as_dict()
    assert (again.verdict, again.key) == (report.verdict, report.key)


def test_a_report_tells_issuer_key_and_vocabularies() -> None:
    report = verify(made.sign(made.badge()))

    assert report.issuers == (made.did(),)
    assert report.key == made.thumbprint(made.OURS)
    assert {made.VC_2, made.OB_3} <= report.contexts.keys()
    assert all(len(sha256) == 64 for sha256 in report.contexts.values())


def test_a_signature_that_fails_presents_no_key() -> None:
    report = verify(made.changed(made.sign(made.badge())))

    assert report.findings[Check.SIGNATURE].result == "fail"
    assert report.key == ""


def test_each_file_names_its_own_vocabularies() -> None:
    signed = verify(made.sign(made.badge()))
    token = verify(made.token(made.plain()))

    assert signed.contexts
    assert made.OB_3 not in token.contexts


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ("text", "text"),
        (None, None),
        (True, True),
        (6, 6),
        (2.5, 2.5),
        (float("inf"), "inf"),
        (10**16, str(10**16)),
        ("a\0b", "a\N{REPLACEMENT CHARACTER}b"),
        ("\ud800", "?"),
        ("x" * 5_000, "x" * 4_000 + "…"),
        (("a", ["b"]), ["a", ["b"]]),
        ({"a\0": 1}, {"a\N{REPLACEMENT CHARACTER}": 1}),
        ([0] * 300, [0] * 200),
    ],
)
def test_values_are_such_as_every_database_keeps(value: Any, plain: Any) -> None:
    assert kept.plain(value) == plain


def test_a_number_too_long_to_be_written_is_not() -> None:
    assert kept.plain(10**5000) == "…"


def test_what_is_nested_deep_is_told_as_text() -> None:
    deep: Any = "core"
    for _level in range(10):
        deep = [deep]

    assert kept.plain(deep) == [[[[["[[[[['core']]]]]"]]]]]

"""Status lists: whose they are, what they say, and what only looks like one."""

import gzip
from typing import Any

import jwt
import pytest

from recognition.credentials.findings import Check, Report
from recognition.credentials.trust import Trust
from tests.credentials import made
from tests.credentials.asked import results, verify


def status_of(kept: Any, **entry: Any) -> Report:
    told = {**made.revocable()["credentialStatus"], **entry}
    signed = made.sign(made.badge(credentialStatus=told))
    return verify(signed, Trust(documents={made.LIST: kept}))


def relisted(**subject: Any) -> dict[str, Any]:
    """Our list with something else in it, signed again."""
    kept = made.status_list(7)
    del kept["proof"]
    kept["credentialSubject"].update(subject)
    return made.sign(kept)


def packed(bits: bytes) -> str:
    return "u" + made.base64url(gzip.compress(bits))


def test_the_list_may_be_a_token() -> None:
    unsigned = made.status_list(7)
    del unsigned["proof"]
    token = jwt.encode(
        {**unsigned, "iss": made.did()},
        made.pem(made.OURS),
        "EdDSA",
        headers={"kid": made.did()},
    )

    assert results(status_of(token))["status"] == "fail"


@pytest.mark.parametrize(
    ("kept", "sentence"),
    [
        (made.changed(made.status_list(6)), "not signed in a way that holds"),
        (made.status_list(7, key=made.OTHERS), "not the issuer’s own"),
        ({**made.status_list(7), "ects": 60}, "not wholly signed"),
        (relisted(statusPurpose="suspension"), "kept for another purpose"),
        (relisted(encodedList="not packed"), "cannot be read"),
        (relisted(encodedList=packed(bytes(17 * 1024**2))), "larger than any"),
        (relisted(encodedList=packed(bytes(16 * 1024 - 1))), "shorter than its"),
        ({}, "not signed"),
        ("a.b.c", "not written in base64url"),
    ],
    ids=range(9),
)
def test_lists_that_cannot_be_relied_on(kept: Any, sentence: str) -> None:
    report = status_of(kept)

    assert results(report)["status"] == "unknown"
    assert sentence in report.findings[Check.STATUS].detail


def test_a_list_that_is_out_of_date() -> None:
    kept = made.status_list(7)
    del kept["proof"]
    kept["validUntil"] = "2026-05-01T00:00:00Z"

    assert "out of date" in status_of(made.sign(kept)).findings[Check.STATUS].detail


@pytest.mark.parametrize(
    ("entry", "result"),
    [
        ({"statusListIndex": "131072"}, "unknown"),
        ({"statusListIndex": "-1"}, "unknown"),
        ({"type": "BitstringStatusList"}, "unknown"),
        ({"type": "StatusList2021Entry"}, "unknown"),
        ({"statusSize": 2}, "unknown"),
        ({"statusSize": 1}, "fail"),
        ({"statusListIndex": "6"}, "pass"),
        ({"statusListIndex": "7"}, "fail"),
    ],
    ids=str,
)
def test_entries(entry: dict[str, str], result: str) -> None:
    assert results(status_of(made.status_list(7), **entry))["status"] == result


def test_a_mark_in_a_short_list_counts_all_the_same() -> None:
    short = relisted(encodedList=packed(b"\x01"))

    assert results(status_of(short))["status"] == "fail"


def test_suspension_counts_and_other_purposes_are_not_read() -> None:
    suspended = status_of(
        relisted(statusPurpose=["suspension"]), statusPurpose="suspension"
    )
    refreshed = status_of(relisted(statusPurpose="refresh"), statusPurpose="refresh")

    assert "it is suspended" in suspended.findings[Check.STATUS].detail
    assert suspended.verdict == "invalid"
    assert results(refreshed)["status"] == "unknown"


def test_of_several_entries_the_worst_counts() -> None:
    good, bad = (
        {**made.revocable()["credentialStatus"], "statusListIndex": index}
        for index in ("6", "7")
    )
    signed = made.sign(made.badge(credentialStatus=[good, bad]))

    report = verify(signed, Trust(documents={made.LIST: made.status_list(7)}))

    assert results(report)["status"] == "fail"


REVOKED = "https://university.example/revoked"
NAMED = {"revokedCredential": [{"id": made.badge()["id"], "revoked": True}]}


def in_the_list_of_1edtech(**more: Any) -> dict[str, Any]:
    entry = {"id": REVOKED, "type": "1EdTechRevocationList"}
    badge = made.badge(credentialStatus=entry, **more)
    return {**badge, "@context": [*badge["@context"], made.EXTENSIONS]}


@pytest.mark.parametrize(
    ("kept", "result", "verdict"),
    [
        (NAMED, "fail", "invalid"),
        (
            {"revokedCredential": [{"id": made.badge()["id"], "revoked": False}]},
            "pass",
            "verified",
        ),
        ({"revokedCredential": {"id": "urn:other"}}, "pass", "verified"),
        ({"revokedCredential": []}, "pass", "verified"),
        ({"error": "try later"}, "unknown", "unverified"),
        (None, "unknown", "unverified"),
    ],
    ids=["revoked", "restored", "another", "empty", "no list", "not at hand"],
)
def test_the_list_of_1edtech(kept: Any, result: str, verdict: str) -> None:
    signed = made.sign(in_the_list_of_1edtech())

    report = verify(signed, Trust(documents={REVOKED: kept} if kept else {}))

    assert results(report)["status"] == result
    assert results(report)["coverage"] == "pass"
    assert report.verdict == verdict


@pytest.mark.parametrize("holder", [(), ("credentialStatus",)], ids=["all", "status"])
@pytest.mark.parametrize("keyword", ["id", "type"])
def test_no_name_of_a_list_is_hidden_behind_a_keyword(
    keyword: str, holder: tuple[str, ...]
) -> None:
    """“@id” says to the signature what “id” says to readers."""
    signed = made.sign(in_the_list_of_1edtech())
    renamed = signed
    for name in holder:
        renamed = renamed[name]
    renamed[f"@{keyword}"] = renamed.pop(keyword)

    report = verify(signed, Trust(documents={REVOKED: NAMED}))

    assert results(report)["signature"] == "pass"
    assert results(report)["coverage"] == "fail"
    assert f"@{keyword}" in report.findings[Check.COVERAGE].detail
    assert report.verdict == "invalid"


def test_a_credential_without_an_identifier_is_in_no_list_by_identifiers() -> None:
    nameless = in_the_list_of_1edtech()
    del nameless["id"]

    report = verify(made.sign(nameless), Trust(documents={REVOKED: NAMED}))

    assert results(report)["status"] == "unknown"
    assert report.verdict == "unverified"


def test_a_list_may_travel_inside() -> None:
    inside = {**made.revocable()["credentialStatus"]}
    for kept, result in ((made.status_list(7), "fail"), ({"x": 1}, "unknown")):
        entry = {**inside, "statusListCredential": kept}
        token = made.token(made.badge(credentialStatus=entry))
        assert results(verify(token))["status"] == result

"""What a credential says, where the same is said in several places or in an odd way."""

from typing import Any

import pytest

from recognition.credentials.readers.vc_claims import claims
from tests.credentials import made


def said(subject: dict[str, Any], **members: Any) -> dict[str, Any]:
    """Value and origin by name."""
    badge = made.badge(**members)
    badge["credentialSubject"] |= subject
    return {one.name: (one.value, one.origin) for one in claims(badge)}


def test_nought_credits_are_what_was_earned():
    achievement = made.badge()["credentialSubject"]["achievement"]

    told = said(
        {"creditsEarned": 0, "achievement": achievement | {"creditsAvailable": 5}}
    )

    assert told["credits"] == (0, "credentialSubject.creditsEarned")


@pytest.mark.parametrize("odd", [{"@value": 0}, {"foo": 1}, {"id": "urn:x"}])
def test_what_is_no_number_and_no_day_is_not_passed_over(odd):
    """It is told as it stands, for nothing else was said to be earned or awarded."""
    achievement = made.badge()["credentialSubject"]["achievement"]

    told = said(
        {
            "creditsEarned": odd,
            "activityEndDate": "2026-01-10",
            "achievement": achievement | {"creditsAvailable": 5},
        },
        awardedDate=odd,
        validFrom=odd,
    )

    assert told["credits"] == (odd, "credentialSubject.creditsEarned")
    assert told["awarded_on"] == (odd, "awardedDate")
    assert told["issued_on"] == (odd, "validFrom")


def test_a_text_with_a_language_is_told_as_its_text():
    achievement = made.badge()["credentialSubject"]["achievement"]
    named = achievement | {"name": {"@value": "Date deschise", "@language": "ro"}}

    told = said({"achievement": named})

    assert told["title"] == ("Date deschise", "credentialSubject.achievement.name")


def test_the_first_place_that_says_something_counts():
    achievement = made.badge()["credentialSubject"]["achievement"]
    unnamed = achievement | {"name": "", "creator": {"name": "Academia"}}

    told = said({"achievement": unnamed}, name="Of the credential")

    assert told["title"] == ("Of the credential", "name")
    assert told["awarding_body"] == (
        "Academia",
        "credentialSubject.achievement.creator.name",
    )

"""Open Badges 3.0, CLR 2.0 and other W3C credentials in the words of the record."""

from collections.abc import Iterator
from typing import Any

from recognition.credentials.claims import Claim, Said, stated
from recognition.credentials.safe_json import listed
from recognition.credentials.structure import identifier, subject

SUBJECT = "credentialSubject"
ACHIEVEMENT = f"{SUBJECT}.achievement"
ESCO = "http://data.europa.eu/esco/"
# Members of the achievement that national extensions add (edubadges), by our names.
EXTENSIONS = {
    "ects": ("ECTS",),
    "hours": ("timeInvestment", "SBU"),
    "assessment": ("assessmentType",),
    "participation": ("participationType",),
    "supervision": ("supervisionType",),
}
ALIGNMENTS = {
    "eqf_level": ("EQF",),
    "nqf_level": ("NQF", "NLQF"),
    "quality_assurance": ("QualityAssurance",),
    "isced_f": ("ISCED", "ISCED-F", "ISCEDF"),
}


def claims(credential: dict[str, Any]) -> tuple[Claim, ...]:
    whose = subject(credential)
    what = whose.get("achievement")
    achievement = what if isinstance(what, dict) else {}
    return stated(
        (
            *_people(credential, whose, achievement),
            *_dates(credential, whose),
            *_learning(credential, achievement),
            *_extensions(achievement),
            *_alignments(achievement),
            *_results(whose, achievement),
        )
    )


def _words(value: Any) -> Any:
    """Text as it is; of text with a language, the text."""
    if isinstance(value, dict):
        return value.get("@value") or value.get("narrative") or value.get("id")
    return value


def _people(
    credential: dict[str, Any], whose: dict[str, Any], achievement: dict[str, Any]
) -> Iterator[Said]:
    issuer = credential.get("issuer")
    profile = issuer if isinstance(issuer, dict) else {}
    address = profile.get("address")
    country = address.get("addressCountryCode") if isinstance(address, dict) else None
    creator = achievement.get("creator")
    body = creator.get("name") if isinstance(creator, dict) else None
    yield ("learner", _words(whose.get("name")), f"{SUBJECT}.name")
    yield ("learner_id", identifier(whose), f"{SUBJECT}.id")
    yield ("issuer", _words(profile.get("name")), "issuer.name")
    yield ("issuer_id", identifier(issuer), "issuer.id")
    yield ("country", country, "issuer.address.addressCountryCode")
    yield ("awarding_body", _words(body), f"{ACHIEVEMENT}.creator.name")
    yield ("awarding_body", _words(profile.get("name")), "issuer.name")


def _dates(credential: dict[str, Any], whose: dict[str, Any]) -> Iterator[Said]:
    yield ("awarded_on", credential.get("awardedDate"), "awardedDate")
    yield ("awarded_on", whose.get("activityEndDate"), f"{SUBJECT}.activityEndDate")
    for name in ("validFrom", "issuanceDate"):
        yield ("issued_on", credential.get(name), name)
    for name in ("validUntil", "expirationDate"):
        yield ("valid_until", credential.get(name), name)


def _learning(
    credential: dict[str, Any], achievement: dict[str, Any]
) -> Iterator[Said]:
    criteria = achievement.get("criteria")
    for name, member in (
        ("title", "name"),
        ("description", "description"),
        ("kind", "achievementType"),
        ("language", "inLanguage"),
    ):
        yield (name, _words(achievement.get(member)), f"{ACHIEVEMENT}.{member}")
    yield ("criteria", _words(criteria), f"{ACHIEVEMENT}.criteria")
    yield ("title", _words(credential.get("name")), "name")
    evidence = [
        address
        for one in listed(credential.get("evidence"))
        if (address := identifier(one))
    ]
    yield ("evidence", evidence, "evidence.id")


def _extensions(achievement: dict[str, Any]) -> Iterator[Said]:
    for name, members in EXTENSIONS.items():
        for member in members:
            yield (name, achievement.get(member), f"{ACHIEVEMENT}.{member}")


def _alignments(achievement: dict[str, Any]) -> Iterator[Said]:
    alignments = [
        one for one in listed(achievement.get("alignment")) if isinstance(one, dict)
    ]
    for name, kinds in ALIGNMENTS.items():
        # A decision is told by its address, a level by its number.
        by = "targetUrl" if name == "quality_assurance" else "targetCode"
        found = [
            one.get(by) or one.get("targetName")
            for one in alignments
            if str(one.get("targetType", "")).removeprefix("ext:") in kinds
        ]
        # The order of several is not signed: none of them may stand for all.
        told = found[0] if len(found) == 1 else found
        yield (name, told, f"{ACHIEVEMENT}.alignment.{by}")
    esco = [
        one["targetUrl"]
        for one in alignments
        if str(one.get("targetUrl", "")).startswith(ESCO)
    ]
    yield ("esco", esco, f"{ACHIEVEMENT}.alignment.targetUrl")
    outcomes = [
        one["targetName"]
        for one in alignments
        if str(one.get("targetUrl", "")).startswith(ESCO) and one.get("targetName")
    ]
    yield ("outcomes", outcomes, f"{ACHIEVEMENT}.alignment.targetName")


def _results(whose: dict[str, Any], achievement: dict[str, Any]) -> Iterator[Said]:
    available = achievement.get("creditsAvailable")
    yield ("credits", whose.get("creditsEarned"), f"{SUBJECT}.creditsEarned")
    yield ("credits", available, f"{ACHIEVEMENT}.creditsAvailable")
    grades = [
        str(one["value"])
        for one in listed(whose.get("result"))
        if isinstance(one, dict) and one.get("value") is not None
    ]
    yield ("grade", "; ".join(grades), f"{SUBJECT}.result.value")

"""The European Learning Model in the words of the record."""

import re
from collections.abc import Iterator
from typing import Any

from recognition.credentials.claims import Claim, stated
from recognition.credentials.safe_json import listed

ECTS = "http://data.europa.eu/snb/education-credit/6fcec5c5af"
DURATION = re.compile(
    r"P(?:(\d+)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+)M)?(?:\d+(?:\.\d+)?S)?)?"
)
CLAIM = "credentialSubject.hasClaim"


def first(value: Any) -> dict[str, Any]:
    """One thing alone or the first of several."""
    return next((one for one in listed(value) if isinstance(one, dict)), {})


def words(value: Any) -> str | None:
    """A text from its languages: English first, then whichever there is."""
    if isinstance(value, dict):
        value = value.get("en") or next(iter(value.values()), None)
    text = next(iter(listed(value)), None)
    return text if isinstance(text, str) else None


def label(concept: Any) -> str | None:
    """What a concept of a list is called, or the end of its address."""
    found = first(concept)
    return (
        words(found.get("prefLabel"))
        or found.get("notation")
        or str(found.get("id", "")).rpartition("/")[2]
        or None
    )


def code(concept: Any) -> str | None:
    found = first(concept)
    return str(found.get("id", "")).rpartition("/")[2] or found.get("notation")


def hours(duration: Any) -> float | None:
    """P2DT12H and PT60H are the same sixty hours."""
    found = DURATION.fullmatch(duration) if isinstance(duration, str) else None
    if not found or not any(found.groups()):
        return None
    days, of_day, minutes = (float(one or 0) for one in found.groups())
    total = days * 24 + of_day + minutes / 60
    return int(total) if total == int(total) else round(total, 2)


def claims(credential: dict[str, Any]) -> tuple[Claim, ...]:
    person = first(credential.get("credentialSubject"))
    achievement = first(person.get("hasClaim"))
    return stated(
        (
            *_person(person),
            *_bodies(credential, achievement),
            *_dates(credential, achievement),
            *_learning(achievement),
            *_assessment(achievement),
        )
    )


def _person(person: dict[str, Any]) -> Iterator[Claim]:
    subject = "credentialSubject"
    parts = (words(person.get("givenName")), words(person.get("familyName")))
    yield Claim("learner", words(person.get("fullName")), f"{subject}.fullName")
    yield Claim(
        "learner", " ".join(one for one in parts if one), f"{subject}.givenName"
    )
    national = first(person.get("nationalID"))
    yield Claim("learner_id", national.get("notation"), f"{subject}.nationalID")


def _bodies(credential: dict[str, Any], achievement: dict[str, Any]) -> Iterator[Claim]:
    issuer = first(credential.get("issuer"))
    body = first(first(achievement.get("awardedBy")).get("awardingBody"))
    of_issuer = first(issuer.get("eIDASIdentifier")).get("notation")
    country = first(first(body.get("location")).get("address")).get("countryCode")
    at = f"{CLAIM}.awardedBy.awardingBody"
    yield Claim("issuer", words(issuer.get("legalName")), "issuer.legalName")
    yield Claim("issuer_id", of_issuer, "issuer.eIDASIdentifier.notation")
    yield Claim("awarding_body", words(body.get("legalName")), f"{at}.legalName")
    yield Claim("country", code(country), f"{at}.location.address.countryCode")
    accreditation = first(first(credential.get("evidence")).get("accreditation"))
    page = first(accreditation.get("landingPage")).get("contentURL")
    notation = first(accreditation.get("identifier")).get("notation")
    where = "evidence.accreditation"
    yield Claim("quality_assurance", page, f"{where}.landingPage.contentURL")
    yield Claim("quality_assurance", notation, f"{where}.identifier.notation")


def _dates(credential: dict[str, Any], achievement: dict[str, Any]) -> Iterator[Claim]:
    awarded = first(achievement.get("awardedBy")).get("awardingDate")
    yield Claim("awarded_on", awarded, f"{CLAIM}.awardedBy.awardingDate")
    for name in ("issued", "issuanceDate"):
        yield Claim("issued_on", credential.get(name), name)
    for name in ("validUntil", "expirationDate"):
        yield Claim("valid_until", credential.get(name), name)


def _learning(achievement: dict[str, Any]) -> Iterator[Claim]:
    specified = first(achievement.get("specifiedBy"))
    at = f"{CLAIM}.specifiedBy"
    yield Claim("title", words(achievement.get("title")), f"{CLAIM}.title")
    yield Claim("title", words(specified.get("title")), f"{at}.title")
    described = words(achievement.get("description"))
    yield Claim("description", described, f"{CLAIM}.description")
    outcomes = [
        one for one in listed(specified.get("learningOutcome")) if isinstance(one, dict)
    ]
    titles = [title for one in outcomes if (title := words(one.get("title")))]
    yield Claim("outcomes", titles, f"{at}.learningOutcome.title")
    skills = [
        skill["id"]
        for one in outcomes
        for skill in listed(one.get("relatedESCOSkill"))
        if isinstance(skill, dict) and "id" in skill
    ]
    yield Claim("esco", skills, f"{at}.learningOutcome.relatedESCOSkill")
    for holder, place in ((achievement, "creditReceived"), (specified, "creditPoint")):
        for credit in listed(holder.get(place)):
            framework = first(first(credit).get("framework"))
            if ECTS in framework.values() or framework.get("notation") == "ECTS":
                point = first(credit).get("point")
                yield Claim("ects", point, f"{CLAIM}.{place}.point")
    volume = specified.get("volumeOfLearning")
    yield Claim("hours", hours(volume), f"{at}.volumeOfLearning", raw=volume)
    yield Claim("eqf_level", code(specified.get("eqfLevel")), f"{at}.eqfLevel")
    yield Claim("nqf_level", label(specified.get("nqfLevel")), f"{at}.nqfLevel")
    yield Claim("participation", label(specified.get("mode")), f"{at}.mode")
    fields = [code(one) for one in listed(specified.get("thematicArea"))]
    yield Claim("isced_f", [one for one in fields if one], f"{at}.thematicArea")
    yield Claim("kind", label(specified.get("dcType")), f"{at}.dcType")
    yield Claim("language", label(specified.get("language")), f"{at}.language")
    accredited = first(specified.get("accreditation")).get("id")
    yield Claim("quality_assurance", accredited, f"{at}.accreditation")


def _assessment(achievement: dict[str, Any]) -> Iterator[Claim]:
    proven = first(achievement.get("provenBy"))
    specified = first(proven.get("specifiedBy"))
    at = f"{CLAIM}.provenBy"
    kind = label(specified.get("dcType")) or words(specified.get("title"))
    grade = words(first(proven.get("grade")).get("noteLiteral"))
    verified = label(proven.get("idVerification"))
    yield Claim("assessment", kind, f"{at}.specifiedBy.dcType")
    yield Claim("supervision", verified, f"{at}.idVerification")
    yield Claim("grade", grade, f"{at}.grade.noteLiteral")

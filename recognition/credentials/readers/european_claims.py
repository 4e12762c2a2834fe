"""The European Learning Model in the words of the record."""

import re
from collections.abc import Iterator
from typing import Any

from recognition.credentials.claims import ESCO, ISCED_F, Claim, stated, together
from recognition.credentials.safe_json import listed

ECTS = "http://data.europa.eu/snb/education-credit/6fcec5c5af"
DURATION = re.compile(
    r"P(?:(\d{1,6})D)?(?:T(?:(\d{1,6}(?:\.\d{1,6})?)H)?(?:(\d{1,6})M)?"
    r"(?:\d{1,6}(?:\.\d{1,6})?S)?)?"
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


def concepts(told: Any) -> tuple[Any, Any]:
    """What concepts are called, and the addresses by which every language knows them."""
    found = [one for one in listed(told) if isinstance(one, dict) and label(one)]
    names = [label(one) for one in found]
    codes = [one.get("id") or one.get("notation") for one in found]
    if len(found) == 1:
        return names[0], codes[0] if codes[0] != names[0] else None
    return names, codes or None


def claims(credential: dict[str, Any]) -> tuple[Claim, ...]:
    person = first(credential.get("credentialSubject"))
    whole = stated((*_person(person), *_of_credential(credential)))
    return together(whole, [_of_claim(one) for one in _claimed(person)])


def _claimed(person: dict[str, Any]) -> list[dict[str, Any]]:
    """What was achieved; where nothing was, what was done or is allowed since."""
    told = [one for one in listed(person.get("hasClaim")) if isinstance(one, dict)]
    achieved = [one for one in told if "LearningAchievement" in listed(one.get("type"))]
    return achieved or told


def _of_claim(achievement: dict[str, Any]) -> tuple[Claim, ...]:
    return stated(
        (
            *_body(achievement),
            *_learning(achievement),
            *_specification(first(achievement.get("specifiedBy"))),
            *_credits(achievement),
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
    yield Claim("birth_date", person.get("dateOfBirth"), f"{subject}.dateOfBirth")


def _of_credential(credential: dict[str, Any]) -> Iterator[Claim]:
    issuer = first(credential.get("issuer"))
    of_issuer = first(issuer.get("eIDASIdentifier")).get("notation")
    yield Claim("issuer", words(issuer.get("legalName")), "issuer.legalName")
    yield Claim("issuer_id", of_issuer, "issuer.eIDASIdentifier.notation")
    address = str(issuer.get("id") or "")  # a urn of the file names nobody outside it
    yield Claim("issuer_id", "" if address.startswith("urn:") else address, "issuer.id")
    for name in ("issued", "issuanceDate"):
        yield Claim("issued_on", credential.get(name), name)
    for name in ("validUntil", "expirationDate"):
        yield Claim("valid_until", credential.get(name), name)
    evidence = [one for one in listed(credential.get("evidence")) if first(one)]
    yield from _accredited(evidence, "evidence.accreditation")


def _accredited(holders: list[Any], at: str) -> Iterator[Claim]:
    """The file's own word: reports by their pages or numbers, what kind, and by whom."""
    found = [
        one
        for holder in holders
        for one in listed(first(holder).get("accreditation"))
        if isinstance(one, dict)
    ]
    for member, inner in (("landingPage", "contentURL"), ("identifier", "notation")):
        told = _told(found, member, inner)
        yield Claim("quality_assurance", told, f"{at}.{member}.{inner}")
    addresses = [one.get("id") for one in found if one.get("id")]
    told = addresses[0] if len(addresses) == 1 else addresses
    yield Claim("quality_assurance", told, f"{at}.id")
    kinds, codes = concepts(
        [kind for one in found for kind in listed(one.get("dcType"))]
    )
    yield Claim("accreditation", kinds, f"{at}.dcType", codes)
    decisions, codes = concepts([one.get("decision") for one in found])
    yield Claim("qa_decision", decisions, f"{at}.decision", codes)
    agents = [
        words(first(one.get("accreditingAgent")).get("legalName")) for one in found
    ]
    names = [one for one in agents if one]
    told = names[0] if len(names) == 1 else names
    yield Claim("qa_agency", told, f"{at}.accreditingAgent.legalName")


def _told(things: list[dict[str, Any]], member: str, inner: str) -> Any:
    found = [
        value
        for one in things
        for part in listed(one.get(member))
        if isinstance(part, dict) and (value := part.get(inner))
    ]
    return found[0] if len(found) == 1 else found


def _body(achievement: dict[str, Any]) -> Iterator[Claim]:
    process = first(achievement.get("awardedBy"))
    body = first(process.get("awardingBody"))
    at = f"{CLAIM}.awardedBy"
    where = f"{at}.awardingBody"
    yield Claim("awarding_body", words(body.get("legalName")), f"{where}.legalName")
    location = first(body.get("location"))
    country = code(first(location.get("address")).get("countryCode"))
    yield Claim("country", country, f"{where}.location.address.countryCode")
    for member in ("eIDASIdentifier", "registration"):
        spatial = code(first(body.get(member)).get("spatial"))
        yield Claim("country", spatial, f"{where}.{member}.spatial")
    yield Claim("awarded_on", process.get("awardingDate"), f"{at}.awardingDate")


def _learning(achievement: dict[str, Any]) -> Iterator[Claim]:
    yield Claim("title", words(achievement.get("title")), f"{CLAIM}.title")
    described = words(achievement.get("description"))
    yield Claim("description", described, f"{CLAIM}.description")


def _specification(specified: dict[str, Any]) -> Iterator[Claim]:
    at = f"{CLAIM}.specifiedBy"
    yield Claim("title", words(specified.get("title")), f"{at}.title")
    yield from _outcomes(specified, at)
    volume = specified.get("volumeOfLearning")
    yield Claim("hours", hours(volume), f"{at}.volumeOfLearning", raw=volume)
    yield Claim("eqf_level", code(specified.get("eqfLevel")), f"{at}.eqfLevel")
    yield Claim("nqf_level", label(specified.get("nqfLevel")), f"{at}.nqfLevel")
    yield Claim("participation", *_concept(specified, "mode", at))
    for member in ("thematicArea", "educationSubject"):
        fields = [
            one["id"].removeprefix(ISCED_F)
            for one in listed(specified.get(member))
            if isinstance(one, dict) and str(one.get("id")).startswith(ISCED_F)
        ]
        yield Claim("isced_f", fields, f"{at}.{member}")
    yield Claim("kind", *_concept(specified, "dcType", at))
    yield Claim("language", *_concept(specified, "language", at))
    yield from _accredited([specified], f"{at}.accreditation")


def _concept(holder: dict[str, Any], member: str, at: str) -> tuple[Any, str, Any]:
    names, codes = concepts(holder.get(member))
    return names, f"{at}.{member}", codes


def _outcomes(specified: dict[str, Any], at: str) -> Iterator[Claim]:
    outcomes = [
        one for one in listed(specified.get("learningOutcome")) if isinstance(one, dict)
    ]
    titles = [title for one in outcomes if (title := words(one.get("title")))]
    yield Claim("outcomes", titles, f"{at}.learningOutcome.title")
    summary = words(first(specified.get("learningOutcomeSummary")).get("noteLiteral"))
    yield Claim("outcomes", summary, f"{at}.learningOutcomeSummary.noteLiteral")
    skills = [
        skill["id"]
        for one in outcomes
        for member in ("relatedESCOSkill", "relatedSkill")
        for skill in listed(one.get(member))
        if isinstance(skill, dict) and str(skill.get("id")).startswith(ESCO)
    ]
    once = list(dict.fromkeys(skills))
    yield Claim("esco", once, f"{at}.learningOutcome.relatedESCOSkill")


def _credits(achievement: dict[str, Any]) -> Iterator[Claim]:
    specified = first(achievement.get("specifiedBy"))
    for holder, place in (
        (achievement, "creditReceived"),
        (specified, "specifiedBy.creditPoint"),
    ):
        for credit in listed(holder.get(place.rpartition(".")[2])):
            framework = first(first(credit).get("framework"))
            is_ects = ECTS in (framework.get("id"), framework.get("uri"))
            is_ects = is_ects or framework.get("notation") == "ECTS"
            point = first(credit).get("point")
            name = "ects" if is_ects else "credits"
            yield Claim(name, point, f"{CLAIM}.{place}.point")
    spent = achievement.get("workload")
    yield Claim("hours", hours(spent), f"{CLAIM}.workload", raw=spent)


def _assessment(achievement: dict[str, Any]) -> Iterator[Claim]:
    at = f"{CLAIM}.provenBy"
    proven = [
        one for one in listed(achievement.get("provenBy")) if isinstance(one, dict)
    ]
    yield from _assessed(proven, at)
    grades = [
        grade
        for one in proven
        if (grade := words(first(one.get("grade")).get("noteLiteral")))
    ]
    told = grades[0] if len(grades) == 1 else grades
    yield Claim("grade", told, f"{at}.grade.noteLiteral")
    supervised = [kind for one in proven for kind in listed(one.get("idVerification"))]
    names, codes = concepts(supervised)
    yield Claim("supervision", names, f"{at}.idVerification", codes)
    # A degree may be proven by its parts, each assessed in its own way.
    parts = [first(one) for one in listed(achievement.get("hasPart"))]
    of_parts = [one for part in parts for one in listed(part.get("provenBy"))]
    yield from _assessed(of_parts, f"{CLAIM}.hasPart.provenBy")
    for one in proven:
        title = words(first(one.get("specifiedBy")).get("title"))
        yield Claim("assessment", title, f"{at}.specifiedBy.title")


def _assessed(proven: list[Any], at: str) -> Iterator[Claim]:
    kinds: dict[str, Any] = {}
    for one in proven:
        for kind in listed(first(first(one).get("specifiedBy")).get("dcType")):
            kinds.setdefault(str(code(kind)), kind)
    names, codes = concepts(list(kinds.values()))
    yield Claim("assessment", names, f"{at}.specifiedBy.dcType", codes)

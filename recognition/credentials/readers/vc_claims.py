"""Open Badges 3.0, CLR 2.0 and other W3C credentials in the words of the record."""

from collections.abc import Iterator
from typing import Any

from recognition.credentials.claims import ESCO, ISCED_F, Claim, Said, stated
from recognition.credentials.safe_json import listed
from recognition.credentials.structure import identifier, subject

SUBJECT = "credentialSubject"
ACHIEVEMENT = f"{SUBJECT}.achievement"
HELD = f"{SUBJECT}.verifiableCredential"

# Our name, the member that says it, and where that was read.
Member = tuple[str, str, str]


def _at(place: str, *members: tuple[str, str]) -> tuple[Member, ...]:
    return tuple((name, one, f"{place}.{one}".strip(".")) for name, one in members)


# Of a name that stands twice, the first that says something counts.
OF_LEARNER = _at(
    SUBJECT,
    ("learner", "name"),
    ("birth_date", "dateOfBirth"),  # of 1EdTech
    ("birth_date", "birthDate"),  # of schema.org, which other credentials of W3C speak
)
OF_ISSUER = _at("issuer", ("issuer", "name"))
OF_ADDRESS = _at("issuer.address", ("country", "addressCountryCode"))
OF_CREATOR = _at(f"{ACHIEVEMENT}.creator", ("awarding_body", "name"))
OF_NO_CREATOR = _at("issuer", ("awarding_body", "name"))
OF_ACHIEVEMENT = _at(
    ACHIEVEMENT,
    ("title", "name"),
    ("description", "description"),
    ("kind", "achievementType"),
    ("language", "inLanguage"),
    ("criteria", "criteria"),
)
OF_CREDENTIAL = _at("", ("title", "name"))
DATES = _at(
    "",
    ("awarded_on", "awardedDate"),
    ("issued_on", "validFrom"),
    ("issued_on", "issuanceDate"),
    ("valid_until", "validUntil"),
    ("valid_until", "expirationDate"),
)
OF_WORK = _at(SUBJECT, ("awarded_on", "activityEndDate"), ("credits", "creditsEarned"))
OF_OFFER = _at(ACHIEVEMENT, ("credits", "creditsAvailable"))
# Members of the achievement that national extensions add (edubadges), by our names.
EXTENSIONS = (
    ("ects", "ECTS"),
    ("hours", "timeInvestment"),
    ("hours", "SBU"),
    ("assessment", "assessmentType"),
    ("participation", "participationType"),
    ("supervision", "supervisionType"),
    ("identity_checked", "identityChecked"),
)
ALIGNMENTS = {
    "eqf_level": ("EQF",),
    "nqf_level": ("NQF", "NLQF"),
    "quality_assurance": ("QualityAssurance",),
    "isced_f": ("ISCED", "ISCED-F", "ISCEDF"),
}
# What an alignment is about, where only its address tells.
ADDRESSES = {"eqf_level": "http://data.europa.eu/snb/eqf/", "isced_f": ISCED_F}


# CLR 2.0, AssociationType: the credits of a part are within those of the whole.
NESTING = ("isParentOf", "isChildOf", "isPartOf")


def is_nested(credential: dict[str, Any]) -> bool:
    """Does the record say that one thing in it is part of another?"""
    return any(
        isinstance(one, dict) and one.get("associationType") in NESTING
        for one in listed(subject(credential).get("association"))
    )


def claims(credential: dict[str, Any]) -> tuple[Claim, ...]:
    whose = subject(credential)
    achievement = _object(whose, "achievement")
    return stated(
        (
            ("learner_id", identifier(whose), f"{SUBJECT}.id"),
            *_worded(whose, OF_LEARNER),
            *_parties(credential, achievement),
            *_worded(achievement, OF_ACHIEVEMENT),
            *_worded(credential, OF_CREDENTIAL),
            *_told(credential, DATES),
            *_told(whose, OF_WORK),
            *_told(achievement, OF_OFFER),
            *_evidence(credential),
            *_extensions(achievement),
            *_alignments(achievement),
            *_results(whose, achievement),
        )
    )


def _object(holder: dict[str, Any], member: str) -> dict[str, Any]:
    found = holder.get(member)
    return found if isinstance(found, dict) else {}


def _told(holder: dict[str, Any], members: tuple[Member, ...]) -> Iterator[Said]:
    for name, member, origin in members:
        value = holder.get(member)
        if value is not None:
            yield (name, value, origin)


def _worded(holder: dict[str, Any], members: tuple[Member, ...]) -> Iterator[Said]:
    """Text as it is; of text with a language, the text."""
    for name, value, origin in _told(holder, members):
        if isinstance(value, dict):
            text = value.get("@value") or value.get("narrative") or value.get("id")
            yield (name, text, origin)
        else:
            yield (name, value, origin)


def _parties(credential: dict[str, Any], achievement: dict[str, Any]) -> Iterator[Said]:
    profile = _object(credential, "issuer")
    yield ("issuer_id", identifier(credential.get("issuer")), "issuer.id")
    yield from _worded(profile, OF_ISSUER)
    yield from _told(_object(profile, "address"), OF_ADDRESS)
    yield from _worded(_object(achievement, "creator"), OF_CREATOR)
    yield from _worded(profile, OF_NO_CREATOR)


def _evidence(credential: dict[str, Any]) -> Iterator[Said]:
    if "evidence" in credential:
        named = map(identifier, listed(credential["evidence"]))
        yield ("evidence", [one for one in named if one], "evidence.id")


def _extensions(achievement: dict[str, Any]) -> Iterator[Said]:
    for name, member in EXTENSIONS:
        if member in achievement:
            yield (name, achievement[member], f"{ACHIEVEMENT}.{member}")


def _alignments(achievement: dict[str, Any]) -> Iterator[Said]:
    return aligned(achievement.get("alignment"), f"{ACHIEVEMENT}.alignment")


def aligned(told: Any, at: str) -> Iterator[Said]:
    """What an achievement or a badge is put beside, by kind or by address."""
    if not told:
        return
    alignments = [one for one in listed(told) if isinstance(one, dict)]
    for name, kinds in ALIGNMENTS.items():
        # A decision is told by its address, a level by its number.
        by = "targetUrl" if name == "quality_assurance" else "targetCode"
        found = [
            one.get(by) or one.get("targetName")
            for one in alignments
            if str(one.get("targetType", "")).removeprefix("ext:") in kinds
        ]
        # The order of several is not signed: none of them may stand for all.
        yield (name, found[0] if len(found) == 1 else found, f"{at}.{by}")
        yield (name, *_by_address(name, alignments), f"{at}.targetUrl")
    skills = [one for one in alignments if _address(one).startswith(ESCO)]
    yield ("esco", [_address(one) for one in skills], f"{at}.targetUrl")
    outcomes = [one["targetName"] for one in skills if one.get("targetName")]
    yield ("outcomes", outcomes, f"{at}.targetName")


def _address(alignment: dict[str, Any]) -> str:
    return str(alignment.get("targetUrl", ""))


def _by_address(name: str, alignments: list[dict[str, Any]]) -> tuple[Any]:
    start = ADDRESSES.get(name)
    found = [
        _address(one).removeprefix(start)
        for one in alignments
        if start and _address(one).startswith(start)
    ]
    return (found[0] if len(found) == 1 else found,)


def _results(whose: dict[str, Any], achievement: dict[str, Any]) -> Iterator[Said]:
    if "result" not in whose:
        return
    described = {
        identifier(one): one
        for one in listed(achievement.get("resultDescription"))
        if isinstance(one, dict)
    }
    found = [
        (grade, described.get(identifier(one.get("resultDescription")), {}), member)
        for one in listed(whose.get("result"))
        if isinstance(one, dict)
        for grade, member in [_grade(one, described)]
        if grade
    ]
    if len(found) == 1:
        grade, of, member = found[0]
        yield ("grade", grade, f"{SUBJECT}.result.{member}", _scale(grade, of))
    elif found:
        told = [
            f"{of.get('name')}: {grade}" if of.get("name") else grade
            for grade, of, _member in found
        ]
        yield ("grade", "; ".join(told), f"{SUBJECT}.result.{found[0][2]}")


def _grade(
    result: dict[str, Any], described: dict[str | None, dict[str, Any]]
) -> tuple[str, str]:
    """A value, else the level that was reached, else how it ended."""
    if result.get("value") is not None:
        return str(result["value"]), "value"
    reached = next(
        (
            str(level.get("name") or level.get("level"))
            for one in described.values()
            for level in listed(one.get("rubricCriterionLevel"))
            if identifier(level) and identifier(level) == result.get("achievedLevel")
        ),
        "",
    )
    if reached:
        return reached, "achievedLevel"
    return str(result.get("status") or ""), "status"


def _scale(grade: str, described: dict[str, Any]) -> str | None:
    """The grade as it is meant: what was graded, and from where to where."""
    if not described:
        return None
    name = str(described.get("name") or "")
    bounds = [described.get("valueMin"), described.get("valueMax")]
    allowed = described.get("allowedValue")
    scale = (
        ", ".join(str(one) for one in listed(allowed))
        if allowed
        else "–".join(str(one) for one in bounds if one is not None)
    )
    return f"{name}: {grade} ({scale})" if scale else f"{name}: {grade}"

"""Open Badges 3.0, CLR 2.0 and other W3C credentials in the words of the record."""

from collections.abc import Iterator
from typing import Any

from recognition.credentials.claims import ESCO, ISCED_F, Claim, Said, stated
from recognition.credentials.safe_json import listed
from recognition.credentials.structure import identifier, subject

SUBJECT = "credentialSubject"
# Of 1EdTech, and of schema.org, which other credentials of W3C speak.
BORN = ("dateOfBirth", "birthDate")
ACHIEVEMENT = f"{SUBJECT}.achievement"
HELD = f"{SUBJECT}.verifiableCredential"
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
    for name in BORN:
        yield ("birth_date", _words(whose.get(name)), f"{SUBJECT}.{name}")
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
    available = achievement.get("creditsAvailable")
    yield ("credits", whose.get("creditsEarned"), f"{SUBJECT}.creditsEarned")
    yield ("credits", available, f"{ACHIEVEMENT}.creditsAvailable")
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

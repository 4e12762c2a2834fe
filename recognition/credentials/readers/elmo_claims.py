"""A transcript of ELMO in the words of the record."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from recognition.credentials.claims import Claim, stated, together

ELMO = "https://github.com/emrex-eu/elmo-schemas/tree/v1"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
SPECIFIED = "learningOpportunitySpecification"
# How a description begins its list of outcomes: ELMO has no member of their own.
OUTCOMES = re.compile(
    r"(learning outcomes?|outcomes|rezultate(le)? (așteptate )?ale învățării"
    r"|resultados de(l)? aprendizaje|resultados de aprendizagem"
    r"|acquis d.apprentissage|lernergebnisse|risultati (attesi )?di apprendimento"
    r"|efekty uczenia się|läranderesultat|oppimistavoitteet|læringsutbytte)"
    r"\s*(?::\s*|$)|.{0,120}\bable to\s*:\s*",
    re.IGNORECASE,
)
# What nobody has who has not passed.
EARNED = ("awarded_on", "ects", "credits", "hours", "grade")
BULLET = re.compile(r"^(?:[-*•–·]|\(?\d{1,2}[.)])\s+")


def named(path: str) -> str:
    """A path in the namespace of ELMO."""
    return "/".join(f"{{{ELMO}}}{step}" for step in path.split("/"))


def text(element: Any, path: str) -> str | None:
    found = element.findtext(named(path))
    return found.strip() or None if found else None


def title(element: Any, path: str) -> str | None:
    """The English title, or the first."""
    titles = element.findall(named(path))
    english = [one for one in titles if (one.get(LANGUAGE) or "").lower() == "en"]
    return next((one.text for one in (*english, *titles) if one.text), None)


def claims(elmo: Any, issuer_id: Iterable[str]) -> tuple[Claim, ...]:
    """Of the learner, of each institution, and of everything learned there."""
    whole = stated(_learner(elmo, issuer_id))
    reports = elmo.findall(named("report"))
    of_institutions = [stated(_institution(report)) for report in reports]
    courses = [
        stated((*_course(offered, f"report/{SPECIFIED}"), *institution))
        for report, institution in zip(reports, of_institutions, strict=True)
        for offered in report.findall(named(SPECIFIED))
    ]
    return together(whole, courses or of_institutions)


def _learner(elmo: Any, issuer_id: Iterable[str]) -> Iterator[Claim]:
    parts = (text(elmo, "learner/givenNames"), text(elmo, "learner/familyName"))
    yield Claim("learner", " ".join(one for one in parts if one), "learner/givenNames")
    yield Claim("learner_id", text(elmo, "learner/identifier"), "learner/identifier")
    yield Claim("birth_date", text(elmo, "learner/bday"), "learner/bday")
    for one in issuer_id:
        yield Claim("issuer_id", one, "report/issuer/identifier")
    yield Claim("issued_on", text(elmo, "generatedDate"), "generatedDate")


def _institution(report: Any) -> Iterator[Claim]:
    name = title(report, "issuer/title")
    yield Claim("issuer", name, "report/issuer/title")
    yield Claim("awarding_body", name, "report/issuer/title")
    yield Claim("country", text(report, "issuer/country"), "report/issuer/country")
    yield Claim("issued_on", text(report, "issueDate"), "report/issueDate")


def _course(offered: Any, at: str) -> tuple[Claim, ...]:
    """One thing learned; what it does not say itself, its parts may say."""
    own = stated(_learning(offered, at))
    below = f"{at}/hasPart/{SPECIFIED}"
    inner = offered.findall(named(f"hasPart/{SPECIFIED}"))
    parts = together((), [_course(one, below) for one in inner])
    known = {claim.name for claim in own} | {"title", "description", "kind"}
    if not _is_passed(offered):  # whatever its parts are
        known |= set(EARNED)
    return (*own, *(claim for claim in parts if claim.name not in known))


def _is_passed(offered: Any) -> bool:
    """Nothing said is passed: older transcripts hold nothing else."""
    told = text(offered, "specifies/learningOpportunityInstance/status")
    return told is None or told.lower() == "passed"


def _learning(offered: Any, at: str) -> Iterator[Claim]:
    yield Claim("title", title(offered, "title"), f"{at}/title")
    described = title(offered, "description")
    yield Claim("description", described, f"{at}/description")
    found = outcomes(described or "")
    yield Claim("outcomes", found, f"{at}/description", described)
    yield Claim("isced_f", text(offered, "iscedCode"), f"{at}/iscedCode")
    yield Claim("kind", text(offered, "type"), f"{at}/type")
    instance = offered.find(named("specifies/learningOpportunityInstance"))
    if instance is not None:
        taken = _taken(instance, f"{at}/specifies/learningOpportunityInstance")
        passed = _is_passed(offered)
        yield from (one for one in taken if passed or one.name not in EARNED)


def _taken(instance: Any, at: str) -> Iterator[Claim]:
    yield Claim("awarded_on", text(instance, "date"), f"{at}/date")
    yield Claim("grade", text(instance, "resultLabel"), f"{at}/resultLabel")
    hours = text(instance, "engagementHours")
    yield Claim("hours", hours, f"{at}/engagementHours")
    language = text(instance, "languageOfInstruction")
    yield Claim("language", language, f"{at}/languageOfInstruction")
    for credit in instance.findall(named("credit")):
        scheme = (text(credit, "scheme") or "").upper()
        name = "ects" if scheme == "ECTS" else "credits"
        yield Claim(name, text(credit, "value"), f"{at}/credit/value")
    for level in instance.findall(named("level")):
        kind = (text(level, "type") or "").upper()
        name = "eqf_level" if kind == "EQF" else "nqf_level"
        yield Claim(name, text(level, "value"), f"{at}/level/value")


def outcomes(description: str) -> list[str]:
    """The lines after a heading that says that outcomes follow, to the next gap."""
    lines = [line.strip() for line in description.splitlines()]
    start = next((n for n, one in enumerate(lines) if OUTCOMES.match(one)), None)
    if start is None:
        return []
    found = [OUTCOMES.sub("", lines[start], count=1)]
    for line in lines[start + 1 :]:
        if not line and any(found):
            break
        found.append(line)
    return [told for line in found if (told := BULLET.sub("", line).strip())]

"""Checks of outcomes and assessment."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from qa.design_checks.check import DesignCheck, Facts
from qa.vocabularies import (
    AssessmentSetting,
    AssessmentType,
    Participation,
    Supervision,
)

# The word after a comma or an “and”: where a second verb stands.
JOINED = re.compile(r"(?:,|\b(?:and|or|și|sau))\s+(?!and\b|or\b|și\b|sau\b)(\w+)")
ESCO = re.compile(r"http://data\.europa\.eu/esco/skill/[0-9a-fA-F-]{36}")


class DC_04(DesignCheck):  # noqa: N801  official number
    """Three to eight outcomes, each beginning with an action verb; “understand” never stands alone."""

    code, blocks, section = "DC-04", False, "outcomes"
    ro = (
        "Trei până la opt rezultate, fiecare începând cu un verb de acțiune; "
        "„înțelege” nu stă niciodată singur."
    )

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        low, high = facts.rules.outcomes_min, facts.rules.outcomes_max
        if not low <= len(facts.outcomes) <= high:
            yield _(
                "There are %(count)s outcomes; %(low)s to %(high)s are expected."
            ) % {
                "count": len(facts.outcomes),
                "low": low,
                "high": high,
            }
        for number, outcome in enumerate(facts.outcomes, start=1):
            yield from cls._verbs(facts, number, outcome)

    @staticmethod
    def _verbs(facts: Facts, number: int, outcome: object) -> Iterator[str]:
        for language in ("ro", "en"):
            text = getattr(outcome, f"text_{language}").strip().lower()
            words = [word.strip(",.;:") for word in text.split()]
            strong, weak = facts.verbs[language]
            if not words or words[0] in strong:
                continue
            told = {"number": number, "language": language.upper()}
            begun = next((v for v in weak if words[: len(v.split())] == v.split()), "")
            if not begun:
                told["word"] = text.split()[0]
                yield _("Outcome %(number)s begins with “%(word)s” (%(language)s).") % (
                    told
                )
            elif strong.isdisjoint(JOINED.findall(text)):
                told["word"] = begun
                yield (
                    _("Outcome %(number)s rests on “%(word)s” alone (%(language)s).")
                    % told
                )


class DC_11(DesignCheck):  # noqa: N801  official number
    """Every outcome stands in both languages and is assessed; components are complete, weights sum to 100."""

    code, blocks, section = "DC-11", True, "outcomes"
    ro = (
        "Fiecare rezultat este scris în ambele limbi și evaluat; componentele sunt "
        "complete, iar ponderile însumează 100."
    )

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        if not facts.outcomes:
            yield _("There is no learning outcome.")
        for number, outcome in enumerate(facts.outcomes, start=1):
            yield from cls._of_outcome(facts, number, outcome)
        for number, component in enumerate(facts.components, start=1):
            if not (component.criteria and component.pass_rule):
                yield _("Component %(number)s lacks criteria or a pass rule.") % {
                    "number": number
                }
        total = sum(component.weight for component in facts.components)
        if total != 100:
            yield _("The weights sum to %(total)s, not to 100.") % {"total": total}

    @staticmethod
    def _of_outcome(facts: Facts, number: int, outcome: Any) -> Iterator[str]:
        for language in ("ro", "en"):
            if not getattr(outcome, f"text_{language}").strip():
                yield _("Outcome %(number)s has no text (%(language)s).") % {
                    "number": number,
                    "language": language.upper(),
                }
        if not any(outcome in c.outcomes.all() for c in facts.components):
            yield _("Outcome %(number)s is not assessed.") % {"number": number}


class DC_12(DesignCheck):  # noqa: N801  official number
    """Attendance is never the only assessment."""

    code, blocks, section = "DC-12", True, "outcomes"
    ro = "Prezența nu este niciodată singura evaluare."

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        return any(component.weight for component in facts.components)

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        counted = [c for c in facts.components if c.weight]
        if all(c.type == AssessmentType.ATTENDANCE for c in counted):
            yield _("Nothing but attendance is assessed.")


class DC_13(DesignCheck):  # noqa: N801  official number
    """Supervision is set; credits from online work without identity check need a reason."""

    code, blocks, section = "DC-13", False, "outcomes"
    ro = (
        "Supravegherea este stabilită; creditele obținute online fără verificarea "
        "identității cer o justificare."
    )

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        version = facts.version
        if not version.supervision:
            yield _("Supervision and identity verification are not set.")
        if (
            _is_assessed_online(version)
            and version.supervision == Supervision.UNSUPERVISED_NO_ID
            and version.is_credit_bearing
        ):
            yield _("Online, unsupervised, no identity check, and bearing credits.")


def _is_assessed_online(version: Any) -> bool:
    return (
        version.participation_form == Participation.ONLINE
        or version.assessment_setting == AssessmentSetting.ONLINE
    )


class DC_26(DesignCheck):  # noqa: N801  official number
    """The outcomes name ESCO skills by their URI."""

    code, blocks, section = "DC-26", False, "outcomes"
    ro = "Rezultatele numesc competențe ESCO prin URI."

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        return bool(facts.outcomes)

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        for number, outcome in enumerate(facts.outcomes, start=1):
            if not ESCO.fullmatch(outcome.esco_uri):
                yield _("Outcome %(number)s has no ESCO skill URI.") % {
                    "number": number
                }


CHECKS = (DC_04, DC_11, DC_12, DC_13, DC_26)

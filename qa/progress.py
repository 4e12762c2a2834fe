"""How far a proposal is: each section with its checks and the state a person reads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from qa import content, design_checks
from qa.content import Section
from qa.design_checks.check import DesignCheck, Facts, Finding
from qa.models import Version

COMPLETE, ASKS, BLOCKED, EMPTY = "complete", "asks", "blocked", "empty"
_NOTHING: tuple[Any, ...] = (None, "", [], False, 0)


@dataclass(frozen=True)
class CheckLine:
    """One design check: what it found, the reason given for it, what it only points at."""

    check: type[DesignCheck]
    details: tuple[str, ...] = ()
    reason: str = ""
    notes: tuple[str, ...] = ()
    concerns: bool = True

    @property
    def message(self) -> str:
        return self.check.message()

    @property
    def passes(self) -> bool:
        return not self.details

    @property
    def elsewhere(self) -> Section | None:
        """Another section where what was found may be mended."""
        looks_at = "" if self.passes else self.check.looks_at
        return content.section(looks_at) if looks_at else None

    @property
    def is_settled(self) -> bool:
        """It holds, or it only warns and the reason is given."""
        may_be_reasoned = self.check.takes_reason and not self.check.blocks
        return self.passes or (may_be_reasoned and bool(self.reason))


@dataclass(frozen=True)
class SectionState:
    """A section, where it stands, and the lines of its checks."""

    section: Section
    number: int
    is_started: bool
    lines: tuple[CheckLine, ...]

    @property
    def unsettled(self) -> tuple[CheckLine, ...]:
        """What is left to do here: first what blocks, then what asks for a reason."""
        left = [line for line in self.lines if not line.is_settled]
        return tuple(sorted(left, key=lambda line: not line.check.blocks))

    @property
    def blocking(self) -> int:
        return sum(line.check.blocks for line in self.unsettled)

    @property
    def asking(self) -> int:
        return sum(not line.check.blocks for line in self.unsettled)

    @property
    def stand(self) -> str:
        """complete, asks (for a reason), blocked, or empty while nothing is written."""
        if not self.unsettled:
            return COMPLETE
        if not self.is_started:
            return EMPTY
        return BLOCKED if self.blocking else ASKS


def states_of(version: Version) -> list[SectionState]:
    """Every section of the version, in order."""
    lines = _lines_by_section(version)
    told = content.as_data(version)
    return [
        SectionState(section, number, is_started(section, told), lines[section.key])
        for number, section in enumerate(content.SECTIONS, start=1)
    ]


def reasoned(states: Iterable[SectionState]) -> list[CheckLine]:
    """The checks for which a reason was given, by their numbers."""
    given = [line for state in states for line in state.lines if line.reason]
    return sorted(given, key=lambda line: line.check.code)


def check_lines(version: Version, section: Section) -> tuple[CheckLine, ...]:
    """The checks of one section, those that found something first."""
    return _lines_by_section(version)[section.key]


def is_started(section: Section, told: Mapping[str, Any]) -> bool:
    """Whether anything in the section differs from a blank proposal."""
    return any(
        told[name] not in _NOTHING and told[name] != _blank(name)
        for name in (*section.fields, *section.parts)
    )


def _blank(name: str) -> Any:
    if name in content.PARTS or name in content.LINKS:
        return []
    return Version._meta.get_field(name).get_default()


def _lines_by_section(version: Version) -> dict[str, tuple[CheckLine, ...]]:
    facts = Facts(version)
    found = _details_by_code(design_checks.found_in(facts))
    noted = _details_by_code(design_checks.noted_in(facts))
    reasons = {j.check_code: j.text for j in version.justifications.all()}
    lines: dict[str, list[CheckLine]] = {s.key: [] for s in content.SECTIONS}
    for check in design_checks.ALL:
        line = CheckLine(
            check,
            tuple(found.get(check.code, ())),
            reasons.get(check.code, ""),
            tuple(noted.get(check.code, ())),
            check.concerns(facts),
        )
        lines[check.section].append(line)
    return {
        key: tuple(sorted(ones, key=lambda one: (one.passes, not one.check.blocks)))
        for key, ones in lines.items()
    }


def _details_by_code(findings: Iterable[Finding]) -> dict[str, list[str]]:
    details: dict[str, list[str]] = {}
    for finding in findings:
        details.setdefault(finding.check.code, []).append(finding.detail)
    return details

"""What a design check is, and the facts of a version it looks at."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.apps import apps
from django.db.models import Q
from django.utils.translation import get_language

from qa.clauses import today_of
from qa.folded import folded


class DesignCheck:
    """A rule of the field with its official number; the docstring is its message."""

    do_not_call_in_templates: ClassVar[bool] = True
    code: ClassVar[str]
    blocks: ClassVar[bool]
    section: ClassVar[str]
    ro: ClassVar[str]
    # Another section that holds a field it looks at, if one does.
    looks_at: ClassVar[str] = ""
    # Whether a stored reason settles a warning; else each finding has its own answer.
    takes_reason: ClassVar[bool] = True

    @classmethod
    def message(cls) -> str:
        """The rule in the reader's language."""
        if (get_language() or "en").startswith("ro"):
            return cls.ro
        return " ".join((cls.__doc__ or "").split())

    @classmethod
    def concerns(cls, facts: "Facts") -> bool:
        """Whether the version holds anything yet that the rule speaks of."""
        return True

    @classmethod
    def details(cls, facts: "Facts") -> Iterator[str]:
        """One sentence for each place where the rule does not hold."""
        raise NotImplementedError

    @classmethod
    def notes(cls, facts: "Facts") -> Iterator[str]:
        """What a reader should know although it stops nothing and asks for no reason."""
        return iter(())

    @classmethod
    def findings(cls, facts: "Facts") -> "Iterator[Finding]":
        for detail in cls.details(facts) if cls.concerns(facts) else ():
            yield Finding(cls, detail)


@dataclass(frozen=True)
class Finding:
    """One place where a check does not hold, with what exactly is wrong there."""

    check: type[DesignCheck]
    detail: str

    @property
    def message(self) -> str:
        return self.check.message()


class Facts:
    """A version with its parts, each read once however many checks look at it."""

    def __init__(self, version: Any) -> None:
        self.version = version
        self.today = today_of(version)

    @cached_property
    def rules(self) -> Any:
        return self.version.procedure.rule_set

    @cached_property
    def offer(self) -> Any:
        return self.version.micro_credential

    @cached_property
    def outcomes(self) -> list[Any]:
        return list(self.version.outcomes.all())

    @cached_property
    def components(self) -> list[Any]:
        return list(self.version.components.prefetch_related("outcomes"))

    @cached_property
    def team(self) -> list[Any]:
        return list(self.version.team.all())

    @cached_property
    def consultations(self) -> list[Any]:
        """Those that name who was asked."""
        return [one for one in self.version.consultations.all() if one.who]

    @cached_property
    def stacking_targets(self) -> list[Any]:
        return list(self.version.stacking_targets.all())

    @cached_property
    def indicators(self) -> list[Any]:
        return list(self.version.indicators.all())

    @cached_property
    def languages(self) -> list[Any]:
        return list(self.version.languages.all())

    @cached_property
    def awarding_bodies(self) -> list[Any]:
        return list(self.version.awarding_bodies.prefetch_related("accreditations"))

    @cached_property
    def verbs(self) -> dict[str, tuple[set[str], set[str]]]:
        """By language: the action verbs, and the weak ones."""
        found: dict[str, tuple[set[str], set[str]]] = {
            "ro": (set(), set()),
            "en": (set(), set()),
        }
        model = apps.get_model("qa", "ActionVerb")
        for language, verb, is_weak in model.objects.values_list(
            "language", "verb", "is_weak"
        ):
            found[language][is_weak].add(verb)
        return found

    @cached_property
    def twins(self) -> list[tuple[str, str, str]]:
        """Other offers of the institution with the same title: number, RO, EN title.

        An offer whose proposal failed or whose last period ended is retired.
        """
        own = [self.version.title_ro.casefold(), self.version.title_en.casefold()]
        alike = Q()
        for title in filter(None, own):  # narrows; what is the same is said below
            alike |= Q(titles_folded__contains=folded(title))
        if not alike:
            return []
        ended = ("succeeded", "expired", "withdrawn")
        rows = (
            type(self.version)
            .objects.filter(alike)
            .exclude(micro_credential=self.offer)
            .filter(micro_credential__unit__institution=self.offer.unit.institution)
            .exclude(status__in=("rejected", "abandoned", "replaced"))
            .exclude(status="approved", accreditations__status__in=ended)
            .order_by("micro_credential", "number")
            .values_list("micro_credential__case__number", "title_ro", "title_en")
        )
        found = {
            number: (number, *titles)
            for number, *titles in rows
            if any(
                mine and mine == theirs.casefold()
                for mine, theirs in zip(own, titles, strict=True)
            )
        }
        return list(found.values())

    @cached_property
    def overlapping(self) -> list[tuple[int, str, str]]:
        """In-force offers of the same detailed field: case, number, title."""
        if not self.version.isced_id:
            return []
        model = apps.get_model("qa", "Accreditation")
        periods = (
            model.objects.filter(
                status="in_force", version__isced=self.version.isced_id
            )
            .exclude(micro_credential=self.offer)
            .order_by("micro_credential")
            .select_related("version", "micro_credential__case")
        )
        return [
            (
                one.micro_credential_id,
                one.micro_credential.case.number,
                one.version.title,
            )
            for one in periods
        ]

    @cached_property
    def answered_overlaps(self) -> set[int]:
        given = self.version.overlap_answers.exclude(answer="")
        return set(given.values_list("other", flat=True))

"""Checks of need and partners."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from qa import clock
from qa.design_checks.check import DesignCheck, Facts
from qa.vocabularies import ConsultationKind

STUDENT = ConsultationKind.STUDENT


class DC_18(DesignCheck):  # noqa: N801  official number
    """The need is evidenced recently and an external stakeholder was consulted."""

    code, blocks, section = "DC-18", False, "need"
    ro = "Nevoia este dovedită recent și a fost consultată o parte interesată externă."

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        dated = facts.version.need_evidence_on
        months = facts.rules.need_evidence_months
        if not (facts.version.need_evidence and dated):
            yield _("The evidence of the need is missing or has no date.")
        elif dated > facts.today:
            yield _("The evidence of the need is dated in the future.")
        elif dated < clock.add_months(facts.today, -months):
            yield _("The evidence of the need is older than %(months)s months.") % {
                "months": months
            }
        asked = [c for c in facts.consultations if c.kind != STUDENT]
        if not asked:
            yield _("No external stakeholder was consulted.")
        yield from _only_planned(facts, asked)


class DC_19(DesignCheck):  # noqa: N801  official number
    """Students were consulted in the design: who, and when."""

    code, blocks, section = "DC-19", False, "need"
    ro = "Studenții au fost consultați la proiectare: cine și când."

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        asked = [c for c in facts.consultations if c.kind == STUDENT]
        if not asked:
            yield _("No consultation of students is recorded.")
        yield from _only_planned(facts, asked)


class DC_25(DesignCheck):  # noqa: N801  official number
    """If a regulated profession is touched, its authority and opinion are named."""

    code, blocks, section = "DC-25", True, "need"
    ro = (
        "Dacă oferta atinge o profesie reglementată, autoritatea și avizul sunt numite."
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        return bool(facts.version.regulated_profession)

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        version = facts.version
        if not version.profession_authority:
            yield _("The competent authority is not named.")
        if not version.profession_opinion:
            yield _("The opinion of the authority is missing.")


class DC_27(DesignCheck):  # noqa: N801  official number
    """Each in-force offer of the same detailed field is answered."""

    code, blocks, section = "DC-27", False, "need"
    takes_reason = False
    ro = "Fiecare ofertă în vigoare din același domeniu detaliat primește un răspuns."

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        for pk, number, title in facts.overlapping:
            if pk not in facts.answered_overlaps:
                yield _("%(number)s “%(title)s” is of the same field.") % {
                    "number": number,
                    "title": title,
                }


def _only_planned(facts: Facts, asked: list[Any]) -> Iterator[str]:
    """Where none of the consultations took place yet, each with its day."""
    if any(one.held_on <= facts.today for one in asked):
        return
    for one in asked:
        yield _("The consultation of %(who)s has not taken place yet: %(day)s.") % {
            "who": one.who,
            "day": f"{one.held_on:%d.%m.%Y}",
        }


CHECKS = (DC_18, DC_19, DC_25, DC_27)

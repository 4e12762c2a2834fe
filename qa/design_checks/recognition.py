"""Checks of recognition and stackability."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from qa.design_checks.check import DesignCheck, Facts
from qa.vocabularies import Stackability


class DC_20(DesignCheck):  # noqa: N801  official number
    """Stand-alone, or stackable into named programmes that agreed and count no more than it bears."""

    code, blocks, section = "DC-20", True, "recognition"
    ro = (
        "Independentă sau cumulabilă în programe numite, cu acord scris, care nu "
        "socotesc mai multe credite decât are oferta."
    )

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        chosen = facts.version.stackability
        if not chosen:
            yield _("Stackability is not chosen.")
        if chosen != Stackability.STACKABLE:
            return
        if not facts.stacking_targets:
            yield _("No programme is named that counts the credits.")
        for target in facts.stacking_targets:
            yield from _counted(facts.version.ects, target)
            if not (target.owner and target.agreement_reference):
                yield _("%(programme)s lacks its owner's written agreement.") % {
                    "programme": target.programme
                }


def _counted(ects: Decimal | None, target: Any) -> Iterator[str]:
    """A programme counts something, and no more than the offer bears."""
    told = {"programme": target.programme, "credits": target.credits, "ects": ects}
    if not target.credits:
        yield _("%(programme)s counts no credits.") % told
    elif ects is None:
        yield _("%(programme)s counts credits of an offer that bears none.") % told
    elif target.credits > ects:
        yield _("%(programme)s counts %(credits)s of %(ects)s ECTS.") % told


class DC_22(DesignCheck):  # noqa: N801  official number
    """How the award is recognised inside the institution and by partners is stated."""

    code, blocks, section = "DC-22", False, "recognition"
    ro = "Este precizat cum se recunoaște certificatul în instituție și la parteneri."

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        if not facts.version.recognition_clause:
            yield _("The recognition clause is missing.")


CHECKS = (DC_20, DC_22)

"""Checks of recognition and stackability."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from qa.design_checks.check import DesignCheck, Facts
from qa.vocabularies import Stackability


class DC_20(DesignCheck):  # noqa: N801  official number
    """Stand-alone, or stackable into named programmes with credits and agreement."""

    code, blocks, section = "DC-20", True, "recognition"
    ro = "Independentă sau cumulabilă în programe numite, cu credite și acord scris."

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
            if not target.credits:
                yield _("%(programme)s counts no credits.") % {
                    "programme": target.programme
                }
            if not (target.owner and target.agreement_reference):
                yield _("%(programme)s lacks its owner's written agreement.") % {
                    "programme": target.programme
                }


class DC_22(DesignCheck):  # noqa: N801  official number
    """How the award is recognised inside the institution and by partners is stated."""

    code, blocks, section = "DC-22", False, "recognition"
    ro = "Este precizat cum se recunoaște certificatul în instituție și la parteneri."

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        if not facts.version.recognition_clause:
            yield _("The recognition clause is missing.")


CHECKS = (DC_20, DC_22)

"""Checks of resources and finance."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from qa.design_checks.check import DesignCheck, Facts


class DC_17(DesignCheck):  # noqa: N801  official number
    """Rooms, platform, library and accessibility are stated."""

    code, blocks, section = "DC-17", True, "resources"
    ro = "Sălile, platforma, biblioteca și accesibilitatea sunt precizate."

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        version = facts.version
        if not (version.rooms_and_labs or version.learning_platform):
            yield _("Neither rooms nor a learning platform are stated.")
        if not version.library:
            yield _("Library and materials are not stated.")
        if not version.accessibility_statement:
            yield _("The accessibility statement is missing.")


class DC_23(DesignCheck):  # noqa: N801  official number
    """Fee, refund rule and financial viability are stated."""

    code, blocks, section = "DC-23", True, "resources"
    ro = "Taxa, regula de restituire și viabilitatea financiară sunt precizate."

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        version = facts.version
        if version.fee_amount is None:
            yield _("The fee is missing; write 0 where there is none.")
        if not version.refund_rule:
            yield _("The refund rule is missing.")
        if not version.viability_note:
            yield _("The note on financial viability is missing.")


CHECKS = (DC_17, DC_23)

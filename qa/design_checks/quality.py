"""Checks of monitoring and quality."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from qa.design_checks.check import DesignCheck, Facts


class DC_24(DesignCheck):  # noqa: N801  official number
    """Quality assurance is named; the monitoring plan is whole; validity keeps its maximum."""

    code, blocks, section = "DC-24", True, "monitoring"
    ro = (
        "Asigurarea calității este numită; planul de monitorizare este complet; "
        "valabilitatea respectă maximul."
    )

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        if not facts.version.qa_type:
            yield _("The quality assurance underpinning the award is not chosen.")
        if not facts.indicators:
            yield _("No indicator is named.")
        for indicator in facts.indicators:
            if not (indicator.source and indicator.owner and indicator.frequency):
                yield _(
                    "The indicator “%(name)s” has no source, owner or frequency."
                ) % {"name": indicator.name}
        yield from _validity(facts)


def _validity(facts: Facts) -> Iterator[str]:
    """Within the longest, and long enough for a re-evaluation to be filed in time."""
    months, longest = facts.version.validity_months, facts.rules.validity_max_months
    filing = facts.rules.reevaluation_filing_months
    if not months:
        yield _("The proposed validity is missing.")
    elif months > longest:
        yield _("%(months)s months of validity; at most %(longest)s.") % {
            "months": months,
            "longest": longest,
        }
    elif months <= filing:
        yield _(
            "%(months)s months of validity; a re-evaluation is submitted %(filing)s "
            "months before the end, so the period must be longer than that."
        ) % {"months": months, "filing": filing}


CHECKS = (DC_24,)

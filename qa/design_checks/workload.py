"""Checks of workload and level."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from qa.design_checks.check import DesignCheck, Facts
from qa.vocabularies import CYCLE_OF_EQF


class DC_05(DesignCheck):  # noqa: N801  official number
    """The EQF level is given, or why none applies; the cycle fits the level."""

    code, blocks, section = "DC-05", True, "workload"
    ro = "Nivelul EQF este dat sau lipsa lui motivată; ciclul corespunde nivelului."

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        version = facts.version
        if version.eqf_level is None:
            if not version.level_reason:
                yield _("Neither a level nor a reason for having none is given.")
            if version.qf_ehea_cycle:
                yield _("A cycle is chosen although no level applies.")
            return
        expected = CYCLE_OF_EQF.get(version.eqf_level, "")
        if version.qf_ehea_cycle != expected:
            yield _("EQF level %(level)s does not fit the cycle chosen.") % {
                "level": version.eqf_level
            }


class DC_06(DesignCheck):  # noqa: N801  official number
    """Workload is stated in hours; credits lie between 0 and 60, or a reason is given."""

    code, blocks, section = "DC-06", True, "workload"
    ro = "Volumul de muncă este dat în ore; creditele sunt între 0 și 60 sau motivate."

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        version = facts.version
        if not version.workload_hours:
            yield _("The workload in hours is missing.")
        if version.ects is None:
            if not version.no_credit_reason:
                yield _("Neither credits nor a reason for having none is given.")
        elif not 0 < version.ects < 60:
            yield _("%(ects)s ECTS does not lie between 0 and 60.") % {
                "ects": version.ects
            }


class DC_07(DesignCheck):  # noqa: N801  official number
    """Hours for each credit lie in the range of the rule set."""

    code, blocks, section = "DC-07", True, "workload"
    ro = "Orele pentru un credit se află în intervalul regulamentului."

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        return bool(facts.version.ects and facts.version.workload_hours)

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        version, rules = facts.version, facts.rules
        hours = version.workload_hours / version.ects
        low, high = rules.hours_per_ects_min, rules.hours_per_ects_max
        if not low <= hours <= high:
            yield _(
                "%(hours)s hours for a credit; %(low)s to %(high)s are allowed."
            ) % {
                "hours": f"{hours:.1f}",
                "low": low,
                "high": high,
            }


class DC_08(DesignCheck):  # noqa: N801  official number
    """Contact, individual study, practice and assessment sum to the workload."""

    code, blocks, section = "DC-08", True, "workload"
    ro = "Contactul, studiul individual, practica și evaluarea însumează volumul de muncă."

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        return bool(facts.version.workload_hours)

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        version = facts.version
        total = (
            version.contact_hours
            + version.individual_study_hours
            + version.practice_hours
            + version.assessment_hours
        )
        if total != version.workload_hours:
            yield _("The breakdown sums to %(total)s of %(hours)s hours.") % {
                "total": total,
                "hours": version.workload_hours,
            }


class DC_09(DesignCheck):  # noqa: N801  official number
    """Credits are whole numbers: registers such as DEQAR take no halves."""

    code, blocks, section = "DC-09", False, "workload"
    ro = "Creditele sunt numere întregi: registre precum DEQAR nu primesc jumătăți."

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        return facts.version.ects is not None

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        ects = facts.version.ects
        if ects != int(ects):
            yield _("%(ects)s ECTS is not a whole number.") % {"ects": ects}


class DC_10(DesignCheck):  # noqa: N801  official number
    """The ISCED-F 2013 field is given by its detailed, four-digit code."""

    code, blocks, section = "DC-10", True, "workload"
    ro = "Domeniul ISCED-F 2013 este dat prin codul detaliat, de patru cifre."

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        if len(facts.version.isced_id or "") != 4:
            yield _("No detailed ISCED-F field is chosen.")


CHECKS = (DC_05, DC_06, DC_07, DC_08, DC_09, DC_10)

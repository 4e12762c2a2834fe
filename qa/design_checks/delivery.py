"""Checks of delivery, admission and teaching team."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from qa.design_checks.check import DesignCheck, Facts


class DC_14(DesignCheck):  # noqa: N801  official number
    """Form of participation, languages, duration and locations are stated."""

    code, blocks, section = "DC-14", True, "delivery"
    ro = "Forma de participare, limbile, durata și locurile sunt precizate."

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        version = facts.version
        if not version.participation_form:
            yield _("The form of participation is not chosen.")
        if not facts.languages:
            yield _("No language is named.")
        if not version.duration_weeks:
            yield _("The duration is missing.")
        if not version.locations:
            yield _("No location is named.")


class DC_15(DesignCheck):  # noqa: N801  official number
    """Target group, entry requirements or open access, admission and contact are stated."""

    code, blocks, section = "DC-15", True, "delivery"
    ro = (
        "Grupul-țintă, condițiile de acces (sau accesul liber), admiterea și contactul "
        "sunt precizate."
    )

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        version = facts.version
        if not (version.target_group_ro.strip() and version.target_group_en.strip()):
            yield _("The target group is missing in one of the languages.")
        if not version.contact_email:
            yield _("The contact for learners is missing.")
        if not version.open_access and not (
            version.entry_requirements_ro and version.entry_requirements_en
        ):
            yield _("Entry requirements are missing in one of the languages.")
        if not (version.admission_ro and version.admission_en):
            yield _("The admission procedure is missing in one of the languages.")


class DC_16(DesignCheck):  # noqa: N801  official number
    """The team is named with qualification and load; an affiliated person coordinates."""

    code, blocks, section = "DC-16", True, "team"
    ro = "Echipa are nume, calificare și normă; coordonează o persoană afiliată."

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        if not facts.team:
            yield _("Nobody is named in the teaching team.")
        for number, member in enumerate(facts.team, start=1):
            if not member.name:
                yield _("Teacher %(number)s has no name.") % {"number": number}
            if not (member.qualification and member.hours):
                yield _("%(name)s has no qualification or load.") % {
                    "name": member.name or number
                }
        if facts.team and not any(
            m.is_coordinator and m.is_affiliated for m in facts.team
        ):
            yield _("No affiliated person coordinates the team.")


CHECKS = (DC_14, DC_15, DC_16)

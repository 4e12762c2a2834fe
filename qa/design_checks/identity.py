"""Checks of identity and award."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from qa.design_checks.check import DesignCheck, Facts
from qa.vocabularies import AgreementTopic


class DC_01(DesignCheck):  # noqa: N801  official number
    """Title and summary are given in both languages; no other offer bears the title."""

    code, blocks, section = "DC-01", True, "identity"
    ro = (
        "Titlul și rezumatul sunt date în ambele limbi; nicio altă ofertă nu poartă "
        "titlul."
    )

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        if not facts.version.title_ro:
            yield _("The Romanian title is missing.")
        if not facts.version.title_en:
            yield _("The English title is missing.")
        if not (facts.version.summary_ro.strip() and facts.version.summary_en.strip()):
            yield _("The summary is missing in one of the languages.")
        for number, title_ro, title_en in facts.twins:
            same = title_ro.casefold() == facts.version.title_ro.casefold()
            yield _("%(number)s already bears the title “%(title)s”.") % {
                "number": number,
                "title": title_ro if same else title_en,
            }


class DC_02(DesignCheck):  # noqa: N801  official number
    """At least one awarding body is named, with legal name, country and identifier."""

    code, blocks, section = "DC-02", True, "identity"
    ro = "Este numit cel puțin un organism emitent, cu denumire, țară și identificator."

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        if not facts.awarding_bodies:
            yield _("No awarding body is named.")
        for body in facts.awarding_bodies:
            if not (body.name_en and body.country):
                yield _("%(body)s has no legal name or country.") % {"body": body.code}
            if body.is_own and not body.identifier:
                yield _("%(body)s has no identifier.") % {"body": body.name}


class DC_03(DesignCheck):  # noqa: N801  official number
    """Each awarding institution is accredited on the planned start; others need one that is."""

    code, blocks, section = "DC-03", True, "identity"
    looks_at = "delivery"
    ro = (
        "Fiecare instituție emitentă este acreditată la data de început; "
        "ceilalți parteneri au nevoie de una acreditată."
    )

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        start = facts.version.planned_start
        institutions = _institutions(facts)
        if facts.awarding_bodies and not institutions:
            yield _("No awarding body is a higher education institution.")
        if start is None:
            yield _("The planned start is missing.")
            return
        for body in institutions:
            if not body.is_accredited_on(start):
                yield _("%(body)s is not accredited on %(day)s.") % {
                    "body": body.name,
                    "day": f"{start:%d.%m.%Y}",
                }

    @classmethod
    def notes(cls, facts: Facts) -> Iterator[str]:
        institutions = _institutions(facts)
        awarding = ", ".join(body.name for body in institutions) or "–"
        for body in facts.awarding_bodies:
            if body not in institutions:
                yield _(
                    "%(body)s is not a higher education institution; the award rests "
                    "on: %(awarding)s."
                ) % {"body": body.name, "awarding": awarding}


def _institutions(facts: Facts) -> list[Any]:
    return [body for body in facts.awarding_bodies if body.is_higher_education]


class DC_21(DesignCheck):  # noqa: N801  official number
    """Joint provision rests on a cooperation agreement that covers all five topics."""

    code, blocks, section = "DC-21", True, "identity"
    ro = "Furnizarea comună se sprijină pe un acord care acoperă toate cele cinci teme."

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        return bool(facts.version.is_joint)

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        version = facts.version
        if not version.agreement_reference:
            yield _("The cooperation agreement is not named.")
        for topic in AgreementTopic:
            if topic.value not in version.agreement_topics:
                yield _("The agreement does not cover: %(topic)s.") % {
                    "topic": topic.label
                }


class DC_28(DesignCheck):  # noqa: N801  official number
    """The form of the award and the way to verify it are settled."""

    code, blocks, section = "DC-28", True, "identity"
    ro = "Forma certificatului și modul de verificare sunt stabilite."

    @classmethod
    def details(cls, facts: Facts) -> Iterator[str]:
        if not facts.version.issuing_format:
            yield _("The form of the award is not chosen.")
        if not facts.version.verification_method:
            yield _("How anyone verifies an award is not stated.")


CHECKS = (DC_01, DC_02, DC_03, DC_21, DC_28)

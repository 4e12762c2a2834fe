"""Who issued it, according to what is known of institutions."""

from collections.abc import Iterable
from datetime import date

from recognition.credentials.findings import Finding, failed, passed, unknown
from recognition.credentials.trust import Institution, Trust
from recognition.credentials.words import gettext_noop as _


def known(identifiers: Iterable[str], trust: Trust) -> Institution | None:
    for identifier in identifiers:
        institution = trust.institution(identifier)
        if institution:
            return institution
    return None


def issuer(identifiers: list[str], trust: Trust) -> Finding:
    """Does the identifier belong to an institution in the register of trust?"""
    institution = known(identifiers, trust)
    if institution:
        return passed(
            _("The issuer’s identifier belongs to %(name)s."), name=institution.name
        )
    if not identifiers:
        return unknown(_("The file does not say by an identifier who issued it."))
    return unknown(
        _("%(identifier)s is not in the register of trust; it can be proposed."),
        identifier=identifiers[0][:200],
    )


def quality_assurance(
    identifiers: list[str], trust: Trust, awarded: date | None
) -> Finding:
    """Was the institution covered by external quality assurance on the award date?"""
    institution = known(identifiers, trust)
    if institution is None or not institution.quality_assured:
        return unknown(_("Nothing is known of the issuer’s quality assurance."))
    if awarded is None:
        return unknown(_("The file does not say when the award was made."))
    for coverage in institution.quality_assured:
        if coverage.valid.covers(awarded):
            return passed(
                _("Covered on %(day)s by %(source)s."),
                day=awarded.isoformat(),
                source=coverage.source,
            )
    return failed(
        _("No known quality assurance decision on %(name)s covers %(day)s."),
        name=institution.name,
        day=awarded.isoformat(),
    )

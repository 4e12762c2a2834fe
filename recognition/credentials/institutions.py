"""Who issued it, according to what is known of institutions."""

from collections.abc import Iterable
from datetime import date

from recognition.credentials.findings import Finding, Result, failed, passed, unknown
from recognition.credentials.trust import Institution, Trust, is_address
from recognition.credentials.words import gettext_noop as _


def known(
    identifiers: Iterable[str], trust: Trust, day: date | None
) -> Institution | None:
    """The first institution that one of them belonged to on that day."""
    for identifier in identifiers:
        institution = trust.institution(identifier, day)
        if institution:
            return institution
    return None


def issuer(identifiers: list[str], trust: Trust, signed_on: date) -> Finding:
    """Did the identifier belong to an institution in the register of trust?"""
    institution = known(identifiers, trust, signed_on)
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


def addressed_issuer(
    identifiers: list[str],
    trust: Trust,
    signed_on: date,
    asked_on: date,
    signature: Finding,
) -> Finding:
    """The same of identifiers that are found by an address, which change hands.

    Who holds the address of today could say that he signed yesterday; only a key that
    somebody confirmed tells whether it was the institution.
    """
    institution = known(identifiers, trust, signed_on)
    if institution is None or any(
        not is_address(one) or institution.is_named_by(one, asked_on)
        for one in identifiers
    ):
        return issuer(identifiers, trust, signed_on)
    right = signature.result is Result.PASS
    if right and institution.confirms(str(signature.facts.get("key")), signed_on):
        return issuer(identifiers, trust, signed_on)
    return unknown(
        _(
            "%(identifier)s belonged to %(name)s on %(day)s and no longer does; whether"
            " they signed it, only a confirmed key could tell."
        ),
        identifier=identifiers[0][:200],
        name=institution.name,
        day=signed_on.isoformat(),
    )


def quality_assurance(
    identifiers: list[str], trust: Trust, awarded: date | None, signed_on: date
) -> Finding:
    """Was the institution covered by external quality assurance on the award date?

    Which institution it is, the identifier says on the day when it was signed.
    """
    institution = known(identifiers, trust, signed_on)
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

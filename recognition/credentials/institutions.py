"""Who issued it, according to what is known of institutions."""

import re
from collections.abc import Iterable
from datetime import date

from recognition.credentials.claims import Claim
from recognition.credentials.findings import Finding, Result, failed, passed, unknown
from recognition.credentials.trust import Coverage, Institution, Trust, is_address
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
    return _named(identifiers, known(identifiers, trust, signed_on))


def _named(identifiers: list[str], institution: Institution | None) -> Finding:
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
        return _named(identifiers, institution)
    right = signature.result is Result.PASS
    if right and institution.confirms(str(signature.facts.get("key")), signed_on):
        return _named(identifiers, institution)
    return unknown(
        _(
            "%(identifier)s belonged to %(name)s on %(day)s and no longer does; whether"
            " they signed it, only a confirmed key could tell."
        ),
        identifier=identifiers[0][:200],
        name=institution.name,
        day=signed_on.isoformat(),
    )


# What is known is told first; then what the file names, which proves nothing by itself.
NOTHING = _("Nothing is known of the issuer’s quality assurance.")
NO_DAY = _("The file does not say when the award was made.")
COVERED = _("Covered on %(day)s by %(source)s.")
COVERED_BY_NAMED = _("Covered on %(day)s by %(source)s, which the file names too.")
NOT_COVERED = _("No known quality assurance decision on %(name)s covers %(day)s.")
WITH_NAMED = {
    NOTHING: _(
        "Nothing is known of the issuer’s quality assurance. The file names %(named)s, "
        "which was not looked up."
    ),
    NO_DAY: _(
        "The file does not say when the award was made. It names %(named)s, which was "
        "not looked up."
    ),
    COVERED: _(
        "Covered on %(day)s by %(source)s. The file names %(named)s, which was not "
        "looked up."
    ),
    NOT_COVERED: _(
        "No known quality assurance decision on %(name)s covers %(day)s. The file names "
        "%(named)s, which was not looked up."
    ),
}
MOST_NAMED, LONGEST_NAMED = 5, 120
DEQAR_REPORT = re.compile(r"https?://data\.deqar\.eu/reports?/(\d{1,9})/?")


def assured_by(claims: Iterable[Claim]) -> tuple[str, ...]:
    """What the file itself names as its quality assurance: reports and decisions."""
    told = [claim.value for claim in claims if claim.name == "quality_assurance"]
    values = told[0] if told and isinstance(told[0], list) else told
    return tuple(str(one)[:LONGEST_NAMED] for one in values[:MOST_NAMED])


def quality_assurance(
    identifiers: list[str],
    trust: Trust,
    awarded: date | None,
    signed_on: date,
    named: tuple[str, ...] = (),
) -> Finding:
    """Was the institution covered by external quality assurance on the award date?

    Which institution it is, the identifier says on the day when it was signed; where it
    is doubtful whose it is, none is given.
    `named` is the file's own word for it: told, and never a reason to pass.
    """
    beside = {"named": ", ".join(named)} if named else {}

    def sentence(told: str) -> str:
        return WITH_NAMED[told] if named else told

    institution = known(identifiers, trust, signed_on)
    if institution is None or not institution.quality_assured:
        return unknown(sentence(NOTHING), **beside)
    if awarded is None:
        return unknown(sentence(NO_DAY), **beside)
    day = awarded.isoformat()
    covering = [c for c in institution.quality_assured if c.valid.covers(awarded)]
    for coverage in covering:
        if any(_is_named(coverage, one) for one in named):
            return passed(COVERED_BY_NAMED, day=day, source=coverage.source, **beside)
    if covering:
        source = covering[0].source
        return passed(sentence(COVERED), day=day, source=source, **beside)
    return failed(sentence(NOT_COVERED), name=institution.name, day=day, **beside)


def _is_named(coverage: Coverage, named: str) -> bool:
    """By its address, or by the number that DEQAR gave the report; no other word."""
    report = DEQAR_REPORT.fullmatch(named)
    words = coverage.source.split()
    if named in words:
        return named.startswith(("https://", "http://"))
    return bool(report and "DEQAR" in coverage.source and report[1] in words)

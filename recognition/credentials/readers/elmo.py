"""ELMO 1.x transcripts of EMREX, alone or inside an answer of EWP."""

from datetime import datetime
from typing import Any

from recognition.credentials import (
    certificates,
    dates,
    elmo_rules,
    institutions,
    recipients,
    safe_xml,
    validity,
)
from recognition.credentials.findings import (
    Check,
    Finding,
    Format,
    Report,
    Result,
    passed,
    unknown,
)
from recognition.credentials.proofs import xml_signature
from recognition.credentials.proofs.xml_signature import SignedXml
from recognition.credentials.readers import elmo_claims
from recognition.credentials.readers.elmo_claims import named, text
from recognition.credentials.readers.verifiable import Door
from recognition.credentials.refusals import Malformed, Unreadable
from recognition.credentials.words import gettext_noop as _

BEFORE_1 = "http://purl.org/net/elmo"
MOST_TRANSCRIPTS = 20


def report(content: bytes, door: Door) -> Report:
    root = safe_xml.parse(content)
    if root.tag == f"{{{BEFORE_1}}}elmo":
        raise Unreadable(_("Transcripts before ELMO 1.0 are not read here."))
    found = [root] if root.tag == named("elmo") else _inside(root)
    if not found:
        raise Unreadable(_("The XML is no ELMO transcript: confirm by hand."))
    if len(found) == 1:
        return _report(found[0], door)
    raise Unreadable(_("The file holds several transcripts: hand them in one by one."))


def _inside(root: Any) -> list[Any]:
    """Each transcript of an answer, as a document of its own."""
    from lxml import etree  # noqa: PLC0415  heavy: for transcripts only

    found = list(root.iter(named("elmo")))[:MOST_TRANSCRIPTS]
    return [etree.fromstring(etree.tostring(one, with_tail=False)) for one in found]


def _report(root: Any, door: Door) -> Report:
    signed = xml_signature.verify(root)
    # Whatever a signature covers is read from what it covers, not from beside it.
    elmo = root if signed.content is None else signed.content
    identifiers = _identifiers(elmo)
    # A transcript is signed as it is made; what it tells of may be of years before.
    made = _instant(text(elmo, "generatedDate"))
    awarded = _instant(text(elmo, "report/issueDate")) or made
    signed_on = (made or door.at).date()
    findings = {
        Check.FORMAT: passed(_("Read as an ELMO transcript.")),
        Check.STRUCTURE: elmo_rules.checked(elmo),
        Check.COVERAGE: signed.coverage,
        Check.SIGNATURE: signed.signature,
        Check.KEY_BINDING: _binding(signed, identifiers, door, made),
        Check.ISSUER: institutions.issuer(identifiers, door.trust, signed_on),
        Check.QUALITY_ASSURANCE: institutions.quality_assurance(
            identifiers, door.trust, awarded.date() if awarded else None, signed_on
        ),
        Check.STATUS: passed(_("The credential names no status list.")),
        Check.VALIDITY: validity.window(
            [text(elmo, "generatedDate"), text(elmo, "report/issueDate")], [], door.at
        ),
        Check.RECIPIENT: _recipient(elmo, door),
    }
    said = elmo_claims.claims(elmo, identifiers[:1])
    return Report(Format.ELMO, findings, said, issuers=tuple(identifiers))


def _instant(told: str | None) -> datetime | None:
    try:
        return dates.instant(told) if told else None
    except Malformed:
        return None


def _identifiers(elmo: Any) -> list[str]:
    """Each identifier with its kind, and the site, as the register may list them."""
    issuer = elmo.find(named("report/issuer"))
    if issuer is None:
        return []
    told = [
        f"{one.get('type')}:{one.text.strip()}"
        for one in issuer.findall(named("identifier"))
        if one.text
    ]
    url = text(issuer, "url")
    return [*told, url] if url else told


def _binding(
    signed: SignedXml, identifiers: list[str], door: Door, made: datetime | None
) -> Finding:
    if signed.certificate is None:
        return unknown(_("There is no key that could be compared with the issuer."))
    at = made or door.at
    institution = institutions.known(identifiers, door.trust, at.date())
    found = certificates.binding(signed.certificate, (), door.trust, institution, at)
    key = certificates.public_key(signed.certificate)
    if found.result is not Result.PASS or (
        institution and certificates.confirmed(key, institution, at)
    ):
        return found
    # A chain tells who signed, not that the institution lets them sign for it.
    return unknown(
        _(
            "The certificate is of %(name)s; that it may sign for the issuer is not in"
            " the register of trust."
        ),
        name=certificates.told_name(signed.certificate),
    )


def _recipient(elmo: Any, door: Door) -> Finding:
    parts = (text(elmo, "learner/givenNames"), text(elmo, "learner/familyName"))
    numbers = [
        one.text.strip()
        for one in elmo.findall(named("learner/identifier"))
        if one.text
    ]
    name = " ".join(one for one in parts if one)
    return recipients.compared(door.trust.applicant, numbers, [], [name])

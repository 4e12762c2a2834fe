"""European Digital Credentials for Learning: sealed text, or what is not sealed yet."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from recognition.credentials import (
    certificates,
    contexts,
    dates,
    european_rules,
    institutions,
    recipients,
    safe_json,
    status,
    validity,
)
from recognition.credentials.findings import (
    NO_PROOF,
    NOT_CHECKED,
    Check,
    Finding,
    Format,
    Report,
    Result,
    failed,
    passed,
    unknown,
)
from recognition.credentials.proofs import jades
from recognition.credentials.proofs.jades import Sealed
from recognition.credentials.readers.european_claims import claims, first, words
from recognition.credentials.readers.verifiable import Door, verified_list
from recognition.credentials.refusals import Malformed, Unreadable
from recognition.credentials.safe_json import listed
from recognition.credentials.structure import identifier, is_of
from recognition.credentials.words import gettext_noop as _

UNSEALED_YET = Sealed(unknown(NO_PROOF))
NO_KEY = _("There is no key that could be compared with the issuer.")


# DC4EU's and EBSI's variant is read by the same words.
VOCABULARIES = {contexts.EUROPEAN, "https://ec.europa.eu/credentials/v1"}


def is_unsealed(document: Any) -> bool:
    return is_of(document, "EuropeanDigitalCredential") or (
        isinstance(document, dict)
        and is_of(document.get("credential"), "EuropeanDigitalCredential")
    )


def report_unsealed(document: dict[str, Any], door: Door) -> Report:
    """An example or a form for the sealing platform: it can be read, not verified."""
    credential = document.get("credential", document)
    if not isinstance(credential, dict):
        raise Unreadable(_("The European Digital Credential holds no credential."))
    proofs = {
        Check.STRUCTURE: european_rules.checked(credential, sealed=False),
        Check.COVERAGE: unknown(NOT_CHECKED),
        Check.SIGNATURE: unknown(NO_PROOF),
        Check.KEY_BINDING: unknown(NO_KEY),
    }
    return _report(
        credential, proofs, _told_identifiers(credential), UNSEALED_YET, door
    )


def report_sealed(document: dict[str, Any], door: Door) -> Report:
    credential = safe_json.loads(jades.payload(document))
    if not is_of(credential, "EuropeanDigitalCredential"):
        raise Unreadable(_("What is sealed is not a European Digital Credential."))
    sealed = _dated(jades.verify(document), credential)
    identifiers = _sealed_identifiers(credential, sealed, door)
    proofs = {
        Check.STRUCTURE: european_rules.checked(credential, sealed=True),
        Check.COVERAGE: _coverage(credential),
        Check.SIGNATURE: sealed.signature,
        Check.KEY_BINDING: _binding(credential, sealed, identifiers, door),
    }
    return _report(credential, proofs, identifiers, sealed, door)


def _dated(sealed: Sealed, credential: dict[str, Any]) -> Sealed:
    """A seal without a day of its own is of the day on which its text was issued."""
    try:
        return replace(sealed, made=sealed.made or dates.instant(credential["issued"]))
    except (KeyError, Malformed):
        return sealed


def _coverage(credential: dict[str, Any]) -> Finding:
    """The seal covers the text; what its words mean, their vocabulary has to say."""
    for url in listed(credential.get("@context"))[1:]:
        if not isinstance(url, str) or url not in VOCABULARIES:
            refusal = contexts.missing(str(url))
            return unknown(refusal.sentence, **refusal.facts)
    return passed(_("The seal covers the whole text of the credential."))


def _report(
    credential: dict[str, Any],
    proofs: dict[Check, Finding],
    identifiers: list[str],
    sealed: Sealed,
    door: Door,
) -> Report:
    day, said = _award_day(credential), claims(credential)
    signed_on = (sealed.made or day or door.at).date()
    findings = {
        Check.FORMAT: passed(_("Read as a European Digital Credential.")),
        **proofs,
        Check.ISSUER: institutions.issuer(identifiers, door.trust, signed_on),
        Check.QUALITY_ASSURANCE: institutions.quality_assurance(
            identifiers,
            door.trust,
            day.date() if day else None,
            signed_on,
            institutions.assured_by(said),
        ),
        Check.STATUS: _status(credential, sealed, door),
        Check.VALIDITY: validity.window(
            [
                *(credential.get(one) for one in ("validFrom", "issuanceDate")),
                credential.get("issued"),
                sealed.made.isoformat() if sealed.made else None,
            ],
            [credential.get(name) for name in ("validUntil", "expirationDate")],
            door.at,
        ),
        Check.RECIPIENT: _recipient(credential, door),
    }
    kind = Format.EUROPEAN_DIGITAL_CREDENTIAL
    return Report(kind, findings, said, issuers=tuple(identifiers))


def _told_identifiers(credential: dict[str, Any]) -> list[str]:
    """By what the file names its issuer; urn:epass only counts inside it."""
    issuer = credential.get("issuer")
    party = first(issuer)
    told = [
        first(party.get("eIDASIdentifier")).get("notation"),
        party.get("id"),
        issuer if isinstance(issuer, str) else None,
    ]
    return [
        one for one in told if isinstance(one, str) and not one.startswith("urn:epass:")
    ]


def _sealed_identifiers(
    credential: dict[str, Any], sealed: Sealed, door: Door
) -> list[str]:
    """By what the issuer is known to whoever vouches for the seal.

    The authority vouches for the number in the certificate. What else the text names
    counts where a person confirmed the key for the institution that bears that name.
    """
    certificate = sealed.certificate
    if certificate is None:
        return []
    held = certificates.organisation_id(certificate)
    key, at = certificates.public_key(certificate), sealed.made or door.at
    found = [held] if held else []
    for one in _told_identifiers(credential):
        institution = door.trust.institution(one, at.date())
        if institution and certificates.confirmed(key, institution, at):
            found.append(one)
    return list(dict.fromkeys(found))


def _award_day(credential: dict[str, Any]) -> datetime | None:
    claimed = first(first(credential.get("credentialSubject")).get("hasClaim"))
    awarded = first(claimed.get("awardedBy")).get("awardingDate")
    for told in (awarded, credential.get("issued"), credential.get("validFrom")):
        if told is not None:
            try:
                return dates.instant(told)
            except Malformed:
                return None
    return None


def _binding(
    credential: dict[str, Any], sealed: Sealed, identifiers: list[str], door: Door
) -> Finding:
    """The seal's certificate is that of the organisation named as the issuer."""
    certificate = sealed.certificate
    if certificate is None:
        return unknown(NO_KEY)
    issuer = first(credential.get("issuer"))
    named = first(issuer.get("eIDASIdentifier")).get("notation")
    held = certificates.organisation_id(certificate)
    if named != held:
        return failed(
            _("The seal is of %(held)s, but %(named)s is named as the issuer."),
            held=str(held),
            named=str(named),
        )
    names = listed(issuer.get("legalName")) and issuer["legalName"]
    told = names.values() if isinstance(names, dict) else listed(names)
    legal = {text for value in told for text in listed(value) if isinstance(text, str)}
    if certificates.organisation(certificate) not in legal:
        return failed(
            _("The seal is of %(held)s, but %(named)s is named as the issuer."),
            held=certificates.told_name(certificate),
            named=str(words(names)),
        )
    at = sealed.made or door.at
    institution = institutions.known(identifiers, door.trust, at.date())
    return certificates.binding(certificate, sealed.others, door.trust, institution, at)


def _status(credential: dict[str, Any], sealed: Sealed, door: Door) -> Finding:
    """As of every W3C credential: a list of the issuer's own, where it is at hand."""
    issuer = credential.get("issuer")
    right = sealed.signature.result is Result.PASS
    return status.status(
        credential,
        identifier(first(issuer) or issuer),
        sealed.signature.facts.get("key") if right else None,
        door.trust,
        lambda kept: verified_list(kept, door),
    )


def _recipient(credential: dict[str, Any], door: Door) -> Finding:
    person = first(credential.get("credentialSubject"))
    numbers = [
        first(one).get("notation")
        for one in (
            *listed(person.get("nationalID")),
            *listed(person.get("identifier")),
        )
    ]
    full = words(person.get("fullName"))
    parts = (words(person.get("givenName")), words(person.get("familyName")))
    return recipients.compared(
        door.trust.applicant,
        [one for one in numbers if isinstance(one, str)],
        [],
        [full or " ".join(one for one in parts if one)],
    )

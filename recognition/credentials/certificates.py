"""Certificates of seals: whose they are, and whether they lead to a known anchor."""

import asyncio
import binascii
from base64 import b64decode
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from recognition.credentials import keys
from recognition.credentials.findings import Finding, failed, passed, unknown
from recognition.credentials.refusals import Malformed
from recognition.credentials.trust import Institution, Trust
from recognition.credentials.words import gettext_noop as _

MOST_CERTIFICATES = 20
NOT_CHAINED = _("Its certificate, of %(name)s, leads to none of the known anchors.")


NOT_READ = _("A certificate in the file cannot be read.")
UNREADABLE = (ValueError, x509.InvalidVersion)


def from_base64(text: Any) -> x509.Certificate:
    try:
        return from_der(b64decode(text, validate=True))
    except (TypeError, ValueError, binascii.Error) as error:
        raise Malformed(NOT_READ) from error


def from_der(content: bytes) -> x509.Certificate:
    """A certificate whose parts that are asked for later can all be read."""
    try:
        found = x509.load_der_x509_certificate(content)
        # The library reads these when they are first asked for.
        _read = found.subject, found.not_valid_before_utc, found.not_valid_after_utc
    except UNREADABLE as error:
        raise Malformed(NOT_READ) from error
    return found


def from_pem(text: str) -> list[x509.Certificate]:
    """The certificates of a PEM text, one at least."""
    try:
        return x509.load_pem_x509_certificates(text.encode())
    except UNREADABLE as error:
        raise Malformed(NOT_READ) from error


def pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()


def public_key(certificate: x509.Certificate) -> keys.PublicKey:
    try:
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm) as error:
        raise Malformed(NOT_READ) from error
    if not isinstance(key, keys.PublicKey):
        raise Malformed(_("The key is of a kind that is not read here."))
    return key


def _named(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> str | None:
    found = certificate.subject.get_attributes_for_oid(oid)
    return str(found[0].value) if found else None


def organisation(certificate: x509.Certificate) -> str | None:
    return _named(certificate, NameOID.ORGANIZATION_NAME)


def organisation_id(certificate: x509.Certificate) -> str | None:
    """The eIDAS identifier of the organisation (ETSI EN 319 412-1 §5.1.4)."""
    return _named(certificate, NameOID.ORGANIZATION_IDENTIFIER)


def told_name(certificate: x509.Certificate) -> str:
    return (
        organisation(certificate)
        or _named(certificate, NameOID.COMMON_NAME)
        or certificate.subject.rfc4514_string()
    )


def confirmed(key: keys.PublicKey, institution: Institution, at: datetime) -> bool:
    """Has somebody confirmed that the key is the institution's?"""
    return institution.confirms(keys.thumbprint(key), at.date())


def binding(
    certificate: x509.Certificate,
    others: Iterable[x509.Certificate],
    trust: Trust,
    institution: Institution | None,
    at: datetime,
) -> Finding:
    """Confirmed in the register of trust, or by a chain to an anchor at that time."""
    name = told_name(certificate)
    if institution and confirmed(public_key(certificate), institution, at):
        return passed(
            _("The key is confirmed for %(name)s in the register of trust."),
            name=institution.name,
        )
    anchors = trust.anchors_on(at.date())
    if not anchors:
        return unknown(NOT_CHAINED, name=name)
    if not (certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc):
        return failed(
            _("The certificate of %(name)s was not in force when it sealed."), name=name
        )
    if _leads_to_an_anchor(certificate, list(others), anchors, at):
        return passed(
            _("The certificate of %(name)s leads to a known anchor."), name=name
        )
    return unknown(NOT_CHAINED, name=name)


def _leads_to_an_anchor(
    certificate: x509.Certificate,
    others: list[x509.Certificate],
    anchors: tuple[str, ...],
    at: datetime,
) -> bool:
    from asn1crypto import x509 as asn1  # noqa: PLC0415  heavy: only for seals
    from pyhanko_certvalidator import (  # noqa: PLC0415  as above
        CertificateValidator,
        ValidationContext,
    )
    from pyhanko_certvalidator.errors import (  # noqa: PLC0415  as above
        PathError,
        ValidationError,
    )

    def told(all_: Iterable[x509.Certificate]) -> list[asn1.Certificate]:
        """Those whose extensions can be read, which is asked for outside the check."""
        found = [asn1.Certificate.load(one.public_bytes(Encoding.DER)) for one in all_]
        return [one for one in found if _has_readable_extensions(one)]

    roots = told(root for pem in anchors for root in from_pem(pem))
    context = ValidationContext(
        trust_roots=roots, allow_fetching=False, moment=at, revocation_mode="soft-fail"
    )
    own = told([certificate])
    if not own:
        return False
    try:  # the keys of the others are read on the way
        validator = CertificateValidator(
            own[0], told(others[:MOST_CERTIFICATES]), validation_context=context
        )
        asyncio.run(validator.async_validate_path())
    except (PathError, ValidationError, ValueError, TypeError, KeyError):
        return False
    return True


def _has_readable_extensions(certificate: Any) -> bool:
    try:
        _read = certificate.key_identifier_value  # reads them all
    except (ValueError, TypeError, KeyError):
        return False
    return True

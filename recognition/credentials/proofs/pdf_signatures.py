"""Signatures inside PDF files, judged by pyHanko without any fetching."""

import logging
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from recognition.credentials import certificates, keys
from recognition.credentials.findings import (
    CHANGED,
    NO_PROOF,
    NOT_CHECKED,
    Finding,
    Result,
    failed,
    passed,
    unknown,
)
from recognition.credentials.proofs.algorithms import LEAST_RSA_BITS
from recognition.credentials.proofs.outcome import BOUND
from recognition.credentials.proofs.xml_signature import OBSOLETE
from recognition.credentials.refusals import Malformed, Unreadable
from recognition.credentials.words import gettext_noop as _

MOST_SIGNATURES = 20
WEAK = ("md5", "sha1")
# What parsers of PDF raise besides their own errors when a file lies about itself.
LIES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True)
class SignedPdf:
    """The judgement of a signature with the certificate that made it."""

    signature: Finding
    coverage: Finding
    certificate: x509.Certificate | None = None
    others: tuple[x509.Certificate, ...] = ()
    made: datetime | None = None


def verify(content: bytes, binding: Callable[[SignedPdf], Finding]) -> SignedPdf:
    """All signatures have to be right, and one of them has to cover the file.

    Of those that cover it the issuer's speaks, whoever signed after it.
    """
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415  heavy: for PDF only
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415  as above

    # Chains that lead nowhere are told as findings, not as tracebacks in a log.
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    try:
        reader = PdfFileReader(BytesIO(content))
        if reader.encrypted:
            raise Unreadable(_("The PDF is protected by a password."))
        found = list(reader.embedded_regular_signatures)
    except (PdfError, RecursionError, *LIES) as error:
        raise Unreadable(_("The PDF is damaged and cannot be read.")) from error
    if not found:
        return SignedPdf(unknown(NO_PROOF), unknown(NOT_CHECKED))
    if len(found) > MOST_SIGNATURES:
        raise Unreadable(_("The PDF bears more signatures than can be checked."))
    judged = [_judged(one) for one in found]
    for result in (Result.FAIL, Result.UNKNOWN):
        for one in judged:
            if one.signature.result is result:
                return one
    covering = [one for one in judged if one.coverage.result is Result.PASS]
    latest_first = (covering or judged)[::-1]
    return min(latest_first, key=lambda one: BOUND[binding(one).result])


def _judged(embedded: Any) -> SignedPdf:
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415  as above
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415
    from pyhanko.sign.validation.errors import (  # noqa: PLC0415  as above
        DisallowedAlgorithmError,
        SignatureValidationError,
    )
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415  as above

    try:
        certificate = _own(embedded.signer_cert)
        others = tuple(_own(one) for one in embedded.other_embedded_certs)
        weak = _weak(embedded, certificate)
        if weak:
            return SignedPdf(weak, unknown(NOT_CHECKED), certificate, others)
        nothing = ValidationContext(trust_roots=[], allow_fetching=False)
        status = validate_pdf_signature(embedded, nothing, nothing)
    except DisallowedAlgorithmError:
        told = unknown(OBSOLETE, algorithm=str(embedded.md_algorithm).upper())
        return SignedPdf(told, unknown(NOT_CHECKED))
    except (SignatureValidationError, PdfError, Malformed, *LIES):
        broken = failed(_("A signature in the PDF cannot be read."))
        return SignedPdf(broken, unknown(NOT_CHECKED))
    made = embedded.self_reported_timestamp
    if not (status.intact and status.valid):
        return SignedPdf(failed(CHANGED), unknown(NOT_CHECKED), certificate, others)
    thumbprint = keys.thumbprint(certificates.public_key(certificate))
    told = passed(_("The signature is right for the key %(key)s."), key=thumbprint)
    return SignedPdf(told, _coverage(status), certificate, others, made)


def _own(certificate: Any) -> x509.Certificate:
    """The same certificate as the library of all other checks has it."""
    return certificates.from_der(certificate.dump())


def _weak(embedded: Any, certificate: x509.Certificate) -> Finding | None:
    algorithm = str(embedded.md_algorithm).lower()
    if algorithm in WEAK:
        return unknown(OBSOLETE, algorithm=algorithm.upper())
    key = certificates.public_key(certificate)
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < LEAST_RSA_BITS:
        sentence = _("The key has %(bits)s bits; so short a key proves nothing.")
        return unknown(sentence, bits=key.key_size)
    return None


def _coverage(status: Any) -> Finding:
    """The whole file, or all of it but what signing again adds by right."""
    from pyhanko.sign.diff_analysis import ModificationLevel  # noqa: PLC0415  as above
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415

    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return passed(_("The signature covers the whole file."))
    by_right = (
        ModificationLevel.NONE,
        ModificationLevel.LTA_UPDATES,
        ModificationLevel.FORM_FILLING,
    )
    if (
        status.coverage is SignatureCoverageLevel.ENTIRE_REVISION
        and status.modification_level in by_right
    ):
        return passed(
            _("After it was signed, only signatures or form fields were added.")
        )
    return failed(_("The file was changed after it was signed."))

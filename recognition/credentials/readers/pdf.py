"""PDF files: their signatures, and the credentials attached to them."""

from collections.abc import Callable, Iterator
from io import BytesIO

from recognition.credentials import certificates, institutions, recipients, validity
from recognition.credentials.findings import (
    Check,
    Finding,
    Format,
    Report,
    Result,
    passed,
    unknown,
)
from recognition.credentials.proofs import pdf_signatures
from recognition.credentials.proofs.pdf_signatures import LIES, SignedPdf
from recognition.credentials.readers.verifiable import Door
from recognition.credentials.words import gettext_noop as _

MOST_ATTACHMENTS = 20
MOST_BYTES = 8 * 1024 * 1024


def report(content: bytes, door: Door, read: Callable[[bytes], Report]) -> Report:
    """The file itself; what is attached is read by `read`, each for itself."""
    signed = pdf_signatures.verify(content, lambda one: _binding(one, door))
    identifiers = _organisation(signed)
    day = signed.made
    signed_on = (day or door.at).date()
    findings = {
        Check.FORMAT: passed(_("Read as a PDF document.")),
        Check.STRUCTURE: passed(_("The PDF can be read.")),
        Check.COVERAGE: signed.coverage,
        Check.SIGNATURE: signed.signature,
        Check.KEY_BINDING: _binding(signed, door),
        Check.ISSUER: institutions.issuer(identifiers, door.trust, signed_on),
        Check.QUALITY_ASSURANCE: institutions.quality_assurance(
            identifiers, door.trust, day.date() if day else None, signed_on
        ),
        Check.STATUS: passed(_("The credential names no status list.")),
        Check.VALIDITY: validity.window(
            [day.isoformat() if day else None], [], door.at
        ),
        Check.RECIPIENT: unknown(
            _("Whom a PDF speaks of, a person has to read.")
            if door.trust.applicant
            else recipients.NOBODY
        ),
    }
    parts = tuple(_credentials(content, read))
    return Report(Format.PDF, findings, parts=parts, issuers=tuple(identifiers))


def _organisation(signed: SignedPdf) -> list[str]:
    """Who sealed it, by the identifier in the certificate; a PDF names no issuer."""
    if signed.certificate is None or signed.signature.result is not Result.PASS:
        return []
    organisation = certificates.organisation_id(signed.certificate)
    return [organisation] if organisation else []


def _binding(signed: SignedPdf, door: Door) -> Finding:
    if signed.certificate is None:
        return unknown(_("There is no key that could be compared with the issuer."))
    at = signed.made or door.at
    institution = institutions.known(_organisation(signed), door.trust, at.date())
    return certificates.binding(
        signed.certificate, signed.others, door.trust, institution, at
    )


def _credentials(content: bytes, read: Callable[[bytes], Report]) -> Iterator[Report]:
    """Attachments that are credentials; others are the document's own business."""
    for attached in _attachments(content)[:MOST_ATTACHMENTS]:
        if len(attached) <= MOST_BYTES:
            part = read(attached)
            if part.format not in (Format.DOCUMENT, Format.PDF):
                yield part


def _attachments(content: bytes) -> list[bytes]:
    from pypdf import (  # noqa: PLC0415  heavy: for PDF only
        Configuration,
        PdfReader,
        apply_configuration,
    )
    from pypdf.errors import PyPdfError  # noqa: PLC0415  as above

    bounded = Configuration(
        zlib_maximum_output_length=MOST_BYTES,
        lzw_maximum_output_length=MOST_BYTES,
        run_length_maximum_output_length=MOST_BYTES,
    )
    try:
        with apply_configuration(bounded):
            reader = PdfReader(BytesIO(content))
            return [one for several in reader.attachments.values() for one in several]
    except (PyPdfError, RecursionError, *LIES):
        return []

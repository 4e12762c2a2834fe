"""PDF files: their signatures, and the credentials attached to them."""

from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import islice
from typing import Any

from recognition.credentials import certificates, institutions, recipients, validity
from recognition.credentials.baked import NOTHING_BAKED
from recognition.credentials.detection import Kind, kind_of
from recognition.credentials.findings import (
    Check,
    Finding,
    Format,
    Report,
    Result,
    Verdict,
    passed,
    unknown,
)
from recognition.credentials.proofs import pdf_signatures
from recognition.credentials.proofs.pdf_signatures import LIES, SignedPdf
from recognition.credentials.readers.verifiable import Door, unreadable
from recognition.credentials.refusals import Unreadable
from recognition.credentials.words import gettext_noop as _

MOST_ATTACHMENTS = 20
MOST_LISTED = MOST_ATTACHMENTS + 1  # so that there are more is known
MOST_BYTES = 8 * 1024 * 1024
MOST_NODES = 1000

WRITTEN_LIKE_ONE = (
    Kind.JSON,
    Kind.TOKEN,
    Kind.XML,
    Kind.PACKED,
    Kind.PNG,
    Kind.SVG,
)
NO_ATTACHMENTS = _(
    "What is attached to the PDF cannot be read; a credential among it would not be"
    " seen."
)
TOO_LARGE = _("An attachment of the PDF is larger than %(limit)s MB and was not read.")
DAMAGED = _("An attachment of the PDF is empty or damaged.")
TOO_MANY = _("The PDF has more than %(limit)s attachments; the others were not read.")


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
    """Attachments that are credentials, and those of which nobody can tell; others are
    the document's own business."""
    for number, attached in enumerate(_attachments(content)):
        if number == MOST_ATTACHMENTS:
            yield unreadable(Unreadable(TOO_MANY, limit=MOST_ATTACHMENTS))
            return
        if isinstance(attached, Unreadable):
            yield unreadable(attached)
            continue
        part = read(attached)
        if part.verdict is not Verdict.UNREADABLE or _may_be_one(attached, part):
            yield part


def _may_be_one(attached: bytes, part: Report) -> bool:
    """Is it written like a credential, though none was read from it?"""
    empty = part.findings[Check.FORMAT].sentence == NOTHING_BAKED
    return kind_of(attached) in WRITTEN_LIKE_ONE and not empty


def _attachments(content: bytes) -> Iterator[bytes | Unreadable]:
    """What each attachment holds, or why it was not read."""
    from pypdf import (  # noqa: PLC0415  heavy: for PDF only
        Configuration,
        PdfReader,
        apply_configuration,
    )
    from pypdf.errors import LimitReachedError, PyPdfError  # noqa: PLC0415  as above

    bounded = Configuration(
        zlib_maximum_output_length=MOST_BYTES,
        lzw_maximum_output_length=MOST_BYTES,
        run_length_maximum_output_length=MOST_BYTES,
    )
    with apply_configuration(bounded):
        try:
            files = list(islice(_files(PdfReader(BytesIO(content))), MOST_LISTED))
        except (PyPdfError, RecursionError, *LIES):
            yield Unreadable(NO_ATTACHMENTS)
            return
        for file in files:
            try:
                held = file.content
            except LimitReachedError:
                held = None
            except (PyPdfError, RecursionError, *LIES):
                held = b""
            if held is None or len(held) > MOST_BYTES:
                yield Unreadable(TOO_LARGE, limit=MOST_BYTES // 1024**2)
            else:  # where packing is damaged, the library may give nothing at all
                yield held or Unreadable(DAMAGED)


def _files(reader: Any) -> Iterator[Any]:
    """The leaves of the tree of names (ISO 32000-2 §7.9.6), in its order."""
    from pypdf.generic import EmbeddedFile, NullObject  # noqa: PLC0415  as above

    names = _entry(reader.root_object, "/Names")
    root = names and _entry(names, "/EmbeddedFiles")
    waiting = [root] if root else []
    for _node in range(MOST_NODES):
        if not waiting:
            return
        node = waiting.pop().get_object()
        waiting.extend(reversed(_entry(node, "/Kids") or []))
        held = [one for one in _entry(node, "/Names") or [] if not isinstance(one, str)]
        for one in held:
            found = one.get_object()
            if not isinstance(found, NullObject):
                yield EmbeddedFile("", found)
    raise ValueError("A tree that never ends")


def _entry(node: Any, name: str) -> Any:
    """What a name leads to; null says that there is nothing."""
    from pypdf.generic import NullObject  # noqa: PLC0415  as above

    if name not in node:
        return None
    value = node[name]
    return None if isinstance(value, NullObject) else value

"""PDF files: what their signatures cover, who made them, and what is attached.

They are signed by pyHanko, which also verifies: no other library here signs PDF. The
files of others in the samples stand in for an independent signer.
"""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject
from reportlab.pdfgen.canvas import Canvas

from recognition.credentials import verification
from recognition.credentials.contexts import Contexts
from recognition.credentials.findings import Check, Report
from recognition.credentials.trust import Applicant, Institution, KnownKey, Trust
from tests.credentials import made, made_seals
from tests.credentials.asked import results, verify
from tests.credentials.made_seals import pem

ANCHORED = Trust(anchors=(pem(made_seals.ROOT),))


def written(*attached: bytes, password: str = "") -> bytes:
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(72, 720, "This diploma says: three ECTS")
    canvas.save()
    writer = PdfWriter(clone_from=BytesIO(out.getvalue()))
    for number, content in enumerate(attached):
        writer.add_attachment(f"{number:02}.json", content)
    if password:
        writer.encrypt(password)
    again = BytesIO()
    writer.write(again)
    return again.getvalue()


def signed(
    content: bytes,
    key: Any = made_seals.SEAL,
    leaf: Any = made_seals.LEAF,
    *,
    field: str = "Seal",
    digest: str = "sha256",
) -> bytes:
    store = SimpleCertificateStore()
    store.register(_asn1(made_seals.ROOT))
    signer = signers.SimpleSigner(
        signing_cert=_asn1(leaf),
        signing_key=asn1_keys.PrivateKeyInfo.load(_der(key)),
        cert_registry=store,
    )
    meta = signers.PdfSignatureMetadata(field_name=field, md_algorithm=digest)
    out = BytesIO()
    writing = signers.PdfSigner(meta, signer).async_sign_pdf(
        IncrementalPdfFileWriter(BytesIO(content)), output=out
    )
    asyncio.run(writing)
    return out.getvalue()


def _asn1(certificate: Any) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def _der(key: Any) -> bytes:
    return bytes(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))


def drawn_over(content: bytes) -> bytes:
    """A later change that nobody signed."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    over = RawContent(b"BT /F1 12 Tf 72 700 Td (60) Tj ET", BoxConstraints(100, 100))
    writer.add_stream_to_page(
        0, writer.add_object(StreamObject(stream_data=over.render()))
    )
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def diploma() -> bytes:
    return signed(written())


def test_good(diploma: bytes) -> None:
    report = at_signing(diploma, ANCHORED)

    assert results(report)["coverage"] == "pass"
    assert report.verdict == "verified"


def at_signing(content: bytes, trust: Trust | None = None) -> Report:
    """pyHanko dates a signature by the machine's clock: look at it a day later."""
    return verification.verify(
        content,
        at=datetime.now(UTC) + timedelta(days=1),
        trust=trust or Trust(),
        contexts=Contexts(),
    )


def test_good_by_a_key_in_the_register(diploma: bytes) -> None:
    exemplu = Institution(
        made_seals.NAME,
        frozenset({made_seals.NUMBER}),
        (KnownKey(made.thumbprint(made_seals.SEAL)),),
    )
    report = at_signing(diploma, Trust((exemplu,)))

    assert results(report)["issuer"] == "pass"
    assert report.verdict == "verified"


def test_tampered(diploma: bytes) -> None:
    place = diploma.index(b"/MediaBox") + len(b"/MediaBox [ 0 0 ")
    content = diploma[:place] + b"9" + diploma[place + 1 :]

    assert results(at_signing(content, ANCHORED))["signature"] == "fail"
    assert at_signing(content, ANCHORED).verdict == "invalid"


def test_changed_after_it_was_signed(diploma: bytes) -> None:
    report = at_signing(drawn_over(diploma), ANCHORED)

    assert results(report)["signature"] == "pass"
    assert results(report)["coverage"] == "fail"
    assert report.verdict == "invalid"


def test_signed_again(diploma: bytes) -> None:
    twice = signed(diploma, field="Second")

    assert at_signing(twice, ANCHORED).verdict == "verified"


@pytest.mark.parametrize("seal_first", [True, False])
def test_whoever_signs_beside_the_seal_does_not_speak_for_it(seal_first: bool) -> None:
    """A learner's own signature leads to no anchor, and takes nothing away."""
    learner = {"key": made_seals.STRANGER, "leaf": made_seals.OWN_LEAF}
    first, second = ({}, learner) if seal_first else (learner, {})
    twice = signed(signed(written(), **first), field="Second", **second)

    report = at_signing(twice, ANCHORED)

    assert results(report)["key_binding"] == "pass"
    assert report.verdict == "verified"


def test_expired_certificate(diploma: bytes) -> None:
    content = signed(written(), leaf=made_seals.ENDED_LEAF)

    assert results(at_signing(content, ANCHORED))["key_binding"] == "fail"


def test_wrong_key() -> None:
    content = signed(written(), made_seals.STRANGER, made_seals.OWN_LEAF)

    assert results(at_signing(content, ANCHORED))["key_binding"] == "unknown"
    assert at_signing(content, ANCHORED).verdict == "unverified"


def test_unknown_issuer(diploma: bytes) -> None:
    report = at_signing(diploma)

    assert results(report)["issuer"] == "unknown"
    assert report.verdict == "unverified"


def test_signed_after_that_day(diploma: bytes) -> None:
    assert results(verify(diploma, ANCHORED))["validity"] == "fail"


def test_an_old_algorithm_is_for_people() -> None:
    content = signed(written(), digest="sha1")

    assert results(at_signing(content, ANCHORED))["signature"] == "unknown"


def test_unsigned_with_credentials_attached() -> None:
    good = json.dumps(made.sign(made.badge())).encode()
    content = written(good, b"a picture", made.token(made.badge()).encode(), written())
    report = verify(content, Trust(applicant=Applicant()))

    assert report.verdict == "unverified"
    assert [part.verdict for part in report.parts] == ["verified", "verified"]
    assert len(PdfReader(BytesIO(content)).attachments) == 4


# What is attached and was not read is told, beside a verdict that it never changes.


def told(content: bytes) -> list[tuple[str, str]]:
    report = verify(content)
    assert report.verdict == "unverified"
    assert results(report)["format"] == "pass"
    return [
        (part.verdict.value, part.findings[Check.FORMAT].detail)
        for part in report.parts
    ]


@pytest.mark.parametrize(
    ("attached", "sentence"),
    [
        (b'{"type": ', "The JSON cannot be read."),
        (b'{"total": 12}', "in no format that can be verified here"),
        (b"eyJhbGciOiJub25lIn0.e30.", "The token holds no credential."),
        (b"<!DOCTYPE elmo><elmo/>", "defines a document type"),
        (b"H4sIAAAA", "The XML cannot be read."),
        (made.png("{")[:-20], "cut off or damaged"),
        (made.png("{"), "The JSON cannot be read."),
        (made.svg("[" * 70 + "]" * 70), "nested deeper than 64 levels"),
        (b"", "is empty or damaged"),
        (bytes(9 * 1024 * 1024), "is larger than 8 MB and was not read"),
    ],
)
def test_an_attachment_that_may_be_a_credential_is_told(
    attached: bytes, sentence: str
) -> None:
    [(verdict, detail)] = told(written(b"a text", attached))

    assert verdict == "unreadable"
    assert sentence in detail


@pytest.mark.parametrize(
    "attached",
    [
        b"Dear Sir or Madam,",
        made.PNG,
        made.SVG,
        written(),
        b"PK\x03\x04 a spreadsheet",
        b"\xff\xd8\xff\xe0 a photograph",
        b"<!DOCTYPE html><html></html>",
    ],
)
def test_an_attachment_that_is_no_credential_is_the_document_s_own(
    attached: bytes,
) -> None:
    assert told(written(attached)) == []


def test_of_more_attachments_than_are_read_there_is_a_word() -> None:
    good = json.dumps(made.sign(made.badge())).encode()
    found = told(written(*[b"a text"] * 19, good, good))

    assert [verdict for verdict, _detail in found] == ["verified", "unreadable"]
    assert found[1][1].startswith("The PDF has more than 20 attachments")


def with_tree(tree: Callable[[Any], Any], *attached: bytes) -> bytes:
    """The same with another tree of attachments, built around that of the library."""
    writer = PdfWriter(clone_from=BytesIO(written(*attached)))
    names: Any = writer.root_object["/Names"]
    names[NameObject("/EmbeddedFiles")] = tree(names.raw_get("/EmbeddedFiles"))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def node(name: str, value: Any) -> DictionaryObject:
    return DictionaryObject({NameObject(name): value})


@pytest.mark.parametrize(
    "tree",
    [
        lambda _tree: NumberObject(7),
        lambda _tree: node("/Names", NumberObject(7)),
        lambda tree: node("/Kids", ArrayObject([NumberObject(7), tree])),
        lambda _tree: node("/Kids", ArrayObject([DictionaryObject()] * 1001)),
    ],
    ids=["no tree", "no names", "no node", "endless"],
)
def test_a_tree_of_attachments_that_cannot_be_read_is_told(
    tree: Callable[[Any], Any],
) -> None:
    [(verdict, detail)] = told(with_tree(tree, b"a text"))

    assert (verdict, detail[:23]) == ("unreadable", "What is attached to the")


def test_a_tree_of_several_levels_is_read() -> None:
    def deeper(tree: Any) -> Any:
        return node("/Kids", ArrayObject([node("/Kids", ArrayObject([tree]))]))

    good = json.dumps(made.sign(made.badge())).encode()

    assert told(with_tree(deeper, good)) == [("verified", "Read as an Open Badge 3.0.")]


def test_an_attachment_whose_packing_is_damaged_is_told() -> None:
    def damaged(tree: Any) -> Any:
        file = tree.get_object()["/Names"][1].get_object()["/EF"]["/F"]
        file[NameObject("/Filter")] = NameObject("/FlateDecode")
        return tree

    assert told(with_tree(damaged, b"a text")) == [
        ("unreadable", "An attachment of the PDF is empty or damaged.")
    ]


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7", b"%PDF-1.7\nnothing", written()[:300], written(password="secret")],
    ids=["empty", "no PDF", "cut off", "password"],
)
def test_is_not_read(content: bytes) -> None:
    report = verify(content)

    assert report.verdict == "unreadable"
    assert "PDF" in report.as_dict()["checks"][0]["detail"]

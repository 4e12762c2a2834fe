"""Files under another file's ending, and files that are two things at once.

The name of a file is never asked, so the ending says nothing; what it begins with decides
which reader has it, and that reader refuses whatever stands beside.
"""

import base64
import gzip
import io
import json
import zipfile

import pytest

from recognition.credentials.baked import NOTHING_BAKED
from recognition.credentials.detection import NO_FORMAT
from recognition.credentials.findings import Check
from tests.credentials import made, test_elmo
from tests.credentials.asked import verify
from tests.credentials.test_pdf import written

GOOD = json.dumps(made.sign(made.badge())).encode()
TOKEN = made.token(made.badge()).encode()
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
PICTURE, DRAWING, DOCUMENT = made.png(GOOD.decode()), made.svg(GOOD.decode()), written()
ELMO = test_elmo.transcript().encode()
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"


def packed(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, content)
    return out.getvalue()


ZIP = packed("badge.json", GOOD)


def acting(inside: bytes) -> bytes:
    """A good badge in a drawing that does something as well."""
    return DRAWING.replace(b"</svg>", inside + b"</svg>")


BEHIND = "Behind the picture stands something else."
PROGRAM = "The picture holds a program, which is refused."
NO_JSON = "The JSON cannot be read."
NO_XML = "The XML cannot be read."
NO_PDF = "The PDF is damaged and cannot be read."
A_BADGE = "Read as an Open Badge 3.0."
CASES: dict[str, tuple[bytes, str, str]] = {
    # One kind under the ending of another: read as what it is, or not at all.
    "JSON as .png": (GOOD, "verified", A_BADGE),
    "JSON with a mark of UTF-8 as .pdf": (b"\xef\xbb\xbf" + GOOD, "verified", A_BADGE),
    "a token as .json": (TOKEN, "verified", A_BADGE),
    "a picture as .svg": (PICTURE, "verified", A_BADGE),
    "a drawing as .png": (DRAWING, "verified", A_BADGE),
    "a PDF as .json": (DOCUMENT, "unverified", "Read as a PDF document."),
    "a plain picture as .json": (made.PNG, "unreadable", NOTHING_BAKED),
    "a plain drawing as .xml": (made.SVG, "unreadable", NOTHING_BAKED),
    "a web page as .png": (PAGE, "unreadable", NO_FORMAT),
    "XHTML as .xml": (
        b'<html xmlns="http://www.w3.org/1999/xhtml"/>',
        "unreadable",
        NO_FORMAT,
    ),
    "ZIP as .pdf": (ZIP, "unreadable", NO_FORMAT),
    "an office document as .pdf": (
        packed("[Content_Types].xml", b"<Types/>"),
        "unreadable",
        NO_FORMAT,
    ),
    "GIF as .png": (GIF, "unreadable", NO_FORMAT),
    "JPEG as .png": (JPEG, "unreadable", NO_FORMAT),
    "WebP as .png": (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "unreadable", NO_FORMAT),
    "TIFF as .jpg": (b"II*\x00\x08\x00\x00\x00", "unreadable", NO_FORMAT),
    "a program as .pdf": (b"MZ\x90\x00\x03\x00\x00\x00", "unreadable", NO_FORMAT),
    "ELF as .jwt": (b"\x7fELF\x02\x01\x01" + bytes(9), "unreadable", NO_FORMAT),
    "a shell script as .jwt": (b"#!/bin/sh\nid\n", "unreadable", NO_FORMAT),
    "PHP as .svg": (b"<?php system('id'); ?>", "unreadable", NO_XML),
    "RTF as .json": (b"{\\rtf1 Diploma}", "unreadable", NO_JSON),
    "gzip as .xml": (gzip.compress(ELMO), "unreadable", NO_FORMAT),
    "gzip twice as .txt": (
        base64.b64encode(gzip.compress(gzip.compress(ELMO))),
        "unreadable",
        NO_XML,
    ),
    "a badge packed as a transcript": (
        base64.b64encode(gzip.compress(GOOD)),
        "unreadable",
        NO_XML,
    ),
    "empty as .pdf": (b"", "unreadable", "The file is empty."),
    "blanks as .json": (b" \n\t ", "unreadable", "The file is empty."),
    "NUL as .png": (bytes(4096), "unreadable", NO_FORMAT),
    "UTF-16 as .json": (GOOD.decode().encode("utf-16"), "unreadable", NO_FORMAT),
    "UTF-16 as .xml": (ELMO.decode().encode("utf-16"), "unreadable", NO_FORMAT),
    "UTF-32 as .json": (GOOD.decode().encode("utf-32-le"), "unreadable", NO_JSON),
    "UTF-7 as .svg": (
        b'<?xml version="1.0" encoding="utf-7"?>' + made.SVG,
        "unreadable",
        "The picture is not plain XML, or defines entities, which is refused.",
    ),
    # Two kinds in one file.
    "a picture with ZIP behind": (PICTURE + ZIP, "unreadable", BEHIND),
    "a picture with a page behind": (PICTURE + PAGE, "unreadable", BEHIND),
    "a picture with a PDF behind": (PICTURE + DOCUMENT, "unreadable", BEHIND),
    "a plain picture with JSON behind": (made.PNG + GOOD, "unreadable", BEHIND),
    "JPEG with a page behind": (JPEG + PAGE, "unreadable", NO_FORMAT),
    "JPEG with JSON behind": (JPEG + GOOD, "unreadable", NO_FORMAT),
    "GIF that is a script": (GIF + b"=1;alert(1)", "unreadable", NO_FORMAT),
    "a PDF with JSON behind": (DOCUMENT + GOOD, "unreadable", NO_PDF),
    "a PDF with ZIP behind": (DOCUMENT + ZIP, "unreadable", NO_PDF),
    "a PDF with ZIP before": (ZIP + DOCUMENT, "unreadable", NO_FORMAT),
    "a PDF with a page before": (PAGE + DOCUMENT, "unreadable", NO_FORMAT),
    "the mark of a PDF before JSON": (b"%PDF-1.7\n" + GOOD, "unreadable", NO_PDF),
    "the mark of a picture before JSON": (
        made.PNG[:8] + GOOD,
        "unreadable",
        "The picture is cut off or damaged.",
    ),
    "JSON with a page behind": (GOOD + PAGE, "unreadable", NO_JSON),
    "JSON with JSON behind": (GOOD + b"\n" + GOOD, "unreadable", NO_JSON),
    "JSON with NUL before": (b"\0" + GOOD, "unreadable", NO_FORMAT),
    "JSON with NUL behind": (GOOD + b"\0", "unreadable", NO_JSON),
    "JSON in a comment of a page": (
        b"<!--" + GOOD + b"-->" + PAGE,
        "unreadable",
        NO_FORMAT,
    ),
    "a token with a page behind": (TOKEN + PAGE, "unreadable", NO_FORMAT),
    "a token in quotes": (b'"' + TOKEN + b'"', "unreadable", NO_FORMAT),
    "an address with a second one": (
        b"https://university.example/1\nhttps://university.example/2",
        "unreadable",
        NO_FORMAT,
    ),
    "a drawing with a script": (
        acting(b"<script>alert(1)</script>"),
        "unreadable",
        PROGRAM,
    ),
    "a drawing that acts when it is shown": (
        acting(b'<rect onload="alert(1)"/>'),
        "unreadable",
        PROGRAM,
    ),
    "a drawing with a page inside": (
        acting(b"<foreignObject><p/></foreignObject>"),
        "unreadable",
        PROGRAM,
    ),
    "a drawing that leads to a script": (
        acting(b'<a href=" java\tscript:alert(1)"/>'),
        "unreadable",
        PROGRAM,
    ),
    "a drawing with a page behind": (
        DRAWING + PAGE,
        "unreadable",
        "The picture is not plain XML, or defines entities, which is refused.",
    ),
    "a transcript with a page behind": (ELMO + b"<html/>", "unreadable", NO_XML),
    "a transcript of the type of a page": (
        b"<!DOCTYPE html>" + ELMO,
        "unreadable",
        "The XML defines a document type, which is refused.",
    ),
}


@pytest.mark.parametrize(("content", "verdict", "sentence"), CASES.values(), ids=CASES)
def test_a_file_is_what_it_holds_or_is_refused(
    content: bytes, verdict: str, sentence: str
) -> None:
    report = verify(content)

    assert report.verdict == verdict
    assert report.findings[Check.FORMAT].detail == sentence
    assert not report.parts

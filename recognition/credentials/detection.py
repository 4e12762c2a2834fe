"""What a file is, by its content; its name is never asked."""

import base64
import binascii
import codecs
import re
import zlib
from enum import StrEnum
from typing import Any, NamedTuple

from recognition.credentials import baked, safe_json
from recognition.credentials.proofs import jws
from recognition.credentials.refusals import Unreadable
from recognition.credentials.words import gettext_noop as _

GZIP_IN_BASE64 = "H4sI"
OBJECT_IN_BASE64 = ("ey", "ew")  # a brace, then a quote or white space
MOST_BYTES = 20 * 1024 * 1024
WHITESPACE = b" \t\r\n"
JPEG = b"\xff\xd8\xff"
MOST_BEFORE_ROOT = 64 * 1024
# What may stand before the first element, and its end; also inside a DOCTYPE.
PASSED_OVER = ((b"<?", b"?>"), (b"<!--", b"-->"), (b"<!", b">"))
ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)[\s>/]")


class Carrier(StrEnum):
    JSON = "json"
    TOKEN = "token"  # noqa: S105  the word for a compact signature, no password
    ADDRESS = "address"
    XML = "xml"
    PDF = "pdf"


class Kind(StrEnum):
    """What a content begins like, by its media type; whether it is that, readers see."""

    PNG = "image/png"
    JPEG = "image/jpeg"
    SVG = "image/svg+xml"
    PDF = "application/pdf"
    XML = "application/xml"
    JSON = "application/json"
    TOKEN = "application/jwt"  # noqa: S105  as above
    ADDRESS = "text/uri-list"
    PACKED = "text/plain"


class Detected(NamedTuple):
    """How the content is written, and the content in that form."""

    carrier: Carrier
    content: Any


def kind_of(content: bytes) -> Kind | None:
    """From the beginning alone, cheaply; None where no reader has anything to say."""
    return _looked_at(content)[0]


def _looked_at(content: bytes) -> tuple[Kind | None, str]:
    """What it begins like, with its text where it is neither picture, PDF nor XML."""
    if content.startswith(baked.PNG):
        return Kind.PNG, ""
    if content.startswith(JPEG):
        return Kind.JPEG, ""
    start = content.removeprefix(codecs.BOM_UTF8).lstrip(WHITESPACE)
    if start.startswith(b"%PDF-"):
        return Kind.PDF, ""
    if start.startswith(b"<"):
        root = _root(start)
        kind = None if root == b"html" else Kind.SVG if root == b"svg" else Kind.XML
        return kind, ""
    try:
        text = start.decode().strip()
    except UnicodeDecodeError:
        return None, ""
    return _kind_of_text(text), text


def _kind_of_text(text: str) -> Kind | None:
    if text.startswith(("{", "[")):
        return Kind.JSON
    if text.startswith(GZIP_IN_BASE64):
        return Kind.PACKED
    if text.startswith(OBJECT_IN_BASE64) and jws.looks_compact(text):
        return Kind.TOKEN
    if text.startswith(("http://", "https://")) and len(text.split()) == 1:
        return Kind.ADDRESS
    return None


def detect(content: bytes) -> Detected:
    if len(content) > MOST_BYTES:
        raise Unreadable(
            _("The file is larger than %(limit)s MB."), limit=MOST_BYTES // 1024**2
        )
    if not content or content.isspace():
        raise Unreadable(_("The file is empty."))
    kind, text = _looked_at(content)
    match kind:
        case Kind.PNG:
            return _text(baked.from_png(content).text)
        case Kind.SVG:
            return _text(baked.from_svg(content).text)
        case Kind.PDF:
            return Detected(Carrier.PDF, content)
        case Kind.XML:
            return Detected(Carrier.XML, content)
        case None | Kind.JPEG:
            raise Unreadable(NO_FORMAT)
    return _as(kind, text)


NO_FORMAT = _(
    "The file is in no format that can be verified here: look at it and confirm by"
    " hand."
)


def _root(start: bytes) -> bytes:
    """The name of the first element, past declarations and comments, in one pass."""
    head, at = start[:MOST_BEFORE_ROOT], 0
    while (at := head.find(b"<", at)) >= 0:
        ends = (one for one in PASSED_OVER if head.startswith(one[0], at))
        opening, end = next(ends, (b"", b""))
        if not opening:
            found = ROOT.match(head, at)
            return found[1].lower() if found else b""
        past = head.find(end, at + len(opening))
        if past < 0:
            break
        at = past + len(end)
    return b""


def _text(text: str) -> Detected:
    text = text.strip()
    return _as(_kind_of_text(text), text)


def _as(kind: Kind | None, text: str) -> Detected:
    match kind:
        case Kind.JSON:
            return Detected(Carrier.JSON, safe_json.loads(text))
        case Kind.PACKED:
            return Detected(Carrier.XML, _unpacked(text))
        case Kind.TOKEN:
            return Detected(Carrier.TOKEN, text)
        case Kind.ADDRESS:
            return Detected(Carrier.ADDRESS, text)
    raise Unreadable(NO_FORMAT)


def _unpacked(text: str) -> bytes:
    """An ELMO as EMREX hands it on: packed, then written in base64."""
    inflator = zlib.decompressobj(wbits=31)
    try:
        packed = base64.b64decode("".join(text.split()), validate=True)
        content = inflator.decompress(packed, MOST_BYTES)
    except (binascii.Error, zlib.error, ValueError) as error:
        raise Unreadable(NO_FORMAT) from error
    if inflator.unconsumed_tail:
        raise Unreadable(
            _("The file is larger than %(limit)s MB."), limit=MOST_BYTES // 1024**2
        )
    return content

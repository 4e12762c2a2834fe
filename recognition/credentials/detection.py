"""What a file is, by its content; its name is never asked."""

import base64
import binascii
import re
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from recognition.credentials import baked, safe_json
from recognition.credentials.proofs import jws
from recognition.credentials.refusals import Unreadable
from recognition.credentials.words import gettext_noop as _

GZIP_IN_BASE64 = "H4sI"
MOST_BYTES = 20 * 1024 * 1024
WHITESPACE = b" \t\r\n"
ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)[\s>/]")


class Carrier(StrEnum):
    JSON = "json"
    TOKEN = "token"  # noqa: S105  the word for a compact signature, no password
    ADDRESS = "address"
    XML = "xml"
    PDF = "pdf"


@dataclass(frozen=True)
class Detected:
    """How the content is written, and the content in that form."""

    carrier: Carrier
    content: Any


def detect(content: bytes) -> Detected:
    if len(content) > MOST_BYTES:
        raise Unreadable(
            _("The file is larger than %(limit)s MB."), limit=MOST_BYTES // 1024**2
        )
    if content.startswith(baked.PNG):
        return _text(baked.from_png(content).text)
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip(WHITESPACE)
    if start.startswith(b"%PDF-"):
        return Detected(Carrier.PDF, content)
    if start.startswith(b"<"):
        if _root(start) == b"svg":
            return _text(baked.from_svg(content).text)
        return Detected(Carrier.XML, content)
    if not start:
        raise Unreadable(_("The file is empty."))
    try:
        return _text(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable(NO_FORMAT) from error


NO_FORMAT = _(
    "The file is in no format that can be verified here: look at it and confirm by"
    " hand."
)


def _root(start: bytes) -> bytes:
    """The name of the first element, past declarations and comments."""
    without = re.sub(
        rb"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(\[.*?\])?[^>]*>",
        b"",
        start[:65536],
        flags=re.DOTALL,
    )
    found = ROOT.search(without)
    return found[1].lower() if found else b""


def _text(text: str) -> Detected:
    text = text.strip()
    if text.startswith(("{", "[")):
        return Detected(Carrier.JSON, safe_json.loads(text))
    if text.startswith(GZIP_IN_BASE64):
        return Detected(Carrier.XML, _unpacked(text))
    if jws.looks_compact(text):
        return Detected(Carrier.TOKEN, text)
    if text.startswith(("http://", "https://")) and len(text.split()) == 1:
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

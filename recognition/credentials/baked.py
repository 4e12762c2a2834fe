"""Credentials that travel inside a picture; the picture itself is never decoded."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from recognition.credentials.refusals import Unreadable
from recognition.credentials.words import gettext_noop as _

PNG = b"\x89PNG\r\n\x1a\n"
MOST_CHUNKS = 10_000
MOST_TEXT = 8 * 1024 * 1024
MOST_SVG = 8 * 1024 * 1024
MOST_MARKS = 200_000  # of elements and attributes, asked before they become a tree

NOTHING_BAKED = _("The picture holds no credential: look at it and confirm by hand.")


@dataclass(frozen=True)
class Baked:
    """What was taken out of the picture: JSON, a token or an address."""

    text: str


# Open Badges 3.0 before 2.0, as its §6 asks.
KEYWORDS = (b"openbadgecredential", b"openbadges")
ELEMENTS = (
    ("https://purl.imsglobal.org/ob/v3p0", "credential"),
    ("http://openbadges.org", "assertion"),
)


def from_png(content: bytes) -> Baked:
    found: dict[bytes, str] = {}
    for kind, data in _chunks(content):
        keyword, _nul, rest = data.partition(b"\0")
        if keyword in KEYWORDS and kind in (b"iTXt", b"tEXt"):
            text = _international(rest) if kind == b"iTXt" else rest
            try:
                found.setdefault(keyword, text.decode())
            except UnicodeDecodeError as error:
                raise Unreadable(_("The text in the picture is not UTF-8.")) from error
    for keyword in KEYWORDS:
        if keyword in found:
            return Baked(found[keyword])
    raise Unreadable(NOTHING_BAKED)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(PNG)
    for _number in range(MOST_CHUNKS):
        if place + 12 > len(content):
            return
        (length,) = struct.unpack_from(">I", content, place)
        kind = content[place + 4 : place + 8]
        if place + 12 + length > len(content):
            raise Unreadable(_("The picture is cut off or damaged."))
        yield kind, content[place + 8 : place + 8 + length]
        place += 12 + length
        if kind == b"IEND":
            if content[place:].strip():
                raise Unreadable(_("Behind the picture stands something else."))
            return
    raise Unreadable(_("The picture has more parts than any picture needs."))


def _international(rest: bytes) -> bytes:
    """The text of an iTXt chunk, after its flags, language and translated keyword."""
    if len(rest) < 2:
        raise Unreadable(_("The picture is cut off or damaged."))
    packed = rest[0] == 1
    _language, _nul, rest = rest[2:].partition(b"\0")
    _keyword, _nul, text = rest.partition(b"\0")
    if not packed:
        return text
    inflator = zlib.decompressobj()
    try:
        plain = inflator.decompress(text, MOST_TEXT)
    except zlib.error as error:
        raise Unreadable(_("The text in the picture cannot be unpacked.")) from error
    if inflator.unconsumed_tail:
        raise Unreadable(_("The text in the picture is larger than allowed."))
    return plain


def from_svg(content: bytes) -> Baked:
    """An SVG may name the SVG 1.1 document type, but define nothing by itself."""
    from defusedxml import DefusedXmlException  # noqa: PLC0415  only for an SVG
    from defusedxml.ElementTree import ParseError, fromstring  # noqa: PLC0415  as above

    if len(content) > MOST_SVG:
        raise Unreadable(_("The picture is larger than allowed."))
    if content.count(b"<") + content.count(b"=") > MOST_MARKS:
        raise Unreadable(_("The picture has more parts than any picture needs."))
    try:
        root = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Unreadable(
            _("The picture is not plain XML, or defines entities, which is refused.")
        ) from error
    if any(_acts(element) for element in root.iter()):
        raise Unreadable(_("The picture holds a program, which is refused."))
    for namespace, name in ELEMENTS:
        found = next(root.iter(f"{{{namespace}}}{name}"), None)
        if found is not None:
            return Baked(_carried(found))
    raise Unreadable(NOTHING_BAKED)


def _acts(element: Any) -> bool:
    """Would a browser that shows the picture run something?"""
    name = str(element.tag).rpartition("}")[2].lower()
    return name in ("script", "foreignobject", "handler") or any(
        attribute.rpartition("}")[2].lower().startswith("on")
        or "".join(value.split()).lower().startswith("javascript:")
        for attribute, value in element.attrib.items()
    )


def _carried(element: Any) -> str:
    attribute = element.get("verify")
    text = "".join(element.itertext()).strip()
    # Open Badges 2.0 puts the JSON inside beside the address in the attribute.
    return text or attribute or ""

"""Credentials in pictures, found without decoding the picture."""

import struct
import zlib

import pytest

from recognition.credentials import baked
from recognition.credentials.refusals import Unreadable
from tests.credentials import made
from tests.credentials.asked import verify


def chunk(kind: bytes, data: bytes) -> bytes:
    return (
        struct.pack(">I", len(data))
        + kind
        + data
        + struct.pack(">I", zlib.crc32(kind + data))
    )


def png(*chunks: bytes) -> bytes:
    return baked.PNG + b"".join(chunks) + chunk(b"IEND", b"")


def text(keyword: bytes, content: bytes, packed: bool = False) -> bytes:
    flag = b"\1\0" if packed else b"\0\0"
    return chunk(b"iTXt", keyword + b"\0" + flag + b"\0\0" + content)


def test_open_badges_3_comes_before_2_and_the_first_wins() -> None:
    picture = png(
        text(b"openbadges", b"second"),
        text(b"openbadgecredential", b"first"),
        text(b"openbadgecredential", b"later"),
    )

    assert baked.from_png(picture).text == "first"


def test_older_pictures_hold_an_address() -> None:
    address = b"https://university.example/assertion"
    picture = png(chunk(b"tEXt", b"openbadges\0" + address))

    assert baked.from_png(picture).text == address.decode()
    assert verify(picture.decode("latin-1").encode("latin-1")).format == "open_badges_2"


def test_packed_text_is_unpacked_within_bounds() -> None:
    good = png(text(b"openbadges", zlib.compress(b"told"), packed=True))
    bomb = png(text(b"openbadges", zlib.compress(bytes(9 * 1024**2)), packed=True))

    assert baked.from_png(good).text == "told"
    with pytest.raises(Unreadable, match="larger than allowed"):
        baked.from_png(bomb)


@pytest.mark.parametrize(
    "picture",
    [
        made.PNG,
        baked.PNG + struct.pack(">I", 2**31 - 1) + b"iTXt" + bytes(20),
        png(text(b"openbadges", b"no zlib", packed=True)),
        png(text(b"openbadges", b"\xff\xfe")),
        png(chunk(b"iTXt", b"openbadges\0")),
        png(*[chunk(b"tEXt", b"x\0y")] * 10_001),
        made.png(made.token(made.badge())) + b"%PDF-1.7",
    ],
    ids=[
        "plain",
        "cut off",
        "not packed",
        "not UTF-8",
        "no flags",
        "too many",
        "a PDF behind",
    ],
)
def test_other_pictures_are_for_people(picture: bytes) -> None:
    assert verify_bytes(picture) == "unreadable"


def verify_bytes(content: bytes) -> str:
    return verify(content).verdict.value


DOCTYPE = (
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
)


def svg(body: str, before: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{before}<svg xmlns="http://www.w3.org/2000/svg" '
        f'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">{body}</svg>'
    ).encode()


def test_svg_with_its_document_type() -> None:
    token = made.token(made.badge())
    picture = svg(f'<openbadges:credential verify="{token}"/>', DOCTYPE)

    assert verify(picture).verdict == "verified"


ENTITIES = '<!DOCTYPE svg [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "picture",
    [
        svg(""),
        svg("<openbadges:credential>&a;</openbadges:credential>", ENTITIES),
        svg("<openbadges:credential/>"),
        b"<svg",
    ],
    ids=["plain", "entities", "empty", "cut off"],
)
def test_other_svg_is_for_people(picture: bytes) -> None:
    assert verify_bytes(picture) == "unreadable"


@pytest.mark.parametrize(
    "program",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)"/>',
        '<a href=" java\nscript:alert(1)"/>',
        "<foreignObject/>",
    ],
)
def test_svg_that_acts_is_refused(program: str) -> None:
    token = made.token(made.badge())
    picture = svg(f'<openbadges:credential verify="{token}"/>{program}')

    report = verify(picture)

    assert report.verdict == "unreadable"
    assert "holds a program" in report.as_dict()["checks"][0]["detail"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8\xff\xe0 JPEG",
        b"Dear officer",
        b"[]",
        b"7",
        b"PK\3\4",
        b"PK\3\4 %PDF-1.7",
        bytes(21 * 1024**2),
    ],
    ids=range(8),
)
def test_other_files_are_for_people(content: bytes) -> None:
    report = verify(content)

    assert report.verdict == "unreadable"
    assert report.format == "document"
    assert report.exit_code == 3

"""Small files that would grow: refused within a second and a hundred megabytes."""

import base64
import gzip
import json
import multiprocessing
import resource
import struct
import sys
import time
import zlib
from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from multiprocessing.connection import Connection
from typing import Any

import pytest
from pypdf import PdfWriter

from recognition.credentials import guarded
from recognition.credentials.findings import Result
from tests.credentials import made
from tests.credentials.asked import verify

MEGABYTE = 1024**2
MOST_SECONDS = 1.0  # of a processor: the machine may be busy with others
MOST_MEMORY = 100 * MEGABYTE


def deep() -> bytes:
    return b"[" * 4_000_000 + b"]" * 4_000_000


def broad() -> bytes:
    return b"[" + b"[]," * 2_600_000 + b"[]]"


def many_names() -> bytes:
    names = ",".join(f'"n{number}":{number}' for number in range(300_000))
    return f'{{"type":["VerifiableCredential"],{names}}}'.encode()


def long_number() -> bytes:
    return b'{"type":["VerifiableCredential"],"ects":' + b"9" * 7_000_000 + b"}"


def alike_nodes() -> bytes:
    """All orders of nodes that look the same: the poison of canonicalisation."""
    document = made.badge()
    one = {"type": ["Result"], "alignment": [{"type": ["Alignment"]}] * 40}
    document["credentialSubject"]["result"] = [one] * 40
    document["proof"] = made.sign(made.badge())["proof"]
    return json.dumps(document).encode()


def many_things() -> bytes:
    """Thirty thousand objects, each of which would be expanded and put into order."""
    document = made.sign(made.badge())
    document["evidence"] = [{"type": ["Evidence"]} for _number in range(30_000)]
    return json.dumps(document).encode()


def many_things_in_a_token() -> bytes:
    document = json.loads(many_things())
    return made.token(made.record([document])).encode()


def long_list() -> bytes:
    """Few values, but all in one list, each of which is compared with all others."""
    document = made.sign(made.badge())
    achievement = document["credentialSubject"]["achievement"]
    achievement["tag"] = [f"word {number}" for number in range(5_000)]
    return json.dumps(document).encode()


def packed_transcript() -> bytes:
    return base64.b64encode(gzip.compress(bytes(400 * MEGABYTE)))


def packed_text() -> bytes:
    data = b"openbadgecredential\0\1\0\0\0" + zlib.compress(bytes(400 * MEGABYTE))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"iTXt", data) + _chunk(b"IEND", b"")


def wide_picture() -> bytes:
    """A picture of ten gigapixels, which is never drawn."""
    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 6, 0, 0, 0)
    pixels = zlib.compress(bytes(100 * MEGABYTE))
    parts = (b"IHDR", header), (b"IDAT", pixels), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(data))
    )


def laughs() -> bytes:
    entities = "".join(
        f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 12)
    )
    return f'<!DOCTYPE elmo [<!ENTITY a0 "ha">{entities}]><elmo>&a11;</elmo>'.encode()


def drawn_laughs() -> bytes:
    return laughs().replace(b"elmo", b"svg")


def many_elements() -> bytes:
    return b"<elmo>" + b"<a/>" * 1_900_000 + b"</elmo>"


def many_drawn_elements() -> bytes:
    return b"<svg>" + b"<a/>" * 1_900_000 + b"</svg>"


def many_drawn_attributes() -> bytes:
    names = b" ".join(b'a%d=""' % number for number in range(600_000))
    return b"<svg><a " + names + b"/></svg>"


def deep_elements() -> bytes:
    return b"<a>" * 200_000 + b"</a>" * 200_000


def packed_attachment() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(72, 72)
    writer.add_attachment("badge.json", bytes(300 * MEGABYTE))
    for held in writer._objects:  # noqa: SLF001  pypdf packs page contents only
        packed = getattr(held, "flate_encode", None)
        if packed and len(held.get_data()) > MEGABYTE:
            place = writer._objects.index(held)  # noqa: SLF001  as above
            writer._objects[place] = packed()  # noqa: SLF001  as above
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def packed_index() -> bytes:
    """A table of objects, which has to be unpacked before anything is known."""
    packed = zlib.compress(bytes(400 * MEGABYTE))
    told = b"<</Type/XRef/Size 9/W[1 2 1]/Root 2 0 R/Filter/FlateDecode/Length %d>>"
    start = b"%PDF-1.7\n"
    table = b"1 0 obj" + told % len(packed) + b"stream\n" + packed + b"\nendstream"
    end = b"\nendobj\nstartxref\n%d\n%%%%EOF" % len(start)
    return start + table + end


def pages_in_a_ring() -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/Names 1 0 R/AcroForm 1 0 R>>endobj"
        b"\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Parent 2 0 R/Count 9999999>>endobj\n"
        b"trailer<</Root 1 0 R/Prev 0>>\nstartxref\n0\n%%EOF"
    )


MORE_WORK = (
    "Putting the statements of the file into one order takes more work than any real"
    " credential does."
)
Bomb = tuple[Callable[[], bytes], str, str]
# What is found of each, and the sentence that gives the reason.
BOMBS: tuple[Bomb, ...] = (
    (deep, "unreadable", "The JSON has more parts than any credential needs."),
    (broad, "unreadable", "The JSON has more parts than any credential needs."),
    (many_names, "unreadable", "The JSON has more parts than any credential needs."),
    (long_number, "unreadable", "The JSON cannot be read."),
    (alike_nodes, "unverified", MORE_WORK),
    (many_things, "unverified", MORE_WORK),
    (many_things_in_a_token, "unverified", MORE_WORK),
    (long_list, "unverified", MORE_WORK),
    (packed_transcript, "unreadable", "The file is larger than 20 MB."),
    (packed_text, "unreadable", "The text in the picture is larger than allowed."),
    (
        wide_picture,
        "unreadable",
        "The picture holds no credential: look at it and confirm by hand.",
    ),
    (laughs, "unreadable", "The XML defines a document type, which is refused."),
    (
        drawn_laughs,
        "unreadable",
        "The picture is not plain XML, or defines entities, which is refused.",
    ),
    (many_elements, "unreadable", "The XML has more parts than any transcript needs."),
    (
        many_drawn_elements,
        "unreadable",
        "The picture has more parts than any picture needs.",
    ),
    (
        many_drawn_attributes,
        "unreadable",
        "The picture has more parts than any picture needs.",
    ),
    (deep_elements, "unreadable", "The XML has more parts than any transcript needs."),
    (
        packed_attachment,
        "unverified",
        "An attachment of the PDF is larger than 8 MB and was not read.",
    ),
    (packed_index, "unreadable", "The PDF is damaged and cannot be read."),
    (pages_in_a_ring, "unreadable", "The PDF is damaged and cannot be read."),
)


@pytest.fixture(scope="module")
def answers() -> dict[str, tuple[str, list[str], float, int]]:
    """Verdict, reasons, seconds of a processor and new memory of each, in a reader of
    its own."""
    method = multiprocessing.get_context("spawn")
    told = {}
    for bomb, *_expected in BOMBS:
        ours, theirs = method.Pipe()
        process = method.Process(target=_measured, args=(theirs,), daemon=True)
        process.start()
        ours.send(bomb())
        assert ours.poll(60), bomb.__name__
        told[bomb.__name__] = ours.recv()
        process.join()
    return told


def _measured(line: Connection) -> None:
    for name in guarded.LIBRARIES:
        import_module(name)
    verify(made.sign(made.badge()))  # as a reader that has its vocabularies
    content = line.recv()
    seconds, memory = time.process_time(), _peak()
    report = verify(content)
    taken = time.process_time() - seconds, _peak() - memory
    reasons = [
        finding.sentence % finding.facts
        for part in report.all
        for finding in part.findings.values()
        if finding.result is not Result.PASS
    ]
    line.send((str(report.verdict), reasons, *taken))


def _peak() -> int:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


@pytest.mark.parametrize(
    ("bomb", "verdict", "sentence"), BOMBS, ids=[bomb.__name__ for bomb, *_ in BOMBS]
)
def test_a_bomb_is_refused_at_once(
    answers: Any, bomb: Callable[[], bytes], verdict: str, sentence: str
) -> None:
    found, reasons, seconds, memory = answers[bomb.__name__]

    assert found == verdict
    assert sentence in reasons
    assert seconds < MOST_SECONDS
    assert memory < MOST_MEMORY

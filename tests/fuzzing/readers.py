"""The readers to be fuzzed: what they begin with, and how a drawn text becomes a file."""

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from recognition.credentials.contexts import Contexts, install
from recognition.credentials.trust import Trust
from recognition.credentials.verification import verify
from tests.credentials import made, made_seals, test_elmo, test_open_badges_2, test_pdf
from tests.credentials.sample_files import SAMPLES

MOST_BYTES = 100_000
DRAWN = ("content", "image", "logo")  # pictures of pages: most of a real credential
CONTROLLER = "did:web:university.example"
PARTS = b"\n\n"  # between the parts of a token that is not encoded yet


def known() -> Contexts:
    """All vocabularies that are at hand, in memory: no file is opened for them later."""
    with TemporaryDirectory() as name:
        for path in sorted(SAMPLES.rglob("*context*/*.json*")):
            install(path.read_bytes(), Path(name))
        found = Contexts(Path(name))
        for url in found.names():
            found.document(url)
    return found


CONTEXTS = known()


def read(content: bytes, trust: Trust) -> None:
    """All that the product does with a file before it is kept."""
    verify(content, at=made.AT, trust=trust, contexts=CONTEXTS).as_dict()


@dataclass(frozen=True)
class Reader:
    """Where drawing begins, and what is done with what was drawn."""

    seeds: Callable[[], Iterator[bytes]]
    read: Callable[[bytes], None]


def samples(*folders: str, endings: tuple[str, ...]) -> Iterator[bytes]:
    """Files of others, where they are at hand and small enough to be drawn from."""
    for folder in folders:
        for path in sorted((SAMPLES / folder).rglob("*")):
            if path.suffix in endings and path.stat().st_size <= MOST_BYTES:
                yield path.read_bytes()


# Linked data


def linked_data() -> Iterator[bytes]:
    signed = made.sign(made.badge(**made.revocable()))
    for one in (
        signed,
        made.sign(made.record([signed, made.token(made.badge())])),
        made.sign(made.badge(endorsement=[made.sign(made.plain())])),
        made.sign_canonical_json(made.plain()),
        made.badge(),
    ):
        yield made.as_bytes(one)
    yield from samples("ob3", "clr2", "w3c", "dc4eu", endings=(".json", ".jsonld"))


# Tokens: a mark inside would not survive their encoding, so it is put on afterwards.


def tokens() -> Iterator[bytes]:
    told = made.badge()
    for key in (made.OURS, made.CURVE, made.RSA):
        yield taken_apart(made.token({**told, "issuer": made.did(made.OURS)}, key))
    yield taken_apart(made.token(made.plain(), wrapped=True))
    yield taken_apart(test_open_badges_2.signed())
    folders = ("ob3", "ob2", "clr2", "w3c", "dc4eu")
    for content in samples(*folders, endings=(".jwt",)):
        if content.count(b".") == 2:
            yield taken_apart(content.decode().strip())


def taken_apart(token: str) -> bytes:
    parts = token.split(".")
    return PARTS.join(
        base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in parts
    )


def put_together(content: bytes) -> bytes:
    parts = [*content.split(PARTS, 2), b"", b""][:3]
    return b".".join(base64.urlsafe_b64encode(one).rstrip(b"=") for one in parts)


# Open Badges 2, European credentials, transcripts, PDF files, pictures


def open_badges_2() -> Iterator[bytes]:
    yield made.as_bytes(test_open_badges_2.assertion())
    yield made.as_bytes(test_open_badges_2.assertion("hosted"))
    yield from samples("ob2", endings=(".json",))


def european() -> Iterator[bytes]:
    yield made.as_bytes(made_seals.sealed(made_seals.european()))
    yield made.as_bytes(made_seals.european())
    for path in sorted((SAMPLES / "elm").glob("*.json*")):
        document = without_pictures(_unsealed(json.loads(path.read_bytes())))
        forms = [document, made_seals.sealed(document)]
        yield from (it for it in map(made.as_bytes, forms) if len(it) <= MOST_BYTES)


def _unsealed(told: dict[str, Any]) -> dict[str, Any]:
    document: dict[str, Any] = (
        json.loads(told["payload"]) if "payload" in told else told
    )
    return document


def without_pictures(told: Any) -> Any:
    """The same, small enough to be drawn from: only its pictures are left out."""
    if isinstance(told, list):
        return [without_pictures(one) for one in told]
    if not isinstance(told, dict):
        return told
    return {
        name: ""
        if name in DRAWN and isinstance(value, str)
        else without_pictures(value)
        for name, value in told.items()
    }


def elmo() -> Iterator[bytes]:
    yield test_elmo.transcript().encode()
    yield test_elmo.signed(test_elmo.transcript())
    yield from samples("elmo", endings=(".xml",))


def pdf() -> Iterator[bytes]:
    yield test_pdf.signed(test_pdf.written())
    yield test_pdf.written(made.as_bytes(made.sign(made.badge())))
    yield from samples("pdf", endings=(".pdf",))


def pictures() -> Iterator[bytes]:
    text = made.as_bytes(made.sign(made.badge())).decode()
    yield made.png(text)
    yield made.svg(text)
    yield test_open_badges_2.baked()
    yield from samples("ob2", "ob3", endings=(".png", ".svg"))


# Documents beside a credential: what their issuer would have signed is signed anew.


def kept() -> Iterator[bytes]:
    unsigned = {n: v for n, v in made.status_list(9).items() if n != "proof"}
    yield _both(unsigned, made.document_of(CONTROLLER))
    yield _both({**unsigned, "validUntil": "2027-01-01"}, {})


def _both(status_list: dict[str, Any], controller: dict[str, Any]) -> bytes:
    return json.dumps({"list": status_list, "controller": controller}).encode()


def read_kept(content: bytes) -> None:
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        return
    told = told if isinstance(told, dict) else {}
    listed = told.get("list")
    if isinstance(listed, dict) and "@context" in listed:
        try:
            listed = made.sign_canonical_json(listed)
        except UnicodeEncodeError:
            return
    documents = {made.LIST: listed, CONTROLLER: told.get("controller")}
    read(OF_LIST, Trust(documents=documents))
    read(OF_CONTROLLER, Trust(documents=documents))


OF_LIST = made.as_bytes(made.sign_canonical_json(made.badge(**made.revocable())))
OF_CONTROLLER = made.as_bytes(
    made.sign(made.badge(CONTROLLER), method=f"{CONTROLLER}#{made.multibase()}")
)
ANCHORED = Trust(anchors=(made_seals.pem(made_seals.ROOT),))
AT_HAND = test_open_badges_2.AT_HAND

READERS = {
    "linked_data": Reader(linked_data, lambda it: read(it, Trust())),
    "tokens": Reader(tokens, lambda it: read(put_together(it), AT_HAND)),
    "open_badges_2": Reader(open_badges_2, lambda it: read(it, AT_HAND)),
    "european": Reader(european, lambda it: read(it, ANCHORED)),
    "elmo": Reader(elmo, lambda it: read(it, ANCHORED)),
    "pdf": Reader(pdf, lambda it: read(it, ANCHORED)),
    "pictures": Reader(pictures, lambda it: read(it, AT_HAND)),
    "kept": Reader(kept, read_kept),
}

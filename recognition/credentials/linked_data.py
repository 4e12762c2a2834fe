"""JSON-LD as it is signed: nothing readable may be outside what a signature covers.

A Data Integrity proof signs the statements that a document expands to, not its text.
Whatever the expansion drops, and whatever can be said in two ways, would let a stranger
change what people read without breaking the signature; all of that is refused here.
"""

import time
from collections.abc import Iterator
from typing import Any

from pyld import jsonld
from pyld.canon import URDNA2015

from recognition.credentials.contexts import Contexts
from recognition.credentials.refusals import Malformed, NotCovered, TooComplex
from recognition.credentials.safe_json import listed
from recognition.credentials.words import gettext_noop as _

# The only keywords that a credential needs beside names: values with a language. What a
# thing is called and of which type it is, readers look up as “id” and “type”.
KEYWORDS = {"@context"}
OF_VALUES = {"@context", "@value", "@language", "@direction", "@type"}
# Objects that may bring vocabularies of their own: credentials inside credentials.
EMBEDDED = {"endorsement", "verifiableCredential"}

# Names that no vocabulary defines are read as if they stood here, and so found.
NOWHERE = "https://undefined.invalid/"

CONTRADICTION = _("The JSON-LD of the credential contradicts its vocabularies.")
NOT_DEFINED = _(
    "The vocabularies do not define “%(name)s”: it is not covered by the signature,"
    " anybody could have added it."
)

NAMED_OTHERWISE = _(
    "The identifier of the credential is written in a way that hides it from readers."
)

_OF_CREDENTIALS = "https://www.w3.org/2018/credentials#"
AT_THE_TOP = {
    f"{_OF_CREDENTIALS}{name}"
    for name in (
        "credentialStatus",
        "expirationDate",
        "issuanceDate",
        "issuer",
        "validFrom",
        "validUntil",
    )
}

# Each value takes its time to be expanded, and those of one list their number squared.
MOST_VALUES, MOST_PAIRS = 8_000, 100_000
MOST_BLANK_NODES = 500
MOST_ALIKE = 6  # all orders of nodes that look the same are tried: 720 for six
MOST_STEPS = 4000
MOST_SECONDS = 0.8


def statements(
    document: dict[str, Any], contexts: Contexts
) -> tuple[bytes, NotCovered | None]:
    """The document as it is hashed, and what in it no signature would notice.

    An unknown vocabulary is raised: without it nothing can be said.
    """
    until = time.thread_time() + MOST_SECONDS
    if _has_many_values(document):
        raise _bomb()
    outside = _vocabularies(document, contexts) or _names(document)
    expanded, dropped = _expand(document, contexts)
    outside = (
        outside
        or _undefined(dropped, document)
        or _relative(expanded)
        or _told_elsewhere(expanded, document)
    )
    try:
        return _canonical(expanded, until), outside
    except TooComplex:
        if outside:  # which is known, however much work the rest would be
            raise Malformed(outside.sentence, **outside.facts) from None
        raise


def _has_many_values(document: dict[str, Any]) -> bool:
    """Asked before the document is expanded; texts and numbers count like objects."""
    inside: list[Any] = [document]
    values = pairs = 0
    while inside and values <= MOST_VALUES and pairs <= MOST_PAIRS:
        one = inside.pop()
        if isinstance(one, list):
            pairs += len(one) ** 2
            inside.extend(one)
            continue
        values += 1
        if isinstance(one, dict):
            inside.extend(one.values())
    return bool(inside)


def _vocabularies(document: dict[str, Any], contexts: Contexts) -> NotCovered | None:
    """Every vocabulary is named by its address, where it may be, and is at hand."""
    outside = None
    for holder, place in _objects(document):
        for url in listed(holder.get("@context")):
            if not isinstance(url, str):
                outside = outside or NotCovered(
                    _(
                        "The file defines words of its own inside itself; such"
                        " definitions are not signed."
                    )
                )
            else:
                contexts.document(url)
        if "@context" in holder and place and place[-1] not in EMBEDDED:
            outside = outside or NotCovered(
                _(
                    "The part “%(place)s” brings a vocabulary of its own, which could"
                    " change what signed words mean."
                ),
                place="/".join(place),
            )
    return outside


def _objects(
    value: Any, place: tuple[str, ...] = ()
) -> Iterator[tuple[dict[str, Any], tuple[str, ...]]]:
    if isinstance(value, dict):
        yield value, place
        for name, inner in value.items():
            if name != "@context":
                yield from _objects(inner, (*place, name))
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner, place)


def _names(document: dict[str, Any]) -> NotCovered | None:
    """Each thing is said by its plain name: no addresses, prefixes or keywords."""
    for holder, place in _objects(document):
        keywords = OF_VALUES if "@value" in holder else KEYWORDS
        for name in holder:
            if ":" in name or (name.startswith("@") and name not in keywords):
                return NotCovered(
                    _(
                        "“%(name)s” is a way of writing that hides a part of the"
                        " credential from readers."
                    ),
                    name="/".join((*place, name)),
                )
    return None


def _expand(
    document: dict[str, Any], contexts: Contexts
) -> tuple[list[Any], list[str]]:
    """The document with full names, and the names that were dropped on the way."""
    dropped: list[str] = []
    processor = jsonld.JsonLdProcessor(
        on_property_dropped=lambda name: dropped.append(str(name or ""))
    )
    options = {"documentLoader": contexts.loader, "base": NOWHERE}
    try:
        return processor.expand(document, options), dropped
    except jsonld.JsonLdError as error:
        raise Malformed(CONTRADICTION) from error


def _undefined(dropped: list[str], document: dict[str, Any]) -> NotCovered | None:
    if not dropped:
        return None
    places = (
        "/".join((*place, name))
        for holder, place in _objects(document)
        for name in holder
        if name in dropped
    )
    return NotCovered(NOT_DEFINED, name=next(places, dropped[0] or "?"))


def _relative(expanded: Any) -> NotCovered | None:
    """Relative names of things and types: other programs would drop them."""
    for node, _place in _objects(expanded):
        for name in (*listed(node.get("@type")), *listed(node.get("@id"))):
            if name.startswith(NOWHERE) or ":" not in name.replace("@", ":"):
                return NotCovered(NOT_DEFINED, name=name.removeprefix(NOWHERE)[:100])
    return None


def _told_elsewhere(expanded: list[Any], document: dict[str, Any]) -> NotCovered | None:
    """How long a credential holds is said at its top and by its name, where readers
    look; a second vocabulary might have another name for it."""
    tops = {top.get("@id") for top in expanded} - {None}
    if tops - {document.get("id")}:
        return NotCovered(NAMED_OTHERWISE)
    for node, place in _objects(expanded):
        about_it = not place or node.get("@id") in tops
        said = AT_THE_TOP & node.keys() if about_it else set()
        if said and (place or {name.rpartition("#")[2] for name in said} - {*document}):
            return NotCovered(
                _("A part of the credential is hidden inside another part.")
            )
    return None


class _Bounded(URDNA2015):
    """Canonicalisation that gives up where real credentials never come."""

    def __init__(self, until: float) -> None:
        super().__init__()
        self._steps, self._until = 0, until

    def hash_n_degree_quads(self, blank: str, issuer: Any) -> Any:
        self._steps += 1
        if self._steps > MOST_STEPS or time.thread_time() > self._until:
            raise _bomb()
        return super().hash_n_degree_quads(blank, issuer)

    def create_hash_to_related(self, blank: str, issuer: Any) -> Any:
        related = super().create_hash_to_related(blank, issuer)
        if any(len(set(alike)) > MOST_ALIKE for alike in related.values()):
            raise _bomb()
        return related


def _bomb() -> TooComplex:
    return TooComplex(
        _(
            "Putting the statements of the file into one order takes more work than"
            " any real credential does."
        )
    )


def _canonical(expanded: list[Any], until: float) -> bytes:
    """The statements in their one order, as they are hashed (RDFC-1.0)."""
    if _blank_nodes(expanded) > MOST_BLANK_NODES:
        raise _bomb()
    try:
        dataset = jsonld.JsonLdProcessor().to_rdf(
            expanded, {"documentLoader": Contexts().loader, "base": NOWHERE}
        )
    except jsonld.JsonLdError as error:
        raise Malformed(CONTRADICTION) from error
    text: str = _Bounded(until).main(dataset, {"format": "application/n-quads"})
    return text.encode()


def _blank_nodes(expanded: list[Any]) -> int:
    """How many things have no name, or one that holds inside the file only."""
    names = [
        node.get("@id", place)
        for node, place in _objects(expanded)
        if "@value" not in node and node.get("@id", "_:").startswith("_:")
    ]
    return len({name for name in names if isinstance(name, str)}) + sum(
        not isinstance(name, str) for name in names
    )

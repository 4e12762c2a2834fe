"""Verification that may look things up: ask, fetch what was missed, ask again."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import unquote

from recognition.credentials import safe_json
from recognition.credentials.findings import Report
from recognition.credentials.network.fetching import (
    MOST_BYTES,
    MOST_BYTES_OF_A_LIST,
    Fetched,
    Gone,
)
from recognition.credentials.proofs import jws
from recognition.credentials.refusals import Refused, Unreadable
from recognition.credentials.trust import Trust
from recognition.credentials.words import gettext_noop as _

MOST_ROUNDS = 4  # a badge names its class, the class its issuer, the issuer its list

A_HOST = re.compile(r"[A-Za-z0-9.-]+(?:%3[Aa]\d{1,5})?")
# A part of a path in which nothing hides that would lead to another path.
A_PART = re.compile(r"(?!\.{1,2}\Z)[^\s\x00-\x1f\x7f/\\?#%]+")

Verify = Callable[[Trust], Report]


class Fetches(Protocol):
    """Whoever gives what is at an address, from there or from memory."""

    def fetch(self, url: str, most: int, /) -> Fetched: ...


@dataclass(frozen=True)
class LookedUp:
    """What was found, with everything that was fetched and why the rest was not."""

    report: Report
    fetched: dict[str, Fetched]
    refused: dict[str, Refused]


def verify(verify: Verify, trust: Trust, fetcher: Fetches) -> LookedUp:
    """Verify until nothing more is asked for, or nothing more can be had."""
    fetched: dict[str, Fetched] = {}
    refused: dict[str, Refused] = {}
    report = verify(trust)
    for _round in range(MOST_ROUNDS):
        wanted = [
            address
            for address in report.wanted
            if url_of(address) and address not in fetched and address not in refused
        ]
        if not wanted:
            break
        documents, gone = dict(trust.documents), set(trust.gone)
        for address in wanted:
            try:
                is_list = address in report.wanted_lists
                most = MOST_BYTES_OF_A_LIST if is_list else MOST_BYTES
                got = fetcher.fetch(url_of(address), most)
                documents[address] = read(got)
                fetched[address] = got
            except Refused as refusal:
                refused[address] = refusal
                if isinstance(refusal, Gone):
                    gone.add(address)
        trust = replace(trust, documents=documents, gone=frozenset(gone))
        report = verify(trust)
    return LookedUp(report, fetched, refused)


def url_of(address: str) -> str:
    """Where the document of a name lies; empty if that is no matter of the network.

    W3C did:web §3.2: parts of the path are divided by colons.
    """
    if address.startswith("did:web:"):
        host, *path = address.split(":")[2:]
        parts = [unquote(part) for part in path]
        if not A_HOST.fullmatch(host) or not all(map(A_PART.fullmatch, parts)):
            return ""
        return f"https://{unquote(host)}/{'/'.join(parts) or '.well-known'}/did.json"
    return address if address.startswith(("https://", "http://")) else ""


def read(got: Fetched) -> object:
    """A JSON document or a token, as the checks expect it at hand."""
    try:
        text = got.content.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise Unreadable(_("The text is not UTF-8.")) from error
    return text if jws.looks_compact(text) else safe_json.loads(text)

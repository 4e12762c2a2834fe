"""Vocabularies of JSON-LD: known by address and SHA-256, never fetched to verify."""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from recognition.credentials import safe_json
from recognition.credentials.refusals import UnknownContext
from recognition.credentials.words import gettext_noop as _

VC_1 = "https://www.w3.org/2018/credentials/v1"
VC_2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES_3 = "https://purl.imsglobal.org/spec/ob/v3p0/"
CLR_2 = "https://purl.imsglobal.org/spec/clr/v2p0/"
OPEN_BADGES_2 = "https://w3id.org/openbadges/v2"
EUROPEAN = "http://data.europa.eu/snb/model/context/edc-ap"

# Come with the package openbadgeslib, whose own pins they carry.
_OB = OPEN_BADGES_3
PACKAGED = {
    VC_2: "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    f"{_OB}context-3.0.1.json": "5f3d9dd6288ef437ff8286cf95ffbff609c748a66f24a1e9450c45ca64be1571",
    f"{_OB}context-3.0.2.json": "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53",
    f"{_OB}context-3.0.3.json": "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    f"{_OB}context.json": "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    f"{_OB}extensions.json": "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93",
    f"{CLR_2}context-2.0.1.json": "880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6",
    "https://w3id.org/security/data-integrity/v2": "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
    "https://w3id.org/security/multikey/v1": "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597",
}
# Official JSON Schemas of 1EdTech, for those who want their rules asked as well.
_OB_SCHEMA, _CLR_SCHEMA = f"{_OB}schema/json/", f"{CLR_2}schema/json/"
ACHIEVEMENT_SCHEMA = f"{_OB_SCHEMA}ob_v3p0_achievementcredential_schema.json"
ENDORSEMENT_SCHEMA = f"{_OB_SCHEMA}ob_v3p0_endorsementcredential_schema.json"
CLR_SCHEMA = f"{_CLR_SCHEMA}clr_v2p0_clrcredential_schema.json"
# Installed by hand, from a folder or from their addresses.
INSTALLABLE = {
    ACHIEVEMENT_SCHEMA: "b7358e895f492e74055dc6bfc7ffc420d0e497f90c4579fb83d9519b86d393ea",
    ENDORSEMENT_SCHEMA: "786b1190ea97e7e339d8057f02414603c0e2b8b1cbe46fd72165c73f39a256c6",
    CLR_SCHEMA: "59d778659204b0bd593e9e2ab1683fb6f688e339885c44019f606ed6feb4caee",
    VC_1: "ab4ddd9a531758807a79a5b450510d61ae8d147eab966cc9a200c07095b0cdcc",
    "https://www.w3.org/ns/credentials/examples/v2": "57393fbc69d6efb9b9b5dc9cb6b9880b0944360abfe2eaf459c9e58cf2279d7c",
    "https://www.w3.org/ns/credentials/status/v1": "fda5add353231e6a6884a46b12e6c75464281900cb348284d9c360f62381d9f7",
    "https://w3id.org/vc/status-list/2021/v1": "6dd06a52bedb771e059c1083ba8ba7848dce22f6b4a8cfa0b98ba3fc188870e4",
    "https://w3id.org/security/suites/ed25519-2020/v1": "67646fbc0d6582ad7fbf08ccf0d3a4bedbb4177fd2d63385de52dc1b092ed6c5",
    "https://w3id.org/security/data-integrity/v1": "b5d829bd09aa7c42abc6efa0c8ed7635313b5487f37ccfce3ecd149ca9418554",
    "https://www.w3.org/ns/did/v1": "adefa50311393eb1bd788a38ac9fe2696c65367928f6996812cd54577394f4da",
    "https://w3id.org/security/v1": "abaf97e107d1925503c433dcaf3ffd2831697cacc1ed2a293e1bc8030d5bcb47",
    "https://w3id.org/security/v2": "611bd81151d5efe53ec9aed78f5a813e577287bc9451ee26d6879b1b8b46bc3b",
    OPEN_BADGES_2: "393a890d7d95eb3a86f5f12309648a64c2d0676e5270e2967b5341a2dcea13d2",
    f"{CLR_2}context.json": "e198d7b517d74c5036434ce495086f67b10244709e9a3df9dcb7f8b1579b6167",
    EUROPEAN: "528f8a0e86dbbec7db2216c61806e6311feedac77a51d1a38b0a1d49e4c337fb",
    "https://raw.githubusercontent.com/educredentials/obv3-examples/refs/heads/main/contexts/educredential.json": "c56c11e50a8222d9a3420779b44c5959d0b88feabe10e8757e422efba11ad129",
}


@dataclass(frozen=True)
class Contexts:
    """The vocabularies at hand: those of the package and those installed in a folder."""

    folder: Path | None = None
    _read: dict[str, Any] = field(default_factory=dict, compare=False)
    _asked: set[str] = field(default_factory=set, compare=False)

    def apart(self) -> "Contexts":
        """The same documents, with a memory of its own of which were asked for."""
        return Contexts(self.folder, self._read)

    def asked(self) -> dict[str, str]:
        """The vocabularies that were asked for, each with its SHA-256."""
        return {
            url: PACKAGED.get(url) or INSTALLABLE[url] for url in sorted(self._asked)
        }

    def names(self) -> set[str]:
        return {*PACKAGED, *(url for url in INSTALLABLE if self.is_installed(url))}

    def is_installed(self, url: str) -> bool:
        """Is there a file of it that nobody altered?"""
        return self._content(url) is not None

    def has_file(self, url: str) -> bool:
        """Whatever stands in it."""
        return self.folder is not None and (self.folder / INSTALLABLE[url]).is_file()

    def _content(self, url: str) -> bytes | None:
        if self.folder is None or not self.has_file(url):
            return None
        content = (self.folder / INSTALLABLE[url]).read_bytes()
        unaltered = hashlib.sha256(content).hexdigest() == INSTALLABLE[url]
        return content if unaltered else None

    @cached_property
    def _packaged(self) -> dict[str, Any]:
        # Heavy, and needed by JSON-LD signatures only.
        from openbadgeslib.ob3.clr import bundled_clr_contexts  # noqa: PLC0415
        from openbadgeslib.ob3.contexts import bundled_contexts  # noqa: PLC0415

        return {**bundled_contexts(), **bundled_clr_contexts()}

    def document(self, url: str) -> Any:
        document = self._document(url)
        self._asked.add(url)
        return document

    def _document(self, url: str) -> Any:
        if url in self._read:
            return self._read[url]
        if url in PACKAGED:
            document = self._packaged[url]
        elif url in INSTALLABLE and (content := self._content(url)) is not None:
            document = safe_json.loads(content)
        else:
            raise missing(url)
        self._read[url] = document
        return document

    def loader(self, url: str, _options: dict[str, Any]) -> dict[str, Any]:
        """In the shape that PyLD asks for."""
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": url,
            "document": self.document(url),
        }


def missing(url: str) -> UnknownContext:
    if url in INSTALLABLE:
        return UnknownContext(
            _(
                "The vocabulary %(url)s is not installed: get its file and run"
                " “manage.py contexts install FOLDER”, or “manage.py contexts"
                " install --download”."
            ),
            url=url,
        )
    return UnknownContext(
        _(
            "The vocabulary %(url)s is not among those this product knows by their"
            " content; what its words mean cannot be checked."
        ),
        url=url[:200],
    )


def install(content: bytes, folder: Path) -> str | None:
    """Keep a file whose SHA-256 is pinned here; the address it stands for, or None."""
    found = hashlib.sha256(content).hexdigest()
    for url, wanted in INSTALLABLE.items():
        if wanted == found:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / found).write_bytes(content)
            return url
    return None

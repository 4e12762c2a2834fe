"""What is known beforehand: institutions with their keys, anchors, kept documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self
from urllib.parse import urlsplit

from cryptography import x509


@dataclass(frozen=True)
class Span:
    """From a first day to a last one; an open end is None."""

    first: date | None = None
    last: date | None = None

    def covers(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (
            self.last is None or day <= self.last
        )

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        first, last = (
            date.fromisoformat(told[name]) if told.get(name) else None
            for name in ("from", "until")
        )
        return cls(first, last)


@dataclass(frozen=True)
class KnownKey:
    """A key that somebody confirmed to be the institution's, by its thumbprint."""

    thumbprint: str
    valid: Span = Span()


@dataclass(frozen=True)
class Coverage:
    """An external quality assurance decision and the days on which it holds."""

    source: str
    valid: Span


@dataclass(frozen=True)
class Institution:
    """An institution and everything by which a credential may name it."""

    name: str
    identifiers: frozenset[str] = frozenset()
    keys: tuple[KnownKey, ...] = ()
    quality_assured: tuple[Coverage, ...] = ()
    domains: frozenset[str] = frozenset()

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        return cls(
            name=told["name"],
            identifiers=frozenset(told.get("identifiers", ())),
            keys=tuple(
                KnownKey(key["thumbprint"], Span.read(key))
                for key in told.get("keys", ())
            ),
            quality_assured=tuple(
                Coverage(one["source"], Span.read(one))
                for one in told.get("quality_assured", ())
            ),
            domains=frozenset(told.get("domains", ())),
        )

    def is_named_by(self, identifier: str) -> bool:
        """One of its identifiers, or an address of a domain that is its own."""
        return identifier in self.identifiers or host(identifier) in self.domains


def host(identifier: str) -> str | None:
    """The host of an https address or of a did:web; a subdomain is another host."""
    if identifier.startswith("did:web:"):
        return identifier.split(":")[2].lower()
    try:
        address = urlsplit(identifier)
    except ValueError:
        return None
    return address.hostname if address.scheme == "https" else None


@dataclass(frozen=True)
class Applicant:
    """By what the person who files is known: addresses and identifiers."""

    emails: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


class Documents(dict[str, Any]):
    """Documents by address; remembers which were asked for and are not there."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        super().__init__(known)
        self.missing: dict[str, None] = {}

    def get(self, address: str, default: Any = None) -> Any:
        if address not in self:
            self.missing[address] = None
        return super().get(address, default)


@dataclass(frozen=True)
class Trust:
    """Everything a check may rest on besides the file itself. As JSON:

    {"institutions": [{"name": …, "identifiers": [did, eIDAS number, "schac:…"],
       "domains": [host], "keys": [{"thumbprint": …, "from": day, "until": day}],
       "quality_assured": [{"source": …, "from": day, "until": day}]}],
     "anchors": [certificates as PEM], "documents": {address: document},
     "applicant": {"emails": […], "identifiers": […], "names": […]}}

    `documents` are controller documents, status lists and hosted badges by address, as
    they were fetched or handed in; nothing is ever fetched from here.
    """

    institutions: tuple[Institution, ...] = ()
    anchors: tuple[str, ...] = ()  # certificates as PEM
    documents: Mapping[str, Any] = field(default_factory=dict)
    applicant: Applicant | None = None

    def institution(self, identifier: str) -> Institution | None:
        for one in self.institutions:
            if one.is_named_by(identifier):
                return one
        return None

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        applicant = told.get("applicant")
        for anchor in told.get("anchors", ()):
            x509.load_pem_x509_certificates(anchor.encode())  # refuses what is none
        return cls(
            institutions=tuple(
                Institution.read(one) for one in told.get("institutions", ())
            ),
            anchors=tuple(told.get("anchors", ())),
            documents=dict(told.get("documents", {})),
            applicant=Applicant(
                **{name: tuple(values) for name, values in applicant.items()}
            )
            if applicant
            else None,
        )

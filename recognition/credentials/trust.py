"""What is known beforehand: institutions with their keys, anchors, kept documents."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

# did:web of a domain or the root of its server, perhaps with a port.
A_DOMAIN = re.compile(
    r"did:web:([A-Za-z0-9.-]+)(?:%3[Aa]\d{1,5})?"
    r"|https://([A-Za-z0-9.-]+)(?::\d{1,5})?/?"
)


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


Days = Mapping[str, tuple[Span, ...]]


def held(value: str, days: Days, day: date | None) -> bool:
    """Was it held on that day; on any, if none is asked for? Not dated, it always is."""
    spans = days.get(value)
    return day is None or spans is None or any(span.covers(day) for span in spans)


def days_of(dated: Iterable[tuple[str, Span]]) -> Days:
    """A value that was held again after its end has several spans."""
    found: dict[str, tuple[Span, ...]] = {}
    for value, span in dated:
        found[value] = (*found.get(value, ()), span)
    return found


def _dated(told: Iterable[Any]) -> tuple[tuple[str, ...], Days]:
    """Values as they stand alone, or as {"value": …, "from": day, "until": day}."""
    told = list(told)
    values = (one if isinstance(one, str) else one["value"] for one in told)
    dated = ((one["value"], Span.read(one)) for one in told if not isinstance(one, str))
    return tuple(values), days_of(dated)


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
    # Of those identifiers and domains that were not held on all days.
    days: Days = field(default_factory=dict)

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        identifiers, days = _dated(told.get("identifiers", ()))
        domains, days_of_domains = _dated(told.get("domains", ()))
        return cls(
            name=told["name"],
            identifiers=frozenset(identifiers),
            keys=tuple(
                KnownKey(key["thumbprint"], Span.read(key))
                for key in told.get("keys", ())
            ),
            quality_assured=tuple(
                Coverage(one["source"], Span.read(one))
                for one in told.get("quality_assured", ())
            ),
            domains=frozenset(domains),
            days={**days, **days_of_domains},
        )

    def is_named_by(self, identifier: str, day: date | None = None) -> bool:
        """One of its identifiers, or a domain that is its own."""
        if identifier in self.identifiers and held(identifier, self.days, day):
            return True
        its = domain(identifier)
        return its in self.domains and held(str(its), self.days, day)

    def confirms(self, thumbprint: str, day: date) -> bool:
        """Has somebody confirmed that this key was the institution's on that day?"""
        return any(
            key.thumbprint == thumbprint and key.valid.covers(day) for key in self.keys
        )


def domain(identifier: str) -> str | None:
    """The domain that the identifier is as a whole; a subdomain is another one.

    Whoever has a path of a server need not be who has the server: that names nobody.
    """
    found = A_DOMAIN.fullmatch(identifier)
    return (found[1] or found[2]).lower() if found else None


def is_address(identifier: str) -> bool:
    """Is it found where its name leads, which may be to another owner one day?"""
    return identifier.startswith(("did:web:", "https://", "http://"))


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
        self.lists: set[str] = set()

    def get(self, address: str, default: Any = None) -> Any:
        if address not in self:
            self.missing[address] = None
        return super().get(address, default)


def list_at(documents: Mapping[str, Any], address: str) -> Any:
    """The status list at an address; that it was asked for as a list is remembered."""
    if isinstance(documents, Documents):
        documents.lists.add(address)
    return documents.get(address)


@dataclass(frozen=True)
class Trust:
    """Everything a check may rest on besides the file itself. As JSON:

    {"institutions": [{"name": …, "identifiers": [did, eIDAS number, "schac:…"],
       "domains": [host], "keys": [{"thumbprint": …, "from": day, "until": day}],
       "quality_assured": [{"source": …, "from": day, "until": day}]}],
     "anchors": [certificates as PEM], "documents": {address: document},
     "applicant": {"emails": […], "identifiers": […], "names": […]},
     "gone": [addresses of documents that are no more]}

    An identifier, a domain or an anchor that was not held on all days stands as
    {"value": …, "from": day, "until": day}. What counts is the day of which the proof or
    the text around it speaks as that of signing, not the day of the check; quality
    assurance counts on the day of the award. An address that is no longer held names its
    institution of old only under a confirmed key (`institutions.addressed_issuer`).

    `documents` are controller documents, status lists and hosted badges by address, as
    they were fetched or handed in; nothing is ever fetched from here.
    """

    institutions: tuple[Institution, ...] = ()
    anchors: tuple[str, ...] = ()  # certificates as PEM
    documents: Mapping[str, Any] = field(default_factory=dict)
    applicant: Applicant | None = None
    # Addresses whose servers said that what was there is no more.
    gone: frozenset[str] = frozenset()
    anchor_days: Days = field(default_factory=dict)

    def institution(
        self, identifier: str, day: date | None = None
    ) -> Institution | None:
        for one in self.institutions:
            if one.is_named_by(identifier, day):
                return one
        return None

    def apart(self) -> tuple["Trust", Documents]:
        """The same, with documents that remember which of them were asked for."""
        documents = Documents(self.documents)
        twin = object.__new__(Trust)  # checked when it was made: once is enough
        vars(twin).update(vars(self), documents=documents)
        return twin, documents

    def anchors_on(self, day: date) -> tuple[str, ...]:
        return tuple(one for one in self.anchors if held(one, self.anchor_days, day))

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        applicant = told.get("applicant")
        anchors, days = _dated(told.get("anchors", ()))
        return cls(
            institutions=tuple(
                Institution.read(one) for one in told.get("institutions", ())
            ),
            gone=frozenset(told.get("gone", ())),
            anchors=anchors,
            anchor_days=days,
            documents=dict(told.get("documents", {})),
            applicant=Applicant(
                **{name: tuple(values) for name, values in applicant.items()}
            )
            if applicant
            else None,
        )

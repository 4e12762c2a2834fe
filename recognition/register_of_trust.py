"""The register of trust, read: entries where they stand, and what checks rest on."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from qa import record
from qa.models import Institution, User
from recognition.credentials import trust
from recognition.credentials.trust import Applicant, Coverage, KnownKey, Span, Trust
from recognition.enums import TrustKind, TrustStand
from recognition.models import TrustEntry
from recognition.models.trust import held_until

COUNTING = (TrustStand.CONFIRMED, TrustStand.ENDED)
IDENTIFIERS = (TrustKind.DID, TrustKind.ORGANISATION, TrustKind.OTHER)


@dataclass(frozen=True)
class Known:
    """What a check may rest on at a moment, and the hash of the entries behind it."""

    trust: Trust
    sha256: str
    owners: tuple[int, ...]  # of the institutions, in their order

    def owner_of(self, identifiers: Iterable[str], day: date) -> int | None:
        """The institution that one of the identifiers belonged to that day, by its key."""
        for identifier in identifiers:
            for pk, one in zip(self.owners, self.trust.institutions, strict=True):
                if one.is_named_by(identifier, day):
                    return pk
        return None


def entries() -> QuerySet[Any]:
    """All of them with where they stand, newest first; one query with what is shown."""
    return TrustEntry.objects.with_stand().select_related(
        "institution", "added_by", "seen_in__application__case"
    )


def waiting() -> QuerySet[Any]:
    """What the head of the office has to confirm or reject."""
    return TrustEntry.objects.with_stand().filter(stand=TrustStand.PROPOSED)


def known_at(moment: datetime, applicant: User | None = None) -> Known:
    """What was confirmed by that moment, with the days on which it holds.

    What was ended keeps its days: what was signed before stays signed.
    """
    counting = list(
        TrustEntry.objects.with_stand(known_until=moment)
        .filter(added_at__lte=moment, stand__in=COUNTING)
        .order_by("pk")
    )
    owned: dict[int, list[Any]] = defaultdict(list)
    for entry in counting:
        if entry.institution_id and entry.kind != TrustKind.ANCHOR:
            owned[entry.institution_id].append(entry)
    institutions = {
        one.pk: _institution(one, owned[one.pk])
        for one in Institution.objects.filter(pk__in=owned).prefetch_related(
            "accreditations"
        )
    }
    anchors = [e for e in counting if e.kind == TrustKind.ANCHOR]
    told = Trust(
        institutions=tuple(institutions.values()),
        anchors=tuple(dict.fromkeys(entry.value for entry in anchors)),
        anchor_days=_days(anchors),
        applicant=_applicant(applicant) if applicant else None,
    )
    return Known(told, _fingerprint(counting), tuple(institutions))


def _institution(one: Institution, its: list[Any]) -> trust.Institution:
    return trust.Institution(
        name=one.name_en,
        identifiers=frozenset(e.value for e in its if e.kind in IDENTIFIERS),
        keys=tuple(KnownKey(e.value, _span(e)) for e in its if e.kind == TrustKind.KEY),
        quality_assured=tuple(
            Coverage(
                f"{a.agency} {a.reference}".strip(), Span(a.valid_from, a.valid_to)
            )
            for a in one.accreditations.all()
        ),
        domains=frozenset(e.value for e in its if e.kind == TrustKind.DOMAIN),
        days=_days(e for e in its if e.kind != TrustKind.KEY),
    )


def _days(held: Iterable[Any]) -> trust.Days:
    return trust.days_of((entry.value, _span(entry)) for entry in held)


def _span(entry: Any) -> Span:
    return Span(entry.valid_from, held_until(entry))


def _applicant(user: User) -> Applicant:
    given, family = user.given_name, user.family_name
    return Applicant(
        emails=(user.email,), names=(f"{given} {family}", f"{family} {given}")
    )


def _fingerprint(counting: Iterable[Any]) -> str:
    told = [[e.pk, record.digest(e), e.stand, e.last_day] for e in counting]
    return record.sha256(record.canonical(told))

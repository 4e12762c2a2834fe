"""A worker's look-ups: what addresses give is kept with a new check beside the old one."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction

from qa import clock
from qa.files import content_of
from qa.models import Register
from qa.services.people import system_actor
from recognition import look_ups, register_of_trust
from recognition.credentials import kept
from recognition.credentials.network import lookups
from recognition.credentials.network.addresses import NotAllowed, Place
from recognition.credentials.network.fetching import (
    GONE,
    TOO_MANY,
    Fetched,
    Fetcher,
    Gone,
    NotFetched,
)
from recognition.credentials.network.lookups import Fetches, LookedUp
from recognition.credentials.proofs import jws
from recognition.credentials.refusals import Refused
from recognition.credentials.words import gettext_noop as _
from recognition.models import AskedHost, CredentialCheck, LookUp
from recognition.services import checking
from recognition.services.asking import locked
from recognition.services.checking import Looked
from recognition.services.filling import fill_from

# How long an answer stands for other checks. Whatever could say that something was
# revoked is soon asked again.
OF_AN_ISSUER = timedelta(hours=24)
OF_A_LIST = timedelta(hours=1)
OF_A_REFUSAL = timedelta(minutes=10)
ISSUERS = {"Issuer", "Profile", "CryptographicKey", "BadgeClass", "Achievement"}

MILLISECOND = timedelta(milliseconds=1)
MINUTE = timedelta(minutes=1)
MOST_A_MINUTE = 10  # requests to one host, by all workers together
MOST_SECONDS = 120.0  # after which a check begins no further look-up
MOST_KEPT = 50
TOO_OFTEN = _(
    "The server %(host)s was asked often enough for this minute; verify the file again "
    "later."
)
NOT_LISTED = _("The server %(host)s is not among those that this house asks.")
TOO_LONG = _("The look-ups for this file took too long; the rest was not asked.")
# These speak of this house and its limits, not of the server: never remembered.
OURS = (TOO_OFTEN, NOT_LISTED, TOO_LONG, TOO_MANY)


def look_up(pk: int) -> CredentialCheck | None:
    """Verify again with what the file names; no transaction is open meanwhile."""
    check = _check(pk)
    if not look_ups.is_due(check):
        return None
    content = content_of(check.document)
    now = clock.now()
    known = register_of_trust.known_at(now, check.application.applicant)
    memory = Memory(Fetcher(admit=admit))
    read = partial(checking.read_apart, content, now, once=True)
    found = lookups.verify(read, known.trust, memory)
    told = kept.as_kept(found.report)
    rows = list(_rows(found, memory))[:MOST_KEPT]
    looked = Looked(content, told, kept.report_of(told), known, rows, check)
    with transaction.atomic():
        locked(check.application)
        if not look_ups.is_due(_check(pk)):
            return None  # closed meanwhile, or another worker was there
        new = checking.keep(check.application, check.document, looked, system_actor())
        # As if whoever added the file had added it with all this: only what they left
        # empty in a draft is filled.
        fill_from(application=check.application, check=new, by=check.document.added_by)
        return new


def _check(pk: int) -> CredentialCheck:
    return CredentialCheck.objects.select_related(
        "application__applicant", "document__added_by"
    ).get(pk=pk)


@dataclass
class Memory:
    """What other checks were given within its time; only the rest is asked for."""

    fetcher: Fetches
    until: float = field(default_factory=lambda: time.monotonic() + MOST_SECONDS)
    # When servers refused what is still remembered of them, by the address asked.
    refused_at: dict[str, datetime] = field(default_factory=dict)

    def fetch(self, url: str, most: int, /) -> Fetched:
        given = self._given(url)
        if given is not None:
            return given
        if time.monotonic() > self.until:
            raise NotFetched(TOO_LONG)
        return self.fetcher.fetch(url, most)

    def _given(self, url: str) -> Fetched | None:
        now = clock.machine_now()
        latest = (
            LookUp.objects.filter(url=url, answered_at__gt=now - OF_AN_ISSUER)
            .exclude(sentence__in=OURS)
            .order_by("-answered_at", "-pk")
            .first()
        )
        if latest is None:
            return None
        if not latest.sentence:
            got = Fetched(
                latest.given_from,
                bytes(latest.content),
                latest.content_type,
                latest.answered_at,
            )
            return got if latest.answered_at > now - time_of(got) else None
        if latest.answered_at > now - OF_A_REFUSAL:
            self.refused_at[url] = latest.answered_at
            again = Gone if latest.sentence == GONE else NotFetched
            raise again(latest.sentence, **latest.facts)
        return None


def time_of(got: Fetched) -> timedelta:
    """How long the answer stands: what only says who somebody is, for longer; a list
    no longer than it says itself."""
    told = lookups.read(got)
    if isinstance(told, str):
        payload = jws.taken_apart(told).payload
        return _time_of_a_list(payload.get("vc", payload))
    if not isinstance(told, dict):
        return OF_A_LIST
    kinds = told.get("type", [])
    named = {str(one) for one in (kinds if isinstance(kinds, list) else [kinds])}
    is_issuer = named <= ISSUERS if named else "verificationMethod" in told
    return OF_AN_ISSUER if is_issuer else _time_of_a_list(told)


def _time_of_a_list(told: object) -> timedelta:
    """W3C Bitstring Status List §2.2: “ttl” counts milliseconds."""
    subject = told.get("credentialSubject") if isinstance(told, dict) else None
    ttl = subject.get("ttl") if isinstance(subject, dict) else None
    if isinstance(ttl, bool) or not isinstance(ttl, int | float):
        return OF_A_LIST
    longest = OF_A_LIST / MILLISECOND
    return max(0.0, min(ttl, longest)) * MILLISECOND


def admit(place: Place) -> None:
    """Count the request, or refuse it: not this host, or not so soon again."""
    refuse_unlisted(place)
    with transaction.atomic():
        Register.objects.get_or_create(name="look-ups", year=0)
        Register.objects.select_for_update().get(name="look-ups", year=0)
        now = clock.machine_now()
        AskedHost.objects.filter(at__lte=now - MINUTE).delete()
        if AskedHost.objects.filter(host=place.host).count() >= MOST_A_MINUTE:
            raise NotAllowed(TOO_OFTEN, host=place.host)
        AskedHost.objects.create(host=place.host, at=now)


def refuse_unlisted(place: Place) -> None:
    hosts = settings.ATESTA_LOOK_UP_HOSTS
    if hosts and place.host not in hosts:
        raise NotAllowed(NOT_LISTED, host=place.host)


def _rows(found: LookedUp, memory: Memory) -> Iterator[LookUp]:
    """What is kept with the check: each answer, each refusal."""
    for address, got in found.fetched.items():
        yield LookUp(
            **_named(address),
            given_from=got.url,
            content=got.content,
            content_type=got.content_type,
            sha256=got.sha256,
            answered_at=got.at,
        )
    now = clock.machine_now()
    for address, refusal in found.refused.items():
        yield LookUp(
            **_named(address),
            **_told(refusal),
            answered_at=memory.refused_at.get(lookups.url_of(address), now),
        )


def _named(address: str) -> dict[str, str]:
    return {
        "address": kept.plain(address),
        "url": kept.plain(lookups.url_of(address)),
    }


def _told(refusal: Refused) -> dict[str, object]:
    return {"sentence": refusal.sentence, "facts": kept.plain(refusal.facts)}

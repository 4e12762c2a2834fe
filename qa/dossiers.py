"""The list of micro-credentials and what one row of it says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from qa import clock, queries
from qa.enums import AccreditationStatus, ProcedureStatus
from qa.models import (
    Accreditation,
    Event,
    MicroCredential,
    Procedure,
    Unit,
    User,
    Version,
)

_STANDING = (AccreditationStatus.IN_FORCE, AccreditationStatus.APPROVED)
# Of the things of a case, these tell nothing about a procedure that is not open to all.
_OPEN_THINGS = ("qa.accreditation",)


@dataclass(frozen=True)
class Dossier:
    """One micro-credential as a person sees it: its standing and what runs."""

    offer: MicroCredential
    version: Version | None
    standing: Accreditation | None
    running: Procedure | None
    latest: Procedure | None


@dataclass(frozen=True)
class Ahead:
    """The days of a re-evaluation that are still to come; None where one is past."""

    opens_on: date | None
    filing_by: date | None


@dataclass(frozen=True)
class Scope:
    """How far a person sees into a case.

    `procedures` are those the person may open; `inside`: also what members of a panel
    declare; `whole`: nothing of the case is closed.
    """

    procedures: Sequence[Procedure]
    inside: bool
    whole: bool


def scope_of(offer: MicroCredential, user: User, seen: Sequence[Procedure]) -> Scope:
    """The person's scope; `seen` are the offer's procedures the person may open."""
    inside = bool(queries.SEES_ALL & queries.roles_of(user).keys())
    every = bool(seen) and offer.procedures.count() == len(seen)
    return Scope(seen, inside, whole=inside or every)


def filtered(
    user: User,
    *,
    words: Sequence[str] = (),
    faculty: Unit | None = None,
    stage: str = "",
) -> QuerySet[MicroCredential]:
    """What the person may see, the newest first; hidden drafts are never searched.

    The words are folded.
    """
    procedures = queries.procedures_visible_to(user)
    found = queries.micro_credentials_visible_to(user, procedures)
    visible = procedures.filter(micro_credential=OuterRef("pk"))
    periods = Accreditation.objects.filter(micro_credential=OuterRef("pk"))
    for word in words:
        titled = Q(version__titles_folded__contains=word)
        found = found.filter(
            Q(case__number__icontains=word)
            | Exists(visible.filter(titled))
            | Exists(periods.filter(titled))
        )
    if faculty is not None:
        found = found.filter(Q(unit=faculty) | Q(unit__parent=faculty))
    if stage in AccreditationStatus.values:
        found = found.filter(Exists(periods.filter(status=stage)))
    if stage in ProcedureStatus.values:
        found = found.filter(Exists(visible.filter(status=stage)))
    return found.order_by("-pk")


def with_parts(
    offers: QuerySet[MicroCredential], user: User
) -> QuerySet[MicroCredential]:
    """The offers with all that a row needs, in three queries for any number of them."""
    procedures = queries.procedures_visible_to(user).select_related("version")
    periods = Accreditation.objects.select_related("version")
    return offers.select_related("case", "unit__parent").prefetch_related(
        Prefetch("procedures", procedures.order_by("-opened_at", "-pk"), "seen"),
        Prefetch("accreditations", periods.order_by("-valid_from", "-pk"), "periods"),
    )


def rows(offers: Iterable[MicroCredential]) -> list[Dossier]:
    """The rows of offers that were read `with_parts`."""
    return [
        _row(offer, offer.seen, offer.periods)  # type: ignore[attr-defined]
        for offer in offers
    ]


def _row(
    offer: MicroCredential, seen: list[Procedure], periods: list[Accreditation]
) -> Dossier:
    holding = [p for status in _STANDING for p in periods if p.status == status]
    standing = (holding or periods or [None])[0]
    running = next((p for p in seen if p.is_open), None)
    latest = seen[0] if seen else None
    if holding or latest is None:
        version = standing.version if standing else None
    else:
        version = latest.version
    return Dossier(offer, version, standing, running, latest)


def ahead(period: Accreditation | None) -> Ahead | None:
    """What lies ahead of the period's re-evaluation; None when nothing does."""
    if period is None or period.status not in _STANDING:
        return None
    today, end = clock.today(), period.withdrawn_on or date.max
    is_called = period.reevaluation_opened_at is not None
    filed = period.reevaluations.filter(first_submitted_on__isnull=False)
    opens_on = None if is_called else _to_come(period.notice_on, today, end)
    filing_by = _to_come(period.filing_by, today, end)
    if filing_by and filed.exists():
        filing_by = None
    return Ahead(opens_on, filing_by) if opens_on or filing_by else None


def _to_come(day: date, today: date, end: date) -> date | None:
    return day if today <= day < end else None


def events_seen(offer: MicroCredential, scope: Scope) -> QuerySet[Event]:
    """The case's events, the newest first; of procedures one cannot open, none."""
    events = Event.objects.filter(case_id=offer.pk).select_related("by")
    if not scope.whole:
        ids = [procedure.pk for procedure in scope.procedures]
        own = Q(thing="qa.procedure", thing_id__in=ids)
        events = events.filter(own | Q(thing__in=_OPEN_THINGS))
    return events.order_by("-sequence")

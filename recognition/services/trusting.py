"""The register of trust: proposing an entry, and deciding on it; nothing is edited."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from qa import clock
from qa.models import Institution, Register, User
from qa.services.people import system_actor
from qa.transitions import refuse_unless
from recognition import identifiers, register_of_trust
from recognition import permissions as may
from recognition.credentials.findings import Check, Report, Result
from recognition.enums import TrustAct, TrustKind, TrustStand
from recognition.models import CredentialCheck, TrustDecision, TrustEntry
from recognition.register_of_trust import Known

S = TrustStand
# Act -> the stand it needs, and the refusal where the entry stands elsewhere.
NEEDS = {
    TrustAct.CONFIRM: S.PROPOSED,
    TrustAct.REJECT: S.PROPOSED,
    TrustAct.END: S.CONFIRMED,
}
MOST_SEEN = 3  # keys that one file can propose


@transaction.atomic
def propose_entry(
    *, entry: TrustEntry, new_institution: tuple[str, str] | None = None, by: User
) -> TrustEntry:
    """Propose an identifier, a key or an anchor; it counts once it is confirmed.

    An institution that our list does not have comes with its name and country.
    """
    if not may.proposes_trust(entry, by):
        raise PermissionDenied(_("Only the recognition office proposes entries."))
    _one_at_a_time()
    if new_institution is not None:
        entry.institution = institution_named(*new_institution)
    _refuse_incomplete(entry)
    refuse_unless(
        not _standing(entry.kind, entry.value).exists(),
        _("The register has this entry already; end that one first."),
    )
    entry.reason = entry.reason.strip()
    entry.added_at, entry.added_by = clock.now(), by
    entry.save(force_insert=True)
    return entry


def _refuse_incomplete(entry: TrustEntry) -> None:
    """Reason, owner and value, which is brought into its one form."""
    refuse_unless(bool(entry.reason.strip()), _("Say why, and how you know."))
    refuse_unless(
        entry.institution_id is not None or entry.kind == TrustKind.ANCHOR,
        _("Say whose it is; only an anchor may be nobody’s."),
    )
    try:
        told = identifiers.written(entry.kind, entry.value)
    except identifiers.NotWritten as wrong:
        refuse_unless(False, str(wrong.sentence))
    entry.value, entry.label = told.value, entry.label.strip() or told.label
    entry.valid_from = entry.valid_from or told.valid_from
    entry.valid_to = entry.valid_to or told.valid_to
    refuse_unless(
        not (entry.valid_from and entry.valid_to) or entry.valid_from <= entry.valid_to,
        _("It ends before it begins."),
    )


@transaction.atomic
def decide_entry(
    *,
    entry: TrustEntry,
    act: str,
    reason: str,
    last_day: date | None = None,
    by: User,
) -> TrustDecision:
    """The head of the office confirms, rejects or ends an entry, and says why."""
    if not may.heads_office(entry, by):
        raise PermissionDenied(_("The head of the recognition office decides on it."))
    _one_at_a_time()
    fresh = register_of_trust.entries().get(pk=entry.pk)
    refuse_unless(
        fresh.stand == NEEDS[TrustAct(act)],
        _("The entry stands otherwise by now: %(stand)s.")
        % {"stand": S(fresh.stand).label},
    )
    refuse_unless(
        may.decides_on_trust(fresh, by),
        _("Somebody else decides on what one proposed, or on one’s own application."),
    )
    refuse_unless(bool(reason.strip()), _("Say why, and how you know."))
    refuse_unless(
        (last_day is not None) is (act == TrustAct.END),
        _("Say on which day it ends."),
    )
    return TrustDecision.objects.create(
        entry=fresh,
        act=act,
        last_day=last_day,
        reason=reason.strip(),
        at=clock.now(),
        by=by,
    )


def propose_seen_keys(
    *, check: CredentialCheck, report: Report, known: Known
) -> list[TrustEntry]:
    """Keys of known issuers that nobody confirmed yet: proposed, never trusted."""
    _one_at_a_time()
    added = []
    day = check.checked_at.date()
    for one, owner in list(_unknown_keys(report, known, day))[:MOST_SEEN]:
        if TrustEntry.objects.filter(kind=TrustKind.KEY, value=one.key).exists():
            continue
        added.append(
            TrustEntry.objects.create(
                institution_id=owner,
                kind=TrustKind.KEY,
                value=one.key,
                seen_in=check,
                added_at=clock.now(),
                added_by=system_actor(),
            )
        )
    return added


def _unknown_keys(
    report: Report, known: Known, day: date
) -> Iterable[tuple[Report, int]]:
    for one in report.all:
        owner = known.owner_of(one.issuers, day)
        bound = one.findings[Check.KEY_BINDING].result is Result.PASS
        if one.key and owner is not None and not bound:
            yield one, owner


def institution_named(name: str, country: str) -> Institution:
    """An institution that our list does not have yet, with what is known of it."""
    told = " ".join(name.split())
    found = Institution.objects.filter(name_en=told, country=country).first()
    if found is not None:
        return found
    stem = f"{country}-{slugify(told).upper()}"[:24].rstrip("-")
    taken = set(
        Institution.objects.filter(code__startswith=stem).values_list("code", flat=True)
    )
    code, number = stem, 2
    while code in taken:
        code, number = f"{stem}-{number}", number + 1
    return Institution.objects.create(
        code=code,
        name_ro=told,
        name_en=told,
        country=country,
        is_higher_education=False,
    )


def _standing(kind: str, value: str) -> QuerySet[Any]:
    """Entries of that value that are proposed or confirmed."""
    return TrustEntry.objects.with_stand().filter(
        kind=kind, value=value, stand__in=(S.PROPOSED, S.CONFIRMED)
    )


def _one_at_a_time() -> None:
    """Two who propose or decide the same wait for each other."""
    Register.objects.get_or_create(name="trust", year=0)
    Register.objects.select_for_update().get(name="trust", year=0)

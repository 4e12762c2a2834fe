"""What anybody may read to check what we issued: our keys, and what was withdrawn."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Max

from qa import clock
from recognition.issuing import identity, keys, signing, status_list
from recognition.models import ResultWithdrawal, StatusList

# Whoever keeps an older copy cannot pass it off for longer.
LIST_HOLDS = timedelta(days=7)
SECONDS_KEPT = 24 * 60 * 60


def did_document() -> dict[str, Any]:
    """Who we are, with every key there was."""
    issuer = identity.did(settings.ATESTA_URL)
    return identity.document(issuer, keys.history(settings.ISSUER_KEYS_FILE))


def signed_list(kept: StatusList) -> bytes:
    """The list as it stands, signed with the key in use; the same all day long."""
    key = keys.in_use(settings.ISSUER_KEYS_FILE)
    withdrawn = ResultWithdrawal.objects.filter(result__status_list=kept)
    morning = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    since = max(filter(None, (morning, kept.opened_at, key.known.since, _last(kept))))
    marked = sorted(withdrawn.values_list("result__status_index", flat=True))
    name = f"status-list:{kept.pk}:{since.isoformat()}:{len(marked)}:{key.known.name}"
    found: bytes | None = cache.get(name)
    if found is None:
        unsigned = status_list.credential(
            kept.address, kept.issuer, marked, since=since, until=morning + LIST_HOLDS
        )
        found = signing.signed(unsigned, issuer=kept.issuer, key=key, at=since)
        cache.set(name, found, SECONDS_KEPT)
    return found


def _last(kept: StatusList) -> datetime | None:
    """When something was withdrawn last."""
    withdrawn = ResultWithdrawal.objects.filter(result__status_list=kept)
    last: datetime | None = withdrawn.aggregate(at=Max("withdrawn_at"))["at"]
    return last

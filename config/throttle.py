"""Who tried too often waits; kept in the database, which all web processes share."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from qa import clock
from qa.models import FailedSignIn

LIMIT = 10
WINDOW = timedelta(minutes=15)


def key_of(request: HttpRequest, meant: str) -> str:
    """The e-mail address and where it was typed, as a hash that tells neither."""
    told = f"{_address(request)} {meant.strip().lower()}"
    return salted_hmac("atesta.throttle", told, algorithm="sha256").hexdigest()


def _address(request: HttpRequest) -> str:
    """The visitor's address; our own proxy, if there is one, wrote the last one."""
    if settings.ATESTA_BEHIND_PROXY:
        forwarded = request.headers.get("X-Forwarded-For", "")
        return forwarded.rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def blocked_until(key: str) -> datetime | None:
    """The whole minute at which a new try is looked at; None if it is now."""
    begin = clock.machine_now() - WINDOW
    tries = FailedSignIn.objects.filter(key=key, at__gt=begin).order_by("-at")
    times = list(tries.values_list("at", flat=True)[:LIMIT])
    if len(times) < LIMIT:
        return None
    return (times[-1] + WINDOW + timedelta(minutes=1)).replace(second=0, microsecond=0)


def count(key: str) -> None:
    """Count one more; what is too old to matter goes."""
    now = clock.machine_now()
    FailedSignIn.objects.filter(at__lte=now - WINDOW).delete()
    FailedSignIn.objects.create(key=key, at=now)


def forget(key: str) -> None:
    FailedSignIn.objects.filter(key=key).delete()

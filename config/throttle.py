"""Who tried too often waits; kept in the database, which all web processes share."""

from datetime import datetime, timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from qa import clock
from qa.models import FailedSignIn

LIMIT = 10
WINDOW = timedelta(minutes=15)


def key_of(request: HttpRequest, meant: str) -> str:
    """The e-mail address and where it was typed, as a hash that tells neither.

    In capitals, as databases compare: to PostgreSQL a long s is an s.
    """
    told = f"{_network(_address(request))} {meant.strip().upper()}"
    return salted_hmac("atesta.throttle", told, algorithm="sha256").hexdigest()


def _address(request: HttpRequest) -> str:
    """The visitor's address; our own proxy, if there is one, wrote the last one."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    if settings.ATESTA_BEHIND_PROXY:
        forwarded = request.headers.get("X-Forwarded-For", "")
        return forwarded.rsplit(",", 1)[-1].strip() or direct
    return direct


def _network(address: str) -> str:
    """Whose it is: a subscriber of IPv6 has a whole network of addresses to come from."""
    try:
        told = ip_address(address)
    except ValueError:
        return address
    if isinstance(told, IPv6Address):
        mapped = told.ipv4_mapped
        return str(mapped or IPv6Network((int(told), 64), strict=False))
    return str(told)


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

"""Look-ups for checks: whether they are to be made, and where they stand."""

from datetime import timedelta
from enum import StrEnum
from functools import partial

from django.conf import settings
from django.db import transaction
from django_q.tasks import async_task

from qa import clock
from recognition import queries
from recognition.credentials.findings import Report
from recognition.credentials.network import lookups
from recognition.models import CredentialCheck

JOB = "recognition.jobs.look_up"
# A worker that did not come to an end by then has given up.
WAITS = timedelta(hours=1)


class Stand(StrEnum):
    """Why nothing is looked up for a check that would be told more."""

    OFF = "off"
    WAITS = "waits"
    MISSING = "missing"


def are_wanted(report: Report) -> bool:
    """Whether the file names something that the network could give."""
    return any(map(lookups.url_of, report.wanted))


def are_to_be_made(report: Report) -> bool:
    return settings.ATESTA_LOOK_UPS and are_wanted(report)


def ask_for(check: CredentialCheck) -> None:
    """Leave the look-up to a worker, once the check is stored."""
    transaction.on_commit(partial(async_task, JOB, check.pk), robust=True)


def is_due(check: CredentialCheck) -> bool:
    """Whether a worker is to look up for the check, now and not a second time."""
    return (
        settings.ATESTA_LOOK_UPS
        and check.look_up_asked_at is not None
        and check.application.status not in queries.CLOSED
        and not CredentialCheck.objects.filter(looks_up_for=check).exists()
    )


def stand_of(check: CredentialCheck) -> Stand | None:
    """What to say where the check stands alone; nothing where all was done."""
    if check.looks_up_for_id or not are_wanted(check.told):
        return None
    if not settings.ATESTA_LOOK_UPS:
        return Stand.OFF
    if CredentialCheck.objects.filter(looks_up_for=check).exists():
        return None
    asked = check.look_up_asked_at
    if asked and asked > clock.machine_now() - WAITS:
        return Stand.WAITS if is_due(check) else None
    return Stand.MISSING

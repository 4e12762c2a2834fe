"""Jobs of the background workers; their payloads hold nothing but ids."""

from contextlib import closing
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q, QuerySet
from django_q.models import Schedule

from qa import clock, due, record
from qa.models import Message

ATTEMPTS = 5
WAIT_BETWEEN = timedelta(minutes=20)
AT_ONCE = 200


class TickFailed(Exception):
    """Some acts of time could not be taken; the worker shows the job as failed."""


def tick() -> dict[str, int]:
    """The nightly run; raises after everything else was done, so that it is seen."""
    outcome = due.run()
    if outcome.failures:
        raise TickFailed("; ".join(str(failure) for failure in outcome.failures))
    return dict(outcome.done)


def seal() -> int | None:
    """Seal what changed since the last seal; answers with its number."""
    made = record.seal_changed_cases()
    return made.sequence if made else None


def waiting_messages() -> QuerySet[Message]:
    """Messages to send now: not sent, not given up, not being tried this minute."""
    pause_over = clock.machine_now() - WAIT_BETWEEN
    return Message.objects.filter(
        Q(attempted_at=None) | Q(attempted_at__lte=pause_over),
        sent_at=None,
        attempts__lt=ATTEMPTS,
        to__is_active=True,
        to__is_demo=False,
    )


def send_waiting_messages() -> int:
    """Mail what waits; no transaction is open while a mail is on its way."""
    waiting = list(waiting_messages().values_list("pk", "attempts")[:AT_ONCE])
    if not waiting:
        return 0
    with closing(get_connection()) as connection:
        return sum(_send(pk, attempts, connection) for pk, attempts in waiting)


def _send(pk: int, attempts: int, connection: BaseEmailBackend) -> bool:
    claimed = Message.objects.filter(pk=pk, sent_at=None, attempts=attempts).update(
        attempts=attempts + 1, attempted_at=clock.machine_now()
    )
    if not claimed:
        return False  # another worker took it
    message = Message.objects.select_related("to").get(pk=pk)
    try:
        _mail(message, connection)
    except Exception as error:  # whatever the mail server says: kept and tried again
        reason = f"{type(error).__name__}: {error}"
        Message.objects.filter(pk=pk).update(last_error=reason[:200])
        return False
    Message.objects.filter(pk=pk).update(sent_at=clock.machine_now(), last_error="")
    return True


def _mail(message: Message, connection: BaseEmailBackend) -> None:
    link = f"\n\n{settings.ATESTA_URL}{message.path}" if message.path else ""
    EmailMessage(
        subject=" ".join(message.subject.split()),
        body=f"{message.body}{link}\n",
        to=[message.to.email],
        connection=connection,
    ).send()


SCHEDULE: dict[str, dict[str, Any]] = {
    "atesta: tick": {"func": "qa.jobs.tick", "schedule_type": "C", "cron": "5 0 * * *"},
    "atesta: seal": {"func": "qa.jobs.seal", "schedule_type": "H"},
    "atesta: messages": {
        "func": "qa.jobs.send_waiting_messages",
        "schedule_type": "I",
        "minutes": 1,
    },
}


def schedule() -> list[str]:
    """Register the jobs with the workers; running it again changes nothing."""
    new = []
    for name, when in SCHEDULE.items():
        _schedule, created = Schedule.objects.update_or_create(
            name=name, defaults={**when, "repeats": -1}
        )
        if created:
            new.append(name)
    return new

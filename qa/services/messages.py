"""Messages to people, written with the act and sent afterwards."""

from collections.abc import Callable, Iterable

from django.utils import translation

from qa import clock
from qa.models import Case, Message, User


def notify(
    people: Iterable[User],
    *,
    case: Case,
    key: str,
    subject: Callable[[], str],
    body: Callable[[], str],
    path: str = "",
) -> None:
    """Write one message to each person in their own language; the key makes it once."""
    for person in people:
        with translation.override(person.language):
            Message.objects.get_or_create(
                key=f"{key}/{person.pk}",
                defaults={
                    "to": person,
                    "case": case,
                    "subject": subject()[:200],
                    "body": body(),
                    "path": path,
                    "written_at": clock.now(),
                },
            )

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
    people = list(people)
    words = {}
    for language in {person.language for person in people}:
        with translation.override(language):
            words[language] = {"subject": subject()[:200], "body": body()}
    written = [
        Message(
            key=f"{key}/{person.pk}",
            to=person,
            case=case,
            path=path,
            written_at=clock.now(),
            **words[person.language],
        )
        for person in people
    ]
    Message.objects.bulk_create(written, ignore_conflicts=True)

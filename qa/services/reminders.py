"""Reminders: once when a day comes near, once when it is over."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from qa import clock, days, offices, tasks
from qa.models import Case, Message, User
from qa.services.messages import notify
from qa.tasks import WorkItem

DAYS_BEFORE = 3
AT_ONCE = 500


@dataclass
class _Recipients:
    """Who does a piece of work: its person, or today's holders of its office."""

    people: dict[int, User] = field(default_factory=dict)
    holders: dict[str, list[User]] = field(default_factory=dict)

    def of(self, item: WorkItem) -> list[User]:
        if item.owner_id is not None:
            if item.owner_id not in self.people:
                self.people[item.owner_id] = User.objects.get(pk=item.owner_id)
            return [self.people[item.owner_id]]
        if not offices.is_office(item.office):
            return []
        if item.office not in self.holders:
            self.holders[item.office] = offices.holders(
                offices.role_of(item.office), offices.unit_id_of(item.office)
            )
        return self.holders[item.office]


def write_reminders() -> int:
    """Remind everybody once per day and stage; returns how many were written."""
    recipients, written = _Recipients(), 0
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            owed = list(_owed(recipients, language))
            known = _written_before([f"{key}/{to.pk}" for key, _item, to in owed])
            for key, item, person in owed:
                if f"{key}/{person.pk}" not in known:
                    _remind(key, item, person)
                    written += 1
    return written


def _written_before(keys: list[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(keys), AT_ONCE):
        found.update(
            Message.objects.filter(key__in=keys[start : start + AT_ONCE]).values_list(
                "key", flat=True
            )
        )
    return found


def _owed(
    recipients: _Recipients, language: str
) -> Iterator[tuple[str, WorkItem, User]]:
    for item in tasks.due_until(clock.add_days(clock.today(), DAYS_BEFORE)):
        stage = "over" if item.is_overdue else "soon"
        step = item.step.rpartition(".")[2]
        key = f"reminder/{item.source}/{step}/{item.row_id}/{item.due_on}/{stage}"
        for person in recipients.of(item):
            if person.language == language:
                yield key, item, person


def _remind(key: str, item: WorkItem, person: User) -> None:
    words = {
        "what": item.what_to_do,
        "title": item.title,
        "day": days.in_full(item.due_on),
        "facts": " · ".join(item.facts),
    }
    subject = (
        _("Overdue since %(day)s: %(what)s")
        if item.is_overdue
        else _("Due on %(day)s: %(what)s")
    )
    notify(
        [person],
        case=Case.objects.get(pk=item.case_id),
        key=key,
        subject=lambda: subject % words,
        body=lambda: f"{words['what']}: {words['title']}\n{words['facts']}",
        path=item.url,
    )

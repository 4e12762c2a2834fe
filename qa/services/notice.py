"""One message about an act: to whom, in which words, and the page it leads to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from qa import days
from qa.models import Case, User
from qa.services import recipients as to
from qa.services.messages import notify

Facts = Callable[[Any], Mapping[str, object]]
Page = Callable[[Any], str]


# Pages


def procedure_page(thing: Any) -> str:
    return to.procedure_under(thing).get_absolute_url()


def offer_page(thing: Any) -> str:
    return to.procedure_under(thing).micro_credential.get_absolute_url()


def panel_page(thing: Any) -> str:
    return reverse("qa:panel_detail", args=[to.procedure_under(thing).pk])


def seat_page(thing: Any) -> str:
    return reverse("qa:invitation", args=[to.seat_of(thing).pk])


def report_page(thing: Any) -> str:
    return reverse("qa:report_detail", args=[to.procedure_under(thing).pk])


def condition_page(thing: Any) -> str:
    return reverse("qa:condition_detail", args=[thing.pk])


# Facts, said in the reader's language


def nothing_more(_thing: Any) -> dict[str, object]:
    return {}


def next_act_due(thing: Any) -> dict[str, object]:
    return {"day": days.in_full(thing.due_on)}


def seat(thing: Any) -> dict[str, object]:
    found = to.seat_of(thing)
    return {"member": found.user, "seat": found.get_role_display()}


@dataclass(frozen=True)
class Notice:
    """Words say what happened and what is asked; reasons stay on the page."""

    to: tuple[to.Whom, ...]
    about: str | Promise
    words: str | Promise
    facts: Facts = nothing_more
    page: Page = procedure_page

    def people(self, thing: Any, *, by: User) -> list[User]:
        """Each person once; not who acts, and nobody whose account is closed."""
        found = {one.pk: one for whom in self.to for one in whom(thing)}
        return [
            one
            for one in found.values()
            if one.pk != by.pk and one.is_active and not one.is_service
        ]

    def write(self, row: str, thing: Any, *, by: User) -> None:
        """The number of events keys the messages: an act may happen again later."""
        procedure = to.procedure_under(thing)
        case, title = Case.objects.get(pk=procedure.case_id), procedure.version
        notify(
            self.people(thing, by=by),
            case=case,
            key=f"{row}/{case.number}/{case.events_written}",
            subject=lambda: f"{case.number} · {self.about}: {title}",
            body=lambda: self.words % self.facts(thing),
            path=self.page(thing),
        )

"""Beside the button of an act: what the record will say of it, who will be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from qa.enums import ProcedureStatus
from qa.models import PanelMember, User
from qa.services import notices
from qa.services.notices import NOTICES
from qa.story import SENTENCES

LEAVING = ("P4", "seat_ended")


@dataclass(frozen=True)
class Foretold:
    """What one act will leave behind; `when` says which of two, where both are open."""

    who: User
    did: str
    told: Sequence[User | str]
    when: str = ""


def foretell(
    act: str,
    thing: Any,
    *,
    by: User,
    leaves: PanelMember | None = None,
    also: Sequence[str] = (),
    when: str = "",
) -> Foretold:
    """The sentence of the story, and whom the table of notices names for the act.

    `leaves` is whose seat it ends; `also` names in words whom only the form will name.
    """
    people = {
        one.pk: one
        for row in (act, *(LEAVING if leaves else ()))
        if row in NOTICES
        for one in notices.told(row, thing, by=by)
    }
    others = [*also, *(if_the_last_is_gone(leaves) if leaves else ())]
    return Foretold(by, str(SENTENCES[act]), [*people.values(), *others], when)


def foretell_named(act: str, named: str, *, by: User) -> Foretold:
    """The same where the form alone will name who is told."""
    return Foretold(by, str(SENTENCES[act]), [named])


def if_the_last_is_gone(member: PanelMember) -> list[str]:
    """Whoever leaves may be the last whose reading was waited for."""
    if member.procedure.status != ProcedureStatus.UNDER_REVIEW:
        return []
    return [_("The panel chair, if this was the last reading waited for")]

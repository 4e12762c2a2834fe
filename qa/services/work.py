"""Taking a free turn and giving it back; who does the act is asked at the door."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from qa import offices
from qa.flows.desk import give
from qa.models import Turn, User
from qa.transitions import refuse_unless


@transaction.atomic
def take_turn(*, turn_id: int, by: User) -> Turn:
    """Make a free turn one's own; only holders of its office may."""
    turn = _open(turn_id)
    if not offices.held_by(by).cover(turn.owner_permission or ""):
        raise PermissionDenied(_("This act belongs to somebody else."))
    refuse_unless(
        turn.owner_id in (None, by.pk),
        _("%(who)s took this on already.") % {"who": turn.owner},
    )
    refuse_unless(
        turn.flow_task.is_open_to(turn, by),
        _("Others of this office were named for this."),
    )
    give(turn, by)
    return turn


@transaction.atomic
def give_turn_back(*, turn_id: int, by: User) -> Turn:
    """Free one's own turn for the others of the office."""
    turn = _open(turn_id)
    if turn.owner_id != by.pk:
        raise PermissionDenied(_("Only who took it on gives it back."))
    refuse_unless(
        offices.is_office(turn.owner_permission or ""),
        _("This is yours alone; there is nobody to take it."),
    )
    give(turn, None)
    return turn


def free_turns_left_behind() -> int:
    """Give back to their offices the turns of people who hold the office no longer."""
    taken = Turn.objects.filter(
        finished=None, owner__isnull=False, owner_permission__startswith=offices.ROLE
    )
    left = [turn.pk for turn in taken.select_related("owner") if _left_behind(turn)]
    return sum(_freed(pk) for pk in left)


@transaction.atomic
def _freed(turn_id: int) -> bool:
    turn = _locked(turn_id)
    free = turn.finished is None and turn.owner is not None and _left_behind(turn)
    if free:
        give(turn, None)
    return free


def _left_behind(turn: Turn) -> bool:
    return not offices.held_by(turn.owner).cover(turn.owner_permission or "")


def _open(turn_id: int) -> Turn:
    turn = _locked(turn_id)
    refuse_unless(turn.finished is None, _("This was done meanwhile."))
    return turn


def _locked(turn_id: int) -> Turn:
    seen = Turn.objects.select_related("process").get(pk=turn_id)
    flow = seen.flow_task.flow_class
    with flow.lock(seen.process_id):
        return Turn.objects.select_related("process", "owner").get(pk=turn_id)

"""Taking a free turn and giving it back; who does the act is asked at the door."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from qa import offices
from qa.flows.desk import give
from qa.models import Turn, User
from qa.transitions import TransitionRefused


@transaction.atomic
def take_turn(*, turn_id: int, by: User) -> Turn:
    """Make a free turn one's own; only holders of its office may."""
    turn = _locked(turn_id)
    if not offices.held_by(by).cover(turn.owner_permission or ""):
        raise PermissionDenied(_("This act belongs to somebody else."))
    if turn.owner_id not in (None, by.pk):
        raise TransitionRefused(
            _("%(who)s took this on already.") % {"who": turn.owner}
        )
    give(turn, by)
    return turn


@transaction.atomic
def give_turn_back(*, turn_id: int, by: User) -> Turn:
    """Free one's own turn for the others of the office."""
    turn = _locked(turn_id)
    if turn.owner_id != by.pk:
        raise PermissionDenied(_("Only who took it on gives it back."))
    if not offices.is_office(turn.owner_permission or ""):
        raise TransitionRefused(_("This is yours alone; there is nobody to take it."))
    give(turn, None)
    return turn


def _locked(turn_id: int) -> Turn:
    seen = Turn.objects.select_related("process").get(pk=turn_id)
    flow = seen.flow_task.flow_class
    with flow.lock(seen.process_id):
        turn = Turn.objects.select_related("process", "owner").get(pk=turn_id)
    if turn.finished is not None:
        raise TransitionRefused(_("This was done meanwhile."))
    return turn

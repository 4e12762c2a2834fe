"""The one door: every change of a state passes here, in one transaction."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django_fsm import FSMField, Transition

from qa import clock, record, roles
from qa.clauses import NOTHING_STATED, Act, Clause, Opening
from qa.models.people import User
from qa.models.record import Case, Event

Thing = TypeVar("Thing", bound=models.Model)
HandOn = Callable[[Any, str, Act], None]


class TransitionRefused(Exception):
    """The state of things does not allow the act; `sentence` says why and what would."""

    def __init__(self, sentence: str | Promise, unmet: tuple[Clause, ...] = ()) -> None:
        self.sentence = str(sentence)
        self.unmet = unmet
        super().__init__(self.sentence)


def refuse_unless(allowed: bool, sentence: str | Promise) -> None:
    """For what a service asks beside the guards."""
    if not allowed:
        raise TransitionRefused(sentence)


def status_field(model: type[models.Model]) -> FSMField:
    """The one FSM field of a machine."""
    return next(f for f in model._meta.fields if isinstance(f, FSMField))


def reach(point: str) -> None:
    """A named place inside the open transaction, where crash tests stop the process."""


def perform(
    thing: Thing,
    name: str,
    *,
    by: User,
    reason: str = "",
    facts: Mapping[str, Any] = NOTHING_STATED,
    hand_on: HandOn | None = None,
) -> Thing:
    """Move `thing` by its transition `name` and return it as it is now.

    Locks the case, re-reads, asks the guard, then the person; moves, saves, writes
    the event with the same instant and hands the task on. Raises TransitionRefused
    or PermissionDenied; then nothing has happened.
    """
    with transaction.atomic():
        case = Case.lock(thing.case_id)  # type: ignore[attr-defined]
        reach("lock")
        fresh = _read_again(thing)
        act = Act(by, clock.now(), clock.today(), reason.strip(), facts)
        fresh.act = act  # type: ignore[attr-defined]
        declared = _declared(fresh, name)
        _ask_guard(fresh, tuple(declared.conditions))  # type: ignore[arg-type]
        _ask_person(fresh, declared, by)
        before, stood = _state(fresh), record.standing(fresh)
        getattr(fresh, name)(act=act)
        if hasattr(fresh, "moved_at"):
            fresh.moved_at = act.at
        fresh.save()
        reach("save")
        row, actor = declared.custom["row"], declared.custom["actor"]
        role = roles.played(fresh, by, actor)
        wrote = record.written(fresh, stood)
        entry = record.Entry(name, row, before, _state(fresh), role, wrote)
        record.append(case, fresh, act, entry)
        reach("event")
        if hand_on is not None:
            hand_on(fresh, row, act)
        reach("hand_on")
    return fresh


def expect(thing: Thing, name: str, *, by: User) -> Thing:
    """The thing as it is now, if state and person allow the act.

    For acts that write down what their guard judges, such as a vote: under the case's
    lock, nothing is written for the wrong state or person.
    """
    fresh = _read_again(thing)
    _ask_person(fresh, _declared(fresh, name), by)
    return fresh


def refuse_unmet(
    thing: models.Model,
    guard: Iterable[Clause],
    *,
    by: User,
    facts: Mapping[str, Any] = NOTHING_STATED,
) -> None:
    """Refuse with the sentences of the clauses that these facts leave unmet.

    For acts that move nothing, such as a vote not carried, and before facts are
    written that the database itself would refuse.
    """
    thing.act = Act(by, clock.now(), clock.today(), "", facts)  # type: ignore[attr-defined]
    _ask_guard(thing, tuple(guard))


def refuse_rowless(
    thing: models.Model,
    name: str,
    *,
    by: User,
    facts: Mapping[str, Any] = NOTHING_STATED,
) -> None:
    """Refuse an act without a row that its model declares, while a clause is unmet."""
    refuse_unmet(thing, _guard_of(thing, name), by=by, facts=facts)


def _guard_of(thing: models.Model, name: str) -> tuple[Clause, ...]:
    return next(act.guard for act in type(thing).rowless if act.name == name)  # type: ignore[attr-defined]


def open_thing(
    thing: Thing,
    row: str,
    *,
    by: User,
    reason: str = "",
    facts: Mapping[str, Any] = NOTHING_STATED,
    hand_on: HandOn | None = None,
) -> Thing:
    """Record a thing just created under an opening row, or refuse and undo it."""
    with transaction.atomic():
        case = Case.lock(thing.case_id)  # type: ignore[attr-defined]
        act = Act(by, clock.now(), clock.today(), reason.strip(), facts)
        thing.act = act  # type: ignore[attr-defined]
        opening = opening_of(type(thing), row)
        _ask_guard(thing, opening.guard)
        if not opening.permission(thing, by):
            raise PermissionDenied(_not_your_act())
        role = roles.played(thing, by, opening.actor)
        wrote = record.standing(thing)
        entry = record.Entry("open", row, "", _state(thing), role, wrote)
        record.append(case, thing, act, entry)
        if hand_on is not None:
            hand_on(thing, row, act)
    return thing


def note(
    case: Case,
    thing: models.Model,
    name: str,
    *,
    by: User,
    reason: str = "",
    facts: Mapping[str, Any] = NOTHING_STATED,
) -> Event:
    """Record an act that moves nothing: a vote not carried, a view, an issued letter."""
    with transaction.atomic():
        locked = Case.lock(case.pk)
        act = Act(by, clock.now(), clock.today(), reason.strip(), facts)
        entry = record.Entry(name, role=roles.noted(thing, by, name))
        return record.append(locked, thing, act, entry)


def write_down(
    thing: Thing,
    name: str,
    *,
    by: User,
    values: Mapping[str, Any],
    reason: str = "",
    facts: Mapping[str, Any] = NOTHING_STATED,
) -> Event:
    """Write fields of the thing that only acts write, and record the act that did."""
    with transaction.atomic():
        case = Case.lock(thing.case_id)  # type: ignore[attr-defined]
        stood = record.standing(thing)
        type(thing)._base_manager.filter(pk=thing.pk).update(**values)
        act = Act(by, clock.now(), clock.today(), reason.strip(), facts)
        role, wrote = roles.noted(thing, by, name), record.written(thing, stood)
        return record.append(
            case, thing, act, record.Entry(name, role=role, wrote=wrote)
        )


def refuse_opening(thing: models.Model, row: str) -> None:
    """Ask the guard of an opening before the thing is stored."""
    _ask_guard(thing, opening_of(type(thing), row).guard)


def opening_of(model: type[models.Model], row: str) -> Opening:
    return next(o for o in model.openings if o.row == row)  # type: ignore[attr-defined]


def unmet_clauses(
    thing: models.Model, name: str, by: User | None = None
) -> tuple[Clause, ...]:
    """What still stands in the way, leaving out what the act itself will state.

    What a guard asks of the person is judged where the person is named.
    """
    declared = _transition(thing, name)
    if declared is None:
        return ()
    return _unmet(thing, tuple(declared.conditions), by)  # type: ignore[arg-type]


def unmet_to_open(thing: models.Model, row: str, by: User) -> tuple[Clause, ...]:
    """What stands in the way of opening a thing, before it is filled in."""
    return _unmet(thing, opening_of(type(thing), row).guard, by)


def unmet_rowless(thing: models.Model, name: str, by: User) -> tuple[Clause, ...]:
    """What stands in the way of an act without a row, before it is filled in."""
    return _unmet(thing, _guard_of(thing, name), by)


def _unmet(
    thing: models.Model, guard: tuple[Clause, ...], by: User | None
) -> tuple[Clause, ...]:
    if by is not None:
        thing.act = Act(by, clock.now(), clock.today())  # type: ignore[attr-defined]
    return tuple(c for c in guard if not c.stated and not c(thing))


def may_perform(thing: models.Model, name: str, user: User) -> bool:
    """Whether the person may do this from the present state, once the guard is met."""
    declared = _transition(thing, name)
    return declared is not None and declared.has_perm(thing, user)


def _read_again(thing: Thing) -> Thing:
    return type(thing)._base_manager.get(pk=thing.pk)


def _state(thing: models.Model) -> str:
    return str(getattr(thing, status_field(type(thing)).name))


def _transition(thing: models.Model, name: str) -> Transition | None:
    """What the machine declares for this act from the present state."""
    method = getattr(type(thing), name)
    return method._django_fsm.get_transition(_state(thing))  # noqa: SLF001  its API


def _declared(thing: models.Model, name: str) -> Transition:
    declared = _transition(thing, name)
    if declared is None:
        raise TransitionRefused(_already_moved(thing))
    return declared


def _ask_guard(thing: models.Model, guard: tuple[Clause, ...]) -> None:
    unmet = tuple(clause for clause in guard if not clause(thing))
    if unmet:
        raise TransitionRefused(" ".join(c.told(thing) for c in unmet), unmet)


def _ask_person(thing: models.Model, declared: Transition, by: User) -> None:
    if not declared.has_perm(thing, by):
        raise PermissionDenied(_not_your_act())


def _not_your_act() -> str:
    return _("This act belongs to somebody else.")


def _already_moved(thing: models.Model) -> str:
    """Tell the second of two people who did what, and when."""
    last = (
        Event.objects.filter(thing=thing._meta.label_lower, thing_id=thing.pk)
        .exclude(to_state="")
        .select_related("by")
        .order_by("-sequence")
        .first()
    )
    state = thing.get_status_display()  # type: ignore[attr-defined]
    if last is None:
        return _("This is no longer possible: it is now “%(state)s”.") % {
            "state": state
        }
    return _(
        "This is no longer possible: it is “%(state)s” since %(when)s, by %(who)s."
    ) % {
        "state": state,
        "when": clock.local_time(last.at),
        "who": last.by,
    }

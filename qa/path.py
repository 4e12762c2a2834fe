"""The path of a procedure: what is done, what happens now, what comes, who and when."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qa import clock, days
from qa.enums import AccreditationStatus, AssessmentStatus, Outcome, ProcedureStatus
from qa.guards.decision import POSITIVE
from qa.models import Accreditation, Event, Procedure

S = ProcedureStatus


@dataclass(frozen=True)
class Stage:
    """A stretch of the path: the states it spans and the rows that complete it."""

    title: str | Promise
    states: tuple[str, ...]
    rows: tuple[str, ...]
    who: str | Promise


@dataclass(frozen=True)
class Step:
    """One stage as it is shown: done, now, next or stopped, with its facts in a line."""

    title: str
    stand: str
    facts: str = ""


STAGES = (
    Stage(
        gettext_lazy("Proposal"),
        (S.DRAFT, S.RETURNED),
        ("A03", "A05"),
        gettext_lazy("coordinator"),
    ),
    Stage(
        gettext_lazy("Formal check"),
        (S.SUBMITTED,),
        ("A07",),
        gettext_lazy("quality office"),
    ),
    Stage(
        gettext_lazy("Endorsement of the faculty council"),
        (S.ELIGIBLE,),
        ("A08",),
        gettext_lazy("dean's office"),
    ),
    Stage(
        gettext_lazy("Panel"),
        (S.ENDORSED, S.PANEL_SETUP),
        ("A10",),
        gettext_lazy("commission and quality office"),
    ),
    Stage(
        gettext_lazy("Review by the panel"),
        (S.UNDER_REVIEW,),
        ("A12",),
        gettext_lazy("panel members"),
    ),
    Stage(
        gettext_lazy("Report"),
        (S.REPORT_DRAFT,),
        ("A13",),
        gettext_lazy("panel chair"),
    ),
    Stage(
        gettext_lazy("Factual check"),
        (S.FACTUAL_CHECK,),
        ("A14",),
        gettext_lazy("coordinator, then panel chair"),
    ),
    Stage(
        gettext_lazy("Opinions"),
        (S.REPORT_FINAL,),
        ("A15",),
        gettext_lazy("commission and board"),
    ),
    Stage(
        gettext_lazy("Decision of the senate"),
        (S.AWAITING_DECISION,),
        ("A16",),
        gettext_lazy("senate"),
    ),
)


def of(procedure: Procedure) -> list[Step]:
    """The stages in order; what was done says when and by whom."""
    done = _done(procedure)
    if procedure.status == S.ABANDONED:
        return [_given_up(procedure, done)]
    if procedure.status == S.DECIDED:
        steps = [_passed(stage, done) for stage in STAGES[:-1]]
        return [*steps, *_after_decision(procedure, done)]
    current = next(i for i, s in enumerate(STAGES) if procedure.status in s.states)
    return [
        *(_passed(stage, done) for stage in STAGES[:current]),
        Step(str(STAGES[current].title), "now", _now(procedure, STAGES[current])),
        *(Step(str(s.title), "next", str(s.who)) for s in STAGES[current + 1 :]),
    ]


def _done(procedure: Procedure) -> dict[str, Event]:
    events = Event.objects.filter(
        case_id=procedure.case_id,
        thing=procedure._meta.label_lower,
        thing_id=procedure.pk,
    )
    return {event.row: event for event in events.select_related("by")}


def _passed(stage: Stage, done: dict[str, Event]) -> Step:
    event = next((done[row] for row in reversed(stage.rows) if row in done), None)
    return Step(str(stage.title), "done", _when_and_who(event))


def _given_up(procedure: Procedure, done: dict[str, Event]) -> Step:
    event = done.get("A02") or done.get("A06")
    words = _("given up") if "A02" in done else _("nothing came back within the term")
    return Step(str(STAGES[0].title), "stopped", f"{words} · {_when_and_who(event)}")


def _after_decision(procedure: Procedure, done: dict[str, Event]) -> Iterator[Step]:
    title = f"{STAGES[-1].title}: {procedure.get_outcome_display()}"
    if procedure.outcome not in POSITIVE:
        yield Step(title, "stopped", _day(procedure.decided_on))
        if procedure.outcome == Outcome.RESUBMIT:
            yield _resubmission(procedure)
        return
    yield Step(title, "done", _day(procedure.decided_on))
    period = Accreditation.objects.filter(procedure=procedure).first()
    if period is None:
        return
    waits = period.status == AccreditationStatus.APPROVED
    words = _("on %(day)s") if waits else _("since %(day)s")
    facts = words % {"day": _day(period.valid_from)}
    yield Step(_("Entry into force"), "now" if waits else "done", facts)


def answerable_until(procedure: Procedure) -> date | None:
    """The last day to answer a request to resubmit; None once nobody can."""
    until = procedure.resubmit_until
    if (
        until is None
        or until < clock.today()
        or Procedure.answers_to(procedure).exists()
    ):
        return None
    return until


def _resubmission(procedure: Procedure) -> Step:
    """Answered, still to be answered by its day, or no longer."""
    title, term = _("Resubmission"), {"day": _day(procedure.resubmit_until)}
    follower = Procedure.answers_to(procedure).first()
    if follower is not None:
        return Step(title, "done", _day(clock.local_day(follower.opened_at)))
    if answerable_until(procedure) is None:
        return Step(title, "stopped", _("the term ended on %(day)s") % term)
    due = _("due %(day)s") % term
    return Step(title, "now", f"{procedure.coordinator.get_short_name()} · {due}")


# --- What happens now -------------------------------------------------------------


def _now(procedure: Procedure, stage: Stage) -> str:
    tell = _WAITS_FOR.get(procedure.status)
    facts = [tell(procedure) if tell else str(stage.who)]
    if procedure.due_on:
        facts.append(_("due %(day)s") % {"day": _day(procedure.due_on)})
    return " · ".join(facts)


def _completion(procedure: Procedure) -> str:
    return _("returned to %(who)s") % {"who": procedure.coordinator.get_short_name()}


def _readings(procedure: Procedure) -> str:
    submitted = Count("pk", filter=Q(status=AssessmentStatus.SUBMITTED))
    told = procedure.assessments.aggregate(done=submitted, all=Count("pk"))
    return _("%(done)s of %(all)s readings are in") % told


def _reply(procedure: Procedure) -> str:
    if procedure.replied_at:
        return _("the panel chair answers the remarks")
    who = procedure.coordinator.get_short_name()
    return _("%(who)s replies to the draft report") % {"who": who}


_WAITS_FOR: dict[str, Callable[[Procedure], str]] = {
    S.DRAFT: lambda procedure: procedure.coordinator.get_short_name(),
    S.RETURNED: _completion,
    S.ENDORSED: lambda _procedure: _("the commission nominates"),
    S.PANEL_SETUP: lambda _procedure: _("members are invited and declare"),
    S.UNDER_REVIEW: _readings,
    S.FACTUAL_CHECK: _reply,
}


# --- Words ------------------------------------------------------------------------


def _when_and_who(event: Event | None) -> str:
    if event is None:
        return ""
    when = _day(clock.local_day(event.at))
    return when if event.by.is_service else f"{when} · {event.by.get_short_name()}"


def _day(day: date | None) -> str:
    return days.in_short(day) if day else ""

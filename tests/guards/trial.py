"""A trial: an act that would succeed, and how to break each of its clauses."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fixtures.demo.accreditation import OfferStory
from fixtures.demo.cast import body, instant, minutes
from qa import clock
from qa.enums import ActKind, BodyKind, PanelRole
from qa.models import Body, Case, Decision, PanelMember, Procedure, User
from qa.services.votes import Motion, record_vote
from qa.transitions import open_thing, perform, refuse_rowless
from tests.stages import Stage

Stages = dict[str, Stage]


@dataclass
class Trial:
    """The thing, the act, who does it, on which day, and what is stated."""

    thing: Any
    act: str
    by: User
    day: date
    reason: str = "For the stated reason."
    facts: dict[str, Any] = field(default_factory=dict)
    opening: str = ""
    is_rowless: bool = False

    @property
    def procedure(self) -> Procedure:
        return getattr(self.thing, "procedure", self.thing)

    def run(self) -> Any:
        with clock.at(instant(self.day, 17)):
            if self.opening:
                return open_thing(self.thing, self.opening, by=self.by)
            if self.is_rowless:
                return refuse_rowless(
                    self.thing, self.act, by=self.by, facts=self.facts
                )
            return perform(
                self.thing, self.act, by=self.by, reason=self.reason, facts=self.facts
            )

    def update(self, **values: Any) -> None:
        """Change the thing behind the door's back."""
        update(self.thing, **values)


def update(thing: Any, **values: Any) -> None:
    """Write columns directly: tests prepare states the door would not make."""
    type(thing)._base_manager.filter(pk=thing.pk).update(**values)
    for name, value in values.items():
        if name != "status":
            setattr(thing, name, value)


def procedure_at(stages: Stages, name: str) -> tuple[Procedure, date]:
    stage = stages[name]
    return Procedure.objects.get(pk=stage.procedure_id), stage.day


def seat(trial: Trial, role: PanelRole = PanelRole.STUDENT) -> PanelMember:
    """The member of the trial's panel in a role that one person has."""
    return trial.procedure.members.get(role=role)


def resume(stages: Stages, name: str) -> OfferStory:
    """The story of a stage, to be told on."""
    procedure, day = procedure_at(stages, name)
    return OfferStory.resume(procedure, day)


def vote(  # noqa: PLR0913  as a secretary would say it
    story: OfferStory,
    of: Body,
    kind: ActKind,
    outcome: str,
    *,
    against: int = 0,
    absent: int = 0,
    recuse: bool = True,
    **written: Any,
) -> Decision:
    """A recorded vote of a body on the story's day."""
    written = {
        "reasons_ro": "Motivare.",
        "reasons_en": "Reasons.",
        "details": {},
        **written,
    }
    with story.now(15):
        return record_vote(
            motion=Motion(
                Case.objects.get(pk=story.procedure.case_id),
                kind,
                outcome,
                story.procedure.rule_set,
                story.procedure,
            ),
            minutes=minutes(
                of,
                recused=story.interested() if recuse else (),
                against=against,
                absent=absent,
                **written,
            ),
            by=story.coordinator,
        )


def seat_an_interested_member(story: OfferStory, kind: BodyKind) -> Body:
    """Put the coordinator into the body, where recusal is then needed."""
    of = body(kind, story.unit if kind == BodyKind.FACULTY_COUNCIL else None)
    of.memberships.get_or_create(
        user=story.coordinator, defaults={"valid_from": date(2020, 1, 1)}
    )
    return of


READY: dict[tuple[str, str], Callable[[Stages], Trial]] = {}
BREAK: dict[tuple[str, str, str], Callable[[Stages, Trial], Any]] = {}
BROKEN: dict[tuple[str, str, str], Callable[[Stages], Trial]] = {}


def ready(machine: str, act: str) -> Callable[[Any], Any]:
    """Name the builder of a trial that succeeds."""

    def remember(build: Callable[[Stages], Trial]) -> Callable[[Stages], Trial]:
        READY[machine, act] = build
        return build

    return remember


def breaks(machine: str, act: str, clause: str) -> Callable[[Any], Any]:
    """Name the function that breaks exactly one clause of the trial."""

    def remember(spoil: Callable[[Stages, Trial], Any]) -> Any:
        BREAK[machine, act, clause] = spoil
        return spoil

    return remember


def broken(machine: str, act: str, clause: str) -> Callable[[Any], Any]:
    """Name the builder of a trial broken from the start (append-only facts)."""

    def remember(build: Callable[[Stages], Trial]) -> Any:
        BROKEN[machine, act, clause] = build
        return build

    return remember

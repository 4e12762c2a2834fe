"""Walks: a state machine draws the steps, a walker holds product and model together.

What holds on every walk, by number:

1. No illegal state: every event written leads along a row of the model's tables.
2. The states stored equal the states of the model, thing by thing.
3. Of an offer at most one accreditation is in force.
4. Of an offer at most one procedure of each kind is open.
5. The events of a case count up without a gap, each hash holds and names the one
   before, and the case knows the last of them.
6. A refused act writes no event and changes nothing stored.
7. Whoever the model does not name for a row never takes it, whatever the state.
8. From a state without the row the act is refused, to the right person as well.
9. The right person in the right state, with everything prepared, is refused only
   where days and history decide (`may_be_refused`).
10. An act done writes its own rows and those it causes, and no others.
11. The record verifies at the end of one walk in four, by how many events it has.

A walk starts from a drawn, prepared stage and is undone when it ends.
"""

import sys
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

import hypothesis
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import QuerySet
from hypothesis import stateful
from hypothesis import strategies as st
from viewflow.workflow.models import Task

from qa import record
from qa.models import Case, Condition, Event, User
from qa.services import decision as deciding
from qa.transitions import TransitionRefused
from qa.verification import verify
from tests.properties import model


class Draw(NamedTuple):
    """One drawn step: what kind of attempt, which of the rows, by whom, how late."""

    how: str
    pick: int
    who: int
    wait: int
    outcome: str


DRAWS = st.builds(
    Draw,
    how=st.sampled_from(["right", "right", "right", "stranger", "wrong state"]),
    pick=st.integers(0, 59),
    who=st.integers(0, 59),
    wait=st.integers(0, 4),
    outcome=st.sampled_from(sorted(model.DECIDING)),
)


@dataclass
class Tally:
    """What all walks of a test did together."""

    VERIFIED_EVERY: ClassVar[int] = 4

    done: int = 0
    refused: int = 0
    steps: list[int] = field(default_factory=list)
    taken: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        rows = ", ".join(f"{row} {times}" for row, times in sorted(self.taken.items()))
        return (
            f"{len(self.steps)} walks of {sum(self.steps)} steps: {self.done} acts done,"
            f" {self.refused} refused; {len(self.taken)} rows taken: {rows}"
        )


class Reading:
    """Rows as they are stored: queries put into words once, asked at every step."""

    def __init__(self, *asked: QuerySet[Any]) -> None:
        self.queries = [one.query.sql_with_params() for one in asked]

    def rows(self) -> list[list[tuple[Any, ...]]]:
        """By query, its rows."""
        found = []
        with connection.cursor() as cursor:
            for sql, params in self.queries:
                cursor.execute(sql, params)
                found.append(cursor.fetchall())
        return found


class Walker(ABC):
    """Takes drawn steps and holds product and model against each other."""

    may_be_refused: frozenset[str] = frozenset()

    def __init__(self, case_id: int, tally: Tally) -> None:
        self.case_id, self.tally = case_id, tally
        self.model, self.sequence, self.head = model.Model(), 0, ""
        self.reading = Reading(
            *(rows.order_by("pk") for rows in self.of_case()),
            Case.objects.filter(pk=case_id),
        )
        moving = self.moving()
        self.labels = [things.model._meta.label_lower for things in moving]
        self.statuses = Reading(*(rows.values_list("pk", "status") for rows in moving))
        self.read_on()
        self.people = list(
            User.objects.filter(is_active=True, is_service=False).order_by("pk")
        )
        tally.steps.append(0)

    # What a walker knows of its machines

    @abstractmethod
    def moving(self) -> list[QuerySet[Any]]:
        """All things of the case that the model follows."""

    @abstractmethod
    def of_case(self) -> list[QuerySet[Any]]:
        """All things of the case that an act could touch, but the case itself."""

    @abstractmethod
    def targets(self) -> list[tuple[str, Any, bool]]:
        """Every row with a thing to try it on, and whether the model allows it."""

    @abstractmethod
    def wait(self, days: int) -> None:
        """Days pass before the step."""

    @abstractmethod
    def prepare(self, row: str, target: Any, draw: Draw) -> None:
        """What is done before a row, so that person and state alone decide."""

    @abstractmethod
    def prepare_for_a_stranger(self, row: str, target: Any, draw: Draw) -> None:
        """The same, where it does not lead the walk itself elsewhere."""

    @abstractmethod
    def entitled(self, row: str, target: Any) -> set[User]:
        """Everybody who may take the row, by the model's word for the actor."""

    @abstractmethod
    def act(self, row: str, target: Any, draw: Draw) -> None:
        """The right person takes the row."""

    @abstractmethod
    def act_as(self, person: User, row: str, target: Any, draw: Draw) -> None:
        """This person tries to take the row."""

    @abstractmethod
    def act_from_elsewhere(self, row: str, target: Any, draw: Draw) -> None:
        """The right person tries the row from a state that does not have it."""

    @abstractmethod
    def hold(self) -> None:
        """What holds of these machines beyond their tables."""

    def everything(self) -> list[Any]:
        """All that is stored of the case, and how many turns and events there are."""
        return [self.reading.rows(), Task.objects.count(), Event.objects.count()]

    # Conditions, which decisions of both kinds may carry

    def conditions(self) -> list[Condition]:
        of_case = Condition.objects.filter(decision__case=self.case_id)
        return list(of_case.order_by("pk"))

    def condition_targets(self) -> list[tuple[str, Any, bool]]:
        return [
            (row, one, self.model.allows("qa.condition", one.pk, row))
            for one in self.conditions()
            for row in model.CONDITION_ROWS
        ]

    # What the record says

    def read_on(self) -> list[Event]:
        """Lead the model along the new events, whose chain must hold."""
        case = Case.objects.get(pk=self.case_id)
        new = list(case.events.filter(sequence__gt=self.sequence).order_by("sequence"))
        for event in new:
            assert event.sequence == self.sequence + 1
            assert event.previous_hash == self.head
            assert record.hash_of(event) == event.hash
            self.sequence, self.head = event.sequence, event.hash
            if event.to_state:
                self.model.take(event.thing, event.thing_id, event.row, event.to_state)
        assert (case.events_written, case.head) == (self.sequence, self.head)
        return new

    def states(self) -> dict[tuple[str, int], str]:
        """The state stored of each of them."""
        found = zip(self.labels, self.statuses.rows(), strict=True)
        return {(label, pk): status for label, rows in found for pk, status in rows}

    def check(self) -> None:
        """Nothing is unread, and the states stored are the model's."""
        assert self.read_on() == []
        assert self.states() == self.model.states
        self.hold()

    # The steps

    def step(self, draw: Draw) -> None:
        self.tally.steps[-1] += 1
        self.wait(draw.wait)
        wanted = draw.how != "wrong state"
        rows = self.targets()
        fitting = [one for one in rows if one[2] == wanted]
        wanted = wanted and bool(fitting)
        fitting = fitting or [one for one in rows if not one[2]]
        row, target, _fits = fitting[draw.pick % len(fitting)]
        if wanted and draw.how == "right":
            self.try_rightly(row, target, draw)
        elif wanted:
            self.try_as_stranger(row, target, draw)
        else:
            self.try_from_elsewhere(row, target, draw)

    def try_rightly(self, row: str, target: Any, draw: Draw) -> None:
        self.prepare(row, target, draw)
        self.read_on()
        before = self.everything()
        new = self.attempt(lambda: self.act(row, target, draw))
        if new is None:
            assert row in self.may_be_refused, f"{row} is refused to the right person"
            assert self.everything() == before
            return
        rows = [e.row for e in new if e.thing in model.MACHINES and e.to_state]
        assert model.writes(row, draw.outcome, rows), f"{row} wrote {rows}"
        self.tally.taken.update(set(rows))

    def try_as_stranger(self, row: str, target: Any, draw: Draw) -> None:
        self.prepare_for_a_stranger(row, target, draw)
        self.read_on()
        may = self.entitled(row, target)
        others = [person for person in self.people if person not in may]
        person = others[draw.who % len(others)]
        before = self.everything()
        new = self.attempt(lambda: self.act_as(person, row, target, draw))
        assert new is None, f"{person} took {row}"
        assert self.everything() == before

    def try_from_elsewhere(self, row: str, target: Any, draw: Draw) -> None:
        before = self.everything()
        new = self.attempt(lambda: self.act_from_elsewhere(row, target, draw))
        assert new is None, f"{row} from a wrong state"
        assert self.everything() == before

    def attempt(self, take: Callable[[], None]) -> list[Event] | None:
        """The events of the act, or None where it was refused."""
        try:
            with transaction.atomic():
                take()
        except (TransitionRefused, PermissionDenied):
            self.tally.refused += 1
            assert self.read_on() == []
            return None
        self.tally.done += 1
        new = self.read_on()
        assert new
        return new


def judge_condition(row: str, condition: Condition, by: User) -> None:
    """C2 to C4: evidence is handed in, and judged enough or not."""
    if row == "C2":
        deciding.submit_evidence(condition=condition, evidence="Shown.", by=by)
    else:
        deciding.judge_condition(
            condition=condition, fulfilled=row == "C3", reasons="As shown.", by=by
        )


def state_machine(
    begin: Callable[[str, Tally], Walker], starts: Iterable[str], tally: Tally
) -> type[stateful.RuleBasedStateMachine]:
    """The machine that draws where a walk starts and every step of it."""

    class Walks(stateful.RuleBasedStateMachine):
        """One walk, in a savepoint of its own."""

        def __init__(self) -> None:
            super().__init__()
            self.undone = transaction.atomic()
            self.undone.__enter__()

        @stateful.initialize(start=st.sampled_from(sorted(starts)))
        def begin(self, start: str) -> None:
            self.walker = begin(start, tally)

        @stateful.rule(draw=DRAWS)
        def step(self, draw: Draw) -> None:
            self.walker.step(draw)

        @stateful.invariant()
        def model_holds(self) -> None:
            self.walker.check()

        def teardown(self) -> None:
            try:
                if self.walker.sequence % tally.VERIFIED_EVERY == 0:
                    assert verify() == []
            finally:
                transaction.set_rollback(True)
                self.undone.__exit__(None, None, None)

    return Walks


def take_walks(
    begin: Callable[[str, Tally], Walker],
    starts: Iterable[str],
    *,
    examples: int,
    steps: int,
    **how: Any,
) -> Tally:
    """Walk from drawn stages; each walk is undone, what it counted stays."""
    tally = Tally()
    stateful.run_state_machine_as_test(
        state_machine(begin, starts, tally),
        settings=hypothesis.settings(
            max_examples=examples,
            stateful_step_count=steps + 1,  # the start is a step, too
            # A walk that fails is told as it was drawn: looking for a shorter one
            # would take minutes.
            phases=[hypothesis.Phase.generate],
            database=None,
            suppress_health_check=list(hypothesis.HealthCheck),
            **how,
        ),
        _min_steps=steps + 1,
    )
    sys.stdout.write(f"\n{tally}\n")  # seen with -s, and where a walk fails
    assert len(tally.steps) >= examples
    assert sum(tally.steps) >= 0.95 * examples * steps, tally.steps
    return tally


def assert_enough_was_refused(tally: Tally) -> None:
    """Acts done grow rarer the longer a walk: near its end little is left to do."""
    assert tally.refused >= 0.3 * (tally.done + tally.refused)
    assert tally.done >= 0.1 * (tally.done + tally.refused)


def assert_nearly_every_row_was_taken(tally: Tally, rows: str) -> None:
    every = set(rows.split())
    missing = sorted(every - tally.taken.keys())
    assert len(missing) <= 0.1 * len(every), f"never taken: {missing}"

"""The desk: the open turns of one process, driven without the engine's pages."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from viewflow.workflow.activation import Activation
from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import STATUS
from viewflow.workflow.token import Token

from qa.flows.nodes import create

JOIN = "JOIN"
TRUNK = Token("start")


class FlowDisagrees(Exception):
    """The flow is not where the state says; the act is undone as a whole."""


class Desk:
    """One process and its open turns. Its case is locked by whoever sits down here."""

    def __init__(self, flow_class: Any, thing: Any) -> None:
        process = process_of(flow_class, thing)
        if process is None:
            raise FlowDisagrees(f"{thing._meta.label} {thing.pk} has no flow.")
        process.artifact = thing
        self.process, self.thing = process, thing

    def turns(self) -> list[Task]:
        """Every open turn, oldest first; waiting joins are nobody's turn."""
        return list(
            self.process.task_set.filter(finished=None)
            .exclude(flow_task_type=JOIN)
            .order_by("pk")
        )

    def open_names(self) -> set[str]:
        return {turn.flow_task.name for turn in self.turns()}

    def find(self, name: str, seed: models.Model | None = None) -> Task | None:
        """The open turn at the node of this name, of this seed if one is given."""
        for turn in self.turns():
            if turn.flow_task.name == name and (
                seed is None or turn.seed_object_id == seed.pk
            ):
                return turn
        return None

    def finish(self, turn: Task, by: Any) -> None:
        """Write who did it and let the engine open what comes next."""
        activation = _activation(turn)
        if turn.flow_task_type == "HUMAN":
            give(turn, by)
            activation.start(None)
        else:
            activation.run(None)
        activation.execute()

    def withdraw(self, turn: Task) -> None:
        """Take a turn back undone; the readings' join is asked again by `rejoin`."""
        _activation(turn).cancel()

    def rejoin(self) -> None:
        """Let a waiting join go on when nothing it waits for is left open."""
        join = self._waiting_join()
        if join is None:
            return
        activation = _activation(join)
        if activation.complete.can_proceed():
            activation.complete()
            activation.activate_next()

    def clear(self) -> None:
        """Take back every open turn and every waiting join."""
        for turn in self.turns():
            self.withdraw(turn)
        join = self._waiting_join()
        if join is not None:
            self.withdraw(join)

    def go_to(self, node: Any, after: Task) -> None:
        """Go on from `node` although no edge leads there from the turn before."""
        before = _activation(after)
        before._activate_next({create(node, before, TRUNK)})  # noqa: SLF001  as above

    def add_branch(self, split: Any, node: Any, seed: models.Model) -> None:
        """One more turn under the token of the split that was opened last."""
        opened = self.process.task_set.filter(flow_task=split).order_by("pk").last()
        if opened is None:
            raise FlowDisagrees(f"{split.name} was never opened.")
        prefix = f"{opened.token}/{opened.pk}_"
        taken = self.process.task_set.filter(token__startswith=prefix).count()
        create(node, _activation(opened), Token(f"{prefix}{taken + 1}"), seed)

    def _waiting_join(self) -> Task | None:
        return self.process.task_set.filter(finished=None, flow_task_type=JOIN).first()


def process_of(flow_class: Any, thing: models.Model) -> Process | None:
    return flow_class.process_class.objects.filter(
        flow_class=flow_class,
        artifact_content_type=ContentType.objects.get_for_model(thing),
        artifact_object_id=thing.pk,
    ).first()


def give(turn: Task, to: Any | None) -> None:
    """Make the turn this person's, or its office's again."""
    if turn.owner_id == (to.pk if to else None):
        return
    activation = _activation(turn)
    if turn.status == STATUS.ASSIGNED:
        activation.unassign()
    if to is not None:
        activation.assign(to)


def _activation(turn: Task) -> Activation:
    return turn.flow_task.activation_class(turn)

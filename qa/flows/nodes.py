"""The kinds of node our flows are written with; none of them has a page."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from viewflow.this_object import this
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Edge
from viewflow.workflow.nodes import If, Split, SplitActivation, View
from viewflow.workflow.token import Token

from qa import offices
from qa.enums import PanelRole, Role

Chosen = Callable[[Activation], Any]


def create(node: Any, after: Activation, token: Token, seed: Any = None) -> Activation:
    """A new task of the node after another one, as the engine's own nodes do it."""
    return node._create(after, token, seed=seed)  # noqa: SLF001  no public name for it


class Step(View):
    """A person's turn: of a person named, of an office to take, or of a panel's seat.

    Where `among` names some of an office, nobody else of it takes the turn, and one
    named alone has it from the start.
    """

    def __init__(
        self,
        title: str | Promise,
        *,
        owner: Chosen | None = None,
        office: Role | None = None,
        unit: Chosen | None = None,
        seat: PanelRole | None = None,
        among: Chosen | None = None,
    ) -> None:
        super().__init__(view=None)
        self.Annotation(title=title)
        self._among = among
        if owner is not None:
            self.Assign(owner)
        if among is not None:
            self.Assign(lambda act: _the_only(among(act)))
        if office is not None:
            self.Permission(
                lambda act: offices.key(office, unit(act) if unit else None)
            )
        if seat is not None:
            self.Permission(offices.seat(seat))

    def is_open_to(self, turn: Any, user: Any) -> bool:
        """Of some offices a few are named; once none of them is left, it is all again."""
        named = self._among(self.activation_class(turn)) if self._among else ()
        return not named or user in named


def _the_only(named: Sequence[Any]) -> Any | None:
    return named[0] if len(named) == 1 else None


class Question(If):
    """A fork by what is true, with its two answers in the reader's language."""

    def __init__(self, title: str | Promise, asks: Chosen) -> None:
        super().__init__(asks)
        self.Annotation(title=title)

    def _outgoing(self) -> Iterator[Edge]:
        yield Edge(self, self._on_true, edge_class="cond_true", label=_("yes"))
        yield Edge(self, self._on_false, edge_class="cond_false", label=_("no"))


class SplitForEachActivation(SplitActivation):
    """Opens as many turns as there are people to open one for."""

    @Activation.status.super()
    def activate(self) -> None:
        for node, _case, _data, seeds in self.flow_task.branches:
            self.next_tasks.extend((node, seed) for seed in seeds(self))

    @Activation.status.super()
    def create_next(self) -> Iterator[Activation]:
        tokens = Token.split_token_source(self.task.token, self.task.pk)
        for node, seed in self.next_tasks:
            yield create(node, self, next(tokens), seed)


class SplitForEach(Split):
    """A split whose number of branches is known only when it is reached."""

    activation_class = SplitForEachActivation

    def __init__(self, title: str | Promise) -> None:
        super().__init__()
        self.Annotation(title=title)
        self._for_each: list[tuple[Any, Chosen]] = []

    def each(self, node: Any, seeds: Chosen) -> "SplitForEach":
        """One turn at `node` for every one of `seeds(activation)`."""
        self._for_each.append((node, seeds))
        return self

    def _resolve(self, instance: Any) -> None:
        super()._resolve(instance)
        self._for_each = [
            (this.resolve(instance, n), seeds) for n, seeds in self._for_each
        ]

    def _outgoing(self) -> Iterator[Edge]:
        for node, _seeds in self._for_each:
            yield Edge(self, node, edge_class="default")

    @property
    def branches(self) -> list[tuple[Any, None, None, Chosen]]:
        return [(node, None, None, seeds) for node, seeds in self._for_each]

    # Four parts with a source tell the engine's chart to draw several at once.
    _branches = branches

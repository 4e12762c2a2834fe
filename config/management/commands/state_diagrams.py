"""manage.py state_diagrams [--check]: docs/states.md, drawn from the machines."""

import sys
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import models
from django.utils import translation

from qa.transitions import status_field
from qa.verification import machines

PAGE = settings.BASE_DIR / "docs" / "states.md"
HEAD = """# The machines, drawn

Made by `manage.py state_diagrams` from the code; the checks fail when it differs.
Row numbers are the names by which code, records and tests speak of a transition.
"""


def draw(machine: type[models.Model]) -> Iterator[str]:
    """One machine as a diagram and as the table of its rows."""
    field = status_field(machine)
    moves = sorted(
        field.get_all_transitions(machine),
        key=lambda m: (m.custom["row"], str(m.source), str(m.target), m.name),
    )
    yield f"\n## {machine.__name__}\n"
    yield "```mermaid"
    yield "stateDiagram-v2"
    for opening in getattr(machine, "openings", ()):
        yield f"    [*] --> {field.default}: {opening.row}"
    for move in moves:
        yield f"    {move.source} --> {target(move)}: {move.custom['row']}"
    yield "```\n"
    yield "| row | from | to | by | guard |"
    yield "| --- | --- | --- | --- | --- |"
    for opening in getattr(machine, "openings", ()):
        guard = sentences(opening.guard)
        yield f"| {opening.row} | new | {field.default} | {opening.actor} | {guard} |"
    for move in moves:
        guard = sentences(move.conditions)
        row, actor = move.custom["row"], move.custom["actor"]
        yield f"| {row} | {move.source} | {target(move)} | {actor} | {guard} |"


def rowless() -> Iterator[str]:
    """The acts that move no state, with what they must meet to be kept."""
    yield "\n## Acts without a row\n"
    yield "| of | act | guard |"
    yield "| --- | --- | --- |"
    for model in sorted(apps.get_models(), key=lambda m: m.__name__):
        for act in getattr(model, "rowless", ()):
            name = act.name.replace("_", " ")
            yield f"| {model.__name__} | {name} | {sentences(act.guard)} |"


def target(move: Any) -> str:
    """Where the move leads; a state remembered by the thing itself has no fixed name."""
    fixed = isinstance(move.target, str)
    return str(move.target) if fixed else "the state before"


def sentences(guard: Any) -> str:
    return ", ".join(clause.name.replace("_", " ") for clause in guard)


def page() -> str:
    ordered = sorted(machines(), key=lambda m: (m._meta.app_label != "qa", m.__name__))
    with translation.override("en"):
        lines = [line for m in ordered for line in draw(m)]
        return HEAD + "\n".join([*lines, *rowless()]) + "\n"


class Command(BaseCommand):
    help = "Draw every machine into docs/states.md, or check that it is up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        drawn = page()
        if not options["check"]:
            PAGE.write_text(drawn, encoding="utf-8")
            return
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != drawn:
            self.stderr.write("docs/states.md differs: run manage.py state_diagrams")
            sys.exit(1)

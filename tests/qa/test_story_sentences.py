"""Whatever the record keeps of quality assurance has a sentence in its story."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from fixtures.demo.accreditation import OfferStory
from qa import story
from qa.models import Event
from tests.guards.trial import Stages, resume
from tests.qa.test_machine_tables import OPENINGS, TABLES
from tests.qa.test_notices import let_the_reply_term_pass

ROOT = Path(__file__).parent.parent.parent
# Which word of the call names the act that moves nothing.
NOTING = {"note": 2, "write_down": 1}
PLACES = [*(ROOT / "qa" / "services").glob("*.py"), ROOT / "reports" / "services.py"]


def acts_noted() -> set[str]:
    return {act for path in PLACES for act in _noted_in(path)}


def _noted_in(path: Path) -> Iterator[str]:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(function, ast.FunctionDef):
            continue
        for call in ast.walk(function):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
                place = NOTING.get(call.func.id)
                if place is not None:
                    yield from _names(call.args[place], function, module)


def _names(said: ast.expr, function: ast.FunctionDef, module: str) -> list[str]:
    """The act as it is written: a word, one of two, or what stands for it."""
    found: list[str] = []
    match said:
        case ast.Constant(value=str(name)):
            found = [name]
        case ast.IfExp(body=one, orelse=other):
            found = _names(one, function, module) + _names(other, function, module)
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            found = [getattr(getattr(importlib.import_module(module), owner), name)]
        case ast.Name(id=local):
            for line in ast.walk(function):
                match line:
                    case ast.Assign(targets=[ast.Name(id=name)]) if name == local:
                        found += _names(line.value, function, module)
    assert found, f"{module}: which act is {ast.unparse(said)}?"
    return found


def test_every_act_noted_has_a_sentence() -> None:
    acts = acts_noted()

    assert {"reply_term_over", "vote_not_carried", "ask_sign_off", "extend"} <= acts
    assert acts - story.SENTENCES.keys() == set()


def test_every_row_of_the_machines_has_a_sentence() -> None:
    moved = {row for table in TABLES.values() for row, _act in table}
    opened = {row for table in OPENINGS.values() for row in table}

    assert (moved | opened) - story.SENTENCES.keys() == set()


@pytest.mark.django_db
def test_the_end_of_the_reply_term_is_told_in_words(stages: Stages) -> None:
    told: OfferStory = resume(stages, "report_written").send_for_factual_check()
    let_the_reply_term_pass(told)

    event = Event.objects.get(act="reply_term_over")

    assert story.line(event).did == "the term to reply to the draft report ended"

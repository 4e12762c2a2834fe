"""Two people at the same instant: one does it, the other is told, nothing breaks.

Each is a process of its own with its own connection and real commits.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.concurrency.conftest import House


@contextmanager
def raced(
    house: House,
    given: dict[str, Any],
    *acts: str,
    by: str = "officers",
    at: str = "screened_at",
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Both officers at once on a fresh copy: the database, and what each was answered."""
    jobs = [
        {"act": act, "given": {**given, "by": officer}, "at": house.facts[at]}
        for act, officer in zip(acts, house.facts[by], strict=True)
    ]
    with house.copied() as database:
        yield database, house.ask(database, *jobs)


def one_won(answers: list[dict[str, Any]]) -> tuple[str, str]:
    """What the one did and what the other was told; anything else is a failure."""
    assert sorted(key for answer in answers for key in answer) == ["done", "refused"], (
        answers
    )
    told = {key: said for answer in answers for key, said in answer.items()}
    return told["done"], told["refused"]


def find_eligible_twice(house: House) -> None:
    procedure = {"procedure": house.facts["procedure"]}
    with raced(house, procedure, "find_eligible", "find_eligible") as (db, answers):
        done, refused = one_won(answers)
        after = house.look(db)

    assert done == "eligible"
    assert "no longer possible" in refused
    assert after["breaks"] == []
    assert after["last"][0] == "A07"
    assert after["events"] == house.before["events"] + 1


def decide_differently(house: House) -> None:
    procedure = {"procedure": house.facts["procedure"]}
    with raced(house, procedure, "find_eligible", "return_for_completion") as raced_on:
        db, answers = raced_on
        done, refused = one_won(answers)
        after = house.look(db)

    assert [done] in after["procedures"]
    assert "no longer possible" in refused
    assert after["breaks"] == []
    written = {"eligible": 1, "returned": 2}  # the return also opens a new version
    assert after["events"] == house.before["events"] + written[done]


def take_one_turn(house: House) -> None:
    turn = {"turn": house.facts["turn"]}
    with raced(house, turn, "take_turn", "take_turn") as (db, answers):
        owner, refused = one_won(answers)
        after = house.look(db)

    assert refused == f"{owner} took this on already."
    assert after["breaks"] == []
    assert after["events"] == house.before["events"]
    owners = [t[3] for t in after["turns"] if t[0] == turn["turn"]]
    assert owners[0] in house.facts["officers"]


def find_complete_twice(house: House) -> None:
    application = {"application": house.facts["filed"]}
    people = {"by": "recognition_officers", "at": "completed_at"}
    both = ("find_complete", "find_complete")
    with raced(house, application, *both, **people) as (db, answers):
        done, refused = one_won(answers)
        after = house.look(db)

    assert done == "complete"
    assert "no longer possible" in refused
    assert after["breaks"] == []
    assert after["last"][0] == "B04"
    assert after["events"] == house.before["events"] + 1
    assert len(after["messages"]) == len(house.before["messages"]) + 1


RACES = [find_eligible_twice, decide_differently, take_one_turn]


@pytest.mark.parametrize("race", RACES)
def test_of_two_at_once_one_does_it_and_the_other_is_told(house, race):
    for _round in range(10):
        race(house)


def test_of_two_who_find_an_application_complete_one_does_it(house):
    find_complete_twice(house)


@pytest.mark.soak
@pytest.mark.parametrize("race", [*RACES, find_complete_twice])
def test_a_hundred_times(house, race):
    for _round in range(100):
        race(house)

"""A process dies in the middle of an act: nothing happened, and the act can be done.

It kills itself (SIGKILL: nothing is cleaned up) at each named place of the door's open
transaction, and right before the commit. A fresh process then finds every row as it was.
"""

from typing import Any

import pytest

from tests.concurrency.conftest import House

POINTS = ["lock", "save", "event", "hand_on", "commit"]
ACTS = ["find_eligible", "enter_into_force"]
NOTIFY = "notify"  # one act that moves, issues a signed result and writes messages


def job(house: House, act: str) -> dict[str, Any]:
    facts = house.facts
    if act == "find_eligible":
        given = {"procedure": facts["procedure"], "by": facts["officers"][0]}
        return {"act": act, "given": given, "at": facts["screened_at"]}
    if act == NOTIFY:
        by = facts["recognition_officers"][0]
        given = {"application": facts["decided"], "by": by}
        return {"act": act, "given": given, "at": facts["notified_at"]}
    return {"act": act, "given": {"period": facts["period"]}, "at": facts["valid_at"]}


def outline(seen: dict[str, Any]) -> dict[str, Any]:
    """What two undisturbed runs have in common: without hashes and turn numbers."""
    return {
        **{k: seen[k] for k in ("procedures", "periods", "events", "messages")},
        **{k: seen[k] for k in ("applications", "results")},
        "turns": sorted(turn[1:] for turn in seen["turns"]),
        "row": seen["last"][0],
        "breaks": seen["breaks"],
    }


@pytest.fixture(scope="module")
def undisturbed(house) -> dict[str, dict[str, Any]]:
    """By act, how things stand after it when nobody dies."""
    after = {}
    for act in (*ACTS, NOTIFY):
        with house.copied() as database:
            (answer,) = house.ask(database, job(house, act))
            assert "done" in answer, answer
            after[act] = outline(house.look(database))
    return after


def die_and_do_it_again(
    house: House, act: str, point: str, expected: dict[str, Any], times: int = 1
) -> None:
    """After each death everything is as it was; after the last the act is done."""
    wanted = job(house, act)
    with house.copied() as database:
        for _time in range(times):
            (killed,) = house.ask(database, {**wanted, "die_at": point})
            assert killed == {"died_of": "SIGKILL"}
            assert house.look(database) == house.before
        (answer,) = house.ask(database, wanted)
        after = house.look(database)

    assert "done" in answer, answer
    assert outline(after) == expected


def test_the_acts_leave_traces_that_a_half_done_one_would_show(house, undisturbed):
    before = outline(house.before)
    eligible, in_force = undisturbed["find_eligible"], undisturbed["enter_into_force"]

    assert before["breaks"] == eligible["breaks"] == in_force["breaks"] == []
    assert (eligible["row"], in_force["row"]) == ("A07", "A18")
    for after in (eligible, in_force):
        assert after["events"] == before["events"] + 1
        assert after["turns"] != before["turns"]
        assert len(after["messages"]) > len(before["messages"])
    assert eligible["procedures"] != before["procedures"]
    assert in_force["periods"] != before["periods"]


def test_a_notification_leaves_its_state_its_result_and_its_words(house, undisturbed):
    before, after = outline(house.before), undisturbed[NOTIFY]

    assert after["breaks"] == []
    assert (before["results"], after["results"]) == (0, 1)
    assert ["notified"] in after["applications"]
    assert ["notified"] not in before["applications"]
    assert after["events"] == before["events"] + 2  # B21 and the result issued
    assert len(after["messages"]) == len(before["messages"]) + 1
    assert after["turns"] != before["turns"]


@pytest.mark.parametrize("point", POINTS)
def test_a_death_inside_a_notification_leaves_neither_act_nor_result(
    house, undisturbed, point
):
    die_and_do_it_again(house, NOTIFY, point, undisturbed[NOTIFY])


@pytest.mark.parametrize("point", POINTS)
def test_a_death_inside_the_act_leaves_nothing_of_it(house, undisturbed, point):
    for act, times in zip(ACTS, (3, 2), strict=True):
        die_and_do_it_again(house, act, point, undisturbed[act], times)


@pytest.mark.soak
@pytest.mark.parametrize("act", [*ACTS, NOTIFY])
@pytest.mark.parametrize("point", POINTS)
def test_fifty_deaths(house, undisturbed, act, point):
    for _time in range(50):
        die_and_do_it_again(house, act, point, undisturbed[act])


@pytest.mark.parametrize("act", ACTS)
def test_a_death_right_after_the_commit_leaves_all_of_it(house, undisturbed, act):
    with house.copied() as database:
        (killed,) = house.ask(database, {**job(house, act), "die_at": "committed"})
        found = house.look(database)

    assert killed == {"died_of": "SIGKILL"}
    assert outline(found) == undisturbed[act]

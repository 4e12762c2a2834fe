"""Every clause of recognition refuses its act alone; taken away, a test notices."""

import pytest

from qa.transitions import TransitionRefused, status_field
from recognition.models import RecognitionApplication
from tests.guards import removal
from tests.recognition.trials import BREAK, BROKEN, READY

pytestmark = pytest.mark.django_db
FIELD = status_field(RecognitionApplication)


def declared() -> dict[str, list]:
    """The guard of each act, with and without a row."""
    return {
        move.name: move.conditions
        for move in FIELD.get_all_transitions(RecognitionApplication)
    } | {act.name: list(act.guard) for act in RecognitionApplication.rowless}


def clauses() -> list[tuple[str, str]]:
    moves = {(act, c.name) for act, guard in declared().items() for c in guard}
    openings = {
        (opening.row, c.name)
        for opening in RecognitionApplication.openings
        for c in opening.guard
    }
    return sorted(moves | openings)


def assert_refuses_alone(key, office):
    if key in BROKEN:
        trial = BROKEN[key](office)
    else:
        trial = READY[key[0]](office)
        BREAK[key](trial)

    with pytest.raises(TransitionRefused) as refusal:
        trial.run()

    assert [clause.name for clause in refusal.value.unmet] == [key[1]]


def test_every_clause_has_its_own_break():
    assert set(BREAK) | set(BROKEN) == set(clauses())


def test_every_act_has_its_trial():
    assert set(READY) == {"B00", *declared()}


@pytest.mark.parametrize("act", sorted(READY))
def test_act_succeeds_when_nothing_is_broken(act, office):
    READY[act](office).run()


@pytest.mark.parametrize("key", clauses(), ids="-".join)
def test_clause_refuses_alone(key, office):
    assert_refuses_alone(key, office)


@pytest.mark.apart
@pytest.mark.parametrize("key", clauses(), ids="-".join)
def test_removed_clause_is_noticed(key, office):
    machine = str(RecognitionApplication._meta.model_name)
    taken_out = removal.without((machine, *key))
    with taken_out, pytest.raises(BaseException) as noticed:  # noqa: PT011  whatever
        assert_refuses_alone(key, office)

    assert not isinstance(noticed.value, KeyboardInterrupt)

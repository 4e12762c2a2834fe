"""Every declared clause refuses its act alone; taken away, a test notices.

The command that removes all clauses one by one, those of recognition too, is
`python3 start.py test tests/guards tests/recognition/test_guards.py -k removed`.
"""

import pytest
from django.core.exceptions import PermissionDenied

from qa.models import User
from qa.transitions import TransitionRefused
from tests.guards import others, periods, procedures, removal, reports, votes
from tests.guards.trial import BREAK, BROKEN, READY, Stages

pytestmark = pytest.mark.django_db
REGISTERED = (others, periods, procedures, reports, votes)
KEYS = removal.declared_clauses()
# Who may keep an act without a row is asked where it is recorded, not by the door.
DOORS = sorted(set(READY) - removal.rowless_acts())
# The guard is asked first, and here one clause of it speaks of the person who acts: the
# officers whom the commission nominated set the panel up, and a member alone steps back.
SPEAKS_OF_THE_PERSON = {
    ("panelmember", "P1"): "officer_is_nominated",
    ("panelmember", "replace"): "officer_is_nominated",
    ("panelmember", "recuse"): "recusal_has_a_ground",
}


def assert_refuses_alone(key: removal.Key, stages: Stages) -> None:
    """The act with this one clause broken is refused for this clause only."""
    machine, act, name = key
    if key in BROKEN:
        attempt = BROKEN[key](stages)
    else:
        attempt = READY[machine, act](stages)
        BREAK[key](stages, attempt)

    with pytest.raises(TransitionRefused) as refusal:
        attempt.run()

    assert [clause.name for clause in refusal.value.unmet] == [name]


def test_every_clause_has_its_own_break() -> None:
    assert set(BREAK) | set(BROKEN) == set(KEYS)


@pytest.mark.parametrize("key", sorted(READY), ids="-".join)
def test_act_succeeds_when_nothing_is_broken(
    key: tuple[str, str], stages: Stages
) -> None:
    READY[key](stages).run()


@pytest.mark.parametrize("key", DOORS, ids="-".join)
def test_act_belongs_to_somebody_else_than_a_stranger(
    key: tuple[str, str], stages: Stages
) -> None:
    attempt = READY[key](stages)
    attempt.by = User.objects.create(email="stranger@cast.example")

    clause = SPEAKS_OF_THE_PERSON.get(key)
    with pytest.raises(TransitionRefused if clause else PermissionDenied) as refusal:
        attempt.run()

    if isinstance(refusal.value, TransitionRefused):
        assert [unmet.name for unmet in refusal.value.unmet] == [clause]


@pytest.mark.parametrize("key", KEYS, ids="-".join)
def test_clause_refuses_alone(key: removal.Key, stages: Stages) -> None:
    assert_refuses_alone(key, stages)


@pytest.mark.apart
@pytest.mark.parametrize("key", KEYS, ids="-".join)
def test_removed_clause_is_noticed(key: removal.Key, stages: Stages) -> None:
    with removal.without(key), pytest.raises(BaseException) as noticed:  # noqa: PT011  any failure
        assert_refuses_alone(key, stages)

    assert not isinstance(noticed.value, KeyboardInterrupt)

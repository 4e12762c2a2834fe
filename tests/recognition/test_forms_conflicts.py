"""The declaration of conflicts alone: an explicit choice, whole and of one piece."""

import pytest

from recognition.forms.conflicts import ConflictForm

ASKED = "Tick the grounds that apply and describe them, or declare none."
GROUNDS = {"conflicts": ["co_authorship"]}
TEXT = {"text": "A paper in 2024"}


@pytest.mark.parametrize("said", [{}, TEXT, GROUNDS | TEXT])
def test_declaration_of_conflicts_says_whether_there_may_be_one(said):
    assert set(ConflictForm(said).errors) == {"declared"}


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"declared": "may_be"}, {"conflicts", "text"}),
        ({"declared": "may_be", **GROUNDS}, {"text"}),
        ({"declared": "may_be", **TEXT}, {"conflicts"}),
        ({"declared": "none", **GROUNDS}, {"declared"}),
        ({"declared": "none", **TEXT}, {"declared"}),
    ],
)
def test_declaration_of_conflicts_is_whole_and_does_not_contradict_itself(said, wrong):
    assert ConflictForm(said).errors == {name: [ASKED] for name in wrong}


@pytest.mark.parametrize(
    "said", [{"declared": "none"}, {"declared": "may_be", **GROUNDS, **TEXT}]
)
def test_declaration_of_conflicts_is_taken(said):
    assert ConflictForm(said).is_valid()

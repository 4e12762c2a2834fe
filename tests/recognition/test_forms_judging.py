"""The forms of judging alone: what they refuse before any service is asked."""

import pytest

from config.templatetags.atesta import is_optional
from recognition.forms.judging import RowForm
from recognition.models import ComparisonRow
from tests.factories.recognition import SUBSTANTIAL

NEEDED = {
    "essential_requirement": (
        "A substantial difference names the essential requirement that is not covered."
    ),
    "evidence": "A substantial difference names the evidence.",
    "why_it_matters": "A substantial difference says why it matters for the purpose.",
}


def row(**said: str) -> RowForm:
    return RowForm(SUBSTANTIAL | said, row=ComparisonRow())


@pytest.mark.parametrize("field", NEEDED)
@pytest.mark.parametrize("said", ["", " \n\t"])
def test_substantial_difference_is_refused_at_the_field_that_is_empty(field, said):
    assert row(**{field: said}).errors == {field: [NEEDED[field]]}


def test_substantial_difference_with_its_three_fields_is_taken():
    assert row().is_valid()


def test_substantial_difference_alone_is_refused_at_all_three_fields():
    assert row(**dict.fromkeys(NEEDED, "")).errors == {
        field: [sentence] for field, sentence in NEEDED.items()
    }


@pytest.mark.parametrize("difference", ["none", "non_substantial"])
def test_other_differences_need_none_of_the_three_fields(difference):
    assert row(difference=difference, **dict.fromkeys(NEEDED, "")).is_valid()


NO_DIFFERENCE_OF_WEIGHT = (
    "This is usually no substantial difference: choose another, or none."
)
OF_WEIGHT = "This is usually a substantial difference: choose another, or none."


@pytest.mark.parametrize(
    ("difference", "ground", "sentence"),
    [
        ("substantial", "ND-3", NO_DIFFERENCE_OF_WEIGHT),
        ("non_substantial", "SD-3", OF_WEIGHT),
        ("none", "SD-3", OF_WEIGHT),
    ],
)
def test_a_ground_that_says_the_opposite_is_refused_at_its_field(
    difference, ground, sentence
):
    assert row(difference=difference, ground=ground).errors == {"ground": [sentence]}


@pytest.mark.parametrize(
    ("difference", "ground"),
    [
        ("substantial", "SD-3"),
        ("substantial", ""),
        ("non_substantial", "ND-3"),
        ("not_assessable", "SD-4"),
        ("not_assessable", "ND-4"),
    ],
)
def test_a_ground_that_agrees_is_taken(difference, ground):
    assert row(difference=difference, ground=ground).is_valid()


def test_what_a_substantial_difference_needs_is_not_called_optional():
    form = row()

    assert not any(is_optional(form[name]) for name in NEEDED)
    assert {form[name].help_text for name in NEEDED} == {
        "Needed if the difference is substantial."
    }
    assert is_optional(form["note"])

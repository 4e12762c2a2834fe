"""The forms of judging alone: what they refuse before any service is asked."""

import pytest

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

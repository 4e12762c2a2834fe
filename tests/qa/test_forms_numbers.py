"""Numbers out of their bounds, and rows named in the reader's language."""

import pytest
from django import forms
from django.utils import translation

from qa.forms.matrix import Matrix
from qa.models import Version
from recognition.forms.fields import credit


class Component(forms.Form):
    title_ro = forms.CharField()
    title_en = forms.CharField()
    outcomes = forms.MultipleChoiceField()


class Outcome(forms.Form):
    text_ro = forms.CharField()
    text_en = forms.CharField()


class Weighed(forms.Form):
    ects = credit("Credits")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("-1", "Write a number of 0 or more."),
        ("61", "Write a number of 60 or less."),
        ("2.55", "Write at most 1 digit after the decimal mark."),
    ],
)
def test_a_number_out_of_bounds_is_told_in_plain_words(given, told):
    assert Weighed({"ects": given}).errors["ects"] == [told]


def test_a_number_of_a_model_is_told_the_same():
    level = Version._meta.get_field("eqf_level")

    with pytest.raises(forms.ValidationError, match="a number of 8 or less"):
        level.run_validators(9)


@pytest.mark.parametrize(
    ("language", "named"), [("ro", ["Proiect", "Test"]), ("en", ["Project", "Test"])]
)
def test_the_matrix_names_its_rows_in_the_readers_language(language, named):
    formset = forms.formset_factory(Component, extra=0)(
        initial=[
            {"title_ro": "Proiect", "title_en": "Project"},
            {"title_ro": "Test", "title_en": ""},
        ]
    )
    outcomes = forms.formset_factory(Outcome, extra=0)()

    with translation.override(language):
        matrix = Matrix.of({"outcomes": outcomes, "components": formset})

    assert [title for title, _ticks in matrix.rows] == named

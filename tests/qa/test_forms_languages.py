"""Texts in two languages in forms: one row for both, and neither without the other."""

import pytest
from django import forms

from qa.forms.languages import ask_for_both, in_rows


class Letter(forms.Form):
    day = forms.DateField()
    text_ro = forms.CharField(required=False, max_length=20)
    text_en = forms.CharField(required=False)
    evidence_ro = forms.CharField(required=False)
    evidence_en = forms.CharField(required=False)
    name_en = forms.CharField(required=False)

    def clean(self):
        ask_for_both(self)


def test_both_languages_of_a_text_share_a_row():
    rows = [[field.name for field in row] for row in in_rows(Letter())]

    assert rows == [
        ["day"],
        ["text_ro", "text_en"],
        ["evidence_ro", "evidence_en"],
        ["name_en"],
    ]


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ({}, []),
        ({"text_ro": "Da"}, ["text_en"]),
        ({"text_en": "Yes", "evidence_ro": "Act"}, ["text_ro", "evidence_en"]),
        ({"text_ro": "Da", "text_en": "Yes"}, []),
        ({"name_en": "Ana"}, []),
        ({"text_ro": "Da", "text_en": " \n\u00a0"}, ["text_en"]),
        ({"text_ro": " ", "text_en": "\t"}, []),
        ({"text_ro": "Da" * 11, "text_en": "Yes"}, ["text_ro"]),
    ],
)
def test_a_text_in_one_language_is_asked_for_in_the_other(told, asked):
    form = Letter({"day": "2026-11-25", **told})

    assert list(form.errors) == asked

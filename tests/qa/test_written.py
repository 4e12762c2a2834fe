"""Texts of one language say which."""

import pytest
from django.template import Context, Template
from django.utils import translation

from qa.written import language_of

ENGLISH = "The panel met the team and read the rubrics of both tasks."
ROMANIAN = "Comisia s-a întâlnit cu echipa și a citit grilele de evaluare."
SHOWN = Template(
    "{% load atesta %}<p{% spoken text %}>{% written_in text %}</p>",
)


@pytest.mark.parametrize(
    ("text", "language"),
    [(ENGLISH, "en"), (ROMANIAN, "ro"), ("MC-2026-004", ""), ("", "")],
)
def test_language_is_told_by_common_words(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("reader", "text", "shown"),
    [
        ("en", ENGLISH, '<p lang="en"></p>'),
        ("en", ROMANIAN, '<p lang="ro">Written in Romanian.</p>'),
        ("ro", ROMANIAN, '<p lang="ro"></p>'),
        ("en", "7", "<p></p>"),
    ],
)
def test_a_page_names_a_language_that_is_not_the_readers(reader, text, shown):
    with translation.override(reader):
        assert SHOWN.render(Context({"text": text})) == shown

"""What is missing leads to where it is mended."""

import pytest
from django.urls import reverse

from qa.clauses import Clause
from qa.guards import report, review, submission
from qa.views.mending import PAGES, Lack, lacks
from recognition.guards import comparison, filing, handling
from recognition.views import mending
from recognition.views.filing import BY_NAME
from recognition.views.office_acts import ACTS


def clauses(*modules):
    return {
        value.name
        for module in modules
        for value in vars(module).values()
        if isinstance(value, Clause)
    }


@pytest.mark.parametrize("name", PAGES)
def test_every_page_belongs_to_a_clause_and_exists(name):
    assert name in clauses(submission, review, report)
    assert reverse(PAGES[name], args=[1])


def test_recognition_names_clauses_parts_and_acts_that_exist():
    assert set(mending.PARTS) <= clauses(filing)
    assert set(mending.PARTS.values()) <= set(BY_NAME)
    assert set(mending.ACTS) <= clauses(handling, comparison)
    assert {name for names in mending.ACTS.values() for name in names} <= set(ACTS)


def test_nothing_leads_to_the_page_itself():
    one = Clause("one", "One is missing.", bool)
    two = Clause("two", "Two is missing.", bool)

    found = lacks(None, [one, two], {"one": "/here/", "two": "/there/"}, "/here/")

    assert found == (Lack("One is missing."), Lack("Two is missing.", "/there/"))


def test_a_clause_names_the_parts_it_is_about():
    one = Clause("one", "One is missing.", bool, naming=lambda thing: f"It is {thing}.")

    assert lacks("this", [one], {}) == (Lack("One is missing. It is this."),)

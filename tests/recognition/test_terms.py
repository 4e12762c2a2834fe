"""What a grant must state: what for, and how much or at which level."""

import pytest

from recognition.forms.judging import TermsForm
from recognition.guards import terms as asks
from recognition.models import Proposal


@pytest.mark.parametrize("outcome", ["full", "partial", "conditional"])
@pytest.mark.parametrize(
    ("ects", "level", "stated"),
    [
        (2, "EQF 6", True),
        (2, "", True),
        (None, "EQF 6", True),
        (None, " ", False),
        (0, "", False),
        (0, "EQF 6", False),
    ],
)
def test_a_grant_is_more_than_no_credits(outcome, ects, level, stated):
    terms = Proposal(
        outcome=outcome, granted_target="BSc", ects_granted=ects, level_granted=level
    )

    assert asks.states_the_grant(terms) is stated


def test_what_grants_nothing_states_no_grant():
    assert asks.states_the_grant(Proposal(outcome="alternative"))


@pytest.mark.parametrize(
    ("ects", "errors"),
    [
        ("", []),
        ("0.5", []),
        ("0", ["Credits granted are more than 0; leave this empty to grant none."]),
    ],
)
def test_the_form_says_how_to_grant_no_credits(ects, errors):
    form = TermsForm({"outcome": "full", "ects_granted": ects})

    assert form.errors.get("ects_granted", []) == errors

"""What a grant must state: what for, and how much or at which level."""

from datetime import date

import pytest
from django.utils import translation

from recognition.forms.judging import ComponentForm, TermsForm
from recognition.guards import terms as asks
from recognition.models import Proposal, ProposedComponent, ProposedCondition
from tests.factories import recognition as r


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
        outcome=outcome,
        granted_target_ro="Licență",
        granted_target_en="BSc",
        ects_granted=ects,
        level_granted=level,
    )

    assert asks.states_the_grant(terms) is stated


def said_for(outcome, application):
    """Whether a proposal of the outcome carries its own particulars."""
    return {
        "full": asks.states_the_grant,
        "alternative": asks.names_the_alternative,
        "refused": asks.considered_alternatives,
    }[outcome](application)


@pytest.mark.parametrize("language", ["ro", "en"])
@pytest.mark.parametrize(
    ("outcome", "name"),
    [
        ("full", "granted_target"),
        ("alternative", "alternative_target"),
        ("alternative", "bridging_offer"),
        ("refused", "alternatives_considered"),
    ],
)
def test_one_language_is_not_enough(outcome, name, language):
    assert said_for(outcome, Proposal(**r.TERMS[outcome]))

    halved = Proposal(**(r.TERMS[outcome] | {f"{name}_{language}": " "}))

    assert not said_for(outcome, halved)


@pytest.mark.parametrize("language", ["ro", "en"])
@pytest.mark.parametrize("name", ["text", "evidence_required", "consequence"])
def test_a_condition_is_told_in_both_languages(name, language):
    day = date(2026, 11, 25)
    told = dict.fromkeys(
        (
            f"{one}_{code}"
            for one in ("text", "evidence_required", "consequence")
            for code in ("ro", "en")
        ),
        "Told",
    )
    terms = Proposal(outcome="conditional")
    whole = ProposedCondition(kind="difference_exam", deadline=date(2027, 5, 1), **told)
    assert asks.carries_conditions(terms, [whole], day)

    setattr(whole, f"{name}_{language}", " ")

    assert not asks.carries_conditions(terms, [whole], day)


@pytest.mark.parametrize(
    ("ro", "en", "listed"),
    [("", "", True), ("Opțională", "Elective", True), ("Opțională", " ", False)],
)
def test_what_a_component_counts_as_is_said_in_both_languages(ro, en, listed):
    part = ProposedComponent(title="Methods", ects=2, counts_as_ro=ro, counts_as_en=en)

    terms = Proposal(outcome="partial", ects_granted=2)

    assert asks.lists_components(terms, [part]) is listed


@pytest.mark.parametrize(("language", "told"), [("ro", "Licență"), ("en", "BSc")])
def test_a_reader_is_told_in_the_own_language(language, told):
    proposal = Proposal(granted_target_ro="Licență", granted_target_en="BSc")

    with translation.override(language):
        assert proposal.granted_target == told


def test_what_grants_nothing_states_no_grant():
    assert asks.states_the_grant(Proposal(outcome="alternative"))


def test_the_form_asks_for_the_other_language_of_what_a_component_counts_as():
    form = ComponentForm({"title": "Methods", "ects": "2", "counts_as_ro": "Opțională"})

    assert list(form.errors) == ["counts_as_en"]


@pytest.mark.parametrize("alone", ["ects", "counts_as_ro"])
def test_the_form_drops_no_component_without_a_name(alone):
    form = ComponentForm({"title": " ", "counts_as_en": "2", alone: "2"})

    assert form.errors["title"] == ["Name the component."]


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

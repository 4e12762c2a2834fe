"""The minutes of a decision: what a rejected re-evaluation needs besides."""

import pytest

from fixtures.demo.cast import body
from qa.enums import BodyKind, Outcome
from qa.forms.votes import DecisionForm, ObligationForm, RenewalDecisionForm
from qa.models import Procedure

pytestmark = pytest.mark.django_db
PLAN = {
    "withdrawn_on": "2026-12-20",
    "last_enrolment_on": "2026-12-01",
    "last_assessment_on": "2027-06-30",
    "teach_out_contact": "microcertificari@uvd.example",
    "transfer_options_ro": "Programul înrudit îi primește pe toți.",
    "transfer_options_en": "The sister programme takes everybody.",
}


def minutes(stages, form: type[DecisionForm], **posted: str) -> DecisionForm:
    procedure = Procedure.objects.get(pk=stages["awaiting_decision"].procedure_id)
    senate = body(BodyKind.SENATE)
    told = {"held_on": "2026-06-01", "reasons_ro": "Motive.", "reasons_en": "Reasons."}
    form = form({**told, **posted}, body=senate, rules=procedure.rule_set)
    votes = {form.add_prefix(f"vote_{m.user_id}"): "for" for m in form.members}
    votes["signatory"] = str(form["signatory"].initial)
    return type(form)(
        {**told, **votes, **posted}, body=senate, rules=procedure.rule_set
    )


def test_a_rejected_reevaluation_names_the_end_and_the_teach_out(stages):
    form = minutes(stages, RenewalDecisionForm, outcome=Outcome.REJECTED)

    assert set(form.errors) == set(PLAN)


def test_the_teach_out_is_handed_on(stages):
    form = minutes(stages, RenewalDecisionForm, outcome=Outcome.REJECTED, **PLAN)

    assert form.is_valid(), form.errors
    assert form.plan().teach_out_contact == PLAN["teach_out_contact"]


def test_a_positive_decision_has_no_teach_out(stages):
    form = minutes(stages, RenewalDecisionForm, outcome=Outcome.APPROVED)

    assert form.is_valid(), form.errors
    assert form.plan() is None


def members_of(form: DecisionForm) -> tuple[int, int]:
    """The chair, and a member who is not."""
    chairs = [m.user_id for m in form.members if m.function == "chair"]
    return chairs[0], next(m.user_id for m in form.members if m.function == "member")


def test_the_chair_signs_unless_another_is_named(stages):
    form = minutes(stages, DecisionForm, outcome=Outcome.REJECTED)
    chair, member = members_of(form)
    another = minutes(
        stages, DecisionForm, outcome=Outcome.REJECTED, signatory=str(member)
    )

    assert form.is_valid(), form.errors
    assert another.is_valid(), another.errors
    assert form.minutes().signatory.pk == chair
    assert another.minutes().signatory.pk == member


@pytest.mark.parametrize("cast", ["absent", "recused"])
def test_who_had_no_vote_does_not_sign(stages, cast):
    chair, member = members_of(minutes(stages, DecisionForm))
    told = {"outcome": Outcome.REJECTED, f"vote_{chair}": cast}

    refused = minutes(stages, DecisionForm, **told)
    mended = minutes(stages, DecisionForm, **told, signatory=str(member))

    assert refused.errors == {
        "signatory": ["Choose somebody who was present and not recused."]
    }
    assert mended.is_valid(), mended.errors


def test_a_chair_with_a_part_in_the_case_is_not_proposed(stages):
    procedure = Procedure.objects.get(pk=stages["awaiting_decision"].procedure_id)
    senate = body(BodyKind.SENATE)
    chair, _member = members_of(minutes(stages, DecisionForm))

    form = DecisionForm(body=senate, rules=procedure.rule_set, interested=[chair])

    assert form["signatory"].initial is None


def test_an_initial_decision_is_not_asked(stages):
    form = minutes(stages, DecisionForm, outcome=Outcome.REJECTED)

    assert form.is_valid(), form.errors


@pytest.mark.parametrize("alone", ["deadline", "text_ro", "evidence_required_en"])
def test_a_condition_begun_is_never_dropped_without_a_word(stages, alone):
    procedure = Procedure.objects.get(pk=stages["awaiting_decision"].procedure_id)
    posted = {"text_ro": "  ", alone: "2026-12-01"}

    form = ObligationForm(posted, procedure=procedure)

    assert "in both languages, and a term" in str(form.errors)


@pytest.mark.parametrize("slip", ["9999-12-31", "0026-12-31", "2201-01-01"])
def test_a_year_without_sense_is_told_before_a_term_is_counted(stages, slip):
    form = minutes(
        stages, DecisionForm, outcome=Outcome.APPROVED, valid_from=slip, valid_to=slip
    )

    assert form.errors == {
        name: ["The year lies between 1900 and 2200."]
        for name in ("valid_from", "valid_to")
    }

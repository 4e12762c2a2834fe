"""Whose a condition is: chosen with the decision, among those of the offer."""

from datetime import timedelta

import pytest

from fixtures.demo.accreditation import OfferStory
from fixtures.demo.cast import holder
from qa.enums import BodyKind, Outcome, Role
from qa.models import Appointment, Condition, User
from qa.services.decision import Obligation
from qa.transitions import TransitionRefused
from tests.guards.trial import resume, update
from tests.qa.test_services import CONDITION, REMEDY, decide, period, said
from tests.qa.test_views_minutes import decided, fill_in, page, send, words
from tests.qa.test_views_minutes import story as proposed

pytestmark = pytest.mark.django_db
__all__ = ["proposed"]
OF_THE_PANEL = {
    "conditions-0-text_en": "A new exercise",
    "conditions-0-evidence_required_en": "The exercise",
}


@pytest.fixture
def story(stages) -> OfferStory:
    found = resume(stages, "awaiting_decision")
    update(found.procedure.report, proposed_outcome=Outcome.APPROVED_WITH_CONDITIONS)
    return found


def colleague(story: OfferStory, how: str) -> User:
    """Somebody who answers for conditions of the offer in this way."""
    if how == "coordinator":
        return story.coordinator
    if how == "head":
        return holder(Role.HEAD_OF_DEPARTMENT, story.unit)
    one = holder(Role.QA_OFFICER)
    if how == "author":
        story.procedure.micro_credential.authors.add(one)
    else:
        Appointment.objects.create(
            user=one, role=Role.CONDITION_OWNER, unit=story.unit, valid_from=story.day
        )
    return one


def set_for(story: OfferStory, owner: User) -> Condition:
    obligation = Obligation(
        **CONDITION, deadline=story.day + timedelta(days=90), owner=owner
    )
    decision = decide(
        story,
        said(story, BodyKind.SENATE, details=period(story) | REMEDY),
        outcome=Outcome.APPROVED_WITH_CONDITIONS,
        obligations=[obligation],
    )
    return decision.conditions.get()


@pytest.mark.parametrize("how", ["coordinator", "author", "head", "appointed"])
def test_condition_is_set_for_those_of_the_offer(story, how):
    owner = colleague(story, how)

    assert set_for(story, owner).owner == owner


def test_condition_is_not_set_for_somebody_else(story):
    with pytest.raises(TransitionRefused, match="A condition is owned by"):
        set_for(story, holder(Role.SENATE_SECRETARY))

    assert story.refresh().status == "awaiting_decision"
    assert not Condition.objects.filter(decision__procedure=story.procedure).exists()


def test_page_proposes_the_coordinator(proposed):
    form = page(proposed, "secretary", "decision_record", proposed.procedure.pk)

    assert fill_in(form)["conditions-0-owner"] == str(proposed.coordinator.pk)


def test_owner_chosen_on_the_page_is_the_condition_s(proposed):
    head = colleague(proposed, "head")

    checked = decided(proposed, **OF_THE_PANEL, **{"conditions-0-owner": str(head.pk)})

    assert str(head) in checked.content.decode()
    signed = fill_in(checked)
    pk = proposed.procedure.pk
    send(proposed, "secretary", "decision_record", pk, **signed, sign="1")
    assert Condition.objects.get(decision__procedure=pk).owner == head


def test_condition_without_an_owner_goes_no_further(proposed):
    answer = decided(proposed, **OF_THE_PANEL, **{"conditions-0-owner": ""})

    assert "Choose who answers for the condition." in words(answer)
    assert "How each member voted" not in words(answer)


def test_owner_put_in_past_the_choice_is_refused(proposed):
    said = fill_in(decided(proposed, **OF_THE_PANEL))
    said["conditions-0-owner"] = str(holder(Role.SENATE_SECRETARY).pk)

    pk = proposed.procedure.pk
    answer = send(proposed, "secretary", "decision_record", pk, **said, sign="1")

    assert "That choice is not one of the available choices." in words(answer)
    assert not Condition.objects.filter(decision__procedure=pk).exists()

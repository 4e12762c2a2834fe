"""A withdrawal that is decided stands: no later act is recorded over it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fixtures.demo.accreditation import OfferStory
from fixtures.demo.cast import holder, instant
from qa import clock
from qa.enums import BodyKind, Outcome, ProcedureKind, Role
from qa.models import Accreditation, Decision, Report
from qa.transitions import TransitionRefused
from tests.guards.trial import Stages, resume, update
from tests.qa import test_services as services

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo_people_sign_in(settings: Any) -> None:
    settings.ATESTA_DEMO = True


def withdrawn_later(stages: Stages) -> OfferStory:
    """The senate has decided to withdraw, in twenty days."""
    story = resume(stages, "in_force")
    held = services.said(
        story, BodyKind.SENATE, details=services.burden(story), agenda_item="1"
    )
    services.withdraw(story, held, services.plan(story))
    return story


def rejecting(stages: Stages) -> tuple[OfferStory, Accreditation]:
    """A re-evaluation of that accreditation, about to be rejected."""
    before = withdrawn_later(stages)
    renewed, story = before.period(), resume(stages, "awaiting_decision")
    update(story.procedure, kind=ProcedureKind.PERIODIC, renews=renewed)
    Report.objects.filter(procedure=story.procedure).update(
        proposed_outcome=Outcome.REJECTED
    )
    return story.until(before.day), renewed


def standing(period: Accreditation) -> dict[str, Any]:
    names = ("withdrawal", "withdrawn_on", "last_assessment_on", "status")
    return Accreditation.objects.values(*names).get(pk=period.pk)


@pytest.mark.parametrize("counted", [services.said, services.lost])
def test_second_withdrawal_is_refused(stages: Stages, counted: Any) -> None:
    story = withdrawn_later(stages)
    first, acts = standing(story.period()), Decision.objects.count()
    held = counted(story, BodyKind.SENATE, details=services.burden(story))
    later = services.plan(story, withdrawn_on=story.day + timedelta(days=60))

    with pytest.raises(TransitionRefused, match="decided already and stands"):
        services.withdraw(story, held, later)

    assert (standing(story.period()), Decision.objects.count()) == (first, acts)


def test_rejected_reevaluation_leaves_the_withdrawal_as_it_was_decided(
    stages: Stages,
) -> None:
    story, renewed = rejecting(stages)
    first = standing(renewed)
    held = services.said(story, BodyKind.SENATE, details=services.burden(story))
    how: dict[str, Any] = {"outcome": Outcome.REJECTED}

    with pytest.raises(TransitionRefused, match="decided already and stands"):
        services.decide(story, held, teach_out=services.plan(story), **how)
    services.decide(story, held, **how)

    assert story.refresh().outcome == Outcome.REJECTED
    assert standing(renewed) == first


def test_extension_runs_to_the_day_of_the_withdrawal_decided_before(
    stages: Stages,
) -> None:
    story, renewed = rejecting(stages)
    update(
        renewed,
        valid_from=story.day - timedelta(days=400),
        valid_to=story.day - timedelta(days=1),
        extension_opened_at=clock.now(),
        extension_opened_by=story.coordinator,
    )
    held = services.said(story, BodyKind.SENATE, details=services.burden(story))

    services.decide(story, held, outcome=Outcome.REJECTED)

    ends = Accreditation.objects.get(pk=renewed.pk)
    assert ends.extended_until == ends.withdrawn_on


def test_minutes_of_the_rejection_ask_for_no_second_plan(stages: Stages) -> None:
    story, _renewed = rejecting(stages)

    page = seen(story, "decision_record", story.procedure.pk)

    assert page.status_code == 200
    assert 'name="outcome"' in page.text
    assert 'name="withdrawn_on"' not in page.text


def test_page_of_a_withdrawal_is_offered_once(stages: Stages) -> None:
    story = resume(stages, "in_force")
    offer, period = story.procedure.micro_credential_id, story.period().pk
    address = reverse("qa:withdrawal_record", args=[period])
    assert address in seen(story, "micro_credential_detail", offer).text

    withdrawn_later(stages)

    assert address not in seen(story, "micro_credential_detail", offer).text
    assert seen(story, "withdrawal_record", period).status_code == 404


def seen(story: OfferStory, name: str, *args: int) -> Any:
    client = Client()
    with clock.at(instant(story.day, 16)):
        client.force_login(holder(Role.SENATE_SECRETARY))
        return client.get(reverse(f"qa:{name}", args=args))

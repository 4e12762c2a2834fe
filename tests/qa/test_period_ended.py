"""A validity period that has ended is closed: a late decision writes nothing on it."""

from datetime import timedelta
from typing import Any

import pytest

from fixtures.demo.accreditation import OfferStory
from qa import clock
from qa.enums import BodyKind, Outcome, ProcedureKind
from qa.models import Accreditation, Event, Report
from tests.guards.trial import Stages, resume, update
from tests.qa import test_services as services

pytestmark = pytest.mark.django_db


def decided_late(stages: Stages, outcome: str) -> tuple[OfferStory, Accreditation]:
    """The extension ran out before the re-evaluation came to its decision."""
    story = resume(stages, "awaiting_decision")
    renewed = resume(stages, "in_force").period()
    update(
        renewed,
        valid_from=story.day - timedelta(days=900),
        valid_to=story.day - timedelta(days=400),
        extension_opened_at=clock.now(),
        extension_opened_by=story.coordinator,
        status="expired",
        ended_on=story.day - timedelta(days=10),
    )
    update(story.procedure, kind=ProcedureKind.PERIODIC, renews=renewed)
    Report.objects.filter(procedure=story.procedure).update(proposed_outcome=outcome)
    return story, renewed


def details(story: OfferStory, outcome: str) -> dict[str, Any]:
    if outcome == Outcome.REJECTED:
        return services.burden(story)
    first = story.day + timedelta(days=14)
    return {"valid_from": first, "valid_to": clock.add_months(first, 36)}


@pytest.mark.parametrize("outcome", [Outcome.APPROVED, Outcome.REJECTED])
def test_late_decision_leaves_the_ended_period_as_it_was(
    stages: Stages, outcome: str
) -> None:
    story, renewed = decided_late(stages, outcome)
    before = Accreditation.objects.values().get(pk=renewed.pk)
    held = services.said(story, BodyKind.SENATE, details=details(story, outcome))

    services.decide(story, held, outcome=outcome)

    assert story.refresh().outcome == outcome
    assert Accreditation.objects.values().get(pk=renewed.pk) == before
    assert before["extended_until"] is None
    assert not Event.objects.filter(act="set_last_day", thing_id=renewed.pk).exists()

"""The one extension of a condition's term: who grants it, why, and until when."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from fixtures.demo.accreditation import OfferStory
from fixtures.demo.cast import holder
from qa import clock
from qa.enums import Role
from qa.models import Condition, Event
from qa.services import decision as deciding
from qa.transitions import TransitionRefused
from tests.guards.trial import Stages, resume

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed(stages: Stages) -> tuple[OfferStory, Condition]:
    story = resume(stages, "in_force")
    return story, Condition.objects.get(decision__procedure=story.procedure)


def extend(story: OfferStory, condition: Condition, deadline: date, **how: Any) -> None:
    said = {"reason": "The supplier is late.", "by": holder(Role.CEAC_CHAIR), **how}
    with story.now():
        deciding.extend_condition(condition=condition, deadline=deadline, **said)


def test_extension_moves_the_term_once(owed):
    story, condition = owed
    later = clock.add_days(condition.deadline, 30)
    extend(story, condition, later)

    assert Condition.objects.get(pk=condition.pk).due_on == later
    with pytest.raises(TransitionRefused, match="only once"):
        extend(story, condition, clock.add_days(later, 30))
    assert Event.objects.filter(act="extend", thing_id=condition.pk).count() == 1


def test_term_goes_as_far_as_the_validity(owed):
    story, condition = owed
    last_day = condition.decision.accreditation.valid_to

    with pytest.raises(TransitionRefused, match="after the last day"):
        extend(story, condition, clock.add_days(last_day, 1))
    extend(story, condition, last_day)


def test_nothing_is_extended_that_is_fulfilled(owed):
    story, condition = owed
    later = clock.add_days(condition.deadline, 30)
    with story.now():
        deciding.submit_evidence(
            condition=condition, evidence="Shown.", by=condition.owner
        )
        deciding.judge_condition(
            condition=condition,
            fulfilled=True,
            reasons="So.",
            by=holder(Role.CEAC_CHAIR),
        )

    with pytest.raises(TransitionRefused, match="no term to extend"):
        extend(story, condition, later)


def test_owner_and_others_grant_no_extension(owed):
    story, condition = owed
    later = clock.add_days(condition.deadline, 30)
    with pytest.raises(PermissionDenied):
        extend(story, condition, later, by=story.coordinator)
    Condition.objects.filter(pk=condition.pk).update(owner=holder(Role.CEAC_CHAIR))

    with pytest.raises(TransitionRefused, match="condition of their own"):
        extend(story, condition, later)


@pytest.mark.parametrize(
    ("days", "reason", "sentence"),
    [
        (0, "The supplier is late.", "must be later than the present one"),
        (3000, "The supplier is late.", "after the last day of the accreditation"),
    ],
)
def test_page_keeps_what_was_typed(owed, client, settings, days, reason, sentence):
    settings.ATESTA_DEMO = True
    story, condition = owed
    wanted = clock.add_days(condition.deadline, days)
    with story.now():
        client.force_login(holder(Role.CEAC_CHAIR))
        answer = client.post(
            f"/conditions/{condition.pk}/extend/",
            {"deadline": wanted.isoformat(), "reason": reason},
        )
    page = answer.content.decode()

    assert answer.status_code == 422
    assert sentence in page
    assert reason in page
    assert f'value="{wanted.isoformat()}"' in page


def test_page_offers_no_extension_to_the_owner(owed, client, settings):
    settings.ATESTA_DEMO = True
    story, condition = owed
    pages = []
    for owner in (condition.owner, holder(Role.CEAC_CHAIR)):
        Condition.objects.filter(pk=condition.pk).update(owner=owner)
        with story.now():
            client.force_login(holder(Role.CEAC_CHAIR))
            page = client.get(f"/conditions/{condition.pk}/")
        pages.append(page.content.decode())

    assert "Extend the term once" in pages[0]
    assert "Extend the term once" not in pages[1]

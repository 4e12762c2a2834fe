"""That a member left is told to the proposer's side; why is not."""

from typing import Any

import pytest

from fixtures.demo.accreditation import OfferStory
from fixtures.demo.cast import holder
from qa.enums import Role
from qa.models import ConflictDeclaration, Event, User
from qa.services import panel
from tests.guards.trial import Stages, resume

pytestmark = pytest.mark.django_db
WHY = "A cousin of an author."


@pytest.fixture(autouse=True)
def demo_people_sign_in(settings: Any) -> None:
    settings.ATESTA_DEMO = True


def stepped_back(stages: Stages) -> OfferStory:
    story = resume(stages, "under_review")
    member = story.seats()[0]
    with story.now():
        panel.recuse(member=member, reason=WHY, by=member.user)
    return story


def upheld(stages: Stages) -> OfferStory:
    story = resume(stages, "panel_accepted")
    declaration = story.seats()[0].declaration
    with story.now():
        panel.declare_conflict(
            declaration=declaration,
            grounds=["mentoring"],
            text="Years ago.",
            by=declaration.member.user,
        )
        panel.decide_declaration(
            declaration=declaration,
            uphold=True,
            reasons=WHY,
            by=holder(Role.CEAC_CHAIR),
        )
    return story


def page(story: OfferStory, client: Any, person: User) -> str:
    offer = story.procedure.micro_credential
    with story.now(16):
        client.force_login(person)
        return client.get(f"{offer.get_absolute_url()}?story=all").content.decode()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (stepped_back, "left the panel"),
        (upheld, "ended a member&#x27;s seat in the panel"),
    ],
)
def test_reason_of_a_recusal_is_told_inside_alone(
    stages: Stages, client: Any, told: Any, said: str
) -> None:
    """Who ends the seat of another is not said to have left."""
    story = told(stages)

    outside = page(story, client, story.coordinator)
    inside = page(story, client, holder(Role.QA_OFFICER))

    assert said in outside
    assert WHY not in outside
    assert WHY in inside


def test_the_system_asks_for_the_declaration_with_the_seat_taken(stages):
    story = resume(stages, "panel_accepted")
    events = Event.objects.filter(case_id=story.procedure.case_id)

    asked = events.filter(row="D0")
    taken = events.filter(row="P2")
    assert {event.role for event in asked} == {"system"}
    assert [event.sequence - 1 for event in asked] == [e.sequence for e in taken]


def test_the_record_keeps_a_ruling_in_its_words_and_a_declaration_by_its_hash(stages):
    story = upheld(stages)
    events = Event.objects.filter(case_id=story.procedure.case_id)

    declared, ruled = events.get(row="D2"), events.get(row="D4")

    declaration = ConflictDeclaration.objects.get(pk=declared.thing_id)
    assert declaration.text == "Years ago."
    assert declared.facts["declaration"]["sha256"]
    assert declared.reason == ""
    assert ruled.reason == WHY
    for event in events:
        assert "Years ago" not in f"{event.reason} {event.facts}"
        assert "mentoring" not in f"{event.reason} {event.facts}"

"""Whoever has a part in a proposal does not act for the commission on it."""

from typing import Any

import pytest

from fixtures.demo.accreditation import OfferStory
from fixtures.demo.cast import holder
from qa.enums import Role
from qa.models import User
from qa.services import panel, submission
from qa.transitions import TransitionRefused
from tests.guards.trial import Stages, resume

pytestmark = pytest.mark.django_db
SENTENCE = "Whoever has a part in the proposal"


@pytest.fixture(autouse=True)
def demo_people_sign_in(settings: Any) -> None:
    settings.ATESTA_DEMO = True


def by_an_author(story: OfferStory) -> User:
    """The chair of the commission, who is an author of this offer."""
    chair = holder(Role.CEAC_CHAIR)
    story.procedure.micro_credential.authors.add(chair)
    return chair


def page(story: OfferStory, client: Any, person: User, address: str) -> str:
    with story.now():
        client.force_login(person)
        return client.get(address).content.decode()


def test_chair_with_a_part_in_it_does_not_agree_to_a_return(
    stages: Stages, client: Any
) -> None:
    story = resume(stages, "returned").wait(2).complete().wait(1).sign().submit()
    chair = by_an_author(story)

    with story.now(), pytest.raises(TransitionRefused, match=SENTENCE):
        submission.allow_further_return(
            procedure=story.procedure, reason="Annexes.", by=chair
        )

    shown = page(
        story, client, chair, f"/procedures/{story.procedure.pk}/further-return/"
    )
    assert SENTENCE in shown
    assert 'name="reason"' not in shown
    assert story.refresh().further_return_at is None


def test_nomination_of_a_chair_with_a_part_in_it_leaves_nothing(stages: Stages) -> None:
    story = resume(stages, "endorsed")
    chair = by_an_author(story)

    with story.now(), pytest.raises(TransitionRefused, match=SENTENCE):
        panel.open_panel(procedure=story.procedure, reasons="The office.", by=chair)

    assert story.refresh().status == "endorsed"
    assert not story.procedure.decisions.filter(kind="nomination").exists()


def test_pages_say_why_the_chair_does_not_act(stages: Stages, client: Any) -> None:
    ready, final = resume(stages, "panel_ready"), resume(stages, "report_final")
    pages = {
        ready: f"/procedures/{ready.procedure.pk}/panel/",
        final: f"/procedures/{final.procedure.pk}/report/",
    }
    chair = holder(Role.CEAC_CHAIR)

    for story, address in pages.items():
        assert SENTENCE not in page(story, client, chair, address)
        by_an_author(story)
        assert SENTENCE in page(story, client, chair, address)
        assert SENTENCE not in page(story, client, holder(Role.QA_OFFICER), address)


@pytest.mark.parametrize("uphold", [True, False])
def test_declaration_is_ruled_on_by_somebody_without_a_part(
    stages: Stages, client: Any, uphold: bool
) -> None:
    story = resume(stages, "panel_accepted")
    member = story.seats()[0]
    with story.now():
        panel.declare_conflict(
            declaration=member.declaration,
            grounds=["mentoring"],
            text="Years ago.",
            by=member.user,
        )
    chair = by_an_author(story)

    with story.now(11), pytest.raises(TransitionRefused, match=SENTENCE):
        panel.decide_declaration(
            declaration=member.declaration, uphold=uphold, reasons="So.", by=chair
        )
    shown = page(story, client, chair, f"/seats/{member.pk}/declaration/")
    assert SENTENCE in shown
    assert "Sign the decision" not in shown

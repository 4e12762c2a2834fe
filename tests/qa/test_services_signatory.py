"""Who signs an act of the senate: the chair who took part, or a member named."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from fixtures.demo.accreditation import OfferStory
from qa.enums import BodyKind
from qa.models import Decision
from qa.services.votes import Minutes
from qa.transitions import TransitionRefused
from tests.guards.trial import Stages, resume
from tests.qa import test_services as services

pytestmark = pytest.mark.django_db
Act = Callable[[OfferStory, Minutes], Decision]


def withdraw(story: OfferStory, held: Minutes) -> Decision:
    return services.withdraw(story, held, services.plan(story))


# act: the stage at which it is taken, the act, and what its minutes state
ACTS: dict[str, tuple[str, Act, Callable[[OfferStory], dict[str, Any]]]] = {
    "decision": ("awaiting_decision", services.decide, services.period),
    "withdrawal": ("in_force", withdraw, services.burden),
}


def people(held: Minutes) -> tuple[Any, Any]:
    """The chair and a member who is not."""
    members = [m for m in held.body.members_on(held.held_on) if m.votes]
    chair = next(m.user for m in members if m.function == "chair")
    member = next(
        m.user
        for m in members
        if m.function == "member" and held.casts[m.user_id] == "for"
    )
    return chair, member


def senate(stages: Stages, name: str) -> tuple[OfferStory, Act, Minutes]:
    stage, act, details = ACTS[name]
    story = resume(stages, stage)
    held = services.said(story, BodyKind.SENATE, details=details(story))
    return story, act, replace(held, signatory=None)


@pytest.mark.parametrize("name", ACTS)
def test_chair_who_took_part_signs(stages: Stages, name: str) -> None:
    story, act, held = senate(stages, name)
    chair, _member = people(held)

    assert act(story, held).signatory == chair


@pytest.mark.parametrize("cast", ["absent", "recused"])
@pytest.mark.parametrize("name", ACTS)
def test_chair_without_a_vote_does_not_sign(
    stages: Stages, name: str, cast: str
) -> None:
    story, act, held = senate(stages, name)
    chair, member = people(held)
    held = replace(held, casts={**held.casts, chair.pk: cast})

    for signatory in (None, chair, story.coordinator):
        with pytest.raises(TransitionRefused, match="signed by a member"):
            act(story, replace(held, signatory=signatory))

    assert act(story, replace(held, signatory=member)).signatory == member

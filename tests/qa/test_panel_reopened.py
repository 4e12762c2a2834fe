"""A panel set up anew: who was reading reads on, who joins waits for the next A10."""

import pytest

from fixtures.demo.accreditation import OfferStory
from fixtures.demo.cast import holder
from qa import clock, queries
from qa.enums import PanelRole, Role
from qa.models import PanelMember, User
from qa.services import challenges, panel
from tests.guards.trial import Stages, resume

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo_people_sign_in(settings) -> None:
    settings.ATESTA_DEMO = True


def lose_the_student(story: OfferStory) -> PanelMember:
    student = story.procedure.members.get(
        role=PanelRole.STUDENT, status__in=["accepted"]
    )
    with story.now(9):
        return panel.recuse(member=student, reason="Illness.", by=student.user)


def reopen(story: OfferStory, *, hour: int) -> None:
    with story.now(hour):
        panel.reopen_panel(
            procedure=story.refresh(), reason="No student.", by=holder(Role.CEAC_CHAIR)
        )


def another_student(story: OfferStory, left: PanelMember, *, hour: int) -> PanelMember:
    """The successor is invited and takes the seat; the declaration is still due."""
    with story.now(hour):
        seat = story.expert(PanelRole.STUDENT, "student", set(story.interested()))
        member = panel.replace(member=left, seat=seat, by=holder(Role.QA_OFFICER))
        return panel.accept(member=member, undertaking=True, by=member.user)


def declare(story: OfferStory, member: PanelMember, *, hour: int) -> None:
    with story.now(hour):
        panel.declare_no_conflict(declaration=member.declaration, by=member.user)


def sees(story: OfferStory, user: User) -> bool:
    with story.now(16):
        return (
            queries.procedures_visible_to(user).filter(pk=story.procedure.pk).exists()
        )


@pytest.fixture
def reopened(stages: Stages) -> tuple[OfferStory, PanelMember]:
    """A student is lost, the panel is reopened, and a successor has declared."""
    story = resume(stages, "under_review")
    left = lose_the_student(story)
    reopen(story, hour=10)
    member = another_student(story, left, hour=12)
    declare(story, member, hour=14)
    return story, member


def test_who_joins_a_reopened_panel_waits_for_the_next_start(reopened, client):
    story, member = reopened

    assert not sees(story, member.user)
    with story.now(16):
        client.force_login(member.user)
        assert client.get(story.procedure.get_absolute_url()).status_code == 404

    story.until(clock.add_days(story.refresh().challenge_until, 1))
    with story.now(9):
        panel.start_review(procedure=story.refresh(), by=holder(Role.CEAC_CHAIR))
    assert sees(story, member.user)


def test_who_was_reading_reads_on_while_the_panel_is_completed(reopened, client):
    story, member = reopened
    others = [seat for seat in story.seats() if seat.pk != member.pk]

    assert others
    assert all(sees(story, seat.user) for seat in others)
    with story.now(16):
        client.force_login(others[0].user)
        own = client.get(f"/assessments/{others[0].assessment.pk}/")
    assert own.status_code == 200


def joined(stages: Stages, *, declared: bool = True) -> tuple[OfferStory, PanelMember]:
    """A student joins while the review runs."""
    story = resume(stages, "under_review")
    member = another_student(story, lose_the_student(story), hour=10)
    if declared:
        declare(story, member, hour=11)
    return story, member


def lose_the_chair(story: OfferStory) -> None:
    chair = story.procedure.members.get(role=PanelRole.CHAIR)
    with story.now(12):
        panel.recuse(member=chair, reason="Illness.", by=chair.user)


def test_own_term_that_runs_closes_the_dossier_with_the_reopening(stages, client):
    story, member = joined(stages)
    assert sees(story, member.user)
    lose_the_chair(story)
    reopen(story, hour=13)

    assert not sees(story, member.user)
    with story.now(16):
        client.force_login(member.user)
        own = client.get(f"/assessments/{member.assessment.pk}/")
    assert own.status_code == 404

    story.until(clock.add_days(member.challenge_until, 1))
    assert sees(story, member.user)


def test_own_term_that_is_waived_keeps_the_dossier_open(stages):
    story, member = joined(stages)
    with story.now(12):
        challenges.waive_term(member=member, by=story.coordinator)
    lose_the_chair(story)
    reopen(story, hour=13)

    assert sees(story, member.user)


def test_who_declares_after_the_reopening_was_not_reading(stages):
    story, member = joined(stages, declared=False)
    with story.now(12):
        challenges.waive_term(member=member, by=story.coordinator)
    lose_the_chair(story)
    reopen(story, hour=13)
    declare(story, member, hour=14)

    assert not sees(story, member.user)

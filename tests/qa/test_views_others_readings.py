"""The others' readings on the page of one's own: sealed until it is in, then whole."""

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from fixtures.demo.accreditation import OfferStory
from qa.enums import ReadingStand
from qa.models import PanelMember, Reading
from tests.guards.trial import Stages, resume

pytestmark = pytest.mark.django_db
TITLE = "The others' readings"
NOT_RATED = "Nothing of the proposal speaks of it."


@pytest.fixture(autouse=True)
def demo_people_sign_in(settings) -> None:
    settings.ATESTA_DEMO = True


def own_page(story: OfferStory, member: PanelMember) -> str:
    with story.now(16):
        client = Client()
        client.force_login(member.user)
        shown = client.get(reverse("qa:assessment_detail", args=[member.assessment.pk]))
    main = html.fromstring(shown.content).find(".//main")
    return " ".join(main.text_content().split())


def two_readers(story: OfferStory) -> tuple[PanelMember, PanelMember]:
    first, second = [member for member in story.seats() if member.votes][:2]
    return first, second


def words_of(story: OfferStory, member: PanelMember) -> list[str]:
    """Every rating and text of the member's reading, as the page would say it."""
    found = []
    for reading in Reading.objects.filter(assessment=member.assessment):
        label = story.procedure.standard_set.rating_label(reading.rating)
        found += [label, reading.evidence, reading.analysis, reading.conclusion]
    assert all(found)
    return [" ".join(one.split()) for one in found]


def test_nothing_of_others_is_seen_before_the_own_reading_is_in(stages: Stages) -> None:
    story = resume(stages, "under_review").read(1)
    first, second = two_readers(story)

    shown = own_page(story, second)

    assert TITLE not in shown
    assert str(first.user) not in shown
    assert not any(one in shown for one in words_of(story, first) if len(one) > 30)


def test_a_reading_handed_in_opens_the_others_that_are_in(stages: Stages) -> None:
    story = resume(stages, "under_review").read(1)
    first, second = two_readers(story)
    assert "No other reading is in yet." in own_page(story, first)

    story.read(1)
    shown = own_page(story, second)

    assert f"{first.user} · {first.get_role_display()}" in shown
    assert [one for one in words_of(story, first) if one not in shown] == []
    third = next(m for m in story.seats() if m.votes and m not in (first, second))
    assert str(third.user) not in shown


def test_what_was_not_rated_is_shown_with_its_reason(stages: Stages) -> None:
    story = resume(stages, "readings_in")
    first, second = two_readers(story)
    reading = first.assessment.readings.first()
    Reading.objects.filter(pk=reading.pk).update(
        stand=ReadingStand.CANNOT_JUDGE, rating="", reason=NOT_RATED
    )

    shown = own_page(story, second)

    assert f"{ReadingStand.CANNOT_JUDGE.label} Why not{NOT_RATED}" in shown


@pytest.mark.parametrize("count", [1, 2])
def test_others_cost_the_page_fifteen_queries_at_any_number(
    stages: Stages, count: int, django_assert_num_queries
) -> None:
    story = resume(stages, "under_review").read(1 + count)
    first, _second = two_readers(story)
    client = Client()
    client.force_login(first.user)
    address = reverse("qa:assessment_detail", args=[first.assessment.pk])
    with story.now(16):
        client.get(address)
        with django_assert_num_queries(15):
            shown = client.get(address)

    assert len(shown.context["others"]) == count

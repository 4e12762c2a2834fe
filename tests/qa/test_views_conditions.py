"""Work on a condition leads to its own page; its procedure lists what is open."""

import pytest
from django.test import Client
from django.urls import reverse

from fixtures.demo.accreditation import OfferStory
from fixtures.demo.cast import instant
from qa import clock, tasks
from qa.enums import Role
from qa.models import Condition, User
from tests.guards.trial import Stages, resume

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo_people_sign_in(settings) -> None:
    settings.ATESTA_DEMO = True


@pytest.fixture
def story(stages: Stages) -> OfferStory:
    return resume(stages, "approved")


def owed(story: OfferStory) -> Condition:
    return story.period().decision.conditions.get()


def procedure_page(story: OfferStory, user: User) -> str:
    client = Client()
    with clock.at(instant(story.day, 16)):
        client.force_login(user)
        return client.get(story.procedure.get_absolute_url()).text


@pytest.mark.parametrize("shown", [False, True])
def test_work_leads_to_the_page_of_the_condition(story, shown):
    judge = story.holder(Role.CEAC_CHAIR)
    person = judge if shown else owed(story).owner
    if shown:
        story.meet_condition(fulfilled=None)

    with story.now(16):
        items = [i for i in tasks.open_to(person) if i.source == "condition"]

    page = reverse("qa:condition_detail", args=[owed(story).pk])
    assert page in [item.url for item in items]


def test_procedure_lists_its_open_conditions(story):
    condition = owed(story)
    address = reverse("qa:condition_detail", args=[condition.pk])

    assert address in procedure_page(story, condition.owner)

    story.meet_condition()
    assert address not in procedure_page(story, condition.owner)

"""Offices held for the whole institution open what they are asked to work on."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from fixtures.demo.accreditation import OfferStory
from fixtures.demo.cast import instant
from qa import clock
from qa.enums import Role
from qa.models import Appointment, User
from tests.guards.trial import Stages, resume

pytestmark = pytest.mark.django_db
SINCE = date(2020, 1, 1)


@pytest.fixture(autouse=True)
def demo_people_sign_in(settings) -> None:
    settings.ATESTA_DEMO = True


def everywhere(role: Role) -> User:
    """A person who holds the role without a unit."""
    user = User.objects.create(
        email=f"{role}@cast.example", given_name="Toma", family_name="Distribuit"
    )
    Appointment.objects.create(user=user, role=role, valid_from=SINCE)
    return user


def opened(user: User, story: OfferStory, name: str, *args: object) -> str:
    client = Client()
    with clock.at(instant(story.day, 16)):
        client.force_login(user)
        page = client.get(reverse(f"qa:{name}", args=args))
    assert page.status_code == 200
    return page.text


@pytest.mark.parametrize(
    ("role", "stage", "name"),
    [
        (Role.HEAD_OF_DEPARTMENT, "draft", "procedure_detail"),
        (Role.HEAD_OF_DEPARTMENT, "draft", "proposal_sign_off"),
        (Role.DEANS_OFFICE, "eligible", "procedure_detail"),
        (Role.DEANS_OFFICE, "eligible", "endorsement_record"),
    ],
)
def test_office_of_the_whole_institution_opens_its_work(
    stages: Stages, role: Role, stage: str, name: str
) -> None:
    story = resume(stages, stage)

    opened(everywhere(role), story, name, story.procedure.pk)


def test_deans_office_of_the_whole_institution_waits_for_the_submission(
    stages: Stages,
) -> None:
    story, client = resume(stages, "draft"), Client()
    client.force_login(everywhere(Role.DEANS_OFFICE))

    page = client.get(reverse("qa:procedure_detail", args=[story.procedure.pk]))

    assert page.status_code == 404


def test_coordinator_of_the_whole_institution_can_be_chosen(stages: Stages) -> None:
    story = resume(stages, "draft")
    chosen = everywhere(Role.COORDINATOR)

    page = opened(story.author, story, "propose")

    assert f'<option value="{chosen.pk}"' in page


def test_author_of_the_whole_institution_can_be_asked_to_write(stages: Stages) -> None:
    story = resume(stages, "draft")
    colleague = everywhere(Role.AUTHOR)

    page = opened(story.author, story, "authors_edit", story.procedure.pk)

    assert f'<option value="{colleague.pk}"' in page

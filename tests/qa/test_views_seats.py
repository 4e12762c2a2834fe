"""A person's own seat in the browser's eyes: an act that would be refused is not offered."""

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from lxml import html

from fixtures.demo.accreditation import OfferStory
from qa import clock
from qa.enums import PanelRole, Role
from qa.models import PanelMember, Procedure
from qa.services import panel
from qa.services.panel import Seat
from tests.guards.trial import Stages, resume, update

pytestmark = pytest.mark.django_db
CLOSED = "The panel changes only from its set-up to the factual check."


@pytest.fixture(autouse=True)
def demo_people_sign_in(settings) -> None:
    settings.ATESTA_DEMO = True


def invitation(story: OfferStory, seat: PanelMember, **said: str) -> str:
    """What the page of the seat says, after it was asked for or posted."""
    address = reverse("qa:invitation", args=[seat.pk])
    with story.now(16):
        client = Client()
        client.force_login(seat.user)
        shown = client.post(address, said) if said else client.get(address)
    return " ".join(
        html.fromstring(shown.content).find(".//main").text_content().split()
    )


def close_the_panel(story: OfferStory) -> None:
    update(Procedure.objects.get(pk=story.procedure.pk), status="report_final")


def test_seat_of_a_closed_panel_is_not_offered(stages: Stages) -> None:
    story = resume(stages, "panel_setup")
    seat = story.seats("invited")[0]
    assert "Accept the seat" in invitation(story, seat)

    close_the_panel(story)

    shown = invitation(story, seat)
    assert CLOSED in shown
    assert "Accept the seat" not in shown
    assert "Decline the invitation" in shown


def test_page_opened_before_the_panel_closed_is_told_why(stages: Stages) -> None:
    story = resume(stages, "panel_setup")
    seat = story.seats("invited")[0]
    close_the_panel(story)

    assert CLOSED in invitation(story, seat, undertaking="on")
    assert PanelMember.objects.get(pk=seat.pk).status == "invited"


def test_second_chair_is_told_that_the_seat_is_taken(stages: Stages) -> None:
    story = resume(stages, "panel_accepted")
    seat = _invited_as_chair(story)

    shown = invitation(story, seat)

    assert "The panel already has a chair." in shown
    assert "Accept the seat" not in shown


def test_two_chairs_are_refused_by_the_database(stages: Stages) -> None:
    story = resume(stages, "panel_accepted")
    seat = _invited_as_chair(story)

    with pytest.raises(IntegrityError):
        update(seat, status="accepted", undertaking_at=clock.now())


def test_successor_of_a_chair_takes_the_seat(stages: Stages) -> None:
    story = resume(stages, "panel_accepted")
    with story.now(12):
        first = story.procedure.members.get(role=PanelRole.CHAIR)
        officer = story.holder(Role.QA_OFFICER)
        new = panel.replace(member=first, seat=_chairs_seat(story), by=officer)

        panel.accept(member=new, undertaking=True, by=new.user)

    assert story.chair() == new.user


def _chairs_seat(story: OfferStory) -> Seat:
    return story.expert(PanelRole.CHAIR, "chair", set(story.interested()))


def _invited_as_chair(story: OfferStory) -> PanelMember:
    with story.now(12):
        return panel.invite(
            procedure=story.refresh(),
            seat=_chairs_seat(story),
            by=story.holder(Role.QA_OFFICER),
        )

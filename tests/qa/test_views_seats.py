"""A person's own seat in the browser's eyes: an act that would be refused is not offered."""

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from lxml import html

from fixtures.demo.accreditation import OfferStory
from qa import clock
from qa.enums import PanelRole, Role
from qa.models import PanelMember, Procedure, User
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
    return page(story, seat.user, "invitation", seat.pk, **said)


def page(story: OfferStory, user: User, name: str, pk: int, **said: str) -> str:
    address = reverse(f"qa:{name}", args=[pk])
    with story.now(16):
        client = Client()
        client.force_login(user)
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


def test_student_who_was_invited_has_still_to_accept(stages: Stages) -> None:
    story = resume(stages, "panel_setup")
    officer, pk = story.holder(Role.QA_OFFICER), story.procedure.pk
    assert any(seat.role == PanelRole.STUDENT for seat in story.seats("invited"))

    shown = page(story, officer, "panel_detail", pk)

    assert "The panel needs a student evaluator who has accepted." in shown


def test_term_to_challenge_is_told_once_somebody_is_invited(stages: Stages) -> None:
    story = resume(stages, "endorsed").open_panel()
    pk = story.procedure.pk
    told = "The institution may challenge members until"
    assert told not in page(story, story.coordinator, "panel_detail", pk)

    story.invite()

    assert told in page(story, story.coordinator, "panel_detail", pk)


TWO_CHAIRS = "More than one person is asked to chair the panel."


def test_two_people_asked_to_chair_are_told_on_the_panels_page(stages: Stages) -> None:
    story = resume(stages, "panel_accepted")
    officer, pk = story.holder(Role.QA_OFFICER), story.procedure.pk
    assert TWO_CHAIRS not in page(story, officer, "panel_detail", pk)

    seat = _invited_as_chair(story)
    assert TWO_CHAIRS in page(story, officer, "panel_detail", pk)
    assert TWO_CHAIRS not in page(story, story.coordinator, "panel_detail", pk)

    with story.now(16):
        panel.decline(member=seat, reason="Abroad", by=seat.user)
    assert TWO_CHAIRS not in page(story, officer, "panel_detail", pk)


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


TRAINING = "Training within the term of the rule set is needed to take the seat."


def train(story: OfferStory, user: User, days: int) -> None:
    """The last training, so many days after the earliest that counts today."""
    months = story.procedure.rule_set.panel_training_months
    first = clock.add_months(story.day, -months)
    update(user, trained_on=clock.add_days(first, days))


def _asked_during_the_review(story: OfferStory) -> PanelMember:
    with story.now(12):
        first = story.procedure.members.get(role=PanelRole.CHAIR)
        officer = story.holder(Role.QA_OFFICER)
        return panel.replace(member=first, seat=_chairs_seat(story), by=officer)


def test_who_joins_during_the_review_is_trained_as_well(stages: Stages) -> None:
    story = resume(stages, "under_review")
    seat = _asked_during_the_review(story)
    train(story, seat.user, -1)

    assert TRAINING in invitation(story, seat, undertaking="on")
    assert "Accept the seat" not in invitation(story, seat)

    train(story, seat.user, 0)
    with story.now(16):
        panel.accept(member=seat, undertaking=True, by=seat.user)
    seat = PanelMember.objects.get(pk=seat.pk)
    assert (seat.status, seat.trained_on) == ("accepted", seat.user.trained_on)


def test_training_to_come_takes_no_seat(stages: Stages) -> None:
    story = resume(stages, "panel_setup")
    seat = story.seats("invited")[0]
    update(seat.user, trained_on=clock.add_days(story.day, 1))

    assert TRAINING in invitation(story, seat, undertaking="on")

    update(seat.user, trained_on=None)
    assert TRAINING in invitation(story, seat)


def test_later_course_changes_nothing_about_a_seat(stages: Stages) -> None:
    story = resume(stages, "panel_ready")
    kept = {seat.pk: seat.trained_on for seat in story.seats()}
    for seat in story.seats():
        update(seat.user, trained_on=None)

    story.start_review()

    assert kept == {seat.pk: seat.trained_on for seat in story.seats()}
    assert None not in kept.values()


def test_only_people_with_training_still_current_are_offered(stages: Stages) -> None:
    story = resume(stages, "panel_accepted")
    officer, one = story.holder(Role.QA_OFFICER), _chairs_seat(story).user

    def is_offered() -> bool:
        return str(one) in page(story, officer, "seat_invite", story.procedure.pk)

    train(story, one, 0)
    assert is_offered()
    train(story, one, -1)
    assert not is_offered()
    update(one, trained_on=clock.add_days(story.day, 1))
    assert not is_offered()


def test_people_are_offered_with_where_they_come_from(stages: Stages) -> None:
    story = resume(stages, "panel_accepted")
    outside = _chairs_seat(story).user
    inside = story.holder(Role.DEANS_OFFICE, story.unit.faculty)
    train(story, inside, 0)

    shown = page(
        story, story.holder(Role.QA_OFFICER), "seat_invite", story.procedure.pk
    )

    assert f"{outside} · {outside.affiliation}" in shown
    assert f"{inside} · {inside.unit}" in shown


def _chairs_seat(story: OfferStory) -> Seat:
    return story.expert(PanelRole.CHAIR, "chair", set(story.interested()))


def _invited_as_chair(story: OfferStory) -> PanelMember:
    with story.now(12):
        return panel.invite(
            procedure=story.refresh(),
            seat=_chairs_seat(story),
            by=story.holder(Role.QA_OFFICER),
        )


@pytest.mark.parametrize("name", ["seat_invite", "seat_replace"])
@pytest.mark.parametrize("tie", ["faculty", "author"])
def test_officer_tied_to_the_proposal_sets_up_no_panel(
    stages: Stages, name: str, tie: str
) -> None:
    story = resume(stages, "panel_accepted")
    officer = story.holder(Role.QA_OFFICER)
    pk = story.seats()[0].pk if name == "seat_replace" else story.procedure.pk
    assert "Person" in page(story, officer, name, pk)

    if tie == "faculty":
        update(officer, unit=story.unit)
    else:
        story.procedure.micro_credential.authors.add(officer)

    shown = page(story, officer, name, pk)
    assert "set up its panel" in shown or "set the panel up" in shown
    assert "Person" not in shown


def test_chair_of_the_faculty_is_told_before_the_nomination(stages: Stages) -> None:
    story = resume(stages, "endorsed")
    chair = story.holder(Role.CEAC_CHAIR)
    update(chair, unit=story.unit)

    shown = page(story, chair, "panel_open", story.procedure.pk)

    assert "Nobody from the proposing faculty may set up its panel." in shown
    assert "Sign the nomination" not in shown


@pytest.mark.parametrize(
    ("stage", "is_offered"),
    [
        ("endorsed", False),
        ("panel_setup", True),
        ("under_review", True),
        ("report_draft", True),
        ("factual_check", True),
        ("report_final", False),
    ],
)
def test_invitation_is_offered_as_long_as_the_panel_may_change(
    stages: Stages, stage: str, is_offered: bool
) -> None:
    story = resume(stages, stage)
    with story.now(16):
        officer = story.holder(Role.QA_OFFICER)
        chair = story.holder(Role.CEAC_CHAIR)
    pk = story.procedure.pk

    assert ("Invite a member" in page(story, officer, "panel_detail", pk)) is is_offered
    assert "Invite a member" not in page(story, chair, "panel_detail", pk)
    assert (CLOSED in page(story, officer, "seat_invite", pk)) is not is_offered

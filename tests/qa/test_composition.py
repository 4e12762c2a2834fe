"""The institution is told who sits on a panel, and has the whole term from that day on."""

from datetime import date
from typing import Any

import pytest

from fixtures.demo.accreditation import OfferStory
from fixtures.demo.panels import CHAIR, EMPLOYER, STUDENT, PanelStory
from qa import clock, tasks
from qa.enums import Role
from qa.models import Message, User
from qa.services import challenges, panel
from qa.services.reminders import DAYS_BEFORE, write_reminders
from qa.tasks import WorkItem
from qa.verification import verify
from qa.working_days import add_working_days
from tests.guards.trial import Stages, resume

pytestmark = pytest.mark.django_db
ALL = "Challenge who sits on the panel, if something speaks against it"
ONE = "Challenge who joined the panel, or waive the term"


@pytest.fixture(autouse=True)
def demo_people_sign_in(settings: Any) -> None:
    settings.ATESTA_DEMO = True


@pytest.fixture
def set_up(stages: Stages) -> OfferStory:
    """Everybody was invited; two weeks went by."""
    return resume(stages, "panel_setup").wait(14)


def whole_term(story: OfferStory) -> date:
    rules = story.procedure.rule_set
    return add_working_days(story.day, rules.challenge_working_days, "RO", frozenset())


def asked_to_challenge(story: OfferStory, user: User | None = None) -> list[WorkItem]:
    """What My work asks the person to look at for a challenge, in this procedure."""
    with story.now():
        waiting = list(tasks.waiting_for(user or story.coordinator))
    return [
        one
        for one in waiting
        if one.what_to_do in (ALL, ONE) and one.thing_id == story.procedure.pk
    ]


def test_term_counts_from_the_last_answer_however_long_it_took(set_up):
    assert set_up.day > set_up.refresh().challenge_until

    PanelStory(set_up).accept(CHAIR, STUDENT)
    assert set_up.day > set_up.refresh().challenge_until

    PanelStory(set_up).accept(EMPLOYER)
    assert set_up.refresh().challenge_until == whole_term(set_up)
    assert [broken.as_dict() for broken in verify()] == []


def test_message_says_who_sits_and_until_when(set_up):
    User.objects.filter(pk=set_up.coordinator.pk).update(language="en")

    set_up.accept()

    case = set_up.refresh().micro_credential.case
    told = case.messages.get(key__startswith="composition/", to=set_up.coordinator)
    for seat in set_up.seats():
        assert f"– {seat.user}" in told.body
    assert f"until {whole_term(set_up):%-d %B %Y}." in told.body
    assert told.path == f"/procedures/{set_up.procedure.pk}/panel/"


def test_a_panel_completed_by_a_successor_is_told_of_again(set_up):
    seats = PanelStory(set_up)
    seats.accept(CHAIR, STUDENT, EMPLOYER)
    set_up.wait(3)
    with set_up.now(9):
        left = seats.seat(STUDENT)
        panel.recuse(member=left, reason="Illness.", by=left.user)
    seats.replace(STUDENT).accept(STUDENT)

    case = set_up.procedure.micro_credential.case
    told = case.messages.filter(
        key__startswith="composition/", to=set_up.coordinator
    ).order_by("pk")
    assert told.count() == 2
    assert str(left.user) not in told.last().body
    assert set_up.refresh().challenge_until == whole_term(set_up)


def test_row_waits_for_the_coordinator_until_the_last_day_of_the_term(set_up):
    assert asked_to_challenge(set_up) == []
    set_up.accept()

    (row,) = asked_to_challenge(set_up)
    assert (row.what_to_do, row.due_on) == (ALL, whole_term(set_up))
    assert row.url == f"/procedures/{set_up.procedure.pk}/panel/"
    assert asked_to_challenge(set_up, set_up.author) == []
    assert asked_to_challenge(set_up, set_up.seats()[0].user) == []

    set_up.until(row.due_on)
    assert len(asked_to_challenge(set_up)) == 1
    set_up.wait(1)
    assert asked_to_challenge(set_up) == []


def test_row_leads_where_a_challenge_can_be_raised(set_up, client):
    set_up.accept()
    (row,) = asked_to_challenge(set_up)

    with set_up.now(16):
        client.force_login(set_up.coordinator)
        shown = client.get(row.url).content.decode()

    for seat in set_up.seats():
        assert f'href="/seats/{seat.pk}/challenge/"' in shown


def test_row_ends_when_the_review_starts(set_up):
    set_up.accept().declare().start_review()

    assert asked_to_challenge(set_up) == []


def test_who_joins_the_review_has_a_row_until_the_term_is_waived(stages):
    story = resume(stages, "under_review")
    seats = PanelStory(story)
    with story.now(9):
        left = seats.seat(STUDENT)
        panel.recuse(member=left, reason="Illness.", by=left.user)
    seats.replace(STUDENT).accept(STUDENT)
    joined = seats.seat(STUDENT)

    (row,) = asked_to_challenge(story)
    assert (row.what_to_do, row.due_on) == (ONE, joined.challenge_until)
    assert row.facts[-1] == joined.get_role_display()

    with story.now(15):
        challenges.waive_term(member=joined, by=story.coordinator)
    assert asked_to_challenge(story) == []


def test_coordinator_is_reminded_once_before_the_term_ends(set_up):
    set_up.accept()
    until = whole_term(set_up)

    def reminded() -> int:
        with set_up.now():
            write_reminders()
        return Message.objects.filter(
            to=set_up.coordinator,
            key__startswith="reminder/panel/composition/",
            case__micro_credential=set_up.procedure.micro_credential,
        ).count()

    assert reminded() == 0
    set_up.until(clock.add_days(until, -DAYS_BEFORE))
    assert reminded() == 1
    set_up.until(clock.add_days(until, 5))
    assert reminded() == 1


def test_a_declined_seat_that_nobody_needs_begins_the_term_too(set_up):
    seats = PanelStory(set_up).ask_an_academic().accept(CHAIR, STUDENT, EMPLOYER)
    set_up.wait(14)

    seats.decline("academic")

    assert set_up.refresh().challenge_until == whole_term(set_up)
    assert [broken.as_dict() for broken in verify()] == []
    with set_up.now():
        asked = {one.email for one in {set_up.coordinator, set_up.author}}
        asked |= {set_up.holder(Role.DEANS_OFFICE, set_up.unit).email}
    case = set_up.procedure.micro_credential.case
    told = case.messages.filter(key__startswith="composition/")
    assert asked <= set(told.values_list("to__email", flat=True))

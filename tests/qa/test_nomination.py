"""A09: the commission names, as data, the officers who set up a panel."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fixtures.demo.accreditation import OfferStory
from fixtures.demo.cast import holder
from qa import due, tasks, verification
from qa.enums import ActKind, Role
from qa.models import Appointment, Decision, Turn, User
from qa.services import panel
from qa.services.work import give_turn_back, take_turn
from qa.transitions import TransitionRefused
from reports import services as reports
from tests.guards.trial import Stages, resume, update
from tests.reports.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(stages: Stages, settings: Any) -> OfferStory:
    settings.ATESTA_DEMO = True
    return resume(stages, "endorsed")


def second_officer(story: OfferStory) -> User:
    person = User.objects.create(
        email="second@cast.example", given_name="Ada", family_name="Secundă"
    )
    Appointment.objects.create(
        user=person, role=Role.QA_OFFICER, valid_from=story.day - timedelta(days=9)
    )
    return person


def nominate(story: OfferStory, **how: Any) -> Decision:
    with story.now():
        panel.open_panel(
            procedure=story.refresh(),
            by=holder(Role.CEAC_CHAIR),
            **{"reasons": "Biroul.", **how},
        )
    return story.procedure.decisions.get(kind=ActKind.NOMINATION)


def invite(story: OfferStory, officer: User) -> None:
    with story.now(11):
        panel.invite(procedure=story.refresh(), seat=story.experts()[0], by=officer)


def test_unless_some_are_chosen_every_officer_is_who_may(story: OfferStory) -> None:
    first, second = holder(Role.QA_OFFICER), second_officer(story)
    of_the_faculty = second_officer_of_the_faculty(story)

    named = {one.user for one in nominate(story).officers.all()}

    assert {first, second} <= named
    assert of_the_faculty not in named
    assert verification.verify() == []


def second_officer_of_the_faculty(story: OfferStory) -> User:
    person = User.objects.create(email="own@cast.example", unit=story.unit)
    Appointment.objects.create(
        user=person, role=Role.QA_OFFICER, valid_from=story.day - timedelta(days=9)
    )
    return person


@pytest.mark.parametrize("wrong", ["nobody", "of the faculty", "no officer", "author"])
def test_who_may_not_set_the_panel_up_is_not_nominated(
    story: OfferStory, wrong: str
) -> None:
    author = second_officer(story)
    story.procedure.micro_credential.authors.add(author)
    people = {
        "nobody": [],
        "of the faculty": [second_officer_of_the_faculty(story)],
        "no officer": [story.holder(Role.RECTOR)],
        "author": [holder(Role.QA_OFFICER), author],
    }

    with pytest.raises(TransitionRefused, match="at least one officer"):
        nominate(story, officers=people[wrong])


def test_the_panel_is_set_up_by_those_nominated(story: OfferStory) -> None:
    first, second = holder(Role.QA_OFFICER), second_officer(story)
    nominate(story, officers=[second])

    with pytest.raises(TransitionRefused, match="whom the commission nominated"):
        invite(story, first)
    invite(story, second)

    assert story.procedure.members.get().invited_by == second


def turn_of(story: OfferStory) -> Turn:
    return Turn.objects.get(process__procedure=story.procedure, finished=None)


def shown_to(officer: User, story: OfferStory) -> list[tuple[str, bool]]:
    """What the officer's lists say of the procedure, and whether it is theirs."""
    return [
        (item.what_to_do, item.owner_id == officer.pk)
        for work in tasks.waiting_and_free(officer)
        for item in work
        if item.thing_id == story.procedure.pk
    ]


def test_the_turn_is_of_the_one_officer_nominated(story: OfferStory) -> None:
    first, second = holder(Role.QA_OFFICER), second_officer(story)
    nominate(story, officers=[second])

    with story.now(11):
        assert shown_to(second, story) == [("Invite the panel", True)]
        assert shown_to(first, story) == []
        give_turn_back(turn_id=turn_of(story).pk, by=second)
        with pytest.raises(TransitionRefused, match="Others of this office"):
            take_turn(turn_id=turn_of(story).pk, by=first)
        take_turn(turn_id=turn_of(story).pk, by=second)

    assert turn_of(story).owner == second


def test_the_turn_of_several_nominated_is_taken_by_one_of_them(
    story: OfferStory,
) -> None:
    first, second = holder(Role.QA_OFFICER), second_officer(story)
    nominate(story, officers=[first, second])

    assert turn_of(story).owner is None
    with story.now(11):
        take_turn(turn_id=turn_of(story).pk, by=first)

    assert turn_of(story).owner == first


def test_the_turn_of_who_left_goes_back_to_the_office(story: OfferStory) -> None:
    first, second = holder(Role.QA_OFFICER), second_officer(story)
    nominate(story, officers=[second])
    leave_the_office(story, second)
    with story.now(11):
        due.run()
    assert turn_of(story).owner == second

    story.wait(1)
    with story.now(11):
        due.run()
        assert shown_to(first, story) == [("Invite the panel", False)]
        assert verification.verify() == []


def leave_the_office(story: OfferStory, officer: User) -> None:
    update(officer.appointments.get(), valid_to=story.day)


def become_an_author(story: OfferStory, officer: User) -> None:
    story.procedure.micro_credential.authors.add(officer)


@pytest.mark.parametrize("gone", [leave_the_office, become_an_author])
def test_once_none_of_them_may_act_another_officer_goes_on(
    story: OfferStory, gone: Callable[[OfferStory, User], None]
) -> None:
    first, second = holder(Role.QA_OFFICER), second_officer(story)
    nominate(story, officers=[second])
    gone(story, second)
    story.wait(1)

    invite(story, first)

    assert story.procedure.members.get().invited_by == first


def test_the_page_names_officers_and_reasons_in_both_languages(
    story: OfferStory,
) -> None:
    first, second = holder(Role.QA_OFFICER), second_officer(story)
    chair = holder(Role.CEAC_CHAIR)
    client, address = Client(), reverse("qa:panel_open", args=[story.procedure.pk])
    client.force_login(chair)
    said = {"reason": "Un ofițer.", "reason_en": "One officer."}

    with story.now():
        shown = client.get(address).content.decode()
        client.post(address, said | {"officers": [second.pk]})

    assert str(first) in shown
    assert str(second) in shown
    act = story.procedure.decisions.get(kind=ActKind.NOMINATION)
    assert (act.reasons_ro, act.reasons_en) == tuple(said.values())
    assert [one.user for one in act.officers.all()] == [second]
    dossier = reports.dossier(procedure=story.refresh(), reader=chair, language="en")
    assert f"Officers who set up the panel {second}" in text_of(dossier)


def test_nomination_without_words_is_refused(story: OfferStory) -> None:
    with pytest.raises(TransitionRefused, match="whom the commission nominates"):
        nominate(story, reasons=" ")

"""Who joins a panel while it works can be challenged like those before."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from fixtures.demo.accreditation import OfferStory
from fixtures.demo.cast import holder
from qa import clock
from qa.enums import PanelRole, Role
from qa.models import (
    Assessment,
    ConflictDeclaration,
    Event,
    PanelMember,
    Procedure,
)
from qa.services import challenges, panel, review
from qa.transitions import TransitionRefused, unmet_clauses
from tests.guards.trial import Stages, resume

pytestmark = pytest.mark.django_db
TERM = "own_challenge_term_is_over"


@pytest.fixture(autouse=True)
def demo_people_sign_in(settings) -> None:
    settings.ATESTA_DEMO = True


@pytest.fixture
def joined(stages: Stages) -> tuple[OfferStory, PanelMember]:
    """A student steps back during the review; the successor takes the seat."""
    story = resume(stages, "under_review")
    with story.now():
        left = story.procedure.members.get(role=PanelRole.STUDENT)
        seat = story.expert(PanelRole.STUDENT, "student", set(story.interested()))
        member = panel.replace(member=left, seat=seat, by=holder(Role.QA_OFFICER))
        member = panel.accept(member=member, undertaking=True, by=member.user)
        declaration = panel.declare_no_conflict(
            declaration=member.declaration, by=member.user
        )
    return story, PanelMember.objects.get(pk=declaration.member_id)


def missing(story: OfferStory, member: PanelMember) -> list[str]:
    with story.now():
        reading = Assessment.objects.get(member=member)
        return [clause.name for clause in unmet_clauses(reading, "submit")]


def test_only_a_member_who_took_the_seat_is_challenged(stages: Stages) -> None:
    story = resume(stages, "panel_setup")
    invited = story.seats("invited")[0]

    with story.now(), pytest.raises(TransitionRefused, match="took the seat"):
        challenges.raise_challenge(
            member=invited, reasons="A cousin.", by=story.coordinator
        )

    assert not invited.challenges.exists()


def challenge(story: OfferStory, member: PanelMember) -> None:
    with story.now():
        challenges.raise_challenge(
            member=member, reasons="A cousin.", by=story.coordinator
        )


def test_term_counts_from_the_day_the_seat_is_taken_and_is_told(joined):
    story, member = joined
    days = story.procedure.rule_set.challenge_working_days

    case = story.procedure.micro_credential.case
    told = set(case.messages.filter(key__startswith="P2/").values_list("to", flat=True))

    assert story.day + timedelta(days=days) <= member.challenge_until
    assert {story.coordinator.pk, holder(Role.DEANS_OFFICE, story.unit).pk} <= told


def test_who_sat_from_the_beginning_has_no_term_of_their_own(joined):
    story, _member = joined

    first = story.procedure.members.get(role=PanelRole.CHAIR)

    assert first.challenge_until is None
    with pytest.raises(TransitionRefused, match="is over"):
        challenge(story, first)


def test_reading_waits_until_the_term_is_over(joined):
    story, member = joined

    assert TERM in missing(story, member)
    with story.now(), pytest.raises(TransitionRefused, match="may still challenge"):
        review.submit_assessment(
            assessment=Assessment.objects.get(member=member), by=member.user
        )

    story.until(clock.add_days(member.challenge_until, 1))
    assert TERM not in missing(story, member)
    with pytest.raises(TransitionRefused, match="is over"):
        challenge(story, member)


def test_open_challenge_holds_the_reading_beyond_the_term(joined):
    story, member = joined
    challenge(story, member)
    story.until(clock.add_days(member.challenge_until, 1))

    assert "own_challenge_is_decided" in missing(story, member)
    with story.now():
        challenges.decide(
            raised=member.challenges.get(),
            uphold=False,
            reasons="A distant cousin.",
            by=holder(Role.CEAC_CHAIR),
        )
    assert missing(story, member) == ["readings_are_complete"]


def test_upheld_challenge_recuses_who_joined(joined):
    story, member = joined
    challenge(story, member)

    with story.now():
        challenges.decide(
            raised=member.challenges.get(),
            uphold=True,
            reasons="It is so.",
            by=holder(Role.CEAC_CHAIR),
        )

    assert PanelMember.objects.get(pk=member.pk).status == "recused"


def test_chair_who_raised_a_challenge_does_not_decide_on_it(joined, client):
    story, member = joined
    chair = holder(Role.CEAC_CHAIR)
    raised = member.challenges.create(
        reasons="A cousin.", raised_at=clock.now(), raised_by=chair
    )

    with story.now(), pytest.raises(TransitionRefused, match="challenge that they"):
        challenges.decide(raised=raised, uphold=False, reasons="No.", by=chair)
    with story.now():
        client.force_login(chair)
        page = client.get(f"/challenges/{raised.pk}/").content.decode()

    assert member.challenges.get().decision == "open"
    assert "Nobody decides on a challenge that they raised." in page
    assert "Sign the decision" not in page


def test_challenged_chair_does_not_decide_on_it(joined):
    story, member = joined
    challenge(story, member)
    chair = holder(Role.CEAC_CHAIR)
    PanelMember.objects.filter(pk=member.pk).update(user=chair)

    with story.now(), pytest.raises(TransitionRefused, match="their own seat"):
        challenges.decide(
            raised=member.challenges.get(), uphold=False, reasons="No.", by=chair
        )


def test_institution_waives_the_term(joined):
    story, member = joined
    with story.now():
        challenges.waive_term(member=member, by=story.coordinator)

    assert TERM not in missing(story, member)
    assert Event.objects.filter(act="waive_challenge").exists()
    with pytest.raises(TransitionRefused, match="is over"):
        challenge(story, member)


def test_term_is_waived_once(joined):
    story, member = joined
    with story.now():
        challenges.waive_term(member=member, by=story.coordinator)
        first = PanelMember.objects.get(pk=member.pk).challenge_waived_at

        with pytest.raises(TransitionRefused, match="no term to waive"):
            challenges.waive_term(
                member=member, by=holder(Role.DEANS_OFFICE, story.unit)
            )

    assert PanelMember.objects.get(pk=member.pk).challenge_waived_at == first


def test_term_waived_stays_so_when_the_panel_is_set_up_anew(joined):
    story, member = joined
    with story.now():
        challenges.waive_term(member=member, by=story.coordinator)
        chair = story.procedure.members.get(role=PanelRole.CHAIR)
        panel.recuse(member=chair, reason="A cousin.", by=chair.user)
        panel.reopen_panel(
            procedure=Procedure.objects.get(pk=story.procedure.pk),
            reason="No chair.",
            by=holder(Role.CEAC_CHAIR),
        )

        assert challenges.term_runs(PanelMember.objects.get(pk=member.pk))
        with pytest.raises(TransitionRefused, match="no term to waive"):
            challenges.waive_term(member=member, by=story.coordinator)


def test_nothing_is_waived_for_who_left_again(joined):
    story, member = joined
    with story.now():
        panel.recuse(member=member, reason="A cousin.", by=member.user)

        with pytest.raises(TransitionRefused, match="no term to waive"):
            challenges.waive_term(member=member, by=story.coordinator)


@pytest.mark.parametrize(
    "values",
    [
        {"challenge_waived_at": clock.now()},
        {"challenge_waived_by_id": 1},
        {"challenge_waived_at": clock.now(), "challenge_waived_by_id": 1, "challenge_until": None},
    ],
)  # fmt: skip
def test_waiver_has_a_term_a_day_and_a_person(joined, values):
    _story, member = joined

    with pytest.raises(IntegrityError, match="waiver_has_term_and_person"):
        PanelMember.objects.filter(pk=member.pk).update(**values)


@pytest.mark.parametrize("act", ["waive", "challenge"])
def test_nobody_else_speaks_for_the_institution(joined, act):
    story, member = joined
    officer = holder(Role.QA_OFFICER)
    acts: dict[str, Callable[[], object]] = {
        "waive": lambda: challenges.waive_term(member=member, by=officer),
        "challenge": lambda: challenges.raise_challenge(
            member=member, reasons="A", by=officer
        ),
    }

    with story.now(), pytest.raises(PermissionDenied):
        acts[act]()


def test_there_is_no_term_to_waive_for_who_sat_from_the_beginning(joined):
    story, _member = joined
    first = story.procedure.members.get(role=PanelRole.CHAIR)

    with story.now(), pytest.raises(TransitionRefused, match="no term to waive"):
        challenges.waive_term(member=first, by=story.coordinator)


def test_page_offers_both_to_the_proposing_faculty_alone(joined, client):
    story, member = joined
    address = f"/procedures/{story.procedure.pk}/panel/"
    pages = {}
    for who, person in (
        ("coordinator", story.coordinator),
        ("officer", holder(Role.QA_OFFICER)),
    ):
        with story.now():
            client.force_login(person)
            pages[who] = client.get(address).content.decode()

    for acts in (
        f"/seats/{member.pk}/challenge/",
        f"/seats/{member.pk}/challenge/waive/",
    ):
        assert f'"{acts}"' in pages["coordinator"]
        assert f'"{acts}"' not in pages["officer"]
    assert "May be challenged until" in pages["coordinator"]

    with story.now():
        client.force_login(story.coordinator)
        waived = client.post(f"/seats/{member.pk}/challenge/waive/", follow=True)
    assert "The institution waived the term to challenge." in waived.content.decode()


# --- A chair who joins late does not send the report -------------------------------


@pytest.fixture
def late_chair(stages: Stages) -> tuple[OfferStory, PanelMember]:
    """The report is written, then another chair takes the seat."""
    story = resume(stages, "report_written")
    with story.now():
        left = story.procedure.members.get(role=PanelRole.CHAIR)
        seat = story.expert(PanelRole.CHAIR, "chair", set(story.interested()))
        member = panel.replace(member=left, seat=seat, by=holder(Role.QA_OFFICER))
        member = panel.accept(member=member, undertaking=True, by=member.user)
        panel.declare_no_conflict(declaration=member.declaration, by=member.user)
    return story, PanelMember.objects.get(pk=member.pk)


def held_back(story: OfferStory) -> list[str]:
    with story.now():
        unmet = unmet_clauses(story.refresh(), "send_for_factual_check")
        return [clause.name for clause in unmet]


def test_report_waits_for_the_term_of_a_late_chair(late_chair, client):
    story, chair = late_chair

    assert held_back(story) == ["chairs_challenge_term_is_over"]
    with story.now(), pytest.raises(TransitionRefused, match="challenge the chair"):
        review.send_for_factual_check(procedure=story.procedure, by=chair.user)
    with story.now():
        client.force_login(chair.user)
        shown = client.get(f"/procedures/{story.procedure.pk}/report/").content.decode()
    assert "The institution may still challenge the chair of the panel" in shown
    assert f'href="/procedures/{story.procedure.pk}/panel/"' in shown
    assert f'action="/procedures/{story.procedure.pk}/report/send/"' not in shown

    story.until(clock.add_days(chair.challenge_until, 1))
    assert held_back(story) == []


def test_report_of_a_late_chair_goes_on_when_the_term_is_waived(late_chair):
    story, chair = late_chair
    with story.now():
        challenges.waive_term(member=chair, by=story.coordinator)

    assert held_back(story) == []


def test_report_waits_for_the_declaration_of_the_chair(late_chair):
    story, chair = late_chair
    ConflictDeclaration.objects.filter(member=chair).update(status="pending")
    story.until(clock.add_days(chair.challenge_until, 1))

    assert held_back(story) == ["chairs_declaration_is_decided"]


def test_report_waits_for_the_decision_on_the_chair(late_chair):
    story, chair = late_chair
    challenge(story, chair)
    story.until(clock.add_days(chair.challenge_until, 1))

    assert held_back(story) == ["chairs_challenge_is_decided"]


def test_final_report_waits_for_a_late_chair_as_the_draft_does(stages):
    story = resume(stages, "factual_check")
    chair = story.procedure.members.get(role=PanelRole.CHAIR)
    PanelMember.objects.filter(pk=chair.pk).update(challenge_until=story.day)

    with story.now(), pytest.raises(TransitionRefused, match="challenge the chair"):
        story.finalise_report()


def test_page_says_that_a_term_to_challenge_is_over(joined, client):
    story, member = joined
    address = f"/procedures/{story.procedure.pk}/panel/"
    with story.now():
        client.force_login(story.coordinator)
        before = client.get(address).content.decode()
    story.until(clock.add_days(member.challenge_until, 1))

    with story.now():
        after = client.get(address).content.decode()

    assert "The term to challenge ended on" not in before
    assert "May be challenged until" not in after
    assert "The term to challenge ended on" in after


def test_page_says_so_of_the_term_for_the_whole_panel_too(stages, client):
    story = resume(stages, "panel_ready")
    story.until(story.procedure.challenge_until)
    pages = []
    for days in (0, 1):
        story.until(clock.add_days(story.procedure.challenge_until, days))
        with story.now():
            client.force_login(holder(Role.QA_OFFICER))
            page = client.get(f"/procedures/{story.procedure.pk}/panel/")
        pages.append(page.content.decode())

    assert "may challenge members until" in pages[0]
    assert "may challenge members until" not in pages[1]
    assert "could challenge members until" in pages[1]

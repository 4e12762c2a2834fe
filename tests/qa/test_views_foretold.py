"""Beside a button that cannot be taken back: what is recorded, who will be told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from lxml import html

from fixtures.demo.accreditation import OfferStory
from fixtures.demo.panels import STUDENT, PanelStory
from qa import clock
from qa.enums import Role
from qa.models import User
from qa.services import review
from qa.story import SENTENCES
from tests.guards.trial import Stages, resume
from tests.qa.test_notices import ACTS, PARTS
from tests.qa.test_views_review import PEOPLE, page

pytestmark = pytest.mark.django_db
BY_NAME = {act.name: act for act in ACTS}
NOBODY = "Nobody besides the record."
LAST = "The panel chair, if this was the last reading waited for"
# Whom only the form names, in words.
IN_WORDS = {"A09": "Whom you name", "P1": "Whom you invite"}


@pytest.fixture(autouse=True)
def demo_people_sign_in(settings: Any) -> None:
    settings.ATESTA_DEMO = True


# Things of the addresses


def procedure(story: OfferStory) -> int:
    return story.procedure.pk


def seat(story: OfferStory) -> int:
    return PanelStory(story).seat(STUDENT).pk


def raised(story: OfferStory) -> int:
    return PanelStory(story).seat(STUDENT).challenges.get().pk


def condition(story: OfferStory) -> int:
    return story.period().decision.conditions.get().pk


def next_reader(story: OfferStory) -> Any:
    seats = (member for member in story.seats() if member.votes)
    return next(one for one in seats if one.assessment.status == "draft")


def reading(story: OfferStory) -> int:
    return next_reader(story).assessment.pk


WHO: dict[str, Callable[[OfferStory], User]] = {
    **PEOPLE,
    "head": lambda s: s.holder(Role.HEAD_OF_DEPARTMENT, s.unit),
    "student": lambda s: PanelStory(s).seat(STUDENT).user,
    "reader": lambda s: next_reader(s).user,
}


@dataclass(frozen=True)
class Shown:
    """Who opens which page before the act; the sentence; whom it names in words."""

    who: str
    page: str
    of: Callable[[OfferStory], int]
    act: str
    words: tuple[str, ...] = ()


SHOWN = {
    "signature": Shown("head", "proposal_sign_off", procedure, "sign_off"),
    "another return": Shown(
        "chair", "further_return", procedure, "allow_further_return"
    ),
    "A09": Shown("chair", "panel_open", procedure, "A09"),
    "P1": Shown("officer", "seat_invite", procedure, "P1"),
    "P5": Shown("officer", "seat_replace", seat, "P5"),
    "P4": Shown("student", "invitation", seat, "P4", (LAST,)),
    "D1": Shown("student", "invitation", seat, "D1"),
    "D2": Shown("student", "invitation", seat, "D2"),
    "D3": Shown("chair", "declaration_ruling", seat, "D3"),
    "D4": Shown("chair", "declaration_ruling", seat, "D4"),
    "challenge": Shown("coordinator", "seat_challenge", seat, "challenge"),
    "challenge dismissed": Shown(
        "chair", "challenge_ruling", raised, "decide_challenge"
    ),
    "challenge upheld": Shown("chair", "challenge_ruling", raised, "decide_challenge"),
    "A10": Shown("chair", "panel_detail", procedure, "A10"),
    "A11": Shown("chair", "panel_reopen", procedure, "A11"),
    "S2": Shown("reader", "assessment_detail", reading, "S2"),
    "S2 of the last": Shown("reader", "assessment_detail", reading, "S2"),
    "A12": Shown("panel_chair", "report_begin", procedure, "A12"),
    "A13": Shown("panel_chair", "report_detail", procedure, "A13"),
    "reply_to_report": Shown(
        "coordinator", "report_reply", procedure, "reply_to_report"
    ),
    "A14": Shown("panel_chair", "report_detail", procedure, "A14"),
    "A14 where a fee is asked": Shown("panel_chair", "report_detail", procedure, "A14"),
    "A15": Shown("chair", "report_detail", procedure, "A15"),
    "C2": Shown("coordinator", "condition_detail", condition, "C2"),
    "C3": Shown("chair", "condition_detail", condition, "C3"),
    "C4": Shown("chair", "condition_detail", condition, "C4"),
    "extension": Shown("chair", "condition_detail", condition, "extend"),
}


def until_it_can_start(story: OfferStory) -> None:
    """The page offers the start once the term to challenge is over."""
    story.until(clock.add_days(story.refresh().challenge_until, 1))


def write_the_next_reading(story: OfferStory) -> None:
    """The page offers to hand a reading in once it is complete."""
    from_whom = next_reader(story).assessment
    done = next(m for m in story.seats() if m.assessment.status == "submitted")
    for each in done.assessment.readings.all():
        each.pk, each.assessment = None, from_whom
        each.save()


def answer_the_remarks(story: OfferStory) -> None:
    """The page offers to make the report final once every remark has its answer."""
    for remark in story.procedure.remarks.filter(answer=""):
        with story.now(11):
            review.answer_remark(
                remark=remark, answer="accepted", text="It is so.", by=story.chair()
            )


MORE_READY = {
    "A14": answer_the_remarks,
    "A14 where a fee is asked": answer_the_remarks,
    "A10": until_it_can_start,
    "S2": lambda s: write_the_next_reading(s.read(1)),
    "S2 of the last": write_the_next_reading,
}


def blocks(shown: Any, sentence: str) -> list[list[str]]:
    """Under each block with the sentence: the names and words of who will be told."""
    found = []
    for block in html.fromstring(shown.content).xpath("//main//dl"):
        names = [" ".join(one.text_content().split()) for one in block.xpath("./dt")]
        if names == ["What will be recorded", "Who will be told"]:
            recorded, told = block.xpath("./dd")
            if " ".join(recorded.text_content().split()) == sentence:
                each = told.xpath(".//li | .//p")
                found.append([" ".join(one.text_content().split()) for one in each])
    return found


@pytest.mark.parametrize("name", SHOWN)
def test_page_of_an_act_says_what_is_recorded_and_who_will_be_told(
    stages: Stages, name: str
) -> None:
    act, shown = BY_NAME[name], SHOWN[name]
    story = resume(stages, act.stage)
    act.ready(story)
    MORE_READY.get(name, lambda _story: None)(story)
    with story.now(16):
        who = WHO[shown.who](story)
        people = {
            str(person)
            for row, parts in act.told.items()
            if row not in IN_WORDS
            for part in parts
            for person in PARTS[part](story)
        }
    wanted = [*people, *(IN_WORDS[row] for row in act.told if row in IN_WORDS)]

    found = blocks(
        page(story, who, shown.page, shown.of(story)),
        f"{who} {SENTENCES[shown.act]}",
    )

    told = found[-1] if name == "challenge upheld" else found[0]
    assert sorted(told) == sorted([*wanted, *shown.words] or [NOBODY])


def test_every_act_with_a_button_of_its_own_page_is_shown() -> None:
    """The rest: checked and signed, in one go with others, or answers to an invitation."""
    told = {row for name in SHOWN for row in BY_NAME[name].told}

    assert {row for act in ACTS for row in act.told} - told == {
        *("A01", "A02", "A03", "A04", "A05", "A07", "A08", "A08n"),
        *("board_opinion", "A16", "set_withdrawal", "letter"),
        *("P2", "P3", "composition"),
        "reply_term_over",
    }

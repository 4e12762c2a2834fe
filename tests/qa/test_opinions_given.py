"""An opinion that was carried stands; a vote that was not may be taken again."""

from dataclasses import replace
from typing import Any

import pytest

from fixtures.demo.accreditation import OfferStory
from fixtures.demo.cast import holder
from qa.enums import BodyKind, Role
from qa.models import Decision, Event
from qa.services import review
from qa.services.votes import Minutes
from qa.transitions import TransitionRefused
from tests.guards.trial import Stages, resume
from tests.qa.test_services import lost, said

pytestmark = pytest.mark.django_db


def opine(story: OfferStory, *, favourable: bool = True, counted=said) -> Decision:
    held = counted(story, BodyKind.CEAC)
    with story.now():
        return review.record_opinion(
            procedure=story.refresh(),
            minutes=held,
            favourable=favourable,
            by=holder(Role.CEAC_CHAIR),
        )


@pytest.mark.parametrize(
    ("lack", "sentence"),
    [
        ({"reasons_en": " "}, "reasons in Romanian and in English"),
        ({"signatory": None, "casts": {}}, "signed by a member"),
    ],
)
def test_opinion_is_an_act_with_reasons_and_a_signatory(
    stages: Stages, lack: dict[str, Any], sentence: str
) -> None:
    story = resume(stages, "report_final")

    def lacking(story: OfferStory, kind: BodyKind) -> Minutes:
        held = said(story, kind)
        chairs = held.body.members_on(held.held_on).filter(function="chair")
        casts = {m.user_id: "absent" for m in chairs} if "casts" in lack else {}
        return replace(held, **(lack | {"casts": {**held.casts, **casts}}))

    with pytest.raises(TransitionRefused, match=sentence):
        opine(story, counted=lacking)


@pytest.mark.parametrize("favourable", [True, False])
def test_body_gives_one_opinion_that_counts(stages: Stages, favourable: bool) -> None:
    story = resume(stages, "report_final")
    first = opine(story)
    before = Decision.objects.count(), Event.objects.count()

    for counted in (said, lost):
        with pytest.raises(TransitionRefused, match="given its opinion"):
            opine(story, favourable=favourable, counted=counted)

    assert (Decision.objects.count(), Event.objects.count()) == before
    assert list(story.procedure.decisions.filter(kind="opinion")) == [first]


def test_vote_that_was_not_carried_is_taken_again(stages: Stages) -> None:
    story = resume(stages, "report_final")

    carried = [opine(story, counted=lost).is_carried for _time in range(2)]
    carried.append(opine(story, favourable=False).is_carried)

    assert carried == [False, False, True]


def test_page_offers_the_opinion_until_it_is_given(stages, client, settings):
    settings.ATESTA_DEMO = True
    story = resume(stages, "report_final")
    client.force_login(holder(Role.CEAC_CHAIR))
    pages = []
    for _time in range(2):
        with story.now():
            page = client.get(story.procedure.get_absolute_url()).content.decode()
        pages.append("Record the commission&#x27;s opinion" in page)
        if len(pages) == 1:
            opine(story)

    assert pages == [True, False]

"""“Who will be told” on the page of an act, and to whom the signed act then writes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from lxml import html

from fixtures.demo.accreditation import OfferStory
from qa.guards.submission import FORMAL_CHECKLIST
from qa.models import Message, Version
from tests.guards.trial import resume
from tests.qa.test_views_review import fill_in, minutes, page, send

pytestmark = pytest.mark.django_db
NOBODY = "Nobody besides the record."
Said = dict[str, Any]


@pytest.fixture(autouse=True)
def demo_people_sign_in(settings: Any) -> None:
    settings.ATESTA_DEMO = True


def untouched(_story: OfferStory) -> None:
    pass


def completed(story: OfferStory) -> None:
    story.complete().sign()


def with_a_fee(story: OfferStory) -> None:
    Version.objects.filter(pk=story.procedure.version_id).update(fee_amount=100)


def submitted(story: OfferStory) -> Any:
    return page(story, "coordinator", "proposal_submit", story.procedure.pk)


def given_up(story: OfferStory) -> Any:
    said = {"reason": "No host.", "check": "1"}
    return send(story, "author", "proposal_abandon", story.procedure.pk, **said)


def screened(**said: Any) -> Callable[[OfferStory], Any]:
    return lambda story: send(
        story, "officer", "screening", story.procedure.pk, check="1", **said
    )


def voted(who: str, name: str, *more: str, **said: Any) -> Callable[[OfferStory], Any]:
    def shown(story: OfferStory) -> Any:
        args = (story.procedure.pk, *more)
        with story.now(16):
            person = story.holder("deans_office", story.unit) if who == "dean" else who
        told = minutes(story, person, name, *args, **said)
        return send(story, person, name, *args, **told, check="1")

    return shown


def decided(story: OfferStory) -> Any:
    days = {
        "valid_from": f"{story.day + timedelta(days=20)}",
        "valid_to": f"{story.day + timedelta(days=1000)}",
    }
    return voted("secretary", "decision_record", **days)(story)


CHECKS = {
    "A02": ("draft", given_up, untouched),
    "A03": ("draft", submitted, untouched),
    "A04": (
        "submitted",
        screened(
            **{
                "outcome": "return",
                "items-TOTAL_FORMS": "1",
                "items-INITIAL_FORMS": "0",
                "items-0-what": "The annexes",
                "items-0-why": "They are named.",
            }
        ),
        untouched,
    ),
    "A05": ("returned", submitted, completed),
    "A07": (
        "submitted",
        screened(outcome="eligible", checklist=[c for c, _label in FORMAL_CHECKLIST]),
        untouched,
    ),
    "A08": (
        "eligible",
        voted("dean", "endorsement_record", favourable="yes"),
        untouched,
    ),
    "A08n": (
        "eligible",
        voted("dean", "endorsement_record", favourable="no"),
        untouched,
    ),
    "board_opinion": (
        "report_final",
        voted("board", "opinion_record", "board", favourable="yes"),
        with_a_fee,
    ),
    "A16": ("awaiting_decision", decided, untouched),
}


def margin(shown: Any) -> list[str]:
    """The names under “Who will be told”."""
    tree = html.fromstring(shown.content)
    (block,) = tree.xpath("//aside//section[h2[.='Who will be told']]")
    return [" ".join(one.text_content().split()) for one in block.xpath(".//li | .//p")]


def sign(story: OfferStory, shown: Any) -> None:
    request = shown.wsgi_request
    answer = send(
        story,
        request.user,
        request.resolver_match.url_name,
        *request.resolver_match.kwargs.values(),
        **(fill_in(shown) | dict(request.POST.lists()) | {"sign": "1"}),
    )
    assert answer.status_code == 302, answer.content.decode()


@pytest.mark.parametrize("row", CHECKS)
def test_page_names_those_to_whom_the_act_writes(stages, row):
    stage, check, ready = CHECKS[row]
    story = resume(stages, stage)
    ready(story)
    before = list(Message.objects.values_list("pk", flat=True))

    shown = check(story)
    assert shown.status_code == 200
    named = margin(shown)
    sign(story, shown)

    written = Message.objects.exclude(pk__in=before).select_related("to")
    assert {one.key.split("/")[0] for one in written} == {row}
    assert sorted(named) == sorted(str(one.to) for one in written)


def test_vote_that_is_not_carried_tells_nobody(stages):
    story = resume(stages, "eligible")
    with story.now(16):
        dean = story.holder("deans_office", story.unit)
    pk = story.procedure.pk
    told = minutes(story, dean, "endorsement_record", pk, favourable="yes")
    against = {k: "against" if v == "for" else v for k, v in told.items()}

    shown = send(story, dean, "endorsement_record", pk, **against, check="1")
    before = Message.objects.count()

    assert "The motion is not carried" in shown.text
    assert margin(shown) == [NOBODY]
    sign(story, shown)
    assert Message.objects.count() == before


def test_own_opinion_of_the_commission_tells_nobody(stages):
    story = resume(stages, "report_final")

    shown = voted("chair", "opinion_record", "ceac", favourable="yes")(story)

    assert margin(shown) == [NOBODY]

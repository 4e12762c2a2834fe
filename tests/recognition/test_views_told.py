"""“Who will be told” beside the form of an act, and to whom the act then writes."""

import pytest
from lxml import html

from qa.models import Message
from recognition.services import conditions
from tests.factories import recognition as r
from tests.recognition.pages import page, send
from tests.recognition.stories import later

pytestmark = pytest.mark.django_db


def named(shown):
    """The names and words under “Who will be told”; nothing where no act tells."""
    tree = html.fromstring(shown.content)
    blocks = tree.xpath("//aside//section[h2[.='Who will be told']]")
    return [
        " ".join(one.text_content().split())
        for block in blocks
        for one in block.xpath(".//li | .//p")
    ]


def told_by(user, name, *args, **said):
    """What the page says before, and who was written to after."""
    shown = named(page(user, name, *args))
    before = list(Message.objects.values_list("pk", flat=True))
    answer = send(user, name, *args, **said)
    assert answer.status_code == 302, answer.content.decode()
    new = Message.objects.exclude(pk__in=before).select_related("to")
    return shown, [str(one.to) for one in new]


def test_applicant_is_named_on_the_page_of_a_delay(office):
    application = r.at(office, "complete")
    said = {"reason": "Illness", "expected_on": "2027-04-01"}

    with later(121):
        at = [application.pk, "delay"]
        shown, written = told_by(office.oana, "office_act", *at, **said)

    assert shown == written == [str(office.radu)]


def test_whom_only_the_form_names_is_told_in_words(office):
    application = r.at(office, "tracked")
    asked = page(office.oana, "office_act", application.pk, "question")
    naming = page(office.horia, "office_act", application.pk, "assessor")

    assert named(asked) == [
        f"{office.radu}, where the question goes to the applicant",
    ]
    assert named(naming) == ["Whom you name"]


@pytest.mark.parametrize("fulfilled", ["yes", "no"])
def test_owner_is_named_where_a_condition_is_judged(office, fulfilled):
    application = r.at(office, "notified", outcome="conditional")
    condition = application.resolution.decision.conditions.get()
    conditions.submit_evidence(condition=condition, evidence="12", by=office.radu)

    shown, written = told_by(
        office.oana,
        "condition_judge",
        application.pk,
        condition.pk,
        fulfilled=fulfilled,
        reasons="The record was read.",
    )

    assert shown == written == [str(office.radu)]


def test_office_is_named_to_the_applicant_as_an_office(office):
    application = r.at(office, "notified", outcome="conditional")
    condition = application.resolution.decision.conditions.get()

    shown, written = told_by(
        office.radu, "condition_evidence", application.pk, condition.pk, evidence="12"
    )

    assert shown == ["The recognition office."]
    assert written == [str(office.oana)]


def test_an_act_that_tells_nobody_has_no_such_block(office):
    application = r.at(office, "verifying")

    assert named(page(office.oana, "office_act", application.pk, "track")) == []


def test_the_story_opens_once_and_says_that_a_condition_was_set(office):
    application = r.at(office, "notified", outcome="conditional")

    shown = page(office.oana, "application_detail", application.pk)
    told = [one.text_content() for one in html.fromstring(shown.content).iter("li")]

    assert sum("condition set" in one for one in told) == 1
    assert sum("opened" in one for one in told) == 1

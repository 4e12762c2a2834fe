"""The panel's answers to the proposer's remarks, in the browser's eyes."""

import pytest

from fixtures.demo.accreditation import OfferStory
from qa.models import Procedure
from tests.qa.test_views_review import page, send, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(stages, settings) -> OfferStory:
    settings.ATESTA_DEMO = True
    stage = stages["factual_check"]
    procedure = Procedure.objects.get(pk=stage.procedure_id)
    return OfferStory.resume(procedure, stage.day)


def test_report_shows_readings_findings_and_answers(story):
    remark = story.procedure.remarks.first()

    before = words(page(story, "panel_chair", "report_detail", story.procedure.pk))
    send(
        story, "panel_chair", "remark_answer", remark.pk, answer="accepted", text="Yes"
    )
    after = words(page(story, "panel_chair", "report_detail", story.procedure.pk))

    assert remark.text in before
    assert before.count("not answered yet") == after.count("not answered yet") + 1


def test_an_answer_to_a_remark_without_its_why_is_told_at_the_field(story):
    remark = story.procedure.remarks.first()

    answer = send(story, "panel_chair", "remark_answer", remark.pk, answer="rejected")

    assert answer.status_code == 422
    assert answer.context["form"].errors["text"] == [
        "Say why the remark is answered so."
    ]

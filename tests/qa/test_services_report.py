"""What the panel proposes stands once the report was sent for the factual check."""

import pytest
from django.test import Client
from django.urls import reverse

from fixtures.demo.accreditation import OfferStory
from qa.enums import Outcome
from qa.models import Report
from qa.services import review
from qa.transitions import TransitionRefused
from tests.guards.trial import Stages, resume

pytestmark = pytest.mark.django_db
FIXED = "can no longer change"


@pytest.fixture(autouse=True)
def demo_people_sign_in(settings) -> None:
    settings.ATESTA_DEMO = True


@pytest.fixture
def sent(stages: Stages) -> OfferStory:
    return resume(stages, "factual_check")


def report_of(story: OfferStory) -> Report:
    return Report.objects.get(procedure=story.procedure)


def propose(story: OfferStory, **changes: str) -> Report:
    """The proposal saved by the chair as it stands, but for the changes."""
    report = report_of(story)
    told = {
        "summary": report.summary,
        "outcome": report.proposed_outcome,
        "reasons": report.proposal_reasons,
    }
    with story.now(16):
        return review.save_proposal(
            report=report, points=(), by=story.chair(), **(told | changes)
        )


def post(story: OfferStory, **said: str) -> str:
    management = {"points-TOTAL_FORMS": "0", "points-INITIAL_FORMS": "0"}
    with story.now(16):
        client = Client()
        client.force_login(story.chair())
        address = reverse("qa:report_proposal", args=[story.procedure.pk])
        return client.post(address, management | said, follow=True).content.decode()


@pytest.mark.parametrize(
    "change", [{"outcome": Outcome.REJECTED}, {"outcome": ""}, {"reasons": "Others."}]
)
def test_what_was_proposed_is_not_changed_after_it_was_sent(sent, change):
    before = report_of(sent)

    with pytest.raises(TransitionRefused, match=FIXED) as refusal:
        propose(sent, **change)

    assert [c.name for c in refusal.value.unmet] == ["proposal_is_as_sent"]
    after = report_of(sent)
    assert after.proposed_outcome == before.proposed_outcome
    assert after.proposal_reasons == before.proposal_reasons


def test_the_rest_of_the_report_is_corrected_after_a_remark(sent):
    assert propose(sent, summary="Corrected.").summary == "Corrected."

    standard = sent.procedure.standard_set.standards.first()
    data = {"rating": "compliant", "evidence": "Page 5.", "analysis": "Corrected."}
    with sent.now(16):
        finding = review.save_finding(
            report=report_of(sent), standard=standard, data=data, by=sent.chair()
        )
    assert finding.analysis == "Corrected."


def test_the_draft_may_still_propose_something_else(stages: Stages):
    story = resume(stages, "report_written")

    changed = propose(story, outcome=Outcome.REJECTED, reasons="Others.")

    assert changed.proposed_outcome == Outcome.REJECTED


def test_the_page_shows_what_was_sent_and_asks_for_the_rest(sent):
    with sent.now(16):
        client = Client()
        client.force_login(sent.chair())
        address = reverse("qa:report_proposal", args=[sent.procedure.pk])
        shown = client.get(address).content.decode()

    assert FIXED in shown
    assert 'name="summary"' in shown
    assert 'name="outcome"' not in shown
    assert 'name="reasons"' not in shown
    assert FIXED not in post(sent, summary="Corrected.")
    assert report_of(sent).summary == "Corrected."


def test_a_page_opened_before_the_report_was_sent_is_told(sent):
    before = report_of(sent)

    assert FIXED in post(sent, summary="Late.", outcome=Outcome.REJECTED)

    after = report_of(sent)
    assert (after.summary, after.proposed_outcome) == (
        before.summary,
        before.proposed_outcome,
    )

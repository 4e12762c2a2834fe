"""What must be answered before a proposal is handed in: overlaps, and a return."""

import pytest

from fixtures.demo.accreditation import OfferStory
from qa import content, design_checks, progress
from qa.models import Procedure
from qa.services import drafting
from qa.transitions import TransitionRefused
from tests.guards.trial import Stages, resume
from tests.stages import STAGES, story

pytestmark = pytest.mark.django_db


@pytest.fixture
def overlapping(stages: Stages) -> OfferStory:
    """A draft beside an offer in force of its field that came after it was written."""
    drafted = STAGES["draft"](story("LIT-LMA", "Nouă"))
    STAGES["in_force"](story("LIT-JUR", "Vecină"))
    return drafted


def test_one_reason_for_all_offers_of_the_field_is_refused(overlapping):
    with overlapping.now(), pytest.raises(TransitionRefused, match="answer each offer"):
        drafting.justify(
            version=overlapping.version,
            check_code="DC-27",
            text="Other learners.",
            by=overlapping.author,
        )


def test_reason_stored_for_the_check_settles_nothing(overlapping):
    version = overlapping.version
    version.justifications.create(check_code="DC-27", text="Other learners.")

    with overlapping.now():
        left = [found.check.code for found in design_checks.unjustified(version)]
        need = next(s for s in progress.states_of(version) if s.section.key == "need")

    assert left == ["DC-27"]
    assert need.stand == "asks"


def test_page_leads_to_the_answers_instead_of_asking_for_a_reason(
    overlapping, client, settings
):
    settings.ATESTA_DEMO = True
    pk = overlapping.procedure.pk
    client.force_login(overlapping.author)

    page = client.get(f"/procedures/{pk}/sections/need/").content.decode()

    assert f'<a href="/procedures/{pk}/overlaps/">Answer each offer' in page
    assert 'name="reason-DC-27"' not in page


def test_returned_proposal_that_says_the_same_again_is_refused(stages):
    returned = resume(stages, "returned").wait(2).complete()
    version = returned.version
    earlier = returned.procedure.versions.exclude(pk=version.pk).get()
    with returned.now(12):
        content.fill(version, content.as_data(earlier), by=returned.coordinator)
    returned.sign()
    assert version.revision > 1

    with pytest.raises(TransitionRefused, match="Nothing has changed"):
        returned.submit()

    assert Procedure.objects.get(pk=returned.procedure.pk).status == "returned"


def test_returned_proposal_with_another_justification_only_comes_back(stages):
    returned = resume(stages, "returned").wait(2)
    with returned.now(12):
        drafting.justify(
            version=returned.version,
            check_code="DC-13",
            text="Field work is discussed by name.",
            by=returned.coordinator,
        )
    returned.sign().submit()

    assert returned.refresh().status == "submitted"

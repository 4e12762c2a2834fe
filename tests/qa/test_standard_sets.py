"""The standard set of what goes on: the same one, or the next of its family."""

from datetime import date, timedelta

import pytest

from fixtures.demo.accreditation import OfferStory
from qa import clock
from qa.models import Accreditation, Procedure, StandardSet
from qa.services import validity
from qa.services.intake import answer_resubmission
from qa.transitions import TransitionRefused
from tests.guards.trial import Stages, resume

pytestmark = pytest.mark.django_db
OPENED = ("A17", "A24")


def started(stages: Stages, row: str) -> OfferStory:
    """A story on the day on which the row opens its next procedure."""
    story = resume(stages, "resubmit" if row == "A17" else "in_force")
    return story if row == "A17" else story.until(story.period().notice_on)


def opens(story: OfferStory, row: str) -> Procedure:
    with story.now():
        if row == "A17":
            return answer_resubmission(earlier=story.procedure, by=story.coordinator)
        period = Accreditation.objects.get(procedure=story.procedure)
        return validity.call_reevaluation(period=period)


def newer(code: str, version: str, since: date) -> StandardSet:
    return StandardSet.objects.create(
        code=code,
        title_ro=code,
        title_en=code,
        version=version,
        valid_from=since,
        scale=[],
    )


def ended(story: OfferStory, day: date) -> None:
    StandardSet.objects.filter(pk=story.procedure.standard_set_id).update(valid_to=day)


@pytest.mark.parametrize(
    ("code", "version", "family"),
    [
        ("ESG-2015-1", "2015", "ESG-1"),
        ("ESG-2027-1", "2027", "ESG-1"),
        ("EA-2015", "2015", "EA"),
        ("ARACIS-2006", "2006", "ARACIS"),
    ],
)
def test_family_is_the_code_without_the_version(
    code: str, version: str, family: str
) -> None:
    assert StandardSet(code=code, version=version).family == family


@pytest.mark.parametrize("row", OPENED)
def test_set_that_is_still_in_force_is_kept(stages: Stages, row: str) -> None:
    story = started(stages, row)
    newer("ESG-2026-1", "2026", story.day)

    assert opens(story, row).standard_set == story.procedure.standard_set


@pytest.mark.parametrize("row", OPENED)
def test_newest_set_of_the_family_follows(stages: Stages, row: str) -> None:
    story = started(stages, row)
    eve = story.day - timedelta(days=1)
    ended(story, eve)
    newer("ESG-2024-1", "2024", clock.add_months(eve, -6))
    next_one = newer("ESG-2026-1", "2026", eve)
    newer("ESG-2026-2", "2026", story.day)
    newer("ESG-2099-1", "2099", story.day + timedelta(days=1))

    assert opens(story, row).standard_set == next_one


@pytest.mark.parametrize("row", OPENED)
def test_set_of_another_family_never_follows(stages: Stages, row: str) -> None:
    story = started(stages, row)
    ended(story, story.day - timedelta(days=1))
    before = Procedure.objects.count()

    with pytest.raises(TransitionRefused, match="No standard set that follows"):
        opens(story, row)

    assert Procedure.objects.count() == before
    assert StandardSet.objects.in_force_on(story.day).exists()

"""A16: the senate departs from the panel's proposal, in its outcome or in a condition."""

from datetime import date, timedelta
from typing import Any

import pytest

from fixtures.demo import texts
from fixtures.demo.accreditation import OfferStory
from qa import clock
from qa.enums import BodyKind, Outcome
from qa.guards.departure import departs
from qa.models import ReportPoint
from qa.services.decision import Obligation
from qa.transitions import TransitionRefused
from tests.guards.trial import Stages, resume, update
from tests.qa.test_services import REMEDY, decide, period, said
from tests.qa.test_views_minutes import CONDITION, decided, story
from tests.qa.test_views_review import fill_in, send, words

__all__ = ["story"]

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 20)
WITH = Outcome.APPROVED_WITH_CONDITIONS
HEARD = {
    "departs_from_proposal": True,
    "departure_reasons_ro": "Rubrica este publicată deja.",
    "departure_reasons_en": "The rubric is published already.",
}


@pytest.fixture
def proposed(stages: Stages) -> OfferStory:
    """The panel proposes the condition of the demo, to be met within nine months."""
    told = resume(stages, "awaiting_decision")
    report = told.procedure.report
    update(report, proposed_outcome=WITH)
    ReportPoint.objects.create(
        report=report,
        kind="condition",
        deadline_months=9,
        **{n: v for n, v in texts.CONDITION.items() if not n.startswith("conseq")},
    )
    return told


def obligation(told: OfferStory, **changes: Any) -> Obligation:
    usual = texts.CONDITION | {
        "deadline": clock.add_months(told.day, 9),
        "owner": told.coordinator,
    }
    return Obligation(**(usual | changes))


KEPT: dict[str, dict[str, Any]] = {
    "as proposed": {},
    "other spaces": {"text_ro": texts.CONDITION["text_ro"].replace(" ", "\r\n")},
    "a later term": {"deadline": DAY + timedelta(days=900)},
    "another consequence": {"consequence_en": "The offer is closed."},
}
CHANGED: dict[str, dict[str, Any]] = {
    "another text": {"text_en": "Publish the rubric and translate it."},
    "other evidence": {"evidence_required_ro": "O altă dovadă."},
    "an earlier term": {"deadline": DAY + timedelta(days=30)},
}


@pytest.mark.parametrize("how", [*KEPT, *CHANGED])
def test_a_condition_changed_is_a_departure(proposed: OfferStory, how: str) -> None:
    one = obligation(proposed, **(KEPT | CHANGED)[how])

    departed = departs(proposed.procedure.report, WITH, [one], proposed.day)

    assert departed is (how in CHANGED)


def test_a_condition_added_or_left_out_is_a_departure(proposed: OfferStory) -> None:
    report, one = proposed.procedure.report, obligation(proposed)

    assert departs(report, WITH, [one, one], proposed.day)
    assert departs(report, WITH, [], proposed.day)
    assert departs(report, Outcome.APPROVED, [], proposed.day)


def test_a_panel_that_names_no_condition_leaves_them_to_the_senate(
    proposed: OfferStory,
) -> None:
    report = proposed.procedure.report
    report.points.all().delete()

    assert not departs(report, WITH, [obligation(proposed)], proposed.day)


def test_the_senate_swaps_a_condition_only_heard_and_with_reasons(
    proposed: OfferStory,
) -> None:
    other = [obligation(proposed, text_ro="Altceva.", text_en="Something else.")]

    def swap(**details: Any) -> Any:
        held = said(
            proposed,
            BodyKind.SENATE,
            details=period(proposed) | REMEDY | details,
        )
        return decide(proposed, held, outcome=WITH, obligations=other)

    for lack in ({}, {"hearing_on": proposed.day}):
        with pytest.raises(TransitionRefused, match="in its outcome or in a condition"):
            swap(**lack)
    decision = swap(**HEARD, hearing_on=proposed.day)

    assert decision.departs_from_proposal


def test_the_form_asks_for_hearing_and_reasons_where_a_condition_changed(story):
    completed = {
        "conditions-0-text_en": "A new exercise",
        "conditions-0-evidence_required_en": "The exercise",
    }
    reworded = completed | {"conditions-0-text_ro": f"{CONDITION}, publicat"}

    def sign(shown: Any) -> Any:
        assert shown.status_code == 200, words(shown)
        posted = fill_in(shown) | {"sign": "1"}
        return send(story, "secretary", "decision_record", story.procedure.pk, **posted)

    heard = {n: v for n, v in HEARD.items() if n != "departs_from_proposal"}
    heard["hearing_on"] = f"{story.day:%Y-%m-%d}"
    refused = decided(story, **reworded)
    signed = sign(decided(story, **reworded, **heard))

    assert refused.status_code == 422
    assert "in its outcome or in a condition" in words(refused)
    assert signed.status_code == 302
    act = story.procedure.decisions.get(kind="decision")
    assert act.departs_from_proposal
    assert act.departure_reasons_en == HEARD["departure_reasons_en"]

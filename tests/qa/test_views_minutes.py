"""The form of the minutes: what it counts, and the conditions the panel proposes."""

import pytest
from lxml import html

from fixtures.demo.accreditation import OfferStory
from qa.enums import ActKind, Outcome
from qa.models import Decision, Event, Message, Register, ReportPoint
from tests.guards.trial import resume, update
from tests.qa.test_views_review import fill_in, minutes, page, send, words

pytestmark = pytest.mark.django_db
CONDITION = "Un exercițiu nou\nde evaluare"


@pytest.fixture
def story(stages, settings) -> OfferStory:
    """The panel proposes one condition, written in Romanian only."""
    settings.ATESTA_DEMO = True
    found = resume(stages, "awaiting_decision")
    report = found.procedure.report
    update(report, proposed_outcome=Outcome.APPROVED_WITH_CONDITIONS)
    ReportPoint.objects.create(
        report=report,
        kind="condition",
        standard=found.procedure.standard_set.standards.first(),
        text_ro=CONDITION,
        evidence_required_ro="Exercițiul",
        deadline_months=9,
    )
    return found


def decided(story: OfferStory, **said: str):
    dates = {
        "valid_from": f"{story.day:%Y}-12-01",
        "valid_to": f"{story.day.year + 5}-11-30",
    }
    told = minutes(
        story,
        "secretary",
        "decision_record",
        story.procedure.pk,
        **(dates | said),
    )
    sent = {name: as_a_browser(value) for name, value in told.items()}
    return send(
        story, "secretary", "decision_record", story.procedure.pk, **sent, check="1"
    )


def as_a_browser(value: str | None) -> str:
    """Without the line end after the tag, and with both characters of the others."""
    return "\r\n".join((value or "").strip().splitlines())


def test_proposed_conditions_stand_in_the_form_as_the_panel_wrote_them(story):
    form = page(story, "secretary", "decision_record", story.procedure.pk)

    said = fill_in(form)
    assert said["conditions-0-text_ro"].split() == CONDITION.split()
    assert not said["conditions-0-text_en"].strip()
    assert said["conditions-0-evidence_required_ro"].strip() == "Exercițiul"
    assert said["conditions-0-deadline"] > f"{story.day:%Y-%m-%d}"
    assert said["conditions-0-standard"]
    assert "with a hearing" in said["conditions-0-consequence_en"]
    assert said["conditions-1-consequence_ro"]
    assert not said["conditions-1-text_ro"].strip()


def test_a_proposed_condition_is_completed_and_recorded(story):
    refused = decided(story)
    checked = decided(
        story,
        **{
            "conditions-0-text_en": "A new exercise",
            "conditions-0-evidence_required_en": "The exercise",
        },
    )

    assert "in both languages" in words(refused)
    assert checked.status_code == 200
    send(
        story,
        "secretary",
        "decision_record",
        story.procedure.pk,
        **fill_in(checked),
        sign="1",
    )
    decision = story.procedure.decisions.get(kind=ActKind.DECISION)
    condition = decision.conditions.get()
    assert condition.text_ro.split() == CONDITION.split()
    assert condition.text_en == "A new exercise"
    assert condition.consequence_en.startswith("If it is not met, a procedure")
    assert "If it is not met" in words(checked)
    assert condition.consequence_en in words(checked)


def test_a_condition_says_what_follows_if_it_is_not_met(story):
    completed = {
        "conditions-0-text_en": "A new exercise",
        "conditions-0-evidence_required_en": "The exercise",
    }

    refused = decided(story, **completed, **{"conditions-0-consequence_ro": ""})

    assert "what follows if it is not met" in words(refused)


def test_another_motion_leaves_the_proposed_conditions_aside(story):
    checked = decided(
        story,
        outcome="approved",
        hearing_on=f"{story.day:%Y-%m-%d}",
        departure_reasons_ro="Nu mai e nevoie",
        departure_reasons_en="It is needed no more",
    )

    assert checked.status_code == 200, words(checked)
    assert "How each member voted" in words(checked)
    assert "Exercițiul" not in words(checked)


def test_without_proposed_conditions_the_rows_are_empty(stages, settings):
    settings.ATESTA_DEMO = True
    story = resume(stages, "awaiting_decision")

    form = page(story, "secretary", "decision_record", story.procedure.pk)

    assert not fill_in(form)["conditions-0-text_ro"].strip()


def test_nothing_is_needed_until_somebody_is_entered(story):
    form = page(story, "secretary", "decision_record", story.procedure.pk)
    said = fill_in(form)

    counted = send(
        story,
        "secretary",
        "decision_record",
        story.procedure.pk,
        **said,
        rest="for",
    )

    before, after = words(form), words(counted)
    assert "nobody is entered yet" in before
    assert " needed → " not in before
    assert " needed → " in after


def test_the_proposal_is_folded_under_the_title_of_a_reading(stages, settings):
    settings.ATESTA_DEMO = True
    found = resume(stages, "under_review")
    member = found.seats()[-1].user
    assessment = found.procedure.assessments.get(member__user=member)
    number = found.procedure.standard_set.standards.first().number

    shown = page(found, member, "reading_edit", assessment.pk, number)

    (split,) = html.fromstring(shown.content).xpath("//main//*[@class='split']")
    first, second = split
    assert (first.tag, second.tag) == ("aside", "form")
    assert [one.get("class") for one in first] == ["fold"]


TOO_LONG = "the longest the rule set allows. The longest is 60 months."


def left_behind() -> tuple[object, ...]:
    """What an act would add to: decisions, events, messages, numbers given out."""
    counted = [model.objects.count() for model in (Decision, Event, Message)]
    return (*counted, sum(Register.objects.values_list("last_number", flat=True)))


def test_a_vote_that_would_be_refused_says_so_before_it_is_signed(stages, settings):
    settings.ATESTA_DEMO = True
    found = resume(stages, "awaiting_decision")
    before = left_behind()

    checked = decided(found, valid_to=f"{found.day.year + 20}-11-30")

    assert checked.status_code == 422
    assert "Sign and record" not in checked.text
    assert TOO_LONG in words(checked)
    assert fill_in(checked)["reasons_en"].strip() == "Because"
    assert left_behind() == before


def test_a_look_at_what_will_be_recorded_leaves_nothing_behind(stages, settings):
    settings.ATESTA_DEMO = True
    found = resume(stages, "awaiting_decision")
    before = left_behind()

    checked = decided(found)

    assert checked.status_code == 200, words(checked)
    assert "Sign and record" in checked.text
    assert left_behind() == before
    assert found.refresh().status == "awaiting_decision"

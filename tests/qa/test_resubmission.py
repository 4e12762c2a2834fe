"""A17: the term of a request to resubmit is a day of the procedure, and is shown."""

from datetime import timedelta

import pytest
from django.urls import reverse

from qa import clock, days, path
from qa.enums import Role
from qa.models import Event
from tests.guards.trial import resume

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(stages, settings):
    settings.ATESTA_DEMO = True
    return resume(stages, "resubmit")


def last_step(story) -> tuple[str, str, str]:
    with story.now():
        step = path.of(story.refresh())[-1]
    return step.title, step.stand, step.facts


def pages(client, story) -> str:
    with story.now():
        client.force_login(story.coordinator)
        procedure = story.refresh()
        found = [
            client.get(reverse("qa:procedure_detail", args=[procedure.pk])),
            client.get(reverse("qa:micro_credential_detail", args=[procedure.case_id])),
        ]
    return " ".join(answer.content.decode() for answer in found)


def test_the_decision_writes_the_term_and_the_record_keeps_it(story):
    procedure = story.procedure
    term = clock.add_months(procedure.decided_on, procedure.rule_set.resubmit_months)

    decided = Event.objects.get(thing="qa.procedure", thing_id=procedure.pk, row="A16")

    assert (procedure.resubmit_until, procedure.due_on) == (term, term)
    assert decided.facts["wrote"]["resubmit_until"] == term.isoformat()


def test_an_approval_has_no_term_to_resubmit(stages):
    assert resume(stages, "approved").procedure.resubmit_until is None


def test_path_and_pages_show_the_day_until_it_is_over(client, story):
    day = story.procedure.resubmit_until
    name = story.coordinator.get_short_name()

    assert last_step(story) == (
        "Resubmission",
        "now",
        f"{name} · due {days.in_short(day)}",
    )
    shown = pages(client, story)
    assert f"To be revised and resubmitted by {days.in_short(day)}." in shown
    assert f"due {days.in_short(day)}" in shown
    assert "Answer the request to resubmit" in shown

    story.until(day + timedelta(days=1))
    over = ("Resubmission", "stopped", f"the term ended on {days.in_short(day)}")
    assert last_step(story) == over
    shown = pages(client, story)
    assert "Answer the request to resubmit" not in shown
    assert "resubmitted by" not in shown


def test_an_answer_is_the_end_of_the_path(client, story):
    earlier = story.procedure
    story.wait(20).follow_up()
    opened, story.procedure = story.day, earlier

    assert last_step(story) == ("Resubmission", "done", days.in_short(opened))
    assert "Answer the request to resubmit" not in pages(client, story)


def test_an_answer_given_up_is_none_while_the_term_runs(client, story):
    earlier = story.procedure
    story.wait(20).follow_up().abandon()
    story.procedure = earlier

    assert last_step(story)[:2] == ("Resubmission", "now")
    assert "Answer the request to resubmit" in pages(client, story)
    assert story.follow_up().procedure.follows == earlier


def test_only_the_coordinator_is_asked_to_answer(client, story):
    reader = story.holder(Role.QA_OFFICER)
    with story.now():
        client.force_login(reader)
        page = client.get(reverse("qa:procedure_detail", args=[story.procedure.pk]))

    assert "resubmitted by" not in page.content.decode()

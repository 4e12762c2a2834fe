"""A refusal says how far off its rule is: counts, days and numbers of standards."""

import pytest
from django.utils.translation import override

from qa.days import in_full
from qa.models import Finding, Procedure
from qa.transitions import TransitionRefused
from tests.guards import procedures, reports
from tests.guards.trial import BREAK, READY, Stages

pytestmark = pytest.mark.django_db
REGISTERED = (procedures, reports)


def refused(stages: Stages, act: str, clause: str) -> tuple[str, Procedure]:
    """What is said to who tries the act with the clause broken."""
    attempt = READY["procedure", act](stages)
    BREAK["procedure", act, clause](stages, attempt)
    with pytest.raises(TransitionRefused) as refusal:
        attempt.run()
    return refusal.value.sentence, Procedure.objects.get(pk=attempt.procedure.pk)


@pytest.mark.parametrize(
    ("clause", "field", "seated"),
    [
        ("panel_has_enough_voting_members", "panel_min_voting", {"votes": True}),
        ("panel_has_enough_external_members", "panel_min_external", {"is_external": 1}),
    ],
)
def test_a_panel_too_small_counts_its_members(stages, clause, field, seated):
    sentence, procedure = refused(stages, "start_review", clause)

    members = sum(all(getattr(m, k) for k in seated) for m in procedure.members.all())
    least = getattr(procedure.rule_set, field)
    assert members < least
    assert sentence.endswith(f"It has {members} of {least}.")


def test_a_term_that_runs_names_its_last_day(stages):
    sentence, procedure = refused(stages, "start_review", "challenge_window_is_over")
    assert sentence.endswith(f"Its last day is {in_full(procedure.challenge_until)}.")

    sentence, procedure = refused(
        stages, "finalise_report", "reply_received_or_term_over"
    )
    assert sentence.endswith(
        f"Its last day is {in_full(procedure.factual_check_until)}."
    )


def test_readings_that_are_missing_are_counted_and_not_named(stages):
    sentence, procedure = refused(
        stages, "begin_report", "all_assessments_are_submitted"
    )

    members = [one for one in procedure.members.all() if one.votes]
    assert sentence.endswith(f"Submitted: {len(members) - 1} of {len(members)}.")
    assert not any(one.user.family_name in sentence for one in members)


def test_a_report_names_the_standards_without_finding(stages):
    sentence, procedure = refused(
        stages, "send_for_factual_check", "findings_are_complete"
    )

    found = Finding.objects.filter(report=procedure.report).values("standard")
    missing = procedure.standard_set.standards.exclude(pk__in=found)
    numbers = ", ".join(one.number for one in missing)
    assert numbers
    assert sentence.endswith(f"Missing: {numbers}.")


def test_counts_and_days_are_told_in_romanian_as_well(stages):
    with override("ro"):
        sentence, procedure = refused(
            stages, "start_review", "challenge_window_is_over"
        )
        day = in_full(procedure.challenge_until)

    assert sentence.endswith(f"Ultima zi este {day}.")
    assert " ianuarie " in day or " februarie " in day


def test_remarks_without_answer_are_counted(stages):
    sentence, procedure = refused(stages, "finalise_report", "remarks_are_answered")

    number = procedure.remarks.count()
    assert sentence.endswith(f"Without answer: {number} of {number}.")

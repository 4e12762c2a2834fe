"""What the database refuses by itself, whoever writes past the services."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from qa import clock
from recognition.models import (
    AcceptedComponent,
    Assessor,
    ComparisonRow,
    InfoRequest,
    MissingItem,
    Proposal,
    RecognitionApplication,
    RecognitionDecision,
    Verification,
)
from recognition.models.constraints import ALTERNATIVE, REFUSAL
from recognition.services import deciding
from tests.factories import recognition as r
from tests.recognition.trials_deciding import vote

pytestmark = pytest.mark.django_db

# status at which to write, values written, constraint that refuses
APPLICATION = [
    ("complete", {"status": "lost"}, "status_known"),
    ("draft", {"submitted_at": clock.now()}, "submitted_at_and_by_together"),
    ("submitted", {"registry_number": ""}, "submitted_before_it_moves_on"),
    ("submitted", {"purpose": ""}, "submitted_has_purpose_sheet_and_fee"),
    ("submitted", {"fee": "unknown"}, "submitted_has_purpose_sheet_and_fee"),
    ("submitted", {"outcome_requested": "refused"}, "asks_for_recognition"),
    ("draft", {"fee": "waived", "fee_note": ""}, "waived_fee_has_reason"),
    ("submitted", {"status": "incomplete"}, "incomplete_has_term"),
    ("complete", {"target_on": None}, "clock_starts_with_the_complete_file"),
    ("submitted", {"status": "complete"}, "clock_runs_after_completeness"),
    ("complete", {"limit_on": date(2020, 1, 1)}, "limits_follow_the_start"),
    ("complete", {"status": "info_requested"}, "paused_iff_info_requested"),
    ("complete", {"paused_from": date(2026, 11, 2)}, "paused_iff_info_requested"),
    ("tracked", {"track_reason": ""}, "track_has_reason"),
    ("tracked", {"track": "automatic"}, "track_has_reason"),
    ("verifying", {"status": "tracked"}, "track_known_once_tracked"),
    ("proposed", {"status": "in_committee"}, "item_known_in_committee"),
    ("in_committee", {"outcome": "full"}, "outcome_iff_decided"),
    ("decided", {"outcome": ""}, "outcome_iff_decided"),
    ("decided", {"decided_on": None}, "outcome_iff_decided"),
    ("decided", {"status": "notified"}, "told_iff_notified"),
    ("notified", {"delivery_proof": ""}, "told_iff_notified"),
    ("notified", {"status": "final"}, "final_at_iff_final"),
    ("submitted", {"status": "withdrawn"}, "withdrawn_at_iff_withdrawn"),
]


@pytest.mark.parametrize(("status", "values", "name"), APPLICATION)
def test_application_is_refused_by_the_database(office, status, values, name):
    application = r.at(office, status)

    with pytest.raises(IntegrityError, match=f"recognition_application_{name}"):
        RecognitionApplication.objects.filter(pk=application.pk).update(**values)


@pytest.mark.parametrize(
    "verb",
    [
        "information_sheet",
        "submitted",
        "completed",
        "verifying",
        "tracked",
        "further_request",
        "compared",
        "proposed",
        "notified",
        "final",
        "withdrawn",
    ],
)
def test_instant_and_actor_stand_together(office, verb):
    application = r.at(office, "draft")
    own = RecognitionApplication.objects.filter(pk=application.pk)

    with pytest.raises(IntegrityError, match="recognition_application_"):
        own.update(**{f"{verb}_at": None, f"{verb}_by": office.radu})


@pytest.mark.parametrize(
    ("outcome", "changes", "name"),
    [
        *(("refused", {field: ""}, "refusal_is_demonstrated") for field in REFUSAL),
        ("refused", {"is_as_requested": True}, "refusal_is_demonstrated"),
        ("refused", {"essential_requirement_ro": " "}, "refusal_is_demonstrated"),
        ("refused", {"evidence_en": "\n"}, "refusal_is_demonstrated"),
        ("refused", {"alternatives_considered_en": "\t\r\n"}, "refusal_is_demonst"),
        ("full", {"granted_target_ro": ""}, "grant_is_stated"),
        ("full", {"granted_target_en": ""}, "grant_is_stated"),
        (
            "full",
            {"ects_granted": None, "level_granted": ""},
            "grant_is_stated",
        ),
        ("full", {"ects_granted": 0}, "grant_is_stated"),
        ("conditional", {"ects_granted": 0}, "grant_is_stated"),
        ("partial", {"ects_granted": None, "level_granted": "EQF 6"}, "partial_has"),
        ("partial", {"ects_granted": 0}, "(grant_is_stated|partial_has_credits)"),
        *(
            ("alternative", {field: ""}, "alternative_is_named")
            for field in ALTERNATIVE
        ),
        ("partial", {"measures_ro": ""}, "less_has_measures_and_remedy"),
        ("partial", {"measures_en": " \n"}, "less_has_measures_and_remedy"),
        ("partial", {"remedy_body": None}, "less_has_measures_and_remedy"),
        ("full", {"departs_from_proposal": True}, "departure_has_reasons"),
        (
            "full",
            {"departs_from_proposal": True, "departure_reasons_ro": "Fapte noi"},
            "departure_has_reasons",
        ),
        ("full", {"outcome": "inadmissible"}, "outcome_known"),
    ],
)
def test_decision_is_refused_by_the_database(office, outcome, changes, name):
    application = r.at(office, "in_committee")
    values = {
        **r.TERMS[outcome],
        "application": application,
        "is_as_requested": outcome == "full",
        "remedy_body": office.appeals,
        "articles": ["LRC V.1"],
        "comparison_ro": "Rezumat",
        "comparison_en": "Summary",
    }
    decision = vote(office, application)

    with pytest.raises(IntegrityError, match=f"recognition_decision_{name}"):
        RecognitionDecision.objects.create(decision=decision, **(values | changes))


@pytest.mark.parametrize("empty", ["", " ", "\n\t"])
@pytest.mark.parametrize("field", REFUSAL)
def test_refusal_is_not_even_proposed_without_its_three_fields(office, field, empty):
    application = r.at(office, "proposed")

    with pytest.raises(IntegrityError, match="proposal_refusal_is_demonstrated"):
        Proposal.objects.filter(application=application).update(
            **(r.TERMS["refused"] | {field: empty})
        )


@pytest.mark.parametrize("empty", ["", " ", "\n\t"])
@pytest.mark.parametrize(
    "field", ["essential_requirement", "evidence", "why_it_matters"]
)
def test_substantial_difference_without_its_three_fields_is_refused(
    office, field, empty
):
    application = r.at(office, "comparing")

    with pytest.raises(IntegrityError, match="row_substantial_is_demonstrated"):
        ComparisonRow.objects.filter(application=application).update(
            **(r.SUBSTANTIAL | {field: empty})
        )


def test_missing_item_says_why(office):
    application = r.at(office, "submitted")

    with pytest.raises(IntegrityError, match="missingitem_says_what_and_why"):
        MissingItem.objects.create(application=application, what="Syllabus", why="")


def test_unobtainable_item_says_why_not(office):
    application = r.at(office, "submitted")

    with pytest.raises(IntegrityError, match="missingitem_unobtainable_has_note"):
        MissingItem.objects.create(
            application=application,
            what="Syllabus",
            why="Outcomes",
            stand="unobtainable",
            settled_on=clock.today(),
            settled_by=office.oana,
        )


def request(office, application, **changes):
    return InfoRequest.objects.create(
        **{
            "application": application,
            "question": "Which edition?",
            "why": "It changed",
            "addressee": "applicant",
            "asked_at": clock.now(),
            "asked_by": office.oana,
            "paused_from": clock.today(),
            "term_on": clock.today() + timedelta(days=30),
        }
        | changes
    )


def test_request_that_others_could_answer_is_refused(office):
    with pytest.raises(IntegrityError, match="inforequest_is_indispensable"):
        request(office, r.at(office, "complete"), addressee="elsewhere")


def test_only_one_request_is_open(office):
    application = r.at(office, "complete")
    request(office, application)

    # SQLite names the columns, PostgreSQL the constraint.
    with pytest.raises(IntegrityError, match="recognition_inforequest"):
        request(office, application)


def test_verification_needs_evidence(office):
    with pytest.raises(IntegrityError, match="verification_has_evidence"):
        Verification.objects.create(
            application=r.at(office, "complete"),
            method="registry",
            result="verified_by_registry",
            checked_on=clock.today(),
            evidence="",
            recorded_at=clock.now(),
            recorded_by=office.oana,
        )


def test_assessor_does_not_judge_the_own_conflict(office):
    application = r.at(office, "comparing")

    with pytest.raises(IntegrityError, match="does_not_judge_the_own_conflict"):
        Assessor.objects.filter(application=application).update(
            declaration="cleared",
            text="Co-author",
            judgement="Fine",
            judged_at=clock.now(),
            judged_by=office.ana,
        )


@pytest.mark.parametrize(
    "table", ["verification", "recognitiondecision", "acceptedcomponent"]
)
@pytest.mark.parametrize("act", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
def test_what_was_decided_and_verified_is_append_only(office, table, act):
    application = r.at(office, "in_committee", outcome="partial")
    deciding.record_decision(
        application=application,
        resolution=r.resolution(office, "partial"),
        minutes=r.minutes(office),
        by=office.mara,
    )
    assert AcceptedComponent.objects.count() == 2
    name = f"recognition_{table}"
    column = "decision_id" if table == "recognitiondecision" else "id"

    with (
        pytest.raises(Exception, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act.format(name, column))

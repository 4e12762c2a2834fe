"""The machine as a table: each row with states, actor and guard, as the code says."""

import pytest
from django_fsm import RETURN_VALUE

from qa.transitions import status_field
from recognition.enums import ApplicationStatus
from recognition.models import RecognitionApplication

FIELD = status_field(RecognitionApplication)
ASKING = ("comparing", "complete", "proposed", "tracked", "verifying")
PROPOSAL = (
    "doubtful_document_is_on_the_standard_track",
    "assessor_is_free_of_conflict",
    "grid_is_complete",
    "substantial_differences_are_demonstrated",
    "proposal_is_reasoned",
    "proposal_states_the_grant",
    "proposal_lists_components",
    "proposal_carries_conditions",
    "proposal_names_the_alternative",
    "proposed_refusal_is_demonstrated",
    "proposed_refusal_is_the_last_resort",
    "proposal_gives_measures",
)

# (row, act): (from states, to states, actor, guard clauses)
TABLE = {
    ("B01", "submit"): (
        ("draft",),
        ("submitted",),
        "applicant, recognition officer",
        (
            "purpose_is_chosen",
            "outcome_is_asked_for",
            "information_sheet_is_accepted",
            "fee_is_recorded",
            "credential_is_described",
        ),
    ),
    ("B02", "find_incomplete"): (
        ("submitted",),
        ("incomplete",),
        "recognition officer",
        ("missing_items_have_their_why", "incompleteness_is_said_in_time"),
    ),
    ("B03", "complete"): (
        ("incomplete",),
        ("complete",),
        "recognition officer",
        ("every_item_is_settled", "clock_start_is_known"),
    ),
    ("B04", "find_complete"): (
        ("submitted",),
        ("complete",),
        "recognition officer",
        ("every_item_is_settled", "clock_starts_with_the_filing"),
    ),
    ("B07", "start_verification"): (
        ("complete",),
        ("verifying",),
        "recognition officer",
        (
            "issuer_is_resolved",
            "awarding_body_is_resolved",
            "statuses_are_judged_on_the_award_date",
            "legal_instrument_is_chosen",
        ),
    ),
    ("B08", "choose_track"): (
        ("verifying",),
        ("tracked",),
        "recognition officer",
        (
            "verification_is_recorded",
            "track_has_its_reason",
            "track_is_not_automatic",
            "doubtful_document_takes_the_standard_track",
        ),
    ),
    ("B11", "request_information"): (
        ASKING,
        ("info_requested",),
        "recognition officer, assessor",
        (
            "question_is_indispensable",
            "nobody_else_has_the_information",
            "question_was_not_asked_before",
            "first_request_or_head_agrees",
        ),
    ),
    ("B12", "resume"): (
        ("info_requested",),
        ASKING,
        "recognition officer, system",
        ("reply_arrived_or_term_is_over",),
    ),
    ("B15", "start_comparison"): (
        ("tracked",),
        ("comparing",),
        "assessor",
        ("assessor_is_free_of_conflict", "reference_requirement_is_chosen"),
    ),
    ("B17", "propose"): (("comparing",), ("proposed",), "assessor", PROPOSAL),
    ("B18", "put_on_agenda"): (
        ("proposed",),
        ("in_committee",),
        "committee secretary",
        (
            *PROPOSAL,
            "committee_is_named",
            "agenda_item_is_given",
            "meeting_follows_the_proposal",
            "meeting_is_within_a_year",
            "interested_members_are_named_recused",
        ),
    ),
    ("B20", "decide"): (
        ("in_committee",),
        ("decided",),
        "committee secretary",
        (
            "committee_of_the_item_decides",
            "committee_met_on_its_item",
            "vote_is_quorate",
            "assessor_did_not_vote",
            "applicant_did_not_vote",
            "recused_members_are_not_counted",
            "vote_is_carried",
            "reasons_are_given",
            "doubtful_document_is_on_the_standard_track",
            "outcome_is_resolved",
            "grant_is_stated",
            "components_are_listed",
            "conditions_are_complete",
            "alternative_is_named",
            "refusal_is_demonstrated",
            "refusal_is_the_last_resort",
            "measures_for_later_are_given",
            "remedy_is_named",
            "departure_has_its_reasons",
            "legal_ground_is_named",
            "legal_ground_fits_the_instrument",
            "comparison_is_summed_up",
            "signatory_is_named",
            "signatory_is_entitled",
        ),
    ),
    ("B21", "notify"): (
        ("decided",),
        ("notified",),
        "recognition officer",
        (
            "letter_is_on_file",
            "letter_states_outcome_and_grant",
            "letter_gives_reasons",
            "letter_names_ground_and_comparison",
            "letter_gives_measures_and_remedy",
            "letter_names_its_signatory",
            "delivery_is_proved",
        ),
    ),
    ("B22", "close"): (
        ("notified",),
        ("final",),
        "applicant, system",
        (
            "appeal_term_is_over_or_accepted",
            "no_condition_is_open",
            "no_appeal_is_registered",
        ),
    ),
    ("B23r", "register_appeal"): (
        ("notified",),
        ("notified",),
        "recognition officer",
        ("appeal_has_day_and_grounds", "appeal_is_registered_once"),
    ),
    ("B28", "withdraw"): (
        (
            "comparing",
            "complete",
            "draft",
            "in_committee",
            "incomplete",
            "info_requested",
            "proposed",
            "submitted",
            "tracked",
            "verifying",
        ),
        ("withdrawn",),
        "applicant",
        (),
    ),
}


RECORDED_VOTE = (
    "committee_of_the_item_decides",
    "committee_met_on_its_item",
    "vote_is_quorate",
    "assessor_did_not_vote",
    "applicant_did_not_vote",
    "recused_members_are_not_counted",
)
# Acts that move no state: {act: guard clauses}
ROWLESS = {
    "move_item": (
        "meeting_is_another",
        "move_has_its_reason",
        "meeting_follows_the_proposal",
        "meeting_is_within_a_year",
        "interested_members_are_named_recused",
    ),
    "lose_decision": RECORDED_VOTE,
}


def moves(row, act):
    return [
        move
        for move in FIELD.get_all_transitions(RecognitionApplication)
        if (move.custom["row"], move.name) == (row, act)
    ]


def targets(move):
    if isinstance(move.target, RETURN_VALUE):
        return tuple(sorted(move.target.allowed_states))
    return (str(move.target),)


def test_code_declares_exactly_these_rows():
    declared = {
        (move.custom["row"], move.name)
        for move in FIELD.get_all_transitions(RecognitionApplication)
    }
    assert declared == set(TABLE)


def test_an_application_is_opened_by_b00():
    assert [
        (opening.row, opening.actor, tuple(c.name for c in opening.guard))
        for opening in RecognitionApplication.openings
    ] == [
        (
            "B00",
            "applicant, recognition officer",
            ("rule_set_is_in_force", "paper_file_names_its_applicant"),
        )
    ]


def test_acts_without_a_row_equal_their_table():
    declared = RecognitionApplication.rowless
    assert {act.name: tuple(c.name for c in act.guard) for act in declared} == ROWLESS


@pytest.mark.parametrize(("row", "act"), sorted(TABLE), ids="-".join)
def test_row_is_as_the_table_says(row, act):
    declared = moves(row, act)
    assert (
        tuple(sorted(str(move.source) for move in declared)),
        targets(declared[0]),
        declared[0].custom["actor"],
        tuple(clause.name for clause in declared[0].conditions),
    ) == TABLE[row, act]


@pytest.mark.parametrize(("row", "act"), sorted(TABLE), ids="-".join)
def test_row_has_a_person_and_says_what_it_is(row, act):
    for move in moves(row, act):
        assert move.permission is not None
        assert move.method.__doc__


@pytest.mark.parametrize("status", ApplicationStatus.values)
def test_every_state_is_reached(status):
    reached = {"draft"} | {t for row in TABLE.values() for t in row[1]}
    assert status in reached

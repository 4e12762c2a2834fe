"""The machines as tables: each row with states, actor and guard, as the code says."""

from typing import Any

import pytest
from django.apps import apps

from qa.models import (
    Accreditation,
    Assessment,
    Challenge,
    Condition,
    ConflictDeclaration,
    PanelMember,
    Procedure,
    Report,
    Version,
)
from qa.transitions import status_field

COMPOSITION = (
    "panel_has_one_chair",
    "panel_has_a_student",
    "panel_has_enough_voting_members",
    "panel_has_enough_external_members",
    "panel_is_not_of_the_faculty",
    "panel_has_no_proposer",
)
SUBMISSION = (
    "blocking_checks_pass",
    "warnings_are_justified",
    "head_signed_this_revision",
    "self_evaluation_is_given",
    "points_are_answered",
)
ENDORSEMENT_VOTE = (
    "council_of_the_faculty_votes",
    "council_met_on_this_submission",
    "vote_is_quorate",
    "interested_members_are_recused",
)
SETTING_UP = (
    "panel_is_open",
    "officer_is_not_of_the_faculty",
    "officer_has_no_part_in_it",
    "officer_is_nominated",
)
REPORT = (
    "panel_still_complete",
    "chairs_challenge_term_is_over",
    "chairs_challenge_is_decided",
    "chairs_declaration_is_decided",
    "findings_are_complete",
    "proposal_is_present",
)
RULING = ("decider_is_not_the_member", "chair_has_no_part_in_it")
JUDGEMENT = ("judgement_has_reasons", "judge_is_not_the_owner")

# (row, act): (from states, to state, actor, guard clauses)
TABLES: dict[type, dict[tuple[str, str], tuple[Any, str, str, tuple[str, ...]]]] = {
    Procedure: {
        ("A02", "abandon"): (
            ("draft",),
            "abandoned",
            "author, coordinator",
            ("never_submitted", "reason_is_given"),
        ),
        ("A03", "submit"): (("draft",), "submitted", "coordinator", SUBMISSION),
        ("A04", "return_for_completion"): (
            ("submitted",),
            "returned",
            "QA officer",
            (
                "missing_items_are_listed",
                "first_return_or_chair_agrees",
                "checker_has_no_part_in_it",
            ),
        ),
        ("A05", "resubmit_completed"): (
            ("returned",),
            "submitted",
            "coordinator",
            (*SUBMISSION, "differs_from_returned_version"),
        ),
        ("A06", "lapse"): (
            ("returned",),
            "abandoned",
            "system",
            ("return_term_has_lapsed",),
        ),
        ("A07", "find_eligible"): (
            ("submitted",),
            "eligible",
            "QA officer",
            ("formal_checklist_is_complete", "checker_has_no_part_in_it"),
        ),
        ("A08", "endorse"): (
            ("eligible",),
            "endorsed",
            "dean's office",
            (
                *ENDORSEMENT_VOTE,
                "vote_is_carried",
                "signatory_took_part",
                "reasons_are_given",
                "endorsement_is_favourable",
            ),
        ),
        ("A08n", "refuse_endorsement"): (
            ("eligible",),
            "returned",
            "dean's office",
            (
                *ENDORSEMENT_VOTE,
                "vote_is_carried",
                "signatory_took_part",
                "reasons_are_given",
                "endorsement_is_unfavourable",
            ),
        ),
        ("A09", "open_panel"): (
            ("endorsed",),
            "panel_setup",
            "CEAC chair",
            (
                "nomination_is_recorded",
                "officers_are_named",
                "nomination_has_reasons",
                "chair_is_not_of_the_faculty",
                "chair_has_no_part_in_it",
            ),
        ),
        ("A10", "start_review"): (
            ("panel_setup",),
            "under_review",
            "CEAC chair",
            (
                *COMPOSITION,
                "panel_is_trained",
                "nobody_is_left_invited",
                "declarations_are_decided",
                "challenges_are_decided",
                "challenge_window_is_over",
                "chair_has_no_part_in_it",
            ),
        ),
        ("A11", "reopen_panel"): (
            ("under_review",),
            "panel_setup",
            "CEAC chair",
            ("composition_is_broken", "chair_has_no_part_in_it", "reason_is_given"),
        ),
        ("A12", "begin_report"): (
            ("under_review",),
            "report_draft",
            "panel chair",
            (
                "panel_still_complete",
                "all_assessments_are_submitted",
                "visit_held_or_waived",
            ),
        ),
        ("A13", "send_for_factual_check"): (
            ("report_draft",),
            "factual_check",
            "panel chair",
            REPORT,
        ),
        ("A14", "finalise_report"): (
            ("factual_check",),
            "report_final",
            "panel chair",
            (*REPORT, "reply_received_or_term_over", "remarks_are_answered"),
        ),
        ("A15", "refer_for_decision"): (
            ("report_final",),
            "awaiting_decision",
            "CEAC chair",
            (
                "ceac_opinion_is_recorded",
                "board_opinion_where_touched",
                "chair_has_no_part_in_it",
            ),
        ),
        ("A16", "decide"): (
            ("awaiting_decision",),
            "decided",
            "senate secretary",
            (
                "senate_decides",
                "body_met_on_the_final_report",
                "vote_is_quorate",
                "interested_members_are_recused",
                "vote_is_carried",
                "signatory_took_part",
                "reasons_are_given",
                "remedy_where_it_burdens",
                "conditions_are_complete",
                "departure_was_heard",
                "validity_is_within_the_rules",
            ),
        ),
    },
    Version: {
        ("V2", "freeze"): (
            ("draft",),
            "frozen",
            "coordinator",
            ("content_is_given", "procedure_was_just_submitted"),
        ),
        ("V3", "replace"): (
            ("frozen",),
            "replaced",
            "coordinator, senate secretary",
            ("later_version_or_resubmission",),
        ),
        ("V4", "approve"): (
            ("frozen",),
            "approved",
            "senate secretary",
            ("procedure_decided_positively",),
        ),
        ("V4", "reject"): (
            ("frozen",),
            "rejected",
            "senate secretary",
            ("procedure_decided_negatively",),
        ),
        ("V5", "abandon"): (
            ("draft", "frozen"),
            "abandoned",
            "author, coordinator, system",
            ("procedure_abandoned",),
        ),
    },
    PanelMember: {
        ("P2", "accept"): (
            ("invited",),
            "accepted",
            "the member",
            (
                *("panel_is_open", "panel_has_no_other_chair"),
                *("member_is_trained", "undertaking_is_given"),
            ),
        ),
        ("P3", "decline"): (
            ("invited",),
            "declined",
            "the member",
            ("reason_is_given",),
        ),
        ("P4", "recuse"): (
            ("accepted",),
            "recused",
            "the member, CEAC chair",
            ("panel_is_open", "reason_is_given", "recusal_has_a_ground"),
        ),
        ("P5", "replace"): (
            ("accepted", "declined", "invited", "recused"),
            "replaced",
            "QA officer",
            (*SETTING_UP, "successor_is_named"),
        ),
    },
    ConflictDeclaration: {
        ("D1", "declare_none"): (
            ("pending",),
            "none",
            "the member",
            ("member_has_accepted",),
        ),
        ("D2", "declare"): (
            ("pending",),
            "declared",
            "the member",
            ("member_has_accepted", "grounds_and_text_are_given"),
        ),
        ("D3", "clear"): (
            ("declared",),
            "cleared",
            "CEAC chair",
            ("reason_is_given", *RULING),
        ),
        ("D4", "uphold"): (
            ("declared",),
            "upheld",
            "CEAC chair",
            ("reason_is_given", *RULING),
        ),
    },
    Assessment: {
        ("S2", "submit"): (
            ("draft",),
            "submitted",
            "the member",
            (
                "procedure_is_under_review",
                "readings_are_complete",
                "own_challenge_term_is_over",
                "own_challenge_is_decided",
            ),
        ),
    },
    Accreditation: {
        ("A18", "enter_into_force"): (
            ("approved",),
            "in_force",
            "system",
            (
                "first_day_is_reached",
                "institution_is_accredited",
                "public_page_is_ready",
                "no_other_period_in_force",
            ),
        ),
        ("A24", "call_reevaluation"): (
            ("in_force",),
            "in_force",
            "system",
            ("notice_day_is_reached", "reevaluation_not_opened_yet"),
        ),
        ("A26", "open_extension"): (
            ("in_force",),
            "in_force",
            "system",
            (
                "last_day_is_reached",
                "extension_not_opened_yet",
                "extension_rule_is_on",
                "reevaluation_was_filed_in_time",
                "reevaluation_is_undecided",
            ),
        ),
        ("A27", "succeed"): (
            ("in_force",),
            "succeeded",
            "system",
            ("successor_starts_today",),
        ),
        ("A29", "expire"): (
            ("approved", "in_force"),
            "expired",
            "system",
            ("period_is_over", "no_extension_is_open"),
        ),
        ("A31", "withdraw"): (
            ("in_force",),
            "withdrawn",
            "senate secretary, system",
            (
                "withdrawal_was_voted",
                "senate_withdraws",
                "senate_met_while_in_force",
                "proposer_was_heard",
                "withdrawal_has_its_reasons",
                "withdrawal_has_its_remedy",
                "teach_out_plan_is_complete",
                "plan_ends_with_the_assessment",
                "plan_starts_with_the_decision",
                "withdrawal_day_is_reached",
            ),
        ),
    },
    Condition: {
        ("C2", "submit_evidence"): (
            ("open",),
            "evidence_submitted",
            "owner",
            ("evidence_is_given",),
        ),
        ("C3", "fulfil"): (
            ("evidence_submitted",),
            "fulfilled",
            "CEAC chair, recognition officer",
            JUDGEMENT,
        ),
        ("C4", "ask_for_more"): (
            ("evidence_submitted",),
            "open",
            "CEAC chair, recognition officer",
            JUDGEMENT,
        ),
    },
}

# machine: {row: (first state, actor, guard clauses)}
OPENINGS: dict[type, dict[str, tuple[str, str, tuple[str, ...]]]] = {
    Procedure: {
        "A01": (
            "draft",
            "author",
            (
                "route_is_open",
                "kind_is_open",
                "reevaluation_opens_by_itself",
                "sets_are_in_force",
                "programme_is_named",
            ),
        ),
        "A17": (
            "draft",
            "coordinator",
            (
                "predecessor_asks_to_resubmit",
                "resubmission_term_runs",
                "has_no_other_follower",
                "sets_are_in_force",
            ),
        ),
        "A24": (
            "draft",
            "system",
            ("renews_a_running_accreditation", "sets_are_in_force"),
        ),
    },
    Version: {
        "V1": (
            "draft",
            "author, system, QA officer, dean's office",
            ("procedure_is_being_drafted",),
        )
    },
    PanelMember: {
        "P1": (
            "invited",
            "QA officer",
            (
                *SETTING_UP,
                "invited_person_is_no_proposer",
                "external_is_of_another_institution",
            ),
        )
    },
    ConflictDeclaration: {"D0": ("pending", "system", ("member_has_accepted",))},
    Assessment: {
        "S1": (
            "draft",
            "CEAC chair, the member",
            ("procedure_is_under_review", "member_may_read"),
        )
    },
    Accreditation: {"A16": ("approved", "senate secretary", ("decision_is_positive",))},
    Condition: {"C1": ("open", "the decision", ("deadline_is_after_the_decision",))},
}

VOTE_ON_THE_REPORT = (
    "body_met_on_the_final_report",
    "vote_is_quorate",
    "interested_members_are_recused",
)
WITHDRAWAL_VOTE = (
    "no_withdrawal_is_decided_yet",
    "senate_withdraws",
    "senate_met_while_in_force",
    "vote_is_quorate",
    "interested_are_recused_on_withdrawal",
)
# Acts that move no state: {model: {act: guard clauses}}
ROWLESS: dict[type, dict[str, tuple[str, ...]]] = {
    Procedure: {
        "allow_further_return": ("chair_has_no_part_in_it",),
        "lose_endorsement": ENDORSEMENT_VOTE,
        "record_opinion": (
            *VOTE_ON_THE_REPORT,
            "body_gave_no_opinion_yet",
            "opinions_chair_has_no_part_in_it",
            "signatory_took_part",
            "reasons_are_given",
        ),
        "lose_opinion": (
            *VOTE_ON_THE_REPORT,
            "body_gave_no_opinion_yet",
            "opinions_chair_has_no_part_in_it",
        ),
        "lose_decision": ("senate_decides", *VOTE_ON_THE_REPORT),
    },
    Accreditation: {
        "lose_withdrawal": WITHDRAWAL_VOTE,
        "set_withdrawal": (
            *WITHDRAWAL_VOTE,
            "withdrawal_signatory_took_part",
            "withdrawal_was_voted",
            "proposer_was_heard",
            "withdrawal_has_its_reasons",
            "withdrawal_has_its_remedy",
            "teach_out_plan_is_complete",
            "plan_ends_with_the_assessment",
            "plan_starts_with_the_decision",
        ),
    },
    Report: {"save_proposal": ("proposal_is_as_sent",)},
    Condition: {
        "extend": (
            "condition_is_not_fulfilled",
            "judge_is_not_the_owner",
            "not_extended_yet",
            "extension_has_its_reason",
            "new_term_is_later",
            "new_term_is_within_validity",
        ),
    },
    Challenge: {
        "decide_challenge": (RULING[0], "decider_did_not_raise_it", RULING[1]),
    },
}


def declared_table(machine: type) -> dict[tuple[str, str], tuple[Any, ...]]:
    """The machine as its code declares it, in the shape of the table above."""
    rows: dict[tuple[str, str], tuple[Any, ...]] = {}
    for move in status_field(machine).get_all_transitions(machine):
        key = (move.custom["row"], move.name)
        earlier = rows.get(key, ((),))[0]
        rows[key] = (
            tuple(sorted({*earlier, str(move.source)})),
            str(move.target),
            move.custom["actor"],
            tuple(clause.name for clause in move.conditions),
        )
    return rows


@pytest.mark.parametrize("machine", TABLES, ids=lambda machine: machine.__name__)
def test_machine_equals_its_table(machine: type) -> None:
    assert declared_table(machine) == TABLES[machine]


@pytest.mark.parametrize("machine", OPENINGS, ids=lambda machine: machine.__name__)
def test_openings_equal_their_table(machine: type) -> None:
    field = status_field(machine)
    declared = {
        opening.row: (
            str(field.default),
            opening.actor,
            tuple(clause.name for clause in opening.guard),
        )
        for opening in machine.openings
    }

    assert declared == OPENINGS[machine]


def test_acts_without_a_row_equal_their_table() -> None:
    declared = {
        model: {act.name: tuple(c.name for c in act.guard) for act in model.rowless}
        for model in apps.get_app_config("qa").get_models()
        if hasattr(model, "rowless")
    }

    assert declared == ROWLESS


@pytest.mark.parametrize("machine", TABLES, ids=lambda machine: machine.__name__)
def test_every_transition_has_person_and_meaning(machine: type) -> None:
    for move in status_field(machine).get_all_transitions(machine):
        assert move.permission is not None
        assert move.method.__doc__
        assert all(str(clause.sentence) for clause in move.conditions)

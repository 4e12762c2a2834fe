"""Trials of the acts without a row: votes kept or lost, a proposal saved; who signs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from fixtures.demo.cast import body, holder
from qa.enums import ActKind, BodyKind, Outcome, Role
from qa.services.decision import TeachOut
from tests.guards import procedures
from tests.guards.periods import senate_met_before
from tests.guards.trial import (
    Stages,
    Trial,
    breaks,
    broken,
    procedure_at,
    ready,
    resume,
    seat_an_interested_member,
    vote,
)

P, X, R = "procedure", "accreditation", "report"
Spoil = Callable[[Stages, Trial], Any]


@breaks(P, "endorse", "signatory_took_part")
@breaks(P, "refuse_endorsement", "signatory_took_part")
@breaks(P, "decide", "signatory_took_part")
def signed_by_somebody_absent(stages: Stages, trial: Trial) -> None:
    procedures.replace_vote(stages, trial, signatory=trial.by)


@ready(P, "allow_further_return")
def allow_further_return(stages: Stages) -> Trial:
    procedure, day = procedure_at(stages, "submitted")
    by = holder(Role.CEAC_CHAIR)
    return Trial(procedure, "allow_further_return", by, day, is_rowless=True)


# Votes on a procedure


def without_row(trial: Trial, act: str) -> Trial:
    trial.act, trial.is_rowless = act, True
    return trial


@ready(P, "lose_endorsement")
def lose_endorsement(stages: Stages) -> Trial:
    trial = procedures.endorsement(stages, "lose_endorsement", "favourable")
    procedures.most_are_against(stages, trial)
    return without_row(trial, "lose_endorsement")


@ready(P, "lose_decision")
def lose_decision(stages: Stages) -> Trial:
    trial = procedures.decide(stages)
    procedures.most_are_against(stages, trial)
    return without_row(trial, "lose_decision")


def opinion(
    stages: Stages,
    act: str = "record_opinion",
    *,
    seated: bool = False,
    by_an_author: bool = False,
    **how: Any,
) -> Trial:
    """The commission's vote; lost, most are against."""
    story, of = resume(stages, "report_final"), body(BodyKind.CEAC)
    if by_an_author:
        story.procedure.micro_credential.authors.add(holder(Role.CEAC_CHAIR))
    if seated:
        seat_an_interested_member(story, BodyKind.CEAC)
    if act == "lose_opinion":
        how["against"] = len(of.members_on(story.day)) // 2 + 1
    decision = vote(story, of, ActKind.OPINION, "favourable", recuse=not seated, **how)
    by = holder(Role.CEAC_CHAIR)
    trial = Trial(story.procedure, "", by, story.day, facts={"decision": decision})
    return without_row(trial, act)


@broken(P, "record_opinion", "reasons_are_given")
def opinion_without_reasons(stages: Stages) -> Trial:
    return opinion(stages, reasons_ro=" ")


@broken(P, "record_opinion", "signatory_took_part")
def opinion_signed_by_another_body(stages: Stages) -> Trial:
    return opinion(stages, signatory=holder(Role.SENATE_SECRETARY))


def asks_for_a_larger_quorum(stages: Stages, trial: Trial) -> None:
    trial.facts["decision"].quorum = trial.facts["decision"].in_office + 1


def another_opinion_stands(stages: Stages, trial: Trial) -> None:
    story = resume(stages, "report_final")
    vote(story, body(BodyKind.CEAC), ActKind.OPINION, "unfavourable")


SPOILT: dict[str, dict[str, Spoil]] = {
    "lose_endorsement": {
        "council_of_the_faculty_votes": procedures.senate_endorses,
        "council_met_on_this_submission": procedures.council_met_before_the_submission,
        "vote_is_quorate": procedures.most_are_absent,
        "interested_members_are_recused": procedures.coordinator_votes,
    },
    "lose_decision": {
        "senate_decides": procedures.council_decides,
        "body_met_on_the_final_report": procedures.senate_met_before_the_report,
        "vote_is_quorate": procedures.most_are_absent,
        "interested_members_are_recused": procedures.coordinator_votes,
    },
}
for _act in ("record_opinion", "lose_opinion"):
    SPOILT[_act] = {
        "body_met_on_the_final_report": procedures.senate_met_before_the_report,
        "vote_is_quorate": asks_for_a_larger_quorum,
        "body_gave_no_opinion_yet": another_opinion_stands,
    }
for _act, _spoilt in SPOILT.items():
    for _clause, _spoil in _spoilt.items():
        breaks(P, _act, _clause)(_spoil)
for _act in ("record_opinion", "lose_opinion"):
    ready(P, _act)(partial(opinion, act=_act))
    broken(P, _act, "interested_members_are_recused")(
        partial(opinion, act=_act, seated=True)
    )
    broken(P, _act, "opinions_chair_has_no_part_in_it")(
        partial(opinion, act=_act, by_an_author=True)
    )


# Withdrawal of an accreditation

BURDEN = {"remedy_ro": "Plângere.", "remedy_en": "Complaint.", "remedy_days": 30}


def withdrawal(
    stages: Stages,
    act: str,
    *,
    of: BodyKind = BodyKind.SENATE,
    kind: ActKind = ActKind.DECISION,
    seated: bool = False,
    details: dict[str, Any] | None = None,
    **how: Any,
) -> Trial:
    """The senate's vote on a withdrawal, as it is stated with its plan."""
    story = resume(stages, "in_force")
    if seated:
        seat_an_interested_member(story, of)
    heard = {"hearing_on": story.day, **BURDEN, **(details or {})}
    if act == "lose_withdrawal":
        voting = [m for m in body(of).members_on(story.day) if m.votes]
        how["against"] = len(voting) // 2 + 1
    decision = vote(
        story, body(of), kind, "withdrawn", recuse=not seated, details=heard, **how
    )
    plan = TeachOut(
        withdrawn_on=story.day + timedelta(days=20),
        last_enrolment_on=story.day,
        last_assessment_on=story.day + timedelta(days=200),
        teach_out_contact="Secretariat",
        transfer_options_ro="Oferta înrudită a facultății.",
        transfer_options_en="The sister offer of the faculty.",
    )
    facts = {"decision": decision, "plan": plan}
    by = holder(Role.SENATE_SECRETARY)
    return without_row(Trial(story.period(), "", by, story.day, facts=facts), act)


def decided_before(stages: Stages, trial: Trial) -> None:
    trial.update(withdrawal=trial.thing.decision)


for _act in ("lose_withdrawal", "set_withdrawal"):
    ready(X, _act)(partial(withdrawal, act=_act))
    breaks(X, _act, "no_withdrawal_is_decided_yet")(decided_before)
    breaks(X, _act, "senate_met_while_in_force")(senate_met_before)
    breaks(X, _act, "vote_is_quorate")(asks_for_a_larger_quorum)
    broken(X, _act, "senate_withdraws")(partial(withdrawal, act=_act, of=BodyKind.CEAC))
    broken(X, _act, "interested_are_recused_on_withdrawal")(
        partial(withdrawal, act=_act, seated=True)
    )


@broken(X, "set_withdrawal", "withdrawal_signatory_took_part")
def signed_by_the_secretary(stages: Stages) -> Trial:
    secretary = holder(Role.SENATE_SECRETARY)
    return withdrawal(stages, "set_withdrawal", signatory=secretary)


@broken(X, "set_withdrawal", "withdrawal_was_voted")
def only_an_opinion(stages: Stages) -> Trial:
    return withdrawal(stages, "set_withdrawal", kind=ActKind.OPINION)


@broken(X, "set_withdrawal", "proposer_was_heard")
def nobody_heard(stages: Stages) -> Trial:
    return withdrawal(stages, "set_withdrawal", details={"hearing_on": None})


@broken(X, "set_withdrawal", "withdrawal_has_its_reasons")
def no_reasons_in_english(stages: Stages) -> Trial:
    return withdrawal(stages, "set_withdrawal", reasons_en=" ")


@broken(X, "set_withdrawal", "withdrawal_has_its_remedy")
def no_term_for_the_remedy(stages: Stages) -> Trial:
    return withdrawal(stages, "set_withdrawal", details={"remedy_days": None})


def plan_of(trial: Trial, **changes: Any) -> None:
    trial.facts["plan"] = replace(trial.facts["plan"], **changes)


@breaks(X, "set_withdrawal", "teach_out_plan_is_complete")
def no_transfer(stages: Stages, trial: Trial) -> None:
    plan_of(trial, transfer_options_en=" ")


@breaks(X, "set_withdrawal", "plan_ends_with_the_assessment")
def assessed_before_the_last_enrolment(stages: Stages, trial: Trial) -> None:
    plan_of(trial, last_assessment_on=trial.day - timedelta(days=1))


@breaks(X, "set_withdrawal", "plan_starts_with_the_decision")
def withdrawn_before_the_decision(stages: Stages, trial: Trial) -> None:
    plan_of(trial, withdrawn_on=trial.day - timedelta(days=1))


# The panel's proposal


@ready(R, "save_proposal")
def save_proposal(stages: Stages) -> Trial:
    story = resume(stages, "factual_check")
    report = story.procedure.report
    facts = {"outcome": report.proposed_outcome, "reasons": report.proposal_reasons}
    trial = Trial(report, "", story.chair(), story.day, facts=facts)
    return without_row(trial, "save_proposal")


@breaks(R, "save_proposal", "proposal_is_as_sent")
def another_outcome(stages: Stages, trial: Trial) -> None:
    trial.facts["outcome"] = Outcome.REJECTED

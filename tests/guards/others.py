"""Trials of versions, panel members, declarations, assessments, and every opening."""

from datetime import timedelta
from typing import Any

from fixtures.demo.cast import holder
from qa import clock
from qa.enums import ActKind, PanelRole, Role
from qa.models import (
    Assessment,
    ConflictDeclaration,
    PanelMember,
    Procedure,
    Reading,
    User,
    Version,
)
from qa.services.people import system_actor
from tests.guards.periods import period_at, submit_evidence
from tests.guards.trial import (
    Stages,
    Trial,
    breaks,
    procedure_at,
    ready,
    update,
)

V, M, D, A, X, C = (
    "version",
    "panelmember",
    "conflictdeclaration",
    "assessment",
    "accreditation",
    "condition",
)


def decided(procedure: Procedure, outcome: str) -> None:
    today = clock.today()
    term = {"resubmit_until": today} if outcome == "resubmit" else {}
    update(procedure, status="decided", outcome=outcome, decided_on=today, **term)


# Version


@ready(V, "freeze")
def freeze(stages: Stages) -> Trial:
    procedure, day = procedure_at(stages, "draft")
    update(
        procedure,
        status="submitted",
        submitted_at=clock.now(),
        submitted_by=procedure.coordinator,
        registry_number="1/2026",
    )
    version = Version.objects.get(pk=procedure.version_id)
    update(version, frozen_content={"title_ro": "…"})
    facts = {"sha256": "0" * 64}
    return Trial(version, "freeze", procedure.coordinator, day, facts=facts)


@breaks(V, "freeze", "content_is_given")
def no_hash(stages: Stages, trial: Trial) -> None:
    trial.facts = {}


@breaks(V, "freeze", "procedure_was_just_submitted")
def still_a_draft(stages: Stages, trial: Trial) -> None:
    update(trial.procedure, status="draft")


def frozen_version(stages: Stages, act: str, outcome: str) -> Trial:
    procedure, day = procedure_at(stages, "awaiting_decision")
    version = Version.objects.get(pk=procedure.version_id)
    decided(procedure, outcome)
    return Trial(version, act, holder(Role.SENATE_SECRETARY), day)


@ready(V, "replace")
def replace_version(stages: Stages) -> Trial:
    return frozen_version(stages, "replace", "resubmit")


@ready(V, "approve")
def approve_version(stages: Stages) -> Trial:
    return frozen_version(stages, "approve", "approved")


@ready(V, "reject")
def reject_version(stages: Stages) -> Trial:
    return frozen_version(stages, "reject", "rejected")


@breaks(V, "replace", "later_version_or_resubmission")
@breaks(V, "approve", "procedure_decided_positively")
@breaks(V, "reject", "procedure_decided_negatively")
def undecided(stages: Stages, trial: Trial) -> None:
    update(trial.procedure, status="awaiting_decision", outcome="", decided_on=None)


@ready(V, "abandon")
def abandon_version(stages: Stages) -> Trial:
    procedure, day = procedure_at(stages, "draft")
    update(
        procedure,
        status="abandoned",
        abandoned_at=clock.now(),
        abandoned_by=procedure.coordinator,
    )
    version = Version.objects.get(pk=procedure.version_id)
    return Trial(version, "abandon", procedure.coordinator, day)


@breaks(V, "abandon", "procedure_abandoned")
def not_abandoned(stages: Stages, trial: Trial) -> None:
    update(trial.procedure, status="draft", abandoned_at=None, abandoned_by=None)


# Panel members


def member_at(stages: Stages, name: str) -> tuple[PanelMember, Any]:
    procedure, day = procedure_at(stages, name)
    return procedure.members.get(role=PanelRole.STUDENT), day


@ready(M, "accept")
def accept(stages: Stages) -> Trial:
    member, day = member_at(stages, "panel_setup")
    return Trial(member, "accept", member.user, day, facts={"undertaking": True})


@breaks(M, "accept", "undertaking_is_given")
def no_undertaking(stages: Stages, trial: Trial) -> None:
    trial.facts = {}


@breaks(M, "accept", "member_is_trained")
def training_ran_out(stages: Stages, trial: Trial) -> None:
    months = trial.procedure.rule_set.panel_training_months
    stale = clock.add_months(trial.day, -months) - timedelta(days=1)
    update(trial.by, trained_on=stale)


@breaks(M, "accept", "panel_has_no_other_chair")
def chair_sits_already(stages: Stages, trial: Trial) -> None:
    first = trial.procedure.members.get(role=PanelRole.CHAIR)
    update(first, status="accepted", undertaking_at=clock.now())
    trial.update(role=PanelRole.CHAIR)


@ready(M, "decline")
def decline(stages: Stages) -> Trial:
    member, day = member_at(stages, "panel_setup")
    return Trial(member, "decline", member.user, day)


@ready(M, "recuse")
def recuse(stages: Stages) -> Trial:
    member, day = member_at(stages, "panel_ready")
    return Trial(member, "recuse", member.user, day)


@breaks(M, "decline", "reason_is_given")
@breaks(M, "recuse", "reason_is_given")
@breaks(D, "clear", "reason_is_given")
@breaks(D, "uphold", "reason_is_given")
@breaks(C, "submit_evidence", "evidence_is_given")
@breaks(C, "fulfil", "judgement_has_reasons")
@breaks(C, "ask_for_more", "judgement_has_reasons")
def nothing_said(stages: Stages, trial: Trial) -> None:
    trial.reason = ""


@breaks(M, "recuse", "recusal_has_a_ground")
def chair_without_ground(stages: Stages, trial: Trial) -> None:
    trial.by = holder(Role.CEAC_CHAIR)


@ready(M, "replace")
def replace_member(stages: Stages) -> Trial:
    member, day = member_at(stages, "panel_ready")
    officer = holder(Role.QA_OFFICER)
    successor = PanelMember.objects.create(
        procedure=member.procedure,
        user=holder(Role.BOARD_SECRETARY),
        role=PanelRole.STUDENT,
        invited_at=clock.now(),
        invited_by=officer,
    )
    return Trial(member, "replace", officer, day, facts={"successor": successor})


@breaks(M, "accept", "panel_is_open")
@breaks(M, "recuse", "panel_is_open")
@breaks(M, "replace", "panel_is_open")
def report_is_final(stages: Stages, trial: Trial) -> None:
    update(trial.procedure, status="report_final")


@breaks(M, "P1", "officer_is_not_of_the_faculty")
@breaks(M, "replace", "officer_is_not_of_the_faculty")
def officer_of_the_faculty(stages: Stages, trial: Trial) -> None:
    update(trial.by, unit=trial.procedure.micro_credential.unit)


@breaks(M, "P1", "officer_has_no_part_in_it")
@breaks(M, "replace", "officer_has_no_part_in_it")
def officer_is_author(stages: Stages, trial: Trial) -> None:
    trial.procedure.micro_credential.authors.add(trial.by)


@breaks(M, "P1", "officer_is_nominated")
@breaks(M, "replace", "officer_is_nominated")
def officer_came_later(stages: Stages, trial: Trial) -> None:
    trial.by = User.objects.create(email="later@cast.example")
    trial.by.appointments.create(role=Role.QA_OFFICER, valid_from=trial.day)


@breaks(M, "replace", "successor_is_named")
def no_successor(stages: Stages, trial: Trial) -> None:
    trial.facts = {}


# Conflict declarations


@ready(D, "declare_none")
def declare_none(stages: Stages) -> Trial:
    member, day = member_at(stages, "panel_accepted")
    return Trial(member.declaration, "declare_none", member.user, day)


@ready(D, "declare")
def declare(stages: Stages) -> Trial:
    trial = declare_none(stages)
    trial.act = "declare"
    trial.update(grounds=["co_authorship"], text="One joint article in 2024.")
    return trial


@breaks(D, "declare_none", "member_has_accepted")
@breaks(D, "declare", "member_has_accepted")
def only_invited(stages: Stages, trial: Trial) -> None:
    update(trial.thing.member, status="invited")


@breaks(D, "declare", "grounds_and_text_are_given")
def no_ground_ticked(stages: Stages, trial: Trial) -> None:
    trial.update(grounds=[])


def declared(stages: Stages, act: str) -> Trial:
    trial = declare(stages)
    trial.update(status="declared")
    trial.act, trial.by = act, holder(Role.CEAC_CHAIR)
    return trial


@ready(D, "clear")
def clear(stages: Stages) -> Trial:
    return declared(stages, "clear")


@ready(D, "uphold")
def uphold(stages: Stages) -> Trial:
    return declared(stages, "uphold")


@breaks(D, "clear", "chair_has_no_part_in_it")
@breaks(D, "uphold", "chair_has_no_part_in_it")
@breaks("challenge", "decide_challenge", "chair_has_no_part_in_it")
def chair_is_author(stages: Stages, trial: Trial) -> None:
    trial.procedure.micro_credential.authors.add(trial.by)


@breaks(D, "clear", "decider_is_not_the_member")
@breaks(D, "uphold", "decider_is_not_the_member")
def chair_is_the_member(stages: Stages, trial: Trial) -> None:
    update(trial.thing.member, user=trial.by)


# Challenges


@ready("challenge", "decide_challenge")
def decide_challenge(stages: Stages) -> Trial:
    member, day = member_at(stages, "panel_ready")
    raised = member.challenges.create(
        reasons="A joint grant.",
        raised_at=clock.now(),
        raised_by=member.procedure.coordinator,
    )
    by = holder(Role.CEAC_CHAIR)
    return Trial(raised, "decide_challenge", by, day, is_rowless=True)


@breaks("challenge", "decide_challenge", "decider_is_not_the_member")
def chair_is_challenged(stages: Stages, trial: Trial) -> None:
    update(trial.thing.member, user=trial.by)


@breaks("challenge", "decide_challenge", "decider_did_not_raise_it")
def chair_challenged(stages: Stages, trial: Trial) -> None:
    trial.update(raised_by=trial.by)


# Assessments


@ready(A, "submit")
def submit_assessment(stages: Stages) -> Trial:
    member, day = member_at(stages, "under_review")
    texts = dict.fromkeys(("evidence", "analysis", "conclusion"), "Text.")
    Reading.objects.bulk_create(
        Reading(
            assessment=member.assessment, standard=standard, rating="compliant", **texts
        )
        for standard in member.procedure.standard_set.standards.all()
    )
    return Trial(member.assessment, "submit", member.user, day)


@breaks(A, "submit", "own_challenge_term_is_over")
def joined_a_week_ago(stages: Stages, trial: Trial) -> None:
    update(trial.thing.member, challenge_until=trial.day)


@breaks(A, "submit", "own_challenge_is_decided")
def challenged(stages: Stages, trial: Trial) -> None:
    trial.thing.member.challenges.create(
        reasons="A cousin.",
        raised_at=clock.now(),
        raised_by=trial.procedure.coordinator,
    )


@breaks(A, "submit", "procedure_is_under_review")
def review_stopped(stages: Stages, trial: Trial) -> None:
    update(trial.procedure, status="panel_setup")


@breaks(A, "submit", "readings_are_complete")
def rating_without_analysis(stages: Stages, trial: Trial) -> None:
    update(trial.thing.readings.first(), analysis="")


# Openings


def opening(thing: Any, row: str, by: Any, day: Any) -> Trial:
    return Trial(thing, "open", by, day, opening=row)


@ready("procedure", "A01")
def a01(stages: Stages) -> Trial:
    procedure, day = procedure_at(stages, "draft")
    return opening(procedure, "A01", procedure.opened_by, day)


@breaks("procedure", "A01", "route_is_open")
def joint_route(stages: Stages, trial: Trial) -> None:
    trial.update(route="R5")


@breaks("procedure", "A01", "kind_is_open")
def change_procedure(stages: Stages, trial: Trial) -> None:
    trial.update(kind="change")


@breaks("procedure", "A01", "reevaluation_opens_by_itself")
def opened_by_hand(stages: Stages, trial: Trial) -> None:
    trial.thing.kind = "periodic"


@breaks("procedure", "A01", "sets_are_in_force")
@breaks("procedure", "A17", "sets_are_in_force")
@breaks("procedure", "A24", "sets_are_in_force")
def rules_of_the_past(stages: Stages, trial: Trial) -> None:
    trial.thing.rule_set.valid_to = trial.day - timedelta(days=1)


@breaks("procedure", "A01", "programme_is_named")
def r2_without_programme(stages: Stages, trial: Trial) -> None:
    trial.thing.route, trial.thing.part_of_programme = "R2", ""


@ready("procedure", "A17")
def a17(stages: Stages) -> Trial:
    earlier, day = procedure_at(stages, "resubmit")
    procedure, _day = procedure_at(stages, "draft")
    update(procedure, follows=earlier)
    return opening(procedure, "A17", earlier.coordinator, day)


@breaks("procedure", "A17", "predecessor_asks_to_resubmit")
def predecessor_was_approved(stages: Stages, trial: Trial) -> None:
    update(trial.thing.follows, outcome="approved")


@breaks("procedure", "A17", "resubmission_term_runs")
def a_year_later(stages: Stages, trial: Trial) -> None:
    trial.day = clock.add_months(trial.day, 13)


@breaks("procedure", "A17", "has_no_other_follower")
def followed_twice(stages: Stages, trial: Trial) -> None:
    other, _day = procedure_at(stages, "returned")
    update(other, follows=trial.thing.follows)


@ready("procedure", "A24")
def a24(stages: Stages) -> Trial:
    procedure, day = procedure_at(stages, "reevaluation")
    return opening(procedure, "A24", system_actor(), day)


@breaks("procedure", "A24", "renews_a_running_accreditation")
def before_the_notice(stages: Stages, trial: Trial) -> None:
    trial.day = trial.thing.renews.notice_on - timedelta(days=1)


@ready(V, "V1")
def v1(stages: Stages) -> Trial:
    procedure, day = procedure_at(stages, "draft")
    version = Version.objects.get(pk=procedure.version_id)
    return opening(version, "V1", procedure.coordinator, day)


@breaks(V, "V1", "procedure_is_being_drafted")
def procedure_submitted(stages: Stages, trial: Trial) -> None:
    update(
        trial.procedure,
        status="submitted",
        submitted_at=clock.now(),
        submitted_by=trial.by,
        registry_number="1/2026",
    )
    trial.thing.procedure = Procedure.objects.get(pk=trial.procedure.pk)


@ready(M, "P1")
def p1(stages: Stages) -> Trial:
    member, day = member_at(stages, "panel_setup")
    return opening(member, "P1", holder(Role.QA_OFFICER), day)


@breaks(M, "P1", "panel_is_open")
@breaks(A, "S1", "procedure_is_under_review")
def not_a_panel_state(stages: Stages, trial: Trial) -> None:
    update(trial.procedure, status="endorsed")
    trial.thing.procedure = Procedure.objects.get(pk=trial.procedure.pk)


@breaks(M, "P1", "invited_person_is_no_proposer")
def proposer_invited(stages: Stages, trial: Trial) -> None:
    trial.procedure.micro_credential.authors.add(trial.thing.user)


@breaks(M, "P1", "external_is_of_another_institution")
def own_person_as_external(stages: Stages, trial: Trial) -> None:
    update(trial.thing, is_external=True)
    update(trial.thing.user, unit=trial.procedure.micro_credential.unit)


@ready(D, "D0")
def d0(stages: Stages) -> Trial:
    member, day = member_at(stages, "panel_accepted")
    return opening(member.declaration, "D0", system_actor(), day)


@breaks(D, "D0", "member_has_accepted")
def not_accepted(stages: Stages, trial: Trial) -> None:
    update(trial.thing.member, status="declined", left_reason="Busy.")
    member = PanelMember.objects.get(pk=trial.thing.member.pk)
    trial.thing = ConflictDeclaration.objects.get(member=member)


@ready(A, "S1")
def s1(stages: Stages) -> Trial:
    member, day = member_at(stages, "under_review")
    return opening(member.assessment, "S1", member.user, day)


@breaks(A, "S1", "member_may_read")
def conflict_open(stages: Stages, trial: Trial) -> None:
    ConflictDeclaration.objects.filter(member=trial.thing.member).update(
        status="pending"
    )
    trial.thing = Assessment.objects.get(pk=trial.thing.pk)


@ready(X, "A16")
def a16(stages: Stages) -> Trial:
    period = period_at(stages, "approved")
    return opening(period, "A16", holder(Role.SENATE_SECRETARY), period.valid_from)


@breaks(X, "A16", "decision_is_positive")
def decision_was_an_opinion(stages: Stages, trial: Trial) -> None:
    trial.thing.decision = trial.procedure.decisions.filter(
        kind=ActKind.OPINION
    ).first()


@ready(C, "C1")
def c1(stages: Stages) -> Trial:
    trial = submit_evidence(stages)
    recorder = trial.thing.decision.recorded_by
    return opening(trial.thing, "C1", recorder, trial.day)


@breaks(C, "C1", "deadline_is_after_the_decision")
def deadline_passed(stages: Stages, trial: Trial) -> None:
    trial.update(deadline=trial.thing.decision.decided_on)

"""Trials of the procedure's rows A02 to A11 and A16."""

from datetime import timedelta
from typing import Any

from fixtures.demo.cast import body, holder, instant
from qa import clock, content
from qa.enums import (
    ActKind,
    BodyKind,
    Outcome,
    PanelRole,
    ProcedureKind,
    Role,
)
from qa.guards.submission import FORMAL_CHECKLIST
from qa.models import (
    Accreditation,
    Challenge,
    Condition,
    ConflictDeclaration,
    PanelMember,
    Procedure,
    Report,
    RuleSet,
)
from qa.services.people import system_actor
from tests.guards.trial import (
    Stages,
    Trial,
    breaks,
    procedure_at,
    ready,
    resume,
    seat,
    seat_an_interested_member,
    update,
    vote,
)

P = "procedure"
# The stage at which the vote of an act is taken; the others vote on endorsing.
VOTED_AT = {
    "decide": "awaiting_decision",
    "lose_decision": "awaiting_decision",
}


# A02


@ready(P, "abandon")
def abandon(stages: Stages) -> Trial:
    procedure, day = procedure_at(stages, "draft")
    return Trial(procedure, "abandon", procedure.coordinator, day)


@breaks(P, "abandon", "never_submitted")
def submitted_once(stages: Stages, trial: Trial) -> None:
    trial.update(first_submitted_on=trial.day)


@breaks(P, "abandon", "reason_is_given")
@breaks(P, "reopen_panel", "reason_is_given")
def no_reason(stages: Stages, trial: Trial) -> None:
    trial.reason = " "


# A03, A05


@ready(P, "submit")
def submit(stages: Stages) -> Trial:
    procedure, day = procedure_at(stages, "draft")
    facts = {"registry_number": "1/01.02.2026"}
    return Trial(procedure, "submit", procedure.coordinator, day, facts=facts)


@ready(P, "resubmit_completed")
def resubmit_completed(stages: Stages) -> Trial:
    story = resume(stages, "returned").wait(2).complete().wait(1).sign()
    procedure = story.refresh()
    _content, digest = content.canonical_and_hash(procedure.version)
    facts = {"registry_number": "2/01.02.2026", "sha256": digest}
    return Trial(
        procedure, "resubmit_completed", procedure.coordinator, story.day, facts=facts
    )


def both(clause: str) -> Any:
    """The same break for a first submission and for one after a return."""

    def remember(spoil: Any) -> Any:
        breaks(P, "submit", clause)(spoil)
        breaks(P, "resubmit_completed", clause)(spoil)
        return spoil

    return remember


@both("blocking_checks_pass")
def no_english_title(stages: Stages, trial: Trial) -> None:
    update(trial.procedure.version, title_en="")


@both("warnings_are_justified")
def nobody_consulted(stages: Stages, trial: Trial) -> None:
    version = trial.procedure.version
    version.consultations.all().delete()
    version.justifications.all().delete()


@both("head_signed_this_revision")
def not_signed(stages: Stages, trial: Trial) -> None:
    trial.procedure.version.sign_offs.all().delete()


@both("self_evaluation_is_given")
def no_self_evaluation(stages: Stages, trial: Trial) -> None:
    renewed, _day = procedure_at(stages, "in_force")
    period = Accreditation.objects.get(procedure=renewed)
    trial.update(kind=ProcedureKind.PERIODIC, renews=period, self_evaluation="")


@both("points_are_answered")
def decision_not_answered(stages: Stages, trial: Trial) -> None:
    earlier, _day = procedure_at(stages, "resubmit")
    trial.update(follows=earlier, answer_to_decision="")
    answer_points(trial.procedure, earlier)


@both("points_are_answered")
def one_point_not_answered(stages: Stages, trial: Trial) -> None:
    earlier, _day = procedure_at(stages, "resubmit")
    trial.update(follows=earlier, answer_to_decision="Rebuilt.")
    answer_points(trial.procedure, earlier)
    trial.procedure.point_answers.last().delete()


def answer_points(procedure: Procedure, earlier: Procedure) -> None:
    for point in earlier.report.asking_points:
        procedure.point_answers.create(point=point, answer="Done.")


@breaks(P, "resubmit_completed", "differs_from_returned_version")
def changed_and_changed_back(stages: Stages, trial: Trial) -> None:
    version = trial.procedure.version
    returned = trial.procedure.versions.exclude(pk=version.pk).get()
    same = content.copy_content(returned, version, by=trial.by)
    trial.facts["sha256"] = content.canonical_and_hash(same)[1]
    same.sign_offs.update(revision=same.revision)


# A04, A06, A07


@ready(P, "return_for_completion")
def return_for_completion(stages: Stages) -> Trial:
    procedure, day = procedure_at(stages, "submitted")
    facts = {"items": 1, "term": day + timedelta(days=30)}
    by = holder(Role.QA_OFFICER)
    return Trial(procedure, "return_for_completion", by, day, facts=facts)


@breaks(P, "return_for_completion", "missing_items_are_listed")
def no_items(stages: Stages, trial: Trial) -> None:
    trial.facts["items"] = 0


@breaks(P, "return_for_completion", "first_return_or_chair_agrees")
def returned_before(stages: Stages, trial: Trial) -> None:
    trial.update(returns_used=1)


@ready(P, "lapse")
def lapse(stages: Stages) -> Trial:
    procedure, _day = procedure_at(stages, "returned")
    late = procedure.return_term_on + timedelta(
        days=procedure.rule_set.lapse_after_days + 1
    )
    return Trial(procedure, "lapse", system_actor(), late)


@breaks(P, "lapse", "return_term_has_lapsed")
def still_in_grace(stages: Stages, trial: Trial) -> None:
    trial.day -= timedelta(days=1)


@ready(P, "find_eligible")
def find_eligible(stages: Stages) -> Trial:
    procedure, day = procedure_at(stages, "submitted")
    facts = {"checklist": [code for code, _label in FORMAL_CHECKLIST]}
    by = holder(Role.QA_OFFICER)
    return Trial(procedure, "find_eligible", by, day, facts=facts)


@breaks(P, "find_eligible", "formal_checklist_is_complete")
def one_line_unsigned(stages: Stages, trial: Trial) -> None:
    trial.facts["checklist"].pop()


@breaks(P, "return_for_completion", "checker_has_no_part_in_it")
@breaks(P, "find_eligible", "checker_has_no_part_in_it")
def checker_is_author(stages: Stages, trial: Trial) -> None:
    trial.procedure.micro_credential.authors.add(trial.by)


# A08, A08n


def endorsement(stages: Stages, act: str, outcome: str, **how: Any) -> Trial:
    story = resume(stages, "eligible")
    council = body(BodyKind.FACULTY_COUNCIL, story.unit)
    decision = vote(story, council, ActKind.ENDORSEMENT, outcome, **how)
    facts = {"decision": decision, "term": story.day + timedelta(days=30)}
    by = holder(Role.DEANS_OFFICE, story.unit)
    return Trial(story.procedure, act, by, story.day, facts=facts)


def replace_vote(stages: Stages, trial: Trial, **how: Any) -> None:
    """The same act on another vote of the same body."""
    story = resume(stages, VOTED_AT.get(trial.act, "eligible"))
    earlier = trial.facts["decision"]
    details = how.pop("details", None)
    if details is None and earlier.valid_from:
        details = {"valid_from": earlier.valid_from, "valid_to": earlier.valid_to}
    trial.facts["decision"] = vote(
        story,
        earlier.body,
        earlier.kind,
        how.pop("outcome", earlier.outcome),
        details=details or {},
        **how,
    )


@ready(P, "endorse")
def endorse(stages: Stages) -> Trial:
    return endorsement(stages, "endorse", "favourable")


@ready(P, "refuse_endorsement")
def refuse_endorsement(stages: Stages) -> Trial:
    return endorsement(stages, "refuse_endorsement", "unfavourable")


@breaks(P, "endorse", "vote_is_quorate")
@breaks(P, "refuse_endorsement", "vote_is_quorate")
@breaks(P, "decide", "vote_is_quorate")
def most_are_absent(stages: Stages, trial: Trial) -> None:
    in_office = trial.facts["decision"].in_office
    replace_vote(stages, trial, absent=in_office - in_office // 3)


@breaks(P, "endorse", "vote_is_carried")
@breaks(P, "refuse_endorsement", "vote_is_carried")
@breaks(P, "decide", "vote_is_carried")
def most_are_against(stages: Stages, trial: Trial) -> None:
    in_office = trial.facts["decision"].in_office
    replace_vote(stages, trial, against=in_office // 2 + 1)


@breaks(P, "endorse", "interested_members_are_recused")
@breaks(P, "refuse_endorsement", "interested_members_are_recused")
@breaks(P, "decide", "interested_members_are_recused")
def coordinator_votes(stages: Stages, trial: Trial) -> None:
    story = resume(stages, VOTED_AT.get(trial.act, "eligible"))
    seat_an_interested_member(story, BodyKind(trial.facts["decision"].body.kind))
    replace_vote(stages, trial, recuse=False)


@breaks(P, "endorse", "council_of_the_faculty_votes")
@breaks(P, "refuse_endorsement", "council_of_the_faculty_votes")
def senate_endorses(stages: Stages, trial: Trial) -> None:
    story = resume(stages, "eligible")
    earlier = trial.facts["decision"]
    trial.facts["decision"] = vote(
        story, body(BodyKind.SENATE), earlier.kind, earlier.outcome
    )


@breaks(P, "endorse", "council_met_on_this_submission")
@breaks(P, "refuse_endorsement", "council_met_on_this_submission")
def council_met_before_the_submission(stages: Stages, trial: Trial) -> None:
    met_on = trial.facts["decision"].decided_on
    trial.update(submitted_at=instant(met_on + timedelta(days=1)))


@breaks(P, "decide", "senate_decides")
def council_decides(stages: Stages, trial: Trial) -> None:
    story = resume(stages, "awaiting_decision")
    earlier = trial.facts["decision"]
    trial.facts["decision"] = vote(
        story,
        body(BodyKind.FACULTY_COUNCIL, story.unit),
        earlier.kind,
        earlier.outcome,
        details={"valid_from": earlier.valid_from, "valid_to": earlier.valid_to},
    )


@breaks(P, "decide", "body_met_on_the_final_report")
def senate_met_before_the_report(stages: Stages, trial: Trial) -> None:
    trial.update(report_final_on=trial.facts["decision"].decided_on + timedelta(days=1))


@breaks(P, "endorse", "endorsement_is_favourable")
def motion_is_unfavourable(stages: Stages, trial: Trial) -> None:
    replace_vote(stages, trial, outcome="unfavourable")


@breaks(P, "refuse_endorsement", "endorsement_is_unfavourable")
def motion_is_favourable(stages: Stages, trial: Trial) -> None:
    replace_vote(stages, trial, outcome="favourable")


@breaks(P, "endorse", "reasons_are_given")
@breaks(P, "refuse_endorsement", "reasons_are_given")
@breaks(P, "decide", "reasons_are_given")
def reasons_in_one_language(stages: Stages, trial: Trial) -> None:
    replace_vote(stages, trial, reasons_en="")


# A09 to A11


@ready(P, "open_panel")
def open_panel(stages: Stages) -> Trial:
    story = resume(stages, "endorsed")
    decision = vote(story, body(BodyKind.CEAC), ActKind.NOMINATION, "nominated")
    officer = decision.officers.create(user=holder(Role.QA_OFFICER))
    facts = {"decision": decision, "officers": [officer]}
    facts["challenge_until"] = story.day + timedelta(days=7)
    by = holder(Role.CEAC_CHAIR)
    return Trial(story.procedure, "open_panel", by, story.day, facts=facts)


@breaks(P, "open_panel", "nomination_is_recorded")
def no_nomination(stages: Stages, trial: Trial) -> None:
    del trial.facts["decision"]


@breaks(P, "open_panel", "officers_are_named")
def officer_of_the_faculty(stages: Stages, trial: Trial) -> None:
    update(trial.facts["officers"][0].user, unit=trial.procedure.micro_credential.unit)


@breaks(P, "open_panel", "nomination_has_reasons")
def nobody_is_named(stages: Stages, trial: Trial) -> None:
    trial.facts["decision"].reasons_ro = trial.facts["decision"].reasons_en = " "


@breaks(P, "open_panel", "chair_is_not_of_the_faculty")
def chair_of_the_faculty(stages: Stages, trial: Trial) -> None:
    trial.by.unit = trial.procedure.micro_credential.unit
    trial.by.save()


@breaks(P, "open_panel", "chair_has_no_part_in_it")
@breaks(P, "start_review", "chair_has_no_part_in_it")
@breaks(P, "reopen_panel", "chair_has_no_part_in_it")
@breaks(P, "refer_for_decision", "chair_has_no_part_in_it")
@breaks(P, "allow_further_return", "chair_has_no_part_in_it")
def chair_is_author(stages: Stages, trial: Trial) -> None:
    trial.procedure.micro_credential.authors.add(trial.by)


@ready(P, "start_review")
def start_review(stages: Stages) -> Trial:
    procedure, _day = procedure_at(stages, "panel_ready")
    day = procedure.challenge_until + timedelta(days=1)
    return Trial(procedure, "start_review", holder(Role.CEAC_CHAIR), day)


@breaks(P, "start_review", "panel_has_one_chair")
def no_chair(stages: Stages, trial: Trial) -> None:
    update(seat(trial, PanelRole.CHAIR), role=PanelRole.ACADEMIC)


@breaks(P, "start_review", "panel_has_a_student")
def no_student(stages: Stages, trial: Trial) -> None:
    update(seat(trial), role=PanelRole.ACADEMIC)


@breaks(P, "start_review", "panel_has_enough_voting_members")
def more_voting_members_asked(stages: Stages, trial: Trial) -> None:
    RuleSet.objects.update(panel_min_voting=trial.procedure.members.count() + 1)


@breaks(P, "start_review", "panel_has_enough_external_members")
@breaks(P, "begin_report", "panel_still_complete")
@breaks(P, "send_for_factual_check", "panel_still_complete")
@breaks(P, "finalise_report", "panel_still_complete")
def nobody_external(stages: Stages, trial: Trial) -> None:
    trial.procedure.members.update(is_external=False)


@breaks(P, "start_review", "panel_is_not_of_the_faculty")
def member_of_the_faculty(stages: Stages, trial: Trial) -> None:
    update(seat(trial).user, unit=trial.procedure.micro_credential.unit)


@breaks(P, "start_review", "panel_has_no_proposer")
def member_is_author(stages: Stages, trial: Trial) -> None:
    trial.procedure.micro_credential.authors.add(seat(trial).user)


@breaks(P, "start_review", "panel_is_trained")
def training_is_stale(stages: Stages, trial: Trial) -> None:
    months = trial.procedure.rule_set.panel_training_months
    member = seat(trial)
    taken = clock.local_day(member.undertaking_at)
    update(member, trained_on=clock.add_months(taken, -months) - timedelta(days=1))


@breaks(P, "start_review", "nobody_is_left_invited")
def somebody_invited(stages: Stages, trial: Trial) -> None:
    PanelMember.objects.create(
        procedure=trial.procedure,
        user=trial.procedure.members.first().invited_by,
        role=PanelRole.OBSERVER,
        invited_at=clock.now(),
        invited_by=trial.by,
    )


@breaks(P, "start_review", "declarations_are_decided")
def declaration_pending(stages: Stages, trial: Trial) -> None:
    ConflictDeclaration.objects.filter(member=seat(trial)).update(status="pending")


@breaks(P, "start_review", "challenges_are_decided")
def open_challenge(stages: Stages, trial: Trial) -> None:
    Challenge.objects.create(
        member=seat(trial),
        reasons="A joint grant.",
        raised_at=clock.now(),
        raised_by=trial.procedure.coordinator,
    )


@breaks(P, "start_review", "challenge_window_is_over")
def window_open(stages: Stages, trial: Trial) -> None:
    trial.day = trial.procedure.challenge_until


@ready(P, "reopen_panel")
def reopen_panel(stages: Stages) -> Trial:
    procedure, day = procedure_at(stages, "under_review")
    trial = Trial(procedure, "reopen_panel", holder(Role.CEAC_CHAIR), day)
    trial.facts = {"challenge_until": day + timedelta(days=7)}
    update(seat(trial), status="recused", left_reason="Illness.")
    return trial


@breaks(P, "reopen_panel", "composition_is_broken")
def panel_is_whole(stages: Stages, trial: Trial) -> None:
    update(seat(trial), status="accepted")


# A16


@ready(P, "decide")
def decide(stages: Stages) -> Trial:
    story = resume(stages, "awaiting_decision")
    first = story.day + timedelta(days=14)
    details = {"valid_from": first, "valid_to": clock.add_months(first, 36)}
    decision = vote(
        story,
        body(BodyKind.SENATE),
        ActKind.DECISION,
        Outcome.APPROVED,
        details=details,
    )
    by = holder(Role.SENATE_SECRETARY)
    return Trial(story.procedure, "decide", by, story.day, facts={"decision": decision})


@breaks(P, "decide", "remedy_where_it_burdens")
def burden_without_remedy(stages: Stages, trial: Trial) -> None:
    Report.objects.filter(procedure=trial.procedure).update(
        proposed_outcome=Outcome.REJECTED
    )
    replace_vote(stages, trial, outcome=Outcome.REJECTED, details={"remedy_ro": ""})


@breaks(P, "decide", "conditions_are_complete")
def condition_on_plain_approval(stages: Stages, trial: Trial) -> None:
    Condition.objects.create(
        decision=trial.facts["decision"],
        text_ro="Condiție.",
        text_en="Condition.",
        evidence_required_ro="Dovadă.",
        evidence_required_en="Evidence.",
        deadline=trial.day + timedelta(days=90),
        owner=trial.procedure.coordinator,
    )


@breaks(P, "decide", "departure_was_heard")
def unheard_departure(stages: Stages, trial: Trial) -> None:
    Report.objects.filter(procedure=trial.procedure).update(
        proposed_outcome=Outcome.REJECTED
    )


@breaks(P, "decide", "validity_is_within_the_rules")
def validity_too_long(stages: Stages, trial: Trial) -> None:
    first = trial.facts["decision"].valid_from
    longest = trial.procedure.rule_set.validity_max_months
    last = clock.add_months(first, longest) + timedelta(days=1)
    replace_vote(stages, trial, details={"valid_from": first, "valid_to": last})

"""Trials of validity periods and of conditions."""

from datetime import timedelta
from typing import Any

from fixtures.demo.cast import body, holder
from qa import clock
from qa.enums import ActKind, BodyKind, Role
from qa.models import (
    Accreditation,
    Condition,
    ConditionExtension,
    Procedure,
    RuleSet,
)
from qa.services.people import system_actor
from tests.guards.trial import (
    Stages,
    Trial,
    breaks,
    broken,
    procedure_at,
    ready,
    resume,
    update,
    vote,
)

X, C = "accreditation", "condition"


# Validity periods


def period_at(stages: Stages, name: str) -> Accreditation:
    procedure, _day = procedure_at(stages, name)
    return Accreditation.objects.get(procedure=procedure)


@ready(X, "enter_into_force")
def enter_into_force(stages: Stages) -> Trial:
    period = period_at(stages, "approved")
    return Trial(period, "enter_into_force", system_actor(), period.valid_from)


@breaks(X, "enter_into_force", "first_day_is_reached")
@breaks(X, "call_reevaluation", "notice_day_is_reached")
@breaks(X, "open_extension", "last_day_is_reached")
@breaks(X, "expire", "period_is_over")
def a_day_too_early(stages: Stages, trial: Trial) -> None:
    trial.day -= timedelta(days=1)


@breaks(X, "enter_into_force", "institution_is_accredited")
def institution_lost_its_status(stages: Stages, trial: Trial) -> None:
    trial.thing.micro_credential.unit.institution.accreditations.all().delete()


@breaks(X, "enter_into_force", "public_page_is_ready")
def no_contact(stages: Stages, trial: Trial) -> None:
    update(trial.thing.version, contact_email="")


@breaks(X, "enter_into_force", "no_other_period_in_force")
def another_in_force(stages: Stages, trial: Trial) -> None:
    update(period_at(stages, "in_force"), micro_credential=trial.thing.micro_credential)


@ready(X, "call_reevaluation")
def call_reevaluation(stages: Stages) -> Trial:
    period = period_at(stages, "in_force")
    return Trial(period, "call_reevaluation", system_actor(), period.notice_on)


@breaks(X, "call_reevaluation", "reevaluation_not_opened_yet")
def opened_before(stages: Stages, trial: Trial) -> None:
    trial.update(reevaluation_opened_at=clock.now(), reevaluation_opened_by=trial.by)


def renewed(stages: Stages) -> Accreditation:
    procedure, _day = procedure_at(stages, "reevaluation")
    assert procedure.renews is not None
    return procedure.renews


def filed(stages: Stages, **values: Any) -> Procedure:
    procedure, _day = procedure_at(stages, "reevaluation")
    values = {
        "status": "submitted",
        "first_submitted_on": renewed(stages).filing_by,
        "submitted_at": clock.now(),
        "submitted_by": procedure.coordinator,
        "registry_number": "9/2030",
        **values,
    }
    update(procedure, **values)
    return procedure


@ready(X, "open_extension")
def open_extension(stages: Stages) -> Trial:
    filed(stages)
    period = renewed(stages)
    return Trial(period, "open_extension", system_actor(), period.valid_to)


@breaks(X, "open_extension", "extension_not_opened_yet")
def extended_before(stages: Stages, trial: Trial) -> None:
    trial.update(extension_opened_at=clock.now(), extension_opened_by=trial.by)


@breaks(X, "open_extension", "extension_rule_is_on")
def rule_is_off(stages: Stages, trial: Trial) -> None:
    RuleSet.objects.update(extends_timely_submission=False)


@breaks(X, "open_extension", "reevaluation_was_filed_in_time")
def filed_late(stages: Stages, trial: Trial) -> None:
    filed(stages, first_submitted_on=trial.thing.filing_by + timedelta(days=1))


@breaks(X, "open_extension", "reevaluation_is_undecided")
def reevaluation_decided(stages: Stages, trial: Trial) -> None:
    filed(stages, status="decided", outcome="rejected", decided_on=trial.day)


@ready(X, "succeed")
def succeed(stages: Stages) -> Trial:
    period, successor = period_at(stages, "in_force"), period_at(stages, "approved")
    update(successor, predecessor=period)
    return Trial(period, "succeed", system_actor(), successor.valid_from)


@breaks(X, "succeed", "successor_starts_today")
def successor_starts_tomorrow(stages: Stages, trial: Trial) -> None:
    trial.day -= timedelta(days=1)


@ready(X, "expire")
def expire(stages: Stages) -> Trial:
    filed(stages)
    period = renewed(stages)
    return Trial(period, "expire", system_actor(), period.valid_to + timedelta(days=1))


@breaks(X, "expire", "no_extension_is_open")
def extension_is_open(stages: Stages, trial: Trial) -> None:
    trial.update(extension_opened_at=clock.now(), extension_opened_by=trial.by)


def withdrawal(
    stages: Stages,
    kind: ActKind = ActKind.DECISION,
    of: BodyKind = BodyKind.SENATE,
    reasons: dict[str, str] | None = None,
    **more: Any,
) -> Trial:
    story = resume(stages, "in_force")
    remedy = {"remedy_ro": "Plângere.", "remedy_en": "Complaint.", "remedy_days": 30}
    details = {"hearing_on": story.day, **remedy, **more}
    decision = vote(
        story, body(of), kind, "withdrawn", details=details, **(reasons or {})
    )
    period = story.period()
    update(
        period,
        withdrawal=decision,
        withdrawn_on=story.day,
        last_enrolment_on=story.day,
        last_assessment_on=story.day + timedelta(days=200),
        teach_out_contact="Secretariat",
        transfer_options_ro="Oferta înrudită a facultății.",
        transfer_options_en="The sister offer of the faculty.",
    )
    by = holder(Role.SENATE_SECRETARY)
    return Trial(period, "withdraw", by, story.day)


@ready(X, "withdraw")
def withdraw(stages: Stages) -> Trial:
    return withdrawal(stages)


@broken(X, "withdraw", "withdrawal_was_voted")
def only_an_opinion(stages: Stages) -> Trial:
    return withdrawal(stages, ActKind.OPINION)


@broken(X, "withdraw", "senate_withdraws")
def the_commission_votes(stages: Stages) -> Trial:
    return withdrawal(stages, of=BodyKind.CEAC)


@breaks(X, "withdraw", "senate_met_while_in_force")
def senate_met_before(stages: Stages, trial: Trial) -> None:
    trial.update(valid_from=trial.day + timedelta(days=1))


@broken(X, "withdraw", "proposer_was_heard")
def nobody_heard(stages: Stages) -> Trial:
    return withdrawal(stages, hearing_on=None)


@breaks(X, "withdraw", "teach_out_plan_is_complete")
def no_transfer(stages: Stages, trial: Trial) -> None:
    trial.update(transfer_options_en="")


@broken(X, "withdraw", "withdrawal_has_its_reasons")
def no_reasons_in_english(stages: Stages) -> Trial:
    return withdrawal(stages, reasons={"reasons_en": " "})


@broken(X, "withdraw", "withdrawal_has_its_remedy")
def no_term_for_the_remedy(stages: Stages) -> Trial:
    return withdrawal(stages, remedy_days=None)


@breaks(X, "withdraw", "plan_ends_with_the_assessment")
def assessed_before_the_last_enrolment(stages: Stages, trial: Trial) -> None:
    trial.update(last_assessment_on=trial.day - timedelta(days=1))


@breaks(X, "withdraw", "plan_starts_with_the_decision")
def withdrawn_before_the_decision(stages: Stages, trial: Trial) -> None:
    trial.update(withdrawn_on=trial.day - timedelta(days=1))


@breaks(X, "withdraw", "withdrawal_day_is_reached")
def later_day(stages: Stages, trial: Trial) -> None:
    trial.update(withdrawn_on=trial.day + timedelta(days=1))


# Conditions


@ready(C, "submit_evidence")
def submit_evidence(stages: Stages) -> Trial:
    procedure, day = procedure_at(stages, "approved")
    condition = Condition.objects.get(decision__procedure=procedure)
    return Trial(condition, "submit_evidence", condition.owner, day)


def with_evidence(stages: Stages, act: str) -> Trial:
    trial = submit_evidence(stages)
    trial.update(
        status="evidence_submitted",
        evidence="Rubric.",
        evidence_at=clock.now(),
        evidence_by=trial.by,
    )
    trial.act, trial.by = act, holder(Role.CEAC_CHAIR)
    return trial


@ready(C, "fulfil")
def fulfil(stages: Stages) -> Trial:
    return with_evidence(stages, "fulfil")


@ready(C, "ask_for_more")
def ask_for_more(stages: Stages) -> Trial:
    return with_evidence(stages, "ask_for_more")


@ready(C, "extend")
def extend(stages: Stages) -> Trial:
    trial = submit_evidence(stages)
    trial.act, trial.by, trial.is_rowless = "extend", holder(Role.CEAC_CHAIR), True
    later = clock.add_days(trial.thing.deadline, 30)
    trial.facts = {"deadline": later, "reason": "The supplier is late."}
    return trial


@breaks(C, "extend", "condition_is_not_fulfilled")
def met_already(stages: Stages, trial: Trial) -> None:
    trial.update(
        status="fulfilled",
        evidence="Rubric.",
        evidence_at=clock.now(),
        judgement="As shown.",
        judged_at=clock.now(),
    )
    trial.thing = Condition.objects.get(pk=trial.thing.pk)


@breaks(C, "extend", "not_extended_yet")
def term_extended_before(stages: Stages, trial: Trial) -> None:
    ConditionExtension.objects.create(
        condition=trial.thing,
        **trial.facts,
        granted_at=clock.now(),
        granted_by=trial.by,
    )


@breaks(C, "extend", "extension_has_its_reason")
def no_reason_to_extend(stages: Stages, trial: Trial) -> None:
    trial.facts["reason"] = " "


@breaks(C, "extend", "new_term_is_later")
def the_same_term(stages: Stages, trial: Trial) -> None:
    trial.facts["deadline"] = trial.thing.deadline


@breaks(C, "extend", "new_term_is_within_validity")
def after_the_validity(stages: Stages, trial: Trial) -> None:
    last_day = trial.thing.decision.accreditation.last_day
    trial.facts["deadline"] = clock.add_days(last_day, 1)


@breaks(C, "extend", "judge_is_not_the_owner")
@breaks(C, "fulfil", "judge_is_not_the_owner")
@breaks(C, "ask_for_more", "judge_is_not_the_owner")
def owner_judges(stages: Stages, trial: Trial) -> None:
    trial.update(owner=trial.by)

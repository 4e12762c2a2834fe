"""The decision and what follows: A16, V4, conditions, withdrawal (A31)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from qa import clock, flows, queries, record
from qa import permissions as may
from qa.enums import AccreditationStatus, ActKind, Outcome
from qa.guards.decision import POSITIVE
from qa.models import (
    Accreditation,
    Case,
    Condition,
    ConditionExtension,
    Decision,
    Procedure,
    Standard,
    User,
)
from qa.services import notices
from qa.services.votes import Minutes, Motion, record_vote
from qa.transitions import (
    TransitionRefused,
    expect,
    note,
    open_thing,
    perform,
    refuse_rowless,
    refuse_unless,
    write_down,
)

VERSION_ACT = {
    Outcome.APPROVED: "approve",
    Outcome.APPROVED_WITH_CONDITIONS: "approve",
    Outcome.RESUBMIT: "replace",
    Outcome.REJECTED: "reject",
}


@dataclass(frozen=True)
class Obligation:
    """A condition as the body sets it."""

    text_ro: str
    text_en: str
    evidence_required_ro: str
    evidence_required_en: str
    deadline: date
    owner: User
    standard: Standard | None = None
    kind: str = ""
    consequence_ro: str = ""
    consequence_en: str = ""


@dataclass(frozen=True)
class TeachOut:
    """How learners finish: the plan every withdrawal carries."""

    withdrawn_on: date
    last_enrolment_on: date
    last_assessment_on: date
    teach_out_contact: str
    transfer_options_ro: str
    transfer_options_en: str


@transaction.atomic
def record_decision(
    *,
    procedure: Procedure,
    outcome: str,
    minutes: Minutes,
    obligations: Sequence[Obligation] = (),
    teach_out: "TeachOut | None" = None,
    by: User,
) -> Decision:
    """A16: record the senate's vote on a motion; not carried, it moves nothing.

    A positive outcome opens the validity period that `minutes.details` names with
    `valid_from` and `valid_to`; conditions become obligations with owner and term.
    A rejected re-evaluation withdraws the running period by the teach-out plan given,
    or lets it end by itself or by a withdrawal decided before.
    """
    case = Case.lock(procedure.case_id)
    fresh = expect(procedure, "decide", by=by)
    motion = Motion(case, ActKind.DECISION, outcome, fresh.rule_set, fresh)
    decision = record_vote(motion=motion, minutes=minutes, by=by)
    if not decision.is_carried:
        refuse_rowless(fresh, "lose_decision", by=by, facts={"decision": decision})
        note(case, fresh, "vote_not_carried", by=by, facts={"decision": decision})
        return decision
    _set_conditions(decision, obligations, by)
    decided = perform(
        fresh, "decide", by=by, facts={"decision": decision}, hand_on=flows.hand_on
    )
    perform(decided.version, VERSION_ACT[Outcome(outcome)], by=by)
    if outcome in POSITIVE:
        _open_period(decided, decision, by)
    else:
        _end_renewed_period(decided, decision, teach_out, by)
    notices.tell("A16", decided, by=by)
    return decision


def _set_conditions(
    decision: Decision, obligations: Sequence[Obligation], by: User
) -> None:
    """C1 for each, of somebody who belongs to the offer."""
    owners = set(queries.condition_owners(decision.procedure)) if obligations else set()
    for obligation in obligations:
        refuse_unless(
            obligation.owner in owners,
            _(
                "A condition is owned by the coordinator, an author of the offer, its "
                "head of department or whoever is appointed there to own conditions."
            ),
        )
        open_condition(decision=decision, obligation=obligation, by=by)


def open_condition(
    *, decision: Decision, obligation: Obligation, by: User
) -> Condition:
    """C1: an obligation with owner, deadline and evidence required."""
    condition = Condition.objects.create(
        decision=decision,
        standard=obligation.standard,
        kind=obligation.kind,
        text_ro=obligation.text_ro.strip(),
        text_en=obligation.text_en.strip(),
        evidence_required_ro=obligation.evidence_required_ro.strip(),
        evidence_required_en=obligation.evidence_required_en.strip(),
        consequence_ro=obligation.consequence_ro.strip(),
        consequence_en=obligation.consequence_en.strip(),
        deadline=obligation.deadline,
        owner=obligation.owner,
    )
    return open_thing(condition, "C1", by=by, facts={"condition": condition})


def _open_period(procedure: Procedure, decision: Decision, by: User) -> Accreditation:
    """A16 of the validity period; a re-evaluation's period succeeds the one renewed."""
    rules, earlier = procedure.rule_set, procedure.renews
    period = Accreditation.objects.create(
        micro_credential=procedure.micro_credential,
        version=procedure.version,
        procedure=procedure,
        decision=decision,
        predecessor=earlier,
        valid_from=decision.valid_from,
        valid_to=decision.valid_to,
        notice_on=clock.add_months(
            decision.valid_to, -rules.reevaluation_notice_months
        ),
        filing_by=clock.add_months(
            decision.valid_to, -rules.reevaluation_filing_months
        ),
    )
    if earlier is not None:
        _close_extension(earlier, clock.add_days(decision.valid_from, -1), by)
    return open_thing(period, "A16", by=by)


def _end_renewed_period(
    procedure: Procedure, decision: Decision, plan: TeachOut | None, by: User
) -> None:
    """What a rejected re-evaluation means for the period it was to renew.

    A withdrawal decided before stands with its day and its plan.
    """
    earlier = procedure.renews
    if decision.outcome != Outcome.REJECTED or earlier is None:
        return
    ends = plan.withdrawn_on if plan else earlier.withdrawn_on
    _close_extension(earlier, ends or decision.decided_on, by)
    if plan is not None and earlier.status == AccreditationStatus.IN_FORCE:
        _refuse_incomplete_withdrawal(earlier, decision, plan, by=by)
        set_withdrawal(earlier, decision, plan, by=by)


def _close_extension(period: Accreditation, day: date, by: User) -> None:
    """The last day of an open extension; a period that has ended is not edited."""
    if (
        period.extension_opened_at is None
        or period.status != AccreditationStatus.IN_FORCE
    ):
        return
    last_day = max(day, period.valid_to)
    write_down(period, "set_last_day", by=by, values={"extended_until": last_day})


@transaction.atomic
def record_withdrawal(
    *,
    accreditation: Accreditation,
    minutes: Minutes,
    plan: TeachOut,
    by: User,
) -> Decision:
    """A31: the senate's vote to withdraw, with its day and the teach-out plan.

    The state moves on the day the decision sets: today by this act, later by time.
    """
    case = Case.lock(accreditation.case_id)
    period = Accreditation.objects.select_related("procedure__rule_set").get(
        pk=accreditation.pk
    )
    if not may.is_senate_secretary(period.procedure, by):
        raise PermissionDenied(_("Only the senate's secretary records its votes."))
    if period.status != AccreditationStatus.IN_FORCE:
        raise TransitionRefused(_("Only an accreditation in force can be withdrawn."))
    earlier = period.procedure
    motion = Motion(case, ActKind.DECISION, "withdrawn", earlier.rule_set, earlier)
    decision = record_vote(motion=motion, minutes=minutes, by=by)
    if not decision.is_carried:
        refuse_rowless(period, "lose_withdrawal", by=by, facts={"decision": decision})
        note(case, period, "vote_not_carried", by=by, facts={"decision": decision})
        return decision
    _refuse_incomplete_withdrawal(period, decision, plan, by=by)
    set_withdrawal(period, decision, plan, by=by)
    return decision


def set_withdrawal(
    period: Accreditation, decision: Decision, plan: TeachOut, *, by: User
) -> None:
    """Write the plan on the period; on its day the withdrawal takes effect."""
    write_down(
        period,
        "set_withdrawal",
        by=by,
        values={
            "withdrawal": decision,
            "withdrawn_on": plan.withdrawn_on,
            "last_enrolment_on": plan.last_enrolment_on,
            "last_assessment_on": plan.last_assessment_on,
            "teach_out_contact": plan.teach_out_contact.strip(),
            "transfer_options_ro": plan.transfer_options_ro.strip(),
            "transfer_options_en": plan.transfer_options_en.strip(),
        },
        facts={"decision": decision, "withdrawn_on": plan.withdrawn_on},
    )
    if plan.withdrawn_on <= clock.today():
        perform(period, "withdraw", by=by, facts={"decision": decision})
    notices.tell("set_withdrawal", Accreditation.objects.get(pk=period.pk), by=by)
    transaction.on_commit(record.seal_changed_cases)


def _refuse_incomplete_withdrawal(
    period: Accreditation, decision: Decision, plan: TeachOut, *, by: User
) -> None:
    """Before the plan is written; on its day the machine asks the same again."""
    facts = {"decision": decision, "plan": plan}
    refuse_rowless(period, "set_withdrawal", by=by, facts=facts)


@transaction.atomic
def submit_evidence(*, condition: Condition, evidence: str, by: User) -> Condition:
    """C2."""
    handed_in = perform(condition, "submit_evidence", by=by, reason=evidence)
    _tell("C2", handed_in, by)
    return handed_in


@transaction.atomic
def judge_condition(
    *, condition: Condition, fulfilled: bool, reasons: str, by: User
) -> Condition:
    """C3, or C4 with what is still missing."""
    judged = perform(
        condition, "fulfil" if fulfilled else "ask_for_more", by=by, reason=reasons
    )
    _tell("C3" if fulfilled else "C4", judged, by)
    return judged


@transaction.atomic
def extend_condition(
    *, condition: Condition, deadline: date, reason: str, by: User
) -> ConditionExtension:
    """The one extension: a new deadline with its reason."""
    case = Case.lock(condition.case_id)
    fresh = Condition.objects.get(pk=condition.pk)
    if not may.judges_condition(fresh, by):
        raise PermissionDenied(_("Only who judges the condition extends it."))
    said = {"deadline": deadline, "reason": reason}
    refuse_rowless(fresh, "extend", by=by, facts=said)
    extension = ConditionExtension.objects.create(
        condition=fresh,
        deadline=deadline,
        reason=reason.strip(),
        granted_at=clock.now(),
        granted_by=by,
    )
    facts = {"deadline": deadline, "extension": extension}
    note(case, fresh, "extend", by=by, facts=facts)
    _tell("extend", fresh, by)
    return extension


def _tell(row: str, condition: Condition, by: User) -> None:
    """Of conditions of accreditations; recognition has pages and words of its own."""
    if condition.decision.procedure_id is not None:
        notices.tell(row, condition, by=by)

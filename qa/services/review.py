"""The review: S2, A12 to A15, the report, remarks and opinions."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from qa import clock, flows, record
from qa import permissions as may
from qa.enums import (
    ActKind,
    AssessmentStatus,
    BodyKind,
    ProcedureStatus,
    ReadingStand,
    RemarkAnswer,
)
from qa.models import (
    Assessment,
    Case,
    Decision,
    Finding,
    Procedure,
    Reading,
    Remark,
    Report,
    ReportPoint,
    Standard,
    User,
)
from qa.services import notices
from qa.services.votes import Minutes, Motion, record_vote
from qa.transitions import (
    TransitionRefused,
    note,
    perform,
    refuse_rowless,
    write_down,
)
from qa.working_days import add_working_days

READING_TEXTS = ("evidence", "analysis", "conclusion", "reason")
FINDING_TEXTS = ("evidence", "analysis", "conclusion")


@transaction.atomic
def save_reading(
    *, assessment: Assessment, standard: Standard, data: Mapping[str, str], by: User
) -> Reading:
    """Save one standard of one's own draft; `data` holds stand, rating and texts."""
    Case.lock(assessment.case_id)
    fresh = Assessment.objects.select_related("procedure", "member").get(
        pk=assessment.pk
    )
    if not may.is_member_of_assessment(fresh, by):
        raise PermissionDenied(_("Only the member writes this assessment."))
    if (
        fresh.status != AssessmentStatus.DRAFT
        or fresh.procedure.status != ProcedureStatus.UNDER_REVIEW
    ):
        raise TransitionRefused(_("This assessment is closed."))
    _refuse_foreign_standard(fresh.procedure, standard)
    rating = data.get("rating", "")
    _refuse_unknown_rating(fresh.procedure, rating)
    reading, _created = Reading.objects.update_or_create(
        assessment=fresh,
        standard=standard,
        defaults={
            "stand": data.get("stand") or ReadingStand.RATED,
            "rating": rating,
            **{name: data.get(name, "").strip() for name in READING_TEXTS},
        },
    )
    Assessment.objects.filter(pk=fresh.pk).update(saved_at=clock.now(), saved_by=by)
    return reading


@transaction.atomic
def submit_assessment(*, assessment: Assessment, by: User) -> Assessment:
    """S2: hand the independent reading in; others' readings open only now."""
    facts = {"assessment": assessment}
    read = perform(assessment, "submit", by=by, facts=facts, hand_on=flows.hand_on)
    notices.tell("S2", read, by=by)
    return read


@transaction.atomic
def begin_report(
    *, procedure: Procedure, visit_on: date | None, visit_waiver: str, by: User
) -> Procedure:
    """A12: all readings are in; the report starts from them."""
    begun = perform(
        procedure,
        "begin_report",
        by=by,
        facts={"visit_on": visit_on, "visit_waiver": visit_waiver.strip()},
        hand_on=flows.hand_on,
    )
    Report.objects.get_or_create(procedure=begun)
    notices.tell("A12", begun, by=by)
    return begun


@transaction.atomic
def save_finding(
    *, report: Report, standard: Standard, data: Mapping[str, str], by: User
) -> Finding:
    """Save the panel's common finding on one standard."""
    fresh = _report_in_writing(report, by)
    _refuse_foreign_standard(fresh.procedure, standard)
    rating = data.get("rating", "")
    _refuse_unknown_rating(fresh.procedure, rating)
    texts = {name: data.get(name, "").strip() for name in FINDING_TEXTS}
    if rating and not (texts["evidence"] and texts["analysis"]):
        raise TransitionRefused(
            _("A rating stands on evidence and analysis: write both first.")
        )
    finding, _created = Finding.objects.update_or_create(
        report=fresh, standard=standard, defaults={"rating": rating, **texts}
    )
    return finding


@transaction.atomic
def save_proposal(
    *,
    report: Report,
    summary: str,
    outcome: str,
    reasons: str,
    points: Sequence[Mapping[str, object]],
    by: User,
) -> Report:
    """Save the summary, the points and the panel's proposal for decision.

    What is proposed stays as it was sent to the proposer; the rest may be corrected.
    """
    fresh = _report_in_writing(report, by)
    proposed = {"outcome": outcome, "reasons": reasons}
    refuse_rowless(fresh, "save_proposal", by=by, facts=proposed)
    fresh.summary, fresh.proposal_reasons = summary.strip(), reasons.strip()
    fresh.proposed_outcome = outcome
    fresh.saved_at, fresh.saved_by = clock.now(), by
    fresh.save()
    fresh.points.all().delete()
    ReportPoint.objects.bulk_create(
        ReportPoint(report=fresh, **point) for point in points
    )
    return fresh


@transaction.atomic
def send_for_factual_check(*, procedure: Procedure, by: User) -> Procedure:
    """A13: the draft report goes to the proposer."""
    institution = procedure.micro_credential.unit.institution
    until = add_working_days(
        clock.today(),
        procedure.rule_set.factual_check_working_days,
        institution.country,
        frozenset(institution.closures.values_list("day", flat=True)),
    )
    sent = perform(
        procedure,
        "send_for_factual_check",
        by=by,
        facts={"until": until},
        hand_on=flows.hand_on,
    )
    notices.tell("A13", sent, by=by)
    return sent


@transaction.atomic
def reply_to_report(
    *, procedure: Procedure, remarks: Sequence[tuple[str, str]], by: User
) -> Procedure:
    """The proposer corrects facts, or says that there is nothing to correct."""
    Case.lock(procedure.case_id)
    fresh = Procedure.objects.get(pk=procedure.pk)
    if not may.is_coordinator(fresh, by):
        raise PermissionDenied(_("Only the coordinator replies to the report."))
    if fresh.status != ProcedureStatus.FACTUAL_CHECK or fresh.replied_at is not None:
        raise TransitionRefused(_("The report is not open for a reply."))
    if clock.today() > fresh.factual_check_until:
        raise TransitionRefused(_("The term for the reply is over."))
    made = Remark.objects.bulk_create(
        Remark(procedure=fresh, place=place, text=text, made_at=clock.now(), made_by=by)
        for place, text in remarks
    )
    values = {"replied_at": clock.now(), "replied_by": by}
    facts = {"remarks": len(made), "made": [record.wrote_on(remark) for remark in made]}
    write_down(fresh, "reply_to_report", by=by, values=values, facts=facts)
    replied = Procedure.objects.get(pk=fresh.pk)
    flows.replied(replied, by)
    notices.tell("reply_to_report", replied, by=by)
    return replied


@transaction.atomic
def answer_remark(*, remark: Remark, answer: str, text: str, by: User) -> Remark:
    """The panel answers one remark: accepted, rejected or not a matter of fact."""
    Case.lock(remark.procedure.case_id)
    procedure = Procedure.objects.get(pk=remark.procedure_id)
    if not may.is_panel_chair(procedure, by):
        raise PermissionDenied(_("Only the panel chair answers remarks."))
    if procedure.status != ProcedureStatus.FACTUAL_CHECK:
        raise TransitionRefused(_("Remarks are answered during the factual check."))
    if answer not in RemarkAnswer.values:
        raise TransitionRefused(_("Choose one of the three answers."))
    if not text.strip():
        raise TransitionRefused(_("Say why the remark is answered so."))
    Remark.objects.filter(pk=remark.pk).update(
        answer=answer,
        answer_text=text.strip(),
        answered_at=clock.now(),
        answered_by=by,
    )
    return Remark.objects.get(pk=remark.pk)


@transaction.atomic
def finalise_report(*, procedure: Procedure, by: User) -> Procedure:
    """A14."""
    facts = {"report": Report.objects.filter(procedure=procedure).first()}
    final = perform(
        procedure, "finalise_report", by=by, facts=facts, hand_on=flows.hand_on
    )
    notices.tell("A14", final, by=by)
    return final


@transaction.atomic
def record_opinion(
    *, procedure: Procedure, minutes: Minutes, favourable: bool, by: User
) -> Decision:
    """The opinion of the commission or of the Board of Administration."""
    case = Case.lock(procedure.case_id)
    fresh = Procedure.objects.get(pk=procedure.pk)
    asked = {
        BodyKind.CEAC: may.is_ceac_chair,
        BodyKind.BOARD: may.is_board_secretary,
    }.get(BodyKind(minutes.body.kind))
    if asked is None or not asked(fresh, by):
        raise PermissionDenied(_("This body's opinion is recorded by its own office."))
    if fresh.status != ProcedureStatus.REPORT_FINAL:
        raise TransitionRefused(_("Opinions are given on the final report."))
    outcome = "favourable" if favourable else "unfavourable"
    motion = Motion(case, ActKind.OPINION, outcome, fresh.rule_set, fresh)
    decision = record_vote(motion=motion, minutes=minutes, by=by)
    asked_of = "record_opinion" if decision.is_carried else "lose_opinion"
    refuse_rowless(fresh, asked_of, by=by, facts={"decision": decision})
    name = "record_opinion" if decision.is_carried else "vote_not_carried"
    note(case, fresh, name, by=by, facts={"decision": decision})
    flows.opinion_given(fresh, decision, by)
    if decision.is_carried and decision.body.kind == BodyKind.BOARD:
        notices.tell("board_opinion", fresh, by=by)
    return decision


@transaction.atomic
def refer_for_decision(*, procedure: Procedure, by: User) -> Procedure:
    """A15: the case goes to the senate with its opinions."""
    referred = perform(procedure, "refer_for_decision", by=by, hand_on=flows.hand_on)
    notices.tell("A15", referred, by=by)
    return referred


def _report_in_writing(report: Report, by: User) -> Report:
    Case.lock(report.procedure.case_id)
    fresh = Report.objects.select_related("procedure").get(pk=report.pk)
    if not may.is_panel_chair(fresh, by):
        raise PermissionDenied(_("Only the panel chair writes the report."))
    writable = (ProcedureStatus.REPORT_DRAFT, ProcedureStatus.FACTUAL_CHECK)
    if fresh.procedure.status not in writable:
        raise TransitionRefused(_("The report is final and can no longer be changed."))
    return fresh


def _refuse_foreign_standard(procedure: Procedure, standard: Standard) -> None:
    if standard.standard_set_id != procedure.standard_set_id:
        raise TransitionRefused(_("This standard is not part of the procedure's set."))


def _refuse_unknown_rating(procedure: Procedure, rating: str) -> None:
    if rating and rating not in procedure.standard_set.rating_codes():
        raise TransitionRefused(_("Choose a rating of this standard set's scale."))

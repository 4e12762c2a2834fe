"""Trials of the procedure's rows A12 to A15: the report and what it needs."""

from datetime import timedelta

from fixtures.demo.cast import body, holder
from qa import clock
from qa.enums import ActKind, BodyKind, DeclarationStatus, PanelRole, Role
from qa.models import Assessment, Report, Version
from tests.guards.trial import (
    Stages,
    Trial,
    breaks,
    broken,
    ready,
    resume,
    seat,
    update,
    vote,
)

P = "procedure"


@ready(P, "begin_report")
def begin_report(stages: Stages) -> Trial:
    story = resume(stages, "readings_in")
    facts = {"visit_on": story.day, "visit_waiver": ""}
    return Trial(story.procedure, "begin_report", story.chair(), story.day, facts=facts)


@breaks(P, "begin_report", "all_assessments_are_submitted")
def one_still_reads(stages: Stages, trial: Trial) -> None:
    Assessment.objects.filter(member=seat(trial)).update(
        status="draft", submitted_at=None, submitted_by=None
    )


@breaks(P, "begin_report", "visit_held_or_waived")
def no_visit(stages: Stages, trial: Trial) -> None:
    trial.facts = {}


@ready(P, "send_for_factual_check")
def send_for_factual_check(stages: Stages) -> Trial:
    story = resume(stages, "report_written")
    facts = {"until": story.day + timedelta(days=14)}
    return Trial(
        story.procedure,
        "send_for_factual_check",
        story.chair(),
        story.day,
        facts=facts,
    )


@breaks(P, "send_for_factual_check", "chairs_challenge_term_is_over")
@breaks(P, "finalise_report", "chairs_challenge_term_is_over")
def chair_joined_a_week_ago(stages: Stages, trial: Trial) -> None:
    update(seat(trial, PanelRole.CHAIR), challenge_until=trial.day)


@breaks(P, "send_for_factual_check", "chairs_challenge_is_decided")
@breaks(P, "finalise_report", "chairs_challenge_is_decided")
def chair_is_challenged(stages: Stages, trial: Trial) -> None:
    seat(trial, PanelRole.CHAIR).challenges.create(
        reasons="A joint grant.",
        raised_at=clock.now(),
        raised_by=trial.procedure.coordinator,
    )


@breaks(P, "send_for_factual_check", "chairs_declaration_is_decided")
@breaks(P, "finalise_report", "chairs_declaration_is_decided")
def chair_has_declared_nothing(stages: Stages, trial: Trial) -> None:
    update(seat(trial, PanelRole.CHAIR).declaration, status=DeclarationStatus.PENDING)


@breaks(P, "send_for_factual_check", "findings_are_complete")
@breaks(P, "finalise_report", "findings_are_complete")
def finding_missing(stages: Stages, trial: Trial) -> None:
    trial.procedure.report.findings.first().delete()


@breaks(P, "send_for_factual_check", "proposal_is_present")
@breaks(P, "finalise_report", "proposal_is_present")
def no_proposal(stages: Stages, trial: Trial) -> None:
    Report.objects.filter(procedure=trial.procedure).update(proposed_outcome="")


@ready(P, "finalise_report")
def finalise_report(stages: Stages) -> Trial:
    story = resume(stages, "factual_check")
    story.procedure.remarks.update(
        answer="accepted",
        answer_text="Corrected.",
        answered_at=clock.now(),
        answered_by=story.chair(),
    )
    return Trial(story.procedure, "finalise_report", story.chair(), story.day)


@breaks(P, "finalise_report", "reply_received_or_term_over")
def no_reply_yet(stages: Stages, trial: Trial) -> None:
    trial.update(replied_at=None, replied_by=None)


@breaks(P, "finalise_report", "remarks_are_answered")
def remark_unanswered(stages: Stages, trial: Trial) -> None:
    trial.procedure.remarks.update(answer="", answered_at=None, answered_by=None)


def with_opinions(stages: Stages, *kinds: BodyKind) -> Trial:
    story = resume(stages, "report_final")
    update(Version.objects.get(pk=story.procedure.version_id), fee_amount=100)
    for kind in kinds:
        vote(story, body(kind), ActKind.OPINION, "favourable")
    by = holder(Role.CEAC_CHAIR)
    return Trial(story.refresh(), "refer_for_decision", by, story.day)


@ready(P, "refer_for_decision")
def refer_for_decision(stages: Stages) -> Trial:
    return with_opinions(stages, BodyKind.CEAC, BodyKind.BOARD)


@broken(P, "refer_for_decision", "ceac_opinion_is_recorded")
def only_the_board(stages: Stages) -> Trial:
    return with_opinions(stages, BodyKind.BOARD)


@broken(P, "refer_for_decision", "board_opinion_where_touched")
def only_the_commission(stages: Stages) -> Trial:
    return with_opinions(stages, BodyKind.CEAC)

"""The addresses of qa."""

from django.urls import path

from qa.views import (
    assessment,
    attachments,
    challenges,
    decisions,
    offers,
    panel,
    report,
    screening,
    sections,
    signing,
    work,
    workspace,
    writing,
)

app_name = "qa"
PROCEDURE = "procedures/<whole:pk>/"
urlpatterns = [
    path("", work.work, name="work"),
    path("work/<whole:pk>/take/", work.turn_take, name="turn_take"),
    path("work/<whole:pk>/give-back/", work.turn_give_back, name="turn_give_back"),
    # Offers
    path(
        "micro-credentials/", offers.micro_credential_list, name="micro_credential_list"
    ),
    path("micro-credentials/new/", offers.propose, name="propose"),
    path(
        "micro-credentials/<whole:pk>/",
        offers.micro_credential_detail,
        name="micro_credential_detail",
    ),
    # The proposal
    path(PROCEDURE, workspace.procedure_detail, name="procedure_detail"),
    path(f"{PROCEDURE}proposal/", workspace.proposal_read, name="proposal_read"),
    path(
        f"{PROCEDURE}sections/<slug:key>/", sections.section_edit, name="section_edit"
    ),
    path(
        f"{PROCEDURE}compare/<whole:number>/",
        workspace.version_compare,
        name="version_compare",
    ),
    path(f"{PROCEDURE}authors/", writing.authors_edit, name="authors_edit"),
    path(
        f"{PROCEDURE}attachments/",
        attachments.attachments_edit,
        name="attachments_edit",
    ),
    path(
        f"{PROCEDURE}attachments/<whole:number>/",
        attachments.attachment_read,
        name="attachment_read",
    ),
    path(
        f"{PROCEDURE}attachments/<whole:number>/take-off/",
        attachments.attachment_take_off,
        name="attachment_take_off",
    ),
    path(f"{PROCEDURE}overlaps/", writing.overlaps_edit, name="overlaps_edit"),
    path(
        f"{PROCEDURE}self-evaluation/",
        writing.self_evaluation_edit,
        name="self_evaluation_edit",
    ),
    path(f"{PROCEDURE}sign-off/", signing.proposal_sign_off, name="proposal_sign_off"),
    path(f"{PROCEDURE}sign-off/ask/", signing.sign_off_ask, name="sign_off_ask"),
    path(f"{PROCEDURE}submit/", signing.proposal_submit, name="proposal_submit"),
    path(f"{PROCEDURE}abandon/", signing.proposal_abandon, name="proposal_abandon"),
    path(f"{PROCEDURE}formal-check/", screening.screening, name="screening"),
    path(
        f"{PROCEDURE}further-return/", screening.further_return, name="further_return"
    ),
    # Votes
    path(
        f"{PROCEDURE}endorsement/",
        screening.endorsement_record,
        name="endorsement_record",
    ),
    path(
        f"{PROCEDURE}opinion/<slug:kind>/",
        decisions.opinion_record,
        name="opinion_record",
    ),
    path(f"{PROCEDURE}decision/", decisions.decision_record, name="decision_record"),
    path(
        f"{PROCEDURE}resubmission/",
        decisions.resubmission_open,
        name="resubmission_open",
    ),
    path(
        "accreditations/<whole:pk>/withdrawal/",
        decisions.withdrawal_record,
        name="withdrawal_record",
    ),
    path("conditions/<whole:pk>/", decisions.condition_detail, name="condition_detail"),
    path(
        "conditions/<whole:pk>/extend/",
        decisions.condition_extend,
        name="condition_extend",
    ),
    # The panel
    path(f"{PROCEDURE}panel/", panel.panel_detail, name="panel_detail"),
    path(f"{PROCEDURE}panel/open/", panel.panel_open, name="panel_open"),
    path(f"{PROCEDURE}panel/invite/", panel.seat_invite, name="seat_invite"),
    path(f"{PROCEDURE}panel/reopen/", panel.panel_reopen, name="panel_reopen"),
    path(f"{PROCEDURE}review/start/", panel.review_start, name="review_start"),
    path("invitations/<whole:pk>/", panel.invitation, name="invitation"),
    path(
        "invitations/<whole:pk>/decline/",
        panel.invitation_decline,
        name="invitation_decline",
    ),
    path(
        "invitations/<whole:pk>/no-conflict/", panel.declare_none, name="declare_none"
    ),
    path("invitations/<whole:pk>/recuse/", panel.seat_recuse, name="seat_recuse"),
    path("seats/<whole:pk>/replace/", panel.seat_replace, name="seat_replace"),
    path(
        "seats/<whole:pk>/challenge/", challenges.seat_challenge, name="seat_challenge"
    ),
    path(
        "seats/<whole:pk>/challenge/waive/",
        challenges.challenge_waive,
        name="challenge_waive",
    ),
    path(
        "seats/<whole:pk>/declaration/",
        panel.declaration_ruling,
        name="declaration_ruling",
    ),
    path(
        "challenges/<whole:pk>/", challenges.challenge_ruling, name="challenge_ruling"
    ),
    # Readings
    path(
        "assessments/<whole:pk>/",
        assessment.assessment_detail,
        name="assessment_detail",
    ),
    path(
        "assessments/<whole:pk>/submit/",
        assessment.assessment_submit,
        name="assessment_submit",
    ),
    path(
        "assessments/<whole:pk>/<mark:number>/",
        assessment.reading_edit,
        name="reading_edit",
    ),
    # The report
    path(f"{PROCEDURE}report/", report.report_detail, name="report_detail"),
    path(f"{PROCEDURE}report/begin/", report.report_begin, name="report_begin"),
    path(
        f"{PROCEDURE}report/proposal/", report.report_proposal, name="report_proposal"
    ),
    path(f"{PROCEDURE}report/send/", report.report_send, name="report_send"),
    path(f"{PROCEDURE}report/reply/", report.report_reply, name="report_reply"),
    path(
        f"{PROCEDURE}report/finalise/", report.report_finalise, name="report_finalise"
    ),
    path(f"{PROCEDURE}report/refer/", report.report_refer, name="report_refer"),
    path(f"{PROCEDURE}report/<mark:number>/", report.finding_edit, name="finding_edit"),
    path("remarks/<whole:pk>/", report.remark_answer, name="remark_answer"),
]

"""The addresses of recognition."""

from django.urls import path

from recognition.views import (
    checking,
    documents,
    filing,
    judging,
    office,
    own,
    results,
    trusting,
    work,
)

app_name = "recognition"
MINE, OFFICE = "mine/<whole:pk>/", "office/<whole:pk>/"
urlpatterns = [
    path("", work.work, name="work"),
    path("new/", work.application_open, name="application_open"),
    path("paper/", work.paper_open, name="paper_open"),
    path(MINE, own.own_application, name="own_application"),
    path(f"{MINE}sections/<slug:name>/", filing.section_edit, name="section_edit"),
    path(f"{MINE}submit/", filing.submit, name="submit"),
    path(f"{MINE}documents/", own.document_add, name="document_add"),
    path(f"{MINE}credential/", checking.credential_add, name="credential_add"),
    path(f"{MINE}background/", own.background, name="background"),
    path(f"{MINE}answer/", own.answer, name="answer"),
    path(f"{MINE}sent/", own.items_sent, name="items_sent"),
    path(f"{MINE}withdraw/", own.withdraw, name="withdraw"),
    path(f"{MINE}accept/", own.accept, name="accept"),
    path(
        f"{MINE}conditions/<whole:number>/",
        own.condition_evidence,
        name="condition_evidence",
    ),
    path(OFFICE, office.application_detail, name="application_detail"),
    path(f"{OFFICE}acts/<slug:name>/", office.office_act, name="office_act"),
    path(f"{OFFICE}missing/", office.missing_items, name="missing_items"),
    path(f"{OFFICE}missing/<whole:number>/", office.item_settle, name="item_settle"),
    path(f"{OFFICE}complete/", office.declare_complete, name="declare_complete"),
    path(f"{OFFICE}resume/", office.resume, name="resume"),
    path(f"{OFFICE}grid/<slug:key>/", judging.row_edit, name="row_edit"),
    path(f"{OFFICE}proposal/", judging.proposal_edit, name="proposal_edit"),
    path(f"{OFFICE}propose/", office.propose, name="propose"),
    path(f"{OFFICE}decision/", judging.decision_record, name="decision_record"),
    path(f"{OFFICE}letter/", judging.letter_preview, name="letter_preview"),
    path(
        f"{OFFICE}conditions/<whole:number>/",
        office.condition_judge,
        name="condition_judge",
    ),
    path(
        f"{OFFICE}conditions/<whole:number>/extend/",
        office.condition_extend,
        name="condition_extend",
    ),
    path(
        "cases/<whole:pk>/documents/<whole:number>/",
        documents.document_read,
        name="document_read",
    ),
    path("cases/<whole:pk>/result/", results.result_file, name="result_file"),
    path("status/<uuid:code>/", results.status_list, name="status_list"),
    path(
        "cases/<whole:pk>/documents/<whole:number>/check/",
        checking.document_check,
        name="document_check",
    ),
    path(
        "cases/<whole:pk>/checks/<whole:number>/",
        checking.credential_check,
        name="credential_check",
    ),
    path("credentials/", checking.credential_look, name="credential_look"),
    path("trust/", trusting.trust_register, name="trust_register"),
    path("trust/new/", trusting.trust_propose, name="trust_propose"),
    path("trust/<whole:pk>/", trusting.trust_entry, name="trust_entry"),
    path("trust/<whole:pk>/<slug:name>/", trusting.trust_decide, name="trust_decide"),
]

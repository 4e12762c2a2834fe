"""Pages of the report: findings beside the readings, proposal, remarks, opinions."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from qa import clock, queries
from qa import permissions as may
from qa.enums import AssessmentStatus, ProcedureStatus
from qa.forms.review import (
    AnswerForm,
    FindingForm,
    PointFormSet,
    ProposalForm,
    RemarkFormSet,
    ReportStartForm,
)
from qa.models import Finding, Procedure, Reading, Remark, Report
from qa.services import review
from qa.transitions import may_perform
from qa.views.acts import act_page, attempt, run_form, visible_procedure
from qa.views.foretold import foretell
from qa.views.mending import lacking

IN_WRITING = (ProcedureStatus.REPORT_DRAFT, ProcedureStatus.FACTUAL_CHECK)


def _report(request: HttpRequest, procedure: Procedure) -> Report:
    """The report: the panel's alone while it is drafted, the institution's after."""
    report = get_object_or_404(
        Report.objects.select_related("procedure__standard_set"), procedure=procedure
    )
    if not queries.opens_report(procedure, request.user):
        raise PermissionDenied(_("The draft report is the panel's until it is sent."))
    return report


@require_safe
def report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole report: findings, points, proposal, remarks with their answers."""
    procedure = visible_procedure(request, pk)
    report = _report(request, procedure)
    findings = {f.standard_id: f for f in report.findings.all()}
    user = request.user
    writes = may.is_panel_chair(procedure, user) and procedure.status in IN_WRITING
    sends = may_perform(procedure, "send_for_factual_check", user)
    finalises = may_perform(procedure, "finalise_report", user)
    refers = may_perform(procedure, "refer_for_decision", user)
    context = {
        "procedure": procedure,
        "report": report,
        "standards": [
            (standard, findings.get(standard.pk))
            for standard in procedure.standard_set.standards.all()
        ],
        "points": report.points.select_related("standard"),
        "remarks": procedure.remarks.all(),
        "writes": writes,
        "sends": sends and [foretell("A13", procedure, by=user)],
        "send_missing": sends
        and lacking(procedure, "send_for_factual_check", request.path),
        "finalises": finalises and [foretell("A14", procedure, by=user)],
        "finalise_missing": finalises
        and lacking(procedure, "finalise_report", request.path),
        "replies": _may_reply(procedure, user),
        "refers": refers and [foretell("A15", procedure, by=user)],
        "refer_missing": refers
        and lacking(procedure, "refer_for_decision", request.path, by=user),
        "opinions": procedure.decisions.filter(kind="opinion").select_related("body"),
    }
    return render(request, "qa/report_detail.html", context)


def _may_reply(procedure: Procedure, user: Any) -> bool:
    return (
        procedure.status == ProcedureStatus.FACTUAL_CHECK
        and procedure.replied_at is None
        and may.is_coordinator(procedure, user)
    )


@require_http_methods(["GET", "POST"])
def report_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """A12."""
    procedure = visible_procedure(request, pk)
    if not may.is_panel_chair(procedure, request.user):
        raise PermissionDenied(_("Only the panel chair writes the report."))
    form = ReportStartForm(request.POST or None)
    done = run_form(
        request,
        form,
        lambda said: review.begin_report(procedure=procedure, by=request.user, **said),
        lambda: reverse("qa:report_detail", args=[pk]),
    )
    return done or act_page(
        request,
        procedure,
        form,
        title=_("Begin the report"),
        lead=_(
            "All independent readings are in. Name the visit, or why none was needed."
        ),
        missing=lacking(procedure, "begin_report", request.path),
        foretold=[foretell("A12", procedure, by=request.user)],
        button=_("Begin the report"),
    )


@require_http_methods(["GET", "POST"])
def finding_edit(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """One standard: the members' readings side by side, the common finding below."""
    procedure = visible_procedure(request, pk)
    report = _report(request, procedure)
    if not may.is_panel_chair(procedure, request.user):
        raise PermissionDenied(_("Only the panel chair writes the report."))
    standard = get_object_or_404(procedure.standard_set.standards, number=number)
    finding = report.findings.filter(standard=standard).first()
    form = FindingForm(
        request.POST or None,
        initial=_initial(finding),
        standard_set=procedure.standard_set,
    )
    following = procedure.standard_set.standards.filter(
        position__gt=standard.position
    ).first()
    onward = following if following and "next" in request.POST else None
    done = run_form(
        request,
        form,
        lambda said: review.save_finding(
            report=report, standard=standard, data=said, by=request.user
        ),
        lambda: (
            reverse("qa:finding_edit", args=[pk, onward.number])
            if onward
            else reverse("qa:report_detail", args=[pk])
        ),
    )
    if done and request.htmx:
        return render(request, "qa/_saved.html", {"saved_at": clock.now()})
    context = {
        "procedure": procedure,
        "report": report,
        "standard": standard,
        "following": following,
        "form": form,
        "readings": Reading.objects.filter(
            assessment__procedure=procedure,
            assessment__status=AssessmentStatus.SUBMITTED,
            standard=standard,
        ).select_related("assessment__member__user"),
    }
    status = 422 if form.errors else 200
    return done or render(request, "qa/finding_edit.html", context, status=status)


def _initial(finding: Finding | None) -> dict[str, str]:
    names = ("rating", "evidence", "analysis", "conclusion")
    return {name: getattr(finding, name) for name in names} if finding else {}


@require_http_methods(["GET", "POST"])
def report_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Summary, points and the panel's proposal for decision."""
    procedure = visible_procedure(request, pk)
    report = _report(request, procedure)
    if not may.is_panel_chair(procedure, request.user):
        raise PermissionDenied(_("Only the panel chair writes the report."))
    stands = {"outcome": report.proposed_outcome, "reasons": report.proposal_reasons}
    is_sent = procedure.status != ProcedureStatus.REPORT_DRAFT
    form = ProposalForm(
        request.POST or None,
        initial={"summary": report.summary, **stands},
        is_sent=is_sent,
    )
    points = _points(request, report)
    if request.method == "POST" and form.is_valid() and points.is_valid():
        told = [p.cleaned_data for p in points if p.cleaned_data.get("kind")]
        # A page opened before the report was sent may still say something else.
        posted = {name: request.POST.get(name, said) for name, said in stands.items()}
        saved = attempt(
            request,
            lambda: review.save_proposal(
                report=report,
                points=told,
                by=request.user,
                **(posted | form.cleaned_data),
            ),
            _("The proposal is saved."),
        )
        if saved:
            return redirect("qa:report_detail", pk=pk)
    context = {
        "procedure": procedure,
        "report": report,
        "form": form,
        "points": points,
        "is_sent": is_sent,
    }
    return render(request, "qa/report_proposal.html", context)


def _points(request: HttpRequest, report: Report) -> Any:
    return PointFormSet(
        request.POST or None,
        prefix="points",
        form_kwargs={"standard_set": report.procedure.standard_set},
        initial=list(report.points.values(*_POINT_FIELDS)),
    )


_POINT_FIELDS = (
    "kind",
    "standard",
    "text_ro",
    "text_en",
    "evidence_required_ro",
    "evidence_required_en",
    "deadline_months",
)


@require_POST
def report_send(request: HttpRequest, pk: int) -> HttpResponse:
    """A13."""
    procedure = visible_procedure(request, pk)
    attempt(
        request,
        lambda: review.send_for_factual_check(procedure=procedure, by=request.user),
        _("The draft report is with the proposer for the factual check."),
    )
    return redirect("qa:report_detail", pk=pk)


@require_http_methods(["GET", "POST"])
def report_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """The proposer's factual corrections."""
    procedure = visible_procedure(request, pk)
    if not may.is_coordinator(procedure, request.user):
        raise PermissionDenied(_("Only the coordinator replies to the report."))
    formset = RemarkFormSet(request.POST or None, prefix="remarks")
    if request.method == "POST" and formset.is_valid():
        remarks = [
            (form.cleaned_data["place"], form.cleaned_data["text"])
            for form in formset
            if form.cleaned_data.get("text")
        ]
        sent = attempt(
            request,
            lambda: review.reply_to_report(
                procedure=procedure, remarks=remarks, by=request.user
            ),
            _("Your reply is with the panel."),
        )
        if sent:
            return redirect("qa:report_detail", pk=pk)
    context = {
        "procedure": procedure,
        "formset": formset,
        "foretold": [foretell("reply_to_report", procedure, by=request.user)],
    }
    return render(request, "qa/report_reply.html", context)


@require_http_methods(["GET", "POST"])
def remark_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel's answer to one remark."""
    visible = queries.procedures_visible_to(request.user)
    remark = get_object_or_404(
        Remark.objects.filter(procedure__in=visible).select_related(
            "procedure__version"
        ),
        pk=pk,
    )
    initial = {"answer": remark.answer, "text": remark.answer_text}
    form = AnswerForm(request.POST or None, initial=initial)
    done = run_form(
        request,
        form,
        lambda said: review.answer_remark(remark=remark, by=request.user, **said),
        lambda: reverse("qa:report_detail", args=[remark.procedure_id]),
    )
    return done or act_page(
        request,
        remark.procedure,
        form,
        title=_("Answer the remark on %(place)s") % {"place": remark.place},
        quote=remark.text,
        button=_("Save the answer"),
    )


@require_POST
def report_finalise(request: HttpRequest, pk: int) -> HttpResponse:
    """A14."""
    procedure = visible_procedure(request, pk)
    attempt(
        request,
        lambda: review.finalise_report(procedure=procedure, by=request.user),
        _("The report is final."),
    )
    return redirect("qa:report_detail", pk=pk)


@require_POST
def report_refer(request: HttpRequest, pk: int) -> HttpResponse:
    """A15."""
    procedure = visible_procedure(request, pk)
    attempt(
        request,
        lambda: review.refer_for_decision(procedure=procedure, by=request.user),
        _("The case is with the senate."),
    )
    return redirect("qa:procedure_detail", pk=pk)

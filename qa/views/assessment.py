"""The review workspace: one member's independent reading, standard by standard."""

from django.http import Http404, HttpRequest, HttpResponse
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
from qa.forms.review import ReadingForm
from qa.models import Assessment, Reading, Standard
from qa.services import review
from qa.transitions import unmet_clauses
from qa.views.acts import attempt, run_form
from qa.views.foretold import foretell


def _own(request: HttpRequest, pk: int) -> Assessment:
    """One's own assessment, with a seat that still stands and a dossier open to it.

    Anything else is 404.
    """
    visible = queries.procedures_visible_to(request.user)
    found = get_object_or_404(
        Assessment.objects.filter(procedure__in=visible).select_related(
            "member__user",
            "procedure__version",
            "procedure__standard_set",
            "procedure__micro_credential__unit__parent",
        ),
        pk=pk,
        member__user=request.user,
    )
    if not may.is_member_of_assessment(found, request.user):
        raise Http404
    return found


def _writable(assessment: Assessment) -> bool:
    return (
        assessment.status == AssessmentStatus.DRAFT
        and assessment.procedure.status == ProcedureStatus.UNDER_REVIEW
    )


@require_safe
def assessment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the reading stands: each standard with its rating, what is left to do."""
    assessment = _own(request, pk)
    readings = {r.standard_id: r for r in assessment.readings.all()}
    standards = [
        (standard, readings.get(standard.pk))
        for standard in assessment.procedure.standard_set.standards.all()
    ]
    writable, missing = _writable(assessment), unmet_clauses(assessment, "submit")
    ready = writable and not missing
    context = {
        "assessment": assessment,
        "procedure": assessment.procedure,
        "standards": standards,
        "done": sum(bool(r and r.is_complete) for _standard, r in standards),
        "writable": writable,
        "missing": missing,
        "foretold": [foretell("S2", assessment, by=request.user)] if ready else [],
        "is_in": assessment.status == AssessmentStatus.SUBMITTED,
        "others": queries.assessments_visible_to(request.user, assessment.procedure)
        .exclude(member__user=request.user)
        .order_by("submitted_at")
        .prefetch_related("readings__standard"),
    }
    return render(request, "qa/assessment_detail.html", context)


@require_http_methods(["GET", "POST"])
def reading_edit(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """One standard: what the proposal says beside what the member finds."""
    assessment = _own(request, pk)
    procedure = assessment.procedure
    standard = get_object_or_404(procedure.standard_set.standards, number=number)
    reading = assessment.readings.filter(standard=standard).first()
    form = ReadingForm(
        request.POST or None,
        initial=_initial(reading),
        standard_set=procedure.standard_set,
    )
    following = _next(standard)
    done = run_form(
        request,
        form,
        lambda said: review.save_reading(
            assessment=assessment, standard=standard, data=said, by=request.user
        ),
        lambda: _onward(request, assessment, following),
    )
    if done and request.htmx:
        return render(request, "qa/_saved.html", {"saved_at": clock.now()})
    context = {
        "assessment": assessment,
        "procedure": procedure,
        "version": procedure.version,
        "standard": standard,
        "following": following,
        "form": form,
        "writable": _writable(assessment),
    }
    status = 422 if form.errors else 200
    return done or render(request, "qa/reading_edit.html", context, status=status)


def _initial(reading: Reading | None) -> dict[str, str]:
    names = ("stand", "rating", "evidence", "analysis", "conclusion", "reason")
    return {name: getattr(reading, name) for name in names} if reading else {}


def _next(standard: Standard) -> Standard | None:
    return standard.standard_set.standards.filter(
        position__gt=standard.position
    ).first()


def _onward(
    request: HttpRequest, assessment: Assessment, following: Standard | None
) -> str:
    if following is not None and "next" in request.POST:
        return reverse("qa:reading_edit", args=[assessment.pk, following.number])
    return reverse("qa:assessment_detail", args=[assessment.pk])


@require_POST
def assessment_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """S2."""
    assessment = _own(request, pk)
    attempt(
        request,
        lambda: review.submit_assessment(assessment=assessment, by=request.user),
        _("Your assessment is in. You can now read the others' that are in too."),
    )
    return redirect("qa:assessment_detail", pk=pk)

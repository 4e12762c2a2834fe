"""Beside the sections: co-authors, self-evaluation and answers, overlaps with others."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qa import answers
from qa.design_checks import Facts
from qa.enums import ProcedureKind
from qa.forms.proposal import AuthorForm, OverlapForm, SelfEvaluationForm
from qa.models import MicroCredential, Procedure
from qa.services import drafting
from qa.transitions import TransitionRefused
from qa.views.acts import act_page, run_form, visible_procedure
from qa.views.workspace import is_editable


def _editable_procedure(request: HttpRequest, pk: int) -> Procedure:
    procedure = visible_procedure(request, pk)
    if not is_editable(procedure, request.user):
        raise PermissionDenied(_("Only the authors change a proposal, as a draft."))
    return procedure


@require_http_methods(["GET", "POST"])
def self_evaluation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What a re-evaluation reports and a resubmission answers."""
    procedure = _editable_procedure(request, pk)
    told = {
        "self_evaluation": procedure.self_evaluation,
        "answer_to_decision": procedure.answer_to_decision,
    }
    given = procedure.point_answers.values_list("point", "answer")
    form = SelfEvaluationForm(
        request.POST or None,
        initial=told | {f"point-{pk}": answer for pk, answer in given},
        asked=_asked(procedure),
        points=answers.asked_points(procedure),
    )
    done = run_form(
        request,
        form,
        lambda _said: drafting.write_self_evaluation(
            procedure=procedure, by=request.user, **(told | form.said())
        ),
        lambda: reverse("qa:procedure_detail", args=[pk]),
        _("Saved."),
    )
    return done or act_page(
        request,
        procedure,
        form,
        title=_("Self-evaluation and answers"),
        decision=answers.answered_decision(procedure),
        button=_("Save"),
    )


def _asked(procedure: Procedure) -> tuple[str, ...]:
    asked = ("self_evaluation",) if procedure.kind == ProcedureKind.PERIODIC else ()
    return (*asked, "answer_to_decision") if procedure.follows_id else asked


@require_http_methods(["GET", "POST"])
def authors_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Who writes on the draft, and one more."""
    procedure = _editable_procedure(request, pk)
    offer = procedure.micro_credential
    form = AuthorForm(request.POST or None, offer=offer)
    done = run_form(
        request,
        form,
        lambda said: drafting.add_author(
            procedure=procedure, author=said["author"], by=request.user
        ),
        lambda: reverse("qa:authors_edit", args=[pk]),
        _("Your colleague can write on the draft now."),
    )
    context = {"procedure": procedure, "form": form, "authors": offer.authors.all()}
    status = 422 if form.errors else 200
    return done or render(request, "qa/authors.html", context, status=status)


@require_http_methods(["GET", "POST"])
def overlaps_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """DC-27: an answer for each offer in force of the same detailed field."""
    procedure = visible_procedure(request, pk)
    version = procedure.version
    others = _others(procedure)
    given = dict(version.overlap_answers.values_list("other", "answer"))
    rows = [
        (
            other,
            OverlapForm(
                request.POST or None,
                prefix=f"other-{other.pk}",
                initial={"answer": given.get(other.pk, "")},
            ),
        )
        for other in others
    ]
    editable = is_editable(procedure, request.user)
    if request.method == "POST":
        if not editable:
            raise PermissionDenied(_("Only the authors change a proposal, as a draft."))
        if _answered(request, procedure, rows):
            return redirect("qa:section_edit", pk=pk, key="need")
    context = {"procedure": procedure, "rows": rows, "editable": editable}
    return render(request, "qa/overlaps.html", context)


def _others(procedure: Procedure) -> Any:
    """Offers in force of the same field, with what they say."""
    keys = [pk for pk, _number, _title in Facts(procedure.version).overlapping]
    return (
        MicroCredential.objects.filter(pk__in=keys)
        .select_related("case", "unit")
        .prefetch_related("accreditations__version__outcomes")
        .order_by("pk")
    )


def _answered(
    request: HttpRequest,
    procedure: Procedure,
    rows: list[tuple[MicroCredential, OverlapForm]],
) -> bool:
    for other, form in rows:
        if not form.is_valid() or not form.cleaned_data["answer"]:
            continue
        try:
            drafting.answer_overlap(
                version=procedure.version,
                other=other,
                answer=form.cleaned_data["answer"],
                by=request.user,
            )
        except TransitionRefused as refusal:
            messages.error(request, refusal.sentence)
            return False
    messages.success(request, _("Your answers are saved."))
    return True

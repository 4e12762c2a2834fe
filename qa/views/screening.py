"""After submission: the formal check, and the faculty council's endorsement."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from qa import attached, clock, offices, progress
from qa import permissions as may
from qa.enums import BodyKind, Role
from qa.forms.panel import ReasonForm
from qa.forms.screening import ChecklistForm, MissingItemFormSet
from qa.forms.votes import OpinionForm
from qa.models import Body, Procedure, User
from qa.services import notices, submission
from qa.transitions import TransitionRefused, may_perform, unmet_rowless
from qa.views.acts import act_page, run_form, visible_procedure
from qa.views.check_and_sign import is_to_be_signed, posted_again, try_or_do
from qa.views.foretold import foretell
from qa.views.mending import Lack, lacking
from qa.views.minutes import minutes_form, minutes_page, sign_minutes
from qa.views.workspace import signature_on

ELIGIBLE, RETURN = "eligible", "return"
DONE = {
    ELIGIBLE: gettext_lazy(
        "The proposal is eligible; the faculty council is asked next."
    ),
    RETURN: gettext_lazy("The proposal is with the coordinator for completion."),
}


@require_http_methods(["GET", "POST"])
def screening(request: HttpRequest, pk: int) -> HttpResponse:
    """A07 or A04: one page, two outcomes, each looked at once more before it is signed."""
    procedure = visible_procedure(request, pk)
    if not may.is_qa_officer(procedure, request.user):
        raise PermissionDenied(_("The quality office checks the formal requirements."))
    if not may_perform(procedure, "find_eligible", request.user):
        return moved_on(request, procedure)
    outcome = request.POST.get("outcome", "")
    forms = _forms(request, outcome)
    chosen = [form for form in forms.values() if form.is_bound]
    if outcome and is_to_be_signed(request, *chosen):
        answer = _check_or_sign(request, procedure, outcome, forms)
        if answer:
            return answer
    if "back" in request.POST:
        for form in chosen:
            form.is_valid()
    states = progress.states_of(procedure.version)
    context = {
        "procedure": procedure,
        **forms,
        "eligible_missing": _lacking(request, procedure, "find_eligible"),
        "return_missing": _lacking(request, procedure, "return_for_completion"),
        "chairs": offices.holders(Role.CEAC_CHAIR),
        "states": states,
        "attachments": attached.of(procedure.version),
        "signature": signature_on(procedure.version),
        "reasons": progress.reasoned(states),
    }
    wrong = "back" not in request.POST and any(not f.is_valid() for f in chosen)
    return render(request, "qa/screening.html", context, status=422 if wrong else 200)


def _lacking(request: HttpRequest, procedure: Procedure, act: str) -> tuple[Lack, ...]:
    return lacking(procedure, act, request.path, by=request.user)


def moved_on(request: HttpRequest, procedure: Procedure) -> HttpResponse:
    """Somebody else was quicker; the procedure's page says where it stands."""
    messages.info(
        request,
        _("This is done already: it is “%(state)s” now.")
        % {"state": procedure.get_status_display()},
    )
    return redirect("qa:procedure_detail", pk=procedure.pk)


def _forms(request: HttpRequest, outcome: str) -> dict[str, Any]:
    eligible = request.POST if outcome == ELIGIBLE else None
    returned = request.POST if outcome == RETURN else None
    return {
        "checklist": ChecklistForm(eligible),
        "items": MissingItemFormSet(returned, prefix="items"),
    }


def _check_or_sign(
    request: HttpRequest, procedure: Procedure, outcome: str, forms: dict[str, Any]
) -> HttpResponse | None:
    signing = "sign" in request.POST
    try:
        try_or_do(
            lambda: _record(procedure, outcome, forms, request.user), signing=signing
        )
    except TransitionRefused as refusal:
        messages.error(request, refusal.sentence)
        return None
    if signing:
        messages.success(request, DONE[outcome])
        return redirect("qa:procedure_detail", pk=procedure.pk)
    context = {
        "procedure": procedure,
        "is_eligible": outcome == ELIGIBLE,
        "term": clock.add_days(clock.today(), procedure.rule_set.return_term_days),
        "posted": posted_again(request),
        "told": notices.told(
            "A07" if outcome == ELIGIBLE else "A04", procedure, by=request.user
        ),
        **forms,
    }
    return render(request, "qa/screening_check.html", context)


def _record(
    procedure: Procedure, outcome: str, forms: dict[str, Any], by: User
) -> None:
    if outcome == ELIGIBLE:
        submission.find_eligible(
            procedure=procedure,
            checklist=forms["checklist"].cleaned_data["checklist"],
            by=by,
        )
        return
    submission.return_for_completion(
        procedure=procedure, items=forms["items"].items(), by=by
    )


@require_http_methods(["GET", "POST"])
def further_return(request: HttpRequest, pk: int) -> HttpResponse:
    """The commission's chair agrees that the proposal may be returned once more."""
    procedure = visible_procedure(request, pk)
    if not may.is_ceac_chair(procedure, request.user):
        raise PermissionDenied(_("Only the CEAC chair agrees to another return."))
    if not submission.waits_for_agreement(procedure):
        return moved_on(request, procedure)
    form = ReasonForm(request.POST or None, label=_("Why another return is needed"))
    done = run_form(
        request,
        form,
        lambda said: submission.allow_further_return(
            procedure=procedure, by=request.user, **said
        ),
        procedure.get_absolute_url,
        _("The quality office may return the proposal once more."),
    )
    return done or act_page(
        request,
        procedure,
        form,
        title=_("Agree to another return"),
        lead=_(
            "This proposal was returned for completion already. With your agreement "
            "the quality office may return it once more."
        ),
        missing=unmet_rowless(procedure, "allow_further_return", request.user),
        foretold=[foretell("allow_further_return", procedure, by=request.user)],
        button=_("Agree"),
    )


@require_http_methods(["GET", "POST"])
def endorsement_record(request: HttpRequest, pk: int) -> HttpResponse:
    """A08 or A08n: the faculty council's vote."""
    procedure = visible_procedure(request, pk)
    if not may.is_deans_office(procedure, request.user):
        raise PermissionDenied(_("The dean's office records the council's vote."))
    if not may_perform(procedure, "endorse", request.user):
        return moved_on(request, procedure)
    council = get_object_or_404(
        Body, kind=BodyKind.FACULTY_COUNCIL, unit=procedure.micro_credential.faculty
    )
    form = minutes_form(
        request,
        lambda posted: OpinionForm(
            posted,
            body=council,
            rules=procedure.rule_set,
            interested=may.interested_in(procedure),
        ),
    )
    if is_to_be_signed(request, form):
        favourable = form.cleaned_data["favourable"]
        row = "A08" if favourable else "A08n"
        answer = sign_minutes(
            request,
            procedure,
            form,
            lambda: submission.record_endorsement(
                procedure=procedure,
                minutes=form.minutes(),
                favourable=favourable,
                by=request.user,
            ),
            told=notices.told(row, procedure, by=request.user),
        )
        if answer:
            return answer
    return minutes_page(
        request, procedure, form, title=_("Record the council's endorsement")
    )

"""Signing a proposal: the head's signature, handing it in, giving it up."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from qa import attached, clock, content, progress, proposal_text
from qa import permissions as may
from qa.design_checks import ALL
from qa.enums import ProcedureStatus, VersionStatus
from qa.forms.panel import ReasonForm
from qa.models import Procedure
from qa.numbers import whole
from qa.services import drafting, intake, notices, signatures, submission
from qa.transitions import TransitionRefused, may_perform
from qa.views.acts import act_page, attempt, visible_procedure
from qa.views.check_and_sign import is_to_be_signed, posted_again, try_or_do
from qa.views.foretold import foretell
from qa.views.mending import lacking
from qa.views.workspace import (
    SUBMITTING,
    returned_items,
    returned_version,
    signature_on,
)

HANDED_IN = {
    "submit": gettext_lazy("The proposal is with the quality office."),
    "resubmit_completed": gettext_lazy(
        "The completed proposal is with the quality office."
    ),
}


@require_http_methods(["GET", "POST"])
def proposal_sign_off(request: HttpRequest, pk: int) -> HttpResponse:
    """The head of department reads and signs the revision shown."""
    procedure = visible_procedure(request, pk)
    version = procedure.version
    if not may.is_head_of_department(procedure, request.user):
        raise PermissionDenied(_("Only the head of the department signs here."))
    if request.method == "POST" and _signed_off(request, procedure):
        return redirect("qa:procedure_detail", pk=pk)
    states = progress.states_of(version)
    context = {
        "procedure": procedure,
        "version": version,
        "signature": signature_on(version),
        "is_draft": version.status == VersionStatus.DRAFT,
        "foretold": [foretell("sign_off", version, by=request.user)],
        "sections": list(
            zip(states, proposal_text.of(version).sections(), strict=True)
        ),
        "attachments": attached.of(procedure.version),
        "reasons": progress.reasoned(states),
        **_since_returned(procedure),
    }
    return render(request, "qa/sign_off.html", context)


@require_POST
def sign_off_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """The authors hand the finished draft to their head of department."""
    procedure = visible_procedure(request, pk)
    attempt(
        request,
        lambda: signatures.ask_for_signature(procedure=procedure, by=request.user),
        _("The head of department finds it in their work."),
    )
    return redirect("qa:procedure_detail", pk=pk)


def _signed_off(request: HttpRequest, procedure: Procedure) -> bool:
    try:
        return attempt(
            request,
            lambda: drafting.sign_off(
                version=procedure.version,
                revision=whole(request.POST.get("revision")),
                by=request.user,
            ),
            _("You have signed the proposal as it stands."),
        )
    except drafting.StaleRevision as stale:
        messages.error(
            request,
            _("%(who)s changed the proposal while you read. What you see now is new.")
            % {"who": stale.current.saved_by},
        )
        return False


@require_http_methods(["GET", "POST"])
def proposal_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """A03 or A05: check what is recorded, then hand it in."""
    procedure = visible_procedure(request, pk)
    act = SUBMITTING.get(ProcedureStatus(procedure.status), "")
    if not act or not may_perform(procedure, act, request.user):
        raise PermissionDenied(_("Only the coordinator submits, while it is a draft."))
    if "back" in request.POST:
        return redirect("qa:procedure_detail", pk=pk)
    if request.method == "POST" and attempt(
        request,
        lambda: submission.submit_proposal(procedure=procedure, by=request.user),
        str(HANDED_IN[act]),
    ):
        return redirect("qa:procedure_detail", pk=pk)
    version = procedure.version
    states = progress.states_of(version)
    context = {
        "procedure": procedure,
        "version": version,
        "missing": lacking(procedure, act, request.path),
        "states": states,
        "signature": signature_on(version),
        "attachments": attached.of(procedure.version),
        "digest": content.canonical_and_hash(version)[1],
        "reasons": progress.reasoned(states),
        "checks": len(ALL),
        "today": clock.today(),
        "is_again": act == "resubmit_completed",
        **_since_returned(procedure),
        "told": notices.told(
            "A03" if act == "submit" else "A05", procedure, by=request.user
        ),
    }
    return render(request, "qa/proposal_submit.html", context)


def _since_returned(procedure: Procedure) -> dict[str, Any]:
    """What the return asked for, and what was changed since."""
    returned = returned_version(procedure)
    if procedure.status != ProcedureStatus.RETURNED or returned is None:
        return {}
    old, new = (proposal_text.told_by(one) for one in (returned, procedure.version))
    return {
        "returned": returned,
        "returned_items": returned_items(procedure),
        "changes": proposal_text.changes_between(old, new),
        "changed_files": proposal_text.attachments_between(old, new),
        "changed_reasons": proposal_text.reasons_between(old, new),
    }


@require_http_methods(["GET", "POST"])
def proposal_abandon(request: HttpRequest, pk: int) -> HttpResponse:
    """A02: a reason, a look at what is recorded, then it is given up."""
    procedure = visible_procedure(request, pk)
    if not may_perform(procedure, "abandon", request.user):
        raise PermissionDenied(_("Only its authors give a draft up."))
    form = ReasonForm(request.POST or None, label=_("Why it is given up"))
    if is_to_be_signed(request, form):
        answer = _given_up(request, procedure, form)
        if answer:
            return answer
    return act_page(
        request,
        procedure,
        form,
        title=_("Give the proposal up"),
        lead=_(
            "A draft that was never submitted can be given up. It stays readable, and "
            "a new proposal can be opened at any time."
        ),
        missing=lacking(procedure, "abandon", request.path),
        button=_("Check and sign"),
    )


def _given_up(
    request: HttpRequest, procedure: Procedure, form: Any
) -> HttpResponse | None:
    reason, signing = form.cleaned_data["reason"], "sign" in request.POST
    try:
        try_or_do(
            lambda: intake.abandon_proposal(
                procedure=procedure, reason=reason, by=request.user
            ),
            signing=signing,
        )
    except TransitionRefused as refusal:
        form.add_error(None, refusal.sentence)
        return None
    if not signing:
        context = {
            "procedure": procedure,
            "reason": reason,
            "posted": posted_again(request),
            "told": notices.told("A02", procedure, by=request.user),
        }
        return render(request, "qa/proposal_abandon.html", context)
    messages.success(request, _("The proposal is given up; it stays readable."))
    return redirect("qa:procedure_detail", pk=procedure.pk)

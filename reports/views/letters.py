"""The letter of a decision: what it will say, its issue, the stored file."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qa.enums import ActKind
from qa.models import Decision
from qa.transitions import TransitionRefused
from recognition import queries as recognition
from reports import queries, services
from reports.models import IssuedLetter
from reports.views.files import file_answer


@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Check and sign: the words of the letter before it is issued; then its facts."""
    decision = _open_decision(request, pk)
    issued = IssuedLetter.objects.filter(decision=decision).defer("content").first()
    may_issue = services.may_issue(decision, request.user)
    if request.method == "POST":
        if not may_issue:
            raise PermissionDenied(_("This letter is issued by another office."))
        try:
            services.issue_letter(decision=decision, by=request.user)
        except TransitionRefused as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("The letter is issued and kept as it is."))
        return redirect("reports:letter", pk=pk)
    context = {
        "decision": decision,
        "letter": issued,
        "data": queries.draft_letter(decision),
        "may_issue": may_issue,
        "home": queries.home_of(decision),
    }
    return render(request, "reports/letter.html", context)


@require_safe
def letter_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The stored bytes of an issued letter."""
    decision = _open_decision(request, pk)
    issued = get_object_or_404(IssuedLetter, decision=decision)
    name = f"{decision.case.number}-{issued.code}.pdf"
    return file_answer(bytes(issued.content), "application/pdf", name)


@require_safe
def recognition_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter of the decision on an application."""
    application = get_object_or_404(
        recognition.applications_visible_to(request.user), pk=pk
    )
    if application.resolution is None:
        raise Http404
    return redirect("reports:letter", pk=application.resolution.decision_id)


def _open_decision(request: HttpRequest, pk: int) -> Decision:
    """A carried decision whose letter the person may open, or 404."""
    decisions = Decision.objects.filter(kind=ActKind.DECISION, is_carried=True)
    decision = get_object_or_404(decisions.select_related("case", "body"), pk=pk)
    if not queries.opens_letter(decision, request.user):
        raise Http404
    return decision

"""The applicant's side: status with the clock, what to do now, the decision."""

from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from qa.models import User
from qa.transitions import TransitionRefused, may_perform, unmet_clauses
from qa.views.acts import attempt, run_form
from recognition import permissions as may
from recognition import queries
from recognition.enums import Addressee, ApplicationStatus, ItemStand
from recognition.forms.fields import EmptyForm, ReasonForm
from recognition.forms.filing import (
    AnswerForm,
    BackgroundForm,
    DocumentForm,
    EvidenceForm,
)
from recognition.models import RecognitionApplication
from recognition.services import closing, conditions, filing, handling
from recognition.services.checking import check_added
from recognition.views.access import act_page, own_application_of, shared
from recognition.views.checking import checks_of
from recognition.views.documents import add_from
from recognition.views.filing import sections_of
from recognition.views.mending import lacking_to_file

S = ApplicationStatus


def _home(pk: int) -> str:
    return reverse("recognition:own_application", args=[pk])


@require_safe
def own_application(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the application stands, who acts now, by when; and what is asked."""
    application = own_application_of(request, pk)
    user, status = request.user, application.status
    context = (
        shared(application)
        | _whats_asked(application)
        | {
            "sections": sections_of(application) if status == S.DRAFT else (),
            "missing": lacking_to_file(application) if status == S.DRAFT else (),
            "documents": queries.documents_open_to(application, user),
            **checks_of(application, user),
            "all_is_sent": status == S.INCOMPLETE
            and queries.has_said_all_is_sent(application),
            "may_withdraw": may_perform(application, "withdraw", user),
            "may_add": status not in (S.DRAFT, *queries.CLOSED),
            "resolution": _told_resolution(application),
            "may_accept": status == S.NOTIFIED and application.applicant_id == user.pk,
            "accept_missing": unmet_clauses(application, "close"),
            "delays": application.delay_notices.all(),
        }
    )
    return render(request, "recognition/own_application.html", context)


def _whats_asked(application: RecognitionApplication) -> dict[str, Any]:
    """The open question and the missing items, if the applicant is asked for any."""
    request = application.open_request
    to_applicant = request is not None and request.addressee == Addressee.APPLICANT
    items = application.missing_items.all()
    return {
        "question": request if to_applicant else None,
        "answer_form": AnswerForm() if to_applicant else None,
        "items": items,
        "is_missing": application.status == S.INCOMPLETE
        and any(item.stand == ItemStand.OPEN for item in items),
    }


def _told_resolution(application: RecognitionApplication) -> Any:
    """The decision, once the letter was delivered: not a day before."""
    told = application.status in (S.NOTIFIED, S.FINAL)
    return application.resolution if told else None


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The applicant answers the open question."""
    application = own_application_of(request, pk)
    form = AnswerForm(request.POST)
    done = run_form(
        request,
        form,
        lambda said: handling.answer_request(
            application=application, answer=said["answer"], by=request.user
        ),
        lambda: _home(pk),
        _("Your answer arrived; the office goes on with it."),
    )
    return done or act_page(
        request,
        application,
        form,
        _home(pk),
        title=_("Answer the office's question"),
        quote=application.open_request,
        told=[_("The recognition office.")],
        button=_("Send the answer"),
    )


@require_POST
def items_sent(request: HttpRequest, pk: int) -> HttpResponse:
    """All that was missing is sent, or cannot be obtained."""
    application = own_application_of(request, pk)
    attempt(
        request,
        lambda: filing.report_items_sent(application=application, by=request.user),
        _("The office looks at what you sent."),
    )
    return redirect(_home(pk))


@require_http_methods(["GET", "POST"])
def document_add(request: HttpRequest, pk: int) -> HttpResponse:
    """One more document for the file; only the office lists papers without a file."""
    application = own_application_of(request, pk)
    form = DocumentForm(
        request.POST or None,
        request.FILES or None,
        may_be_paper=not may.is_applicant(application, request.user),
    )
    done = run_form(
        request,
        form,
        lambda said: _add_and_check(application, said, request.user),
        lambda: _home(pk),
        _("The document is in the file."),
    )
    return done or act_page(
        request,
        application,
        form,
        _home(pk),
        title=_("Add a document"),
        button=_("Add the document"),
        has_file=True,
    )


def _add_and_check(
    application: RecognitionApplication, said: dict[str, Any], by: User
) -> None:
    """A credential among the documents is verified; busy readers lose no document."""
    document = add_from(application, said, by=by)
    if document.file:
        with suppress(TransitionRefused):
            check_added(application=application, document=document, by=by)


@require_http_methods(["GET", "POST"])
def background(request: HttpRequest, pk: int) -> HttpResponse:
    """The background paper, where documents are missing."""
    application = own_application_of(request, pk)
    paper = getattr(application, "background_paper", None)
    initial = (
        {n: getattr(paper, n) for n in BackgroundForm.base_fields} if paper else {}
    )
    form = BackgroundForm(request.POST or None, initial=initial)
    done = run_form(
        request,
        form,
        lambda said: filing.save_background_paper(
            application=application, paper=said, by=request.user
        ),
        lambda: _home(pk),
        _("The background paper is saved."),
    )
    return done or act_page(
        request,
        application,
        form,
        _home(pk),
        title=_("Background paper"),
        lead=_(
            "Refugees and others who cannot bring documents tell here what they "
            "learned and did. Only the people who handle your file read it."
        ),
        button=_("Save"),
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """B28."""
    application = own_application_of(request, pk)
    form = ReasonForm(request.POST or None, label=_("Why (if you wish)"))
    form.fields["reason"].required = False
    done = run_form(
        request,
        form,
        lambda said: filing.withdraw_application(
            application=application, reason=said["reason"], by=request.user
        ),
        lambda: _home(pk),
        _("You took the application back."),
    )
    return done or act_page(
        request,
        application,
        form,
        _home(pk),
        title=_("Withdraw the application"),
        lead=_("This cannot be undone; you may file a new application at any time."),
        button=_("Withdraw the application"),
    )


@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """B22 by the applicant."""
    application = own_application_of(request, pk)
    form = EmptyForm(request.POST if request.method == "POST" else None)
    done = run_form(
        request,
        form,
        lambda _said: closing.accept_decision(application=application, by=request.user),
        lambda: _home(pk),
        _("The decision is final."),
    )
    return done or act_page(
        request,
        application,
        form,
        _home(pk),
        title=_("Accept the decision"),
        lead=_("The decision becomes final at once and you give up your appeal."),
        missing=unmet_clauses(application, "close"),
        button=_("Accept the decision"),
    )


@require_http_methods(["GET", "POST"])
def condition_evidence(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """C2 by the applicant."""
    application = own_application_of(request, pk)
    condition = get_object_or_404(
        queries.conditions_told(),
        pk=number,
        decision__case_id=pk,
        owner=request.user,
    )
    form = EvidenceForm(request.POST or None)
    done = run_form(
        request,
        form,
        lambda said: conditions.submit_evidence(
            condition=condition, evidence=said["evidence"], by=request.user
        ),
        lambda: _home(pk),
        _("The office judges what you sent."),
    )
    return done or act_page(
        request,
        application,
        form,
        _home(pk),
        title=_("Show how the condition is met"),
        quote=condition,
        told=[_("The recognition office.")],
        button=_("Send"),
    )

"""Filing section by section, then check and sign."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qa import clock
from qa.models import User
from qa.views.acts import attempt, run_form
from recognition.enums import ApplicationStatus
from recognition.forms.credentials import tell_origins
from recognition.forms.filing import AwardForm, LearningForm, SheetForm, WishForm
from recognition.guards import filing as guard
from recognition.models import RecognitionApplication
from recognition.services import filing
from recognition.views.access import own_application_of, shared
from recognition.views.mending import lacking_to_file


@dataclass(frozen=True)
class Section:
    """One part of the application: its form, where it is kept, when it is complete."""

    name: str
    title: str | Promise
    form: Callable[..., Any]
    save: Callable[..., Any]
    is_complete: Callable[[RecognitionApplication], bool]


def _save_wish(application: RecognitionApplication, said: Any, by: User) -> None:
    filing.save_wish(application=application, wish=said, by=by)


def _save_credential(application: RecognitionApplication, said: Any, by: User) -> None:
    filing.save_credential(application=application, credential=said, by=by)


def _save_sheet(application: RecognitionApplication, said: Any, by: User) -> None:
    filing.accept_information_sheet(application=application, by=by)
    filing.record_fee(
        application=application, fee=said["fee"], remark=said["remark"], by=by
    )


def _wish_form(application: RecognitionApplication, posted: Any) -> WishForm:
    initial = {n: getattr(application, n) for n in WishForm.base_fields}
    return WishForm(posted, initial=initial)


def _award_form(application: RecognitionApplication, posted: Any) -> AwardForm:
    return _credential_form(AwardForm, application, posted)


def _learning_form(application: RecognitionApplication, posted: Any) -> LearningForm:
    return _credential_form(LearningForm, application, posted)


def _credential_form(
    kind: Any, application: RecognitionApplication, posted: Any
) -> Any:
    credential = application.credential
    initial = {n: getattr(credential, n) for n in kind.base_fields if n != "missing"}
    if kind is AwardForm and not credential.learner_family_name:
        initial["learner_given_name"] = application.applicant.given_name
        initial["learner_family_name"] = application.applicant.family_name
    form = kind(posted, initial=initial, missing=credential.missing)
    tell_origins(form, credential, with_place=application.is_paper_file)
    return form


def _sheet_form(application: RecognitionApplication, posted: Any) -> SheetForm:
    initial = {
        "accepted": application.information_sheet_at is not None,
        "fee": application.fee,
        "remark": application.fee_note,
    }
    return SheetForm(posted, initial=initial)


def _answers(form: Any) -> Callable[[RecognitionApplication], bool]:
    """Complete when no element of the form's part is left unanswered."""
    return lambda application: (
        not set(form.elements) & set(application.credential.unanswered())
    )


SECTIONS = (
    Section(
        "purpose",
        gettext_lazy("Purpose"),
        _wish_form,
        _save_wish,
        guard.purpose_is_chosen,
    ),
    Section(
        "award",
        gettext_lazy("The credential: who awarded what, when"),
        _award_form,
        _save_credential,
        _answers(AwardForm),
    ),
    Section(
        "learning",
        gettext_lazy("What you learned and how it was assessed"),
        _learning_form,
        _save_credential,
        _answers(LearningForm),
    ),
    Section(
        "sheet",
        gettext_lazy("Information sheet and fee"),
        _sheet_form,
        _save_sheet,
        lambda it: (
            guard.information_sheet_is_accepted(it) and guard.fee_is_recorded(it)
        ),
    ),
)
BY_NAME = {section.name: section for section in SECTIONS}


def sections_of(application: RecognitionApplication) -> list[dict[str, Any]]:
    return [
        {"section": section, "complete": section.is_complete(application)}
        for section in SECTIONS
    ]


@require_http_methods(["GET", "POST"])
def section_edit(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One section; a draft saves whatever is there already."""
    application = own_application_of(request, pk)
    section = BY_NAME.get(name)
    if section is None or application.status != ApplicationStatus.DRAFT:
        raise Http404
    form = section.form(application, request.POST or None)
    for field in getattr(form, "open_on_the_way", ()) if request.htmx else ():
        form.fields[field].required = False
    done = run_form(
        request,
        form,
        lambda said: section.save(application, said, request.user),
        lambda: _onward(request, pk, section),
    )
    if done and request.htmx:
        return render(request, "recognition/_saved.html", {"saved_at": clock.now()})
    context = shared(application) | {"section": section, "form": form}
    status = 422 if form.errors else 200
    return done or render(
        request, "recognition/section_edit.html", context, status=status
    )


def _onward(request: HttpRequest, pk: int, section: Section) -> str:
    number = SECTIONS.index(section) + 1
    if "next" in request.POST and number < len(SECTIONS):
        return reverse("recognition:section_edit", args=[pk, SECTIONS[number].name])
    return reverse("recognition:own_application", args=[pk])


@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """B01: check what will be filed, word for word, and sign."""
    application = own_application_of(request, pk)
    if request.method == "POST" and attempt(
        request,
        lambda: _file(application, request.user),
        _("Your application is filed. You find the receipt in your messages."),
    ):
        return _after_filing(request, application)
    context = shared(application) | {
        "missing": lacking_to_file(application),
        "documents": application.case.documents.all(),
    }
    return render(request, "recognition/submit.html", context)


@transaction.atomic
def _file(application: RecognitionApplication, by: User) -> None:
    """The receipt and what follows come in the language in which the person filed."""
    if application.applicant_id == by.pk:
        filing.write_in(applicant=by, language=get_language() or by.language)
    filing.submit_application(application=application, by=by)


def _after_filing(
    request: HttpRequest, application: RecognitionApplication
) -> HttpResponse:
    """A paper file goes on on the office's side."""
    if application.applicant_id == request.user.pk:
        return redirect("recognition:own_application", pk=application.pk)
    return redirect("recognition:application_detail", pk=application.pk)

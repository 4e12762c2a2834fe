"""Credential files: looking at one, adding one to an application, results of a case."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from qa.files import LARGEST, hash_of
from qa.models import Document
from qa.transitions import TransitionRefused
from qa.views.acts import attempt
from recognition import look_ups, queries, register_of_trust
from recognition import permissions as may
from recognition.credentials.findings import Check, Report, Result
from recognition.enums import ApplicationStatus, TrustKind
from recognition.forms.credentials import FileForm
from recognition.models import CredentialCheck, RecognitionApplication
from recognition.services import checking
from recognition.views.access import office_places, own_application_of, shared

MOST_PROPOSALS = 5


@require_http_methods(["GET", "POST"])
def credential_look(request: HttpRequest) -> HttpResponse:
    """Verify any file and see what was found; nothing of it is stored."""
    if not may.proposes_trust(None, request.user):
        raise PermissionDenied(_("Only the recognition office checks files here."))
    form, looked = _file_form(request), None
    if form.is_bound and form.is_valid():
        looked = _looked_at(form)
    context: dict[str, Any] = {
        "form": form,
        "places": office_places(request.user),
    }
    if looked is not None:
        context |= {
            "report": looked.report,
            "name": form.cleaned_data["file"].name,
            "size": len(looked.content),
            "sha256": hash_of(looked.content),
            "proposals": proposals_of(looked.report),
        }
    status = 422 if form.errors else 200
    return render(request, "recognition/credential_look.html", context, status=status)


def _file_form(request: HttpRequest) -> FileForm:
    posted = request.method == "POST"
    return FileForm(request.POST, request.FILES) if posted else FileForm()


def _looked_at(form: FileForm) -> checking.Looked | None:
    try:
        return checking.look_at(form.cleaned_data["file"].read(LARGEST + 1))
    except TransitionRefused as refusal:
        form.add_error(None, refusal.sentence)
        return None


def proposals_of(report: Report) -> list[dict[str, Any]]:
    """What nobody confirmed: identifiers and the key, with the entry that waits."""
    found: dict[str, str] = {}
    for one in report.all:
        if one.findings[Check.ISSUER].result is Result.UNKNOWN:
            found |= {value: _kind_of(value) for value in one.issuers}
        if one.key and one.findings[Check.KEY_BINDING].result is not Result.PASS:
            found[one.key] = TrustKind.KEY.value
    shown = dict(list(found.items())[:MOST_PROPOSALS])
    entries = register_of_trust.entries().filter(value__in=shown).order_by("pk")
    standing = {(entry.kind, entry.value): entry for entry in entries}
    return [
        {"kind": kind, "value": value, "entry": standing.get((kind, value))}
        for value, kind in shown.items()
    ]


def _kind_of(identifier: str) -> str:
    if identifier.startswith("did:"):
        return TrustKind.DID.value
    return (
        TrustKind.OTHER.value
        if ":" in identifier[:6] or "/" in identifier
        else TrustKind.ORGANISATION.value
    )


@require_http_methods(["GET", "POST"])
def credential_add(request: HttpRequest, pk: int) -> HttpResponse:
    """The applicant's credential file: verified, kept, and filled into the draft."""
    application = own_application_of(request, pk)
    if application.status != ApplicationStatus.DRAFT:
        raise Http404
    form = _file_form(request)
    if form.is_bound and form.is_valid():
        check = _added(request, application, form)
        if check is not None:
            messages.success(request, _what_was_filled(application, check))
            return redirect("recognition:own_application", pk=pk)
    context = shared(application) | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "recognition/credential_add.html", context, status=status)


def _added(
    request: HttpRequest, application: RecognitionApplication, form: FileForm
) -> CredentialCheck | None:
    file = form.cleaned_data["file"]
    try:
        return checking.add_credential_file(
            application=application,
            content=file.read(LARGEST + 1),
            filename=file.name,
            by=request.user,
        )
    except TransitionRefused as refusal:
        form.add_error("file", refusal.sentence)
        return None


def _what_was_filled(
    application: RecognitionApplication, check: CredentialCheck
) -> str:
    fresh = RecognitionApplication.objects.get(pk=application.pk).credential
    count = sum(1 for one in fresh.origins.values() if one.get("check") == check.pk)
    if not count:
        return _("The file is added; nothing in it could be read into the form.")
    return ngettext(
        "The file is added and speaks of %(n)s field of the form; check it.",
        "The file is added and speaks of %(n)s fields of the form; check them.",
        count,
    ) % {"n": count}


def _open_to(request: HttpRequest, pk: int) -> RecognitionApplication:
    """An application whose documents the person may open, as applicant or office."""
    found = queries.applications_visible_to(request.user) | queries.filed_by(
        request.user
    )
    return get_object_or_404(
        found.select_related("case", "applicant", "credential__issuer").distinct(),
        pk=pk,
    )


@require_safe
def credential_check(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One result as it was found: every line, every claim, what it rests on."""
    application = _open_to(request, pk)
    user = request.user
    documents = queries.documents_open_to(application, user)
    checks = _checks_of(application, documents)
    check = get_object_or_404(checks, pk=number)
    context = shared(application) | {
        "check": check,
        "report": check.told,
        "others": checks.filter(document=check.document).exclude(pk=check.pk),
        "checkable": _checkable(application, documents, user),
        "back": home_of(application, user),
        "look_ups": check.look_ups.defer("content"),
        "look_up_stand": look_ups.stand_of(check),
        "proposals": proposals_of(check.told)
        if may.proposes_trust(None, user) and not may.is_applicant(application, user)
        else [],
    }
    return render(request, "recognition/credential_check.html", context)


@require_POST
def document_check(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Verify a document of the case now; earlier results stay beside the new one."""
    application = _open_to(request, pk)
    documents = queries.documents_open_to(application, request.user)
    document = get_object_or_404(documents, pk=number)
    done: list[CredentialCheck] = []
    attempt(
        request,
        lambda: done.append(
            checking.check_document(
                application=application, document=document, by=request.user
            )
        ),
    )
    if not done:
        return redirect(home_of(application, request.user))
    return redirect("recognition:credential_check", pk=pk, number=done[0].pk)


def home_of(application: RecognitionApplication, user: Any) -> str:
    """The page of the case, on the side that is the person's."""
    own = application in queries.filed_by(user)
    name = "own_application" if own else "application_detail"
    return reverse(f"recognition:{name}", args=[application.pk])


def _checks_of(
    application: RecognitionApplication, documents: QuerySet[Document]
) -> QuerySet[CredentialCheck]:
    """The checks of the documents that the person may read, and of no other."""
    return application.credential_checks.filter(document__in=documents).select_related(
        "document", "checked_by"
    )


def _checkable(
    application: RecognitionApplication, documents: QuerySet[Document], user: Any
) -> set[int]:
    """Those of the documents that the person may have verified now."""
    if application.status in queries.CLOSED or not may.checks_again(application, user):
        return set()
    found = documents.exclude(file="").exclude(kind__in=checking.NEVER_CHECKED)
    return set(found.values_list("pk", flat=True))


def checks_of(application: RecognitionApplication, user: Any) -> dict[str, Any]:
    """The checks of a case by document, newest first, and where one may be run."""
    by_document: dict[int, list[CredentialCheck]] = {}
    documents = queries.documents_open_to(application, user)
    for check in _checks_of(application, documents).order_by("-pk"):
        by_document.setdefault(check.document_id, []).append(check)
    return {
        "checks": [
            {"last": its[0], "earlier": its[1:]} for its in by_document.values()
        ],
        "checked": by_document,
        "checkable": _checkable(application, documents, user),
    }

"""Files that go with a proposal: attached by its authors, opened by whoever reads it."""

from io import BytesIO

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from qa import attached
from qa.files import LARGEST, content_of
from qa.forms.proposal import AttachmentForm
from qa.models import Attachment
from qa.services import attachments as files
from qa.transitions import TransitionRefused
from qa.views.acts import attempt, run_form, visible_procedure
from qa.views.workspace import is_editable


@require_http_methods(["GET", "POST"])
def attachments_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What goes with the version; its authors add files while it is a draft."""
    procedure = visible_procedure(request, pk)
    editable = is_editable(procedure, request.user)
    if request.method == "POST" and not editable:
        raise PermissionDenied(_("Only the authors change a proposal, as a draft."))
    form = AttachmentForm(request.POST or None, request.FILES or None)
    done = run_form(
        request,
        form,
        lambda said: files.attach(
            version=procedure.version,
            kind=said["kind"],
            title=said["title"],
            content=said["file"].read(LARGEST + 1),  # one byte too many tells
            by=request.user,
        ),
        lambda: reverse("qa:attachments_edit", args=[pk]),
        _("The file goes with the proposal now."),
        refused_at="file",
    )
    context = {
        "procedure": procedure,
        "form": form,
        "editable": editable,
        "attachments": attached.of(procedure.version),
    }
    status = 422 if form.errors else 200
    return done or render(request, "qa/attachments.html", context, status=status)


@require_safe
def attachment_read(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """The file, for whoever may open the procedure."""
    document = _attachment(request, pk, number).document
    try:
        content = content_of(document)
    except TransitionRefused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("qa:attachments_edit", pk=pk)
    suffix = files.SUFFIXES[document.media_type]
    return FileResponse(
        BytesIO(content),
        as_attachment=True,
        filename=f"{document.case.number}-{slugify(document.title)[:60]}{suffix}",
        content_type=document.media_type,
    )


@require_POST
def attachment_take_off(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The draft goes on without the file."""
    attachment = _attachment(request, pk, number)
    attempt(
        request,
        lambda: files.take_off(attachment=attachment, by=request.user),
        _("The file no longer goes with the proposal."),
    )
    return redirect("qa:attachments_edit", pk=pk)


def _attachment(request: HttpRequest, pk: int, number: int) -> Attachment:
    procedure = visible_procedure(request, pk)
    found = Attachment.objects.select_related("version", "document__case")
    return get_object_or_404(found, pk=number, version__procedure=procedure)

"""Where recognition begins: one's own applications, and the office's queue."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from qa.enums import Role
from qa.models import User
from qa.paging import BoundedPaginator
from qa.permissions import holds
from qa.views.acts import attempt, run_form
from recognition import queries
from recognition.forms.filing import PaperForm
from recognition.forms.searching import ALL, QueueForm
from recognition.models import RecognitionApplication
from recognition.services import filing
from recognition.services.filed_data import applicant_of
from recognition.views.access import office_places

ROWS_PER_PAGE = 25


@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """Applicants see their applications; the office its queue, and what it looks for."""
    in_office = queries.works_in_office(request.user)
    own, number = queries.own_applications(request.user), request.GET.get("own")
    context = {
        "own": BoundedPaginator(own, ROWS_PER_PAGE, number).get_page(number),
        "in_office": in_office,
        "files_paper": holds(request.user, Role.RECOGNITION_OFFICER),
        "places": office_places(request.user),
    }
    if in_office:
        form, number = QueueForm(request.GET), request.GET.get("page")
        form.full_clean()
        listed = BoundedPaginator(_listed(request.user, form), ROWS_PER_PAGE, number)
        context |= {
            "form": form,
            "is_narrowed": bool(form.words() or form.status_asked),
            "page": listed.get_page(number),
        }
    return render(request, "recognition/work.html", context)


def _listed(user: User, form: QueueForm) -> QuerySet[RecognitionApplication]:
    """What is open by deadline; with closed files, the newest first."""
    asked = form.status_asked
    closed_too = asked == ALL or asked in queries.CLOSED
    files = queries.office_files(user) if closed_too else queries.office_queue(user)
    if asked and asked != ALL:
        files = files.filter(status=asked)
    return queries.holding(files, form.words())


@require_POST
def application_open(request: HttpRequest) -> HttpResponse:
    """B00 by the applicant."""
    opened: list[int] = []
    attempt(
        request,
        lambda: opened.append(_open_own(request.user)),
    )
    if not opened:
        return redirect("recognition:work")
    return redirect("recognition:own_application", pk=opened[0])


@transaction.atomic
def _open_own(user: User) -> int:
    """Who applies here is written to in the language of these pages."""
    filing.write_in(applicant=user, language=get_language() or user.language)
    return filing.open_application(applicant=user, by=user).pk


@require_http_methods(["GET", "POST"])
def paper_open(request: HttpRequest) -> HttpResponse:
    """B00 by an officer, for somebody who files on paper."""
    if not holds(request.user, Role.RECOGNITION_OFFICER):
        raise PermissionDenied(_("Only the recognition office files from paper."))
    form = PaperForm(request.POST if request.method == "POST" else None)
    opened: list[int] = []
    done = run_form(
        request,
        form,
        lambda said: opened.append(_open_paper(said, request.user)),
        lambda: reverse("recognition:own_application", args=opened),
    )
    status = 422 if form.errors else 200
    return done or render(
        request, "recognition/paper.html", {"form": form}, status=status
    )


@transaction.atomic
def _open_paper(said: dict[str, Any], by: User) -> int:
    """Refused, it leaves nobody new behind."""
    applicant = applicant_of(said)
    return filing.open_application(applicant=applicant, by=by).pk

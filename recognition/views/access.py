"""Who opens which application, and the context every page of it shares."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qa import clock
from qa.enums import Role
from qa.models import User
from qa.queries import roles_of
from recognition import limits, queries, register_of_trust
from recognition.models import RecognitionApplication
from recognition.path import path_of, what_happens_now
from recognition.permissions import READS_TRUST

_PARTS = (
    "case",
    "applicant",
    "rule_set",
    "credential__issuer",
    "credential__awarding_body",
    "committee",
)


def own_application_of(request: HttpRequest, pk: int) -> RecognitionApplication:
    """One's own application, or a paper file one is filing; else 404."""
    found = queries.filed_by(request.user).select_related(*_PARTS)
    return get_object_or_404(found, pk=pk)


def visible_application(request: HttpRequest, pk: int) -> RecognitionApplication:
    """An application of somebody else that the person may open; else 404."""
    found = queries.applications_visible_to(request.user).select_related(*_PARTS)
    return get_object_or_404(found.exclude(applicant=request.user), pk=pk)


def application_to_declare_on(request: HttpRequest, pk: int) -> RecognitionApplication:
    """An application one is named assessor for, whatever was declared; else 404."""
    found = queries.applications_to_declare_on(request.user).select_related(*_PARTS)
    return get_object_or_404(found.exclude(applicant=request.user), pk=pk)


def office_places(user: User) -> list[dict[str, Any]]:
    """The rooms of the office besides its queue, for whom they are open."""
    roles = roles_of(user).keys()
    places = []
    if roles & {Role.RECOGNITION_OFFICER, Role.HEAD_OF_RECOGNITION}:
        places.append(("credential_look", _("Check a file"), 0))
    if roles & set(READS_TRUST):
        waiting = register_of_trust.waiting().count()
        places.append(("trust_register", _("Register of trust"), waiting))
    if places:
        places.insert(0, ("work", _("Applications"), 0))
    return [
        {"name": name, "href": reverse(f"recognition:{name}"), "label": label, "n": n}
        for name, label, n in places
    ]


def shared(application: RecognitionApplication) -> dict[str, Any]:
    """Head, clock and path of an application."""
    return {
        "application": application,
        "credential": application.credential,
        "clock": limits.read(application, clock.today()),
        "path": path_of(application),
        "now": what_happens_now(application),
        "is_romanian": (get_language() or "").startswith("ro"),
    }


def act_page(
    request: HttpRequest,
    application: RecognitionApplication,
    form: Any,
    back: str,
    **words: Any,
) -> HttpResponse:
    """Render one act; what was typed stays, with what is wrong with it."""
    context = {**shared(application), "form": form, "back": back, **words}
    status = 422 if form is not None and form.errors else 200
    return render(request, "recognition/act.html", context, status=status)

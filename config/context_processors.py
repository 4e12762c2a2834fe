"""What the shell shows on every page: theme, main navigation, what waits."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from qa import tasks
from qa.enums import Role
from qa.models import User

THEMES = ("auto", "light", "dark")


def shell(request: HttpRequest) -> dict[str, Any]:
    """The theme from its cookie, and where the person can go."""
    theme = request.COOKIES.get("theme", "auto")
    labels = (_("As the device"), _("Light"), _("Dark"))
    return {
        "theme": theme if theme in THEMES else "auto",
        "themes": tuple(zip(THEMES, labels, strict=True)),
        # Lazy: answers to htmx show no navigation and should not pay for it.
        "main_navigation": SimpleLazyObject(lambda: _navigation(request)),
    }


def _navigation(request: HttpRequest) -> list[dict[str, Any]]:
    places = _places(request)
    matches = [href for _label, href, _count in places if request.path.startswith(href)]
    current = max(matches, key=len, default="")
    return [
        {"label": label, "href": href, "current": href == current, "count": count}
        for label, href, count in places
    ]


def _places(request: HttpRequest) -> tuple[tuple[str, str, int], ...]:
    """Label, address and number of waiting things; a visitor sees the register."""
    register = (_("Register"), reverse("reports:register"), 0)
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return (register,)
    return (
        (_("My work"), reverse("qa:work"), tasks.waiting_for(user).count()),
        (_("Micro-credentials"), reverse("qa:micro_credential_list"), 0),
        (_("Recognition"), reverse("recognition:work"), 0),
        register,
        *_exports(user),
    )


def _exports(user: User) -> tuple[tuple[str, str, int], ...]:
    """For the people of the institution and its offices; applicants have no dossier."""
    inside = user.unit_id or user.appointments.exclude(role=Role.APPLICANT).exists()
    return ((_("Exports"), reverse("reports:exports"), 0),) if inside else ()

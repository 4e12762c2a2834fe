"""The sign-in page: e-mail and password, and in demo mode the people to be."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.cache import cache
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from config import throttle
from qa import clock, tasks
from qa.enums import PanelMemberStatus, PanelRole, Role
from qa.models import Appointment, PanelMember, User
from recognition.enums import ApplicationStatus
from recognition.guards.notification import (
    no_appeal_is_registered,
    no_condition_is_open,
)
from recognition.models import RecognitionApplication


class SignInForm(AuthenticationForm):
    """People are known by their e-mail address."""

    username = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    error_messages = {
        "invalid_login": _("E-mail address and password do not belong together."),
        "inactive": _("This person can no longer sign in."),
        "throttled": _(
            "Too many wrong passwords for this e-mail address. Try again after %(time)s."
        ),
    }

    def clean(self) -> dict[str, Any]:
        """No password is looked at while too many were wrong, not even the right one."""
        request: Any = self.request
        key = throttle.key_of(request, self.cleaned_data.get("username", ""))
        if until := throttle.blocked_until(key):
            time = timezone.localtime(until).strftime("%H:%M")
            sentence = self.error_messages["throttled"]
            raise forms.ValidationError(sentence, "throttled", {"time": time})
        try:
            cleaned = super().clean()
        except forms.ValidationError:
            throttle.count(key)
            raise
        if self.get_user():
            throttle.forget(key)
        return cleaned


class SignIn(LoginView):
    """Signing in; everything else is behind it but the public pages."""

    authentication_form = SignInForm
    template_name = "registration/login.html"
    redirect_authenticated_user = True

    def get_success_url(self) -> str:
        """Where the person wanted to go; never here again, who signed in is sent on."""
        wanted = super().get_success_url()
        is_here = urlsplit(wanted).path == self.request.path
        return self.get_default_redirect_url() if is_here else wanted

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in; who never chose a language here gets the one they are written in."""
        response = super().form_valid(form)
        user: Any = form.get_user()
        chosen = settings.LANGUAGE_COOKIE_NAME in self.request.COOKIES
        if not chosen and not user.is_demo:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                user.language,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
                samesite=settings.LANGUAGE_COOKIE_SAMESITE,  # type: ignore[arg-type]
            )
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_invalid(form)
        if form.has_error(NON_FIELD_ERRORS, "throttled"):
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if settings.ATESTA_DEMO:
            # Counting what waits for eighty people takes a second; visitors share it.
            context["demo_groups"] = cache.get_or_set(
                f"demo-groups-{get_language()}", demo_groups, A_MOMENT
            )
        return context


# --- The people of the demo -------------------------------------------------------

A_FEW = 3
# Of a learner's things each waits for somebody else: a draft, an item to supply, a
# question, a condition, a decision.
APPLICANTS = 5
# Each signs for a department of their own, so none stands for the others.
EVERYBODY = frozenset({Role.HEAD_OF_DEPARTMENT})
A_MOMENT = 20
ACCEPTANCE = "recognition.acceptance"

# What there is to do, in the order of the work, and who does it.
GROUPS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (
        _("Propose"),
        (Role.COORDINATOR, Role.AUTHOR, Role.HEAD_OF_DEPARTMENT, Role.CONDITION_OWNER),
    ),
    (_("Check and endorse"), (Role.QA_OFFICER, Role.DEANS_OFFICE, Role.CEAC_CHAIR)),
    (_("Review in a panel"), tuple(PanelRole)),
    (_("Decide"), (Role.SENATE_SECRETARY, Role.BOARD_SECRETARY, Role.RECTOR)),
    (
        _("Recognise"),
        (
            *(Role.RECOGNITION_OFFICER, Role.ASSESSOR, Role.HEAD_OF_RECOGNITION),
            *(Role.COMMITTEE_SECRETARY, Role.SIGNATORY, Role.APPEALS_MEMBER),
        ),
    ),
    (_("Apply as a learner"), (Role.APPLICANT,)),
    (_("Look after it all"), (Role.AUDITOR, Role.ADMINISTRATOR, Role.AGENCY_OFFICER)),
)


@dataclass(frozen=True)
class DemoPerson:
    """A person of the demo university, what they do there, and what waits for them."""

    name: str
    email: str
    does: str
    place: str = ""
    steps: tuple[str, ...] = ()
    pk: int = 0

    @property
    def waiting(self) -> int:
        return len(self.steps)


@dataclass
class DemoRole:
    """One thing to do, and the people who can do it."""

    does: str
    people: list[DemoPerson] = field(default_factory=list)


@dataclass
class DemoGroup:
    """A part of the work with its roles."""

    title: str
    roles: list[DemoRole]


def demo_groups() -> list[DemoGroup]:
    """All there is to do, with a few people or everybody for each; nobody stands twice."""
    found = _people_by_role()
    shown: list[DemoPerson] = []
    groups = []
    for title, roles in GROUPS:
        present = [_role(role, found.get(role, {}), shown) for role in roles]
        groups.append(DemoGroup(str(title), [role for role in present if role.people]))
    return [group for group in groups if group.roles]


def demo_people() -> Iterator[DemoPerson]:
    """The first person for each thing there is to do, in the order of the work."""
    roles = chain.from_iterable(group.roles for group in demo_groups())
    return (role.people[0] for role in roles)


def _role(
    role: str, holders: dict[int, tuple[User, str]], shown: list[DemoPerson]
) -> DemoRole:
    """The role with some of its holders, who are added to those shown."""
    does = str(dict(chain(Role.choices, PanelRole.choices))[role])
    taken = {person.pk for person in shown}
    candidates = [
        DemoPerson(str(user), user.email, does, place, _steps(user), user.pk)
        for user, place in holders.values()
        if user.pk not in taken
    ]
    people: list[DemoPerson] = []
    room = APPLICANTS if role == Role.APPLICANT else A_FEW
    while candidates and (role in EVERYBODY or len(people) < room):
        people.append(_most_telling(candidates, people, shown))
        shown.append(people[-1])
        candidates.remove(people[-1])
    return DemoRole(does, people)


def _most_telling(
    candidates: list[DemoPerson], people: list[DemoPerson], shown: list[DemoPerson]
) -> DemoPerson:
    """Who has work of a kind that nobody shown has; then of another place; then busy."""
    known = {step for person in shown for step in person.steps}
    places = {person.place for person in people}
    return max(
        candidates,
        key=lambda person: (
            len(set(person.steps) - known),
            person.place not in places,
            person.waiting,
        ),
    )


def _steps(user: User) -> tuple[str, ...]:
    """The kind of each thing that the person can do now."""
    return (*tasks.open_to(user).steps(), *_acceptances(user))


def _acceptances(user: User) -> list[str]:
    """Decisions told that an applicant can accept: nobody's turn, for they may wait."""
    told = RecognitionApplication.objects.filter(
        applicant=user, status=ApplicationStatus.NOTIFIED
    )
    ready = (no_condition_is_open, no_appeal_is_registered)
    return [ACCEPTANCE for one in told if all(clause(one) for clause in ready)]


def _people_by_role() -> dict[str, dict[int, tuple[User, str]]]:
    """For each role, its holders with the place they hold it at."""
    found: dict[str, dict[int, tuple[User, str]]] = {}
    for appointment in _appointments():
        unit = appointment.unit
        place = str(unit.faculty) if unit else ""
        found.setdefault(appointment.role, {})[appointment.user_id] = (
            appointment.user,
            place,
        )
    for seat in _seats():
        place = seat.employer or seat.user.affiliation
        found.setdefault(seat.role, {})[seat.user_id] = (seat.user, place)
    for user in _applicants():
        found.setdefault(Role.APPLICANT, {})[user.pk] = (user, user.affiliation)
    return found


def _appointments() -> QuerySet[Appointment]:
    return (
        Appointment.objects.current_on(clock.today())
        .filter(user__is_demo=True)
        .select_related("user", "unit__parent")
        .order_by("pk")
    )


def _seats() -> QuerySet[PanelMember]:
    return (
        PanelMember.objects.filter(
            user__is_demo=True,
            status__in=(PanelMemberStatus.INVITED, PanelMemberStatus.ACCEPTED),
        )
        .select_related("user")
        .order_by("-pk")
    )


def _applicants() -> QuerySet[User]:
    return (
        User.objects.filter(
            is_demo=True, recognition_applications__isnull=False, unit=None
        )
        .distinct()
        .order_by("pk")
    )

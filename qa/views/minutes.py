"""Recording a vote: the form of the minutes, the count as it goes, the last look."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from qa.forms.votes import MinutesForm
from qa.models import Procedure
from qa.transitions import TransitionRefused

# Buttons of the page and what belongs to one request only.
NOT_CARRIED = ("csrfmiddlewaretoken", "check", "count", "rest", "back", "sign")
# Pressed, these show the form again without a word about what is not filled in yet.
ONLY_SHOW = ("count", "rest", "back")


def only_shows(request: HttpRequest) -> bool:
    """Whether the button pressed asks to see the form again, and nothing more."""
    return any(button in request.POST for button in ONLY_SHOW)


def minutes_form(
    request: HttpRequest, make: Callable[[QueryDict | None], MinutesForm]
) -> MinutesForm:
    """The form as posted; “rest” marks in one go who is not marked yet."""
    form = make(request.POST or None)
    rest = request.POST.get("rest")
    if rest:
        form = make(form.with_rest(rest))
    if only_shows(request):
        form.say_nothing()
    return form


def is_to_be_signed(request: HttpRequest, *forms: Any) -> bool:
    """Posted and valid: shown word for word next, or signed there."""
    return (
        request.method == "POST"
        and not only_shows(request)
        and all(form.is_valid() for form in forms)
    )


def posted_again(request: HttpRequest) -> list[tuple[str, str]]:
    """What was posted, to be carried along by the page that is signed."""
    return [
        (name, value)
        for name in request.POST
        if name not in NOT_CARRIED
        for value in request.POST.getlist(name)
    ]


def try_or_do(act: Callable[[], Any], *, signing: bool) -> Any:
    """Before it is signed the act is tried and undone, so that a refusal comes first."""
    with transaction.atomic():
        done = act()
        transaction.set_rollback(not signing)
    return done


def minutes_page(
    request: HttpRequest, procedure: Procedure, form: MinutesForm, **more: Any
) -> HttpResponse:
    """The form of the minutes; counting alone records nothing."""
    context = {"procedure": procedure, "form": form, "tally": form.tally(), **more}
    if request.htmx and "count" in request.POST:
        return render(request, "qa/_tally.html", context)
    only_shown = any(button in request.POST for button in ONLY_SHOW)
    status = 422 if form.is_bound and form.errors and not only_shown else 200
    return render(request, "qa/minutes.html", context, status=status)


def sign_minutes(
    request: HttpRequest,
    procedure: Procedure,
    form: MinutesForm,
    act: Callable[[], Any],
    *,
    told: Sequence[Any] = (),
    **shown: Any,
) -> HttpResponse | None:
    """First show word for word what can be recorded; signed, record it."""
    signing = "sign" in request.POST
    try:
        try_or_do(act, signing=signing)
    except TransitionRefused as refusal:
        form.add_error(None, refusal.sentence)
        return None
    if signing:
        return redirect("qa:procedure_detail", pk=procedure.pk)
    tally = form.tally()
    context = {
        "procedure": procedure,
        "form": form,
        "tally": tally,
        "posted": posted_again(request),
        "told": told if tally.is_carried else (),
        **shown,
    }
    return render(request, "qa/minutes_check.html", context)

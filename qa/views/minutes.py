"""Recording a vote: the form of the minutes, the count as it goes, the last look."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from qa.forms.votes import MinutesForm
from qa.models import Procedure
from qa.transitions import TransitionRefused
from qa.views.check_and_sign import only_shows, posted_again, try_or_do


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


def minutes_page(
    request: HttpRequest, procedure: Procedure, form: MinutesForm, **more: Any
) -> HttpResponse:
    """The form of the minutes; counting alone records nothing."""
    context = {"procedure": procedure, "form": form, "tally": form.tally(), **more}
    if request.htmx and "count" in request.POST:
        return render(request, "qa/_tally.html", context)
    is_wrong = form.is_bound and form.errors and not only_shows(request)
    status = 422 if is_wrong else 200
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

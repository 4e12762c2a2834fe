"""The page of a single act: what it does, its form, one button."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from qa import queries
from qa.models import Procedure
from qa.transitions import TransitionRefused


def visible_procedure(request: HttpRequest, pk: int) -> Procedure:
    """A procedure whose dossier the person may open, or 404."""
    return get_object_or_404(
        queries.procedures_visible_to(request.user).select_related(
            "version", "micro_credential__unit__parent", "rule_set", "standard_set"
        ),
        pk=pk,
    )


def act_page(
    request: HttpRequest, procedure: Procedure, form: Any, **words: Any
) -> HttpResponse:
    """Render one act; what was typed stays, with what is wrong with it."""
    context = {"procedure": procedure, "form": form, **words}
    status = 422 if form.errors else 200
    return render(request, "qa/act.html", context, status=status)


def attempt(request: HttpRequest, act: Callable[[], Any], done: str = "") -> bool:
    """Do the act; say what became of it. True when it was done."""
    try:
        act()
    except TransitionRefused as refusal:
        messages.error(request, refusal.sentence)
        return False
    if done:
        messages.success(request, done)
    return True


def run_form(
    request: HttpRequest,
    form: Any,
    act: Callable[[dict[str, Any]], Any],
    onward: Callable[[], str],
    done: str = "",
    *,
    refused_at: str | None = None,
) -> HttpResponse | None:
    """A posted, valid form does its act; a refusal goes back onto the form or a field."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        act(form.cleaned_data)
    except TransitionRefused as refusal:
        form.add_error(refused_at, refusal.sentence)
        return None
    if done:
        messages.success(request, done)
    return redirect(onward())

"""My work: what waits for me, what I may take, whom I wait for, what this week brings."""

from datetime import timedelta
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from qa import clock, tasks
from qa.models import Turn, User
from qa.services import work as turns
from qa.tasks import WorkItem
from qa.views.acts import attempt

A_PAGE = 25
A_FEW = 10
A_WEEK = timedelta(days=6)


@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """The inbox of the person: overdue first, then by day."""
    mine, to_take = tasks.waiting_and_free(request.user)
    waiting: Paginator[WorkItem] = Paginator(mine, A_PAGE)
    free = to_take[: A_PAGE + 1]
    waited_for = tasks.waited_for_by(request.user)[: A_FEW + 1]
    context = {
        "page": waiting.get_page(request.GET.get("page")),
        "free": free[:A_PAGE],
        "more_free": len(free) > A_PAGE,
        "waited_for": waited_for[:A_FEW],
        "more_waited_for": len(waited_for) > A_FEW,
        **_week(request.user),
    }
    return render(request, "qa/work.html", context)


def _week(user: User) -> dict[str, Any]:
    """The terms of the seven days from today on, by day; the first of them, if many."""
    today = clock.today()
    due = tasks.due_between(user, today, today + A_WEEK)[: A_PAGE + 1]
    days = groupby(due[:A_PAGE], lambda one: one.due_on)
    return {
        "week": [(day, list(items)) for day, items in days],
        "more_this_week": len(due) > A_PAGE,
    }


@require_POST
def turn_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a free piece of work."""
    turn = get_object_or_404(Turn, pk=pk)
    attempt(
        request,
        lambda: turns.take_turn(turn_id=turn.pk, by=request.user),
        _("It is yours now."),
    )
    return redirect("qa:work")


@require_POST
def turn_give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Free a piece of work for the others of the office."""
    turn = get_object_or_404(Turn, pk=pk)
    attempt(
        request,
        lambda: turns.give_turn_back(turn_id=turn.pk, by=request.user),
        _("It is free for the others of the office."),
    )
    return redirect("qa:work")

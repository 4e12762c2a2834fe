"""The page that says how pages are read: its examples are the components themselves."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from qa import clock
from qa.forms.days import within_reach


class TermForm(forms.Form):
    """Try out how a date is typed and how a term is counted."""

    term = forms.DateField(
        label=gettext_lazy("A term"),
        help_text=gettext_lazy(
            "A day as in 25.11.2026. The answer is how a list would write it."
        ),
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
        validators=[within_reach],
    )


@dataclass(frozen=True)
class Sample:
    """A piece of a page that is not a page: enough for the templates to draw it."""

    title: str | Promise
    facts: Any = ""
    stand: str = ""
    due: date | None = None
    words: str | Promise = ""


@login_not_required
@require_safe
def help_interface(request: HttpRequest) -> HttpResponse:
    """How to read these pages: stamps, shapes, words, keys."""
    form = TermForm(request.GET if "term" in request.GET else None, auto_id="%s")
    context = {
        "form": form,
        "typed": form.cleaned_data["term"] if form.is_valid() else None,
        "path": path_shown(),
        "rows": rows_shown(),
        "valid_to": clock.add_months(clock.today(), 34),
    }
    return render(request, "help/interface.html", context)


def path_shown() -> list[Sample]:
    """The way of a proposal, standing in the middle of its review."""
    return [
        Sample(_("Submitted"), _("when, and by whom"), "done"),
        Sample(
            _("Endorsed by the faculty council"), _("the number of its act"), "done"
        ),
        Sample(_("Review by the panel"), _("until when, and what is in"), "now"),
        Sample(_("Report and factual check"), "", "next"),
        Sample(_("Decision of the senate"), "", "next"),
    ]


def rows_shown() -> list[Sample]:
    """Three pieces of work: overdue, near, far."""
    today = clock.today()
    readings = (_("all readings are in"), _("they differ on ESG 1.3"))
    return [
        Sample(
            _("Decide on the proposal"),
            (_("Faculty of Medicine"), "5 ECTS", _("level 6"), *readings),
            due=today - timedelta(days=3),
            words=_("Digital skills for nurses"),
        ),
        Sample(
            _("Assess standard by standard"),
            (_("Faculty of Letters"), _("6 of 10 done")),
            due=today + timedelta(days=1),
            words=_("Data literacy for teachers"),
        ),
        Sample(
            _("Answer 3 comments"),
            (_("Faculty of Informatics"),),
            due=today + timedelta(days=12),
            words=_("Cloud systems in practice"),
        ),
    ]

"""What the office's list of applications is narrowed to."""

from collections.abc import Collection

from django import forms
from django.utils.translation import gettext_lazy as _

from qa.forms.searching import SearchForm
from recognition.enums import ApplicationStatus
from recognition.queries import CLOSED, HANDLED

ALL = "all"


def _of(states: Collection[str]) -> list[tuple[str, str]]:
    return [one for one in ApplicationStatus.choices if one[0] in states]


class QueueForm(SearchForm):
    """Open files, all of them, or those of one status."""

    looks_through = _("Number, person, title or issuer")

    status = forms.ChoiceField(
        label=_("Status"),
        choices=[
            ("", _("Open files")),
            (ALL, _("All files")),
            (_("One status"), _of((*HANDLED, *CLOSED))),
        ],
        required=False,
    )

    @property
    def status_asked(self) -> str:
        """Empty for what is open, also where what was asked for is no status."""
        return str(self.cleaned_data.get("status", ""))

"""What the office's lists are narrowed to: its applications, and the register of trust."""

from collections.abc import Collection

from django import forms
from django.utils.translation import gettext_lazy as _

from qa.forms.searching import SearchForm
from recognition.enums import ApplicationStatus, TrustStand
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


class TrustFilterForm(SearchForm):
    """Entries of the register of trust, of one stand or of any."""

    looks_through = _("Institution, name or value")

    stand = forms.ChoiceField(
        label=_("Stand"), choices=[("", _("All")), *TrustStand.choices], required=False
    )

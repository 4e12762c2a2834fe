"""What the office's list of applications is narrowed to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qa.forms.searching import SearchForm
from qa.limits import LONGEST_SEARCH
from recognition.enums import ApplicationStatus
from recognition.queries import CLOSED, HANDLED


def _of(states: tuple[str, ...]) -> list[tuple[str, str]]:
    return [one for one in ApplicationStatus.choices if one[0] in states]


class QueueForm(SearchForm):
    """Words are looked for in open and closed files alike."""

    q = forms.CharField(
        label=_("Number, person, title or issuer"),
        required=False,
        max_length=LONGEST_SEARCH,
    )
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[
            ("", _("Any")),
            (_("Open files"), _of(HANDLED)),
            (_("Closed files"), _of(CLOSED)),
        ],
        required=False,
    )

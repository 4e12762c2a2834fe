"""Kinds of field that the forms of recognition share."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qa.forms.days import date_field
from qa.forms.texts import text_field
from qa.limits import LONGEST_TEXT

Words = str | Promise
NOT_CHOSEN = ("", "–")


def line(
    label: Words, *, required: bool = False, longest: int = 240, why: Words = ""
) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=longest, help_text=why
    )


def text(
    label: Words, *, required: bool = False, rows: int = 4, why: Words = ""
) -> forms.CharField:
    return text_field(label, rows, required=required, help_text=why)


def day(label: Words, *, required: bool = False, why: Words = "") -> forms.DateField:
    return date_field(label, required=required, help_text=why)


def one_of(
    label: Words,
    choices: Iterable[tuple[Any, Any]],
    *,
    required: bool = True,
    radio: bool = False,
    why: Words = "",
) -> forms.ChoiceField:
    """One choice; where it may stay open, the list says so first."""
    listed = list(choices)
    return forms.ChoiceField(
        label=label,
        required=required,
        help_text=why,
        choices=listed if radio else [NOT_CHOSEN, *listed],
        widget=forms.RadioSelect if radio else forms.Select,
    )


def several_of(
    label: Words,
    choices: Iterable[tuple[Any, Any]],
    *,
    required: bool = False,
    why: Words = "",
) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=required,
        help_text=why,
        choices=list(choices),
        widget=forms.CheckboxSelectMultiple,
    )


def credit(label: Words, *, required: bool = False, why: Words = "") -> forms.Field:
    return forms.DecimalField(
        label=label,
        required=required,
        help_text=why,
        min_value=0,
        max_value=60,
        decimal_places=1,
    )


class Lines(forms.CharField):
    """A list, one entry a line."""

    def __init__(self, *, label: Words, why: Words = "", rows: int = 5) -> None:
        super().__init__(
            label=label,
            required=False,
            max_length=LONGEST_TEXT,
            help_text=why or _("One on each line."),
            widget=forms.Textarea(attrs={"rows": rows}),
        )

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        text = str(value or "")
        self.run_validators(text)  # of the whole text, before it is a list
        return [entry.strip() for entry in text.splitlines() if entry.strip()]


class ReasonForm(forms.Form):
    """One text that says why."""

    reason = text(_("Reasons"), required=True)

    def __init__(self, *args: Any, label: Words = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["reason"].label = str(label)


class EmptyForm(forms.Form):
    """Nothing to fill in: the button is the act."""

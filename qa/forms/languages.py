"""Texts in two languages in forms: told in both, shown side by side."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _


def is_other_half(field: forms.BoundField, last: forms.BoundField) -> bool:
    """Whether the field is the English of the Romanian before it."""
    return field.name.endswith("_en") and last.name == f"{field.name[:-3]}_ro"


def in_rows(fields: Iterable[forms.BoundField]) -> list[list[forms.BoundField]]:
    """The fields in order, both languages of a text in one row."""
    rows: list[list[forms.BoundField]] = []
    for field in fields:
        if rows and is_other_half(field, rows[-1][-1]):
            rows[-1].append(field)
        else:
            rows.append([field])
    return rows


def ask_for_both(form: forms.Form) -> None:
    """A text told in one language is asked for in the other."""
    told = form.cleaned_data
    for row in in_rows(form):
        absent = [field.name for field in row if not told.get(field.name)]
        if len(row) == 2 and len(absent) == 1 and absent[0] not in form.errors:
            form.add_error(absent[0], _("Write this in both languages."))

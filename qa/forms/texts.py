"""Texts of more than a line in forms."""

from typing import Any

from django import forms

from qa.limits import LONGEST_TEXT


def text_field(label: Any, rows: int = 4, **options: Any) -> forms.CharField:
    """A text of that many rows, which grows no longer than a paper can hold."""
    attrs: dict[str, Any] = {"rows": rows}
    if looks := options.pop("looks", ""):
        attrs["class"] = looks
    widget = forms.Textarea(attrs=attrs)
    return forms.CharField(
        label=label, max_length=LONGEST_TEXT, widget=widget, **options
    )

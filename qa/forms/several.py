"""Several rows of the database, chosen in a form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class SeveralRows(forms.ModelMultipleChoiceField):
    """Chosen by their keys; a number larger than databases count with is of no row."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError as error:
            raise ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": ", ".join(map(str, value))},
            ) from error

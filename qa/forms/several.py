"""Several rows of the database, chosen in a form."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from qa.numbers import DIGITS


class SeveralRows(forms.ModelMultipleChoiceField):
    """Chosen by their keys; a key with more digits than databases count is of no row."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        for key in value or ():
            if not re.fullmatch(DIGITS, str(key)):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"],
                    code="invalid_pk_value",
                    params={"pk": key},
                )
        return super().clean(value)

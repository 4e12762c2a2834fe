"""Looking for words in a list."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from qa.folded import folded
from qa.limits import LONGEST_SEARCH, MOST_WORDS


class SearchForm(forms.Form):
    """A list narrowed to what holds every word."""

    looks_through: ClassVar[Any] = ""  # the label: a text, or one to translate

    q = forms.CharField(required=False, max_length=LONGEST_SEARCH)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].label = self.looks_through

    def clean_q(self) -> str:
        typed = self.cleaned_data["q"]
        if len(typed.split()) > MOST_WORDS:
            raise forms.ValidationError(
                _("Look for at most %(most)s words."), params={"most": MOST_WORDS}
            )
        return typed

    def words(self) -> list[str]:
        """The words typed, small and without marks; none where they are refused."""
        return folded(self.cleaned_data.get("q", "")).split()

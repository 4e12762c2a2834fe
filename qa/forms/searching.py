"""Looking for words in a list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qa.folded import folded
from qa.limits import LONGEST_SEARCH, MOST_WORDS


class SearchForm(forms.Form):
    """A list narrowed to what holds every word."""

    q = forms.CharField(
        label=_("Title or number"), required=False, max_length=LONGEST_SEARCH
    )

    def clean_q(self) -> str:
        typed = self.cleaned_data["q"]
        if len(typed.split()) > MOST_WORDS:
            raise forms.ValidationError(
                _("Look for at most %(most)s words."), params={"most": MOST_WORDS}
            )
        return typed

    def words(self) -> list[str]:
        """The words typed, small and without marks."""
        return folded(self.cleaned_data["q"]).split()

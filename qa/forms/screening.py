"""Forms of the formal check: the checklist, or what is missing."""

from typing import Any

from django import forms
from django.forms import BaseFormSet
from django.utils.translation import gettext_lazy as _

from qa.forms.texts import text_field
from qa.guards.submission import FORMAL_CHECKLIST


class ChecklistForm(forms.Form):
    """The formal checklist, line by line; every line is signed or none."""

    checklist = forms.MultipleChoiceField(
        label=_("Formal checklist"),
        help_text=_("Tick what you have checked; the signature covers every line."),
        choices=FORMAL_CHECKLIST,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def clean_checklist(self) -> list[str]:
        ticked = self.cleaned_data["checklist"]
        if len(ticked) < len(FORMAL_CHECKLIST):
            raise forms.ValidationError(
                _("Every line must hold. If one does not, return the proposal instead.")
            )
        return ticked

    def words(self) -> list[str]:
        """The lines ticked, as they are recorded."""
        ticked = self.cleaned_data["checklist"]
        return [str(label) for code, label in FORMAL_CHECKLIST if code in ticked]


class MissingItemForm(forms.Form):
    """One thing that is missing, and why it is needed."""

    what = text_field(_("What is missing"), 2, required=False)
    why = text_field(_("Why it is needed"), 2, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("why") and not cleaned.get("what"):
            self.add_error("what", _("Say what is missing."))
        if cleaned.get("what") and not cleaned.get("why"):
            self.add_error("why", _("Say why it is needed."))
        return cleaned


class MissingItems(BaseFormSet):
    """The list that goes back with the proposal."""

    def clean(self) -> None:
        if not any(self.errors) and not self.items():
            raise forms.ValidationError(_("List at least one thing that is missing."))

    def items(self) -> list[tuple[str, str]]:
        return [
            (form.cleaned_data["what"], form.cleaned_data["why"])
            for form in self.forms
            if form.cleaned_data.get("what")
        ]


MissingItemFormSet = forms.formset_factory(
    MissingItemForm, formset=MissingItems, extra=3
)

"""Forms of a condition: evidence, judgement, extension."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qa.forms.days import date_field


class EvidenceForm(forms.Form):
    """How the owner shows that the condition is met."""

    evidence = forms.CharField(
        label=_("How the condition is met"),
        help_text=_("Name the documents and where they are."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class JudgementForm(forms.Form):
    """Whether the evidence meets the condition."""

    fulfilled = forms.TypedChoiceField(
        label=_("Does the evidence meet the condition?"),
        choices=(("yes", _("Yes, it is fulfilled")), ("no", _("No, more is needed"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(
        label=_("Reasons, or what is still missing"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ExtensionForm(forms.Form):
    """A later term with its reason."""

    deadline = date_field(_("New term"))
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2})
    )

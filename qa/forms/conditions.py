"""Forms of a condition: evidence, judgement, extension."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qa.forms.days import date_field
from qa.forms.texts import text_field


class EvidenceForm(forms.Form):
    """How the owner shows that the condition is met."""

    evidence = text_field(
        _("How the condition is met"),
        5,
        help_text=_("Name the documents and where they are."),
    )


class JudgementForm(forms.Form):
    """Whether the evidence meets the condition."""

    fulfilled = forms.TypedChoiceField(
        label=_("Does the evidence meet the condition?"),
        choices=(("yes", _("Yes, it is fulfilled")), ("no", _("No, more is needed"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reasons = text_field(_("Reasons, or what is still missing"), 4)


class ExtensionForm(forms.Form):
    """A later term with its reason."""

    deadline = date_field(_("New term"))
    reason = text_field(_("Reason"), 2)

"""Forms of the office: completeness, issuer, verification, track, requests, letter."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qa import clock
from qa.models import Document, Institution, User
from recognition import queries
from recognition.enums import (
    Addressee,
    Delivery,
    Fee,
    IssuerStatus,
    ItemStand,
    LegalInstrument,
    ProvisionScope,
    Track,
    VerificationMethod,
    VerificationResult,
)
from recognition.forms.fields import day, line, one_of, text
from recognition.models import RecognitionApplication
from recognition.models.credential import PARTIES
from recognition.services import closing

ASKED = [(a.value, a.label) for a in (Addressee.APPLICANT, Addressee.ISSUER)]


class ItemForm(forms.Form):
    what = line(_("What is missing"))
    why = text(_("Why it is needed"), rows=2)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("what") and not cleaned.get("why"):
            self.add_error("why", _("Say why it is needed."))
        if cleaned.get("why") and not cleaned.get("what"):
            self.add_error("what", _("Say what is missing, or leave both empty."))
        return cleaned


ItemFormSet = forms.formset_factory(ItemForm, extra=3, min_num=0)


def item_forms(posted: Any, proposed: list[dict[str, str]], language: str) -> Any:
    """The items to ask for; what is proposed is marked with its language."""
    found = ItemFormSet(posted, initial=proposed)
    for form in found.initial_forms:
        for field in form.fields.values():
            field.widget.attrs["lang"] = language
    return found


class SettleForm(forms.Form):
    stand = one_of(
        _("What became of it"),
        [c for c in ItemStand.choices if c[0] != ItemStand.OPEN],
        radio=True,
    )
    settled_on = day(_("Since"), required=True)
    remark = text(_("Note"), rows=2, why=_("Why it cannot be obtained, if so."))


FOUND = _("Only if it is not in the list and the document has no name or a wrong one.")
NOWHERE = _("Say below where you looked.")


class IssuerForm(forms.Form):
    """What issuer, awarding body and provision were on the day of the award."""

    issuer = forms.ModelChoiceField(
        label=_("Issuer in our list"),
        queryset=Institution.objects.order_by("name_en"),
        required=False,
        empty_label=_("Not in the list: the name stays as the document has it"),
    )
    issuer_name = line(
        _("Issuer's name as you found it"),
        longest=200,
        why=FOUND,
    )
    issuer_is_named_nowhere = forms.BooleanField(
        label=_("The issuer is named nowhere"), required=False, help_text=NOWHERE
    )
    issuer_status = one_of(_("Issuer on the day of the award"), IssuerStatus.choices)
    awarding_body = forms.ModelChoiceField(
        label=_("Awarding body in our list"),
        queryset=Institution.objects.order_by("name_en"),
        required=False,
        empty_label=_("Not in the list: the name stays as the document has it"),
    )
    awarding_body_name = line(
        _("Awarding body's name as you found it"),
        longest=200,
        why=FOUND,
    )
    awarding_body_is_named_nowhere = forms.BooleanField(
        label=_("The awarding body is named nowhere"),
        required=False,
        help_text=NOWHERE,
    )
    awarding_body_status = one_of(
        _("Awarding body on the day of the award"), IssuerStatus.choices
    )
    provision_scope = one_of(
        _("Was this provision covered by quality assurance?"),
        ProvisionScope.choices,
        why=_("Not found in a register is not established; it speaks against nobody."),
    )
    basis = text(
        _("On what basis"), required=True, why=_("Register, date, decision, address.")
    )
    legal_instrument = one_of(
        _("Legal instrument"),
        LegalInstrument.choices,
        required=False,
        why=_("Left open, it follows from the issuer's country."),
    )

    def clean(self) -> dict[str, Any]:
        """Each party is chosen, written, or named nowhere: one of the three at most."""
        cleaned = super().clean() or {}
        for party in PARTIES:
            ways = (party, f"{party}_name", f"{party}_is_named_nowhere")
            if len([way for way in ways if cleaned.get(way)]) > 1:
                self.add_error(
                    f"{party}_name",
                    _(
                        "Choose from the list, write a name, or say that it is named "
                        "nowhere."
                    ),
                )
        return cleaned


class CheckForm(forms.Form):
    """One check of authenticity."""

    method = one_of(_("Method"), VerificationMethod.choices)
    result = one_of(
        _("Result"),
        [c for c in VerificationResult.choices if c[0] != "not_started"],
    )
    evidence = text(
        _("What was seen"),
        required=True,
        why=_(
            "Find the issuer's contact independently, not on the document, and say "
            "where."
        ),
    )
    checked_on = day(_("Checked on"), required=True)
    document = forms.ModelChoiceField(
        label=_("Document that shows it"),
        queryset=Document.objects.none(),
        empty_label=_("Choose"),
        required=False,
    )

    def __init__(
        self, *args: Any, application: RecognitionApplication, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = application.case.documents.all()
        self.initial.setdefault("checked_on", clock.today())


class TrackForm(forms.Form):
    track = one_of(_("Track"), Track.choices, radio=True)
    reason = text(_("Why this track"), required=True, rows=3)


class QuestionForm(forms.Form):
    addressee = one_of(_("Who alone has the answer?"), ASKED, radio=True)
    question = text(_("Question"), required=True)
    why = text(
        _("Why it is indispensable"),
        required=True,
        rows=3,
        why=_("The time limit stands still while you wait; the applicant reads this."),
    )


class ReplyForm(forms.Form):
    answer = text(_("What was answered"), required=True, rows=6)
    arrived_on = day(_("Arrived on"), required=True)


class AssessorForm(forms.Form):
    assessor = forms.ModelChoiceField(
        label=_("Assessor"), queryset=User.objects.none(), empty_label=_("Choose")
    )

    def __init__(
        self, *args: Any, application: RecognitionApplication, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assessor"].queryset = queries.assessors_for(application)


class FeeForm(forms.Form):
    fee = one_of(_("Fee"), Fee.choices, radio=True)
    remark = line(_("Receipt, or why it is waived"), longest=200)


class DeliveryForm(forms.Form):
    delivered_on = day(_("Delivered on"), required=True)
    delivery = one_of(_("How"), Delivery.choices)
    proof = line(_("Proof of delivery"), required=True, longest=200)

    def __init__(
        self, *args: Any, application: RecognitionApplication, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.application = application

    def clean_delivered_on(self) -> date:
        """No letter arrives before it was issued."""
        delivered_on: date = self.cleaned_data["delivered_on"]
        if sentence := closing.too_early(self.application, delivered_on):
            raise forms.ValidationError(sentence)
        return delivered_on


class AppealForm(forms.Form):
    arrived_on = day(_("Arrived on"), required=True)
    text = text(_("What it says"), required=True, rows=6)


class DelayForm(forms.Form):
    reason = text(_("Why the decision is late"), required=True)
    expected_on = day(_("Decision expected on"), required=True)


class JudgeConditionForm(forms.Form):
    fulfilled = forms.TypedChoiceField(
        label=_("Is the condition met?"),
        choices=(("yes", _("Yes")), ("no", _("No, something is still missing"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reasons = text(_("Reasons"), required=True)

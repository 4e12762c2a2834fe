"""Forms of the review: readings, findings, the proposal, remarks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qa.enums import Outcome, ReadingStand, RemarkAnswer
from qa.forms.days import date_field
from qa.forms.texts import text_field
from qa.models import Standard, StandardSet
from qa.models.people import in_local_language
from qa.models.report import PointKind

NOT_APPLICABLE = ReadingStand.NOT_APPLICABLE


def _text(label: Any, rows: int = 4, help_text: Any = "") -> forms.CharField:
    return text_field(label, rows, required=False, help_text=help_text)


def rating_choices(standard_set: StandardSet) -> list[tuple[str, str]]:
    """The scale of the standard set, in the reader's language."""
    return [
        (value["code"], in_local_language(value["label_ro"], value["label_en"]))
        for value in standard_set.scale
    ]


class ReadingForm(forms.Form):
    """One standard as one member reads it; a draft may be incomplete."""

    stand = forms.ChoiceField(
        label=_("Can you judge this standard?"),
        choices=ReadingStand.choices,
        required=False,
        initial=ReadingStand.RATED,
        widget=forms.RadioSelect,
    )
    rating = forms.ChoiceField(
        label=_("Rating"), required=False, widget=forms.RadioSelect
    )
    evidence = _text(
        _("Evidence"), 3, _("What you read or heard: document, page, conversation.")
    )
    analysis = _text(_("Analysis"), 5, _("What the evidence weighs, for and against."))
    conclusion = _text(_("Conclusion"), 3)
    reason = _text(
        _("Why not"), 2, _("Only if you cannot judge it or it does not apply.")
    )

    def __init__(self, *args: Any, standard_set: StandardSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        beside = [v["code"] for v in standard_set.scale if v["meets"] == NOT_APPLICABLE]
        self.fields["rating"].choices = [
            (code, label)
            for code, label in rating_choices(standard_set)
            if code not in beside  # that it does not apply is said above the rating
        ]

    def clean_stand(self) -> str:
        return self.cleaned_data["stand"] or ReadingStand.RATED


class FindingForm(forms.Form):
    """The panel's common finding on one standard."""

    rating = forms.ChoiceField(
        label=_("Rating"), required=False, widget=forms.RadioSelect
    )
    evidence = _text(_("Evidence"), 3)
    analysis = _text(_("Analysis"), 5)
    conclusion = _text(_("Conclusion"), 3)

    def __init__(self, *args: Any, standard_set: StandardSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rating"].choices = rating_choices(standard_set)


class ReportStartForm(forms.Form):
    """The day of the visit, or why none was needed."""

    visit_on = date_field(_("Day of the visit"), required=False)
    visit_waiver = _text(_("Why no visit was needed"), 3)


class ProposalForm(forms.Form):
    """The panel's summary and its proposal for decision, until that is sent."""

    summary = _text(_("Summary of the report"), 5)
    outcome = forms.ChoiceField(
        label=_("The panel proposes"),
        choices=Outcome.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    reasons = _text(_("Reasons of the proposal"), 4)

    def __init__(self, *args: Any, is_sent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_sent:
            del self.fields["outcome"], self.fields["reasons"]


class PointForm(forms.Form):
    """A good practice, a recommendation or a proposed condition."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", "—"), *PointKind.choices], required=False
    )
    standard = forms.ModelChoiceField(
        label=_("Standard"),
        queryset=Standard.objects.none(),
        empty_label=_("Choose"),
        required=False,
    )
    text_ro = _text(_("Text in Romanian"), 2)
    text_en = _text(_("Text in English"), 2)
    evidence_required_ro = _text(
        _("Evidence required, in Romanian"), 2, _("For a condition.")
    )
    evidence_required_en = _text(_("Evidence required, in English"), 2)
    deadline_months = forms.IntegerField(
        label=_("Term in months"), required=False, min_value=1, max_value=36
    )

    def __init__(self, *args: Any, standard_set: StandardSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["standard"].queryset = standard_set.standards.all()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") and not cleaned.get("text_ro"):
            self.add_error("text_ro", _("Write the point, or leave its kind empty."))
        return cleaned


PointFormSet = forms.formset_factory(PointForm, extra=2)


class RemarkForm(forms.Form):
    """One factual correction."""

    place = forms.CharField(
        label=_("Where in the report"), max_length=120, required=False
    )
    text = _text(_("What is factually wrong, and what is right"), 3)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("place")) != bool(cleaned.get("text")):
            raise forms.ValidationError(_("Name the place and the correction, both."))
        return cleaned


RemarkFormSet = forms.formset_factory(RemarkForm, extra=3)


class AnswerForm(forms.Form):
    """The panel's answer to one remark."""

    answer = forms.ChoiceField(
        label=_("Answer"), choices=RemarkAnswer.choices, widget=forms.RadioSelect
    )
    text = text_field(
        _("Explanation"),
        2,
        error_messages={"required": _("Say why the remark is answered so.")},
    )

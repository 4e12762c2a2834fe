"""Forms of the panel: nomination, seats, declarations, challenges."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qa import clock
from qa.enums import ConflictGround, PanelRole
from qa.forms.several import SeveralRows
from qa.forms.texts import text_field
from qa.guards.review import training_counts_since
from qa.models import Procedure, User
from qa.services.panel import Seat, officers_for


class ReasonForm(forms.Form):
    """One text that says why."""

    reason = text_field(_("Reasons"), 4)

    def __init__(self, *args: Any, label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["reason"].label = label


class NominationForm(ReasonForm):
    """Whom the commission nominates, and why."""

    reason = text_field(_("Reasons in Romanian"), 4)
    reason_en = text_field(_("Reasons in English"), 4, required=False)
    officers = SeveralRows(
        label=_("Officers who set up the panel"),
        queryset=User.objects.none(),
        help_text=_("Nobody of the proposing faculty or with a part in the proposal."),
    )
    field_order = ("officers", "reason", "reason_en")

    def __init__(self, *args: Any, procedure: Procedure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = [officer.pk for officer in officers_for(procedure)]
        self.fields["officers"].queryset = User.objects.filter(pk__in=able)
        self.fields["officers"].initial = able


class PersonChoice(forms.ModelChoiceField):
    """People, each with the institution or unit they belong to."""

    def label_from_instance(self, person: User) -> str:
        place = person.affiliation or str(person.unit or "")
        return " · ".join(filter(None, (str(person), place)))


class SeatForm(forms.Form):
    """Whom to invite to which seat."""

    user = PersonChoice(
        label=_("Person"),
        queryset=User.objects.none(),
        empty_label=_("Choose"),
        help_text=_("Listed are people whose training as reviewers is current."),
    )
    role = forms.ChoiceField(label=_("Seat"), choices=PanelRole.choices)
    is_external = forms.BooleanField(
        label=_("External to the institution"), required=False, initial=True
    )
    employer = forms.CharField(
        label=_("Institution or employer"), max_length=160, required=False
    )

    def __init__(self, *args: Any, procedure: Procedure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        since = training_counts_since(today, procedure)
        self.fields["user"].queryset = (
            User.objects.filter(trained_on__range=(since, today), is_active=True)
            .exclude(panel_seats__procedure=procedure)
            .select_related("unit")
            .order_by("family_name", "given_name")
        )

    def seat(self) -> Seat:
        cleaned = self.cleaned_data
        person = cleaned["user"]
        return Seat(
            user=person,
            role=cleaned["role"],
            is_external=cleaned["is_external"],
            employer=cleaned["employer"] or person.affiliation,
        )


class InvitationForm(forms.Form):
    """The undertaking that goes with taking the seat."""

    undertaking = forms.BooleanField(
        label=_(
            "I undertake to keep the dossier and the panel's deliberations confidential."
        )
    )


class DeclarationForm(forms.Form):
    """A possible conflict of interest, by its grounds."""

    grounds = forms.MultipleChoiceField(
        label=_("Grounds"),
        choices=ConflictGround.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    text = text_field(_("What it is about"), 4)


class RulingForm(forms.Form):
    """A decision for or against, with its reasons."""

    uphold = forms.TypedChoiceField(
        label=_("Decision"),
        choices=(("no", _("It does not stand in the way")), ("yes", _("Upheld"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = text_field(_("Reasons"), 4)

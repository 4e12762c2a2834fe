"""Forms around a proposal: finding one, opening one, its authors and answers."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from qa import clock
from qa.answers import head_of
from qa.enums import (
    AccreditationStatus,
    AttachmentKind,
    ProcedureKind,
    ProcedureStatus,
    Role,
    Route,
    UnitKind,
)
from qa.forms.searching import SearchForm
from qa.forms.texts import text_field
from qa.guards.intake import reevaluation_opens_by_itself
from qa.models import MicroCredential, ReportPoint, StandardSet, Unit, User
from qa.services.intake import DEFAULT_STANDARD_SET, Intake

WRITERS = (Role.AUTHOR, Role.COORDINATOR)


class FilterForm(SearchForm):
    """What the list of micro-credentials is narrowed to."""

    looks_through = _("Title or number")

    faculty = forms.ModelChoiceField(
        label=_("Faculty"),
        queryset=Unit.objects.filter(kind=UnitKind.FACULTY),
        required=False,
        empty_label=_("All"),
    )
    status = forms.ChoiceField(
        label=_("Stage"),
        choices=[
            ("", _("All")),
            (_("Accreditation"), AccreditationStatus.choices),
            (_("Procedure"), ProcedureStatus.choices),
        ],
        required=False,
    )


class ProposeForm(forms.Form):
    """The choices with which a proposal is opened."""

    title_ro = forms.CharField(
        label=_("Title in Romanian"),
        help_text=_("As it will stand in the register; it can still be changed."),
        max_length=200,
    )
    unit = forms.ModelChoiceField(
        label=_("Department"),
        help_text=_("Its head signs the draft before it is submitted."),
        queryset=Unit.objects.none(),
        empty_label=None,
    )
    coordinator = forms.ModelChoiceField(
        label=_("Programme coordinator"),
        help_text=_("Submits the proposal and answers for it."),
        queryset=User.objects.none(),
        empty_label=_("Choose"),
    )
    kind = forms.ChoiceField(
        label=_("Kind of procedure"),
        help_text=_("A new micro-credential begins with an initial accreditation."),
        choices=ProcedureKind.choices,
    )
    route = forms.ChoiceField(
        label=_("Route"),
        help_text=_("Who gives the accreditation in the end."),
        choices=Route.choices,
        widget=forms.RadioSelect,
    )
    part_of_programme = forms.CharField(
        label=_("Accredited programme"),
        help_text=_("For route R2: the programme this one is a part of."),
        required=False,
        max_length=200,
    )
    part_of_accreditation = forms.CharField(
        label=_("Act of its accreditation"),
        help_text=_("For route R2: its number and date."),
        required=False,
        max_length=200,
    )
    standard_set = forms.ModelChoiceField(
        label=_("Standards"),
        help_text=_("The panel judges by these; they stay as they are today."),
        queryset=StandardSet.objects.none(),
        empty_label=None,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_written_for(user)
        self.fields["unit"].queryset = units
        self.fields["coordinator"].queryset = coordinators_of(units)
        self.fields["standard_set"].queryset = standards_in_force()
        self.initial.setdefault("route", Route.R1)
        self.initial.setdefault("kind", ProcedureKind.INITIAL)
        # Who may coordinate and proposes mostly means to.
        if self.fields["coordinator"].queryset.filter(pk=user.pk).exists():
            self.initial.setdefault("coordinator", user.pk)
        usual = StandardSet.objects.filter(code=DEFAULT_STANDARD_SET).first()
        self.initial.setdefault("standard_set", usual)

    def clean_kind(self) -> str:
        kind = self.cleaned_data["kind"]
        if kind == ProcedureKind.PERIODIC:
            raise forms.ValidationError(reevaluation_opens_by_itself.sentence)
        return kind

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        needed = ("part_of_programme", "part_of_accreditation")
        if cleaned.get("route") == Route.R2:
            for name in needed:
                if not cleaned.get(name, "").strip():
                    self.add_error(name, _("Route R2 needs this."))
        return cleaned

    def intake(self) -> Intake:
        cleaned = {k: v for k, v in self.cleaned_data.items() if k != "title_ro"}
        if cleaned["route"] != Route.R2:
            cleaned |= {"part_of_programme": "", "part_of_accreditation": ""}
        return Intake(**cleaned)


def units_written_for(user: User) -> QuerySet[Unit]:
    """The departments the person is an author or coordinator of, today."""
    own = user.appointments.current_on(clock.today()).filter(role__in=WRITERS)
    held = list(own.values_list("unit_id", flat=True))
    departments = Unit.objects.filter(kind=UnitKind.DEPARTMENT)
    if None in held:
        return departments
    return departments.filter(Q(pk__in=held) | Q(parent__in=held))


def coordinators_of(units: QuerySet[Unit]) -> QuerySet[User]:
    """Who may coordinate there today, by name."""
    faculties = units.values("parent")
    there = (
        Q(appointments__unit__in=units)
        | Q(appointments__unit__in=faculties)
        | Q(appointments__unit=None)
    )
    today = clock.today()
    ends = Q(appointments__valid_to=None) | Q(appointments__valid_to__gte=today)
    return (
        User.objects.filter(
            there & ends,
            is_active=True,
            appointments__role=Role.COORDINATOR,
            appointments__valid_from__lte=today,
        )
        .distinct()
        .order_by("family_name", "given_name")
    )


def standards_in_force() -> QuerySet[StandardSet]:
    today = clock.today()
    ends = Q(valid_to=None) | Q(valid_to__gte=today)
    return StandardSet.objects.filter(ends, valid_from__lte=today)


class AuthorForm(forms.Form):
    """A colleague who will write on the draft."""

    author = forms.ModelChoiceField(
        label=_("Colleague"),
        help_text=_("Authors and coordinators of the faculty."),
        queryset=User.objects.none(),
        empty_label=_("Choose"),
    )

    def __init__(self, *args: Any, offer: MicroCredential, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        faculty = offer.unit.faculty
        units = Q(unit=faculty) | Q(unit__parent=faculty)
        inside = Unit.objects.filter(Q(pk=faculty.pk) | Q(parent=faculty))
        self.fields["author"].queryset = (
            User.objects.filter(
                units | Q(appointments__unit__in=inside) | Q(appointments__unit=None),
                is_active=True,
                appointments__role__in=WRITERS,
            )
            .exclude(authored_micro_credentials=offer)
            .distinct()
            .order_by("family_name", "given_name")
        )


class AttachmentForm(forms.Form):
    """A file that goes with the proposal, and what it is."""

    kind = forms.ChoiceField(
        label=_("What it is"), choices=[("", _("Choose")), *AttachmentKind.choices]
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,  # the service says what is wrong with it
        help_text=_("PDF, PNG or JPEG; 10 MB at most."),
        error_messages={"required": _("Choose the file.")},
    )


class SelfEvaluationForm(forms.Form):
    """What a re-evaluation reports and what a resubmission answers."""

    self_evaluation = text_field(
        _("Self-evaluation"),
        12,
        help_text=_(
            "Results of the indicators, and what was done about the conditions and "
            "recommendations of the last decision."
        ),
        required=False,
        looks="tall",
    )
    answer_to_decision = text_field(
        _("Answer to the reasons of the decision"),
        8,
        help_text=_("What you changed, or why not."),
        required=False,
        looks="tall",
    )

    def __init__(
        self,
        *args: Any,
        asked: Sequence[str],
        points: Iterable[ReportPoint] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in list(self.fields):
            if name not in asked:
                del self.fields[name]
        self.points = {f"point-{point.pk}": point for point in points}
        for name, point in self.points.items():
            label = f"{head_of(point)}: {point.text}"
            self.fields[name] = text_field(label, 3, required=False)

    def said(self) -> dict[str, Any]:
        """The texts by their names, and the answers by the keys of the points."""
        told = {n: v for n, v in self.cleaned_data.items() if n not in self.points}
        given = {p.pk: self.cleaned_data[name] for name, p in self.points.items()}
        return told | {"answers": given}


class OverlapForm(forms.Form):
    """Why the proposal stands beside one offer of the same field."""

    answer = text_field(
        _("How yours differs, or why both are needed"), 3, required=False
    )

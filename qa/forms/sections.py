"""The forms of one section of a proposal: its fields, its repeating parts, the matrix.

Nothing is required here: a draft may wait, and the design checks say what lacks. What
cannot be read (a date, a number) or a row that is only half filled in is marked, and
everything else is saved all the same.
"""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.forms import BaseFormSet, BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qa import content
from qa.content import Section
from qa.forms.days import date_field
from qa.forms.hints import LEAD, ONE_MORE, WHY
from qa.forms.languages import is_other_half
from qa.forms.matrix import Matrix
from qa.forms.several import SeveralRows
from qa.limits import LONGEST_TEXT
from qa.models import Institution, IscedField, Language, Version
from qa.models.people import in_local_language
from qa.numbers import whole
from qa.proposal_text import capitalised
from qa.vocabularies import AgreementTopic

REASON = "reason-"
MOST_OUTCOMES = 40
# Languages asked for most stand first.
USUAL_LANGUAGES = ("ro", "en", "fr", "de", "es", "it", "hu")
# A row is kept once these are told; without them it cannot be stored.
MUST = {
    "outcomes": ("text_ro",),
    "components": ("title_ro", "type"),
    "team": ("name",),
    "consultations": ("kind", "who", "held_on"),
    "stacking_targets": ("programme", "credits"),
    "indicators": ("name", "frequency"),
}


def formfield(field: models.Field, **_options: Any) -> forms.Field | None:
    """The form field of a model field, never required, with why it is asked."""
    more: dict[str, Any] = {}
    if isinstance(field, models.URLField):
        # A page's address typed without its scheme is meant to be a safe one.
        more["assume_scheme"] = "https"
    if isinstance(field, models.TextField):
        more["max_length"] = LONGEST_TEXT
    made = _special(field) or field.formfield(required=False, **more)
    if made is None:
        return None
    made.label = capitalised(made.label)
    made.help_text = WHY.get(field.name, "")  # type: ignore[assignment]
    _dress(field, made)
    return made


def _special(field: models.Field) -> forms.Field | None:
    label = field.verbose_name
    if field.get_internal_type() == "DateField":
        return date_field(label, required=False)
    if field.name == "isced":
        detailed = IscedField.objects.filter(code__regex=r"^[0-9]{4}$")
        return forms.ModelChoiceField(
            detailed, label=label, required=False, empty_label=_("Choose")
        )
    if field.name == "agreement_topics":
        return forms.MultipleChoiceField(
            label=label,
            choices=AgreementTopic.choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
    if field.name in content.LINKS:
        return SeveralRows(_linkable(field.name), label=label, required=False)
    return None


def _linkable(name: str) -> models.QuerySet:
    if name == "awarding_bodies":
        return Institution.objects.order_by("-is_own", "name_en")
    usual = models.Case(
        *(models.When(code=c, then=n) for n, c in enumerate(USUAL_LANGUAGES)),
        default=len(USUAL_LANGUAGES),
    )
    return Language.objects.order_by(usual, in_local_language("name_ro", "name_en"))


def _dress(field: models.Field, made: forms.Field) -> None:
    """Widgets of the house: low text areas, an honest empty choice."""
    kind = field.get_internal_type()
    if kind == "TextField":
        made.widget.attrs["rows"] = 3
    if isinstance(made, forms.TypedChoiceField):
        flat: Any = made.choices
        made.choices = [("", _("Choose")), *(c for c in flat if c[0])]


class SectionForm(forms.ModelForm):
    """The single fields of a section."""

    def rows(self) -> list[list[BoundField]]:
        """Fields side by side where they belong together: two languages, numbers."""
        rows: list[list[BoundField]] = []
        for field in self:
            if rows and _belongs_beside(field, rows[-1]):
                rows[-1].append(field)
            else:
                rows.append([field])
        return rows

    def told(self) -> dict[str, Any]:
        """What could be read, in the shape of the documented proposal."""
        return {
            name: _told(Version._meta.get_field(name), value)
            for name, value in self.cleaned_data.items()
        }


def _belongs_beside(field: BoundField, row: list[BoundField]) -> bool:
    last = row[-1]
    if field.name.endswith("_en"):
        return is_other_half(field, last)
    return _is_short(field) and _is_short(last) and len(row) < 4


def _is_short(field: BoundField) -> bool:
    return (
        isinstance(field.field, forms.IntegerField | forms.DecimalField)
        or isinstance(field.field.widget, forms.DateInput)
        or field.name in ("fee_currency", "nqf_level", "qf_ehea_cycle")
    )


def _told(field: models.Field, value: Any) -> Any:
    """As `content.as_data` would say it."""
    if field.name in content.LINKS:
        return sorted(one.code for one in value)
    if field.name == "isced":
        return value.pk if value else ""
    if value is None and not field.null:
        value = field.get_default() or (0 if field.name == "weight" else "")
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    return value.isoformat() if isinstance(value, date) else value


# --- Repeating parts --------------------------------------------------------------


class PartForm(forms.ModelForm):
    """One row of a repeating part."""

    part: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nobody wrote anything into it."""
        return not self.has_changed()

    @property
    def is_dropped(self) -> bool:
        self.is_valid()
        return bool(self.cleaned_data.get("DELETE"))

    def fields_shown(self) -> list[BoundField]:
        """What is written in the row; the matrix and the mark to remove stand apart."""
        return [f for f in self if f.name not in ("outcomes", "DELETE")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("DELETE"):
            for name in MUST[self.part]:
                if cleaned.get(name) in (None, "") and name not in self.errors:
                    self.add_error(name, _("Needed before this row can be saved."))
        return cleaned

    def told(self) -> dict[str, Any]:
        model = self._meta.model
        return {
            name: _told(model._meta.get_field(name), self.cleaned_data.get(name))
            for name in content.PARTS[self.part][1]
        }


class PartFormSet(BaseFormSet):
    """The rows of a part, in order."""

    def kept(self) -> list[tuple[int, PartForm]]:
        """The rows that are neither blank nor marked to go, by their place."""
        return [
            (place, form)
            for place, form in enumerate(self.forms, start=1)
            if not form.is_blank and not form.is_dropped
        ]

    @property
    def is_readable(self) -> bool:
        """Posted as a whole, and no row half filled in."""
        return (
            self.is_bound
            and self.management_form.is_valid()
            and all(f.is_blank or f.is_dropped or f.is_valid() for f in self.forms)
        )


def part_formset(name: str, blank: int = 0) -> type[PartFormSet]:
    """The formset of a part with so many blank rows after those stored."""
    model, fields = content.PARTS[name]
    form = forms.modelform_factory(
        model, form=PartForm, fields=list(fields), formfield_callback=formfield
    )
    more: dict[str, Any] = {"part": name}
    if name == "components":
        more["outcomes"] = forms.TypedMultipleChoiceField(
            choices=[(n, n) for n in range(1, MOST_OUTCOMES + 1)],
            coerce=int,
            required=False,
        )
    return forms.formset_factory(  # type: ignore[return-value]
        type(f"{model.__name__}Form", (form,), more),
        formset=PartFormSet,
        extra=blank,
        can_delete=True,
    )


@dataclass(frozen=True)
class Part:
    """A repeating part on the page: its words and its rows."""

    name: str
    label: str
    one: str
    lead: str
    one_more: str
    formset: PartFormSet


# --- The sheet of a section -------------------------------------------------------


class SectionSheet:
    """Everything that is written on the page of one section."""

    def __init__(
        self,
        section: Section,
        version: Version,
        posted: QueryDict | None = None,
        one_more: str = "",
    ) -> None:
        self.section, self.version, self.posted = section, version, posted
        form = forms.modelform_factory(
            Version,
            form=SectionForm,
            fields=list(section.fields),
            formfield_callback=formfield,
        )
        # A copy: reading a form writes on its instance.
        self.form = form(posted, instance=copy.copy(version))
        data = _with_one_more(posted, one_more) if posted else None
        stored = content.as_data(version) if section.parts and not posted else {}
        self.parts = [self._part(n, data, stored.get(n, [])) for n in section.parts]

    def _part(self, name: str, data: QueryDict | None, rows: list[Any]) -> Part:
        formset = part_formset(name, blank=0 if rows else 1)(
            data, prefix=name, initial=None if data else rows
        )
        label = capitalised(content.label_of(name))
        one = capitalised(content.PARTS[name][0]._meta.verbose_name)
        return Part(name, label, one, str(LEAD[name]), str(ONE_MORE[name]), formset)

    @property
    def is_readable(self) -> bool:
        return self.form.is_valid() and all(p.formset.is_readable for p in self.parts)

    def told(self) -> dict[str, Any]:
        """What can be saved now; a part with a half-filled row is left as it was."""
        self.form.is_valid()
        told = self.form.told()
        readable = {p.name: p.formset for p in self.parts if p.formset.is_readable}
        if "components" in self.section.parts and len(readable) < 2:
            return told  # outcomes and components number each other
        for name, formset in readable.items():
            told[name] = [form.told() for _place, form in formset.kept()]
        if "components" in readable:
            told["components"] = _with_matrix(told["components"], readable)
        return told

    def reasons(self) -> dict[str, str]:
        """Answers to warnings, by the number of their check."""
        posted: Mapping[str, Any] = self.posted or {}
        return {
            name.removeprefix(REASON): _plain(str(posted[name]))
            for name in posted
            if name.startswith(REASON)
        }

    def problems(self) -> list[tuple[str, str, str]]:
        """What could not be saved: the field's address, its name, and why."""
        found = list(_problems(self.form))
        for part in self.parts:
            for place, form in enumerate(part.formset.forms, start=1):
                if not form.is_blank and not form.is_dropped:
                    found += _problems(form, f"{part.label} {place}, ")
        return found

    def matrix(self) -> Matrix | None:
        formsets = {part.name: part.formset for part in self.parts}
        return Matrix.of(formsets) if "components" in formsets else None


def _plain(text: str) -> str:
    """Lines as they are stored, without what no database takes as text."""
    return text.replace("\r\n", "\n").replace("\0", "")


def _with_one_more(posted: QueryDict, part: str) -> QueryDict:
    """A further row, as an empty one begins: else its defaults count as changed."""
    count = f"{part}-TOTAL_FORMS"
    place = whole(posted.get(count), otherwise=-1)
    if part not in content.PARTS or place < 0:
        return posted
    data = posted.copy()
    data[count] = str(place + 1)
    for field in part_formset(part)(prefix=part).empty_form:
        value = field.value()
        if value is not None and value is not False:
            data[f"{part}-{place}-{field.name}"] = "on" if value is True else value
    return data


def _with_matrix(
    rows: list[dict[str, Any]], formsets: Mapping[str, PartFormSet]
) -> list[dict[str, Any]]:
    """Ticks speak of places on the page; stored are the numbers the outcomes get."""
    numbers = {
        place: number
        for number, (place, _form) in enumerate(formsets["outcomes"].kept(), start=1)
    }
    for row, (_place, form) in zip(rows, formsets["components"].kept(), strict=True):
        ticked = form.cleaned_data.get("outcomes", [])
        row["outcomes"] = sorted(numbers[place] for place in ticked if place in numbers)
    return rows


def _problems(form: Any, before: str = "") -> Iterator[tuple[str, str, str]]:
    for name, errors in form.errors.items():
        if name == "__all__":
            yield "", before, " ".join(errors)
        else:
            field = form[name]
            yield field.id_for_label, f"{before}{field.label}", " ".join(errors)

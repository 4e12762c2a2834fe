"""Forms of the public pages: what to look for, a code to check."""

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qa.enums import AccreditationStatus, Outcome, UnitKind
from qa.forms.searching import SearchForm
from qa.models import IscedField, Language, Unit, Version
from qa.vocabularies import Participation
from reports import codes
from reports.queries import RegisterFilters

ANY = ("", _("any"))
# Where a proposal that was handed in names the language.
TAUGHT = Version.languages.through.objects.filter(
    language=OuterRef("pk"), version__frozen_at__isnull=False
)


class RegisterForm(SearchForm):
    """Search and filters of the register; they stay in the address."""

    looks_through = _("Search")

    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            ANY,
            *AccreditationStatus.choices,
            (Outcome.REJECTED.value, Outcome.REJECTED.label),
        ],
    )
    faculty = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Faculty"), required=False, to_field_name="code"
    )
    field = forms.ModelChoiceField(
        IscedField.objects.none(), label=_("Field of study"), required=False
    )
    level = forms.TypedChoiceField(
        label=pgettext_lazy("filter", "EQF level"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[ANY, *((n, n) for n in range(1, 9))],
    )
    ects = forms.ChoiceField(
        label="ECTS",
        required=False,
        choices=[
            ANY,
            ("5", _("up to 5")),
            ("15", _("over 5, up to 15")),
            ("more", _("over 15")),
            ("none", _("no credits")),
        ],
    )
    mode = forms.ChoiceField(
        label=_("Form of participation"),
        required=False,
        choices=[ANY, *Participation.choices],
    )
    language = forms.ModelChoiceField(
        Language.objects.none(), label=_("Language"), required=False
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._offer("faculty", Unit.objects.filter(kind=UnitKind.FACULTY))
        self._offer("language", Language.objects.filter(Exists(TAUGHT)))
        self._offer("field", IscedField.objects.filter(code__regex="^..$"))

    def _offer(self, name: str, choices: QuerySet) -> None:
        self.fields[name].queryset = choices
        self.fields[name].empty_label = ANY[1]

    def filters(self) -> RegisterFilters:
        """What was asked; a value that makes no sense asks for nothing."""
        self.full_clean()
        said = self.cleaned_data
        faculty, language = said.get("faculty"), said.get("language")
        field = said.get("field")
        return RegisterFilters(
            q=said.get("q") or "",
            status=said.get("status") or "",
            faculty=faculty.code if faculty else "",
            field=field.pk if field else "",
            level=said.get("level"),
            ects=said.get("ects") or "",
            mode=said.get("mode") or "",
            language=language.pk if language else "",
        )


class CodeForm(forms.Form):
    """The code printed on a letter."""

    code = forms.CharField(
        label=_("Code of the letter"),
        max_length=40,
        help_text=_("Four groups of four letters and digits, as in 7K2M-9Q4T-…"),
        widget=forms.TextInput(
            attrs={"class": "short", "autocomplete": "off", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        code = codes.read(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(
                _("A letter or digit of the code is wrong: compare it once more.")
            )
        return code

"""Forms of filing: purpose, credential, documents, fee; and what is added later."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from qa import clock
from qa.folded import folded
from qa.models import Country, Language
from qa.vocabularies import AssessmentType, Participation, Supervision
from recognition.enums import (
    ASKABLE,
    FILED_KINDS,
    DocumentKind,
    Element,
    Fee,
    LevelKind,
    Purpose,
)
from recognition.forms.fields import (
    Lines,
    credit,
    day,
    line,
    one_of,
    several_of,
    text,
)
from recognition.models import IncomingCredential
from recognition.vocabulary_codes import ESCO_SKILL, ISCED_CODE

ASKED_FOR = [(outcome.value, outcome.label) for outcome in ASKABLE]


def countries() -> list[tuple[str, str]]:
    return sorted(
        ((country.alpha2, country.name) for country in Country.objects.all()),
        key=lambda pair: folded(pair[1]),
    )


class WishForm(forms.Form):
    """What the credential is to be used for."""

    purpose = one_of(_("What do you want to use it for?"), Purpose.choices, radio=True)
    purpose_target = line(
        _("Programme, course or post"),
        why=_(
            "The credential is compared with what this purpose asks, nothing else. "
            "A general statement needs none."
        ),
        required=True,
    )
    outcome_requested = one_of(
        _("Outcome you ask for"),
        ASKED_FOR,
        radio=True,
        why=_("If the decision grants less, you are told why and how to appeal."),
    )
    # A draft that saves itself on the way keeps these as open as they are.
    open_on_the_way = ("purpose_target",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        target = self.fields["purpose_target"]
        target.required = self["purpose"].value() != Purpose.STATEMENT
        target.error_messages["required"] = _(
            "Say for which programme, course or post; only a general statement "
            "needs none."
        )


class MissingElements(forms.Form):
    """A part of the eleven elements; what the document does not state is ticked."""

    elements: tuple[Element, ...] = ()
    missing = several_of(
        _("The document does not state"),
        (),
        why=_("Tick it rather than guess; nothing missing keeps you from filing."),
    )

    def __init__(self, *args: Any, missing: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = [name for name in missing if name not in self.elements]
        self.fields["missing"].choices = [(e.value, e.label) for e in self.elements]
        self.order_fields([n for n in self.fields if n != "missing"])
        self.initial["missing"] = [n for n in missing if n in self.elements]

    def clean_missing(self) -> list[str]:
        """The other sections' answers stay as they are."""
        return [*self.others, *self.cleaned_data["missing"]]

    def clean(self) -> dict[str, Any]:
        """What is said not to be stated is not filled in as well."""
        cleaned = super().clean() or {}
        told = {name: value for name, value in cleaned.items() if name != "missing"}
        credential, ticked = IncomingCredential(**told), cleaned.get("missing", ())
        both = [e for e in self.elements if e in ticked and credential.states(e)]
        if both:
            names = ", ".join(str(element.label) for element in both)
            sentence = _(
                "You ticked that the document does not state this, and filled it in "
                "below: %(names)s. Take the tick away, or empty the fields."
            )
            self.add_error("missing", sentence % {"names": names})
        return cleaned


class AwardForm(MissingElements):
    """Who awarded what to whom, and when."""

    elements = (
        Element.LEARNER,
        Element.TITLE,
        Element.ISSUER_COUNTRY,
        Element.AWARDING_BODY,
        Element.ISSUED_ON,
    )
    learner_given_name = line(_("Given name on the document"), longest=80)
    learner_family_name = line(
        _("Family name on the document"),
        longest=80,
        why=_("If it differs from yours, add a document that shows why."),
    )
    title = line(_("Title, as it stands"))
    title_translated = line(_("Title in Romanian or English"))
    issuer_name = line(_("Issued by"), longest=200)
    issuer_country = one_of(_("Country of the issuer"), (), required=False)
    awarding_body_name = line(
        _("Awarded by"),
        longest=200,
        why=_("The institution that awards may be another than the one that issues."),
    )
    awarding_body_country = one_of(
        _("Country of the awarding body"), (), required=False
    )
    issued_on = day(_("Date of issuing"))
    verification_url = forms.URLField(
        label=_("Address where it can be verified"),
        required=False,
        max_length=400,
        assume_scheme="https",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("issuer_country", "awarding_body_country"):
            self.fields[name].choices = [("", "–"), *countries()]

    def clean_issued_on(self) -> date | None:
        """What is not awarded yet cannot be recognised."""
        day: date | None = self.cleaned_data["issued_on"]
        if day is not None and day > clock.today():
            raise forms.ValidationError(_("The award cannot lie in the future."))
        return day


class LearningForm(MissingElements):
    """What was learned, how much, at which level, and how it was assessed."""

    elements = (
        Element.OUTCOMES,
        Element.WORKLOAD,
        Element.LEVEL,
        Element.ASSESSMENT,
        Element.PARTICIPATION,
        Element.QUALITY_ASSURANCE,
    )
    outcomes = Lines(label=_("Learning outcomes"))
    ects = credit(_("ECTS credits"))
    workload_hours = forms.IntegerField(
        label=_("Workload in hours"), required=False, min_value=1, max_value=2000
    )
    level_kind = one_of(
        _("What does it say of the level?"),
        LevelKind.choices,
        required=False,
        radio=True,
    )
    eqf_level = forms.IntegerField(
        label=_("EQF level"), required=False, min_value=1, max_value=8
    )
    assessment_types = several_of(_("How was it assessed?"), AssessmentType.choices)
    participation_form = one_of(
        _("Form of participation"), Participation.choices, required=False
    )
    supervision = one_of(
        _("Supervision and identity check"), Supervision.choices, required=False
    )
    qa_statement = text(_("What it says of quality assurance"), rows=3)
    grade = line(_("Grade"), longest=60)
    isced_f = Lines(
        label=_("Fields of study (codes of ISCED-F)"),
        why=_("If the document names them, one on each line, for example 0613."),
        rows=2,
    )
    esco_skills = Lines(
        label=_("Skills (addresses of ESCO)"),
        why=_("If the document names them, one on each line."),
        rows=2,
    )

    def clean_isced_f(self) -> list[str]:
        codes: list[str] = self.cleaned_data["isced_f"]
        if not all(ISCED_CODE.fullmatch(one) for one in codes):
            raise forms.ValidationError(_("A code of ISCED-F has two to four digits."))
        return codes

    def clean_esco_skills(self) -> list[str]:
        skills: list[str] = self.cleaned_data["esco_skills"]
        if not all(ESCO_SKILL.fullmatch(one) for one in skills):
            raise forms.ValidationError(
                _("A skill of ESCO begins with http://data.europa.eu/esco/.")
            )
        return skills

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("level_kind") != LevelKind.EQF:
            said["eqf_level"] = None
        elif not said.get("eqf_level"):
            self.add_error("eqf_level", _("Name the level."))
        return super().clean()


class DocumentForm(forms.Form):
    """One document, with its file or, listed by the office, as a paper handed in."""

    kind = one_of(_("What it is"), [(k, DocumentKind(k).label) for k in FILED_KINDS])
    title = line(_("Title"), required=True, longest=200)
    language = one_of(_("Language"), (), required=False)
    file = forms.FileField(
        label=_("File"),
        error_messages={"required": _("Choose the file of the document.")},
        help_text=_(
            "PDF, PNG, JPEG, or a digital credential (JSON, XML, SVG, JWT); 10 MB."
        ),
    )

    def __init__(self, *args: Any, may_be_paper: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = not may_be_paper
        spoken = [(lang.code, lang.name) for lang in Language.objects.all()]
        by_name = sorted(spoken, key=lambda one: folded(one[1]))
        self.fields["language"].choices = [("", "–"), *by_name]


class SheetForm(forms.Form):
    """The information sheet and the fee."""

    accepted = forms.BooleanField(
        label=_("I have read the information sheet: criteria, time limits, remedy.")
    )
    fee = one_of(_("Fee"), Fee.choices, radio=True)
    remark = line(
        _("Number of the receipt, or why the fee should be waived"),
        longest=200,
        why=_("Nobody is kept from filing by the fee; say so if you cannot pay it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("fee") == Fee.WAIVED and not cleaned.get("remark"):
            self.add_error("remark", _("Say why."))
        return cleaned


class PaperForm(forms.Form):
    """Who applies on paper."""

    given_name = line(_("Given name"), required=True, longest=80)
    family_name = line(_("Family name"), required=True, longest=80)
    email = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput,
        validators=[EmailValidator(allowlist=[])],  # letters reach no machine of ours
    )


class AnswerForm(forms.Form):
    """The applicant's answer to a question."""

    answer = text(_("Your answer"), required=True, rows=6)


class BackgroundForm(forms.Form):
    """What is known where documents are missing; nothing here is required."""

    education_path = text(_("Your path of education"), rows=6)
    experience = text(_("Professional experience"))
    evidence_at_hand = text(_("Documents and evidence you have"))
    system_information = text(_("What you know of the institution and the programme"))


class EvidenceForm(forms.Form):
    """How a condition is met."""

    evidence = text(_("How the condition is met"), required=True)

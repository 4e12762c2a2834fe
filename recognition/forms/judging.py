"""Forms of judging: requirement, grid, proposal, agenda, decision."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from qa.enums import BodyKind, VoteCast
from qa.forms.ballots import Ballots, Quiet
from qa.forms.languages import ask_for_both
from qa.forms.several import SeveralRows
from qa.models import Body, Membership, User
from recognition import grounds, queries
from recognition.enums import CompensatoryMeasure, Difference, RecognitionOutcome
from recognition.forms.fields import credit, day, line, one_of, several_of, text
from recognition.models import (
    ComparisonRow,
    ProposedComponent,
    ProposedCondition,
    RecognitionApplication,
)
from recognition.models.constraints import ALTERNATIVE, REFUSAL


class RequirementForm(forms.Form):
    """What the purpose asks, on each line of the grid of the track."""

    def __init__(self, *args: Any, track: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in grounds.grid_of(track):
            self.fields[criterion.key] = text(
                criterion.label(), required=True, rows=2, why=criterion.message()
            )


DEMONSTRATED_BY = {
    "essential_requirement": _(
        "A substantial difference names the essential requirement that is not covered."
    ),
    "evidence": _("A substantial difference names the evidence."),
    "why_it_matters": _(
        "A substantial difference says why it matters for the purpose."
    ),
}


IF_SUBSTANTIAL = _("Needed if the difference is substantial.")


class RowForm(forms.Form):
    """One line of the grid."""

    credential_value = text(_("The credential says"), required=True, rows=3)
    source = line(_("Where it says so"))
    difference = one_of(_("Difference"), Difference.choices, radio=True)
    ground = one_of(
        _("Usual ground"),
        (),
        required=False,
        why=_("Advice from earlier practice; it decides nothing."),
    )
    note = text(_("Note"), rows=2)
    essential_requirement = text(
        _("Essential requirement that is not covered"),
        rows=2,
        why=IF_SUBSTANTIAL,
    )
    evidence = text(_("Evidence"), rows=2, why=IF_SUBSTANTIAL)
    why_it_matters = text(
        _("Why it matters for the purpose"), rows=2, why=IF_SUBSTANTIAL
    )
    may_be_needed = tuple(DEMONSTRATED_BY)

    def __init__(self, *args: Any, row: ComparisonRow, **kwargs: Any) -> None:
        initial = {name: getattr(row, name) for name in self.base_fields}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["ground"].choices = [
            ("", "–"),
            *((g.code, f"{g.code} {g.message()}") for g in grounds.DIFFERENCES),
        ]

    def clean(self) -> dict[str, Any]:
        """A difference is substantial only where it is demonstrated; its ground agrees."""
        cleaned = super().clean() or {}
        contradiction = grounds.contradiction(
            cleaned.get("ground", ""), cleaned.get("difference", "")
        )
        if contradiction:
            self.add_error("ground", contradiction)
        if cleaned.get("difference") == Difference.SUBSTANTIAL:
            for name, sentence in DEMONSTRATED_BY.items():
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return cleaned


O = RecognitionOutcome  # noqa: E741  read as a column of the table of outcomes
FOR_A_REFUSAL = _("Needed for a refusal.")
LAST_RESORT = format_lazy(
    "{} {}",
    FOR_A_REFUSAL,
    _("Refusal comes last; say what was considered before it."),
)
# Outcome by outcome: what it must carry.
PARTS = (
    (
        _("What is recognised"),
        (O.FULL, O.PARTIAL, O.CONDITIONAL),
        (
            *("granted_target_ro", "granted_target_en"),
            *("ects_granted", "level_granted", "grade_granted"),
        ),
    ),
    (
        _("Alternative recognition"),
        (O.ALTERNATIVE,),
        ALTERNATIVE,
    ),
    (
        _("Refusal"),
        (O.REFUSED,),
        REFUSAL,
    ),
    (
        _("Measures for later, whenever less is granted than was asked"),
        (O.PARTIAL, O.CONDITIONAL, O.ALTERNATIVE, O.REFUSED),
        ("measures_ro", "measures_en"),
    ),
)


class TermsForm(Quiet):
    """An outcome with what it must carry; the services say what is missing."""

    outcome = one_of(_("Outcome"), RecognitionOutcome.choices, radio=True)
    granted_target_ro = line(_("Recognised as, towards, in Romanian"))
    granted_target_en = line(_("Recognised as, towards, in English"))
    ects_granted = credit(_("Credits granted"))
    level_granted = line(_("Level granted"), longest=60)
    grade_granted = line(_("Grade granted"), longest=60)
    alternative_target_ro = line(_("Recognised instead for, in Romanian"))
    alternative_target_en = line(_("Recognised instead for, in English"))
    bridging_offer_ro = text(_("Bridging offer in Romanian"), rows=2)
    bridging_offer_en = text(_("Bridging offer in English"), rows=2)
    essential_requirement_ro = text(
        _("Essential requirement that is not covered, in Romanian"),
        rows=2,
        why=FOR_A_REFUSAL,
    )
    essential_requirement_en = text(
        _("Essential requirement that is not covered, in English"),
        rows=2,
        why=FOR_A_REFUSAL,
    )
    evidence_ro = text(
        _("Evidence of the difference, in Romanian"), rows=2, why=FOR_A_REFUSAL
    )
    evidence_en = text(
        _("Evidence of the difference, in English"), rows=2, why=FOR_A_REFUSAL
    )
    alternatives_considered_ro = text(
        _("Why no other outcome is possible, in Romanian"),
        rows=3,
        why=LAST_RESORT,
    )
    alternatives_considered_en = text(
        _("Why no other outcome is possible, in English"),
        rows=3,
        why=LAST_RESORT,
    )
    measures_ro = text(_("Measures for later recognition, in Romanian"), rows=3)
    measures_en = text(_("Measures for later recognition, in English"), rows=3)
    # Asked for by the outcome, which the page does not know beforehand.
    may_be_needed: tuple[str, ...] = REFUSAL

    def clean(self) -> dict[str, Any]:
        """A refusal is not even written down without what it rests on."""
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == O.REFUSED:
            for name in REFUSAL:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("A refusal needs this."))
        return cleaned

    def clean_ects_granted(self) -> Decimal | None:
        """0 credits grant nothing; who grants none leaves the field empty."""
        ects: Decimal | None = self.cleaned_data["ects_granted"]
        if ects is not None and ects <= 0:
            raise forms.ValidationError(
                _("Credits granted are more than 0; leave this empty to grant none.")
            )
        return ects

    def parts(self) -> list[dict[str, Any]]:
        """The fields by the outcome they belong to; the one chosen stands open."""
        chosen = self["outcome"].value()
        return [
            {
                "title": title,
                "fields": [self[name] for name in names],
                "open": chosen in outcomes or any(self.errors.get(n) for n in names),
            }
            for title, outcomes, names in PARTS
        ]

    def others(self) -> list[forms.BoundField]:
        """What every outcome needs besides."""
        grouped = {"outcome", *(name for _t, _o, names in PARTS for name in names)}
        return [field for field in self if field.name not in grouped]


class ProposalForm(TermsForm):
    reasons = text(_("Reasons"), required=True, rows=6)


class ComponentForm(Quiet):
    title = line(_("Component"))
    ects = credit(_("Credits"))
    counts_as_ro = line(_("Counts as, in Romanian"))
    counts_as_en = line(_("Counts as, in English"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("title") and not cleaned.get("ects"):
            self.add_error("ects", _("Say how many credits."))
        if any(cleaned.values()) and not cleaned.get("title"):
            self.add_error("title", _("Name the component."))
        ask_for_both(self)
        return cleaned

    def part(self) -> ProposedComponent | None:
        said = self.cleaned_data
        return ProposedComponent(**said) if said.get("title") else None


class ConditionForm(Quiet):
    kind = one_of(_("Kind"), CompensatoryMeasure.choices, required=False)
    text_ro = text(_("Condition in Romanian"), rows=2)
    text_en = text(_("Condition in English"), rows=2)
    evidence_required_ro = line(_("Evidence required, in Romanian"))
    evidence_required_en = line(_("Evidence required, in English"))
    consequence_ro = text(_("If it is not met, in Romanian"), rows=2)
    consequence_en = text(_("If it is not met, in English"), rows=2)
    deadline = day(_("Until"))

    def clean(self) -> dict[str, Any]:
        """A condition is written in full or not at all."""
        cleaned = super().clean() or {}
        if any(cleaned.values()):
            for name in self.fields:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("A condition needs this."))
        return cleaned

    def part(self) -> ProposedCondition | None:
        said = self.cleaned_data
        return ProposedCondition(**said) if said.get("kind") else None


ComponentFormSet = forms.formset_factory(ComponentForm, extra=3)
ConditionFormSet = forms.formset_factory(ConditionForm, extra=2)


class AgendaForm(forms.Form):
    """Where and when the case is decided, and who takes no part in it."""

    committee = forms.ModelChoiceField(
        label=_("Committee"), queryset=Body.objects.none(), empty_label=None
    )
    meeting_on = day(_("Meeting on"), required=True)
    item = line(_("Item of the agenda"), required=True, longest=40)
    recused = SeveralRows(
        label=_("Further recusals"),
        queryset=User.objects.none(),
        required=False,
        help_text=_("The assessor and the applicant are recused by themselves."),
    )
    recusal_reason = line(_("Why they are recused"))

    def __init__(
        self, *args: Any, application: RecognitionApplication, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        bodies = queries.committees()
        self.fields["committee"].queryset = bodies
        seated = Membership.objects.filter(body__in=bodies).values("user")
        self.fields["recused"].queryset = (
            User.objects.filter(pk__in=seated)
            .exclude(pk__in=application.interested_ids())
            .order_by("family_name")
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("recused") and not cleaned.get("recusal_reason"):
            self.add_error("recusal_reason", _("Say why."))
        return cleaned


class MoveForm(forms.Form):
    """Another day for an item that stands on the agenda."""

    meeting_on = day(_("New day of the meeting"), required=True)
    reason = text(_("Reasons"), required=True, rows=3)


class VotesForm(Ballots):
    """One line for each voting member in office on the day of the meeting."""

    votes_prefix = "cast_"

    def __init__(
        self, *args: Any, body: Body, day: date, recused: set[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.members = [m for m in body.members_on(day) if m.votes]
        for member in self.members:
            is_recused = member.user_id in recused
            choices = [
                c for c in VoteCast.choices if not is_recused or c[0] == "recused"
            ]
            self.add_ballot(member, recused=is_recused, choices=choices)

    def casts(self) -> dict[int, str]:
        return {
            m.user_id: self.cleaned_data[f"{self.votes_prefix}{m.user_id}"]
            for m in self.members
        }


class DecisionForm(TermsForm):
    """What the committee resolved, its reasons and the remedy."""

    reasons_ro = text(_("Reasons in Romanian"), required=True, rows=5)
    reasons_en = text(_("Reasons in English"), required=True, rows=5)
    departure_reasons_ro = text(
        _("Why it departs from the proposal, in Romanian"),
        rows=3,
        why=_("Only if it does."),
    )
    departure_reasons_en = text(
        _("Why it departs from the proposal, in English"),
        rows=3,
        why=_("Only if it does."),
    )
    comparison_ro = text(
        _("Summary of the comparison in Romanian"), required=True, rows=4
    )
    comparison_en = text(
        _("Summary of the comparison in English"), required=True, rows=4
    )
    articles = several_of(_("Legal ground"), (), required=True)
    remedy_body = forms.ModelChoiceField(
        label=_("Appeals go to"),
        queryset=Body.objects.none(),
        empty_label=_("Choose"),
    )
    remedy_ro = text(_("How to appeal, in Romanian"), required=True, rows=3)
    remedy_en = text(_("How to appeal, in English"), required=True, rows=3)
    remedy_days = forms.IntegerField(
        label=_("Term to appeal in days"), min_value=1, max_value=365
    )
    signatory = forms.ModelChoiceField(
        label=_("Signed by"), queryset=User.objects.none(), empty_label=_("Choose")
    )

    def __init__(
        self, *args: Any, application: RecognitionApplication, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["articles"].choices = [
            (a.code, f"{a.cited()}: {a.message()}")
            for a in grounds.articles_of(application.legal_instrument)
        ]
        self.fields["articles"].help_text = application.get_legal_instrument_display()
        self.fields["articles"].error_messages["invalid_choice"] = _(
            "The legal ground belongs to an instrument that does not govern this case."
        )
        self.fields["remedy_body"].queryset = Body.objects.filter(
            kind=BodyKind.APPEALS_COMMITTEE
        )
        self.fields["signatory"].queryset = queries.signatories_for(application)

    def clean(self) -> dict[str, Any]:
        """The letter says everything in both languages."""
        cleaned = super().clean() or {}
        ask_for_both(self)
        return cleaned

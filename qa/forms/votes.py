"""The minutes of one item: who voted how, reasons, and what the act needs besides."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qa import clock, queries
from qa.enums import MembershipFunction, Outcome, VoteCast
from qa.forms.ballots import Ballots, Quiet
from qa.forms.days import date_field
from qa.forms.languages import ask_for_both
from qa.forms.texts import text_field
from qa.models import Body, Procedure, RuleSet, User
from qa.services.decision import Obligation, TeachOut
from qa.services.votes import Minutes, took_part
from qa.voting import Tally


class MinutesForm(Ballots):
    """One item of a meeting: a line for each voting member in office on its day."""

    held_on = date_field(
        _("Day of the meeting"),
        help_text=_("The members in office on this day have a vote."),
    )
    agenda_item = forms.CharField(
        label=_("Agenda item"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    reasons_ro = text_field(_("Reasons in Romanian"), 3)
    reasons_en = text_field(_("Reasons in English"), 3)
    signatory = forms.ModelChoiceField(
        label=_("Signed by"),
        help_text=_("The chair, or another member who was present and not recused."),
        queryset=User.objects.none(),
        empty_label=_("Choose"),
    )
    votes_prefix = "vote_"

    def __init__(
        self,
        *args: Any,
        body: Body,
        rules: RuleSet,
        interested: Collection[int] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.body, self.rules = body, rules
        self.fields["held_on"].initial = clock.today()
        self.members = [m for m in body.members_on(self._day()) if m.votes]
        for member in self.members:
            recused = member.user_id in interested
            self.add_ballot(member, recused=recused, choices=VoteCast.choices)
        self._offer_signatories(interested)

    def _offer_signatories(self, interested: Collection[int]) -> None:
        """Every voting member; the chair unless recused from the beginning."""
        voting = [m.user_id for m in self.members]
        chairs = (
            m.user_id
            for m in self.members
            if m.function == MembershipFunction.CHAIR and m.user_id not in interested
        )
        field = self.fields["signatory"]
        field.queryset = User.objects.filter(pk__in=voting).order_by(
            "family_name", "given_name"
        )
        field.initial = next(chairs, None)

    def _day(self) -> date:
        """The day of the meeting as posted; today while it is not known."""
        try:
            told = str(self.data.get(self.add_prefix("held_on"), ""))
            return min(date.fromisoformat(told), clock.today())
        except ValueError:
            return clock.today()

    def others(self) -> list[forms.BoundField]:
        """Every field but the votes, in order."""
        return [f for f in self if not f.name.startswith(self.votes_prefix)]

    def told(self) -> list[tuple[str, Any]]:
        """What was filled in besides day, item and votes, as label and words."""
        skipped = ("held_on", "agenda_item")
        shown = []
        for field in self.others():
            value = self.cleaned_data.get(field.name)
            if field.name not in skipped and value not in (None, ""):
                words = dict(getattr(field.field, "choices", ())).get(field.data, value)
                shown.append((str(field.label), words))
        return shown

    def tally(self) -> Tally:
        """The vote as it stands."""
        return self.count(self.rules)

    def clean_held_on(self) -> Any:
        held_on = self.cleaned_data["held_on"]
        if held_on > clock.today():
            raise forms.ValidationError(_("The meeting cannot lie in the future."))
        return held_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        signatory = cleaned.get("signatory")
        cast = signatory and cleaned.get(f"{self.votes_prefix}{signatory.pk}")
        if cast and not took_part(cast):
            self.add_error(
                "signatory", _("Choose somebody who was present and not recused.")
            )
        return cleaned

    def minutes(self, **details: Any) -> Minutes:
        cleaned = self.cleaned_data
        return Minutes(
            body=self.body,
            held_on=cleaned["held_on"],
            casts={
                m.user_id: cleaned[f"{self.votes_prefix}{m.user_id}"]
                for m in self.members
            },
            agenda_item=cleaned["agenda_item"],
            reasons_ro=cleaned["reasons_ro"],
            reasons_en=cleaned["reasons_en"],
            signatory=cleaned["signatory"],
            details=details,
        )


class OpinionForm(MinutesForm):
    """The minutes of an opinion or an endorsement."""

    favourable = forms.TypedChoiceField(
        label=_("The motion put to the vote"),
        help_text=_("For means for this motion, whichever of the two it is."),
        choices=(("yes", _("Favourable")), ("no", _("Unfavourable"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    field_order = (
        *("held_on", "agenda_item", "favourable"),
        *("reasons_ro", "reasons_en", "signatory"),
    )


class BurdenFields(forms.Form):
    """The remedy of an act that burdens, and the hearing before it."""

    remedy_ro = text_field(_("Remedy in Romanian"), 2, required=False)
    remedy_en = text_field(_("Remedy in English"), 2, required=False)
    hearing_on = date_field(_("The proposer was heard on"), required=False)
    hearing_summary = text_field(_("What the proposer said"), 2, required=False)

    def clean(self) -> dict[str, Any]:
        """The letter says everything in both languages."""
        cleaned = super().clean() or {}
        ask_for_both(self)
        return cleaned


class TeachOutFields(forms.Form):
    """The end of an accreditation and how its learners finish."""

    withdrawn_on = date_field(_("Accreditation ends on"))
    last_enrolment_on = date_field(_("Last enrolment"))
    last_assessment_on = date_field(_("Last assessment"))
    teach_out_contact = forms.CharField(label=_("Contact for learners"), max_length=200)
    transfer_options_ro = text_field(_("Possibilities to transfer, in Romanian"), 2)
    transfer_options_en = text_field(_("Possibilities to transfer, in English"), 2)
    of_the_plan = (
        "withdrawn_on",
        "last_enrolment_on",
        "last_assessment_on",
        "teach_out_contact",
        "transfer_options_ro",
        "transfer_options_en",
    )

    def plan(self) -> TeachOut | None:
        """The teach-out plan; every withdrawal carries one."""
        return TeachOut(**{name: self.cleaned_data[name] for name in self.of_the_plan})


class DecisionForm(BurdenFields, MinutesForm):
    """The minutes of the senate's decision on a procedure."""

    may_be_needed: ClassVar = {
        "valid_from": _("Needed if the motion is to approve."),
        "valid_to": _("Needed if the motion is to approve."),
        "remedy_ro": _("Needed unless the motion is to approve without conditions."),
        "remedy_en": _("Needed unless the motion is to approve without conditions."),
        "hearing_on": _("Needed if the motion departs from the proposal."),
        "departure_reasons_ro": _("Needed if the motion departs from the proposal."),
        "departure_reasons_en": _("Needed if the motion departs from the proposal."),
    }

    outcome = forms.ChoiceField(
        label=_("The motion put to the vote"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
    )
    valid_from = date_field(_("Valid from"), required=False)
    valid_to = date_field(_("Valid to"), required=False)
    departure_reasons_ro = text_field(
        _("Why it departs from the panel's proposal, in Romanian"), 2, required=False
    )
    departure_reasons_en = text_field(
        _("Why it departs from the panel's proposal, in English"), 2, required=False
    )
    field_order = (
        "held_on",
        "agenda_item",
        "outcome",
        "valid_from",
        "valid_to",
        "reasons_ro",
        "reasons_en",
        "signatory",
        "remedy_ro",
        "remedy_en",
        "hearing_on",
        "hearing_summary",
        "departure_reasons_ro",
        "departure_reasons_en",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, hint in self.may_be_needed.items():
            self.fields[name].help_text = hint

    def details(self, *, departs: bool) -> dict[str, Any]:
        """The columns of the act that depend on its outcome and on what was proposed."""
        cleaned = self.cleaned_data
        outcome = cleaned["outcome"]
        positive = outcome in (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS)
        burdens = outcome != Outcome.APPROVED
        return {
            "valid_from": cleaned["valid_from"] if positive else None,
            "valid_to": cleaned["valid_to"] if positive else None,
            "remedy_ro": cleaned["remedy_ro"] if burdens else "",
            "remedy_en": cleaned["remedy_en"] if burdens else "",
            "remedy_days": self.rules.appeal_days if burdens else None,
            "hearing_on": cleaned["hearing_on"],
            "hearing_summary": cleaned["hearing_summary"],
            "departs_from_proposal": departs
            and cleaned["hearing_on"] is not None
            and bool(cleaned["departure_reasons_ro"]),
            "departure_reasons_ro": cleaned["departure_reasons_ro"],
            "departure_reasons_en": cleaned["departure_reasons_en"],
        }


class RenewalDecisionForm(TeachOutFields, DecisionForm):
    """The minutes of a decision on a re-evaluation: rejected, the accreditation ends."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.of_the_plan:
            self.fields[name].required = False
            self.fields[name].help_text = _("Only if the re-evaluation is rejected.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == Outcome.REJECTED:
            for name in self.of_the_plan:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("A rejected re-evaluation needs this."))
        return cleaned

    def plan(self) -> TeachOut | None:
        rejects = self.cleaned_data["outcome"] == Outcome.REJECTED
        return super().plan() if rejects else None


def _usual_consequence(language: str) -> Callable[[], str]:
    """What follows if a condition is not met, to be kept or changed."""

    def told() -> str:
        with translation.override(language):
            return gettext(
                "If it is not met, a procedure to withdraw the accreditation is "
                "opened, with a hearing."
            )

    return told


class ObligationForm(Quiet):
    """One condition of an approval with conditions."""

    text_ro = text_field(_("Condition in Romanian"), 2, required=False)
    text_en = text_field(_("Condition in English"), 2, required=False)
    evidence_required_ro = text_field(
        _("Evidence required, in Romanian"), 2, required=False
    )
    evidence_required_en = text_field(
        _("Evidence required, in English"), 2, required=False
    )
    consequence_ro = text_field(_("If it is not met, in Romanian"), 2, required=False)
    consequence_en = text_field(_("If it is not met, in English"), 2, required=False)
    deadline = date_field(_("Term"), required=False)
    standard: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Standard"), queryset=None, required=False, empty_label=_("Choose")
    )
    owner: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Owner"), queryset=None, required=False, empty_label=_("Choose")
    )

    def __init__(self, *args: Any, procedure: Procedure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["standard"].queryset = procedure.standard_set.standards.all()
        self.fields["owner"].queryset = queries.condition_owners(procedure)
        self.fields["owner"].initial = procedure.coordinator_id
        for language in ("ro", "en"):
            usual = _usual_consequence(language)
            self.fields[f"consequence_{language}"].initial = usual

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        texts = (
            *("text_ro", "text_en"),
            *("evidence_required_ro", "evidence_required_en"),
        )
        told = [cleaned.get(name) for name in (*texts, "deadline")]
        usual = [cleaned.get(name) for name in ("consequence_ro", "consequence_en")]
        is_begun = any(told) or cleaned.get("standard")
        if is_begun and not cleaned.get("owner") and "owner" not in self.errors:
            self.add_error("owner", _("Choose who answers for the condition."))
        if is_begun and not all((*told, *usual)):
            raise forms.ValidationError(
                _(
                    "A condition needs its text, the evidence required and what "
                    "follows if it is not met in both languages, and a term."
                )
            )
        return cleaned

    def obligation(self) -> Obligation | None:
        cleaned = self.cleaned_data
        if not cleaned.get("text_ro"):
            return None
        return Obligation(
            text_ro=cleaned["text_ro"],
            text_en=cleaned["text_en"],
            evidence_required_ro=cleaned["evidence_required_ro"],
            evidence_required_en=cleaned["evidence_required_en"],
            consequence_ro=cleaned["consequence_ro"],
            consequence_en=cleaned["consequence_en"],
            deadline=cleaned["deadline"],
            owner=cleaned["owner"],
            standard=cleaned["standard"],
        )


ObligationFormSet = forms.formset_factory(ObligationForm, extra=2)


class WithdrawalForm(TeachOutFields, BurdenFields, MinutesForm):
    """The minutes of a withdrawal with its teach-out plan."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("remedy_ro", "remedy_en", "hearing_on"):
            self.fields[name].required = True

    def burden(self) -> dict[str, Any]:
        names = ("remedy_ro", "remedy_en", "hearing_on", "hearing_summary")
        told = {name: self.cleaned_data[name] for name in names}
        return {**told, "remedy_days": self.rules.appeal_days}

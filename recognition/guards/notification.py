"""Rows B21, B22 and B23r: the complete letter, its delivery, the appeal term."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qa.clauses import clause, stated, today_of
from qa.enums import ConditionStatus
from recognition.enums import Delivery, DocumentKind
from recognition.guards import terms as asks


@clause(_("The letter of decision must be on file, with its verification code, first."))
def letter_is_on_file(application: Any) -> bool:
    letters = application.case.documents.filter(kind=DocumentKind.DECISION_LETTER)
    return letters.exclude(sha256="").exists()


@clause(_("The letter states the outcome and what is granted."))
def letter_states_outcome_and_grant(application: Any) -> bool:
    resolution = application.resolution
    return resolution is not None and asks.states_the_grant(resolution)


@clause(_("The letter gives the reasons in Romanian and in English."))
def letter_gives_reasons(application: Any) -> bool:
    resolution = application.resolution
    return resolution is not None and bool(
        resolution.decision.reasons_ro.strip()
        and resolution.decision.reasons_en.strip()
    )


@clause(_("The letter names its legal ground and sums the comparison up."))
def letter_names_ground_and_comparison(application: Any) -> bool:
    resolution = application.resolution
    return resolution is not None and bool(
        resolution.articles
        and resolution.comparison_ro.strip()
        and resolution.comparison_en.strip()
    )


@clause(
    _(
        "The letter names the remedy, for the term to appeal runs; wherever it grants "
        "less than was asked it gives the measures for later too."
    )
)
def letter_gives_measures_and_remedy(application: Any) -> bool:
    resolution = application.resolution
    if resolution is None:
        return False
    if resolution.outcome == application.outcome_requested:
        # Decided before it was asked for: nothing can be added to a decision.
        return resolution.names_remedy or resolution.decision.remedy_days is None
    return resolution.names_remedy and bool(
        resolution.measures_ro and resolution.measures_en
    )


@clause(_("The letter names its signatory."))
def letter_names_its_signatory(application: Any) -> bool:
    resolution = application.resolution
    return resolution is not None and resolution.decision.signatory_id is not None


@clause(_("Record how and when the letter was delivered, with the proof."), stated=True)
def delivery_is_proved(application: Any) -> bool:
    delivered_on = stated(application, "delivered_on")
    return (
        delivered_on is not None
        and application.decided_on <= delivered_on <= today_of(application)
        and stated(application, "delivery") in Delivery.values
        and bool((stated(application, "delivery_proof") or "").strip())
    )


@clause(
    _("The appeal term runs; the applicant may accept the decision before it ends."),
    stated=True,
)
def appeal_term_is_over_or_accepted(application: Any) -> bool:
    act = getattr(application, "act", None)
    return today_of(application) > application.appeal_until or (
        act is not None and act.by.pk == application.applicant_id
    )


@clause(_("A condition of the decision is still open."))
def no_condition_is_open(application: Any) -> bool:
    resolution = application.resolution
    return (
        resolution is None
        or not resolution.decision.conditions.exclude(
            status=ConditionStatus.FULFILLED
        ).exists()
    )


@clause(_("The appeal that is registered must be decided first."))
def no_appeal_is_registered(application: Any) -> bool:
    return not application.appeals.exists()


@clause(_("Record the day on which the appeal arrived and what it says."), stated=True)
def appeal_has_day_and_grounds(application: Any) -> bool:
    appeal = stated(application, "appeal")
    return (
        appeal is not None
        and application.delivered_on <= appeal.arrived_on <= today_of(application)
        and bool(appeal.grounds.strip())
    )


@clause(
    _("An appeal of this day with these grounds is registered already."), stated=True
)
def appeal_is_registered_once(application: Any) -> bool:
    appeal = stated(application, "appeal")
    if appeal is None:
        return False
    others = application.appeals.exclude(pk=appeal.pk)
    same_day = others.filter(arrived_on=appeal.arrived_on)
    grounds = " ".join(appeal.grounds.split()).casefold()
    return all(" ".join(it.grounds.split()).casefold() != grounds for it in same_day)


LETTER = (
    letter_is_on_file,
    letter_states_outcome_and_grant,
    letter_gives_reasons,
    letter_names_ground_and_comparison,
    letter_gives_measures_and_remedy,
    letter_names_its_signatory,
    delivery_is_proved,
)
FINALITY = (
    appeal_term_is_over_or_accepted,
    no_condition_is_open,
    no_appeal_is_registered,
)
APPEAL = (appeal_has_day_and_grounds, appeal_is_registered_once)

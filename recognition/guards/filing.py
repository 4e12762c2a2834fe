"""Rows B00 to B04 and B28: filing, completeness, withdrawal."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qa.clauses import clause, stated, today_of
from recognition.enums import ASKABLE, Fee, ItemStand, Purpose


@clause(
    _("The rule set must be in force today; ask the office to load the current one.")
)
def rule_set_is_in_force(application: Any) -> bool:
    rules, today = application.rule_set, today_of(application)
    return rules.valid_from <= today and (
        rules.valid_to is None or today <= rules.valid_to
    )


@clause(_("An application is filed by the applicant, or by an officer from paper."))
def paper_file_names_its_applicant(application: Any) -> bool:
    own = application.opened_by_id == application.applicant_id
    return own is not application.is_paper_file


@clause(_("Say what you want to use the credential for, and where."))
def purpose_is_chosen(application: Any) -> bool:
    return application.purpose in Purpose.values and (
        application.purpose == Purpose.STATEMENT
        or bool(application.purpose_target.strip())
    )


@clause(_("Say which outcome you ask for."))
def outcome_is_asked_for(application: Any) -> bool:
    return application.outcome_requested in ASKABLE


@clause(_("Read and accept the information sheet: criteria, time limits, remedy."))
def information_sheet_is_accepted(application: Any) -> bool:
    return application.information_sheet_at is not None


@clause(_("Record the fee as due, paid or waived; a waiver needs its reason."))
def fee_is_recorded(application: Any) -> bool:
    if application.fee == Fee.WAIVED:
        return bool(application.fee_note.strip())
    return application.fee in Fee.values


def _unanswered(application: Any) -> str:
    credential = getattr(application, "credential", None)
    if credential is None:
        return ""
    elements = ", ".join(str(one.label) for one in credential.unanswered())
    return gettext("Not answered yet: %(elements)s.") % {"elements": elements}


@clause(
    _(
        "Describe the credential: for each of the eleven elements say what the "
        "document states, or that it does not state it."
    ),
    naming=_unanswered,
)
def credential_is_described(application: Any) -> bool:
    credential = getattr(application, "credential", None)
    return credential is not None and not credential.unanswered()


@clause(_("List what is missing, each item with why it is needed."), stated=True)
def missing_items_have_their_why(application: Any) -> bool:
    items = stated(application, "items") or ()
    return bool(items) and all(item.what.strip() and item.why.strip() for item in items)


@clause(
    _(
        "The days for calling a file incomplete are over: treat it as complete and "
        "ask for what is indispensable."
    )
)
def incompleteness_is_said_in_time(application: Any) -> bool:
    last_day = application.completeness_until
    return last_day is not None and today_of(application) <= last_day


@clause(
    _("Each item asked for must be received or declared impossible to obtain first.")
)
def every_item_is_settled(application: Any) -> bool:
    return not application.missing_items.filter(stand=ItemStand.OPEN).exists()


@clause(_("The day on which the clock starts must be known."), stated=True)
def clock_start_is_known(application: Any) -> bool:
    started = stated(application, "clock_started_on")
    return started is not None and application.submitted_on <= started <= today_of(
        application
    )


@clause(
    _("Where nothing was missing the clock starts on the day of filing."), stated=True
)
def clock_starts_with_the_filing(application: Any) -> bool:
    started = stated(application, "clock_started_on")
    return started is not None and started == application.submitted_on


OPENING = (rule_set_is_in_force, paper_file_names_its_applicant)
SUBMISSION = (
    purpose_is_chosen,
    outcome_is_asked_for,
    information_sheet_is_accepted,
    fee_is_recorded,
    credential_is_described,
)
INCOMPLETE = (missing_items_have_their_why, incompleteness_is_said_in_time)
COMPLETION = (every_item_is_settled, clock_start_is_known)
COMPLETE_AS_FILED = (every_item_is_settled, clock_starts_with_the_filing)

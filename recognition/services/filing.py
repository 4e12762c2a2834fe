"""Filing and completeness: B00 to B04 and B28."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from qa import clock, record
from qa.enums import CaseKind
from qa.models import Case, User
from qa.services.intake import current_rule_set
from qa.services.registers import next_case_number, next_registry_number
from qa.transitions import note, open_thing, perform, refuse_unless, refuse_unmet
from qa.working_days import add_working_days
from recognition import flows, limits, queries
from recognition import permissions as may
from recognition.enums import ApplicationStatus as S
from recognition.enums import Fee, ItemStand
from recognition.guards.filing import missing_items_have_their_why
from recognition.models import (
    BackgroundPaper,
    IncomingCredential,
    MissingItem,
    RecognitionApplication,
)
from recognition.services import notices
from recognition.services.asking import locked
from recognition.services.pausing import PauseEnd

WISH_FIELDS = ("purpose", "purpose_target", "outcome_requested")
CREDENTIAL_FIELDS = (
    "missing",
    "learner_given_name",
    "learner_family_name",
    "learner_birth_date",
    "title",
    "title_translated",
    "issuer",
    "issuer_name",
    "issuer_country",
    "awarding_body",
    "awarding_body_name",
    "awarding_body_country",
    "issued_on",
    "outcomes",
    "ects",
    "workload_hours",
    "level_kind",
    "eqf_level",
    "assessment_types",
    "participation_form",
    "supervision",
    "qa_statement",
    "grade",
    "isced_f",
    "esco_skills",
    "verification_url",
)
PAPER_FIELDS = (
    "education_path",
    "experience",
    "evidence_at_hand",
    "system_information",
)


@transaction.atomic
def open_application(*, applicant: User, by: User) -> RecognitionApplication:
    """B00: open a case with an empty application and its credential."""
    now = clock.now()
    case = Case.objects.create(
        kind=CaseKind.RECOGNITION,
        number=next_case_number("R", clock.today()),
        opened_at=now,
    )
    application = RecognitionApplication.objects.create(
        case=case,
        applicant=applicant,
        is_paper_file=applicant.pk != by.pk,
        rule_set=current_rule_set(),
        opened_at=now,
        opened_by=by,
        moved_at=now,
    )
    IncomingCredential.objects.create(application=application)
    return open_thing(application, "B00", by=by, hand_on=flows.hand_on)


def write_in(*, applicant: User, language: str) -> None:
    """From now on the applicant is written to in this language."""
    User.objects.filter(pk=applicant.pk).update(language=language)


@transaction.atomic
def save_wish(
    *, application: RecognitionApplication, wish: Mapping[str, Any], by: User
) -> RecognitionApplication:
    """Purpose, target and the outcome asked for."""
    fresh = _draft(application, by)
    _fill(fresh, wish, WISH_FIELDS)
    return fresh


@transaction.atomic
def save_credential(
    *, application: RecognitionApplication, credential: Mapping[str, Any], by: User
) -> IncomingCredential:
    """What the document states, and what it does not."""
    fresh = _draft(application, by)
    _fill(fresh.credential, credential, CREDENTIAL_FIELDS)
    return fresh.credential


@transaction.atomic
def accept_information_sheet(
    *, application: RecognitionApplication, by: User
) -> RecognitionApplication:
    """The applicant has read criteria, time limits and remedy."""
    fresh = _draft(application, by)
    fresh.information_sheet_at, fresh.information_sheet_by = clock.now(), by
    fresh.save(update_fields=["information_sheet_at", "information_sheet_by"])
    return fresh


@transaction.atomic
def record_fee(
    *, application: RecognitionApplication, fee: str, remark: str = "", by: User
) -> RecognitionApplication:
    """Due, paid with its receipt, or waived with its reason."""
    fresh = locked(application)
    if fresh.status == S.DRAFT:
        _refuse_strangers(fresh, by)
    elif not may.is_officer(fresh, by):
        raise PermissionDenied(_("After filing, the office records the fee."))
    refuse_unless(
        fresh.status in (S.DRAFT, *queries.HANDLED),
        _("The case is closed; its fee stays as it was recorded."),
    )
    refuse_unless(
        fee in Fee.values and (fee != Fee.WAIVED or bool(remark.strip())),
        _("Record the fee as due, paid or waived; a waiver needs its reason."),
    )
    fresh.fee, fresh.fee_note = fee, remark.strip()
    fresh.save(update_fields=["fee", "fee_note"])
    note(fresh.case, fresh, "record_fee", by=by, facts={"fee": fee})
    return fresh


@transaction.atomic
def save_background_paper(
    *, application: RecognitionApplication, paper: Mapping[str, Any], by: User
) -> BackgroundPaper:
    """What is known where documents are missing; no field of it is required."""
    fresh = locked(application)
    if not (may.is_applicant(fresh, by) or may.is_officer(fresh, by)):
        raise PermissionDenied(_("This paper belongs to somebody else."))
    refuse_unless(
        fresh.status not in (S.DECIDED, S.NOTIFIED, S.FINAL, S.WITHDRAWN),
        _("The decision is taken; the paper stays as it is."),
    )
    values = {name: str(paper.get(name, "")).strip() for name in PAPER_FIELDS}
    saved, _created = BackgroundPaper.objects.update_or_create(
        application=fresh,
        defaults=values | {"saved_at": clock.now(), "saved_by": by},
    )
    note(fresh.case, fresh, "save_background_paper", by=by)
    return saved


@transaction.atomic
def submit_application(
    *, application: RecognitionApplication, by: User
) -> RecognitionApplication:
    """B01: register the application and announce the expected day."""
    fresh = locked(application)
    today, rule = clock.today(), queries.clock_rule(fresh)
    submitted = perform(
        fresh,
        "submit",
        by=by,
        facts={
            "filed": record.wrote_on(fresh, record.keeping(fresh)),
            "registry_number": next_registry_number(today),
            "expected_on": limits.limits(today, rule).target_on,
            "completeness_until": add_working_days(
                today,
                fresh.rule_set.incomplete_working_days,
                rule.country,
                rule.closures,
            ),
        },
        hand_on=flows.hand_on,
    )
    notices.receipt(submitted)
    return submitted


@transaction.atomic
def declare_incomplete(
    *, application: RecognitionApplication, items: Sequence[tuple[str, str]], by: User
) -> RecognitionApplication:
    """B02: ask for what is missing, each item with why it is needed."""
    fresh = locked(application)
    term = clock.add_days(clock.today(), fresh.rule_set.missing_items_days)
    asked = [
        MissingItem(application=fresh, what=what.strip(), why=why.strip())
        for what, why in items
    ]
    facts = {"items": asked, "term": term}
    refuse_unmet(fresh, [missing_items_have_their_why], by=by, facts=facts)
    MissingItem.objects.bulk_create(asked)
    facts["asked"] = [record.wrote_on(item) for item in asked]
    incomplete = perform(
        fresh, "find_incomplete", by=by, facts=facts, hand_on=flows.hand_on
    )
    notices.missing(incomplete)
    return incomplete


@transaction.atomic
def report_items_sent(
    *, application: RecognitionApplication, by: User
) -> RecognitionApplication:
    """The applicant says that all was sent, or cannot be obtained."""
    fresh = locked(application)
    if not may.is_applicant(fresh, by):
        raise PermissionDenied(_("Only the applicant says so."))
    refuse_unless(
        fresh.status == S.INCOMPLETE, _("Nothing is missing from this application.")
    )
    refuse_unless(
        not queries.has_said_all_is_sent(fresh),
        _(
            "You have said so already, and the office looks at it. Say it again after "
            "adding a document or the background paper."
        ),
    )
    note(fresh.case, fresh, "items_sent", by=by)
    flows.supplied(fresh, by)
    notices.reply_arrived(fresh)
    return fresh


@transaction.atomic
def settle_item(
    *,
    item: MissingItem,
    stand: str,
    settled_on: date | None = None,
    remark: str = "",
    by: User,
) -> MissingItem:
    """Received on a day, or impossible to obtain and why."""
    fresh = locked(item.application)
    if not may.is_officer(fresh, by):
        raise PermissionDenied(_("Only the office settles missing items."))
    refuse_unless(
        fresh.status == S.INCOMPLETE, _("Nothing is missing from this application.")
    )
    day = settled_on or clock.today()
    refuse_unless(
        stand in (ItemStand.RECEIVED, ItemStand.UNOBTAINABLE)
        and fresh.submitted_on <= day <= clock.today(),
        _("Say whether it arrived or cannot be obtained, and since which day."),
    )
    refuse_unless(
        stand == ItemStand.RECEIVED or bool(remark.strip()),
        _("Say why the item cannot be obtained."),
    )
    values = {
        "stand": str(stand),
        "settled_on": day,
        "settled_by_id": by.pk,
        "note": remark.strip(),
    }
    MissingItem.objects.filter(pk=item.pk).update(**values)
    facts = {"item": record.wrote_on(item, values), "stand": stand}
    note(fresh.case, fresh, "settle_item", by=by, facts=facts)
    return MissingItem.objects.get(pk=item.pk)


@transaction.atomic
def declare_complete(
    *, application: RecognitionApplication, by: User
) -> RecognitionApplication:
    """B03 or B04: the clock starts, on the day the last necessary item came."""
    fresh = locked(application)
    settled = [i.settled_on for i in fresh.missing_items.all() if i.settled_on]
    started = max(settled, default=fresh.submitted_on or clock.today())
    both = limits.limits(started, queries.clock_rule(fresh))
    complete = perform(
        fresh,
        "complete" if fresh.status == S.INCOMPLETE else "find_complete",
        by=by,
        facts={
            "clock_started_on": started,
            "target_on": both.target_on,
            "limit_on": both.limit_on,
        },
        hand_on=flows.hand_on,
    )
    notices.clock_runs(complete)
    return complete


@transaction.atomic
def withdraw_application(
    *, application: RecognitionApplication, reason: str = "", by: User
) -> RecognitionApplication:
    """B28: the applicant takes the application back."""
    fresh = locked(application)
    request = fresh.open_request
    end = PauseEnd.of(fresh, request, by) if request is not None else None
    withdrawn = perform(
        fresh,
        "withdraw",
        by=by,
        reason=reason,
        facts=end.facts() if end else {},
        hand_on=flows.hand_on,
    )
    if end:
        end.close()
    return withdrawn


def _draft(application: RecognitionApplication, by: User) -> RecognitionApplication:
    fresh = locked(application)
    _refuse_strangers(fresh, by)
    refuse_unless(
        fresh.status == S.DRAFT, _("The application is filed; it no longer changes.")
    )
    return fresh


def _refuse_strangers(application: RecognitionApplication, by: User) -> None:
    filer = (
        application.opened_by_id
        if application.is_paper_file
        else application.applicant_id
    )
    if by.pk != filer:
        raise PermissionDenied(_("This application belongs to somebody else."))


def _fill(thing: Any, values: Mapping[str, Any], known: Sequence[str]) -> None:
    given = [name for name in known if name in values]
    for name in given:
        value = values[name]
        setattr(thing, name, value.strip() if isinstance(value, str) else value)
    thing.save(update_fields=given)

"""Notification, finality, appeals that arrive, delays told: B21, B22, B23r."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from qa import clock
from qa.days import in_short
from qa.models import User
from qa.services.people import system_actor
from qa.services.registers import next_registry_number
from qa.transitions import note, perform, refuse_unless, refuse_unmet
from recognition import flows, queries
from recognition import permissions as may
from recognition.guards.notification import APPEAL
from recognition.models import Appeal, DelayNotice, RecognitionApplication
from recognition.services import notices, results
from recognition.services.asking import locked


@dataclass(frozen=True)
class DeliveryProof:
    """How and when the letter reached the applicant, and what proves it."""

    delivered_on: date
    delivery: str
    proof: str


def too_early(application: RecognitionApplication, delivered_on: date) -> str:
    """That no letter arrives before it was issued; empty where it did not."""
    issued_on = queries.letter_issued_on(application)
    if issued_on is None or issued_on <= delivered_on:
        return ""
    sentence = _(
        "The letter cannot have been delivered before it was issued on %(day)s."
    )
    return sentence % {"day": in_short(issued_on)}


@transaction.atomic
def notify_applicant(
    *, application: RecognitionApplication, delivery: DeliveryProof, by: User
) -> RecognitionApplication:
    """B21: the complete letter was delivered; the appeal term runs from that day.

    The result is issued as data by the same act.
    """
    refuse_unless(
        delivery.delivered_on <= clock.today(),
        _("A delivery cannot lie in the future."),
    )
    fresh = locked(application)
    sentence = too_early(fresh, delivery.delivered_on)
    refuse_unless(not sentence, sentence)
    resolution = fresh.resolution
    days = resolution.decision.remedy_days if resolution else None
    notified = perform(
        fresh,
        "notify",
        by=by,
        facts={
            "delivered_on": delivery.delivered_on,
            "delivery": delivery.delivery,
            "delivery_proof": delivery.proof.strip(),
            "appeal_until": clock.add_days(
                delivery.delivered_on, days or fresh.rule_set.appeal_days
            ),
        },
        hand_on=flows.hand_on,
    )
    results.issue_result(application=notified, by=by)
    notices.decided(notified)
    return notified


@transaction.atomic
def accept_decision(
    *, application: RecognitionApplication, by: User
) -> RecognitionApplication:
    """B22: the applicant accepts before the appeal term ends."""
    fresh = locked(application)
    if not may.is_applicant(fresh, by):
        raise PermissionDenied(_("Only the applicant accepts the decision."))
    return perform(
        fresh, "close", by=by, facts={"accepted": True}, hand_on=flows.hand_on
    )


@transaction.atomic
def close_after_term(*, application: RecognitionApplication) -> RecognitionApplication:
    """B22: the term is over without an appeal and with every condition met."""
    return perform(application, "close", by=system_actor(), hand_on=flows.hand_on)


@transaction.atomic
def register_appeal(
    *, application: RecognitionApplication, arrived_on: date, text: str, by: User
) -> Appeal:
    """B23r: an appeal arrived; late ones are registered as late, never hidden."""
    fresh = locked(application)
    if not may.is_officer(fresh, by):
        raise PermissionDenied(_("Only the recognition office registers appeals."))
    refuse_unless(
        fresh.delivered_on is not None, _("There is no decision to appeal against.")
    )
    appeal = Appeal(
        application=fresh,
        registry_number=next_registry_number(clock.today()),
        arrived_on=arrived_on,
        is_late=fresh.appeal_until is not None and arrived_on > fresh.appeal_until,
        grounds=text.strip(),
        registered_at=clock.now(),
        registered_by=by,
    )
    refuse_unmet(fresh, APPEAL, by=by, facts={"appeal": appeal})
    appeal.save()
    perform(
        fresh,
        "register_appeal",
        by=by,
        facts={
            "appeal": appeal,
            "arrived_on": arrived_on,
            "is_late": appeal.is_late,
        },
        hand_on=flows.hand_on,
    )
    return appeal


@transaction.atomic
def tell_delay(
    *, application: RecognitionApplication, reason: str, expected_on: date, by: User
) -> DelayNotice:
    """The limit has passed: say why, and when the decision can be expected."""
    fresh = locked(application)
    if not may.is_officer(fresh, by):
        raise PermissionDenied(_("Only the recognition office tells of a delay."))
    late = queries.past_limit(clock.today()).filter(pk=fresh.pk).exists()
    refuse_unless(late, _("The time limit of this case has not passed."))
    refuse_unless(
        bool(reason.strip()) and expected_on > clock.today(),
        _("Give the reason and a day still to come."),
    )
    told = DelayNotice.objects.create(
        application=fresh,
        reason=reason.strip(),
        expected_on=expected_on,
        told_at=clock.now(),
        told_by=by,
    )
    note(fresh.case, fresh, "tell_delay", by=by, facts={"notice": told})
    notices.delayed(fresh, told.reason, f"{expected_on:%d.%m.%Y}")
    return told

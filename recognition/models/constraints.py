"""What the database itself says about the states of an application."""

from django.db.models import BaseConstraint, CheckConstraint, F, Q

from recognition.enums import ASKABLE, Fee, Purpose, RecognitionOutcome, Track
from recognition.enums import ApplicationStatus as S
from recognition.models.handling import ASKING

TABLE = "recognition_application"
ALTERNATIVE = (
    *("alternative_target_ro", "alternative_target_en"),
    *("bridging_offer_ro", "bridging_offer_en"),
)
REFUSAL = (
    *("essential_requirement_ro", "essential_requirement_en"),
    *("evidence_ro", "evidence_en"),
    *("alternatives_considered_ro", "alternatives_considered_en"),
)
BEFORE_CLOCK = (S.DRAFT, S.SUBMITTED, S.INCOMPLETE)
AFTER_TRACK = (
    S.TRACKED,
    S.COMPARING,
    S.PROPOSED,
    S.IN_COMMITTEE,
    S.DECIDED,
    S.NOTIFIED,
    S.FINAL,
)
AFTER_DECISION = (S.DECIDED, S.NOTIFIED, S.FINAL)
TOLD = (S.NOTIFIED, S.FINAL)
OPEN_TRACKS = (Track.STANDARD, Track.PRIOR_LEARNING, Track.REFUGEE)


def written(*names: str) -> Q:
    """Each text says something: blanks and line breaks alone do not count."""
    return Q(**{f"{name}__regex": r"\S" for name in names})


def together(verb: str) -> CheckConstraint:
    """An instant and its actor stand together or not at all."""
    at, by = f"{verb}_at", f"{verb}_by"
    return CheckConstraint(
        name=f"{TABLE}_{verb}_at_and_by_together",
        condition=Q(**{at: None, by: None})
        | Q(**{f"{at}__isnull": False, f"{by}__isnull": False}),
    )


CONSTRAINTS: list[BaseConstraint] = [
    CheckConstraint(name=f"{TABLE}_status_known", condition=Q(status__in=S.values)),
    together("information_sheet"),
    together("submitted"),
    together("completed"),
    together("verifying"),
    together("tracked"),
    together("further_request"),
    together("compared"),
    together("proposed"),
    together("notified"),
    together("final"),
    together("withdrawn"),
    CheckConstraint(
        name=f"{TABLE}_submitted_before_it_moves_on",
        condition=Q(status__in=[S.DRAFT, S.WITHDRAWN])
        | Q(submitted_at__isnull=False, completeness_until__isnull=False)
        & ~Q(registry_number=""),
    ),
    CheckConstraint(
        name=f"{TABLE}_submitted_has_purpose_sheet_and_fee",
        condition=Q(submitted_at=None)
        | Q(
            purpose__in=Purpose.values,
            fee__in=Fee.values,
            information_sheet_at__isnull=False,
        ),
    ),
    CheckConstraint(
        name=f"{TABLE}_asks_for_recognition",
        condition=Q(submitted_at=None) | Q(outcome_requested__in=ASKABLE),
    ),
    CheckConstraint(
        name=f"{TABLE}_waived_fee_has_reason",
        condition=~Q(fee=Fee.WAIVED) | ~Q(fee_note=""),
    ),
    CheckConstraint(
        name=f"{TABLE}_incomplete_has_term",
        condition=~Q(status=S.INCOMPLETE) | Q(missing_term_on__isnull=False),
    ),
    CheckConstraint(
        name=f"{TABLE}_clock_starts_with_the_complete_file",
        condition=Q(
            completed_at=None, clock_started_on=None, target_on=None, limit_on=None
        )
        | Q(
            completed_at__isnull=False,
            clock_started_on__isnull=False,
            target_on__isnull=False,
            limit_on__isnull=False,
        ),
    ),
    CheckConstraint(
        name=f"{TABLE}_clock_runs_after_completeness",
        condition=Q(status__in=BEFORE_CLOCK, clock_started_on=None)
        | Q(status=S.WITHDRAWN)
        | ~Q(status__in=BEFORE_CLOCK) & Q(clock_started_on__isnull=False),
    ),
    CheckConstraint(
        name=f"{TABLE}_limits_follow_the_start",
        condition=Q(clock_started_on=None)
        | Q(target_on__gte=F("clock_started_on"), limit_on__gte=F("clock_started_on")),
    ),
    CheckConstraint(
        name=f"{TABLE}_paused_iff_info_requested",
        condition=Q(
            status=S.INFO_REQUESTED, paused_from__isnull=False, returns_to__in=ASKING
        )
        | ~Q(status=S.INFO_REQUESTED)
        & Q(paused_from=None, paused_until=None, returns_to=""),
    ),
    CheckConstraint(
        name=f"{TABLE}_track_has_reason",
        condition=Q(track="", tracked_at=None)
        | Q(track__in=OPEN_TRACKS, tracked_at__isnull=False) & ~Q(track_reason=""),
    ),
    CheckConstraint(
        name=f"{TABLE}_track_known_once_tracked",
        condition=~Q(status__in=AFTER_TRACK) | Q(tracked_at__isnull=False),
    ),
    CheckConstraint(
        name=f"{TABLE}_item_known_in_committee",
        condition=~Q(status__in=[S.IN_COMMITTEE, *AFTER_DECISION])
        | Q(committee__isnull=False, meeting_on__isnull=False) & ~Q(agenda_item=""),
    ),
    CheckConstraint(
        name=f"{TABLE}_outcome_iff_decided",
        condition=Q(
            status__in=AFTER_DECISION,
            decided_on__isnull=False,
            outcome__in=RecognitionOutcome.values,
        )
        | ~Q(status__in=AFTER_DECISION) & Q(outcome="", decided_on=None),
    ),
    CheckConstraint(
        name=f"{TABLE}_told_iff_notified",
        condition=Q(
            status__in=TOLD,
            notified_at__isnull=False,
            delivered_on__isnull=False,
            appeal_until__isnull=False,
        )
        & ~Q(delivery="")
        & ~Q(delivery_proof="")
        | ~Q(status__in=TOLD)
        & Q(notified_at=None, delivered_on=None, appeal_until=None),
    ),
    CheckConstraint(
        name=f"{TABLE}_final_at_iff_final",
        condition=Q(status=S.FINAL, final_at__isnull=False)
        | ~Q(status=S.FINAL) & Q(final_at=None),
    ),
    CheckConstraint(
        name=f"{TABLE}_withdrawn_at_iff_withdrawn",
        condition=Q(status=S.WITHDRAWN, withdrawn_at__isnull=False)
        | ~Q(status=S.WITHDRAWN) & Q(withdrawn_at=None),
    ),
]

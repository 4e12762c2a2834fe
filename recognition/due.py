"""Recognition's rows of time: requests whose term is over, and finality."""

from datetime import date

from qa.due import Due, register
from qa.enums import ConditionStatus
from recognition.enums import ApplicationStatus as S
from recognition.models import RecognitionApplication
from recognition.services import closing, handling

Found = list[tuple[str, RecognitionApplication]]


def unanswered(today: date) -> Found:
    """B12: nobody answered within the term."""
    waiting = RecognitionApplication.objects.filter(
        status=S.INFO_REQUESTED,
        info_requests__closed_at=None,
        info_requests__answered_at=None,
        info_requests__term_on__lt=today,
    )
    return [
        (it.case.number, it) for it in waiting.select_related("case").order_by("pk")
    ]


def past_appeal(today: date) -> Found:
    """B22: the appeal term is over and nothing stands in the way."""
    told = RecognitionApplication.objects.filter(
        status=S.NOTIFIED, appeal_until__lt=today, appeals=None
    ).exclude(
        resolutions__decision__conditions__status__in=[
            ConditionStatus.OPEN,
            ConditionStatus.EVIDENCE_SUBMITTED,
        ]
    )
    return [(it.case.number, it) for it in told.select_related("case").order_by("pk")]


ROWS = (
    Due(
        "B12",
        unanswered,
        lambda it: handling.resume_after_term(application=it),
    ),
    Due(
        "B22",
        past_appeal,
        lambda it: closing.close_after_term(application=it),
    ),
)


def register_rows() -> None:
    for row in ROWS:
        register(row)

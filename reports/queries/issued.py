"""Letters from the reader's side: who opens one, what it will say, whether it stands."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qa import clock
from qa import queries as seen
from qa.enums import AccreditationStatus
from qa.models import Decision, User
from recognition import queries as recognition
from recognition.enums import ApplicationStatus
from recognition.models import RecognitionApplication
from reports.models import IssuedLetter
from reports.queries.letter import letter_data
from reports.rows import LetterData

TOLD = (ApplicationStatus.NOTIFIED, ApplicationStatus.FINAL)


@dataclass(frozen=True)
class LetterStanding:
    """What may be said of a letter in public: a tone and a word, no content."""

    tone: str
    words: str | Promise


_TONES = {
    AccreditationStatus.APPROVED: "working",
    AccreditationStatus.IN_FORCE: "good",
    AccreditationStatus.SUCCEEDED: "closed",
    AccreditationStatus.EXPIRED: "closed",
    AccreditationStatus.WITHDRAWN: "bad",
}
ISSUED = LetterStanding("working", _("Issued"))
# Of the decision on an application, what its delivery and its appeal made of it.
NOT_TOLD = LetterStanding("working", _("Issued, not delivered yet"))
APPEALED = LetterStanding("working", _("Delivered; an appeal is not decided yet"))
NOT_FINAL = LetterStanding("working", _("Delivered, not final yet"))
FINAL = LetterStanding("good", _("Final"))


def standing_of_letter(letter: IssuedLetter) -> LetterStanding:
    """Where the decision of a letter stands today."""
    decision = letter.decision
    resolution = getattr(decision, "recognition", None)
    if resolution is not None:
        return _standing_of(resolution.application)
    period = getattr(decision, "accreditation", None)
    if period is None:
        return ISSUED
    status = AccreditationStatus(period.status)
    return LetterStanding(_TONES[status], status.label)


def _standing_of(application: RecognitionApplication) -> LetterStanding:
    if application.status == ApplicationStatus.FINAL:
        return FINAL
    if application.status != ApplicationStatus.NOTIFIED:
        return NOT_TOLD
    return APPEALED if application.appeals.exists() else NOT_FINAL


def opens_letter(decision: Decision, user: User) -> bool:
    """Whoever sees the procedure; an applicant, once the decision was delivered."""
    resolution = getattr(decision, "recognition", None)
    if resolution is None:
        visible = seen.procedures_visible_to(user)
        return visible.filter(pk=decision.procedure_id).exists()
    application = resolution.application
    if application.applicant_id == user.pk:
        return application.status in TOLD
    return recognition.applications_visible_to(user).filter(pk=application.pk).exists()


def draft_letter(decision: Decision) -> LetterData:
    """What a letter issued today would say; number and code come with the issue."""
    return letter_data(decision, registry_number="", code="", issued_on=clock.today())


def home_of(decision: Decision) -> str:
    """The address of the case the decision belongs to."""
    resolution = getattr(decision, "recognition", None)
    if resolution is None:
        return decision.procedure.get_absolute_url()
    return reverse("recognition:application_detail", args=[resolution.application_id])

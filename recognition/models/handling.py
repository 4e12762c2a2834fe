"""The office's stage: issuer, verification, track, requests; B07, B08, B11, B12."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE, transition

from qa.clauses import Act
from qa.models import User
from recognition import permissions as may
from recognition.enums import ApplicationStatus as S
from recognition.enums import LegalInstrument, Track
from recognition.guards import handling as guard

ASKING = (S.COMPLETE, S.VERIFYING, S.TRACKED, S.COMPARING, S.PROPOSED)


class Handling(models.Model):
    """How the office works on the file, and when only others can carry it on."""

    status: str  # the machine's field stands on the application

    legal_instrument = models.CharField(
        _("legal instrument"), max_length=20, choices=LegalInstrument, blank=True
    )
    verifying_at = models.DateTimeField(null=True, blank=True)
    verifying_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    track = models.CharField(_("track"), max_length=16, choices=Track, blank=True)
    track_reason = models.TextField(_("why this track"), blank=True)
    tracked_at = models.DateTimeField(null=True, blank=True)
    tracked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    paused_from = models.DateField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)
    paused_days = models.PositiveIntegerField(default=0)
    returns_to = models.CharField(max_length=16, choices=S, blank=True)
    further_request_at = models.DateTimeField(null=True, blank=True)
    further_request_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        abstract = True

    @transition(
        field="status",
        source=S.COMPLETE,
        target=S.VERIFYING,
        conditions=list(guard.RESOLVED),
        permission=may.is_officer,
        custom={"row": "B07", "actor": "recognition officer"},
    )
    def start_verification(self, *, act: Act) -> None:
        """Issuer and awarding body are known; now the document itself is checked."""
        self.verifying_by, self.verifying_at = act.by, act.at

    @transition(
        field="status",
        source=S.VERIFYING,
        target=S.TRACKED,
        conditions=list(guard.TRACKING),
        permission=may.is_officer,
        custom={"row": "B08", "actor": "recognition officer"},
    )
    def choose_track(self, *, act: Act) -> None:
        """The way the credential is compared is chosen, with its reason."""
        self.tracked_by, self.tracked_at = act.by, act.at
        self.track, self.track_reason = act.facts["track"], act.reason

    @transition(
        field="status",
        source=list(ASKING),
        target=S.INFO_REQUESTED,
        conditions=list(guard.REQUEST),
        permission=may.is_officer_or_assessor,
        custom={"row": "B11", "actor": "recognition officer, assessor"},
    )
    def request_information(self, *, act: Act) -> None:
        """Only the applicant or the issuer can carry the case on: the clock stops."""
        self.returns_to, self.paused_from = self.status, act.today
        self.further_request_at = self.further_request_by = None
        self.due_on = act.facts["request"].term_on

    @transition(
        field="status",
        source=S.INFO_REQUESTED,
        target=RETURN_VALUE(*ASKING),
        conditions=[guard.reply_arrived_or_term_is_over],
        permission=may.is_officer_or_system,
        custom={"row": "B12", "actor": "recognition officer, system"},
    )
    def resume(self, *, act: Act) -> str:
        """The reply came or the term ran out; both limits move by the days paused."""
        before, self.returns_to = self.returns_to, ""
        self.paused_from = self.paused_until = None
        self.paused_days = act.facts["paused_days"]
        self.limit_on = act.facts["limit_on"]
        self.target_on = self.due_on = act.facts["target_on"]
        return before

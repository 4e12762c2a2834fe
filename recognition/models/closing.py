"""The last stage: notification, appeal term, finality; B21, B22, B23r."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from qa.clauses import Act
from qa.models import User
from recognition import permissions as may
from recognition.enums import ApplicationStatus as S
from recognition.enums import Delivery
from recognition.guards import notification as guard


class Closing(models.Model):
    """How the decision reached the applicant, and when it became final."""

    notified_at = models.DateTimeField(null=True, blank=True)
    notified_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True)
    delivery = models.CharField(
        _("delivered by"), max_length=16, choices=Delivery, blank=True
    )
    delivery_proof = models.CharField(
        _("proof of delivery"), max_length=200, blank=True
    )
    appeal_until = models.DateField(_("appeal until"), null=True, blank=True)
    final_at = models.DateTimeField(null=True, blank=True)
    final_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    @transition(
        field="status",
        source=S.DECIDED,
        target=S.NOTIFIED,
        conditions=list(guard.LETTER),
        permission=may.is_officer,
        custom={"row": "B21", "actor": "recognition officer"},
    )
    def notify(self, *, act: Act) -> None:
        """The applicant has the complete letter; the appeal term starts."""
        self.notified_by, self.notified_at = act.by, act.at
        self.delivered_on = act.facts["delivered_on"]
        self.delivery = act.facts["delivery"]
        self.delivery_proof = act.facts["delivery_proof"]
        self.appeal_until = self.due_on = act.facts["appeal_until"]

    @transition(
        field="status",
        source=S.NOTIFIED,
        target=S.FINAL,
        conditions=list(guard.FINALITY),
        permission=may.is_applicant_or_system,
        custom={"row": "B22", "actor": "applicant, system"},
    )
    def close(self, *, act: Act) -> None:
        """The term is over without an appeal, or the applicant accepts."""
        self.final_by, self.final_at, self.due_on = act.by, act.at, None

    @transition(
        field="status",
        source=S.NOTIFIED,
        target=S.NOTIFIED,
        conditions=list(guard.APPEAL),
        permission=may.is_officer,
        custom={"row": "B23r", "actor": "recognition officer"},
    )
    def register_appeal(self, *, act: Act) -> None:
        """An appeal arrived; it is registered, in time or late, and blocks finality."""
        self.due_on = None

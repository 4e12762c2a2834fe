"""Letters that went out: what was sent, kept as it was sent."""

import hashlib
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qa.models import Case, Decision, User
from qa.models.record import everything


class IssuedLetter(models.Model):
    """The letter of one decision, byte for byte; append-only.

    The letter of an accreditation is its notice, within the house: where the act may
    be challenged the term runs from that day. An applicant's is delivered by row B21.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="issued_letters")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="letter")
    code = models.CharField(max_length=19, unique=True)
    registry_number = models.CharField(max_length=32)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    notified_on = models.DateField(null=True, blank=True)
    remedy_until = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("issued letter")
        verbose_name_plural = _("issued letters")
        ordering: ClassVar = ["issued_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="reports_issuedletter_has_code_and_hash",
                condition=~models.Q(code="") & ~models.Q(sha256=""),
            ),
            models.CheckConstraint(
                name="reports_issuedletter_term_after_its_notice",
                condition=models.Q(remedy_until=None)
                | models.Q(remedy_until__gt=models.F("notified_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registry_number} · {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("reports:verify_code", args=[self.code])

    def sealed_content(self) -> dict[str, Any]:
        """The letter as it went out, its bytes by their hash."""
        sent = hashlib.sha256(bytes(self.content)).hexdigest()
        return everything(self) | {"content": sent}

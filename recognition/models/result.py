"""The result of a decision as a signed credential, the lists that tell its status, its end."""

import hashlib
import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from qa.models import User
from qa.models.record import everything
from recognition.issuing.status_list import ENTRIES
from recognition.models.resolution import RecognitionDecision


class StatusList(models.Model):
    """A public list in which each result has a bit; append-only.

    It keeps the name and the address under which it was begun: credentials say both.
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    issuer = models.CharField(max_length=300)
    address = models.URLField(max_length=400)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("status list")
        verbose_name_plural = _("status lists")

    def __str__(self) -> str:
        return self.address


class IssuedResult(models.Model):
    """The credential of one decision, byte for byte; append-only."""

    resolution = models.OneToOneField(
        RecognitionDecision, models.PROTECT, primary_key=True, related_name="result"
    )
    code = models.UUIDField(unique=True, editable=False)
    status_list = models.ForeignKey(StatusList, models.PROTECT, related_name="results")
    status_index = models.PositiveIntegerField()
    key = models.CharField(max_length=400)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("issued result")
        verbose_name_plural = _("issued results")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["status_list", "status_index"],
                name="recognition_issuedresult_one_bit_each",
            ),
            models.CheckConstraint(
                name="recognition_issuedresult_bit_is_in_the_list",
                condition=models.Q(status_index__lt=ENTRIES),
            ),
        ]

    def __str__(self) -> str:
        return f"urn:uuid:{self.code}"

    @property
    def is_withdrawn(self) -> bool:
        return hasattr(self, "withdrawal")

    def sealed_content(self) -> dict[str, Any]:
        """The result as it went out, its bytes by their hash."""
        sent = hashlib.sha256(bytes(self.content)).hexdigest()
        return everything(self) | {"content": sent}


class ResultWithdrawal(models.Model):
    """The end of a result: from now on its bit is set; append-only."""

    result = models.OneToOneField(
        IssuedResult, models.PROTECT, primary_key=True, related_name="withdrawal"
    )
    reason = models.TextField(_("why"))
    withdrawn_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("withdrawal of a result")
        verbose_name_plural = _("withdrawals of results")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="recognition_resultwithdrawal_has_reason",
                condition=~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.result_id}: {self.withdrawn_at:%Y-%m-%d}"

    def sealed_content(self) -> dict[str, Any]:
        return everything(self)

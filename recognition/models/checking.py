"""What the verification of a credential file found, frozen with the case."""

from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qa.models import Document, User
from qa.models.record import everything
from recognition.credentials import kept
from recognition.credentials.findings import Report
from recognition.models.application import RecognitionApplication


class CredentialCheck(models.Model):
    """One verification of one file: its whole result; a later one stands beside it.

    `trusted_sha256` is the hash of the register of trust as it was known then.
    """

    application = models.ForeignKey(
        RecognitionApplication, models.PROTECT, related_name="credential_checks"
    )
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    file_sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=40)
    verdict = models.CharField(max_length=16)
    report = models.JSONField()
    report_sha256 = models.CharField(max_length=64)
    trusted_sha256 = models.CharField(max_length=64)
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("check of a credential file")
        verbose_name_plural = _("checks of credential files")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="recognition_credentialcheck_has_its_hashes",
                condition=~Q(file_sha256="")
                & ~Q(report_sha256="")
                & ~Q(trusted_sha256=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.verdict}"

    def sealed_content(self) -> dict[str, Any]:
        return everything(self)

    @cached_property
    def told(self) -> Report:
        """The report, told in the language of whoever reads it."""
        return kept.report_of(self.report)

"""What the verification of a credential file found, frozen with the case."""

import hashlib
from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qa.models import Document, User
from qa.models.record import everything
from recognition.credentials import kept
from recognition.credentials.findings import Report
from recognition.models.application import RecognitionApplication


class CredentialCheck(models.Model):
    """One verification of one file: its whole result; a later one stands beside it.

    `trusted_sha256` is the hash of the register of trust as it was known then. A check
    for which a worker was to look something up says when that was asked for; what came
    of it is a check of its own, which says for which one it looked.
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
    look_up_asked_at = models.DateTimeField(null=True, blank=True)
    looks_up_for = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="looked_up_in"
    )

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


class LookUp(models.Model):
    """What an address gave to a check, byte for byte, or why it gave nothing.

    Another check may be given the same within its time; the row is copied to it with
    the time at which the server answered. `given_from` is where redirections led.
    """

    of_check = models.ForeignKey(
        CredentialCheck, models.PROTECT, related_name="look_ups"
    )
    address = models.TextField()  # as the credential names it
    url = models.TextField()
    given_from = models.TextField(blank=True)
    content = models.BinaryField(default=b"")
    content_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    sentence = models.TextField(blank=True)  # of the refusal, its facts apart
    facts = models.JSONField(default=dict, blank=True)
    answered_at = models.DateTimeField()  # by the machine's own time

    class Meta:
        verbose_name = _("look-up for a check")
        verbose_name_plural = _("look-ups for checks")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["answered_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="recognition_lookup_gave_something_or_says_why_not",
                condition=(~Q(sha256="") & Q(sentence=""))
                | (Q(sha256="") & ~Q(sentence="")),
            ),
        ]

    def __str__(self) -> str:
        return self.address

    def sealed_content(self) -> dict[str, Any]:
        """The answer as it was given, its bytes by their hash."""
        given = hashlib.sha256(bytes(self.content)).hexdigest()
        return everything(self) | {"content": given}

    @property
    def why(self) -> str:
        """Why nothing was given, told in the language of whoever reads it."""
        return gettext(self.sentence) % self.facts if self.sentence else ""


class AskedHost(models.Model):
    """One request to a host; kept for the minute in which it counts."""

    host = models.CharField(max_length=255)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("request to a host")
        verbose_name_plural = _("requests to hosts")
        indexes: ClassVar = [models.Index(fields=["host", "at"])]

    def __str__(self) -> str:
        return self.host

"""Wrong passwords of the last minutes, so that nobody tries them all."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class FailedSignIn(models.Model):
    """One wrong password; the key is a hash of who was meant and where it came from."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("failed sign-in")
        verbose_name_plural = _("failed sign-ins")
        indexes: ClassVar = [
            models.Index(fields=["key", "at"], name="qa_failedsignin_recent")
        ]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.at:%Y-%m-%d %H:%M}"

"""What a return asks for."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from qa.models.offer import Version
from qa.models.procedure import Procedure
from qa.models.record import everything


class ReturnItem(models.Model):
    """One thing the formal check asks the coordinator to complete."""

    procedure = models.ForeignKey(
        Procedure, models.PROTECT, related_name="return_items"
    )
    version = models.ForeignKey(Version, models.PROTECT, related_name="return_items")
    what = models.TextField()
    why = models.TextField(blank=True)

    class Meta:
        verbose_name = _("item to complete")
        verbose_name_plural = _("items to complete")

    def __str__(self) -> str:
        return self.what

    def sealed_content(self) -> dict[str, Any]:
        return everything(self)

"""What a return asks for, and what a resubmission answers."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from qa.models.offer import Version
from qa.models.procedure import Procedure
from qa.models.record import everything
from qa.models.report import ReportPoint


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


class PointAnswer(models.Model):
    """The answer to one point of the report after which the decision was to resubmit."""

    procedure = models.ForeignKey(
        Procedure, models.PROTECT, related_name="point_answers"
    )
    point = models.ForeignKey(ReportPoint, models.PROTECT, related_name="+")
    answer = models.TextField()

    class Meta:
        verbose_name = _("answer to a point")
        verbose_name_plural = _("answers to points")
        ordering: ClassVar = ["point__kind", "point__pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["procedure", "point"], name="qa_pointanswer_one_per_point"
            ),
            models.CheckConstraint(
                name="qa_pointanswer_is_given", condition=~models.Q(answer="")
            ),
        ]

    def __str__(self) -> str:
        return self.answer

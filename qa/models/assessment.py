"""The independent readings: one member, every standard."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from qa import permissions as may
from qa.clauses import Act, Opening
from qa.enums import AssessmentStatus, ReadingStand
from qa.guards import panel as guard
from qa.models.panel import PanelMember
from qa.models.people import User
from qa.models.procedure import Procedure
from qa.models.record import every, everything
from qa.models.standards import Standard

R = AssessmentStatus


class Assessment(FSMModelMixin, models.Model):
    """One member's reading of every standard; sealed from the others until submitted."""

    openings: ClassVar = (
        Opening(
            "S1",
            "CEAC chair, the member",
            may.is_this_member_or_ceac_chair,
            guard.READING,
        ),
    )

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="assessments")
    member = models.OneToOneField(
        PanelMember, models.PROTECT, related_name="assessment"
    )
    status = FSMField(choices=R, default=R.DRAFT, protected=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="qa_assessment_status_known", condition=Q(status__in=R.values)
            ),
            models.CheckConstraint(
                name="qa_assessment_submitted_at_iff_submitted",
                condition=Q(status=R.SUBMITTED, submitted_at__isnull=False)
                | Q(status=R.DRAFT, submitted_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.get_status_display()}"

    @property
    def case_id(self) -> int:
        return self.procedure.micro_credential_id

    def sealed_content(self) -> dict[str, Any]:
        """The reading of every standard as it was handed in."""
        return everything(self) | {"readings": every(self.readings)}

    @transition(
        field=status,
        source=R.DRAFT,
        target=R.SUBMITTED,
        conditions=[*guard.HANDING_IN],
        permission=may.is_member_of_assessment,
        custom={"row": "S2", "actor": "the member"},
    )
    def submit(self, *, act: Act) -> None:
        """The member hands the independent reading in."""
        self.submitted_by, self.submitted_at = act.by, act.at


class Reading(models.Model):
    """What one member found on one standard: evidence, analysis, conclusion, rating."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="readings")
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="+")
    stand = models.CharField(
        max_length=16, choices=ReadingStand, default=ReadingStand.RATED
    )
    rating = models.CharField(max_length=32, blank=True)
    evidence = models.TextField(blank=True)
    analysis = models.TextField(blank=True)
    conclusion = models.TextField(blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering: ClassVar = ["standard__position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["assessment", "standard"], name="qa_reading_one_per_standard"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard_id}: {self.rating or self.stand}"

    @property
    def is_complete(self) -> bool:
        """A rating never stands without evidence, analysis and conclusion."""
        if self.stand == ReadingStand.RATED:
            return all((self.rating, self.evidence, self.analysis, self.conclusion))
        return bool(self.reason)

"""The panel's report: findings, points, proposal for decision, remarks with answers."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from qa.clauses import Rowless
from qa.enums import Outcome, RemarkAnswer
from qa.guards.report import proposal_is_as_sent
from qa.models.people import User, in_local_language
from qa.models.procedure import Procedure
from qa.models.record import every, everything
from qa.models.standards import Standard


class Report(models.Model):
    """The panel's report; whether it is draft or final follows the procedure."""

    rowless: ClassVar = (Rowless("save_proposal", (proposal_is_as_sent,)),)
    stands_unrecorded: ClassVar = True  # a draft until A13

    procedure = models.OneToOneField(Procedure, models.PROTECT, related_name="report")
    summary = models.TextField(blank=True)
    proposed_outcome = models.CharField(max_length=32, choices=Outcome, blank=True)
    proposal_reasons = models.TextField(blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")

    def __str__(self) -> str:
        return f"{self.procedure}"

    @property
    def proposed_conditions(self) -> "models.QuerySet[ReportPoint]":
        """What the panel proposes to ask for, if approved with conditions."""
        return self.points.filter(kind=PointKind.CONDITION)

    @property
    def asking_points(self) -> models.QuerySet["ReportPoint"]:
        """What a proposal that is submitted again answers: all but what is good."""
        return self.points.exclude(kind=PointKind.GOOD_PRACTICE)

    def sealed_content(self) -> dict[str, Any]:
        """The whole report as it is when final, with the proposer's remarks."""
        return everything(self) | {
            "findings": every(self.findings),
            "points": [point.as_sworn() for point in self.points.order_by("pk")],
            "remarks": every(self.procedure.remarks),
        }


class Finding(models.Model):
    """The panel's common finding on one standard."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="findings")
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="+")
    rating = models.CharField(max_length=32, blank=True)
    evidence = models.TextField(blank=True)
    analysis = models.TextField(blank=True)
    conclusion = models.TextField(blank=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering: ClassVar = ["standard__position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "standard"], name="qa_finding_one_per_standard"
            ),
            models.CheckConstraint(
                name="qa_finding_rating_has_evidence_and_analysis",
                condition=Q(rating="") | ~Q(evidence="") & ~Q(analysis=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard_id}: {self.rating}"

    @property
    def is_complete(self) -> bool:
        return all((self.rating, self.evidence, self.analysis))


class PointKind(TextChoices):
    GOOD_PRACTICE = "good_practice", _("Good practice")
    RECOMMENDATION = "recommendation", _("Recommendation")
    CONDITION = "condition", _("Proposed condition")


class ReportPoint(models.Model):
    """A good practice, a recommendation (no duty) or a proposed condition (binding)."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="points")
    kind = models.CharField(max_length=16, choices=PointKind)
    standard = models.ForeignKey(
        Standard, models.PROTECT, null=True, blank=True, related_name="+"
    )
    text_ro = models.TextField()
    text_en = models.TextField(blank=True)
    evidence_required_ro = models.TextField(blank=True)
    evidence_required_en = models.TextField(blank=True)
    deadline_months = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("point of the report")
        verbose_name_plural = _("points of the report")
        ordering: ClassVar = ["kind", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return in_local_language(self.text_ro, self.text_en)

    @property
    def evidence_required(self) -> str:
        return in_local_language(self.evidence_required_ro, self.evidence_required_en)

    def as_sworn(self) -> dict[str, Any]:
        """All columns; one keeps the name that reports were first sworn to with."""
        told = everything(self)
        if evidence := told.pop("evidence_required_ro", ""):
            told["evidence_required"] = evidence
        return told


class Remark(models.Model):
    """One factual correction by the proposer, with the panel's answer."""

    written_by_acts: ClassVar = ("procedure_id", "place", "text", "made_by_id")
    stands_unrecorded: ClassVar = True  # the reply names it, and the final report

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="remarks")
    place = models.CharField(max_length=120)
    text = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=16, choices=RemarkAnswer, blank=True)
    answer_text = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="qa_remark_answered_at_iff_answered",
                condition=Q(answer="", answered_at=None)
                | ~Q(answer="") & Q(answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.place

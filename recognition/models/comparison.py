"""The comparison: assessor, grid, proposal."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qa.enums import DeclarationStatus
from qa.models import User
from qa.models.record import every, everything
from recognition import grounds
from recognition.enums import Difference, RecognitionOutcome
from recognition.models.application import RecognitionApplication
from recognition.models.constraints import REFUSAL, written
from recognition.models.resolution import Component, Measure, Terms

D = DeclarationStatus


class Assessor(models.Model):
    """The person named to compare, with the own declaration of conflicts."""

    written_by_acts: ClassVar = (
        *("application_id", "user_id", "named_at", "named_by_id"),
        *("declaration", "grounds", "text", "declared_at", "declared_by_id"),
        *("judged_at", "judged_by_id", "judgement", "replaced_at", "replaced_by_id"),
    )

    application = models.ForeignKey(
        RecognitionApplication, models.PROTECT, related_name="assessors"
    )
    user = models.ForeignKey(
        User, models.PROTECT, related_name="recognition_assessments"
    )
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    declaration = models.CharField(
        _("declaration"),
        max_length=16,
        choices=DeclarationStatus,
        default=DeclarationStatus.PENDING,
    )
    grounds = models.JSONField(_("grounds"), default=list, blank=True)
    text = models.TextField(_("description"), blank=True)
    declared_at = models.DateTimeField(null=True, blank=True)
    declared_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    judgement = models.TextField(blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("assessor")
        verbose_name_plural = _("assessors")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(replaced_at=None),
                name="recognition_assessor_one_at_a_time",
            ),
            models.CheckConstraint(
                name="recognition_assessor_declared_iff_not_pending",
                condition=Q(declaration=D.PENDING, declared_at=None)
                | ~Q(declaration=D.PENDING) & Q(declared_at__isnull=False),
            ),
            models.CheckConstraint(
                name="recognition_assessor_conflict_has_text",
                condition=Q(declaration__in=[D.PENDING, D.NONE]) | ~Q(text=""),
            ),
            models.CheckConstraint(
                name="recognition_assessor_judged_has_reasons",
                condition=~Q(declaration__in=[D.CLEARED, D.UPHELD])
                | Q(judged_at__isnull=False, judged_by__isnull=False)
                & ~Q(judgement=""),
            ),
            models.CheckConstraint(
                name="recognition_assessor_does_not_judge_the_own_conflict",
                condition=Q(judged_by=None) | ~Q(judged_by=models.F("user")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}"


class ComparisonRow(models.Model):
    """One line of the grid: what the credential says beside what the purpose asks."""

    application = models.ForeignKey(
        RecognitionApplication, models.PROTECT, related_name="rows"
    )
    criterion = models.CharField(max_length=8)
    position = models.PositiveSmallIntegerField()
    reference_value = models.TextField(_("the purpose asks"))
    credential_value = models.TextField(_("the credential says"), blank=True)
    source = models.CharField(_("where it says so"), max_length=240, blank=True)
    difference = models.CharField(
        _("difference"), max_length=16, choices=Difference, blank=True
    )
    ground = models.CharField(_("usual ground"), max_length=8, blank=True)
    note = models.TextField(_("note"), blank=True)
    essential_requirement = models.TextField(
        _("essential requirement that is not covered"), blank=True
    )
    evidence = models.TextField(_("evidence"), blank=True)
    why_it_matters = models.TextField(_("why it matters for the purpose"), blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("line of the grid")
        verbose_name_plural = _("lines of the grid")
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "criterion"],
                name="recognition_row_one_per_criterion",
            ),
            models.CheckConstraint(
                name="recognition_row_substantial_is_demonstrated",
                condition=~Q(difference=Difference.SUBSTANTIAL)
                | written("essential_requirement", "evidence", "why_it_matters"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.get_difference_display() or '–'}"

    @property
    def rule(self) -> type[grounds.Ground]:
        return grounds.BY_CODE[self.criterion]

    @property
    def is_complete(self) -> bool:
        return bool(self.difference and self.credential_value.strip())

    @property
    def is_demonstrated(self) -> bool:
        """The three fields without which no difference is substantial."""
        return all(
            text.strip()
            for text in (self.essential_requirement, self.evidence, self.why_it_matters)
        )


class Proposal(Terms):
    """The assessor's proposal to the committee."""

    stands_unrecorded: ClassVar = True  # a draft until B17

    application = models.OneToOneField(
        RecognitionApplication,
        models.PROTECT,
        primary_key=True,
        related_name="proposal",
    )
    reasons = models.TextField(_("reasons"), blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("proposal of an outcome")
        verbose_name_plural = _("proposals of outcomes")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="recognition_proposal_refusal_is_demonstrated",
                condition=~Q(outcome=RecognitionOutcome.REFUSED) | written(*REFUSAL),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.get_outcome_display() or '–'}"

    def sealed_content(self) -> dict[str, Any]:
        """The proposal as it went to the committee, with the grid it rests on."""
        return everything(self) | {
            "components": every(self.components),
            "conditions": every(self.conditions),
            "rows": every(self.application.rows),
        }


class ProposedComponent(Component):
    """A component the assessor proposes to accept."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="components")

    class Meta:
        verbose_name = _("proposed component")
        verbose_name_plural = _("proposed components")
        ordering: ClassVar = ["pk"]


class ProposedCondition(Measure):
    """A condition the assessor proposes to set."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="conditions")

    class Meta:
        verbose_name = _("proposed condition")
        verbose_name_plural = _("proposed conditions")
        ordering: ClassVar = ["pk"]

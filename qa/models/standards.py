"""Standard sets and rule sets: the field's rules as dated rows, pinned to each case."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qa.models.people import in_local_language


class Dated(models.QuerySet):
    def in_force_on(self, day: date) -> "Dated":
        return self.filter(
            Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day
        ).order_by("-valid_from")


class StandardSet(models.Model):
    """A set of standards with its own rating scale (ESG 2015 Part 1, ...).

    `scale` is an ordered list of
    {"code", "label_en", "label_ro", "meets": met | partly | not_met | not_applicable}.
    """

    code = models.CharField(max_length=32, unique=True)
    title_ro = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    version = models.CharField(max_length=32)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    scale = models.JSONField()
    objects = Dated.as_manager()

    class Meta:
        verbose_name = _("standard set")
        verbose_name_plural = _("standard sets")

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_local_language(self.title_ro, self.title_en)

    @property
    def family(self) -> str:
        """What its versions have in common: the code without the version."""
        return "-".join(part for part in self.code.split("-") if part != self.version)

    def rating_label(self, code: str) -> str:
        for value in self.scale:
            if value["code"] == code:
                return in_local_language(value["label_ro"], value["label_en"])
        return code

    def rating_codes(self) -> list[str]:
        return [value["code"] for value in self.scale]

    def meets(self, code: str) -> str:
        """met, partly, not_met or not_applicable."""
        return next(v["meets"] for v in self.scale if v["code"] == code)


class Standard(models.Model):
    """One standard of a set; core standards weigh on the proposal for decision."""

    standard_set = models.ForeignKey(
        StandardSet, models.PROTECT, related_name="standards"
    )
    number = models.CharField(max_length=16)
    position = models.PositiveSmallIntegerField()
    title_ro = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    guidance_ro = models.TextField(blank=True)
    guidance_en = models.TextField(blank=True)
    is_core = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("standard")
        verbose_name_plural = _("standards")
        ordering: ClassVar = ["standard_set", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["standard_set", "number"], name="qa_standard_number_in_set"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def title(self) -> str:
        return in_local_language(self.title_ro, self.title_en)

    @property
    def guidance(self) -> str:
        return in_local_language(self.guidance_ro, self.guidance_en)


class RuleSet(models.Model):
    """Dated parameters of the procedures; a case keeps the set it was opened under."""

    code = models.CharField(max_length=32, unique=True)
    title_ro = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    legal_basis_ro = models.TextField(blank=True)
    legal_basis_en = models.TextField(blank=True)
    # The provision an act rests on, by its row ("A16"), else by the house ("A", "B").
    legal_bases = models.JSONField(default=dict, blank=True)

    hours_per_ects_min = models.PositiveSmallIntegerField(default=25)
    hours_per_ects_max = models.PositiveSmallIntegerField(default=30)
    outcomes_min = models.PositiveSmallIntegerField(default=3)
    outcomes_max = models.PositiveSmallIntegerField(default=8)
    need_evidence_months = models.PositiveSmallIntegerField(default=24)
    validity_max_months = models.PositiveSmallIntegerField(default=60)

    screening_days = models.PositiveSmallIntegerField(default=10)
    return_term_days = models.PositiveSmallIntegerField(default=30)
    lapse_after_days = models.PositiveSmallIntegerField(default=30)
    endorsement_days = models.PositiveSmallIntegerField(default=21)
    panel_setup_days = models.PositiveSmallIntegerField(default=30)
    panel_min_voting = models.PositiveSmallIntegerField(default=3)
    panel_min_external = models.PositiveSmallIntegerField(default=2)
    panel_training_months = models.PositiveSmallIntegerField(default=36)
    challenge_working_days = models.PositiveSmallIntegerField(default=5)
    reading_days = models.PositiveSmallIntegerField(default=21)
    report_days = models.PositiveSmallIntegerField(default=28)
    factual_check_working_days = models.PositiveSmallIntegerField(default=10)
    finalisation_days = models.PositiveSmallIntegerField(default=14)
    opinion_days = models.PositiveSmallIntegerField(default=14)
    decision_days = models.PositiveSmallIntegerField(default=30)
    quorum_numerator = models.PositiveSmallIntegerField(default=2)
    quorum_denominator = models.PositiveSmallIntegerField(default=3)
    majority_numerator = models.PositiveSmallIntegerField(default=1)
    majority_denominator = models.PositiveSmallIntegerField(default=2)

    reevaluation_notice_months = models.PositiveSmallIntegerField(default=12)
    reevaluation_filing_months = models.PositiveSmallIntegerField(default=6)
    resubmit_months = models.PositiveSmallIntegerField(default=12)
    condition_default_months = models.PositiveSmallIntegerField(default=9)
    extends_timely_submission = models.BooleanField(default=True)
    appeal_days = models.PositiveSmallIntegerField(default=30)

    recognition_target_days = models.PositiveSmallIntegerField(default=30)
    recognition_limit_months = models.PositiveSmallIntegerField(default=4)
    incomplete_working_days = models.PositiveSmallIntegerField(default=10)
    missing_items_days = models.PositiveSmallIntegerField(default=30)
    info_request_days = models.PositiveSmallIntegerField(default=30)
    last_day_moves_to_working_day = models.BooleanField(default=False)
    objects = Dated.as_manager()

    class Meta:
        verbose_name = _("rule set")
        verbose_name_plural = _("rule sets")

    def __str__(self) -> str:
        return self.code

    @property
    def title(self) -> str:
        return in_local_language(self.title_ro, self.title_en)

    @property
    def legal_basis(self) -> str:
        return in_local_language(self.legal_basis_ro, self.legal_basis_en)

    def basis_of(self, row: str, house: str) -> str:
        """What the act of a row rests on, else every act of the house (A or B)."""
        return str(self.legal_bases.get(row) or self.legal_bases.get(house, ""))

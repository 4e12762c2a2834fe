"""The offer: a micro-credential's identity and the versions of its content."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from qa import permissions as may
from qa.clauses import Act, Opening
from qa.enums import VersionStatus
from qa.guards import version as guard
from qa.models.people import Institution, Unit, User, in_local_language
from qa.models.record import Case
from qa.models.reference import IscedField, Language
from qa.models.searched import Searched
from qa.vocabularies import (
    AssessmentSetting,
    Cycle,
    IssuingFormat,
    Participation,
    QaType,
    Scenario,
    Stackability,
    Supervision,
)


class MicroCredential(models.Model):
    """The identity of an offer; what it is worth today is derived from its parts."""

    written_by_acts: ClassVar = ("unit_id", "created_by_id")
    stands_unrecorded: ClassVar = True  # it is its case; what lies under it is named

    case = models.OneToOneField(
        Case, models.PROTECT, primary_key=True, related_name="micro_credential"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="micro_credentials")
    authors = models.ManyToManyField(User, related_name="authored_micro_credentials")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("micro-credential")
        verbose_name_plural = _("micro-credentials")

    def __str__(self) -> str:
        return self.case.number

    def get_absolute_url(self) -> str:
        return reverse("qa:micro_credential_detail", args=[self.pk])

    @property
    def faculty(self) -> Unit:
        return self.unit.faculty


class Version(Searched, FSMModelMixin, models.Model):
    """The content of an offer: the nine design-time elements of EU Annex I and more.

    A draft carries a revision number that rises with each saved change; a frozen
    version carries its canonical JSON and the SHA-256 of it.
    """

    openings: ClassVar = (
        Opening(
            "V1",
            "author, system, QA officer, dean's office",
            may.drafts_or_returned,
            guard.DRAFTING,
        ),
    )
    written_by_acts: ClassVar = (
        *("micro_credential_id", "procedure_id", "number"),
        *("frozen_at", "frozen_by_id", "sha256", "registry_number"),
    )

    micro_credential = models.ForeignKey(
        MicroCredential, models.PROTECT, related_name="versions"
    )
    procedure = models.ForeignKey(
        "qa.Procedure", models.PROTECT, related_name="versions"
    )
    number = models.PositiveSmallIntegerField()
    status = FSMField(
        choices=VersionStatus, default=VersionStatus.DRAFT, protected=True
    )
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    frozen_content = models.JSONField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    registry_number = models.CharField(max_length=32, blank=True)
    titles_folded = models.TextField(editable=False, blank=True)
    summaries_folded = models.TextField(editable=False, blank=True)
    SEARCHED: ClassVar = {
        "titles_folded": ("title_ro", "title_en"),
        "summaries_folded": ("summary_ro", "summary_en"),
    }

    # 1 Identity and award
    title_ro = models.CharField(_("title in Romanian"), max_length=200, blank=True)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    summary_ro = models.TextField(_("summary in Romanian"), blank=True)
    summary_en = models.TextField(_("summary in English"), blank=True)
    scenario = models.CharField(
        _("scenario"), max_length=24, choices=Scenario, blank=True
    )
    awarding_bodies = models.ManyToManyField(
        Institution, blank=True, related_name="+", verbose_name=_("awarding bodies")
    )
    is_joint = models.BooleanField(_("offered jointly with partners"), default=False)
    agreement_topics = models.JSONField(
        _("topics the cooperation agreement covers"), default=list, blank=True
    )
    agreement_reference = models.CharField(
        _("cooperation agreement, number and date"), max_length=200, blank=True
    )
    qa_type = models.CharField(
        _("quality assurance underpinning the award"),
        max_length=40,
        choices=QaType,
        blank=True,
    )
    issuing_format = models.CharField(
        _("form in which the award is issued"),
        max_length=24,
        choices=IssuingFormat,
        blank=True,
    )
    verification_method = models.TextField(
        _("how anyone can verify an award"), blank=True
    )

    # 2 Need and partners
    target_group_ro = models.TextField(_("target group in Romanian"), blank=True)
    target_group_en = models.TextField(_("target group in English"), blank=True)
    need_statement = models.TextField(_("need it answers"), blank=True)
    need_evidence = models.TextField(_("evidence of the need"), blank=True)
    need_evidence_on = models.DateField(
        _("date of the evidence"), null=True, blank=True
    )
    review_by = models.DateField(_("content to be reviewed by"), null=True, blank=True)
    regulated_profession = models.BooleanField(
        _("touches a regulated profession"), default=False
    )
    profession_authority = models.CharField(
        _("competent authority"), max_length=200, blank=True
    )
    profession_opinion = models.TextField(_("opinion of the authority"), blank=True)

    # 3 Outcomes and assessment (outcomes and components are rows)
    supervision = models.CharField(
        _("supervision and identity verification"),
        max_length=24,
        choices=Supervision,
        blank=True,
    )
    assessment_setting = models.CharField(
        _("where the assessment takes place"),
        max_length=12,
        choices=AssessmentSetting,
        blank=True,
    )
    moderation_rule = models.TextField(_("moderation of marks"), blank=True)
    resit_rule = models.TextField(_("resits"), blank=True)
    learner_appeal_route = models.TextField(_("learners' appeals"), blank=True)
    integrity_rules = models.TextField(_("academic integrity"), blank=True)

    # 4 Workload and level
    ects = models.DecimalField(
        _("ECTS credits"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    no_credit_reason = models.TextField(_("why it bears no credits"), blank=True)
    workload_hours = models.PositiveIntegerField(
        _("workload in hours"), null=True, blank=True
    )
    contact_hours = models.PositiveIntegerField(_("contact hours"), default=0)
    individual_study_hours = models.PositiveIntegerField(
        _("individual study hours"), default=0
    )
    practice_hours = models.PositiveIntegerField(_("practice hours"), default=0)
    assessment_hours = models.PositiveIntegerField(_("assessment hours"), default=0)
    eqf_level = models.PositiveSmallIntegerField(
        _("EQF level"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(8)],
    )
    level_reason = models.TextField(_("why no level applies"), blank=True)
    qf_ehea_cycle = models.CharField(
        _("QF-EHEA cycle"), max_length=8, choices=Cycle, blank=True
    )
    nqf_level = models.CharField(
        _("level in the national framework"), max_length=16, blank=True
    )
    isced = models.ForeignKey(
        IscedField,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ISCED-F 2013 detailed field"),
    )

    # 6 Delivery and admission
    participation_form = models.CharField(
        _("form of participation"), max_length=16, choices=Participation, blank=True
    )
    languages = models.ManyToManyField(
        Language, blank=True, related_name="+", verbose_name=_("languages")
    )
    duration_weeks = models.PositiveSmallIntegerField(
        _("duration in weeks"), null=True, blank=True
    )
    locations = models.TextField(_("locations"), blank=True)
    open_access = models.BooleanField(
        _("open access, no entry requirement"), default=False
    )
    entry_requirements_ro = models.TextField(
        _("entry requirements in Romanian"), blank=True
    )
    entry_requirements_en = models.TextField(
        _("entry requirements in English"), blank=True
    )
    admission_ro = models.TextField(_("admission procedure in Romanian"), blank=True)
    admission_en = models.TextField(_("admission procedure in English"), blank=True)
    contact_email = models.EmailField(_("contact for learners"), blank=True)
    public_page_url = models.URLField(_("public page"), blank=True)
    planned_start = models.DateField(_("planned start"), null=True, blank=True)

    # 7 Resources and finance
    rooms_and_labs = models.TextField(_("rooms and laboratories"), blank=True)
    learning_platform = models.TextField(_("learning platform"), blank=True)
    library = models.TextField(_("library and materials"), blank=True)
    accessibility_statement = models.TextField(_("accessibility statement"), blank=True)
    needs_new_resources = models.BooleanField(_("needs new resources"), default=False)
    fee_amount = models.DecimalField(
        _("fee"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    fee_currency = models.CharField(_("currency"), max_length=3, default="RON")
    refund_rule = models.TextField(_("refund rule"), blank=True)
    viability_note = models.TextField(_("financial viability"), blank=True)

    # 8 Recognition and stackability
    stackability = models.CharField(
        _("stackability"), max_length=12, choices=Stackability, blank=True
    )
    recognition_clause = models.TextField(_("how the award is recognised"), blank=True)

    # 9 Monitoring and quality assurance
    quality_owner = models.CharField(
        _("who owns its quality"), max_length=160, blank=True
    )
    validity_months = models.PositiveSmallIntegerField(
        _("proposed validity in months"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering: ClassVar = ["micro_credential", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["micro_credential", "number"], name="qa_version_number_once"
            ),
            models.UniqueConstraint(
                fields=["procedure"],
                condition=Q(status=VersionStatus.DRAFT),
                name="qa_version_one_draft_per_procedure",
            ),
            models.CheckConstraint(
                name="qa_version_status_known",
                condition=Q(status__in=VersionStatus.values),
            ),
            models.CheckConstraint(
                name="qa_version_frozen_at_and_by_together",
                condition=Q(frozen_at=None, frozen_by=None)
                | Q(frozen_at__isnull=False, frozen_by__isnull=False),
            ),
            models.CheckConstraint(
                name="qa_version_content_frozen_after_draft",
                condition=Q(
                    status__in=[VersionStatus.DRAFT, VersionStatus.ABANDONED],
                )
                | Q(frozen_at__isnull=False, frozen_content__isnull=False)
                & ~Q(sha256=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Untitled proposal"))

    @property
    def title(self) -> str:
        return in_local_language(self.title_ro, self.title_en)

    @property
    def summary(self) -> str:
        return in_local_language(self.summary_ro, self.summary_en)

    @property
    def case_id(self) -> int:
        return self.micro_credential_id

    @property
    def is_credit_bearing(self) -> bool:
        return self.ects is not None

    @transition(
        field=status,
        source=VersionStatus.DRAFT,
        target=VersionStatus.FROZEN,
        conditions=[guard.content_is_given, guard.procedure_was_just_submitted],
        permission=may.is_coordinator,
        custom={"row": "V2", "actor": "coordinator"},
    )
    def freeze(self, *, act: Act) -> None:
        """The content is fixed as submitted: canonical JSON and its SHA-256."""
        self.frozen_by, self.frozen_at = act.by, act.at
        self.sha256 = act.facts["sha256"]
        self.registry_number = self.procedure.registry_number

    @transition(
        field=status,
        source=VersionStatus.FROZEN,
        target=VersionStatus.REPLACED,
        conditions=[guard.later_version_or_resubmission],
        permission=may.is_coordinator_or_senate_secretary,
        custom={"row": "V3", "actor": "coordinator, senate secretary"},
    )
    def replace(self, *, act: Act) -> None:
        """A later version of the same procedure takes its place."""

    @transition(
        field=status,
        source=VersionStatus.FROZEN,
        target=VersionStatus.APPROVED,
        conditions=[guard.procedure_decided_positively],
        permission=may.is_senate_secretary,
        custom={"row": "V4", "actor": "senate secretary"},
    )
    def approve(self, *, act: Act) -> None:
        """The deciding body approved exactly this content."""

    @transition(
        field=status,
        source=VersionStatus.FROZEN,
        target=VersionStatus.REJECTED,
        conditions=[guard.procedure_decided_negatively],
        permission=may.is_senate_secretary,
        custom={"row": "V4", "actor": "senate secretary"},
    )
    def reject(self, *, act: Act) -> None:
        """The deciding body rejected exactly this content."""

    @transition(
        field=status,
        source=[VersionStatus.DRAFT, VersionStatus.FROZEN],
        target=VersionStatus.ABANDONED,
        conditions=[guard.procedure_abandoned],
        permission=may.is_author_or_system,
        custom={"row": "V5", "actor": "author, coordinator, system"},
    )
    def abandon(self, *, act: Act) -> None:
        """The journey ended without a decision."""

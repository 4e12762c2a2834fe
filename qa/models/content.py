"""The repeating parts of a version: outcomes, assessment, team, consultations, ..."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from qa.enums import AttachmentKind
from qa.models.offer import MicroCredential, Version
from qa.models.people import User, in_local_language
from qa.models.record import Document, everything
from qa.vocabularies import AssessmentType, ConsultationKind, Frequency


class Part(models.Model):
    """An ordered row of a version."""

    position = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True
        ordering: ClassVar = ["position", "pk"]


class LearningOutcome(Part):
    """Annex I, element 6; `esco_uri` names the ESCO skill it leads to."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="outcomes")
    text_ro = models.TextField(_("outcome in Romanian"))
    text_en = models.TextField(_("outcome in English"), blank=True)
    esco_uri = models.CharField(_("ESCO skill URI"), max_length=200, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("learning outcome")
        verbose_name_plural = _("learning outcomes")

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return in_local_language(self.text_ro, self.text_en)


class AssessmentComponent(Part):
    """A component of the assessment; its outcomes make the matrix."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="components")
    title_ro = models.CharField(_("component in Romanian"), max_length=200)
    title_en = models.CharField(_("component in English"), max_length=200, blank=True)
    type = models.CharField(
        _("type of assessment"), max_length=32, choices=AssessmentType
    )
    weight = models.PositiveSmallIntegerField(
        _("weight in per cent"),
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    criteria = models.TextField(_("criteria"), blank=True)
    pass_rule = models.TextField(_("pass rule"), blank=True)
    outcomes = models.ManyToManyField(
        LearningOutcome,
        blank=True,
        related_name="components",
        verbose_name=_("outcomes it assesses"),
    )

    class Meta(Part.Meta):
        verbose_name = _("assessment component")
        verbose_name_plural = _("assessment components")

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_local_language(self.title_ro, self.title_en)


class TeamMember(Part):
    """One teacher of the offer, with qualification and load."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="team")
    name = models.CharField(_("name"), max_length=160)
    qualification = models.CharField(_("qualification"), max_length=200, blank=True)
    institution = models.CharField(
        _("institution or employer"), max_length=160, blank=True
    )
    hours = models.PositiveSmallIntegerField(_("teaching hours"), default=0)
    is_coordinator = models.BooleanField(_("coordinates"), default=False)
    is_affiliated = models.BooleanField(_("tenured or affiliated"), default=False)

    class Meta(Part.Meta):
        verbose_name = _("teacher")
        verbose_name_plural = _("teaching team")

    def __str__(self) -> str:
        return self.name


class Consultation(Part):
    """Who was asked while the offer was designed."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="consultations")
    kind = models.CharField(
        _("who was consulted"), max_length=24, choices=ConsultationKind
    )
    who = models.CharField(_("name or group"), max_length=200)
    held_on = models.DateField(_("on"))
    summary = models.TextField(_("what they said and what became of it"), blank=True)

    class Meta(Part.Meta):
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")

    def __str__(self) -> str:
        return self.who


class StackingTarget(Part):
    """A larger credential that counts this one, with its owner's agreement."""

    version = models.ForeignKey(
        Version, models.CASCADE, related_name="stacking_targets"
    )
    programme = models.CharField(_("programme"), max_length=200)
    credits = models.DecimalField(_("credits counted"), max_digits=4, decimal_places=1)
    owner = models.CharField(_("owner"), max_length=160, blank=True)
    agreement_reference = models.CharField(
        _("owner's written agreement"), max_length=200, blank=True
    )

    class Meta(Part.Meta):
        verbose_name = _("stacking target")
        verbose_name_plural = _("stacking targets")

    def __str__(self) -> str:
        return self.programme


class MonitoringIndicator(Part):
    """What is measured, from where, by whom, how often."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="indicators")
    name = models.CharField(_("indicator"), max_length=160)
    source = models.CharField(_("source"), max_length=160, blank=True)
    owner = models.CharField(_("owner"), max_length=160, blank=True)
    frequency = models.CharField(_("frequency"), max_length=16, choices=Frequency)
    target = models.CharField(_("target"), max_length=120, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")

    def __str__(self) -> str:
        return self.name


class Justification(models.Model):
    """The stored answer to a warning of a design check."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="justifications")
    check_code = models.CharField(max_length=8)
    text = models.TextField()

    class Meta:
        verbose_name = _("justification")
        verbose_name_plural = _("justifications")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "check_code"], name="qa_justification_one_per_check"
            ),
            models.CheckConstraint(
                name="qa_justification_is_given", condition=~models.Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return self.check_code


class OverlapAnswer(models.Model):
    """Why this offer stands beside an in-force one of the same field (DC-27)."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="overlap_answers")
    other = models.ForeignKey(MicroCredential, models.PROTECT, related_name="+")
    answer = models.TextField()

    class Meta:
        verbose_name = _("answer on overlap")
        verbose_name_plural = _("answers on overlap")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "other"], name="qa_overlapanswer_one_per_offer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} / {self.other_id}"


class Attachment(models.Model):
    """A file that goes with a version; a later version carries the same file on."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="attachments")
    document = models.ForeignKey(Document, models.PROTECT, related_name="attachments")

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering: ClassVar = ["document__added_at", "document_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "document"], name="qa_attachment_once_a_version"
            ),
        ]

    def __str__(self) -> str:
        return str(self.document)

    @property
    def kind(self) -> str:
        return str(AttachmentKind(self.document.kind).label)

    @property
    def form(self) -> str:
        """The format as people call it, and the size, rounded up: “PDF, 88 KB”."""
        called = self.document.media_type.rpartition("/")[2].upper()
        return f"{called}, {-(-self.document.size // 1024)}\u00a0KB"


class SignOff(models.Model):
    """The head of department signs one draft revision; any change voids it."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="sign_offs")
    revision = models.PositiveIntegerField()
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "revision"], name="qa_signoff_one_per_revision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} r{self.revision}"

    def sealed_content(self) -> dict[str, Any]:
        return everything(self)

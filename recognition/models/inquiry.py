"""What the office asks and checks: missing items, requests, verifications, delays."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qa.models import Document, User
from qa.models.record import everything
from recognition.enums import (
    Addressee,
    ItemStand,
    VerificationMethod,
    VerificationResult,
)
from recognition.models.application import RecognitionApplication


class MissingItem(models.Model):
    """One necessary thing the file lacks, with why it is needed."""

    written_by_acts: ClassVar = (
        *("application_id", "what", "why", "stand", "settled_on", "settled_by_id"),
        *("note",),
    )

    application = models.ForeignKey(
        RecognitionApplication, models.PROTECT, related_name="missing_items"
    )
    what = models.CharField(_("what is missing"), max_length=240)
    why = models.TextField(_("why it is needed"))
    stand = models.CharField(
        _("stand"), max_length=16, choices=ItemStand, default=ItemStand.OPEN
    )
    settled_on = models.DateField(_("since"), null=True, blank=True)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("missing item")
        verbose_name_plural = _("missing items")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="recognition_missingitem_says_what_and_why",
                condition=~Q(what="") & ~Q(why=""),
            ),
            models.CheckConstraint(
                name="recognition_missingitem_settled_iff_not_open",
                condition=Q(stand=ItemStand.OPEN, settled_on=None, settled_by=None)
                | ~Q(stand=ItemStand.OPEN)
                & Q(settled_on__isnull=False, settled_by__isnull=False),
            ),
            models.CheckConstraint(
                name="recognition_missingitem_unobtainable_has_note",
                condition=~Q(stand=ItemStand.UNOBTAINABLE) | ~Q(note=""),
            ),
        ]

    def __str__(self) -> str:
        return self.what


class InfoRequest(models.Model):
    """One question only the applicant or the issuer can answer; it stops the clock."""

    written_by_acts: ClassVar = (
        *("application_id", "question", "why", "addressee", "asked_at", "asked_by_id"),
        *("agreed_by_id", "paused_from", "term_on", "answer", "answered_on"),
        *("answered_at", "answered_by_id", "paused_to", "closed_at", "closed_by_id"),
    )

    application = models.ForeignKey(
        RecognitionApplication, models.PROTECT, related_name="info_requests"
    )
    question = models.TextField(_("question"))
    why = models.TextField(_("why it is indispensable"))
    addressee = models.CharField(
        _("who alone has the answer"), max_length=16, choices=Addressee
    )
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    paused_from = models.DateField()
    term_on = models.DateField(_("reply until"))
    answer = models.TextField(_("reply"), blank=True)
    answered_on = models.DateField(_("reply arrived on"), null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    paused_to = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("request for information")
        verbose_name_plural = _("requests for information")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(closed_at=None),
                name="recognition_inforequest_one_open",
            ),
            models.CheckConstraint(
                name="recognition_inforequest_is_indispensable",
                condition=~Q(question="")
                & ~Q(why="")
                & Q(addressee__in=[Addressee.APPLICANT, Addressee.ISSUER]),
            ),
            models.CheckConstraint(
                name="recognition_inforequest_answered_has_answer",
                condition=Q(answered_at=None, answered_by=None, answered_on=None)
                | Q(
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                    answered_on__isnull=False,
                )
                & ~Q(answer=""),
            ),
            models.CheckConstraint(
                name="recognition_inforequest_closed_has_pause",
                condition=Q(closed_at=None, closed_by=None, paused_to=None)
                | Q(
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                    paused_to__gte=models.F("paused_from"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def pause_ends(self, day: date) -> date:
        """The day the clock goes on: this one, or the end of the term before it."""
        return min(day, self.term_on)

    @property
    def paused_days(self) -> int:
        return (self.paused_to - self.paused_from).days if self.paused_to else 0


class Verification(models.Model):
    """One check of authenticity by one person, with its evidence; never edited."""

    application = models.ForeignKey(
        RecognitionApplication, models.PROTECT, related_name="verifications"
    )
    method = models.CharField(_("method"), max_length=20, choices=VerificationMethod)
    result = models.CharField(_("result"), max_length=24, choices=VerificationResult)
    checked_on = models.DateField(_("checked on"))
    evidence = models.TextField(_("what was seen, and where the contact was found"))
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="recognition_verification_has_evidence",
                condition=Q(result=VerificationResult.NOT_STARTED) | ~Q(evidence=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()}: {self.get_result_display()}"

    def sealed_content(self) -> dict[str, Any]:
        return everything(self)


class DelayNotice(models.Model):
    """The applicant is told that the decision is late, why, and when to expect it."""

    application = models.ForeignKey(
        RecognitionApplication, models.PROTECT, related_name="delay_notices"
    )
    reason = models.TextField(_("why the decision is late"))
    expected_on = models.DateField(_("decision expected on"))
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("notice of delay")
        verbose_name_plural = _("notices of delay")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="recognition_delaynotice_has_reason", condition=~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.expected_on:%Y-%m-%d}"

    def sealed_content(self) -> dict[str, Any]:
        return everything(self)


class BackgroundPaper(models.Model):
    """What is known where documents are missing: path, experience, system.

    It may speak of flight and persecution: kept apart, seen by few, in no statistics.
    """

    application = models.OneToOneField(
        RecognitionApplication,
        models.PROTECT,
        primary_key=True,
        related_name="background_paper",
    )
    education_path = models.TextField(_("path of education"), blank=True)
    experience = models.TextField(_("professional experience"), blank=True)
    evidence_at_hand = models.TextField(_("documents and evidence at hand"), blank=True)
    system_information = models.TextField(
        _("what is known of system, institution and programme"), blank=True
    )
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("background paper")
        verbose_name_plural = _("background papers")

    def __str__(self) -> str:
        return f"{self.application_id}"

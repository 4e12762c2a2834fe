"""What the committee resolved, with all the outcome must carry."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qa.models import Body, Decision, User
from qa.models.people import in_local_language
from qa.models.record import everything
from recognition import grounds
from recognition.enums import CompensatoryMeasure, RecognitionOutcome
from recognition.models.application import RecognitionApplication
from recognition.models.constraints import ALTERNATIVE, REFUSAL, written

O = RecognitionOutcome  # noqa: E741  read as a column of the table of outcomes
# A check that comes out as unknown passes, so an empty field is named.
SOME_CREDITS = Q(ects_granted__isnull=False, ects_granted__gt=0)


class Terms(models.Model):
    """An outcome with its mandatory particulars: proposed first, resolved later."""

    outcome = models.CharField(
        _("outcome"), max_length=16, choices=RecognitionOutcome, blank=True
    )
    granted_target_ro = models.CharField(
        _("recognised as, towards, in Romanian"), max_length=240, blank=True
    )
    granted_target_en = models.CharField(
        _("recognised as, towards, in English"), max_length=240, blank=True
    )
    ects_granted = models.DecimalField(
        _("credits granted"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    level_granted = models.CharField(_("level granted"), max_length=60, blank=True)
    grade_granted = models.CharField(_("grade granted"), max_length=60, blank=True)
    alternative_target_ro = models.CharField(
        _("recognised instead for, in Romanian"), max_length=240, blank=True
    )
    alternative_target_en = models.CharField(
        _("recognised instead for, in English"), max_length=240, blank=True
    )
    bridging_offer_ro = models.TextField(_("bridging offer in Romanian"), blank=True)
    bridging_offer_en = models.TextField(_("bridging offer in English"), blank=True)
    essential_requirement_ro = models.TextField(
        _("essential requirement that is not covered, in Romanian"), blank=True
    )
    essential_requirement_en = models.TextField(
        _("essential requirement that is not covered, in English"), blank=True
    )
    evidence_ro = models.TextField(
        _("evidence of the difference, in Romanian"), blank=True
    )
    evidence_en = models.TextField(
        _("evidence of the difference, in English"), blank=True
    )
    alternatives_considered_ro = models.TextField(
        _("why no other outcome is possible, in Romanian"), blank=True
    )
    alternatives_considered_en = models.TextField(
        _("why no other outcome is possible, in English"), blank=True
    )
    measures_ro = models.TextField(
        _("measures for later recognition, in Romanian"), blank=True
    )
    measures_en = models.TextField(
        _("measures for later recognition, in English"), blank=True
    )

    class Meta:
        abstract = True

    @property
    def granted_target(self) -> str:
        return in_local_language(self.granted_target_ro, self.granted_target_en)

    @property
    def alternative_target(self) -> str:
        return in_local_language(self.alternative_target_ro, self.alternative_target_en)

    @property
    def bridging_offer(self) -> str:
        return in_local_language(self.bridging_offer_ro, self.bridging_offer_en)

    @property
    def essential_requirement(self) -> str:
        return in_local_language(
            self.essential_requirement_ro, self.essential_requirement_en
        )

    @property
    def evidence(self) -> str:
        return in_local_language(self.evidence_ro, self.evidence_en)

    @property
    def alternatives_considered(self) -> str:
        return in_local_language(
            self.alternatives_considered_ro, self.alternatives_considered_en
        )

    @property
    def measures(self) -> str:
        return in_local_language(self.measures_ro, self.measures_en)


class Component(models.Model):
    """One part of the credential that is accepted, with its credits."""

    title = models.CharField(_("component"), max_length=240)
    ects = models.DecimalField(_("credits"), max_digits=5, decimal_places=1)
    counts_as_ro = models.CharField(
        _("counts as, in Romanian"), max_length=240, blank=True
    )
    counts_as_en = models.CharField(
        _("counts as, in English"), max_length=240, blank=True
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def counts_as(self) -> str:
        return in_local_language(self.counts_as_ro, self.counts_as_en)


class Measure(models.Model):
    """A condition with its term, evidence and consequence, before it is resolved."""

    kind = models.CharField(_("kind"), max_length=24, choices=CompensatoryMeasure)
    text_ro = models.TextField(_("condition in Romanian"))
    text_en = models.TextField(_("condition in English"))
    evidence_required_ro = models.TextField(_("evidence required, in Romanian"))
    evidence_required_en = models.TextField(_("evidence required, in English"))
    consequence_ro = models.TextField(_("if it is not met, in Romanian"))
    consequence_en = models.TextField(_("if it is not met, in English"))
    deadline = models.DateField(_("until"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return in_local_language(self.text_ro, self.text_en)


class RecognitionDecision(Terms):
    """The committee's decision on one application; immutable once issued.

    Body, votes, act number, reasons and remedy stand on the act itself.
    """

    decision = models.OneToOneField(
        Decision, models.PROTECT, primary_key=True, related_name="recognition"
    )
    application = models.ForeignKey(
        RecognitionApplication, models.PROTECT, related_name="resolutions"
    )
    is_as_requested = models.BooleanField()
    remedy_body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+"
    )
    articles = models.JSONField(_("legal ground"), default=list)
    comparison_ro = models.TextField(_("summary of the comparison in Romanian"))
    comparison_en = models.TextField(_("summary of the comparison in English"))
    departs_from_proposal = models.BooleanField(default=False)
    departure_reasons_ro = models.TextField(
        _("why it departs, in Romanian"), blank=True
    )
    departure_reasons_en = models.TextField(_("why it departs, in English"), blank=True)

    class Meta:
        verbose_name = _("recognition decision")
        verbose_name_plural = _("recognition decisions")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="recognition_decision_outcome_known",
                condition=Q(outcome__in=O.values),
            ),
            models.CheckConstraint(
                name="recognition_decision_refusal_is_demonstrated",
                condition=~Q(outcome=O.REFUSED)
                | Q(is_as_requested=False) & written(*REFUSAL),
            ),
            models.CheckConstraint(
                name="recognition_decision_grant_is_stated",
                condition=~Q(outcome__in=[O.FULL, O.PARTIAL, O.CONDITIONAL])
                | ~Q(granted_target_ro="")
                & ~Q(granted_target_en="")
                & (SOME_CREDITS | Q(ects_granted=None) & ~Q(level_granted="")),
            ),
            models.CheckConstraint(
                name="recognition_decision_partial_has_credits",
                condition=~Q(outcome=O.PARTIAL) | SOME_CREDITS,
            ),
            models.CheckConstraint(
                name="recognition_decision_alternative_is_named",
                condition=~Q(outcome=O.ALTERNATIVE) | written(*ALTERNATIVE),
            ),
            models.CheckConstraint(
                name="recognition_decision_less_has_measures_and_remedy",
                condition=Q(is_as_requested=True)
                | Q(remedy_body__isnull=False) & written("measures_ro", "measures_en"),
            ),
            models.CheckConstraint(
                name="recognition_decision_departure_has_reasons",
                condition=Q(departs_from_proposal=False)
                | written("departure_reasons_ro", "departure_reasons_en"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} · {self.get_outcome_display()}"

    @property
    def case_id(self) -> int:
        return self.application_id

    @property
    def departure_reasons(self) -> str:
        return in_local_language(self.departure_reasons_ro, self.departure_reasons_en)

    @property
    def comparison(self) -> str:
        return in_local_language(self.comparison_ro, self.comparison_en)

    @property
    def names_remedy(self) -> bool:
        """Body, term and how, in both languages."""
        act = self.decision
        return self.remedy_body_id is not None and bool(
            act.remedy_ro.strip() and act.remedy_en.strip() and act.remedy_days
        )

    def sealed_content(self) -> dict[str, Any]:
        """What was resolved, with the components that were accepted."""
        return everything(self) | {
            "components": [everything(one) for one in self.components.all()]
        }

    def article_classes(self) -> tuple[type[grounds.Article], ...]:
        return grounds.articles_named(self.articles)


class AcceptedComponent(Component):
    """A component the committee accepted."""

    resolution = models.ForeignKey(
        RecognitionDecision, models.PROTECT, related_name="components"
    )

    class Meta:
        verbose_name = _("accepted component")
        verbose_name_plural = _("accepted components")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="recognition_acceptedcomponent_has_credits",
                condition=Q(ects__gt=0) & ~Q(title=""),
            ),
            models.CheckConstraint(
                name="recognition_acceptedcomponent_counts_in_both_languages",
                condition=Q(counts_as_ro="", counts_as_en="")
                | written("counts_as_ro", "counts_as_en"),
            ),
        ]


class Recusal(models.Model):
    """A member of the committee who takes no part in the item."""

    application = models.ForeignKey(
        RecognitionApplication, models.PROTECT, related_name="recusals"
    )
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField(_("why"), max_length=240)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "user"], name="recognition_recusal_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.user_id}"


class Appeal(models.Model):
    """An appeal as it arrived, in time or late; it blocks finality."""

    application = models.ForeignKey(
        RecognitionApplication, models.PROTECT, related_name="appeals"
    )
    registry_number = models.CharField(max_length=32)
    arrived_on = models.DateField(_("arrived on"))
    is_late = models.BooleanField(_("after the term"), default=False)
    grounds = models.TextField(_("what it says"))
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering: ClassVar = ["arrived_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="recognition_appeal_has_grounds", condition=~Q(grounds="")
            ),
        ]

    def __str__(self) -> str:
        return self.registry_number

    def sealed_content(self) -> dict[str, Any]:
        return everything(self)

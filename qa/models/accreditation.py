"""Accreditation: a validity period of an offer, from approval to its end."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from qa import permissions as may
from qa.clauses import Act, Opening, Rowless
from qa.enums import AccreditationStatus
from qa.guards import validity as guard
from qa.models.decision import Decision
from qa.models.offer import MicroCredential, Version
from qa.models.people import User, in_local_language
from qa.models.procedure import Procedure

# Why a period is extended beyond its end (A26).
TIMELY_APPLICATION = "TIMELY_APPLICATION"

V = AccreditationStatus


class Accreditation(FSMModelMixin, models.Model):
    """One validity period; an extension is a date with a reason, not a state."""

    openings: ClassVar = (
        Opening("A16", "senate secretary", may.is_senate_secretary, guard.PERIOD),
    )
    rowless: ClassVar = (
        Rowless("lose_withdrawal", guard.WITHDRAWAL_VOTE),
        Rowless("set_withdrawal", guard.WITHDRAWAL),
    )
    written_by_acts: ClassVar = (
        *("micro_credential_id", "version_id", "procedure_id", "decision_id"),
        *("predecessor_id", "valid_from", "valid_to", "notice_on", "filing_by"),
        *("in_force_at", "in_force_by_id"),
        *("reevaluation_opened_at", "reevaluation_opened_by_id"),
        *("extension_opened_at", "extension_opened_by_id", "extension_reason"),
        *("extended_until", "ended_on", "withdrawal_id", "withdrawn_on"),
        *("last_enrolment_on", "last_assessment_on"),
        *("teach_out_contact", "transfer_options_ro", "transfer_options_en"),
    )

    micro_credential = models.ForeignKey(
        MicroCredential, models.PROTECT, related_name="accreditations"
    )
    version = models.ForeignKey(Version, models.PROTECT, related_name="accreditations")
    procedure = models.OneToOneField(
        Procedure, models.PROTECT, related_name="accreditation"
    )
    decision = models.OneToOneField(
        Decision, models.PROTECT, related_name="accreditation"
    )
    predecessor = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="successor"
    )
    status = FSMField(choices=V, default=V.APPROVED, protected=True)
    valid_from = models.DateField()
    valid_to = models.DateField()
    notice_on = models.DateField()
    filing_by = models.DateField()
    in_force_at = models.DateTimeField(null=True, blank=True)
    in_force_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reevaluation_opened_at = models.DateTimeField(null=True, blank=True)
    reevaluation_opened_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+"
    )
    extension_opened_at = models.DateTimeField(null=True, blank=True)
    extension_opened_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+"
    )
    extension_reason = models.CharField(max_length=32, blank=True)
    extended_until = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    withdrawal = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="withdrawals"
    )
    withdrawn_on = models.DateField(null=True, blank=True)
    last_enrolment_on = models.DateField(null=True, blank=True)
    last_assessment_on = models.DateField(null=True, blank=True)
    teach_out_contact = models.CharField(max_length=200, blank=True)
    transfer_options_ro = models.TextField(blank=True)
    transfer_options_en = models.TextField(blank=True)

    class Meta:
        verbose_name = _("accreditation")
        verbose_name_plural = _("accreditations")
        ordering: ClassVar = ["micro_credential", "valid_from"]
        indexes: ClassVar = [models.Index(fields=["status", "valid_to"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["micro_credential"],
                condition=Q(status=V.IN_FORCE),
                name="qa_accreditation_one_in_force",
            ),
            models.CheckConstraint(
                name="qa_accreditation_status_known", condition=Q(status__in=V.values)
            ),
            models.CheckConstraint(
                name="qa_accreditation_ends_after_start",
                condition=Q(valid_to__gt=F("valid_from")),
            ),
            models.CheckConstraint(
                name="qa_accreditation_in_force_at_once_in_force",
                condition=Q(status__in=[V.APPROVED, V.EXPIRED])
                | Q(in_force_at__isnull=False),
            ),
            models.CheckConstraint(
                name="qa_accreditation_ended_on_iff_ended",
                condition=Q(status__in=[V.APPROVED, V.IN_FORCE], ended_on=None)
                | Q(
                    status__in=[V.SUCCEEDED, V.EXPIRED, V.WITHDRAWN],
                    ended_on__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="qa_accreditation_withdrawn_has_plan",
                condition=~Q(status=V.WITHDRAWN)
                | Q(
                    withdrawal__isnull=False,
                    last_enrolment_on__isnull=False,
                    last_assessment_on__isnull=False,
                )
                & ~Q(teach_out_contact="")
                & ~Q(transfer_options_ro="")
                & ~Q(transfer_options_en=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.micro_credential} {self.valid_from:%Y-%m-%d}/{self.valid_to:%Y-%m-%d}"

    @property
    def case_id(self) -> int:
        return self.micro_credential_id

    @property
    def transfer_options(self) -> str:
        return in_local_language(self.transfer_options_ro, self.transfer_options_en)

    @property
    def last_day(self) -> date | None:
        """The last day of validity; None while an extension is open."""
        if self.extended_until:
            return self.extended_until
        return None if self.extension_opened_at else self.valid_to

    @transition(
        field=status,
        source=V.APPROVED,
        target=V.IN_FORCE,
        conditions=[
            guard.first_day_is_reached,
            guard.institution_is_accredited,
            guard.public_page_is_ready,
            guard.no_other_period_in_force,
        ],
        permission=may.is_system,
        custom={"row": "A18", "actor": "system"},
    )
    def enter_into_force(self, *, act: Act) -> None:
        """The validity period begins."""
        self.in_force_by, self.in_force_at = act.by, act.at

    @transition(
        field=status,
        source=V.IN_FORCE,
        target=V.IN_FORCE,
        conditions=[guard.notice_day_is_reached, guard.reevaluation_not_opened_yet],
        permission=may.is_system,
        custom={"row": "A24", "actor": "system"},
    )
    def call_reevaluation(self, *, act: Act) -> None:
        """Notice is given and a periodic procedure opens with a copy of the version."""
        self.reevaluation_opened_by, self.reevaluation_opened_at = act.by, act.at

    @transition(
        field=status,
        source=V.IN_FORCE,
        target=V.IN_FORCE,
        conditions=[
            guard.last_day_is_reached,
            guard.extension_not_opened_yet,
            guard.extension_rule_is_on,
            guard.reevaluation_was_filed_in_time,
            guard.reevaluation_is_undecided,
        ],
        permission=may.is_system,
        custom={"row": "A26", "actor": "system"},
    )
    def open_extension(self, *, act: Act) -> None:
        """The period stays in force until the timely re-evaluation is decided."""
        self.extension_opened_by, self.extension_opened_at = act.by, act.at
        self.extension_reason = TIMELY_APPLICATION

    @transition(
        field=status,
        source=V.IN_FORCE,
        target=V.SUCCEEDED,
        conditions=[guard.successor_starts_today],
        permission=may.is_system,
        custom={"row": "A27", "actor": "system"},
    )
    def succeed(self, *, act: Act) -> None:
        """The next validity period takes over; this one is closed, not edited."""
        self.ended_on = act.today

    @transition(
        field=status,
        source=[V.APPROVED, V.IN_FORCE],
        target=V.EXPIRED,
        conditions=[guard.period_is_over, guard.no_extension_is_open],
        permission=may.is_system,
        custom={"row": "A29", "actor": "system"},
    )
    def expire(self, *, act: Act) -> None:
        """The period ended with nothing to carry it on."""
        self.ended_on = act.today

    @transition(
        field=status,
        source=V.IN_FORCE,
        target=V.WITHDRAWN,
        conditions=[
            guard.withdrawal_was_voted,
            guard.senate_withdraws,
            guard.senate_met_while_in_force,
            guard.proposer_was_heard,
            guard.withdrawal_has_its_reasons,
            guard.withdrawal_has_its_remedy,
            guard.teach_out_plan_is_complete,
            guard.plan_ends_with_the_assessment,
            guard.plan_starts_with_the_decision,
            guard.withdrawal_day_is_reached,
        ],
        permission=may.is_senate_secretary_or_system,
        custom={"row": "A31", "actor": "senate secretary, system"},
    )
    def withdraw(self, *, act: Act) -> None:
        """Accreditation ends on the day the decision set; learners finish by the plan."""
        self.ended_on = act.today

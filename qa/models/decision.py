"""Acts of bodies and persons, with their votes; conditions that bind."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from qa import permissions as may
from qa.clauses import Act, Opening, Rowless
from qa.enums import ActKind, ConditionStatus, VoteCast
from qa.guards import condition as guard
from qa.models.bodies import Body
from qa.models.people import User, in_local_language
from qa.models.procedure import Procedure
from qa.models.record import Case, everything
from qa.models.standards import Standard
from qa.voting import Tally

C = ConditionStatus


class Decision(models.Model):
    """An act of a body or a person, immutable once issued.

    `outcome` is the vocabulary of the act: an Outcome for the senate, favourable or
    unfavourable for opinions and endorsements, a recognition outcome for committees.
    A vote that was not carried is kept too; it has no act number and moves nothing.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    procedure = models.ForeignKey(
        Procedure, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    body = models.ForeignKey(Body, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=16, choices=ActKind)
    outcome = models.CharField(max_length=32)
    is_carried = models.BooleanField(default=True)
    act_number = models.CharField(max_length=32, blank=True)
    decided_on = models.DateField()
    agenda_item = models.CharField(max_length=40, blank=True)
    is_collegial = models.BooleanField(default=True)
    in_office = models.PositiveSmallIntegerField(default=0)
    quorum = models.PositiveSmallIntegerField(default=0)
    # The votes in favour the rules asked for; empty in acts older than the column.
    votes_needed = models.PositiveSmallIntegerField(null=True, blank=True)
    reasons_ro = models.TextField(blank=True)
    reasons_en = models.TextField(blank=True)
    remedy_ro = models.TextField(blank=True)
    remedy_en = models.TextField(blank=True)
    remedy_days = models.PositiveSmallIntegerField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    departs_from_proposal = models.BooleanField(default=False)
    hearing_on = models.DateField(null=True, blank=True)
    hearing_summary = models.TextField(blank=True)
    departure_reasons_ro = models.TextField(blank=True)
    departure_reasons_en = models.TextField(blank=True)
    signatory = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering: ClassVar = ["recorded_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="qa_decision_numbered_iff_carried",
                condition=Q(is_carried=True) & ~Q(act_number="")
                | Q(is_carried=False, act_number=""),
            ),
            models.UniqueConstraint(
                fields=["body", "act_number"],
                condition=~Q(act_number=""),
                name="qa_decision_act_number_once_per_body",
            ),
            models.CheckConstraint(
                name="qa_decision_departure_was_heard",
                condition=Q(departs_from_proposal=False)
                | Q(is_carried=False)
                | Q(hearing_on__isnull=False)
                & ~Q(departure_reasons_ro="")
                & ~Q(departure_reasons_en=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.act_number or '–'}"

    @property
    def reasons(self) -> str:
        return in_local_language(self.reasons_ro, self.reasons_en)

    @property
    def departure_reasons(self) -> str:
        return in_local_language(self.departure_reasons_ro, self.departure_reasons_en)

    def sealed_content(self) -> dict[str, Any]:
        """The act as it was recorded, with who voted how."""
        votes = [[v.user_id, v.function, v.cast] for v in self.votes.all()]
        return everything(self) | {"votes": sorted(votes)}

    def tally(self) -> Tally:
        return Tally.recorded(
            [vote.cast for vote in self.votes.all()],
            in_office=self.in_office,
            quorum=self.quorum,
            needed=self.votes_needed,
        )


class Vote(models.Model):
    """One member's part in a collegial act, as the minutes record it."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="votes")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    function = models.CharField(max_length=16)
    cast = models.CharField(max_length=8, choices=VoteCast)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["decision", "user"], name="qa_vote_one_per_member"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.cast}"


class NominatedOfficer(models.Model):
    """One officer of the quality office whom a nomination names to set up a panel."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="officers")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("nominated officer")
        verbose_name_plural = _("nominated officers")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["decision", "user"], name="qa_nominatedofficer_once_per_act"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}"

    def sealed_content(self) -> dict[str, Any]:
        return everything(self)


class Condition(FSMModelMixin, models.Model):
    """An obligation set by a decision, with owner, deadline and evidence required."""

    openings: ClassVar = (
        Opening("C1", "the decision", may.recorded_the_decision, guard.OBLIGATION),
    )
    rowless: ClassVar = (Rowless("extend", guard.EXTENSION),)
    written_by_acts: ClassVar = (
        *("evidence", "evidence_at", "evidence_by_id"),
        *("judgement", "judged_at", "judged_by_id"),
    )

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="conditions")
    standard = models.ForeignKey(
        Standard, models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=24, blank=True)
    text_ro = models.TextField()
    text_en = models.TextField()
    evidence_required_ro = models.TextField()
    evidence_required_en = models.TextField()
    consequence_ro = models.TextField(blank=True)
    consequence_en = models.TextField(blank=True)
    deadline = models.DateField()
    owner = models.ForeignKey(User, models.PROTECT, related_name="owned_conditions")
    status = FSMField(choices=C, default=C.OPEN, protected=True)
    evidence = models.TextField(blank=True)
    evidence_at = models.DateTimeField(null=True, blank=True)
    evidence_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    judgement = models.TextField(blank=True)

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        ordering: ClassVar = ["deadline", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["status", "evidence_at"], name="qa_condition_waiting")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="qa_condition_status_known", condition=Q(status__in=C.values)
            ),
            models.CheckConstraint(
                name="qa_condition_evidence_given_after_open",
                condition=Q(status=C.OPEN)
                | Q(evidence_at__isnull=False) & ~Q(evidence=""),
            ),
            models.CheckConstraint(
                name="qa_condition_fulfilled_has_reasons",
                condition=~Q(status=C.FULFILLED)
                | Q(judged_at__isnull=False) & ~Q(judgement=""),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return in_local_language(self.text_ro, self.text_en)

    @property
    def evidence_required(self) -> str:
        return in_local_language(self.evidence_required_ro, self.evidence_required_en)

    @property
    def consequence(self) -> str:
        return in_local_language(self.consequence_ro, self.consequence_en)

    def sealed_content(self) -> dict[str, Any]:
        """The obligation as it was set; what becomes of it is told by later acts."""
        names = (
            "decision_id",
            "standard_id",
            "kind",
            "text_ro",
            "text_en",
            "evidence_required_ro",
            "evidence_required_en",
            "consequence_ro",
            "consequence_en",
            "deadline",
            "owner_id",
        )
        return {name: getattr(self, name) for name in names}

    @property
    def case_id(self) -> int:
        return self.decision.case_id

    @property
    def due_on(self) -> date:
        """The deadline, or the one extension's new deadline."""
        extension = getattr(self, "extension", None)
        return extension.deadline if extension else self.deadline

    @transition(
        field=status,
        source=C.OPEN,
        target=C.EVIDENCE_SUBMITTED,
        conditions=[guard.evidence_is_given],
        permission=may.is_condition_owner,
        custom={"row": "C2", "actor": "owner"},
    )
    def submit_evidence(self, *, act: Act) -> None:
        """The owner shows how the condition is met."""
        self.evidence_by, self.evidence_at = act.by, act.at
        self.evidence = act.reason

    @transition(
        field=status,
        source=C.EVIDENCE_SUBMITTED,
        target=C.FULFILLED,
        conditions=[guard.judgement_has_reasons, guard.judge_is_not_the_owner],
        permission=may.judges_condition,
        custom={"row": "C3", "actor": "CEAC chair, recognition officer"},
    )
    def fulfil(self, *, act: Act) -> None:
        """The evidence meets the condition."""
        self.judged_by, self.judged_at = act.by, act.at
        self.judgement = act.reason

    @transition(
        field=status,
        source=C.EVIDENCE_SUBMITTED,
        target=C.OPEN,
        conditions=[guard.judgement_has_reasons, guard.judge_is_not_the_owner],
        permission=may.judges_condition,
        custom={"row": "C4", "actor": "CEAC chair, recognition officer"},
    )
    def ask_for_more(self, *, act: Act) -> None:
        """Something is still missing; the judgement says what."""
        self.judged_by, self.judged_at = act.by, act.at
        self.judgement = act.reason


class ConditionExtension(models.Model):
    """The one extension a condition may get: a new deadline with its reason."""

    condition = models.OneToOneField(
        Condition, models.PROTECT, related_name="extension"
    )
    deadline = models.DateField()
    reason = models.TextField()
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("extension of a condition")
        verbose_name_plural = _("extensions of conditions")

    def __str__(self) -> str:
        return f"{self.condition_id}: {self.deadline:%Y-%m-%d}"

    def sealed_content(self) -> dict[str, Any]:
        return everything(self)

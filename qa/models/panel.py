"""The review panel: members, conflict declarations, challenges."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from qa import permissions as may
from qa.clauses import Act, Opening, Rowless
from qa.enums import (
    NON_VOTING_PANEL_ROLES,
    ChallengeDecision,
    DeclarationStatus,
    PanelMemberStatus,
    PanelRole,
)
from qa.guards import panel as guard
from qa.models.people import User
from qa.models.procedure import Procedure
from qa.models.record import everything

M, D = PanelMemberStatus, DeclarationStatus


class PanelMember(FSMModelMixin, models.Model):
    """One person's seat in one panel."""

    openings: ClassVar = (
        Opening("P1", "QA officer", may.is_qa_officer, guard.INVITATION),
    )
    written_by_acts: ClassVar = (
        *("procedure_id", "user_id", "role", "is_external", "undertaking_at"),
        *("trained_on", "employer"),
        *("left_at", "left_by_id", "left_reason", "successor_id"),
        *("challenge_until", "challenge_waived_at", "challenge_waived_by_id"),
    )

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="members")
    user = models.ForeignKey(User, models.PROTECT, related_name="panel_seats")
    role = models.CharField(max_length=16, choices=PanelRole)
    is_external = models.BooleanField(default=False)
    employer = models.CharField(max_length=160, blank=True)
    status = FSMField(choices=M, default=M.INVITED, protected=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    undertaking_at = models.DateTimeField(null=True, blank=True)
    undertaking_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+"
    )
    # As the person's training stood when the seat was taken.
    trained_on = models.DateField(null=True, blank=True)
    # The own term of who joins after A10; before, the panel's holds for everybody.
    challenge_until = models.DateField(null=True, blank=True)
    challenge_waived_at = models.DateTimeField(null=True, blank=True)
    challenge_waived_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+"
    )
    left_at = models.DateTimeField(null=True, blank=True)
    left_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    left_reason = models.TextField(blank=True)
    successor = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessor"
    )

    class Meta:
        verbose_name = _("panel member")
        verbose_name_plural = _("panel members")
        ordering: ClassVar = ["procedure", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["status", "left_at"], name="qa_panelmember_left"),
            models.Index(
                fields=["status", "challenge_until"], name="qa_panelmember_challenge"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["procedure", "user"], name="qa_panelmember_one_seat_per_person"
            ),
            models.UniqueConstraint(
                fields=["procedure"],
                condition=Q(role=PanelRole.CHAIR, status=M.ACCEPTED),
                name="qa_panelmember_one_chair",
            ),
            models.CheckConstraint(
                name="qa_panelmember_status_known", condition=Q(status__in=M.values)
            ),
            models.CheckConstraint(
                name="qa_panelmember_accepted_has_undertaking",
                condition=~Q(status=M.ACCEPTED) | Q(undertaking_at__isnull=False),
            ),
            models.CheckConstraint(
                name="qa_panelmember_leaving_has_reason",
                condition=~Q(status__in=[M.DECLINED, M.RECUSED]) | ~Q(left_reason=""),
            ),
            models.CheckConstraint(
                name="qa_panelmember_waiver_has_term_and_person",
                condition=Q(challenge_waived_at=None, challenge_waived_by=None)
                | Q(challenge_until__isnull=False)
                & Q(challenge_waived_at__isnull=False)
                & Q(challenge_waived_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"

    @property
    def case_id(self) -> int:
        return self.procedure.micro_credential_id

    @property
    def votes(self) -> bool:
        return self.role not in NON_VOTING_PANEL_ROLES

    @transition(
        field=status,
        source=M.INVITED,
        target=M.ACCEPTED,
        conditions=[
            guard.panel_is_open,
            guard.panel_has_no_other_chair,
            guard.member_is_trained,
            guard.undertaking_is_given,
        ],
        permission=may.is_this_member,
        custom={"row": "P2", "actor": "the member"},
    )
    def accept(self, *, act: Act) -> None:
        """The member takes the seat and undertakes confidentiality."""
        self.undertaking_by, self.undertaking_at = act.by, act.at
        self.trained_on = self.user.trained_on
        self.challenge_until = act.facts.get("challenge_until")

    @transition(
        field=status,
        source=M.INVITED,
        target=M.DECLINED,
        conditions=[guard.reason_is_given],
        permission=may.is_this_member,
        custom={"row": "P3", "actor": "the member"},
    )
    def decline(self, *, act: Act) -> None:
        """The member does not take the seat."""
        self.left_by, self.left_at, self.left_reason = act.by, act.at, act.reason

    @transition(
        field=status,
        source=M.ACCEPTED,
        target=M.RECUSED,
        conditions=[
            guard.panel_is_open,
            guard.reason_is_given,
            guard.recusal_has_a_ground,
        ],
        permission=may.is_this_member_or_ceac_chair,
        custom={"row": "P4", "actor": "the member, CEAC chair"},
    )
    def recuse(self, *, act: Act) -> None:
        """The member steps back: upheld conflict, upheld challenge or own act."""
        self.left_by, self.left_at, self.left_reason = act.by, act.at, act.reason

    @transition(
        field=status,
        source=[M.INVITED, M.ACCEPTED, M.DECLINED, M.RECUSED],
        target=M.REPLACED,
        conditions=[*guard.SETTING_UP, guard.successor_is_named],
        permission=may.is_qa_officer,
        custom={"row": "P5", "actor": "QA officer"},
    )
    def replace(self, *, act: Act) -> None:
        """A successor takes the seat."""
        self.successor = act.facts["successor"]


class ConflictDeclaration(FSMModelMixin, models.Model):
    """A member's declaration, decided before any content of the dossier is seen."""

    openings: ClassVar = (Opening("D0", "system", may.is_system, guard.DECLARATION),)
    written_by_acts: ClassVar = (
        *("member_id", "declared_at", "decided_at", "decided_by_id"),
        *("decision_reasons",),
    )

    member = models.OneToOneField(
        PanelMember, models.PROTECT, related_name="declaration"
    )
    status = FSMField(choices=D, default=D.PENDING, protected=True)
    grounds = models.JSONField(default=list, blank=True)
    text = models.TextField(blank=True)
    declared_at = models.DateTimeField(null=True, blank=True)
    declared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decision_reasons = models.TextField(blank=True)

    class Meta:
        verbose_name = _("conflict declaration")
        verbose_name_plural = _("conflict declarations")
        indexes: ClassVar = [
            models.Index(
                fields=["status", "declared_at"], name="qa_declaration_waiting"
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="qa_conflictdeclaration_status_known",
                condition=Q(status__in=D.values),
            ),
            models.CheckConstraint(
                name="qa_conflictdeclaration_declared_has_text",
                condition=Q(status__in=[D.PENDING, D.NONE]) | ~Q(text=""),
            ),
            models.CheckConstraint(
                name="qa_conflictdeclaration_decided_has_reasons",
                condition=~Q(status__in=[D.CLEARED, D.UPHELD])
                | Q(decided_at__isnull=False) & ~Q(decision_reasons=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.get_status_display()}"

    def sealed_content(self) -> dict[str, Any]:
        """What the member declared: sworn to by its hash, for it speaks of people."""
        return {"grounds": self.grounds, "text": self.text}

    @property
    def case_id(self) -> int:
        return self.member.case_id

    @property
    def procedure(self) -> Procedure:
        return self.member.procedure

    @transition(
        field=status,
        source=D.PENDING,
        target=D.NONE,
        conditions=[guard.member_has_accepted],
        permission=may.is_member_of_declaration,
        custom={"row": "D1", "actor": "the member"},
    )
    def declare_none(self, *, act: Act) -> None:
        """The member declares to have no conflict of interest."""
        self.declared_by, self.declared_at = act.by, act.at

    @transition(
        field=status,
        source=D.PENDING,
        target=D.DECLARED,
        conditions=[guard.member_has_accepted, guard.grounds_and_text_are_given],
        permission=may.is_member_of_declaration,
        custom={"row": "D2", "actor": "the member"},
    )
    def declare(self, *, act: Act) -> None:
        """The member declares a possible conflict with its grounds."""
        self.declared_by, self.declared_at = act.by, act.at

    @transition(
        field=status,
        source=D.DECLARED,
        target=D.CLEARED,
        conditions=list(guard.DECLARATION_RULING),
        permission=may.is_ceac_chair,
        custom={"row": "D3", "actor": "CEAC chair"},
    )
    def clear(self, *, act: Act) -> None:
        """The chair finds that it does not stand in the way."""
        self.decided_by, self.decided_at = act.by, act.at
        self.decision_reasons = act.reason

    @transition(
        field=status,
        source=D.DECLARED,
        target=D.UPHELD,
        conditions=list(guard.DECLARATION_RULING),
        permission=may.is_ceac_chair,
        custom={"row": "D4", "actor": "CEAC chair"},
    )
    def uphold(self, *, act: Act) -> None:
        """The chair finds a conflict; the member is recused."""
        self.decided_by, self.decided_at = act.by, act.at
        self.decision_reasons = act.reason


class Challenge(models.Model):
    """The institution's reasoned objection to a member, and what was decided on it."""

    rowless: ClassVar = (Rowless("decide_challenge", guard.CHALLENGE_RULING),)

    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="challenges")
    reasons = models.TextField()
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decision = models.CharField(
        max_length=12, choices=ChallengeDecision, default=ChallengeDecision.OPEN
    )
    decision_reasons = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")
        indexes: ClassVar = [
            models.Index(fields=["decision", "raised_at"], name="qa_challenge_waiting")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="qa_challenge_decided_has_reasons",
                condition=Q(decision=ChallengeDecision.OPEN)
                | Q(decided_at__isnull=False) & ~Q(decision_reasons=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.get_decision_display()}"

    @property
    def procedure(self) -> Procedure:
        return self.member.procedure

    def sealed_content(self) -> dict[str, Any]:
        return everything(self)

"""The procedure: one journey through quality assurance, A01 to A17."""

from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from qa import clock
from qa import permissions as may
from qa.clauses import Act, Opening, Rowless
from qa.enums import Outcome, ProcedureKind, ProcedureStatus, Route
from qa.guards import decision as vote
from qa.guards import intake, report, review, submission
from qa.models.offer import MicroCredential, Version
from qa.models.people import User
from qa.models.standards import RuleSet, StandardSet

S = ProcedureStatus
ENDED = (S.DECIDED, S.ABANDONED)


class Procedure(FSMModelMixin, models.Model):
    """One journey: kind and route chosen, standard set and rule set pinned at opening.

    `due_on` is the day by which the next act is due; `moved_at` when it last moved.
    """

    openings: ClassVar = (
        Opening("A01", "author", may.belongs_to_unit, intake.OPENING),
        Opening("A17", "coordinator", may.coordinated_predecessor, intake.FOLLOWING),
        Opening("A24", "system", may.is_system, intake.REEVALUATION),
    )
    rowless: ClassVar = (
        Rowless("allow_further_return", (review.chair_has_no_part_in_it,)),
        Rowless("lose_endorsement", submission.ENDORSEMENT_VOTE),
        Rowless("record_opinion", vote.OPINION),
        Rowless("lose_opinion", vote.OPINION_VOTE),
        Rowless("lose_decision", vote.SENATE_VOTE),
    )
    written_by_acts: ClassVar = (
        *("micro_credential_id", "kind", "standard_set_id", "rule_set_id"),
        *("route", "coordinator_id", "version_id", "follows_id", "renews_id"),
        *("registry_number", "submitted_at", "submitted_by_id", "first_submitted_on"),
        *("returned_at", "returned_by_id", "return_term_on", "returns_used"),
        *("further_return_at", "further_return_by_id", "challenge_until"),
        *("review_started_at", "review_started_by_id", "factual_check_until"),
        *("replied_at", "replied_by_id"),
        *("checked_at", "checked_by_id", "checklist", "visit_on", "visit_waiver"),
        *("report_final_on", "outcome", "decided_on", "resubmit_until", "abandoned_at"),
    )

    micro_credential = models.ForeignKey(
        MicroCredential, models.PROTECT, related_name="procedures"
    )
    kind = models.CharField(max_length=16, choices=ProcedureKind)
    route = models.CharField(max_length=2, choices=Route)
    part_of_programme = models.CharField(max_length=200, blank=True)
    part_of_accreditation = models.CharField(max_length=200, blank=True)
    standard_set = models.ForeignKey(StandardSet, models.PROTECT, related_name="+")
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="+")
    coordinator = models.ForeignKey(
        User, models.PROTECT, related_name="coordinated_procedures"
    )
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followers"
    )
    renews = models.ForeignKey(
        "qa.Accreditation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reevaluations",
    )
    version = models.ForeignKey(
        Version, models.PROTECT, null=True, blank=True, related_name="+"
    )
    status = FSMField(choices=S, default=S.DRAFT, protected=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    moved_at = models.DateTimeField()
    course = GenericRelation(
        "viewflow.Process",
        content_type_field="artifact_content_type",
        object_id_field="artifact_object_id",
        related_query_name="procedure",
    )
    due_on = models.DateField(null=True, blank=True)

    self_evaluation = models.TextField(_("self-evaluation"), blank=True)
    answer_to_decision = models.TextField(_("answer to the decision"), blank=True)

    registry_number = models.CharField(max_length=32, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    first_submitted_on = models.DateField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    return_term_on = models.DateField(null=True, blank=True)
    returns_used = models.PositiveSmallIntegerField(default=0)
    further_return_at = models.DateTimeField(null=True, blank=True)
    further_return_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    checklist = models.JSONField(default=list, blank=True)
    challenge_until = models.DateField(null=True, blank=True)
    review_started_at = models.DateTimeField(null=True, blank=True)
    review_started_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+"
    )
    visit_on = models.DateField(null=True, blank=True)
    visit_waiver = models.TextField(blank=True)
    factual_check_until = models.DateField(null=True, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    report_final_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=32, choices=Outcome, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    resubmit_until = models.DateField(null=True, blank=True)
    abandoned_at = models.DateTimeField(null=True, blank=True)
    abandoned_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")
        indexes: ClassVar = [
            models.Index(fields=["status", "due_on"]),
            models.Index(
                fields=["decided_on", "id", "outcome"], name="qa_procedure_register"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["micro_credential", "kind"],
                condition=~Q(status__in=ENDED),
                name="qa_procedure_one_open_per_kind",
            ),
            models.CheckConstraint(
                name="qa_procedure_status_known", condition=Q(status__in=S.values)
            ),
            models.CheckConstraint(
                name="qa_procedure_outcome_iff_decided",
                condition=Q(status=S.DECIDED, decided_on__isnull=False)
                & Q(outcome__in=Outcome.values)
                | ~Q(status=S.DECIDED) & Q(outcome="", decided_on=None),
            ),
            models.CheckConstraint(
                name="qa_procedure_sent_back_has_its_term",
                condition=~Q(outcome="resubmit") | Q(resubmit_until__isnull=False),
            ),
            models.CheckConstraint(
                name="qa_procedure_submitted_at_and_by_together",
                condition=Q(submitted_at=None, submitted_by=None)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="qa_procedure_submitted_before_it_moves_on",
                condition=Q(status__in=[S.DRAFT, S.ABANDONED])
                | Q(submitted_at__isnull=False) & ~Q(registry_number=""),
            ),
            models.CheckConstraint(
                name="qa_procedure_returned_has_term",
                condition=~Q(status=S.RETURNED)
                | Q(return_term_on__isnull=False, returned_at__isnull=False),
            ),
            models.CheckConstraint(
                name="qa_procedure_further_return_at_and_by_together",
                condition=Q(further_return_at=None, further_return_by=None)
                | Q(further_return_at__isnull=False, further_return_by__isnull=False),
            ),
            models.CheckConstraint(
                name="qa_procedure_abandoned_at_iff_abandoned",
                condition=Q(status=S.ABANDONED, abandoned_at__isnull=False)
                | ~Q(status=S.ABANDONED) & Q(abandoned_at=None),
            ),
            models.CheckConstraint(
                name="qa_procedure_r2_names_programme",
                condition=~Q(route=Route.R2)
                | ~Q(part_of_programme="") & ~Q(part_of_accreditation=""),
            ),
            models.CheckConstraint(
                name="qa_procedure_periodic_renews",
                condition=~Q(kind=ProcedureKind.PERIODIC) | Q(renews__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.micro_credential} · {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("qa:procedure_detail", args=[self.pk])

    @property
    def case_id(self) -> int:
        return self.micro_credential_id

    @classmethod
    def answers_to(cls, earlier: Any) -> models.QuerySet["Procedure"]:
        """What answers a request to resubmit, itself or an OuterRef; not what was given up."""
        followers = cls.objects.filter(follows=earlier)
        return followers.exclude(status=ProcedureStatus.ABANDONED)

    @property
    def is_open(self) -> bool:
        return self.status not in ENDED

    @transition(
        field=status,
        source=S.DRAFT,
        target=S.ABANDONED,
        conditions=[submission.never_submitted, submission.reason_is_given],
        permission=may.is_author,
        custom={"row": "A02", "actor": "author, coordinator"},
    )
    def abandon(self, *, act: Act) -> None:
        """The authors give the proposal up before it was ever submitted."""
        self.abandoned_by, self.abandoned_at = act.by, act.at

    @transition(
        field=status,
        source=S.DRAFT,
        target=S.SUBMITTED,
        conditions=list(submission.SUBMISSION),
        permission=may.is_coordinator,
        custom={"row": "A03", "actor": "coordinator"},
    )
    def submit(self, *, act: Act) -> None:
        """The coordinator hands the proposal in; its content is frozen."""
        self.submitted_by, self.submitted_at = act.by, act.at
        self.first_submitted_on = act.today
        self.registry_number = act.facts["registry_number"]

    @transition(
        field=status,
        source=S.SUBMITTED,
        target=S.RETURNED,
        conditions=[
            submission.missing_items_are_listed,
            submission.first_return_or_chair_agrees,
            submission.checker_has_no_part_in_it,
        ],
        permission=may.is_qa_officer,
        custom={"row": "A04", "actor": "QA officer"},
    )
    def return_for_completion(self, *, act: Act) -> None:
        """The formal check found something missing; the coordinator completes it."""
        self.returned_by, self.returned_at = act.by, act.at
        self.return_term_on = act.facts["term"]
        self.returns_used += 1
        self.further_return_at = self.further_return_by = None

    @transition(
        field=status,
        source=S.RETURNED,
        target=S.SUBMITTED,
        conditions=[*submission.SUBMISSION, submission.differs_from_returned_version],
        permission=may.is_coordinator,
        custom={"row": "A05", "actor": "coordinator"},
    )
    def resubmit_completed(self, *, act: Act) -> None:
        """The completed proposal comes back with its difference to the one returned."""
        self.submitted_by, self.submitted_at = act.by, act.at
        self.registry_number = act.facts["registry_number"]

    @transition(
        field=status,
        source=S.RETURNED,
        target=S.ABANDONED,
        conditions=[submission.return_term_has_lapsed],
        permission=may.is_system,
        custom={"row": "A06", "actor": "system"},
    )
    def lapse(self, *, act: Act) -> None:
        """Nothing came back within the term and the days of grace."""
        self.abandoned_by, self.abandoned_at = act.by, act.at

    @transition(
        field=status,
        source=S.SUBMITTED,
        target=S.ELIGIBLE,
        conditions=[
            submission.formal_checklist_is_complete,
            submission.checker_has_no_part_in_it,
        ],
        permission=may.is_qa_officer,
        custom={"row": "A07", "actor": "QA officer"},
    )
    def find_eligible(self, *, act: Act) -> None:
        """The formal check is signed: the proposal may be judged."""
        self.checked_by, self.checked_at = act.by, act.at
        self.checklist = list(act.facts["checklist"])

    @transition(
        field=status,
        source=S.ELIGIBLE,
        target=S.ENDORSED,
        conditions=list(submission.ENDORSEMENT),
        permission=may.is_deans_office,
        custom={"row": "A08", "actor": "dean's office"},
    )
    def endorse(self, *, act: Act) -> None:
        """The faculty council supports the proposal."""

    @transition(
        field=status,
        source=S.ELIGIBLE,
        target=S.RETURNED,
        conditions=list(submission.UNFAVOURABLE_ENDORSEMENT),
        permission=may.is_deans_office,
        custom={"row": "A08n", "actor": "dean's office"},
    )
    def refuse_endorsement(self, *, act: Act) -> None:
        """The faculty council does not support it yet and says why."""
        self.returned_by, self.returned_at = act.by, act.at
        self.return_term_on = act.facts["term"]

    @transition(
        field=status,
        source=S.ENDORSED,
        target=S.PANEL_SETUP,
        conditions=list(review.NOMINATION),
        permission=may.is_ceac_chair,
        custom={"row": "A09", "actor": "CEAC chair"},
    )
    def open_panel(self, *, act: Act) -> None:
        """The commission nominates the officers who set up the panel."""
        self.challenge_until = act.facts["challenge_until"]

    @transition(
        field=status,
        source=S.PANEL_SETUP,
        target=S.UNDER_REVIEW,
        conditions=list(review.REVIEW_START),
        permission=may.is_ceac_chair,
        custom={"row": "A10", "actor": "CEAC chair"},
    )
    def start_review(self, *, act: Act) -> None:
        """The panel stands; only now do its members see the dossier."""
        self.review_started_by, self.review_started_at = act.by, act.at

    @transition(
        field=status,
        source=S.UNDER_REVIEW,
        target=S.PANEL_SETUP,
        conditions=[*review.REOPENING, submission.reason_is_given],
        permission=may.is_ceac_chair,
        custom={"row": "A11", "actor": "CEAC chair"},
    )
    def reopen_panel(self, *, act: Act) -> None:
        """A member was lost and the panel no longer meets the rules."""
        self.challenge_until = act.facts["challenge_until"]

    @transition(
        field=status,
        source=S.UNDER_REVIEW,
        target=S.REPORT_DRAFT,
        conditions=[
            review.panel_still_complete,
            report.all_assessments_are_submitted,
            report.visit_held_or_waived,
        ],
        permission=may.is_panel_chair,
        custom={"row": "A12", "actor": "panel chair"},
    )
    def begin_report(self, *, act: Act) -> None:
        """All independent readings are in; the chair drafts the panel's report."""
        self.visit_on = act.facts.get("visit_on")
        self.visit_waiver = act.facts.get("visit_waiver", "")

    @transition(
        field=status,
        source=S.REPORT_DRAFT,
        target=S.FACTUAL_CHECK,
        conditions=list(report.REPORT),
        permission=may.is_panel_chair,
        custom={"row": "A13", "actor": "panel chair"},
    )
    def send_for_factual_check(self, *, act: Act) -> None:
        """The draft report goes to the proposer, who may correct facts only."""
        self.factual_check_until = act.facts["until"]

    @transition(
        field=status,
        source=S.FACTUAL_CHECK,
        target=S.REPORT_FINAL,
        conditions=[
            *report.REPORT,
            report.reply_received_or_term_over,
            report.remarks_are_answered,
        ],
        permission=may.is_panel_chair,
        custom={"row": "A14", "actor": "panel chair"},
    )
    def finalise_report(self, *, act: Act) -> None:
        """Every remark is answered; the report is final."""
        self.report_final_on = act.today

    @transition(
        field=status,
        source=S.REPORT_FINAL,
        target=S.AWAITING_DECISION,
        conditions=list(report.REFERRAL),
        permission=may.is_ceac_chair,
        custom={"row": "A15", "actor": "CEAC chair"},
    )
    def refer_for_decision(self, *, act: Act) -> None:
        """The commission gives its opinion and sends the case to the senate."""

    @transition(
        field=status,
        source=S.AWAITING_DECISION,
        target=S.DECIDED,
        conditions=list(vote.DECISION),
        permission=may.is_senate_secretary,
        custom={"row": "A16", "actor": "senate secretary"},
    )
    def decide(self, *, act: Act) -> None:
        """The senate's vote is recorded with its reasons and its act number."""
        decision = act.facts["decision"]
        self.outcome, self.decided_on = decision.outcome, decision.decided_on
        if decision.outcome == Outcome.RESUBMIT:
            months = self.rule_set.resubmit_months
            self.resubmit_until = clock.add_months(decision.decided_on, months)

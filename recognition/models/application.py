"""The application for recognition: one learner, one credential, one purpose."""

from typing import ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from qa.clauses import Act, Opening, Rowless
from qa.models import Case, RuleSet, User
from recognition import permissions as may
from recognition.enums import ApplicationStatus as S
from recognition.guards import filing as guard
from recognition.guards import resolution
from recognition.models.closing import Closing
from recognition.models.constraints import CONSTRAINTS
from recognition.models.filing import Filing
from recognition.models.handling import Handling
from recognition.models.judging import Judging

WITHDRAWABLE = (
    S.DRAFT,
    S.SUBMITTED,
    S.INCOMPLETE,
    S.COMPLETE,
    S.VERIFYING,
    S.TRACKED,
    S.COMPARING,
    S.INFO_REQUESTED,
    S.PROPOSED,
    S.IN_COMMITTEE,
)


class RecognitionApplication(
    FSMModelMixin, Filing, Handling, Judging, Closing, models.Model
):
    """One learner asks what one credential is worth here, for one purpose.

    `due_on` is the day by which the next act is due; `moved_at` when it last moved.
    """

    openings: ClassVar = (
        Opening("B00", "applicant, recognition officer", may.files, guard.OPENING),
    )
    # Acts that move no state, and what each must meet to be kept.
    rowless: ClassVar = (
        Rowless("move_item", resolution.MOVE),
        Rowless("lose_decision", resolution.RECORDED_VOTE),
    )
    written_by_acts: ClassVar = (
        *("applicant_id", "is_paper_file", "opened_by_id"),
        *("rule_set_id", "registry_number", "submitted_at"),
        *("completed_at", "clock_started_on", "target_on", "limit_on"),
        *("track", "track_reason", "compared_by_id", "proposed_by_id"),
        *("committee_id", "meeting_on", "agenda_item", "outcome", "decided_on"),
        *("notified_at", "delivered_on", "delivery", "delivery_proof"),
        *("appeal_until", "final_at", "withdrawn_at"),
    )
    # Asked for in the draft; from B01 on it is what was filed.
    kept_by_acts: ClassVar = ("purpose", "purpose_target", "outcome_requested")

    case = models.OneToOneField(
        Case, models.PROTECT, primary_key=True, related_name="recognition_application"
    )
    applicant = models.ForeignKey(
        User, models.PROTECT, related_name="recognition_applications"
    )
    is_paper_file = models.BooleanField(default=False)
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="+")
    status = FSMField(
        _("status"), max_length=16, choices=S, default=S.DRAFT, protected=True
    )
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    moved_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    course = GenericRelation(
        "viewflow.Process",
        content_type_field="artifact_content_type",
        object_id_field="artifact_object_id",
        related_query_name="recognition_application",
    )

    class Meta:
        verbose_name = _("recognition application")
        verbose_name_plural = _("recognition applications")
        indexes: ClassVar = [
            models.Index(fields=["status", "due_on"]),
            models.Index(fields=["limit_on"]),
            models.Index(
                Coalesce("due_on", "limit_on"),
                "case",
                "status",
                "applicant",
                condition=models.Q(
                    submitted_at__isnull=False, final_at=None, withdrawn_at=None
                ),
                name="recognition_queue",
            ),
        ]
        constraints: ClassVar = CONSTRAINTS

    def __str__(self) -> str:
        return self.case.number

    def get_absolute_url(self) -> str:
        return reverse("recognition:application_detail", args=[self.pk])

    @property
    def assessor(self):
        """The person who compares now; None until the head names one."""
        return self.assessors.filter(replaced_at=None).select_related("user").first()

    @property
    def open_request(self):
        """The request whose reply the case waits for."""
        return self.info_requests.filter(closed_at=None).order_by("-pk").first()

    @property
    def authenticity(self) -> str:
        """The result of the latest verification; empty before the first."""
        latest = self.verifications.order_by("-pk").first()
        return latest.result if latest else ""

    @property
    def resolution(self):
        """The decision in force on this application; None before it is taken."""
        return (
            self.resolutions.select_related("decision").order_by("-decision_id").first()
        )

    def interested_ids(self) -> set[int]:
        """Who can never vote on the item: the applicant and every assessor."""
        assessors = self.assessors.values_list("user_id", flat=True)
        return {self.applicant_id, *assessors}

    def kept_from_signing(self) -> set[int]:
        """Who signs no decision on it: they, and whoever is recused on the item."""
        return self.interested_ids() | set(
            self.recusals.values_list("user_id", flat=True)
        )

    @transition(
        field=status,
        source=list(WITHDRAWABLE),
        target=S.WITHDRAWN,
        conditions=[],
        permission=may.is_applicant,
        custom={"row": "B28", "actor": "applicant"},
    )
    def withdraw(self, *, act: Act) -> None:
        """The applicant takes the application back; a pause that runs ends with it."""
        self.withdrawn_by, self.withdrawn_at = act.by, act.at
        self.paused_days = act.facts.get("paused_days", self.paused_days)
        self.target_on = act.facts.get("target_on", self.target_on)
        self.limit_on = act.facts.get("limit_on", self.limit_on)
        self.paused_from = self.paused_until = self.due_on = None
        self.returns_to = ""

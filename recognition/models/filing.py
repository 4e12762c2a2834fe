"""The first stage of an application: filing and completeness, B01 to B04."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from qa import clock
from qa.clauses import Act
from qa.models import User
from recognition import permissions as may
from recognition.enums import ApplicationStatus as S
from recognition.enums import Fee, Purpose, RecognitionOutcome
from recognition.guards import filing as guard


class Filing(models.Model):
    """What the applicant asks for, and whether the file is complete."""

    purpose = models.CharField(
        _("what the credential is for"), max_length=16, choices=Purpose, blank=True
    )
    purpose_target = models.CharField(
        _("programme, course or post"), max_length=240, blank=True
    )
    outcome_requested = models.CharField(
        _("outcome asked for"),
        max_length=16,
        choices=RecognitionOutcome,
        default=RecognitionOutcome.FULL,
    )
    information_sheet_at = models.DateTimeField(null=True, blank=True)
    information_sheet_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    fee = models.CharField(_("fee"), max_length=8, choices=Fee, blank=True)
    fee_note = models.CharField(_("receipt, or why waived"), max_length=200, blank=True)
    registry_number = models.CharField(max_length=32, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    completeness_until = models.DateField(null=True, blank=True)
    expected_on = models.DateField(null=True, blank=True)
    missing_term_on = models.DateField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    clock_started_on = models.DateField(null=True, blank=True)
    target_on = models.DateField(null=True, blank=True)
    limit_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def submitted_on(self) -> date | None:
        return clock.local_day(self.submitted_at) if self.submitted_at else None

    @property
    def withdrawn_on(self) -> date | None:
        return clock.local_day(self.withdrawn_at) if self.withdrawn_at else None

    @transition(
        field="status",
        source=S.DRAFT,
        target=S.SUBMITTED,
        conditions=list(guard.SUBMISSION),
        permission=may.files,
        custom={"row": "B01", "actor": "applicant, recognition officer"},
    )
    def submit(self, *, act: Act) -> None:
        """The application is filed; a receipt announces when to expect the decision."""
        self.submitted_by, self.submitted_at = act.by, act.at
        self.registry_number = act.facts["registry_number"]
        self.expected_on = act.facts["expected_on"]
        self.completeness_until = self.due_on = act.facts["completeness_until"]

    @transition(
        field="status",
        source=S.SUBMITTED,
        target=S.INCOMPLETE,
        conditions=list(guard.INCOMPLETE),
        permission=may.is_officer,
        custom={"row": "B02", "actor": "recognition officer"},
    )
    def find_incomplete(self, *, act: Act) -> None:
        """Something necessary is missing; the clock does not run yet."""
        self.missing_term_on = self.due_on = act.facts["term"]

    @transition(
        field="status",
        source=S.INCOMPLETE,
        target=S.COMPLETE,
        conditions=list(guard.COMPLETION),
        permission=may.is_officer,
        custom={"row": "B03", "actor": "recognition officer"},
    )
    def complete(self, *, act: Act) -> None:
        """The last necessary item came or cannot be had: the clock runs from its day."""
        self._start_clock(act)

    @transition(
        field="status",
        source=S.SUBMITTED,
        target=S.COMPLETE,
        conditions=list(guard.COMPLETE_AS_FILED),
        permission=may.is_officer,
        custom={"row": "B04", "actor": "recognition officer"},
    )
    def find_complete(self, *, act: Act) -> None:
        """Everything was there: the clock runs from the day of filing."""
        self._start_clock(act)

    def _start_clock(self, act: Act) -> None:
        self.completed_by, self.completed_at = act.by, act.at
        self.clock_started_on = act.facts["clock_started_on"]
        self.limit_on = act.facts["limit_on"]
        self.target_on = self.due_on = act.facts["target_on"]

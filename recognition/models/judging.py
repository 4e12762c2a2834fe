"""The judging stage: comparison, proposal, committee; B15, B17, B18, B20."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from qa.clauses import Act
from qa.models import Body, User
from recognition import permissions as may
from recognition.enums import ApplicationStatus as S
from recognition.enums import RecognitionOutcome
from recognition.guards import comparison, resolution


class Judging(models.Model):
    """Who compares, what is proposed, where and when it is decided."""

    compared_at = models.DateTimeField(null=True, blank=True)
    compared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    committee = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+"
    )
    meeting_on = models.DateField(_("meeting on"), null=True, blank=True)
    agenda_item = models.CharField(_("item of the agenda"), max_length=40, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=16, choices=RecognitionOutcome, blank=True
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True)

    class Meta:
        abstract = True

    @transition(
        field="status",
        source=S.TRACKED,
        target=S.COMPARING,
        conditions=list(comparison.COMPARISON),
        permission=may.is_assessor,
        custom={"row": "B15", "actor": "assessor"},
    )
    def start_comparison(self, *, act: Act) -> None:
        """The assessor sets what the purpose asks beside what the credential says."""
        self.compared_by, self.compared_at = act.by, act.at

    @transition(
        field="status",
        source=S.COMPARING,
        target=S.PROPOSED,
        conditions=list(comparison.PROPOSAL),
        permission=may.is_assessor,
        custom={"row": "B17", "actor": "assessor"},
    )
    def propose(self, *, act: Act) -> None:
        """The assessor proposes an outcome that rests on the grid."""
        self.proposed_by, self.proposed_at = act.by, act.at

    @transition(
        field="status",
        source=S.PROPOSED,
        target=S.IN_COMMITTEE,
        conditions=[*comparison.PROPOSAL, *resolution.AGENDA],
        permission=may.is_committee_secretary,
        custom={"row": "B18", "actor": "committee secretary"},
    )
    def put_on_agenda(self, *, act: Act) -> None:
        """The proposal becomes an item of the committee's meeting."""
        self.committee = act.facts["committee"]
        self.meeting_on = act.facts["meeting_on"]
        self.agenda_item = act.facts["agenda_item"]

    @transition(
        field="status",
        source=S.IN_COMMITTEE,
        target=S.DECIDED,
        conditions=[*resolution.VOTE, *resolution.CONTENT],
        permission=may.is_committee_secretary,
        custom={"row": "B20", "actor": "committee secretary"},
    )
    def decide(self, *, act: Act) -> None:
        """The committee's vote is recorded with all that its outcome must carry."""
        self.outcome = act.facts["resolution"].outcome
        self.decided_on = act.facts["decided_on"]

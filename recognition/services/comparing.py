"""Assessor, grid and proposal: B15 and B17."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from qa import clock, record
from qa.enums import ConflictGround, DeclarationStatus, Role
from qa.models import User
from qa.permissions import holds
from qa.transitions import note, perform, refuse_unless, refuse_unmet
from recognition import flows, grounds
from recognition import permissions as may
from recognition.enums import ApplicationStatus as S
from recognition.enums import Difference, RecognitionOutcome
from recognition.guards.comparison import assessor_is_free_of_conflict
from recognition.models import (
    Assessor,
    ComparisonRow,
    Proposal,
    ProposedComponent,
    ProposedCondition,
    RecognitionApplication,
)
from recognition.models.constraints import REFUSAL
from recognition.models.resolution import Measure, Terms
from recognition.services import notices
from recognition.services.asking import locked

ROW_FIELDS = (
    "credential_value",
    "source",
    "difference",
    "ground",
    "note",
    "essential_requirement",
    "evidence",
    "why_it_matters",
)
TERMS_FIELDS = tuple(field.name for field in Terms._meta.fields)
MEASURE_FIELDS = tuple(field.name for field in Measure._meta.fields)


@transaction.atomic
def name_assessor(
    *, application: RecognitionApplication, assessor: User, by: User
) -> Assessor:
    """The head names who compares, for the first time or in place of somebody."""
    fresh = locked(application)
    _refuse_other_than_head(fresh, by)
    refuse_unless(
        fresh.status in (S.TRACKED, S.COMPARING),
        _("An assessor is named after the track is chosen and before the proposal."),
    )
    refuse_unless(
        assessor.pk != fresh.applicant_id and holds(assessor, Role.ASSESSOR),
        _("Name somebody who holds the role of assessor and did not apply."),
    )
    refuse_unless(
        not fresh.assessors.filter(user=assessor).exists(),
        _("This person was named for the application before."),
    )
    facts = {"assessor": assessor, "earlier": _replaced(fresh.assessor, by)}
    named = Assessor.objects.create(
        application=fresh, user=assessor, named_at=clock.now(), named_by=by
    )
    facts["named"] = record.wrote_on(named)
    note(fresh.case, fresh, "name_assessor", by=by, facts=facts)
    flows.assessor_named(fresh, by)
    notices.named(fresh, named)
    return named


def _replaced(earlier: Assessor | None, by: User) -> dict[str, Any] | None:
    if earlier is None:
        return None
    values = {"replaced_at": clock.now(), "replaced_by_id": by.pk}
    return _written(earlier, values)


def _written(assessor: Assessor, values: Mapping[str, Any]) -> dict[str, Any]:
    """Write on the assessor's row what the act about to be recorded says."""
    Assessor.objects.filter(pk=assessor.pk).update(**values)
    return record.wrote_on(assessor, values)


@transaction.atomic
def declare_conflict(
    *,
    application: RecognitionApplication,
    conflicts: Sequence[str] = (),
    text: str = "",
    by: User,
) -> Assessor:
    """The assessor declares: none, or the grounds that apply and what they are."""
    fresh = locked(application)
    if not may.is_assessor(fresh, by):
        raise PermissionDenied(_("Only the assessor named declares."))
    named = fresh.assessor
    refuse_unless(
        named.declaration == DeclarationStatus.PENDING, _("You have declared already.")
    )
    refuse_unless(
        set(conflicts) <= set(ConflictGround.values)
        and bool(conflicts) == bool(text.strip()),
        _("Tick the grounds that apply and describe them, or declare none."),
    )
    values = {
        "declaration": str(
            DeclarationStatus.DECLARED if conflicts else DeclarationStatus.NONE
        ),
        "grounds": list(conflicts),
        "text": text.strip(),
        "declared_at": clock.now(),
        "declared_by_id": by.pk,
    }
    facts = {
        "assessor": _written(named, values),
        "declaration": values["declaration"],
    }
    note(fresh.case, fresh, "declare_conflict", by=by, facts=facts)
    if conflicts:
        flows.conflict_declared(fresh)
    return Assessor.objects.get(pk=named.pk)


@transaction.atomic
def judge_conflict(
    *, application: RecognitionApplication, cleared: bool, reasons: str, by: User
) -> Assessor:
    """The head clears the conflict, or upholds it: then another is to be named."""
    fresh = locked(application)
    _refuse_other_than_head(fresh, by)
    named = fresh.assessor
    refuse_unless(
        named is not None and named.declaration == DeclarationStatus.DECLARED,
        _("No conflict waits for a decision."),
    )
    if named.user_id == by.pk:
        raise PermissionDenied(_("Nobody decides on their own declaration."))
    refuse_unless(bool(reasons.strip()), _("Give the reasons for your judgement."))
    values = {
        "declaration": str(
            DeclarationStatus.CLEARED if cleared else DeclarationStatus.UPHELD
        ),
        "judgement": reasons.strip(),
        "judged_at": clock.now(),
        "judged_by_id": by.pk,
    }
    if not cleared:
        values |= {"replaced_at": clock.now(), "replaced_by_id": by.pk}
    facts = {
        "assessor": _written(named, values),
        "declaration": values["declaration"],
    }
    note(fresh.case, fresh, "judge_conflict", by=by, reason=reasons, facts=facts)
    flows.conflict_judged(fresh, by)
    return Assessor.objects.get(pk=named.pk)


@transaction.atomic
def start_comparison(
    *, application: RecognitionApplication, requirement: Mapping[str, str], by: User
) -> RecognitionApplication:
    """B15: what the purpose asks, line by line of the grid of the track."""
    fresh = locked(application)
    refuse_unless(
        fresh.status == S.TRACKED, _("The comparison begins after the track is chosen.")
    )
    fresh.rows.all().delete()
    ComparisonRow.objects.bulk_create(
        ComparisonRow(
            application=fresh,
            criterion=criterion.code,
            position=position,
            reference_value=str(requirement.get(criterion.key, "")).strip(),
        )
        for position, criterion in enumerate(grounds.grid_of(fresh.track), start=1)
    )
    return perform(fresh, "start_comparison", by=by, hand_on=flows.hand_on)


@transaction.atomic
def save_row(
    *,
    application: RecognitionApplication,
    key: str,
    finding: Mapping[str, str],
    by: User,
) -> ComparisonRow:
    """One line of the grid: what the credential says, and whether it differs."""
    fresh = locked(application)
    _refuse_other_than_comparing(fresh, by)
    codes = {c.key: c.code for c in grounds.grid_of(fresh.track)}
    refuse_unless(key in codes, _("The grid has no such line."))
    row = fresh.rows.get(criterion=codes[key])
    for name in ROW_FIELDS:
        if name in finding:
            setattr(row, name, str(finding[name]).strip())
    refuse_unless(
        row.difference in ("", *Difference.values), _("Choose one of the differences.")
    )
    refuse_unless(
        row.difference != Difference.SUBSTANTIAL or row.is_demonstrated,
        _(
            "A substantial difference names the essential requirement that is not "
            "covered, the evidence, and why it matters for the purpose."
        ),
    )
    contradiction = grounds.contradiction(row.ground, row.difference)
    refuse_unless(not contradiction, str(contradiction))
    row.saved_at, row.saved_by = clock.now(), by
    row.save()
    return row


@transaction.atomic
def save_proposal(
    *,
    application: RecognitionApplication,
    terms: Mapping[str, Any],
    components: Sequence[ProposedComponent] = (),
    conditions: Sequence[ProposedCondition] = (),
    by: User,
) -> Proposal:
    """Write the proposal down; components and conditions replace the earlier ones."""
    fresh = locked(application)
    _refuse_other_than_comparing(fresh, by)
    values = {n: terms[n] for n in (*TERMS_FIELDS, "reasons") if n in terms}
    values = {n: v.strip() if isinstance(v, str) else v for n, v in values.items()}
    _refuse_undemonstrated(fresh, values)
    proposal, _created = Proposal.objects.update_or_create(
        application=fresh,
        defaults=values | {"saved_at": clock.now(), "saved_by": by},
    )
    for rows in (proposal.components, proposal.conditions):
        rows.all().delete()
    for component in components:
        component.proposal = proposal
        component.save()
    for condition in conditions:
        condition.proposal = proposal
        condition.save()
    if fresh.status == S.PROPOSED:
        # Not the proposal itself: what it says may still change until the agenda is set.
        facts = {"outcome": proposal.outcome}
        note(fresh.case, fresh, "amend_proposal", by=by, facts=facts)
    return proposal


def _refuse_undemonstrated(
    application: RecognitionApplication, values: Mapping[str, Any]
) -> None:
    """A refusal is not even proposed without what it rests on."""
    earlier = getattr(application, "proposal", None)
    said = {
        name: values.get(name, getattr(earlier, name, ""))
        for name in ("outcome", *REFUSAL)
    }
    refuse_unless(
        said["outcome"] != RecognitionOutcome.REFUSED or all(said.values()),
        _(
            "A proposal to refuse names, in both languages, the essential requirement "
            "that is not covered, the evidence, and why no alternative is possible."
        ),
    )


@transaction.atomic
def propose_outcome(
    *, application: RecognitionApplication, by: User
) -> RecognitionApplication:
    """B17: hand the proposal to the committee's secretary."""
    fresh = locked(application)
    proposal = getattr(fresh, "proposal", None)
    facts = {"outcome": proposal.outcome} if proposal else {}
    return perform(fresh, "propose", by=by, facts=facts, hand_on=flows.hand_on)


def _refuse_other_than_head(application: RecognitionApplication, by: User) -> None:
    if not may.is_head(application, by):
        raise PermissionDenied(_("Only the head of the recognition office does this."))


def _refuse_other_than_comparing(application: RecognitionApplication, by: User) -> None:
    """Grid and proposal are the assessor's, free of conflict, until the agenda."""
    if not may.is_assessor(application, by):
        raise PermissionDenied(_("Only the assessor named compares."))
    refuse_unmet(application, [assessor_is_free_of_conflict], by=by)
    refuse_unless(
        application.status in (S.COMPARING, S.PROPOSED),
        _("The comparison is closed; it can be read but not changed."),
    )

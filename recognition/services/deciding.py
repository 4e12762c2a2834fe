"""The committee's item and its decision: B18 and B20."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from qa import clock
from qa.enums import ActKind, VoteCast
from qa.models import Body, Case, Condition, Decision, User
from qa.services.decision import Obligation, open_condition
from qa.services.votes import Minutes, Motion, record_vote
from qa.transitions import (
    note,
    perform,
    refuse_rowless,
    refuse_unless,
    refuse_unmet,
    write_down,
)
from recognition import flows, grounds
from recognition import permissions as may
from recognition.enums import ApplicationStatus as S
from recognition.guards.departure import departs
from recognition.guards.resolution import CONTENT
from recognition.models import (
    AcceptedComponent,
    RecognitionApplication,
    RecognitionDecision,
    Recusal,
)
from recognition.services.asking import locked
from recognition.services.comparing import MEASURE_FIELDS, TERMS_FIELDS


@dataclass(frozen=True)
class AgendaItem:
    """Where and when the case is decided, and who takes no part in it (with why)."""

    committee: Body
    meeting_on: date
    item: str
    recusals: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Resolution:
    """What the committee resolved: `terms` as in the proposal, and what goes with it.

    `components` are (title, ECTS, what it counts as in Romanian and in English);
    `conditions` bind the applicant unless they name another owner. `articles` default to those the purpose rests on.
    """

    terms: Mapping[str, Any]
    comparison_ro: str = ""
    comparison_en: str = ""
    components: Sequence[tuple[str, Any, str, str]] = ()
    conditions: Sequence[Obligation] = ()
    articles: Sequence[str] = ()
    remedy_body: Body | None = None
    departure_reasons_ro: str = ""
    departure_reasons_en: str = ""


@transaction.atomic
def put_on_agenda(
    *, application: RecognitionApplication, item: AgendaItem, by: User
) -> RecognitionApplication:
    """B18: the assessor and the applicant are recused by themselves."""
    fresh = locked(application)
    if not may.is_committee_secretary(fresh, by):
        raise PermissionDenied(_("Only the committee's secretary sets its agenda."))
    refuse_unless(fresh.status == S.PROPOSED, _("There is no proposal to decide on."))
    seated = _seated(item.committee, item.meeting_on)
    refuse_unless(
        set(item.recusals) <= seated and all(r.strip() for r in item.recusals.values()),
        _("Only members of the committee are recused, each with the reason."),
    )
    Recusal.objects.filter(application=fresh).delete()
    _recuse(fresh, {**item.recusals} | _interested(fresh, seated), by)
    return perform(
        fresh,
        "put_on_agenda",
        by=by,
        facts={
            "committee": item.committee,
            "meeting_on": item.meeting_on,
            "agenda_item": item.item.strip(),
            "proposal": getattr(fresh, "proposal", None),
        },
        hand_on=flows.hand_on,
    )


@transaction.atomic
def move_item(
    *, application: RecognitionApplication, meeting_on: date, reason: str, by: User
) -> RecognitionApplication:
    """Decide it in another meeting of the same committee: nothing else moves."""
    fresh = locked(application)
    if not may.is_committee_secretary(fresh, by):
        raise PermissionDenied(_("Only the committee's secretary sets its agenda."))
    refuse_unless(fresh.status == S.IN_COMMITTEE, _("The case is on no agenda."))
    seated = _seated(fresh.committee, meeting_on)
    recused = set(fresh.recusals.values_list("user_id", flat=True))
    _recuse(fresh, _interested(fresh, seated - recused), by)
    stated = {"committee": fresh.committee, "meeting_on": meeting_on, "reason": reason}
    refuse_rowless(fresh, "move_item", by=by, facts=stated)
    write_down(
        fresh,
        "move_item",
        by=by,
        values={"meeting_on": meeting_on},
        reason=reason,
        facts={"was_on": fresh.meeting_on, "meeting_on": meeting_on},
    )
    return RecognitionApplication.objects.get(pk=fresh.pk)


def _seated(committee: Body, day: date) -> set[int]:
    return {member.user_id for member in committee.members_on(day)}


def _interested(
    application: RecognitionApplication, seated: set[int]
) -> dict[int, str]:
    """Who of them is recused by the case itself, with why."""
    found = seated & application.interested_ids()
    return {pk: str(_("Applicant or assessor")) for pk in found}


def _recuse(
    application: RecognitionApplication, recusals: Mapping[int, str], by: User
) -> None:
    Recusal.objects.bulk_create(
        Recusal(
            application=application,
            user_id=pk,
            reason=reason.strip(),
            recorded_at=clock.now(),
            recorded_by=by,
        )
        for pk, reason in recusals.items()
    )


@transaction.atomic
def record_decision(
    *,
    application: RecognitionApplication,
    resolution: Resolution,
    minutes: Minutes,
    by: User,
) -> Decision:
    """B20: record the committee's vote on a motion; not carried, it moves nothing.

    Reasons stand in `minutes`; remedy_ro, remedy_en and remedy_days in its details.
    """
    fresh = locked(application)
    if not may.is_committee_secretary(fresh, by):
        raise PermissionDenied(_("Only the committee's secretary records its votes."))
    refuse_unless(fresh.status == S.IN_COMMITTEE, _("The case is on no agenda."))
    decision = _vote(fresh, str(resolution.terms.get("outcome", "")), minutes, by)
    if not decision.is_carried:
        refuse_rowless(fresh, "lose_decision", by=by, facts={"decision": decision})
        note(fresh.case, fresh, "vote_not_carried", by=by, facts={"decision": decision})
        return decision
    facts = _facts(fresh, resolution, decision)
    refuse_unmet(fresh, CONTENT, by=by, facts=facts)
    facts["resolution"].save(force_insert=True)
    AcceptedComponent.objects.bulk_create(facts["components"])
    facts["conditions"] = [
        open_condition(decision=decision, obligation=obligation, by=by)
        for obligation in resolution.conditions
    ]
    perform(fresh, "decide", by=by, facts=facts, hand_on=flows.hand_on)
    return decision


def _vote(
    application: RecognitionApplication, outcome: str, minutes: Minutes, by: User
) -> Decision:
    """Recused members are written down as recused whatever the list says of absence."""
    recused = application.recusals.values_list("user_id", flat=True)
    seated = {m.user_id for m in minutes.body.members_on(minutes.held_on) if m.votes}
    casts = dict(minutes.casts)
    for pk in seated & set(recused):
        if casts.get(pk, VoteCast.ABSENT) == VoteCast.ABSENT:
            casts[pk] = VoteCast.RECUSED
    case = Case.objects.get(pk=application.pk)
    return record_vote(
        motion=Motion(case, ActKind.DECISION, outcome, application.rule_set),
        minutes=replace(
            minutes,
            casts=casts,
            agenda_item=minutes.agenda_item or application.agenda_item,
        ),
        by=by,
    )


def _facts(
    application: RecognitionApplication, resolution: Resolution, decision: Decision
) -> dict[str, Any]:
    terms = _terms(application, resolution, decision)
    components = [
        AcceptedComponent(
            resolution=terms,
            title=title.strip(),
            ects=ects,
            counts_as_ro=counts_ro.strip(),
            counts_as_en=counts_en.strip(),
        )
        for title, ects, counts_ro, counts_en in resolution.components
    ]
    conditions = [
        Condition(
            decision=decision,
            owner=one.owner,
            **{name: getattr(one, name) for name in MEASURE_FIELDS},
        )
        for one in resolution.conditions
    ]
    terms.departs_from_proposal = departs(
        application.proposal, terms, components, conditions
    )
    return {
        "decision": decision,
        "decided_on": decision.decided_on,
        "signatory": decision.signatory,
        "resolution": terms,
        "components": components,
        "conditions": conditions,
    }


def _terms(
    application: RecognitionApplication, resolution: Resolution, decision: Decision
) -> RecognitionDecision:
    values = {n: v for n, v in resolution.terms.items() if n in TERMS_FIELDS}
    values = {n: v.strip() if isinstance(v, str) else v for n, v in values.items()}
    outcome = values.get("outcome", "")
    as_requested = outcome == application.outcome_requested
    suggested = grounds.articles_for(
        application.legal_instrument,
        application.purpose,
        application.track,
        as_requested=as_requested,
    )
    return RecognitionDecision(
        **values,
        decision=decision,
        application=application,
        is_as_requested=as_requested,
        remedy_body=resolution.remedy_body,
        articles=list(resolution.articles) or [article.code for article in suggested],
        comparison_ro=resolution.comparison_ro.strip(),
        comparison_en=resolution.comparison_en.strip(),
        departure_reasons_ro=resolution.departure_reasons_ro.strip(),
        departure_reasons_en=resolution.departure_reasons_en.strip(),
    )

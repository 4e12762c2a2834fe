"""Opening a procedure: A01, A17, A24."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qa.clauses import clause, today_of
from qa.enums import Outcome, ProcedureKind, Route

OPEN_ROUTES = (Route.R1, Route.R2)
OPEN_KINDS = (ProcedureKind.INITIAL, ProcedureKind.PERIODIC)


@clause(
    _(
        "Only routes R1 (self-accrediting) and R2 (part of an accredited programme) "
        "are open here; choose one of them."
    )
)
def route_is_open(procedure: Any) -> bool:
    return procedure.route in OPEN_ROUTES


@clause(
    _(
        "Only initial accreditation and periodic re-evaluation are open here; "
        "substantial changes and extraordinary revisions are not."
    )
)
def kind_is_open(procedure: Any) -> bool:
    return procedure.kind in OPEN_KINDS


@clause(
    _(
        "A re-evaluation opens by itself, twelve months before the validity "
        "ends; you find it in your work then."
    )
)
def reevaluation_opens_by_itself(procedure: Any) -> bool:
    return procedure.kind != ProcedureKind.PERIODIC


@clause(
    _(
        "The standard set and the rule set must be in force today; "
        "ask the quality office to load the current ones."
    )
)
def sets_are_in_force(procedure: Any) -> bool:
    today = today_of(procedure)
    return all(
        pinned.valid_from <= today
        and (pinned.valid_to is None or today <= pinned.valid_to)
        for pinned in (procedure.standard_set, procedure.rule_set)
    )


@clause(_("Route R2 names the accredited programme and the act of its accreditation."))
def programme_is_named(procedure: Any) -> bool:
    return procedure.route != Route.R2 or bool(
        procedure.part_of_programme and procedure.part_of_accreditation
    )


@clause(_("The earlier procedure ended with a decision to resubmit."))
def predecessor_asks_to_resubmit(procedure: Any) -> bool:
    return (
        procedure.follows is not None and procedure.follows.outcome == Outcome.RESUBMIT
    )


@clause(_("The term for resubmission after the decision is over."))
def resubmission_term_runs(procedure: Any) -> bool:
    earlier = procedure.follows
    return (
        earlier is not None
        and earlier.resubmit_until is not None
        and today_of(procedure) <= earlier.resubmit_until
    )


@clause(_("This decision was already answered with a new procedure."))
def has_no_other_follower(procedure: Any) -> bool:
    earlier = procedure.follows
    if earlier is None:
        return False
    return not procedure.answers_to(earlier).exclude(pk=procedure.pk).exists()


@clause(_("A re-evaluation renews an accreditation whose notice day has come."))
def renews_a_running_accreditation(procedure: Any) -> bool:
    period = procedure.renews
    return (
        procedure.kind == ProcedureKind.PERIODIC
        and period is not None
        and period.notice_on <= today_of(procedure)
    )


OPENING = (
    route_is_open,
    kind_is_open,
    reevaluation_opens_by_itself,
    sets_are_in_force,
    programme_is_named,
)
FOLLOWING = (
    predecessor_asks_to_resubmit,
    resubmission_term_runs,
    has_no_other_follower,
    sets_are_in_force,
)
REEVALUATION = (renews_a_running_accreditation, sets_are_in_force)

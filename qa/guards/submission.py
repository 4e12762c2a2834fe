"""Rows A02 to A08n: submission, formal check, endorsement."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from qa import clock, design_checks
from qa.clauses import clause, stated, today_of
from qa.enums import BodyKind, ProcedureKind
from qa.guards.decision import (
    AS_AN_ACT,
    interested_members_are_recused,
    vote_is_carried,
    vote_is_quorate,
)
from qa.permissions import has_interest_in

FORMAL_CHECKLIST = (
    ("elements_complete", _("All design-time elements of EU Annex I are stated")),
    ("languages_agree", _("Romanian and English say the same")),
    ("attachments_readable", _("Attachments and references can be opened")),
    ("route_fits", _("Route and kind fit the offer")),
    ("signatures_present", _("Coordinator and head of department have signed")),
    ("standards_named", _("The standard set that applies is named to the proposer")),
)


@clause(_("A proposal that was submitted once can no longer be given up here."))
def never_submitted(procedure: Any) -> bool:
    return procedure.first_submitted_on is None


@clause(_("Say why."), stated=True)
def reason_is_given(thing: Any) -> bool:
    return bool(thing.act.reason.strip()) if getattr(thing, "act", None) else False


@clause(_("Every blocking design check must pass."))
def blocking_checks_pass(procedure: Any) -> bool:
    return not design_checks.blocking(procedure.version)


@clause(_("Every warning needs a justification."))
def warnings_are_justified(procedure: Any) -> bool:
    return not design_checks.unjustified(procedure.version)


@clause(
    _(
        "The head of department has not signed the proposal as it stands; "
        "any change voids an earlier signature."
    )
)
def head_signed_this_revision(procedure: Any) -> bool:
    version = procedure.version
    return version.sign_offs.filter(revision=version.revision).exists()


@clause(
    _(
        "A re-evaluation needs its self-evaluation: results of the indicators "
        "and the actions closed since the last decision."
    )
)
def self_evaluation_is_given(procedure: Any) -> bool:
    return procedure.kind != ProcedureKind.PERIODIC or bool(
        procedure.self_evaluation.strip()
    )


@clause(_("Answer each point of the decision that asked to resubmit."))
def points_are_answered(procedure: Any) -> bool:
    """Its reasons, and one by one the points of the report it was taken after."""
    if procedure.follows_id is None:
        return True
    answered = set(procedure.point_answers.values_list("point", flat=True))
    asked = procedure.follows.report.asking_points
    return bool(procedure.answer_to_decision.strip()) and answered.issuperset(
        asked.values_list("pk", flat=True)
    )


@clause(_("Nothing has changed since the version that was returned."))
def differs_from_returned_version(procedure: Any) -> bool:
    if getattr(procedure, "act", None) is None:
        # Only asking: what nobody wrote on says the same for sure.
        return bool(procedure.version.revision > 1)
    returned = procedure.versions.exclude(sha256="").order_by("-number").first()
    says = stated(procedure, "sha256")
    return says is not None and returned is not None and says != returned.sha256


@clause(_("List what is missing."), stated=True)
def missing_items_are_listed(procedure: Any) -> bool:
    return bool(stated(procedure, "items"))


@clause(
    _(
        "This proposal was returned once already; "
        "a second return needs the agreement of the CEAC chair."
    )
)
def first_return_or_chair_agrees(procedure: Any) -> bool:
    return procedure.returns_used == 0 or procedure.further_return_at is not None


@clause(_("The term and the days of grace are not over yet."))
def return_term_has_lapsed(procedure: Any) -> bool:
    term = procedure.return_term_on
    grace = timedelta(days=procedure.rule_set.lapse_after_days)
    return term is not None and today_of(procedure) > term + grace


@clause(_("Sign every line of the formal checklist."), stated=True)
def formal_checklist_is_complete(procedure: Any) -> bool:
    ticked = stated(procedure, "checklist") or ()
    return all(code in ticked for code, _label in FORMAL_CHECKLIST)


@clause(_("Who wrote, signed or coordinates the proposal cannot check it."))
def checker_has_no_part_in_it(procedure: Any) -> bool:
    act = getattr(procedure, "act", None)
    return act is None or not has_interest_in(procedure, act.by.pk)


@clause(
    _("The council of the faculty that offers it endorses, and no other body."),
    stated=True,
)
def council_of_the_faculty_votes(procedure: Any) -> bool:
    decision = stated(procedure, "decision")
    return (
        decision is not None
        and decision.body.kind == BodyKind.FACULTY_COUNCIL
        and decision.body.unit_id == procedure.micro_credential.faculty.pk
    )


@clause(
    _(
        "The council meets on or after the day of the submission, "
        "and its vote is recorded after the meeting."
    ),
    stated=True,
)
def council_met_on_this_submission(procedure: Any) -> bool:
    decision = stated(procedure, "decision")
    return decision is not None and (
        clock.local_day(procedure.submitted_at)
        <= decision.decided_on
        <= today_of(procedure)
    )


@clause(_("The endorsement recorded is not favourable."), stated=True)
def endorsement_is_favourable(procedure: Any) -> bool:
    decision = stated(procedure, "decision")
    return decision is not None and decision.outcome == "favourable"


@clause(_("Only an unfavourable endorsement returns the proposal."), stated=True)
def endorsement_is_unfavourable(procedure: Any) -> bool:
    decision = stated(procedure, "decision")
    return decision is not None and decision.outcome == "unfavourable"


# What every vote on endorsing must satisfy, carried or not.
ENDORSEMENT_VOTE = (
    council_of_the_faculty_votes,
    council_met_on_this_submission,
    vote_is_quorate,
    interested_members_are_recused,
)
CARRIED = (*ENDORSEMENT_VOTE, vote_is_carried, *AS_AN_ACT)
ENDORSEMENT = (*CARRIED, endorsement_is_favourable)
UNFAVOURABLE_ENDORSEMENT = (*CARRIED, endorsement_is_unfavourable)
SUBMISSION = (
    blocking_checks_pass,
    warnings_are_justified,
    head_signed_this_revision,
    self_evaluation_is_given,
    points_are_answered,
)

"""Rows B15 and B17: assessor, reference requirement, grid, proposal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qa.clauses import clause, today_of
from qa.enums import DeclarationStatus
from recognition import grounds
from recognition.enums import Difference, RecognitionOutcome
from recognition.guards import terms as asks
from recognition.guards.handling import doubtful_document_is_on_the_standard_track

FREE_OF_CONFLICT = (DeclarationStatus.NONE, DeclarationStatus.CLEARED)


@clause(
    _(
        "The assessor declares conflicts of interest first; a conflict declared "
        "must be cleared by the head of the office."
    )
)
def assessor_is_free_of_conflict(application: Any) -> bool:
    assessor = application.assessor
    return assessor is not None and assessor.declaration in FREE_OF_CONFLICT


@clause(_("State what the purpose asks for on every line of the grid."))
def reference_requirement_is_chosen(application: Any) -> bool:
    asked = {
        row.criterion for row in application.rows.all() if row.reference_value.strip()
    }
    return asked == {criterion.code for criterion in grounds.grid_of(application.track)}


@clause(_("Fill in every line of the grid: what the credential says, the difference."))
def grid_is_complete(application: Any) -> bool:
    filled = {row.criterion for row in application.rows.all() if row.is_complete}
    return filled == {c.code for c in grounds.grid_of(application.track)}


@clause(
    _(
        "A substantial difference names the essential requirement that is not "
        "covered, the evidence, and why it matters for the purpose."
    )
)
def substantial_differences_are_demonstrated(application: Any) -> bool:
    return all(
        row.is_demonstrated
        for row in application.rows.filter(difference=Difference.SUBSTANTIAL)
    )


def _proposal(application: Any) -> Any:
    """What the assessor wrote; while there is nothing, only its absence is said."""
    return getattr(application, "proposal", None)


@clause(_("Propose an outcome and give the reasons."))
def proposal_is_reasoned(application: Any) -> bool:
    proposal = _proposal(application)
    return (
        proposal is not None
        and proposal.outcome in RecognitionOutcome.values
        and bool(proposal.reasons.strip())
    )


@clause(
    _(
        "State what is granted and for what: more than 0 credits or, where no credits "
        "are granted, a level, and the target in both languages."
    )
)
def proposal_states_the_grant(application: Any) -> bool:
    proposal = _proposal(application)
    return proposal is None or asks.states_the_grant(proposal)


@clause(
    _(
        "List the components accepted with their credits; they add up to the credits, "
        "and what one counts as is said in both languages."
    )
)
def proposal_lists_components(application: Any) -> bool:
    proposal = _proposal(application)
    return proposal is None or asks.lists_components(
        proposal, list(proposal.components.all())
    )


@clause(
    _(
        "Describe each condition with its term, and in both languages what is asked, "
        "the evidence and the consequence."
    )
)
def proposal_carries_conditions(application: Any) -> bool:
    proposal = _proposal(application)
    return proposal is None or asks.carries_conditions(
        proposal, list(proposal.conditions.all()), today_of(application)
    )


@clause(
    _("Name the alternative target and the bridging offer, both in both languages.")
)
def proposal_names_the_alternative(application: Any) -> bool:
    proposal = _proposal(application)
    return proposal is None or asks.names_the_alternative(proposal)


@clause(
    _(
        "A refusal needs a substantial difference demonstrated for the purpose: "
        "the essential requirement and the evidence in both languages, and a line of "
        "the grid."
    )
)
def proposed_refusal_is_demonstrated(application: Any) -> bool:
    proposal = _proposal(application)
    return proposal is None or asks.demonstrates_the_difference(proposal, application)


@clause(
    _(
        "Before a refusal, consider alternative, partial and conditional recognition "
        "and write down in both languages why none is possible."
    )
)
def proposed_refusal_is_the_last_resort(application: Any) -> bool:
    proposal = _proposal(application)
    return proposal is None or asks.considered_alternatives(proposal)


@clause(
    _(
        "Anything but the outcome asked for tells the applicant, in both languages, "
        "how to obtain recognition later."
    )
)
def proposal_gives_measures(application: Any) -> bool:
    proposal = _proposal(application)
    return proposal is None or asks.gives_measures(proposal, application)


COMPARISON = (
    assessor_is_free_of_conflict,
    reference_requirement_is_chosen,
)
PROPOSAL = (
    doubtful_document_is_on_the_standard_track,
    assessor_is_free_of_conflict,
    grid_is_complete,
    substantial_differences_are_demonstrated,
    proposal_is_reasoned,
    proposal_states_the_grant,
    proposal_lists_components,
    proposal_carries_conditions,
    proposal_names_the_alternative,
    proposed_refusal_is_demonstrated,
    proposed_refusal_is_the_last_resort,
    proposal_gives_measures,
)

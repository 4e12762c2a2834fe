"""Where what an application still waits for is mended, by the office or the applicant."""

from collections.abc import Collection, Iterable, Mapping

from django.urls import reverse

from qa.transitions import unmet_clauses
from qa.views.mending import Lack, lacks
from recognition.models import RecognitionApplication

# Clause of filing -> the part of the application that meets it.
PARTS: Mapping[str, str] = {
    "purpose_is_chosen": "purpose",
    "outcome_is_asked_for": "purpose",
    "information_sheet_is_accepted": "sheet",
    "fee_is_recorded": "sheet",
    "credential_is_described": "award",
}
# Clause of an act of the office -> the acts that bring the case nearer to meeting it.
ACTS: Mapping[str, tuple[str, ...]] = {
    "issuer_is_resolved": ("issuer",),
    "awarding_body_is_resolved": ("issuer",),
    "statuses_are_judged_on_the_award_date": ("issuer",),
    "legal_instrument_is_chosen": ("issuer",),
    "verification_is_recorded": ("verification",),
    "reply_arrived_or_term_is_over": ("reply",),
    "assessor_is_free_of_conflict": ("conflict", "ruling", "assessor"),
    "reference_requirement_is_chosen": ("requirement",),
}


def lacking_to_file(application: RecognitionApplication) -> tuple[Lack, ...]:
    """What the application waits for before it can be filed."""
    to = {
        clause: reverse("recognition:section_edit", args=[application.pk, part])
        for clause, part in PARTS.items()
    }
    return lacks(application, unmet_clauses(application, "submit"), to)


def lacking(
    application: RecognitionApplication,
    act: str,
    open_acts: Iterable[str],
    met_by: Collection[str] = (),
) -> tuple[Lack, ...]:
    """What an act waits for, and which of the acts open to this person meets it.

    What an act of `met_by` meets itself is left out.
    """
    if not act:
        return ()
    open_now = set(open_acts)
    to = {
        clause: reverse("recognition:office_act", args=[application.pk, names[0]])
        for clause, names in (
            (clause, [one for one in mending if one in open_now])
            for clause, mending in ACTS.items()
        )
        if names
    }
    unmet = [
        one
        for one in unmet_clauses(application, act)
        if not set(met_by) & set(ACTS.get(one.name, ()))
    ]
    return lacks(application, unmet, to)


def mended_by(application: RecognitionApplication, act: str) -> set[str]:
    """The acts of the office that meet something an act waits for."""
    unmet = unmet_clauses(application, act) if act else ()
    return {name for one in unmet for name in ACTS.get(one.name, ())}

"""May this person? Predicates `(thing, user) -> bool`; the state is asked elsewhere."""

from typing import Any

from django.db.models import Q

from qa import clock
from qa.enums import PanelMemberStatus, PanelRole, Role


def holds(user: Any, role: Role, *units: Any) -> bool:
    """Whether the person holds the role today, for one of the units or for all."""
    if not user.is_active or user.is_service:
        return False
    current = user.appointments.current_on(clock.today()).filter(role=role)
    if units:
        current = current.filter(Q(unit=None) | Q(unit__in=units))
    return current.exists()


def procedure_of(thing: Any) -> Any:
    """The procedure a thing of the first house belongs to."""
    return getattr(thing, "procedure", thing)


def is_system(thing: Any, user: Any) -> bool:
    return user.is_service


def is_author(thing: Any, user: Any) -> bool:
    """An author of the offer, its coordinator included."""
    offer = thing.micro_credential
    return offer.authors.filter(pk=user.pk).exists() or is_coordinator(thing, user)


def is_coordinator(thing: Any, user: Any) -> bool:
    return procedure_of(thing).coordinator_id == user.pk


def is_author_or_system(thing: Any, user: Any) -> bool:
    return user.is_service or is_author(thing, user)


def drafts_or_returned(thing: Any, user: Any) -> bool:
    """Who drafts; an editable copy comes with the act of whoever returned it."""
    return is_author_or_system(thing, user) or thing.procedure.returned_by_id == user.pk


def belongs_to_unit(thing: Any, user: Any) -> bool:
    """An author appointed in the offer's department or faculty."""
    unit = thing.micro_credential.unit
    return any(
        holds(user, role, unit, unit.faculty)
        for role in (Role.AUTHOR, Role.COORDINATOR)
    )


def coordinated_predecessor(thing: Any, user: Any) -> bool:
    return thing.follows is not None and thing.follows.coordinator_id == user.pk


def is_head_of_department(thing: Any, user: Any) -> bool:
    return holds(user, Role.HEAD_OF_DEPARTMENT, thing.micro_credential.unit)


def is_qa_officer(thing: Any, user: Any) -> bool:
    return holds(user, Role.QA_OFFICER)


def is_deans_office(thing: Any, user: Any) -> bool:
    return holds(user, Role.DEANS_OFFICE, thing.micro_credential.faculty)


def challenges(thing: Any, user: Any) -> bool:
    """The proposing faculty objects to a member of the panel."""
    return is_author(thing, user) or is_deans_office(thing, user)


def is_ceac_chair(thing: Any, user: Any) -> bool:
    return holds(user, Role.CEAC_CHAIR)


def is_board_secretary(thing: Any, user: Any) -> bool:
    return holds(user, Role.BOARD_SECRETARY)


def is_senate_secretary(thing: Any, user: Any) -> bool:
    return holds(user, Role.SENATE_SECRETARY)


def is_senate_secretary_or_system(thing: Any, user: Any) -> bool:
    return user.is_service or is_senate_secretary(thing, user)


def is_coordinator_or_senate_secretary(thing: Any, user: Any) -> bool:
    return is_coordinator(thing, user) or is_senate_secretary(thing, user)


def is_panel_chair(thing: Any, user: Any) -> bool:
    return (
        procedure_of(thing)
        .members.filter(
            user=user, role=PanelRole.CHAIR, status=PanelMemberStatus.ACCEPTED
        )
        .exists()
    )


def is_this_member(thing: Any, user: Any) -> bool:
    """The person in this seat (the seat itself, or what hangs on it)."""
    return getattr(thing, "member", thing).user_id == user.pk


def is_this_member_or_ceac_chair(thing: Any, user: Any) -> bool:
    return is_this_member(thing, user) or is_ceac_chair(thing, user)


def is_member_of_declaration(thing: Any, user: Any) -> bool:
    return thing.member.user_id == user.pk


def is_member_of_assessment(thing: Any, user: Any) -> bool:
    """The member in person, with a seat that still stands and no undecided conflict."""
    seat = thing.member
    return seat.user_id == user.pk and seat.status == PanelMemberStatus.ACCEPTED


def recorded_the_decision(thing: Any, user: Any) -> bool:
    """A condition comes with its decision, by the hand that recorded it."""
    return thing.decision.recorded_by_id == user.pk


def is_condition_owner(thing: Any, user: Any) -> bool:
    return thing.owner_id == user.pk


def judges_condition(thing: Any, user: Any) -> bool:
    """The commission for an accreditation, the officer for a recognition."""
    if thing.decision.procedure_id:
        return holds(user, Role.CEAC_CHAIR)
    return holds(user, Role.RECOGNITION_OFFICER)


def interested_in(procedure: Any) -> set[int]:
    """Everybody who wrote, coordinates, signed or reviewed what the procedure judges.

    Whoever sat on the panel stays interested; so does who signed a version for the
    department, also one that was handed in again after a return.
    """
    signed = procedure.versions.filter(sign_offs__isnull=False)
    return {
        procedure.coordinator_id,
        *procedure.micro_credential.authors.values_list("pk", flat=True),
        *procedure.members.values_list("user_id", flat=True),
        *signed.values_list("sign_offs__signed_by_id", flat=True),
    }


def has_interest_in(procedure: Any, user_id: int) -> bool:
    return user_id in interested_in(procedure)

"""May this person? Predicates `(thing, user) -> bool`; the state is asked elsewhere.

Duties are separated by person: whoever applies never acts for the office in the own
case, whatever roles they hold.
"""

from typing import Any

from qa.enums import Role
from qa.permissions import holds
from recognition.guards.comparison import FREE_OF_CONFLICT

READS_TRUST = (
    Role.RECOGNITION_OFFICER,
    Role.HEAD_OF_RECOGNITION,
    Role.COMMITTEE_SECRETARY,
    Role.AUDITOR,
)


def application_of(thing: Any) -> Any:
    """The application a thing of the second house belongs to."""
    return getattr(thing, "application", thing)


def is_applicant(thing: Any, user: Any) -> bool:
    return user.is_active and application_of(thing).applicant_id == user.pk


def _acts_for_the_office(thing: Any, user: Any, role: Role) -> bool:
    return not is_applicant(thing, user) and holds(user, role)


def is_officer(thing: Any, user: Any) -> bool:
    return _acts_for_the_office(thing, user, Role.RECOGNITION_OFFICER)


def is_head(thing: Any, user: Any) -> bool:
    return _acts_for_the_office(thing, user, Role.HEAD_OF_RECOGNITION)


def is_committee_secretary(thing: Any, user: Any) -> bool:
    return _acts_for_the_office(thing, user, Role.COMMITTEE_SECRETARY)


def files(thing: Any, user: Any) -> bool:
    """The applicant, or an officer who files a paper file for somebody else."""
    application = application_of(thing)
    return is_applicant(thing, user) or (
        application.is_paper_file and is_officer(thing, user)
    )


def is_assessor(thing: Any, user: Any) -> bool:
    """The assessor named for this application, in person."""
    application = application_of(thing)
    return (
        not is_applicant(thing, user)
        and application.assessors.filter(user=user, replaced_at=None).exists()
    )


def compares(thing: Any, user: Any) -> bool:
    """The assessor named, once free of conflict."""
    if not is_assessor(thing, user):
        return False
    return application_of(thing).assessor.declaration in FREE_OF_CONFLICT


def is_officer_or_assessor(thing: Any, user: Any) -> bool:
    return is_officer(thing, user) or compares(thing, user)


def is_officer_or_system(thing: Any, user: Any) -> bool:
    return user.is_service or is_officer(thing, user)


def is_applicant_or_system(thing: Any, user: Any) -> bool:
    return user.is_service or is_applicant(thing, user)


def works_on(thing: Any, user: Any) -> bool:
    """Whoever handles or reads the file for the office."""
    return any(
        _acts_for_the_office(thing, user, role)
        for role in (
            Role.RECOGNITION_OFFICER,
            Role.HEAD_OF_RECOGNITION,
            Role.COMMITTEE_SECRETARY,
        )
    ) or compares(thing, user)


def proposes_trust(_thing: Any, user: Any) -> bool:
    """Officers and their head put entries into the register of trust."""
    return holds(user, Role.RECOGNITION_OFFICER) or holds(
        user, Role.HEAD_OF_RECOGNITION
    )


def reads_trust(_thing: Any, user: Any) -> bool:
    return any(holds(user, role) for role in READS_TRUST)


def heads_office(_thing: Any, user: Any) -> bool:
    return holds(user, Role.HEAD_OF_RECOGNITION)


def decides_on_trust(entry: Any, user: Any) -> bool:
    """The head, but not on what they proposed or on a key of their own application."""
    seen = entry.seen_in
    own = seen is not None and seen.application.applicant_id == user.pk
    return heads_office(entry, user) and entry.added_by_id != user.pk and not own


def checks_again(application: Any, user: Any) -> bool:
    """Officers and their head; a file that is filed is verified as it comes."""
    return is_officer(application, user) or is_head(application, user)


def checks_files(application: Any, user: Any) -> bool:
    return (
        user.is_service or files(application, user) or checks_again(application, user)
    )

"""In which role a person acts, where a row of the machines names more than one."""

from collections.abc import Callable, Mapping
from typing import Any

from qa import permissions as may
from qa.enums import Role

# Things of the second house are asked by the names of their fields; nothing is imported.
PLAYS: Mapping[str, Callable[[Any, Any], bool]] = {
    "system": lambda _thing, user: user.is_service,
    "coordinator": may.is_coordinator,
    "author": lambda thing, user: may.is_author(_procedure(thing), user),
    "the member": may.is_this_member,
    "applicant": lambda thing, user: _application(thing).applicant_id == user.pk,
    "assessor": lambda thing, user: (
        _application(thing).assessors.filter(user=user, replaced_at=None).exists()
    ),
    "head of department": lambda _thing, user: may.holds(user, Role.HEAD_OF_DEPARTMENT),
    "QA officer": lambda _thing, user: may.holds(user, Role.QA_OFFICER),
    "dean's office": lambda _thing, user: may.holds(user, Role.DEANS_OFFICE),
    "CEAC chair": lambda _thing, user: may.holds(user, Role.CEAC_CHAIR),
    "board secretary": lambda _thing, user: may.holds(user, Role.BOARD_SECRETARY),
    "senate secretary": lambda _thing, user: may.holds(user, Role.SENATE_SECRETARY),
    "recognition officer": lambda _thing, user: may.holds(
        user, Role.RECOGNITION_OFFICER
    ),
    "head of the recognition office": lambda _thing, user: may.holds(
        user, Role.HEAD_OF_RECOGNITION
    ),
    "committee secretary": lambda _thing, user: may.holds(
        user, Role.COMMITTEE_SECRETARY
    ),
}
# A row that another act brings with it is taken in the role of that act.
BROUGHT = {"the decision": "senate secretary, committee secretary"}
# Acts that move nothing have no row; these are the roles that take them.
NOTED = {
    "sign_off": "head of department",
    "add_author": "coordinator, author",
    "attach": "coordinator, author",
    "take_off": "coordinator, author",
    "allow_further_return": "CEAC chair",
    "challenge": "coordinator",
    "waive_challenge": "coordinator",
    "decide_challenge": "CEAC chair",
    "reply_to_report": "coordinator",
    "reply_term_over": "system",
    "record_opinion": "CEAC chair, board secretary",
    "vote_not_carried": "senate secretary, dean's office, CEAC chair, board secretary,"
    " committee secretary",
    "set_withdrawal": "senate secretary",
    "set_last_day": "senate secretary",
    "extend": "CEAC chair, recognition officer",
    "issue_letter": "senate secretary, QA officer, recognition officer,"
    " committee secretary",
    "issue_result": "recognition officer",
    "withdraw_result": "head of the recognition office, recognition officer",
    "move_item": "committee secretary",
    "name_assessor": "head of the recognition office",
    "declare_conflict": "assessor",
    "judge_conflict": "head of the recognition office",
    "amend_proposal": "assessor",
    "add_document": "applicant, recognition officer, assessor",
    "check_file": "applicant, recognition officer, head of the recognition office,"
    " system",
    "read_document": "recognition officer, assessor, head of the recognition office,"
    " committee secretary",
    "resolve_issuer": "recognition officer",
    "record_verification": "recognition officer",
    "allow_further_request": "head of the recognition office",
    "answer_request": "applicant, recognition officer, assessor",
    "record_fee": "applicant, recognition officer",
    "save_background_paper": "applicant, recognition officer",
    "items_sent": "applicant",
    "settle_item": "recognition officer",
    "tell_delay": "recognition officer",
}


def played(thing: Any, user: Any, named: str) -> str:
    """The one of the roles named that the person plays here."""
    candidates = BROUGHT.get(named, named).split(", ")
    if len(candidates) == 1:
        return candidates[0]
    return next((one for one in candidates if PLAYS[one](thing, user)), "")


def noted(thing: Any, user: Any, act: str) -> str:
    """The role in which an act without a row was taken."""
    return played(thing, user, NOTED.get(act, ""))


def _procedure(thing: Any) -> Any:
    return getattr(thing, "procedure", thing)


def _application(thing: Any) -> Any:
    return getattr(thing, "application", thing)

"""What guards judge stands in the record: changed past the services, it is found."""

import pytest
from django.db import transaction

from qa import verification
from qa.models import Case, Event, Procedure
from tests.qa.tampered import sql

pytestmark = pytest.mark.django_db

OF_PROCEDURE = "UPDATE qa_procedure SET {} WHERE micro_credential_id = %s"
OF_SIGNATURE = (
    "{} WHERE version_id IN (SELECT id FROM qa_version WHERE micro_credential_id = %s)"
)
OF_DECLARATION = (
    "UPDATE qa_conflictdeclaration SET {} WHERE member_id IN"
    " (SELECT m.id FROM qa_panelmember m JOIN qa_procedure p ON p.id = m.procedure_id"
    " WHERE p.micro_credential_id = %s)"
)
OF_RETURN = (
    "{} WHERE procedure_id IN"
    " (SELECT id FROM qa_procedure WHERE micro_credential_id = %s)"
)
AUTHORS = "qa_microcredential_authors"
# The stage of the case, what is done to its rows, and the act that swore to them.
JUDGED = {
    "signer": (
        "approved",
        OF_SIGNATURE.format("UPDATE qa_signoff SET signed_by_id = signed_by_id + 1"),
        "sign_off",
    ),
    "signed revision": (
        "approved",
        OF_SIGNATURE.format("UPDATE qa_signoff SET revision = revision + 1"),
        "sign_off",
    ),
    "no signature": (
        "approved",
        OF_SIGNATURE.format("DELETE FROM qa_signoff"),
        "sign_off",
    ),
    "coordinator": (
        "approved",
        OF_PROCEDURE.format("coordinator_id = coordinator_id + 1"),
        "A01",
    ),
    "route": ("approved", OF_PROCEDURE.format("route = 'R3'"), "A01"),
    "version": ("submitted", OF_PROCEDURE.format("version_id = NULL"), "A01"),
    "submitted at": (
        "submitted",
        OF_PROCEDURE.format("submitted_at = '2020-01-01 10:00:00'"),
        "A03",
    ),
    "returns used": ("returned", OF_PROCEDURE.format("returns_used = 0"), "A04"),
    "return term": (
        "returned",
        OF_PROCEDURE.format("return_term_on = '2040-01-01'"),
        "A04",
    ),
    "version written on after a return": (
        "returned",
        OF_PROCEDURE.format("version_id = NULL"),
        "V1",
    ),
    "item to complete": (
        "returned",
        OF_RETURN.format("UPDATE qa_returnitem SET why = 'none'"),
        "A04",
    ),
    "no item to complete": (
        "returned",
        OF_RETURN.format("DELETE FROM qa_returnitem"),
        "A04",
    ),
    "challenge term": (
        "panel_setup",
        OF_PROCEDURE.format("challenge_until = '2020-01-01'"),
        "P1",
    ),
    "reply term": (
        "factual_check",
        OF_PROCEDURE.format("factual_check_until = '2040-01-01'"),
        "A13",
    ),
    "replied": (
        "approved",
        OF_PROCEDURE.format("replied_at = NULL"),
        "reply_to_report",
    ),
    "conflict grounds": ("approved", OF_DECLARATION.format("grounds = '[1]'"), "D1"),
    "conflict text": ("approved", OF_DECLARATION.format("text = 'x'"), "D1"),
    "no author": (
        "approved",
        f"DELETE FROM {AUTHORS} WHERE microcredential_id = %s",  # noqa: S608
        "A01",
    ),
    "another author": (
        "approved",
        f"UPDATE {AUTHORS} SET user_id = user_id + 1 WHERE microcredential_id = %s",  # noqa: S608
        "A01",
    ),
    "faculty": (
        "approved",
        "UPDATE qa_microcredential SET unit_id = unit_id + 1 WHERE case_id = %s",
        "A01",
    ),
    "remark": (
        "factual_check",
        OF_RETURN.format("UPDATE qa_remark SET text = 'x'"),
        "reply_to_report",
    ),
    "employer of a member": (
        "approved",
        OF_RETURN.format("UPDATE qa_panelmember SET employer = 'x'"),
        "P1",
    ),
    "place of a version": (
        "approved",
        "UPDATE qa_version SET number = 9 WHERE micro_credential_id = %s",
        "V1",
    ),
}


@pytest.mark.parametrize("name", JUDGED)
def test_what_a_guard_judges_is_found_at_its_act(stages, name: str) -> None:
    stage, sentence, act = JUDGED[name]
    procedure = Procedure.objects.get(pk=stages[stage].procedure_id)
    case = Case.objects.get(pk=procedure.micro_credential_id)

    with transaction.atomic():
        sql(sentence, case.pk)
        found = [one for one in verification.verify() if one.case]
        transaction.set_rollback(True)

    assert [one.case for one in found] == [case.number]
    told = Event.objects.get(case=case, sequence=found[0].sequence)
    assert act in (told.row, told.act)

"""Rows put past the door, by whoever owns the database, are found: no act names them."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from qa import clock, unrecorded, verification
from qa.models import (
    ConditionExtension,
    Document,
    PanelMember,
    Procedure,
    SignOff,
)
from reports import codes
from reports.models import IssuedLetter
from reports.services import issue_letter
from tests.qa.tampered import triggers_lifted

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided(stages: Any) -> Procedure:
    """A decided procedure whose letter went out."""
    found = Procedure.objects.get(pk=stages["approved"].procedure_id)
    decision = found.decisions.get(kind="decision")
    issue_letter(decision=decision, by=decision.recorded_by)
    return found


def again(row: models.Model, **changes: Any) -> models.Model:
    """The row once more, as a new one."""
    row.pk = None
    row._state.adding = True  # noqa: SLF001  as Django documents copying
    for name, value in changes.items():
        setattr(row, name, value)
    with triggers_lifted():
        models.Model.save_base(row, force_insert=True)
    return row


def another_opinion(decided: Procedure) -> models.Model:
    opinion = decided.decisions.filter(kind="opinion").first()
    assert opinion is not None
    return again(opinion, act_number=f"{opinion.act_number}9")


def another_signature(decided: Procedure) -> models.Model:
    return again(SignOff.objects.get(version=decided.version), revision=999)


def another_document(decided: Procedure) -> models.Model:
    case = decided.micro_credential.case
    document = Document(case=case, kind="annex", title="x", added_at=clock.now())
    return again(document, added_by=decided.coordinator)


def another_member(decided: Procedure) -> models.Model:
    seat = PanelMember.objects.filter(procedure=decided, role="student").first()
    assert seat is not None
    return again(seat, user=decided.coordinator)


def another_letter(decided: Procedure) -> models.Model:
    letter = IssuedLetter.objects.get(decision__procedure=decided)
    return again(letter, code=codes.new_code(), decision=decided.decisions.first())


def an_extension(decided: Procedure) -> models.Model:
    condition = decided.decisions.get(kind="decision").conditions.first()
    assert condition is not None
    extension = ConditionExtension(
        condition=condition,
        deadline=clock.add_days(condition.deadline, 30),
        reason="x",
        granted_at=clock.now(),
        granted_by=decided.coordinator,
    )
    return again(extension)


@pytest.mark.parametrize(
    "insert",
    [
        another_opinion,
        another_signature,
        another_document,
        another_member,
        another_letter,
        an_extension,
    ],
)
def test_a_row_that_no_act_put_there_is_found(decided: Procedure, insert: Any) -> None:
    row = insert(decided)
    found = [one for one in verification.verify() if f" {row.pk} stands" in one.what]

    assert [one.case for one in found] == [decided.micro_credential.case.number]
    assert row._meta.label_lower in found[0].what


def test_rows_that_acts_put_there_are_no_breaks(decided: Procedure) -> None:
    assert verification.verify() == []


def test_every_recorded_row_leads_to_its_case(decided: Procedure) -> None:
    """Else nobody could say where a row that was put there stands."""
    for model in unrecorded.recorded_models():
        row = model._base_manager.first()
        if row is not None:
            assert unrecorded.case_of(row) is not None, model._meta.label


def test_what_stands_unrecorded_is_few() -> None:
    """Each of these needs another reason to be believed."""
    unnamed = {
        model._meta.label
        for model in apps.get_models()
        if getattr(model, "stands_unrecorded", False)
    }

    assert unnamed == {
        "qa.MicroCredential",
        "qa.Remark",
        "qa.Report",
        "recognition.Proposal",
        "recognition.TrustDecision",
        "recognition.TrustEntry",
    }

"""What the committee resolved stands in the record: a changed row is found."""

import pytest
from django.db import connection, models

from qa import record, triggers, verification
from qa.models import Event
from recognition.models import Proposal, RecognitionDecision
from tests.factories import recognition as r


def test_a_changed_resolution_is_found_at_its_act(office):
    application = r.at(office, "decided")
    record.seal_changed_cases()
    before = {one.case for one in verification.verify()}

    connection.check_constraints()
    triggers.lift()
    RecognitionDecision.objects.filter(application=application).update(
        comparison_en="Nothing was compared."
    )
    connection.check_constraints()
    triggers.install()

    told = Event.objects.get(case_id=application.pk, row="B20")
    found = [one for one in verification.verify() if one.case not in before]
    assert [(one.case, one.sequence) for one in found] == [
        (application.case.number, told.sequence)
    ]
    assert told.role == "committee secretary"


def notified(office):
    return r.notify(office, r.at(office, "decided"))


# Rows, which of them, what they are made to say, and the act that swore to the first.
OTHERWISE = {
    "outcome": ("pk", {"outcome": "refused"}, "B20"),
    "decided on": ("pk", {"decided_on": "2020-01-01"}, "B20"),
    "delivered on": ("pk", {"delivered_on": "2020-01-01"}, "B21"),
    "appeal until": ("pk", {"appeal_until": "2040-01-01"}, "B21"),
    "time limit": ("pk", {"limit_on": "2040-01-01"}, "B04"),
    "proposal": ("proposal", {"reasons": "None."}, "B18"),
    "grid": ("rows", {"credential_value": "Nothing."}, "B18"),
    "verification": ("verifications", {"evidence": "Nothing."}, "record_verification"),
}


@pytest.mark.parametrize("name", OTHERWISE)
def test_what_else_the_decision_rests_on_is_found_at_its_act(office, name):
    which, changes, act = OTHERWISE[name]
    application = notified(office)
    before = {one.case for one in verification.verify()}

    connection.check_constraints()
    triggers.lift()
    rows_of(application, which).update(**changes)
    connection.check_constraints()
    triggers.install()

    told = Event.objects.filter(
        models.Q(row=act) | models.Q(act=act), case_id=application.pk
    )
    found = [one for one in verification.verify() if one.case not in before]
    assert [(one.case, one.sequence) for one in found] == [
        (application.case.number, told.earliest("sequence").sequence)
    ]


def rows_of(application, which):
    if which == "pk":
        return type(application).objects.filter(pk=application.pk)
    if which == "proposal":
        return Proposal.objects.filter(application=application)
    return getattr(application, which).all()


def test_a_decision_of_the_committee_seals(office, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        application = r.at(office, "decided")

    case = application.case
    case.refresh_from_db()
    assert case.sealedhead.events == case.events_written

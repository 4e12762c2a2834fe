"""What the committee resolved stands in the record: a changed row is found."""

from django.db import connection

from qa import record, triggers, verification
from qa.models import Event
from recognition.models import RecognitionDecision
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


def test_a_decision_of_the_committee_seals(office, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        application = r.at(office, "decided")

    case = application.case
    case.refresh_from_db()
    assert case.sealedhead.events == case.events_written

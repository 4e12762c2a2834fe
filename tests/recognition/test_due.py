"""What time does in recognition: terms of requests, finality after the appeal term."""

import pytest

from qa import clock, due, verification
from recognition.services import closing
from tests.factories import recognition as r
from tests.recognition.stories import ask, later

pytestmark = pytest.mark.django_db


def test_request_nobody_answered_goes_on_after_its_term(office):
    application = ask(office, r.at(office, "comparing"))

    with later(30):
        assert due.run().done == {}
    with later(31):
        outcome = due.run()

    assert (dict(outcome.done), outcome.failures) == ({"B12": 1}, [])
    resumed = r.again(application)
    assert (resumed.status, resumed.paused_days) == ("comparing", 30)


def test_decision_becomes_final_when_the_appeal_term_is_over(office):
    application = r.at(office, "notified")

    with later(30):
        assert due.run().done == {}
    with later(31):
        outcome = due.run()

    assert dict(outcome.done) == {"B22": 1}
    assert r.again(application).final_by.is_service
    assert verification.verify() == []


def test_appeal_keeps_the_decision_from_finality(office):
    application = r.at(office, "notified")
    closing.register_appeal(
        application=application, arrived_on=clock.today(), text="No", by=office.oana
    )

    with later(60):
        outcome = due.run()

    assert (dict(outcome.done), outcome.failures) == ({}, [])


def test_open_condition_keeps_the_decision_from_finality(office):
    application = r.at(office, "notified", outcome="conditional")

    with later(60):
        assert due.run().failures == []

    assert r.again(application).status == "notified"


def test_running_twice_a_day_does_nothing_more(office):
    r.at(office, "notified")
    with later(31):
        due.run()
        assert due.run().done == {}

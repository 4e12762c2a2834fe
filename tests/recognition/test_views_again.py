"""Sent twice, moved, extended: pages of acts that are taken once or corrected."""

import pytest

from qa.enums import Role
from qa.models import Message
from tests.factories import recognition as r
from tests.recognition.pages import page, send, words
from tests.recognition.stories import incomplete

pytestmark = pytest.mark.django_db


def test_saying_again_that_all_is_sent_does_nothing(office):
    application = incomplete(office)
    send(office.radu, "items_sent", application.pk)
    told = Message.objects.count()

    for _time in range(4):
        send(office.radu, "items_sent", application.pk)

    shown = words(page(office.radu, "own_application", application.pk))
    assert Message.objects.count() == told
    assert application.case.events.filter(act="items_sent").count() == 1
    assert "You said that everything is sent" in shown
    assert "I have sent everything I can" not in shown


def test_the_same_appeal_is_registered_once(office):
    application = r.at(office, "notified")
    said = {"arrived_on": "2026-11-02", "text": "The outcomes are covered."}

    first = send(office.oana, "office_act", application.pk, "appeal", **said)
    again = send(office.oana, "office_act", application.pk, "appeal", **said)
    other = send(
        office.oana, "office_act", application.pk, "appeal", **said | {"text": "More."}
    )

    assert (first.status_code, again.status_code, other.status_code) == (302, 422, 302)
    assert "registered already" in words(again)
    assert [appeal.grounds for appeal in application.appeals.order_by("pk")] == [
        "The outcomes are covered.",
        "More.",
    ]


def test_secretary_moves_an_item_and_the_record_says_so(office):
    application = r.at(office, "in_committee")
    said = {"meeting_on": "2026-11-16", "reason": "No quorum"}

    shown = page(office.mara, "office_act", application.pk, "move")
    far = send(
        office.mara,
        "office_act",
        application.pk,
        "move",
        **said | {"meeting_on": "2199-12-31"},
    )
    moved = send(office.mara, "office_act", application.pk, "move", **said)

    told = words(page(office.mara, "application_detail", application.pk))
    assert (shown.status_code, far.status_code, moved.status_code) == (200, 422, 302)
    assert "more than a year away" in words(far)
    assert "moved to the meeting on 16 Nov 2026" in told
    assert "No quorum" in told


def conditional(office):
    application = r.at(office, "notified", outcome="conditional")
    return application, application.resolution.decision.conditions.get()


LATER = {"deadline": "2027-08-01", "reason": "The exam is in June"}


def test_officer_extends_the_term_of_a_condition_once(office):
    application, condition = conditional(office)

    offered = words(page(office.oana, "application_detail", application.pk))
    shown = page(office.oana, "condition_extend", application.pk, condition.pk)
    early = send(
        office.oana,
        "condition_extend",
        application.pk,
        condition.pk,
        **LATER | {"deadline": "2026-11-03"},
    )
    done = send(office.oana, "condition_extend", application.pk, condition.pk, **LATER)
    again = send(office.oana, "condition_extend", application.pk, condition.pk, **LATER)

    told = words(page(office.radu, "own_application", application.pk))
    after = words(page(office.oana, "application_detail", application.pk))
    assert "Extend the term once" in offered
    assert "Extend the term once" not in after
    assert shown.status_code == 200
    assert (early.status_code, done.status_code, again.status_code) == (422, 302, 422)
    assert "extended once" in told
    assert "The exam is in June" in told
    assert "term of a condition extended" in after


def test_condition_is_judged_beside_its_extension(office):
    application, condition = conditional(office)
    send(
        office.radu,
        "condition_evidence",
        application.pk,
        condition.pk,
        evidence="Record 12",
    )

    before = words(page(office.oana, "condition_judge", application.pk, condition.pk))
    send(office.oana, "condition_extend", application.pk, condition.pk, **LATER)
    after = words(page(office.oana, "condition_judge", application.pk, condition.pk))

    assert "Extend the term once" in before
    assert "Extend the term once" not in after


@pytest.mark.parametrize(
    ("name", "status"), [("radu", 404), ("horia", 403), ("mara", 403)]
)
def test_nobody_else_extends_it_nor_the_own(office, name, status):
    application, condition = conditional(office)
    r.appoint(office.radu, Role.RECOGNITION_OFFICER)

    refused = send(
        office.people[name], "condition_extend", application.pk, condition.pk, **LATER
    )

    assert refused.status_code == status
    assert not hasattr(type(condition).objects.get(pk=condition.pk), "extension")


def test_owner_who_handles_cases_does_not_extend_the_own_condition(office):
    application, condition = conditional(office)
    type(condition).objects.filter(pk=condition.pk).update(owner=office.oana)

    refused = send(
        office.oana, "condition_extend", application.pk, condition.pk, **LATER
    )
    looked = words(page(office.oana, "condition_judge", application.pk, condition.pk))

    assert refused.status_code == 403
    assert "Extend the term once" not in looked

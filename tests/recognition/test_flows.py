"""Whose turn it is: the course of an application follows its state, row by row."""

import pytest

from qa import clock
from qa.flows import bpmn
from qa.flows.desk import Desk, FlowDisagrees
from qa.models import Turn
from recognition import flows
from recognition.enums import ApplicationStatus
from recognition.flows import RecognitionFlow
from recognition.flows.course import DRIVERS, INTERRUPTING, TURNS
from recognition.models import RecognitionApplication, RecognitionProcess
from recognition.services import closing, comparing, filing, handling
from tests.factories import recognition as r
from tests.recognition.stories import ask, conflicted, incomplete
from tests.recognition.test_machine_table import TABLE

pytestmark = pytest.mark.django_db


def turns(application):
    """Open turns as (step, person or office)."""
    open_ones = Turn.objects.filter(
        process__artifact_object_id=application.pk, finished=None
    ).order_by("pk")
    return [
        (
            turn.flow_task.name,
            turn.owner.email.partition("@")[0]
            if turn.owner
            else (turn.owner_permission or "").removeprefix("role:"),
        )
        for turn in open_ones
    ]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("draft", [("filing", "radu")]),
        ("submitted", [("completeness", "recognition_officer")]),
        ("complete", [("issuer", "recognition_officer")]),
        ("verifying", [("verification", "recognition_officer")]),
        ("tracked", [("naming", "head_of_recognition")]),
        ("comparing", [("comparison", "ana")]),
        ("proposed", [("agenda", "committee_secretary")]),
        ("in_committee", [("decision", "committee_secretary")]),
        ("decided", [("notification", "recognition_officer")]),
        ("notified", [("finality", "")]),
        ("final", []),
    ],
)
def test_each_state_waits_for_its_person(office, status, expected):
    assert turns(r.at(office, status)) == expected


def test_missing_items_wait_for_the_applicant_then_for_the_officer(office):
    application = incomplete(office)
    assert turns(application) == [("supply", "radu")]

    filing.report_items_sent(application=application, by=office.radu)

    assert turns(application) == [("settlement", "recognition_officer")]


def test_officer_may_settle_before_the_applicant_says_so(office):
    application = incomplete(office)
    for item in application.missing_items.all():
        filing.settle_item(item=item, stand="received", by=office.oana)

    assert turns(r.complete(office, application)) == [("issuer", "recognition_officer")]


@pytest.mark.parametrize(
    ("status", "back_to"),
    [
        ("complete", ("issuer", "recognition_officer")),
        ("verifying", ("verification", "recognition_officer")),
        ("tracked", ("naming", "head_of_recognition")),
        ("comparing", ("comparison", "ana")),
        ("proposed", ("agenda", "committee_secretary")),
    ],
)
def test_question_interrupts_and_comes_back(office, status, back_to):
    application = ask(office, r.at(office, status))
    assert turns(application) == [("answer", "radu")]

    handling.answer_request(application=application, answer="Yes", by=office.radu)
    assert turns(application) == [("resumption", "recognition_officer")]

    handling.resume(application=application, by=office.oana)
    assert turns(application) == [back_to]


def test_question_to_the_issuer_waits_for_the_office(office):
    application = handling.request_information(
        application=r.at(office, "complete"),
        question=handling.Question("Is it genuine?", "Doubt", "issuer"),
        by=office.oana,
    )

    assert turns(application) == [("enquiry", "recognition_officer")]


def test_named_assessor_has_the_turn(office):
    application = r.at(office, "tracked")
    comparing.name_assessor(
        application=application, assessor=office.ana, by=office.horia
    )

    assert turns(application) == [("declaration", "ana")]


def test_declared_conflict_waits_for_the_head(office):
    application = conflicted(office)
    assert turns(application) == [("clearing", "head_of_recognition")]

    comparing.judge_conflict(
        application=application, cleared=True, reasons="Long ago", by=office.horia
    )
    assert turns(application) == [("declaration", "ana")]


def test_upheld_conflict_waits_for_another_name(office):
    application = conflicted(office)
    comparing.judge_conflict(
        application=application, cleared=False, reasons="Close", by=office.horia
    )

    assert turns(application) == [("naming", "head_of_recognition")]


def test_replaced_assessor_hands_the_comparison_on(office):
    application = r.at(office, "comparing")
    comparing.name_assessor(
        application=application, assessor=office.anca, by=office.horia
    )
    assert turns(application) == [("comparison", "anca")]

    comparing.declare_conflict(
        application=application, conflicts=["family"], text="Cousin", by=office.anca
    )
    assert turns(application) == [("clearing", "head_of_recognition")]

    comparing.judge_conflict(
        application=application, cleared=False, reasons="Close", by=office.horia
    )
    assert turns(application) == [("naming", "head_of_recognition")]


@pytest.mark.parametrize("status", ["draft", "submitted", "comparing", "in_committee"])
def test_withdrawal_leaves_nobody_a_turn(office, status):
    application = filing.withdraw_application(
        application=r.at(office, status), by=office.radu
    )

    assert turns(application) == []
    process = RecognitionProcess.objects.get(artifact_object_id=application.pk)
    assert process.status == "DONE"


def test_final_decision_ends_the_course(office):
    application = r.at(office, "final")

    assert RecognitionProcess.objects.get().status == "DONE"
    assert RecognitionProcess.objects.get().application == application


def test_registered_appeal_keeps_the_course_open(office):
    application = r.at(office, "notified")
    closing.register_appeal(
        application=application, arrived_on=clock.today(), text="No", by=office.oana
    )

    assert turns(application) == [("finality", "")]


def test_handing_the_same_act_on_again_changes_nothing(office):
    application = r.at(office, "comparing")
    before = turns(application)

    for row in ("B00", "B15"):
        flows.hand_on(application, row, None)

    assert turns(application) == before


def test_course_that_stands_elsewhere_undoes_the_act(office):
    application = r.at(office, "submitted")
    Desk(RecognitionFlow, application).clear()

    with pytest.raises(FlowDisagrees):
        r.complete(office, application)

    assert r.again(application).status == "submitted"


def test_application_without_course_says_so(office):
    application = r.at(office, "submitted")
    RecognitionProcess.objects.all().delete()

    with pytest.raises(FlowDisagrees):
        r.complete(office, application)


def test_every_row_has_one_driver():
    moving = {row for row, _act in TABLE} - {"B23r"}
    assert moving == set(DRIVERS) | set(INTERRUPTING)


def test_every_state_names_its_turns():
    assert set(TURNS) == set(ApplicationStatus)
    named = {step for steps in TURNS.values() for step in steps}
    assert named <= {node.name for node in RecognitionFlow.instance.nodes()}


def test_chart_is_drawn():
    assert "Compare and propose an outcome" in bpmn(RecognitionFlow)


def test_course_is_found_from_the_application(office):
    application = r.at(office, "draft")
    found = RecognitionApplication.objects.filter(course__task__finished=None)

    assert found.first() == application

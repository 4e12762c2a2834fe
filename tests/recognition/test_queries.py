"""Who sees which file, and lists that cost the same at any length."""

from datetime import date, timedelta

import pytest

from qa import clock
from qa.enums import Role
from qa.models import Appointment
from qa.services.decision import submit_evidence
from qa.services.work import take_turn
from qa.tasks import due_until, waited_for_by, waiting_for
from recognition import queries
from recognition.models import RecognitionApplication
from recognition.services import comparing, deciding
from tests.factories import recognition as r
from tests.recognition.stories import conflicted, later

pytestmark = pytest.mark.django_db


def seen_by(user):
    return set(queries.applications_visible_to(user).values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("status", "names"),
    [
        ("draft", {"radu"}),
        ("submitted", {"radu", "oana", "horia", "mara"}),
        ("comparing", {"radu", "oana", "horia", "mara", "ana"}),
        (
            "in_committee",
            {"radu", "oana", "horia", "mara", "ana", "carmen", "cezar"}
            | {"corina", "cristi"},
        ),
    ],
)
def test_file_is_open_to_those_who_need_it(office, status, names):
    application = r.at(office, status)

    assert {
        name for name, user in office.people.items() if application.pk in seen_by(user)
    } == names


def test_recused_member_sees_nothing(office):
    application = r.at(office, "proposed")
    deciding.put_on_agenda(
        application=application,
        item=deciding.AgendaItem(
            office.committee, clock.today(), "3", {office.cezar.pk: "Colleague"}
        ),
        by=office.mara,
    )

    assert application.pk not in seen_by(office.cezar)
    assert application.pk in seen_by(office.carmen)


@pytest.mark.parametrize("role", sorted(queries.SEES_ALL))
def test_a_recusal_keeps_out_whatever_office_is_held(office, role):
    application = r.at(office, "proposed")
    r.appoint(office.cezar, role)
    assert application.pk in seen_by(office.cezar)

    deciding.put_on_agenda(
        application=application,
        item=deciding.AgendaItem(
            office.committee, clock.today(), "3", {office.cezar.pk: "Colleague"}
        ),
        by=office.mara,
    )

    assert application.pk not in seen_by(office.cezar)
    assert not queries.office_queue(office.cezar).exists()


def test_assessor_with_an_office_still_reads_what_is_recused_from_voting_on(office):
    application = r.at(office, "in_committee")
    r.appoint(office.ana, Role.AUDITOR)

    assert application.recusals.filter(user=office.ana).exists()
    assert application.pk in seen_by(office.ana)


def test_replaced_assessor_no_longer_sees_the_file(office):
    application = r.at(office, "comparing")
    application.assessors.update(replaced_at=clock.now(), replaced_by=office.horia)

    assert application.pk not in seen_by(office.ana)


def test_assessor_sees_the_file_once_free_of_conflict(office):
    application = conflicted(office)
    assert application.pk not in seen_by(office.ana)

    comparing.judge_conflict(
        application=application, cleared=True, reasons="Long ago", by=office.horia
    )

    assert application.pk in seen_by(office.ana)


def test_an_upheld_conflict_keeps_out_whatever_office_is_held(office):
    application = conflicted(office)
    Appointment.objects.create(
        user=office.ana, role=Role.AUDITOR, valid_from=clock.today()
    )
    assert application.pk in seen_by(office.ana)

    comparing.judge_conflict(
        application=application, cleared=False, reasons="A cousin", by=office.horia
    )

    assert application.pk not in seen_by(office.ana)


def fill(office, count):
    for _number in range(count):
        r.at(office, "submitted")


@pytest.mark.parametrize("count", [1, 3])
def test_queue_costs_the_same_at_any_length(office, count, django_assert_num_queries):
    fill(office, count)

    with django_assert_num_queries(2):
        rows = list(queries.office_queue(office.oana))
        names = [
            (row.case.number, str(row.applicant), str(row.credential.issuer))
            for row in rows
        ]

    assert len(names) == count


def test_queue_is_sorted_by_the_day_that_comes_first(office):
    with later(1):
        second = r.at(office, "submitted")
    first = r.at(office, "submitted")

    assert [row.pk for row in queries.office_queue(office.oana)] == [
        first.pk,
        second.pk,
    ]


def test_officer_does_not_handle_the_own_application(office):
    r.at(office, "submitted")
    r.appoint(office.radu, "recognition_officer")

    assert not queries.office_queue(office.radu).exists()


def test_paused_case_is_not_past_its_limit(office):
    application = r.at(office, "complete")
    far = clock.today() + timedelta(days=400)

    assert queries.past_limit(far).get() == application
    RecognitionApplication.objects.filter(pk=application.pk).update(
        status="info_requested", paused_from=clock.today(), returns_to="complete"
    )
    assert not queries.past_limit(far).exists()


def test_issuer_not_covered_on_the_day_is_unknown_never_negative(office):
    issuer = r.issuer(date(2020, 1, 1), date(2024, 12, 31))

    assert queries.suggested_status(issuer, date(2024, 6, 30)) == "recognised_hei"
    assert queries.suggested_status(issuer, date(2025, 6, 30)) == ""
    assert queries.suggested_status(None, date(2025, 6, 30)) == ""


def test_own_closures_belong_to_the_clock(office):
    application = r.at(office, "draft")

    rule = queries.clock_rule(application)

    assert rule.country == "RO"
    assert date(2026, 11, 5) in rule.closures


# The list of work


def lines(work):
    return [(item.what_to_do, item.case_number, item.url) for item in work]


def test_applicant_finds_the_draft_in_the_list_of_work(office):
    application = r.at(office, "draft")

    assert lines(waiting_for(office.radu)) == [
        (
            "Complete and submit the application",
            "R-2026-0001",
            f"/recognition/mine/{application.pk}/",
        )
    ]


def test_officer_takes_a_free_turn(office):
    application = r.at(office, "submitted")
    (item,) = waiting_for(office.oana)
    assert item.can_be_taken
    assert item.title == application.credential.title

    take_turn(turn_id=item.row_id, by=office.oana)

    assert lines(waiting_for(office.oana)) == [
        (
            "Check whether the file is complete",
            "R-2026-0001",
            f"/recognition/office/{application.pk}/",
        )
    ]


def test_applicant_sees_whom_the_application_waits_for(office):
    r.at(office, "comparing")

    (item,) = waited_for_by(office.radu)

    assert item.owner == "Ana Dunăreanu"


def test_condition_waits_for_nobody_before_the_letter_is_delivered(office):
    application = r.at(office, "decided", outcome="conditional")
    condition = application.resolution.decision.conditions.get()

    assert condition.owner == office.radu
    assert not lines(waiting_for(office.radu))
    assert condition.text_en not in str(
        [item.facts for item in due_until(condition.deadline)]
    )


def test_condition_waits_for_the_applicant_then_for_the_office(office):
    application = r.at(office, "notified", outcome="conditional")
    condition = application.resolution.decision.conditions.get()
    (item,) = waiting_for(office.radu)
    assert item.what_to_do == "Show how the condition is met"
    assert item.due_on == condition.deadline

    submit_evidence(condition=condition, evidence="Record 12", by=office.radu)

    assert [i.what_to_do for i in waiting_for(office.oana)] == [
        "Judge whether the condition is met"
    ]

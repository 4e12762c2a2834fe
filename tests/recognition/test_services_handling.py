"""Issuer, verification, track and requests: what is written and refused."""

import pytest
from django.core.exceptions import PermissionDenied

from qa import clock
from qa.transitions import TransitionRefused
from recognition import limits
from recognition.services import filing, handling
from tests.factories import recognition as r
from tests.recognition.stories import ask, day, later

pytestmark = pytest.mark.django_db


# Issuer, verification, track


def test_issuer_is_judged_as_of_the_day_of_the_award(office):
    application = handling.resolve_issuer(
        application=r.at(office, "complete"), findings=r.findings(), by=office.oana
    )

    assert application.credential.status_as_of == day("2025-06-30")
    assert application.legal_instrument == "lisbon"


def test_country_outside_the_convention_falls_under_national_law(office):
    assert handling.instrument_for("US") == "national"
    assert handling.instrument_for("XX") == "none"


def test_issuer_is_not_judged_without_a_basis(office):
    with pytest.raises(TransitionRefused, match="on what basis"):
        handling.resolve_issuer(
            application=r.at(office, "complete"),
            findings=r.findings(basis=" "),
            by=office.oana,
        )


def test_file_without_an_issuers_name_goes_on_with_the_name_that_was_found(office):
    application = r.at(office, "complete", issuer_name="", awarding_body_name="Luz")

    with pytest.raises(TransitionRefused, match="Name the issuer"):
        handling.resolve_issuer(
            application=application, findings=r.findings(), by=office.oana
        )
    handling.resolve_issuer(
        application=application,
        findings=r.findings(
            issuer_name=" Universidad de la Luz ", awarding_body_name="Junta de la Luz"
        ),
        by=office.oana,
    )
    verifying = handling.start_verification(application=application, by=office.oana)

    credential = verifying.credential
    assert verifying.status == "verifying"
    assert credential.issuer_display == "Universidad de la Luz"
    assert credential.awarding_body_display == "Junta de la Luz"
    assert (credential.issuer_name, credential.awarding_body_name) == ("", "Luz")


def test_issuer_that_is_named_nowhere_blocks_nobody(office):
    application = r.at(
        office,
        "complete",
        issuer_name="",
        awarding_body_name="",
        missing=["awarding_body"],
    )
    findings = r.findings(
        issuer_is_named_nowhere=True, issuer_status="unknown", basis="Archive destroyed"
    )
    handling.resolve_issuer(application=application, findings=findings, by=office.oana)
    verifying = handling.start_verification(application=application, by=office.oana)

    told = verifying.case.events.get(act="resolve_issuer").facts["found"]
    assert verifying.credential.is_named_nowhere("issuer")
    assert told == {"issuer": {"name": "", "is_named_nowhere": True}}


def test_found_name_gives_way_to_what_is_found_later(office):
    application = r.at(office, "complete")
    for findings in (r.findings(issuer_name="Luz"), r.findings(issuer=r.issuer())):
        handling.resolve_issuer(
            application=application, findings=findings, by=office.oana
        )

    credential = r.again(application).credential
    assert credential.issuer_display == "Universidad de la Luz"
    assert credential.origins == {}


@pytest.mark.parametrize(
    "named",
    [
        {"issuer_name": "Luz", "issuer_is_named_nowhere": True},
        {"awarding_body_name": "Luz", "awarding_body_is_named_nowhere": True},
    ],
)
def test_party_is_named_in_one_way_only(office, named):
    with pytest.raises(TransitionRefused, match="Choose from the list, write a name"):
        handling.resolve_issuer(
            application=r.at(office, "complete"),
            findings=r.findings(**named),
            by=office.oana,
        )


def test_latest_verification_counts(office):
    application = r.at(office, "verifying")
    r.verify(office, application, "suspect")
    r.verify(office, application, "verified_by_issuer")

    assert r.again(application).authenticity == "verified_by_issuer"
    assert application.verifications.count() == 2


def test_automatic_recognition_is_refused_with_a_sentence(office):
    application = r.at(office, "verifying")
    r.verify(office, application)

    with pytest.raises(TransitionRefused, match="Take the standard track"):
        handling.choose_track(
            application=application, track="automatic", reason="AR", by=office.oana
        )


def test_refugee_file_without_any_document_is_not_blocked(office):
    application = r.at(
        office,
        "submitted",
        documents=[],
        title="",
        issued_on="",
        outcomes=[],
        level_kind="unknown",
        eqf_level=None,
        missing=["title", "issued_on", "outcomes", "level"],
    )
    filing.save_background_paper(
        application=application,
        paper={"education_path": "Two semesters of logistics"},
        by=office.radu,
    )
    r.verifying(office, r.complete(office, application))
    r.verify(office, application, "unverifiable")

    tracked = handling.choose_track(
        application=application, track="refugee", reason="LRC VII", by=office.oana
    )

    assert tracked.status == "tracked"


# Requests


@pytest.mark.parametrize(
    "status", ["complete", "verifying", "tracked", "comparing", "proposed"]
)
def test_request_returns_to_the_state_it_came_from(office, status):
    application = ask(office, r.at(office, status))
    assert application.status == "info_requested"
    with later(5):
        handling.answer_request(
            application=application, answer="The second.", by=office.radu
        )
    with later(9):
        resumed = handling.resume(application=application, by=office.oana)

    assert resumed.status == status
    assert resumed.paused_days == 5
    assert resumed.target_on == day("2026-12-07")
    assert resumed.limit_on == day("2027-03-07")


def test_second_request_needs_the_head_of_the_office(office):
    application = ask(office, r.at(office, "complete"))
    handling.answer_request(application=application, answer="A", by=office.radu)
    handling.resume(application=application, by=office.oana)

    with pytest.raises(TransitionRefused, match="head of the office"):
        ask(office, application, "Who taught it?")
    with pytest.raises(PermissionDenied):
        handling.allow_further_request(
            application=application, reason="Needed", by=office.oana
        )
    handling.allow_further_request(
        application=application, reason="Needed", by=office.horia
    )
    again = ask(office, application, "Who taught it?")

    assert again.open_request.agreed_by == office.horia
    assert again.further_request_at is None


def test_assessor_may_ask_while_comparing(office):
    application = ask(office, r.at(office, "comparing"), by=office.ana)

    assert application.returns_to == "comparing"


def test_question_that_others_could_answer_is_refused(office):
    with pytest.raises(TransitionRefused, match="find out the rest yourself"):
        handling.request_information(
            application=r.at(office, "complete"),
            question=handling.Question("Who accredits it?", "QA", "elsewhere"),
            by=office.oana,
        )


def test_applicant_does_not_answer_for_the_issuer(office):
    application = handling.request_information(
        application=r.at(office, "complete"),
        question=handling.Question("Is it genuine?", "Doubt", "issuer"),
        by=office.oana,
    )

    with pytest.raises(PermissionDenied):
        handling.answer_request(application=application, answer="Yes", by=office.radu)


def test_officer_does_not_go_on_before_reply_or_term(office):
    application = ask(office, r.at(office, "complete"))

    with later(30), pytest.raises(TransitionRefused, match="Neither has a reply"):
        handling.resume(application=application, by=office.oana)
    with later(31):
        resumed = handling.resume_after_term(application=application)

    assert (resumed.status, resumed.paused_days) == ("complete", 30)


def test_a_late_tick_does_not_lengthen_the_pause(office):
    application = ask(office, r.at(office, "complete"))
    request = application.open_request

    with later(40):
        shown = limits.read(application, clock.today())
        resumed = handling.resume_after_term(application=application)

    request.refresh_from_db()
    assert request.paused_to == request.term_on
    assert (resumed.paused_days, shown.paused_days) == (30, 30)
    assert resumed.target_on == shown.target_on == day("2027-01-01")
    assert resumed.limit_on == shown.limit_on == day("2027-04-01")


def test_a_reply_after_the_term_does_not_lengthen_the_pause(office):
    application = ask(office, r.at(office, "complete"))

    with later(35):
        handling.answer_request(
            application=application, answer="The second.", by=office.radu
        )
        resumed = handling.resume(application=application, by=office.oana)

    assert resumed.paused_days == 30


def test_withdrawal_closes_the_open_request(office):
    application = ask(office, r.at(office, "complete"))

    withdrawn = filing.withdraw_application(application=application, by=office.radu)

    assert withdrawn.open_request is None
    assert withdrawn.paused_from is None
    assert withdrawn.info_requests.get().closed_by == office.radu


@pytest.mark.parametrize(
    ("track", "outcome", "goes_on"),
    [
        ("standard", "partial", True),
        ("refugee", "partial", False),
        ("refugee", "refused", True),
    ],
)
def test_document_found_forged_later_is_off_the_standard_track_refused_or_waits(
    office, track, outcome, goes_on
):
    application = r.at(office, "comparing", track=track)
    r.verify(office, application, "forged")

    def propose():
        return r.propose(office, application, outcome).status

    if not goes_on:
        with pytest.raises(TransitionRefused, match="suspect or forged by the latest"):
            propose()
        r.verify(office, application, "verified_by_issuer")
    assert propose() == "proposed"

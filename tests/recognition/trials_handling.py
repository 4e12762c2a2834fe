"""Trials of rows B00 to B18: filing, handling, comparison, agenda."""

from datetime import timedelta
from typing import Any

from qa import clock
from qa.enums import CaseKind
from qa.models import Case, User
from recognition.enums import Addressee, ItemStand, VerificationResult
from recognition.models import (
    Assessor,
    InfoRequest,
    MissingItem,
    RecognitionApplication,
    Recusal,
)
from recognition.services import handling
from tests.factories import recognition as r
from tests.recognition.trial import (
    Trial,
    breaks,
    broken,
    ready,
    update,
    update_past_the_check,
)

# B00


@ready("B00")
def opening(office: r.Office) -> Trial:
    case = Case.objects.create(
        kind=CaseKind.RECOGNITION, number="R-2026-9999", opened_at=clock.now()
    )
    application = RecognitionApplication.objects.create(
        case=case,
        applicant=office.radu,
        rule_set=office.rules,
        opened_at=clock.now(),
        opened_by=office.radu,
        moved_at=clock.now(),
    )
    return Trial(office, application, "B00", office.radu, is_opening=True)


@breaks("rule_set_is_in_force", "B00")
def rules_of_tomorrow(trial: Trial) -> None:
    update(trial.thing.rule_set, valid_from=clock.today() + timedelta(days=1))


@breaks("paper_file_names_its_applicant", "B00")
def paper_of_oneself(trial: Trial) -> None:
    trial.update(is_paper_file=True)


# B01


@ready("submit")
def submitting(office: r.Office) -> Trial:
    facts = {
        "registry_number": "1/02.11.2026",
        "expected_on": clock.today(),
        "completeness_until": clock.today(),
    }
    return Trial(office, r.at(office, "draft"), "submit", office.radu, facts=facts)


@breaks("purpose_is_chosen", "submit")
def no_target(trial: Trial) -> None:
    trial.update(purpose_target=" ")


@breaks("outcome_is_asked_for", "submit")
def no_wish(trial: Trial) -> None:
    trial.update(outcome_requested="")


@breaks("information_sheet_is_accepted", "submit")
def no_sheet(trial: Trial) -> None:
    trial.update(information_sheet_at=None, information_sheet_by=None)


@breaks("fee_is_recorded", "submit")
def no_fee(trial: Trial) -> None:
    trial.update(fee="")


@breaks("credential_is_described", "submit")
def no_title(trial: Trial) -> None:
    update(trial.thing.credential, title="")


# B02 to B04


@ready("find_incomplete")
def incompleteness(office: r.Office) -> Trial:
    items = [MissingItem(what="Syllabus", why="It states the outcomes")]
    facts = {"items": items, "term": clock.today()}
    application = r.at(office, "submitted")
    return Trial(office, application, "find_incomplete", office.oana, facts=facts)


@breaks("missing_items_have_their_why", "find_incomplete")
def no_why(trial: Trial) -> None:
    trial.facts["items"][0].why = " "


@breaks("incompleteness_is_said_in_time", "find_incomplete")
def too_late(trial: Trial) -> None:
    trial.update(completeness_until=clock.today() - timedelta(days=1))


def _clock() -> dict[str, Any]:
    today = clock.today()
    return {"clock_started_on": today, "target_on": today, "limit_on": today}


@ready("find_complete")
def completeness(office: r.Office) -> Trial:
    application = r.at(office, "submitted")
    return Trial(office, application, "find_complete", office.oana, facts=_clock())


@ready("complete")
def completion(office: r.Office) -> Trial:
    trial = incompleteness(office)
    return Trial(office, trial.run(), "complete", office.oana, facts=_clock())


@breaks("every_item_is_settled", "complete", "find_complete")
def open_item(trial: Trial) -> None:
    MissingItem.objects.create(
        application=trial.thing, what="Syllabus", why="Outcomes", stand=ItemStand.OPEN
    )


@breaks("clock_starts_with_the_filing", "find_complete")
def started_the_day_before(trial: Trial) -> None:
    trial.facts["clock_started_on"] -= timedelta(days=1)


@breaks("clock_start_is_known", "complete")
def no_start(trial: Trial) -> None:
    trial.facts["clock_started_on"] = None


# B07, B08


@ready("start_verification")
def issuer_known(office: r.Office) -> Trial:
    application = handling.resolve_issuer(
        application=r.at(office, "complete"), findings=r.findings(), by=office.oana
    )
    return Trial(office, application, "start_verification", office.oana)


@breaks("issuer_is_resolved", "start_verification")
def no_issuer(trial: Trial) -> None:
    update(trial.thing.credential, issuer_name=" ")


@breaks("awarding_body_is_resolved", "start_verification")
def no_awarding_body(trial: Trial) -> None:
    update(trial.thing.credential, awarding_body_name="")


@breaks("statuses_are_judged_on_the_award_date", "start_verification")
def judged_as_of_today(trial: Trial) -> None:
    update(trial.thing.credential, status_as_of=clock.today())


@breaks("legal_instrument_is_chosen", "start_verification")
def no_instrument(trial: Trial) -> None:
    trial.update(legal_instrument="")


def _tracking(office: r.Office, track: str, result: str = "") -> Trial:
    application = r.at(office, "verifying")
    if result:
        r.verify(office, application, result)
    return Trial(
        office, application, "choose_track", office.oana, facts={"track": track}
    )


@ready("choose_track")
def tracking(office: r.Office) -> Trial:
    return _tracking(office, "standard", VerificationResult.VERIFIED_BY_ISSUER)


@broken("verification_is_recorded", "choose_track")
def unverified(office: r.Office) -> Trial:
    return _tracking(office, "standard")


@breaks("track_has_its_reason", "choose_track")
def no_reason(trial: Trial) -> None:
    trial.reason = " "


@breaks("track_is_not_automatic", "choose_track")
def automatic(trial: Trial) -> None:
    trial.facts["track"] = "automatic"


@broken("doubtful_document_takes_the_standard_track", "choose_track")
def suspect_refugee(office: r.Office) -> Trial:
    return _tracking(office, "refugee", VerificationResult.SUSPECT)


# B11, B12


def _request(office: r.Office, application: RecognitionApplication) -> InfoRequest:
    return InfoRequest(
        application=application,
        question="Which edition was it?",
        why="The syllabus changed in 2024",
        addressee=Addressee.APPLICANT,
        asked_at=clock.now(),
        asked_by=office.oana,
        paused_from=clock.today(),
        term_on=clock.today() + timedelta(days=30),
    )


@ready("request_information")
def asking(office: r.Office) -> Trial:
    application = r.at(office, "tracked")
    facts = {"request": _request(office, application)}
    return Trial(office, application, "request_information", office.oana, facts=facts)


@breaks("question_is_indispensable", "request_information")
def idle_question(trial: Trial) -> None:
    trial.facts["request"].why = " "


@breaks("nobody_else_has_the_information", "request_information")
def lazy_question(trial: Trial) -> None:
    trial.facts["request"].addressee = Addressee.ELSEWHERE


def _earlier(trial: Trial, question: str) -> None:
    earlier = _request(trial.office, trial.thing)
    earlier.question = question
    earlier.paused_to = clock.today()
    earlier.closed_at, earlier.closed_by = clock.now(), trial.by
    earlier.save()


@breaks("question_was_not_asked_before", "request_information")
def asked_twice(trial: Trial) -> None:
    _earlier(trial, "which edition was it? ")
    trial.update(further_request_at=clock.now(), further_request_by=trial.office.horia)


@breaks("first_request_or_head_agrees", "request_information")
def second_question(trial: Trial) -> None:
    _earlier(trial, "Who taught it?")


@ready("resume")
def resuming(office: r.Office) -> Trial:
    trial = asking(office)
    request = trial.facts["request"]
    request.answer, request.answered_on = "The second.", clock.today()
    request.answered_at, request.answered_by = clock.now(), office.radu
    request.save()
    facts = {**_clock(), "request": request, "paused_days": 0}
    return Trial(office, trial.run(), "resume", office.oana, facts=facts)


@breaks("reply_arrived_or_term_is_over", "resume")
def unanswered(trial: Trial) -> None:
    update(
        trial.facts["request"],
        answer="",
        answered_on=None,
        answered_at=None,
        answered_by=None,
    )


# B15, B17, B18


@ready("start_comparison")
def comparing(office: r.Office) -> Trial:
    application = r.at(office, "comparing")
    update(application, compared_at=None, compared_by=None)
    RecognitionApplication.objects.filter(pk=application.pk).update(**_as("tracked"))
    return Trial(office, r.again(application), "start_comparison", office.ana)


def _as(status: str) -> dict[str, str]:
    return {"status": status}


@breaks("reference_requirement_is_chosen", "start_comparison")
def no_requirement(trial: Trial) -> None:
    update(trial.thing.rows.first(), reference_value=" ")


@ready("propose")
def proposing(office: r.Office) -> Trial:
    application = r.at(office, "comparing")
    r.fill_grid(office, application)
    r.save_proposal(office, application, "full")
    return Trial(office, application, "propose", office.ana)


@ready("put_on_agenda")
def agenda(office: r.Office) -> Trial:
    application = r.at(office, "proposed")
    recuse(office, application, office.ana)
    facts = {
        "committee": office.committee,
        "meeting_on": clock.today(),
        "agenda_item": "3",
    }
    return Trial(office, application, "put_on_agenda", office.mara, facts=facts)


def recuse(office: r.Office, application: RecognitionApplication, user: User) -> None:
    Recusal.objects.create(
        application=application,
        user=user,
        reason="Assessor",
        recorded_at=clock.now(),
        recorded_by=office.mara,
    )


@breaks("assessor_is_free_of_conflict", "start_comparison", "propose", "put_on_agenda")
def undeclared(trial: Trial) -> None:
    Assessor.objects.filter(application=trial.thing).update(
        declaration="pending", declared_at=None, declared_by=None
    )


@breaks("grid_is_complete", "propose", "put_on_agenda")
def gap_in_the_grid(trial: Trial) -> None:
    update(trial.thing.rows.last(), credential_value=" ")


@breaks("substantial_differences_are_demonstrated", "propose", "put_on_agenda")
def bare_difference(trial: Trial) -> None:
    update_past_the_check(
        trial.thing.rows.last(),
        "recognition_row_substantial_is_demonstrated",
        **(r.SUBSTANTIAL | {"evidence": " "}),
    )


@breaks("proposal_is_reasoned", "propose", "put_on_agenda")
def unreasoned(trial: Trial) -> None:
    update(trial.thing.proposal, reasons=" ")


@breaks("proposal_states_the_grant", "propose", "put_on_agenda")
def no_grant(trial: Trial) -> None:
    update(trial.thing.proposal, granted_target_ro="")


@breaks("proposal_lists_components", "propose", "put_on_agenda")
def no_components(trial: Trial) -> None:
    update(trial.thing.proposal, **r.TERMS["partial"])


@breaks("proposal_carries_conditions", "propose", "put_on_agenda")
def no_conditions(trial: Trial) -> None:
    update(trial.thing.proposal, **r.TERMS["conditional"])


@breaks("proposal_names_the_alternative", "propose", "put_on_agenda")
def no_bridge(trial: Trial) -> None:
    terms = r.TERMS["alternative"] | {"bridging_offer_en": " "}
    update(trial.thing.proposal, **terms)


@breaks("proposed_refusal_is_demonstrated", "propose", "put_on_agenda")
def undemonstrated(trial: Trial) -> None:
    update(trial.thing.proposal, **r.TERMS["refused"])


@breaks("proposed_refusal_is_the_last_resort", "propose", "put_on_agenda")
def rash_refusal(trial: Trial) -> None:
    update(trial.thing.rows.last(), **r.SUBSTANTIAL)
    update_past_the_check(
        trial.thing.proposal,
        "recognition_proposal_refusal_is_demonstrated",
        **(r.TERMS["refused"] | {"alternatives_considered_ro": " "}),
    )


@breaks("proposal_gives_measures", "propose", "put_on_agenda")
def no_measures(trial: Trial) -> None:
    update(trial.thing.proposal, **(r.TERMS["alternative"] | {"measures_ro": ""}))


@breaks("committee_is_named", "put_on_agenda")
def other_body(trial: Trial) -> None:
    trial.facts["committee"] = trial.office.appeals


@breaks("agenda_item_is_given", "put_on_agenda")
def no_item(trial: Trial) -> None:
    trial.facts["agenda_item"] = " "


@breaks("meeting_follows_the_proposal", "put_on_agenda", "move_item")
def meeting_before_the_proposal(trial: Trial) -> None:
    trial.facts["meeting_on"] = clock.today() - timedelta(days=1)


@breaks("meeting_is_within_a_year", "put_on_agenda", "move_item")
def meeting_in_another_age(trial: Trial) -> None:
    trial.facts["meeting_on"] = clock.today() + timedelta(days=366)


@ready("move_item")
def moving(office: r.Office) -> Trial:
    facts = {
        "committee": office.committee,
        "meeting_on": clock.today() + timedelta(days=365),
        "reason": "No quorum on the day",
    }
    application = r.at(office, "in_committee")
    return Trial(
        office, application, "move_item", office.mara, facts=facts, is_rowless=True
    )


@breaks("meeting_is_another", "move_item")
def moved_nowhere(trial: Trial) -> None:
    trial.facts["meeting_on"] = trial.thing.meeting_on


@breaks("move_has_its_reason", "move_item")
def moved_without_reason(trial: Trial) -> None:
    trial.facts["reason"] = " "


@breaks("interested_members_are_named_recused", "put_on_agenda", "move_item")
def assessor_sits(trial: Trial) -> None:
    Recusal.objects.all().delete()

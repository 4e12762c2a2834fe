"""Trials of rows B20 to B23r and B28: decision, letter, finality, appeal."""

from datetime import timedelta
from typing import Any

from qa import clock
from qa.enums import ActKind, Role
from qa.models import Condition
from qa.services.people import system_actor
from qa.services.votes import Motion, record_vote
from recognition.enums import VerificationMethod, VerificationResult
from recognition.models import (
    AcceptedComponent,
    Appeal,
    RecognitionApplication,
    RecognitionDecision,
    Recusal,
)
from tests.factories import recognition as r
from tests.recognition.trial import Trial, breaks, broken, ready, update
from tests.recognition.trials_handling import recuse

# B20


def vote(office: r.Office, application: RecognitionApplication, **changes: Any) -> Any:
    minutes = {"casts": r.casts(office) | {office.ana.pk: "recused"}} | changes
    return record_vote(
        motion=Motion(application.case, ActKind.DECISION, "full", office.rules),
        minutes=r.minutes(office, **minutes),
        by=office.mara,
    )


def deciding(office: r.Office, outcome: str = "full", **changes: Any) -> Trial:
    application = r.at(office, "in_committee")
    decision = vote(office, application, **changes)
    as_asked = outcome == "full"
    terms = RecognitionDecision(
        **r.TERMS[outcome],
        decision=decision,
        application=application,
        is_as_requested=as_asked,
        remedy_body=office.appeals,
        articles=["LRC V.1"],
        comparison_ro="Cele cinci elemente.",
        comparison_en="The five elements.",
        departs_from_proposal=not as_asked,
        departure_reasons_ro="" if as_asked else "Fapte noi în ședință",
        departure_reasons_en="" if as_asked else "New facts in the meeting",
    )
    facts = {
        "decision": decision,
        "decided_on": decision.decided_on,
        "signatory": decision.signatory,
        "resolution": terms,
        "components": [],
        "conditions": [],
    }
    return Trial(office, application, "decide", office.mara, facts=facts)


@ready("decide")
def deciding_in_full(office: r.Office) -> Trial:
    return deciding(office)


@broken("vote_is_quorate", "decide")
def too_few(office: r.Office) -> Trial:
    return deciding(
        office,
        casts=r.casts(office, absent=2) | {office.ana.pk: "recused"},
        signatory=office.corina,
    )


@broken("vote_is_carried", "decide")
def outvoted(office: r.Office) -> Trial:
    return deciding(
        office, casts=r.casts(office, against=2) | {office.ana.pk: "recused"}
    )


@breaks("committee_of_the_item_decides", "decide", "lose_decision")
def another_committee(trial: Trial) -> None:
    trial.update(committee=trial.office.appeals)


@breaks("committee_met_on_its_item", "decide", "lose_decision")
def committee_met_before_its_day(trial: Trial) -> None:
    trial.update(meeting_on=clock.today() + timedelta(days=1))


@broken("assessor_did_not_vote", "decide")
def assessor_votes(office: r.Office, against: int = 0) -> Trial:
    casts = r.casts(office, against=against) | {office.ana.pk: "for"}
    trial = deciding(office, casts=casts)
    Recusal.objects.all().delete()
    return trial


@broken("applicant_did_not_vote", "decide")
def applicant_votes(office: r.Office) -> Trial:
    trial = deciding(office)
    trial.update(applicant=office.cezar)
    return trial


@breaks("recused_members_are_not_counted", "decide", "lose_decision")
def recused_votes(trial: Trial) -> None:
    recuse(trial.office, trial.thing, trial.office.cezar)


@broken("reasons_are_given", "decide")
def without_reasons(office: r.Office) -> Trial:
    return deciding(office, reasons_en=" ")


@breaks(
    "doubtful_document_is_on_the_standard_track",
    *("propose", "put_on_agenda", "decide"),
)
def found_forged_since(trial: Trial) -> None:
    """Both tracks are compared on the same grid."""
    trial.update(track="refugee")
    trial.thing.verifications.create(
        method=VerificationMethod.ISSUER_PAGE,
        result=VerificationResult.FORGED,
        checked_on=clock.today(),
        evidence="The registrar denies the signature",
        recorded_at=clock.now(),
        recorded_by=trial.office.oana,
    )


@broken("outcome_is_resolved", "decide")
def no_outcome(office: r.Office) -> Trial:
    trial = deciding(office, "alternative")
    trial.facts["resolution"].outcome = ""
    return trial


@breaks("grant_is_stated", "decide")
def nothing_granted(trial: Trial) -> None:
    terms = trial.facts["resolution"]
    terms.ects_granted, terms.level_granted = None, " "
    update(trial.thing.proposal, ects_granted=None, level_granted=" ")


@broken("components_are_listed", "decide")
def components_do_not_add_up(office: r.Office) -> Trial:
    trial = deciding(office, "partial")
    trial.facts["components"] = [AcceptedComponent(title="Modelling", ects=3)]
    return trial


@broken("conditions_are_complete", "decide")
def condition_without_consequence(office: r.Office) -> Trial:
    trial = deciding(office, "conditional")
    one = r.obligation(office, consequence_ro=" ")
    trial.facts["conditions"] = [
        Condition(
            decision=trial.facts["decision"],
            kind=one.kind,
            text_ro=one.text_ro,
            text_en=one.text_en,
            evidence_required_ro=one.evidence_required_ro,
            evidence_required_en=one.evidence_required_en,
            consequence_ro=one.consequence_ro,
            consequence_en=one.consequence_en,
            deadline=one.deadline,
            owner=one.owner,
        )
    ]
    return trial


@broken("alternative_is_named", "decide")
def no_alternative(office: r.Office) -> Trial:
    trial = deciding(office, "alternative")
    trial.facts["resolution"].alternative_target_ro = ""
    return trial


@broken("refusal_is_demonstrated", "decide")
def refusal_without_difference(office: r.Office) -> Trial:
    return deciding(office, "refused")


@broken("refusal_is_the_last_resort", "decide")
def refusal_at_once(office: r.Office) -> Trial:
    trial = deciding(office, "refused")
    update(trial.thing.rows.last(), **r.SUBSTANTIAL)
    trial.facts["resolution"].alternatives_considered_en = ""
    return trial


@broken("measures_for_later_are_given", "decide")
def nothing_for_later(office: r.Office) -> Trial:
    trial = deciding(office, "alternative")
    trial.facts["resolution"].measures_en = " "
    return trial


@broken("remedy_is_named", "decide")
def no_remedy(office: r.Office) -> Trial:
    return deciding(office, "alternative", details={})


@broken("departure_has_its_reasons", "decide")
def departs_in_silence(office: r.Office) -> Trial:
    trial = deciding(office, "alternative")
    trial.facts["resolution"].departure_reasons_ro = ""
    return trial


@breaks("legal_ground_is_named", "decide")
def unknown_article(trial: Trial) -> None:
    trial.facts["resolution"].articles = ["LRC XX"]


@breaks("legal_ground_fits_the_instrument", "decide")
def article_of_another_instrument(trial: Trial) -> None:
    trial.facts["resolution"].articles = ["LRC V.1", "OM 3223/2012"]


@breaks("comparison_is_summed_up", "decide")
def no_summary(trial: Trial) -> None:
    trial.facts["resolution"].comparison_ro = ""


@breaks("signatory_is_named", "decide")
def nobody_signs(trial: Trial) -> None:
    trial.facts["signatory"] = None


@breaks("signatory_is_entitled", "decide")
def assessor_signs(trial: Trial) -> None:
    trial.facts["signatory"] = trial.office.ana


@broken("signatory_is_entitled", "decide")
def who_stood_back_signs(office: r.Office) -> Trial:
    """The office of signatory does not help somebody who stood back in the vote."""
    person = office.people["cristi"]
    r.appoint(person, Role.SIGNATORY)
    casts = r.casts(office) | {person.pk: "recused", office.ana.pk: "recused"}
    return deciding(office, casts=casts, signatory=person)


# The vote that is not carried


def losing(trial: Trial) -> Trial:
    """The same vote, of which only its being recorded is asked."""
    trial.act, trial.is_rowless = "lose_decision", True
    trial.facts = {"decision": trial.facts["decision"]}
    return trial


@ready("lose_decision")
def losing_by_two(office: r.Office) -> Trial:
    return losing(outvoted(office))


@broken("vote_is_quorate", "lose_decision")
def too_few_to_lose(office: r.Office) -> Trial:
    return losing(too_few(office))


@broken("assessor_did_not_vote", "lose_decision")
def assessor_votes_and_loses(office: r.Office) -> Trial:
    return losing(assessor_votes(office, against=3))


@broken("applicant_did_not_vote", "lose_decision")
def applicant_votes_and_loses(office: r.Office) -> Trial:
    trial = losing_by_two(office)
    trial.update(applicant=office.cezar)
    return trial


# B21 to B23r


def notifying(office: r.Office, **changes: Any) -> Trial:
    application = r.at(office, "decided")
    if changes:
        _resolve_again(office, application, **changes)
    r.letter(office, application)
    today = clock.today()
    facts = {
        "delivered_on": today,
        "delivery": "email",
        "delivery_proof": "Receipt",
        "appeal_until": today + timedelta(days=30),
    }
    return Trial(office, application, "notify", office.oana, facts=facts)


def _resolve_again(
    office: r.Office, application: RecognitionApplication, **changes: Any
) -> None:
    """A later decision with a gap, as no committee could leave it behind."""
    minutes = changes.pop("minutes", {})
    values = {
        **r.TERMS["full"],
        "application": application,
        "is_as_requested": True,
        "remedy_body": office.appeals,
        "articles": ["LRC V.1"],
        "comparison_ro": "Rezumat",
        "comparison_en": "Summary",
    } | changes
    decision = vote(office, application, **minutes)
    RecognitionDecision.objects.create(decision=decision, **values)


@ready("notify")
def notifying_in_full(office: r.Office) -> Trial:
    return notifying(office)


@breaks("letter_is_on_file", "notify")
def no_letter(trial: Trial) -> None:
    trial.thing.case.documents.filter(kind="decision_letter").update(sha256="")


@broken("letter_states_outcome_and_grant", "notify")
def letter_without_grant(office: r.Office) -> Trial:
    return notifying(office, granted_target_en=" ")


@broken("letter_gives_reasons", "notify")
def letter_without_reasons(office: r.Office) -> Trial:
    return notifying(office, minutes={"reasons_ro": ""})


@broken("letter_names_ground_and_comparison", "notify")
def letter_without_ground(office: r.Office) -> Trial:
    return notifying(office, articles=[])


@broken("letter_gives_measures_and_remedy", "notify")
def letter_without_measures(office: r.Office) -> Trial:
    return notifying(office, **(r.TERMS["partial"] | {"measures_ro": ""}))


@broken("letter_names_its_signatory", "notify")
def letter_unsigned(office: r.Office) -> Trial:
    return notifying(office, minutes={"signatory": None})


@breaks("delivery_is_proved", "notify")
def no_proof(trial: Trial) -> None:
    trial.facts["delivery_proof"] = " "


@ready("close")
def closing(office: r.Office) -> Trial:
    application = r.at(office, "notified")
    update(application, appeal_until=clock.today() - timedelta(days=1))
    return Trial(office, application, "close", system_actor())


@breaks("appeal_term_is_over_or_accepted", "close")
def within_the_term(trial: Trial) -> None:
    trial.update(appeal_until=clock.today())


@breaks("no_condition_is_open", "close")
def open_condition(trial: Trial) -> None:
    one = r.obligation(trial.office)
    Condition.objects.create(
        decision=trial.thing.resolution.decision,
        text_ro=one.text_ro,
        text_en=one.text_en,
        evidence_required_ro=one.evidence_required_ro,
        evidence_required_en=one.evidence_required_en,
        deadline=one.deadline,
        owner=one.owner,
    )


def _appeal(trial: Trial) -> Appeal:
    return Appeal(
        application=trial.thing,
        registry_number="9/2026",
        arrived_on=clock.today(),
        grounds="The outcomes are covered.",
        registered_at=clock.now(),
        registered_by=trial.office.oana,
    )


@breaks("no_appeal_is_registered", "close")
def appealed(trial: Trial) -> None:
    _appeal(trial).save()


@ready("register_appeal")
def registering(office: r.Office) -> Trial:
    trial = Trial(office, r.at(office, "notified"), "register_appeal", office.oana)
    trial.facts["appeal"] = _appeal(trial)
    return trial


@breaks("appeal_has_day_and_grounds", "register_appeal")
def appeal_before_delivery(trial: Trial) -> None:
    trial.facts["appeal"].arrived_on = clock.today() - timedelta(days=1)


@breaks("appeal_is_registered_once", "register_appeal")
def same_appeal_again(trial: Trial) -> None:
    earlier = _appeal(trial)
    earlier.registry_number, earlier.grounds = "8/2026", "The outcomes  are COVERED."
    earlier.save()


@ready("withdraw")
def withdrawing(office: r.Office) -> Trial:
    return Trial(office, r.at(office, "in_committee"), "withdraw", office.radu)

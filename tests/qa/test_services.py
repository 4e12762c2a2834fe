"""Services of qa that write before they move: votes, the second return, the draft."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from fixtures.demo.accreditation import OfferStory
from fixtures.demo.cast import body, holder, minutes
from qa import clock, content
from qa.content_values import ContentError
from qa.enums import BodyKind, Outcome, ProcedureKind, Role, Route
from qa.models import (
    Accreditation,
    Case,
    Decision,
    Event,
    MicroCredential,
    Procedure,
    Report,
    Version,
)
from qa.services import decision as deciding
from qa.services import drafting, intake, review, submission
from qa.services.decision import Obligation, TeachOut
from qa.services.intake import Intake
from qa.services.votes import Minutes
from qa.transitions import TransitionRefused
from tests.guards.trial import resume, seat_an_interested_member, update
from tests.stages import Stage

pytestmark = pytest.mark.django_db
Told = Callable[[str], OfferStory]
REMEDY = {"remedy_ro": "Plângere.", "remedy_en": "Complaint.", "remedy_days": 30}
REASONS = {"reasons_ro": "Motivare.", "reasons_en": "Reasons."}


@pytest.fixture
def at(stages: dict[str, Stage]) -> Told:
    return lambda name: resume(stages, name)


def said(story: OfferStory, kind: BodyKind, **how: Any) -> Minutes:
    """Minutes of a body on the story's day; all in favour but those counted."""
    of = body(kind, story.unit if kind == BodyKind.FACULTY_COUNCIL else None)
    recused = story.interested() if how.pop("recuse", True) else ()
    with story.now():
        return minutes(of, recused=recused, **(REASONS | how))


def lost(story: OfferStory, kind: BodyKind, **how: Any) -> Minutes:
    held = said(story, kind, **how)
    casts = {pk: "against" if c == "for" else c for pk, c in held.casts.items()}
    return replace(held, casts=casts)


def endorse(story: OfferStory, held: Minutes, *, favourable: bool = True) -> Procedure:
    with story.now(15):
        return submission.record_endorsement(
            procedure=story.refresh(),
            minutes=held,
            favourable=favourable,
            by=holder(Role.DEANS_OFFICE, story.unit),
        )


def decide(story: OfferStory, held: Minutes, **how: Any) -> Decision:
    with story.now(15):
        return deciding.record_decision(
            procedure=story.refresh(),
            outcome=how.pop("outcome", Outcome.APPROVED),
            minutes=held,
            by=holder(Role.SENATE_SECRETARY),
            **how,
        )


def votes_on(story: OfferStory) -> int:
    return Decision.objects.filter(procedure=story.procedure).count()


# Endorsement


@pytest.mark.parametrize("favourable", [True, False])
def test_lost_vote_on_endorsing_is_kept_and_moves_nothing(
    at: Told, favourable: bool
) -> None:
    story = at("eligible")

    endorse(story, lost(story, BodyKind.FACULTY_COUNCIL), favourable=favourable)

    assert story.refresh().status == "eligible"
    kept = Decision.objects.get(procedure=story.procedure)
    assert (kept.is_carried, kept.act_number) == (False, "")
    assert Event.objects.filter(act="vote_not_carried", case=kept.case).count() == 1


@pytest.mark.parametrize("favourable", [True, False])
def test_lost_vote_is_recorded_by_the_deans_office_only(
    at: Told, favourable: bool
) -> None:
    story = at("eligible")
    held = lost(story, BodyKind.FACULTY_COUNCIL)

    with story.now(), pytest.raises(PermissionDenied):
        submission.record_endorsement(
            procedure=story.procedure,
            minutes=held,
            favourable=favourable,
            by=story.author,
        )

    assert votes_on(story) == 0


def test_lost_vote_is_recorded_while_the_council_is_asked_only(at: Told) -> None:
    story = at("submitted")

    with pytest.raises(TransitionRefused, match="no longer possible"):
        endorse(story, lost(story, BodyKind.FACULTY_COUNCIL))

    assert votes_on(story) == 0


def council_of_another_faculty(story: OfferStory, held: Minutes) -> Minutes:
    own = held.body.pk
    other = type(held.body).objects.filter(kind=BodyKind.FACULTY_COUNCIL)
    return replace(held, body=other.exclude(pk=own).first(), casts={})


def the_senate(story: OfferStory, held: Minutes) -> Minutes:
    return said(story, BodyKind.SENATE)


def in_the_future(story: OfferStory, held: Minutes) -> Minutes:
    return replace(held, held_on=story.day + timedelta(days=1))


def long_before(story: OfferStory, held: Minutes) -> Minutes:
    return replace(held, held_on=story.day - timedelta(days=400))


@pytest.mark.parametrize("counted", [said, lost])
@pytest.mark.parametrize(
    "wrong", [council_of_another_faculty, the_senate, in_the_future, long_before]
)
def test_endorsement_by_another_body_or_on_another_day_is_refused(
    at: Told, counted: Any, wrong: Any
) -> None:
    story = at("eligible")

    with pytest.raises(TransitionRefused):
        endorse(story, wrong(story, counted(story, BodyKind.FACULTY_COUNCIL)))

    assert votes_on(story) == 0


@pytest.mark.parametrize("favourable", [True, False])
def test_lost_vote_of_interested_members_is_refused(at: Told, favourable: bool) -> None:
    story = at("eligible")
    seat_an_interested_member(story, BodyKind.FACULTY_COUNCIL)
    held = lost(story, BodyKind.FACULTY_COUNCIL, recuse=False)

    with pytest.raises(TransitionRefused, match="must be recused"):
        endorse(story, held, favourable=favourable)


# Returns


def test_copy_of_what_was_returned_is_opened_by_who_returned_it(at: Told) -> None:
    story = at("eligible")
    endorse(story, said(story, BodyKind.FACULTY_COUNCIL), favourable=False)

    rows = Event.objects.filter(case_id=story.procedure.case_id).order_by("-sequence")
    by = dict(rows.values_list("row", "by")[:2])
    assert by == dict.fromkeys(("A08n", "V1"), holder(Role.DEANS_OFFICE, story.unit).pk)


def submitted_again(at: Told) -> OfferStory:
    return at("returned").wait(2).complete().wait(1).sign().submit()


def test_second_return_needs_the_chairs_own_act(at: Told) -> None:
    story = submitted_again(at)
    with pytest.raises(TransitionRefused, match="agreement of the CEAC chair"):
        story.return_once()
    with story.now():
        submission.allow_further_return(
            procedure=story.procedure,
            reason="The annexes cannot be read.",
            by=holder(Role.CEAC_CHAIR),
        )

    returned = story.return_once().refresh()

    assert (returned.status, returned.returns_used) == ("returned", 2)
    assert returned.further_return_at is None
    agreed = Event.objects.get(act="allow_further_return", case=returned.case_id)
    assert agreed.by == holder(Role.CEAC_CHAIR)


def test_agreement_serves_one_return(at: Told) -> None:
    story = submitted_again(at)
    agree = {"reason": "Annexes.", "by": holder(Role.CEAC_CHAIR)}
    with story.now():
        submission.allow_further_return(procedure=story.procedure, **agree)
    with story.now(), pytest.raises(TransitionRefused, match="No return waits"):
        submission.allow_further_return(procedure=story.procedure, **agree)
    story.return_once().wait(1).complete().sign().submit()

    with pytest.raises(TransitionRefused, match="agreement of the CEAC chair"):
        story.return_once()


@pytest.mark.parametrize(
    ("role", "reason", "refusal"),
    [
        (Role.QA_OFFICER, "Annexes.", PermissionDenied),
        (Role.CEAC_CHAIR, " ", TransitionRefused),
    ],
)
def test_agreement_is_the_chairs_and_has_its_reason(
    at: Told, role: Role, reason: str, refusal: type[Exception]
) -> None:
    story = submitted_again(at)

    with story.now(), pytest.raises(refusal):
        submission.allow_further_return(
            procedure=story.procedure, reason=reason, by=holder(role)
        )


def test_first_return_waits_for_no_agreement(at: Told) -> None:
    story = at("submitted")

    with story.now(), pytest.raises(TransitionRefused, match="No return waits"):
        submission.allow_further_return(
            procedure=story.procedure, reason="Annexes.", by=holder(Role.CEAC_CHAIR)
        )


# Opinions


def opine(story: OfferStory, held: Minutes) -> Decision:
    with story.now():
        return review.record_opinion(
            procedure=story.refresh(),
            minutes=held,
            favourable=True,
            by=holder(Role.CEAC_CHAIR),
        )


@pytest.mark.parametrize("counted", [said, lost])
@pytest.mark.parametrize("wrong", [in_the_future, long_before])
def test_opinion_is_given_on_the_final_report(
    at: Told, counted: Any, wrong: Any
) -> None:
    story = at("report_final")

    with pytest.raises(TransitionRefused, match="the report became final"):
        opine(story, wrong(story, counted(story, BodyKind.CEAC)))


def test_interested_members_have_no_vote_on_an_opinion(at: Told) -> None:
    story = at("report_final")
    seat_an_interested_member(story, BodyKind.CEAC)

    with pytest.raises(TransitionRefused, match="must be recused"):
        opine(story, said(story, BodyKind.CEAC, recuse=False))


def test_remark_is_answered_in_words(at: Told) -> None:
    story = at("factual_check")

    with story.now(), pytest.raises(TransitionRefused, match="answered so"):
        review.answer_remark(
            remark=story.procedure.remarks.first(),
            answer="rejected",
            text=" ",
            by=story.chair(),
        )


# The senate's decision


def period(story: OfferStory) -> dict[str, Any]:
    first = story.day + timedelta(days=30)
    return {"valid_from": first, "valid_to": clock.add_months(first, 36)}


def test_lost_vote_on_a_decision_needs_its_state_and_its_secretary(at: Told) -> None:
    story = at("report_final")
    with pytest.raises(TransitionRefused, match="no longer possible"):
        decide(story, lost(story, BodyKind.SENATE))
    story = at("awaiting_decision")
    before = votes_on(story)

    with story.now(), pytest.raises(PermissionDenied):
        deciding.record_decision(
            procedure=story.procedure,
            outcome=Outcome.APPROVED,
            minutes=lost(story, BodyKind.SENATE),
            by=story.author,
        )
    assert votes_on(story) == before
    assert not decide(story, lost(story, BodyKind.SENATE)).is_carried
    assert story.refresh().status == "awaiting_decision"


def the_council(story: OfferStory, held: Minutes) -> Minutes:
    return said(story, BodyKind.FACULTY_COUNCIL, details=held.details)


@pytest.mark.parametrize("counted", [said, lost])
@pytest.mark.parametrize("wrong", [the_council, in_the_future, long_before])
def test_decision_of_another_body_or_on_another_day_is_refused(
    at: Told, counted: Any, wrong: Any
) -> None:
    story = at("awaiting_decision")
    held = counted(story, BodyKind.SENATE, details=period(story))

    with pytest.raises(TransitionRefused):
        decide(story, wrong(story, held))


SAID = ("text", "evidence_required", "consequence")
CONDITION = {f"{name}_{tongue}": "Words." for name in SAID for tongue in ("ro", "en")}


@pytest.mark.parametrize("empty", CONDITION)
def test_condition_is_told_in_both_languages(at: Told, empty: str) -> None:
    story = at("awaiting_decision")
    Report.objects.filter(procedure=story.procedure).update(
        proposed_outcome=Outcome.APPROVED_WITH_CONDITIONS
    )
    obligation = Obligation(
        **(CONDITION | {empty: " "}),
        deadline=story.day + timedelta(days=90),
        owner=story.coordinator,
    )

    with pytest.raises(TransitionRefused, match="what follows if it is not met"):
        decide(
            story,
            said(story, BodyKind.SENATE, details=period(story) | REMEDY),
            outcome=Outcome.APPROVED_WITH_CONDITIONS,
            obligations=[obligation],
        )


# Withdrawal


def plan(story: OfferStory, **changes: Any) -> TeachOut:
    usual = {
        "withdrawn_on": story.day + timedelta(days=20),
        "last_enrolment_on": story.day,
        "last_assessment_on": story.day + timedelta(days=200),
        "teach_out_contact": "Secretariat",
        "transfer_options_ro": "Oferta înrudită.",
        "transfer_options_en": "The sister offer.",
    }
    return TeachOut(**(usual | changes))


def withdraw(story: OfferStory, held: Minutes, teach_out: TeachOut) -> Decision:
    with story.now(15):
        return deciding.record_withdrawal(
            accreditation=story.period(),
            minutes=held,
            plan=teach_out,
            by=holder(Role.SENATE_SECRETARY),
        )


def burden(story: OfferStory, **changes: Any) -> dict[str, Any]:
    return {**REMEDY, "hearing_on": story.day, **changes}


def hollow(story: OfferStory) -> list[tuple[dict[str, Any], TeachOut, str]]:
    """What each part of a withdrawal may lack: details of the act, plan, sentence."""
    eve, whole = story.day - timedelta(days=1), burden(story)
    return [
        (whole, plan(story, teach_out_contact=" "), "assessment, contact"),
        (whole, plan(story, transfer_options_ro=""), "assessment, contact"),
        (whole, plan(story, transfer_options_en=" "), "assessment, contact"),
        (whole, plan(story, last_assessment_on=eve), "not before the last enrolment"),
        (whole, plan(story, withdrawn_on=eve), "before the day of the decision"),
        (burden(story, hearing_on=None), plan(story), "must be heard"),
        (
            burden(story, hearing_on=story.day + timedelta(days=1)),
            plan(story),
            "must be heard",
        ),
        (burden(story, remedy_en=" "), plan(story), "remedy"),
    ]


def test_hollow_withdrawal_is_refused(at: Told) -> None:
    story = at("in_force")

    for details, teach_out, sentence in hollow(story):
        with pytest.raises(TransitionRefused, match=sentence):
            withdraw(story, said(story, BodyKind.SENATE, details=details), teach_out)

    assert story.period().withdrawal is None


def test_withdrawal_of_another_body_or_day_or_without_reasons_is_refused(
    at: Told,
) -> None:
    story = at("in_force")
    held = said(story, BodyKind.SENATE, details=burden(story))
    wrong = [
        (replace(the_council(story, held), details=burden(story)), "no other body"),
        (in_the_future(story, held), "in force"),
        (long_before(story, lost(story, BodyKind.SENATE)), "in force"),
        (replace(held, reasons_ro=" "), "reasons"),
        (replace(held, casts={}), "quorum"),
    ]

    for minutes_, sentence in wrong:
        with pytest.raises(TransitionRefused, match=sentence):
            withdraw(story, minutes_, plan(story))


def test_interested_members_have_no_vote_on_a_withdrawal(at: Told) -> None:
    story = at("in_force")
    seat_an_interested_member(story, BodyKind.SENATE)
    held = said(story, BodyKind.SENATE, recuse=False, details=burden(story))

    with pytest.raises(TransitionRefused, match="must be recused"):
        withdraw(story, held, plan(story))


def test_lost_vote_on_a_withdrawal_is_kept_and_sets_nothing(at: Told) -> None:
    story = at("in_force")

    held = lost(story, BodyKind.SENATE, details=burden(story))

    assert not withdraw(story, held, plan(story)).is_carried
    assert story.period().withdrawal is None


def test_rejected_reevaluation_withdraws_by_a_whole_plan_only(at: Told) -> None:
    renewed, story = at("in_force").period(), at("awaiting_decision")
    update(story.procedure, kind=ProcedureKind.PERIODIC, renews=renewed)
    Report.objects.filter(procedure=story.procedure).update(
        proposed_outcome=Outcome.REJECTED
    )
    story.until(renewed.valid_from)
    how: dict[str, Any] = {"outcome": Outcome.REJECTED}
    for details, teach_out, sentence in hollow(story):
        with pytest.raises(TransitionRefused, match=sentence):
            decide(
                story,
                said(story, BodyKind.SENATE, details=details),
                teach_out=teach_out,
                **how,
            )

    decide(
        story,
        said(story, BodyKind.SENATE, details=burden(story)),
        teach_out=plan(story),
        **how,
    )

    ends = Accreditation.objects.get(pk=renewed.pk).withdrawn_on
    assert ends == story.day + timedelta(days=20)


# The draft


def said_beside(story: OfferStory, what: str, again: str = "Two editions.") -> None:
    version, by = story.version, story.coordinator
    others = MicroCredential.objects.exclude(pk=version.micro_credential_id)
    acts: dict[str, Callable[[], None]] = {
        "justification": lambda: drafting.justify(
            version=version, check_code="DC-18", text="Asked anew.", by=by
        ),
        "overlap": lambda: drafting.answer_overlap(
            version=version, other=others.first(), answer="Another level.", by=by
        ),
        "self-evaluation": lambda: drafting.write_self_evaluation(
            procedure=story.procedure,
            self_evaluation=again,
            answer_to_decision="Point by point.",
            by=by,
        ),
    }
    with story.now(13):
        acts[what]()


@pytest.mark.parametrize("what", ["justification", "overlap", "self-evaluation"])
def test_change_beside_the_sections_voids_the_signature(at: Told, what: str) -> None:
    story = at("draft")
    signed = story.version.revision

    said_beside(story, what)

    version = story.version
    assert version.revision == signed + 1
    assert not version.sign_offs.filter(revision=version.revision).exists()


@pytest.mark.parametrize("what", ["justification", "overlap", "self-evaluation"])
def test_saying_the_same_again_leaves_the_signature(at: Told, what: str) -> None:
    story = at("draft")
    said_beside(story, what)
    story.sign()
    signed = story.version.revision

    said_beside(story, what)

    assert story.version.revision == signed


def test_empty_answer_on_overlap_takes_it_back(at: Told) -> None:
    story = at("draft")
    said_beside(story, "overlap")
    other = story.version.overlap_answers.get().other

    with story.now():
        drafting.answer_overlap(
            version=story.version, other=other, answer="  ", by=story.coordinator
        )

    assert not story.version.overlap_answers.exists()


def test_answers_on_overlap_go_with_the_copy(at: Told) -> None:
    story = at("draft")
    said_beside(story, "overlap")
    given = story.version.overlap_answers.get()
    story.sign().submit()

    story.wait(3).return_once()

    copied = story.version.overlap_answers.get()
    assert copied.version_id != given.version_id
    assert (copied.other_id, copied.answer) == (given.other_id, given.answer)


@pytest.mark.parametrize(
    ("asked", "title", "sentence"),
    [
        ({"route": Route.R2}, "Titlu", "Route R2 names"),
        ({"route": Route.R3}, "Titlu", "Only routes R1"),
        ({}, "x" * 201, "title_ro: "),
    ],
)
def test_opening_refused_in_words_leaves_nothing(
    at: Told, asked: dict[str, Any], title: str, sentence: str
) -> None:
    story = at("draft")
    chosen = Intake(unit=story.unit, coordinator=story.coordinator, **asked)
    before = Case.objects.count()

    with story.now(), pytest.raises((TransitionRefused, ContentError), match=sentence):
        intake.propose_micro_credential(intake=chosen, title_ro=title, by=story.author)

    assert Case.objects.count() == before


def test_what_is_said_beside_the_sections_is_frozen_with_them(at: Told) -> None:
    story = at("draft")
    said_beside(story, "self-evaluation")
    story.sign().submit()

    first = Version.objects.get(pk=story.procedure.version_id)
    frozen = first.frozen_content
    assert frozen["self_evaluation"] == "Two editions."
    assert frozen["answers_to_points"] == "Point by point."
    assert frozen["overlap_answers"] == {}
    story.wait(3).return_once()
    said_beside(story, "self-evaluation", again="Three editions.")
    assert content.canonical_and_hash(Version.objects.get(pk=first.pk))[1] == (
        first.sha256
    )

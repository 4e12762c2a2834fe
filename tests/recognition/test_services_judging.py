"""Comparison, committee, letter: what is written and refused."""

from dataclasses import replace
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from qa import clock, verification
from qa.enums import Role
from qa.models import Decision, Event, Membership, Message
from qa.transitions import TransitionRefused, note
from recognition import limits, queries
from recognition.models import RecognitionDecision
from recognition.models.constraints import REFUSAL
from recognition.services import closing, comparing, deciding
from tests.factories import recognition as r
from tests.recognition.stories import ask, conflicted, day, later
from tests.recognition.trials_handling import recuse

pytestmark = pytest.mark.django_db


# Assessor, comparison, proposal


def test_assessor_declares_before_comparing(office):
    application = r.at(office, "tracked")
    comparing.name_assessor(
        application=application, assessor=office.ana, by=office.horia
    )

    with pytest.raises(TransitionRefused, match="declares conflicts"):
        comparing.start_comparison(
            application=application, requirement=r.requirement(), by=office.ana
        )


def test_cleared_conflict_lets_the_assessor_compare(office):
    application = conflicted(office)
    comparing.judge_conflict(
        application=application, cleared=True, reasons="Long ago", by=office.horia
    )

    started = comparing.start_comparison(
        application=application, requirement=r.requirement(), by=office.ana
    )

    assert started.status == "comparing"


def test_upheld_conflict_asks_for_another_assessor(office):
    application = conflicted(office)
    comparing.judge_conflict(
        application=application, cleared=False, reasons="Too close", by=office.horia
    )

    assert r.again(application).assessor is None
    with pytest.raises(TransitionRefused, match="named for the application before"):
        comparing.name_assessor(
            application=application, assessor=office.ana, by=office.horia
        )
    comparing.name_assessor(
        application=application, assessor=office.anca, by=office.horia
    )
    assert r.again(application).assessor.user == office.anca


def test_nobody_judges_the_own_conflict(office):
    application = conflicted(office)
    r.appoint(office.ana, "head_of_recognition")

    with pytest.raises(PermissionDenied):
        comparing.judge_conflict(
            application=application, cleared=True, reasons="Mine", by=office.ana
        )


def test_lost_assessor_is_replaced_while_comparing(office):
    application = r.at(office, "comparing")
    comparing.name_assessor(
        application=application, assessor=office.anca, by=office.horia
    )

    with pytest.raises(PermissionDenied):
        r.fill_grid(office, application)
    comparing.declare_conflict(application=application, by=office.anca)
    row = comparing.save_row(
        application=application,
        key="level",
        finding={"credential_value": "EQF 6", "difference": "none"},
        by=office.anca,
    )

    assert row.saved_by == office.anca


def new_assessor(office, **said):
    """Named in the middle of the comparison; with words, declares a conflict."""
    application = r.at(office, "comparing")
    comparing.name_assessor(
        application=application, assessor=office.anca, by=office.horia
    )
    if said:
        comparing.declare_conflict(application=application, by=office.anca, **said)
    return application


@pytest.mark.parametrize(
    "said", [{}, {"conflicts": ["co_authorship"], "text": "A paper in 2024"}]
)
def test_new_assessor_writes_nothing_before_being_free_of_conflict(office, said):
    application = new_assessor(office, **said)

    with pytest.raises(TransitionRefused, match="declares conflicts"):
        comparing.save_row(
            application=application,
            key="level",
            finding={"credential_value": "EQF 6", "difference": "none"},
            by=office.anca,
        )
    with pytest.raises(TransitionRefused, match="declares conflicts"):
        comparing.save_proposal(
            application=application,
            terms=r.TERMS["full"] | {"reasons": "Mine"},
            by=office.anca,
        )
    with pytest.raises(PermissionDenied):
        ask(office, application, by=office.anca)


def test_grid_asks_what_the_purpose_asks(office):
    application = r.at(office, "tracked")
    r.named(office, application)

    with pytest.raises(TransitionRefused, match="on every line"):
        comparing.start_comparison(
            application=application, requirement={"level": "EQF 6"}, by=office.ana
        )


@pytest.mark.parametrize(
    "field", ["essential_requirement", "evidence", "why_it_matters"]
)
def test_substantial_difference_needs_its_three_fields(office, field):
    with pytest.raises(TransitionRefused, match="essential requirement"):
        comparing.save_row(
            application=r.at(office, "comparing"),
            key="outcomes",
            finding=r.SUBSTANTIAL | {field: " "},
            by=office.ana,
        )


def test_ground_of_a_line_does_not_say_the_opposite(office):
    with pytest.raises(TransitionRefused, match="usually no substantial difference"):
        comparing.save_row(
            application=r.at(office, "comparing"),
            key="outcomes",
            finding=r.SUBSTANTIAL | {"ground": "ND-5"},
            by=office.ana,
        )


@pytest.mark.parametrize(
    "changes",
    [
        *({field: ""} for field in REFUSAL),
        {"measures_ro": ""},
    ],
)
def test_refusal_is_not_proposed_without_its_demonstration(office, changes):
    application = r.at(office, "comparing")
    r.fill_grid(office, application, substantial=True)

    def propose() -> None:
        comparing.save_proposal(
            application=application,
            terms=r.TERMS["refused"] | {"reasons": "No"} | changes,
            by=office.ana,
        )
        comparing.propose_outcome(application=application, by=office.ana)

    with pytest.raises(TransitionRefused):
        propose()


def test_refusal_is_not_proposed_on_a_grid_without_substantial_difference(office):
    application = r.at(office, "comparing")
    r.fill_grid(office, application)
    r.save_proposal(office, application, "refused")

    with pytest.raises(TransitionRefused, match="a line of the grid"):
        comparing.propose_outcome(application=application, by=office.ana)


def test_proposal_may_be_amended_until_it_stands_on_an_agenda(office):
    application = r.at(office, "proposed")
    r.save_proposal(office, application, "partial")

    assert r.again(application).proposal.components.count() == 2
    assert Event.objects.filter(act="amend_proposal").count() == 1
    r.on_agenda(office, application)
    with pytest.raises(TransitionRefused, match="comparison is closed"):
        r.save_proposal(office, application, "full")


# Committee


def test_assessor_on_the_committee_is_recused_and_not_counted(office):
    application = r.decide(office, r.at(office, "in_committee"))

    decision = application.resolution.decision
    assert decision.tally().recused == 1
    assert (decision.in_office, decision.quorum) == (5, 3)
    assert decision.votes.get(user=office.ana).cast == "recused"


def test_assessor_never_votes_on_the_own_proposal(office):
    with pytest.raises(TransitionRefused, match="assessor does not vote"):
        deciding.record_decision(
            application=r.at(office, "in_committee"),
            resolution=r.resolution(office, "full"),
            minutes=r.minutes(office, casts=r.casts(office) | {office.ana.pk: "for"}),
            by=office.mara,
        )

    assert not Decision.objects.exists()


def test_vote_not_carried_is_kept_and_moves_nothing(office):
    application = r.at(office, "in_committee")

    decision = deciding.record_decision(
        application=application,
        resolution=r.resolution(office, "full"),
        minutes=r.minutes(office, casts=r.casts(office, against=2)),
        by=office.mara,
    )

    assert (decision.is_carried, decision.act_number) == (False, "")
    assert r.again(application).status == "in_committee"
    assert not RecognitionDecision.objects.exists()


def test_vote_without_quorum_is_refused_and_leaves_no_number(office):
    application = r.at(office, "in_committee")
    with pytest.raises(TransitionRefused, match="quorum"):
        deciding.record_decision(
            application=application,
            resolution=r.resolution(office, "full"),
            minutes=r.minutes(office, casts=r.casts(office, absent=2)),
            by=office.mara,
        )

    decided = r.decide(office, application)

    assert decided.resolution.decision.act_number == "1/2026"


@pytest.mark.parametrize("name", ["radu", "ana", "corina", "carmen", "oana"])
def test_decision_is_signed_by_nobody_without_a_title_to_it(office, name):
    application = r.at(office, "in_committee")
    recuse(office, application, office.corina)
    r.appoint(office.ana, Role.SIGNATORY)
    r.appoint(office.radu, Role.SIGNATORY)
    casts = r.casts(office) | {office.carmen.pk: "absent", office.corina.pk: "recused"}

    with pytest.raises(TransitionRefused, match="signed by a member of the committee"):
        deciding.record_decision(
            application=application,
            resolution=r.resolution(office, "full"),
            minutes=r.minutes(office, casts=casts, signatory=office.people[name]),
            by=office.mara,
        )

    assert not Decision.objects.exists()


def test_member_who_voted_or_an_authorised_signatory_signs(office):
    application = r.at(office, "in_committee")
    recuse(office, application, office.corina)
    r.appoint(office.horia, Role.SIGNATORY)
    r.appoint(office.ana, Role.SIGNATORY)
    casts = r.casts(office) | {office.corina.pk: "recused"}
    offered = set(queries.signatories_for(application))

    decision = deciding.record_decision(
        application=application,
        resolution=r.resolution(office, "full"),
        minutes=r.minutes(office, casts=casts, signatory=office.horia),
        by=office.mara,
    )

    assert offered == {office.carmen, office.cezar, office.cristi, office.horia}
    assert decision.signatory == office.horia


def test_item_is_not_put_on_the_agenda_of_another_age(office):
    application = r.at(office, "proposed")
    item = deciding.AgendaItem(office.committee, day("2199-12-31"), "3")

    with pytest.raises(TransitionRefused, match="more than a year away"):
        deciding.put_on_agenda(application=application, item=item, by=office.mara)

    assert not application.recusals.exists()


def former_assessor(office, application):
    """A member of the committee who once assessed the application."""
    anca = office.anca
    Membership.objects.create(
        body=office.committee, user=anca, valid_from=day("2026-11-09")
    )
    former = application.assessors.create(
        user=anca,
        named_at=clock.now(),
        named_by=office.horia,
        replaced_at=clock.now(),
        replaced_by=office.horia,
    )
    note(application.case, former, "name_assessor", by=office.horia)
    return anca


def test_item_is_moved_to_another_meeting_and_decided_there(office):
    application = r.at(office, "in_committee")
    anca = former_assessor(office, application)
    move = partial(
        deciding.move_item,
        application=application,
        meeting_on=day("2026-11-16"),
        reason="No quorum",
    )
    with pytest.raises(PermissionDenied):
        move(by=office.oana)

    moved = move(by=office.mara)
    event = moved.case.events.get(act="move_item")

    assert (moved.status, moved.meeting_on) == ("in_committee", day("2026-11-16"))
    assert (event.reason, event.facts["wrote"]) == (
        "No quorum",
        {"meeting_on": "2026-11-16"},
    )
    assert {one.user for one in moved.recusals.all()} == {office.ana, anca}
    with pytest.raises(TransitionRefused, match="on the day its agenda names"):
        r.decide(office, moved)
    with later(14):
        assert r.decide(office, moved).status == "decided"
    assert verification.verify() == []


@pytest.mark.parametrize("status", ["proposed", "decided"])
def test_only_what_stands_on_the_agenda_is_moved(office, status):
    with pytest.raises(TransitionRefused, match="on no agenda"):
        deciding.move_item(
            application=r.at(office, status),
            meeting_on=day("2026-11-16"),
            reason="No quorum",
            by=office.mara,
        )


def test_departure_from_the_proposal_says_why(office):
    application = r.at(office, "in_committee")
    partial = r.resolution(office, "partial")
    with pytest.raises(TransitionRefused, match="departs from the assessor's proposal"):
        deciding.record_decision(
            application=application,
            resolution=partial,
            minutes=r.minutes(office),
            by=office.mara,
        )

    deciding.record_decision(
        application=application,
        resolution=replace(
            partial,
            departure_reasons_ro="Două module nu sunt evaluate",
            departure_reasons_en="Two modules are not assessed",
        ),
        minutes=r.minutes(office),
        by=office.mara,
    )

    assert r.again(application).resolution.departs_from_proposal


def otherwise(office, outcome) -> dict[str, deciding.Resolution]:
    """The outcome proposed, with something else granted or asked for."""
    terms, usual = r.TERMS[outcome], r.resolution(office, outcome)
    found = {
        "credits": {"ects_granted": 2},
        "level": {"level_granted": "EQF 5"},
        "grade": {"grade_granted": "7"},
        "target": {"granted_target_en": "BSc History, elective"},
    }
    told = {n: replace(usual, terms=terms | values) for n, values in found.items()}
    if outcome == "partial":
        told["credits"] = replace(
            told["credits"], components=[("Modelling", 2, "Opțional", "Elective")]
        )
        told["parts"] = replace(usual, components=[("Another", 4, "", "")])
    if outcome == "conditional":
        changed = {"text_en": "Pass two exams.", "text_ro": "Două examene."}
        sooner = {"deadline": clock.add_days(clock.today(), 10)}
        one = r.obligation(office)
        told["condition"] = replace(usual, conditions=[r.obligation(office, **changed)])
        told["term"] = replace(usual, conditions=[r.obligation(office, **sooner)])
        told["one more"] = replace(usual, conditions=[one, one])
    return told


@pytest.mark.parametrize("outcome", ["full", "partial", "conditional"])
def test_something_else_granted_is_a_departure_too(office, outcome):
    application = r.at(office, "in_committee", outcome=outcome)
    decide = partial(
        deciding.record_decision,
        application=application,
        minutes=r.minutes(office),
        by=office.mara,
    )

    for resolution in otherwise(office, outcome).values():
        with pytest.raises(TransitionRefused, match="what it grants or asks for"):
            decide(resolution=resolution)
    last = list(otherwise(office, outcome).values())[-1]
    decide(
        resolution=replace(
            last, departure_reasons_ro="Fapte noi", departure_reasons_en="New facts"
        )
    )

    assert r.again(application).resolution.departs_from_proposal


@pytest.mark.parametrize("outcome", sorted(r.TERMS))
def test_what_was_proposed_is_no_departure_worded_with_other_spaces(office, outcome):
    application = r.at(office, "in_committee", outcome=outcome)
    terms = {
        name: value.replace(" ", "\r\n ") if name.endswith(("_ro", "_en")) else value
        for name, value in r.TERMS[outcome].items()
    }

    deciding.record_decision(
        application=application,
        resolution=r.resolution(office, outcome, terms=terms),
        minutes=r.minutes(office),
        by=office.mara,
    )

    assert not r.again(application).resolution.departs_from_proposal


@pytest.mark.parametrize("field", REFUSAL)
def test_committee_does_not_refuse_without_demonstration(office, field):
    application = r.at(office, "in_committee", outcome="refused")

    with pytest.raises(TransitionRefused):
        deciding.record_decision(
            application=application,
            resolution=r.resolution(
                office, "refused", terms=r.TERMS["refused"] | {field: ""}
            ),
            minutes=r.minutes(office),
            by=office.mara,
        )

    assert not RecognitionDecision.objects.exists()


@pytest.mark.parametrize("outcome", ["full", "partial"])
def test_every_decision_names_its_remedy(office, outcome):
    application = r.at(office, "in_committee", outcome=outcome)

    with pytest.raises(TransitionRefused, match="name the remedy"):
        deciding.record_decision(
            application=application,
            resolution=r.resolution(office, outcome, remedy_body=None),
            minutes=r.minutes(office),
            by=office.mara,
        )


def test_legal_ground_follows_purpose_and_track(office):
    application = r.at(office, "decided", outcome="refused", track="refugee")

    assert application.resolution.articles == [
        "LRC V.1",
        "LRC VII",
        "LRC III.3",
        "LRC III.5",
    ]


AMERICAN = {"issuer_country": "US", "awarding_body_country": "US"}


def test_legal_ground_follows_the_instrument(office):
    application = r.at(office, "decided", **AMERICAN)

    assert application.legal_instrument == "national"
    assert application.resolution.articles == ["OM 3223/2012", "RULES"]


def test_an_article_of_another_instrument_is_refused(office):
    application = r.at(office, "in_committee", **AMERICAN)

    with pytest.raises(TransitionRefused, match="does not govern this case"):
        deciding.record_decision(
            application=application,
            resolution=r.resolution(office, "full", articles=["LRC V.1"]),
            minutes=r.minutes(office),
            by=office.mara,
        )


# Notification, finality, appeal


def test_nothing_is_notified_before_the_letter_is_on_file(office):
    with pytest.raises(TransitionRefused, match="letter of decision must be on file"):
        closing.notify_applicant(
            application=r.at(office, "decided"),
            delivery=r.delivery(),
            by=office.oana,
        )


def test_appeal_term_runs_from_the_delivery(office):
    application = r.at(office, "decided")
    r.letter(office, application)
    with later(3):
        notified = closing.notify_applicant(
            application=application,
            delivery=r.delivery(delivered_on=day("2026-11-04")),
            by=office.oana,
        )

    assert notified.appeal_until == day("2026-12-04")


def test_applicant_may_accept_before_the_term_ends(office):
    application = r.at(office, "notified")

    with pytest.raises(TransitionRefused, match="appeal term runs"):
        closing.close_after_term(application=application)
    final = closing.accept_decision(application=application, by=office.radu)

    assert final.final_by == office.radu


@pytest.mark.parametrize(("days", "late"), [(30, False), (31, True)])
def test_appeal_is_registered_in_time_or_late_and_blocks_finality(office, days, late):
    application = r.at(office, "notified")
    with later(days):
        appeal = closing.register_appeal(
            application=application,
            arrived_on=clock.today(),
            text="The outcomes are covered.",
            by=office.oana,
        )
        with pytest.raises(TransitionRefused, match="must be decided first"):
            closing.accept_decision(application=application, by=office.radu)

    assert appeal.is_late is late
    assert r.again(application).status == "notified"


def test_delay_is_told_only_after_the_limit(office):
    application = r.at(office, "comparing")
    with later(120), pytest.raises(TransitionRefused, match="has not passed"):
        closing.tell_delay(
            application=application,
            reason="Illness",
            expected_on=day("2027-04-01"),
            by=office.oana,
        )
    with later(121):
        assert limits.read(r.again(application), clock.today()).is_overdue
        closing.tell_delay(
            application=application,
            reason="Illness",
            expected_on=day("2027-04-01"),
            by=office.oana,
        )

    told = Message.objects.filter(to=office.radu).last().body
    assert "01.04.2027" in told
    assert "complain in writing" in told
    assert "You may appeal" not in told

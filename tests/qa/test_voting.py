"""How votes are counted: by the shares of the rule set, kept with the act."""

from types import SimpleNamespace

import pytest

from fixtures.demo.cast import body, holder, minutes
from qa import permissions
from qa.enums import BodyKind, Role
from qa.models import RuleSet
from qa.services import review, submission
from qa.transitions import TransitionRefused
from qa.voting import Tally
from tests.guards.trial import Stages, resume

HALF, TWO_THIRDS, ALL_BUT_A_QUARTER = (1, 2), (2, 3), (3, 4)


def counted(share: tuple[int, int], **casts: int) -> Tally:
    """A vote with so many casts of each kind, under a quorum of two thirds."""
    rules = SimpleNamespace(
        quorum_numerator=2,
        quorum_denominator=3,
        majority_numerator=share[0],
        majority_denominator=share[1],
    )
    return Tally.under(rules, [c for c, n in casts.items() for _time in range(n)])


@pytest.mark.parametrize(
    ("share", "casts", "needed", "carried"),
    [
        (HALF, {"for": 5, "against": 4}, 5, True),
        (HALF, {"for": 4, "against": 4}, 5, False),
        (HALF, {"for": 4, "abstain": 4}, 5, False),
        (TWO_THIRDS, {"for": 6, "against": 3}, 7, False),
        (TWO_THIRDS, {"for": 7, "against": 2}, 7, True),
        (TWO_THIRDS, {"for": 5, "against": 2, "recused": 3}, 5, True),
        (TWO_THIRDS, {"for": 5, "against": 2, "absent": 3}, 5, True),
        (ALL_BUT_A_QUARTER, {"for": 6, "against": 2}, 7, False),
        (ALL_BUT_A_QUARTER, {"for": 7, "against": 1}, 7, True),
    ],
)
def test_for_exceeds_the_share_of_those_present(share, casts, needed, carried):
    tally = counted(share, **casts)

    assert tally.needed == needed
    assert tally.is_quorate
    assert (tally.has_majority, tally.is_carried) == (carried, carried)


def test_quorum_is_asked_beside_the_majority():
    tally = counted(HALF, **{"for": 5, "absent": 4})

    assert (tally.quorum, tally.is_quorate) == (6, False)
    assert tally.has_majority
    assert not tally.is_carried


def test_nobody_present_carries_nothing():
    assert not counted(HALF, recused=3).is_carried


def test_an_act_older_than_the_column_was_counted_by_half():
    casts = ["for"] * 5 + ["against"] * 4

    tally = Tally.recorded(casts, in_office=9, quorum=6, needed=None)

    assert (tally.needed, tally.is_carried) == (5, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("share", "carried"), [(HALF, True), (ALL_BUT_A_QUARTER, False)]
)
def test_recorded_vote_is_carried_by_the_rules_of_the_case(
    stages: Stages, share: tuple[int, int], carried: bool
):
    story = resume(stages, "report_final")
    RuleSet.objects.filter(pk=story.procedure.rule_set_id).update(
        majority_numerator=share[0], majority_denominator=share[1]
    )
    story.refresh()
    commission = body(BodyKind.CEAC)
    with story.now(14):
        present = len([m for m in commission.members_on(story.day) if m.votes])
        held = minutes(
            commission,
            recused=story.interested(),
            against=present // 3,
            reasons_ro="Motivare.",
            reasons_en="Reasons.",
        )
        act = review.record_opinion(
            procedure=story.procedure,
            minutes=held,
            favourable=True,
            by=holder(Role.CEAC_CHAIR),
        )

    assert act.is_carried == carried
    assert act.tally().has_majority == carried
    assert act.votes_needed == act.tally().present * share[0] // share[1] + 1


@pytest.mark.django_db
def test_head_of_department_who_signed_has_no_vote(stages: Stages):
    story = resume(stages, "eligible")
    signer = story.version.sign_offs.get().signed_by_id
    council = body(BodyKind.FACULTY_COUNCIL, story.unit)
    others = tuple(pk for pk in story.interested() if pk != signer)

    with story.now(15):
        held = minutes(council, recused=others, reasons_ro="Da.", reasons_en="Yes.")
        assert held.casts[signer] == "for"
        with pytest.raises(TransitionRefused, match="head of department who signed"):
            submission.record_endorsement(
                procedure=story.procedure,
                minutes=held,
                favourable=True,
                by=holder(Role.DEANS_OFFICE, story.unit),
            )

    assert signer in permissions.interested_in(story.procedure)
    assert not permissions.has_interest_in(
        story.procedure, story.holder(Role.RECTOR).pk
    )

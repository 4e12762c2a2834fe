"""Rules of transcripts and of badges of the second version, broken one by one."""

from collections.abc import Callable
from typing import Any

import pytest

from recognition.credentials import (
    badge_2_rules,
    elmo_rules,
    european_rules,
    structure,
)
from recognition.credentials.findings import Check
from tests.credentials.asked import verify
from tests.credentials.test_elmo import transcript
from tests.credentials.test_open_badges_2 import AT_HAND, assertion, signed

OFFERED = '<title xml:lang="en">Data ethics</title>'
ELMO: dict[type, list[tuple[str, str]]] = {
    elmo_rules.SaysWhenItWasMade: [("2026-01-15T09:00:00Z", "yesterday")],
    elmo_rules.NamesTheLearner: [
        ("<familyName>Exemplu</familyName>", ""),
        ("<givenNames>Ana</givenNames>", "<givenNames> </givenNames>"),
    ],
    elmo_rules.HoldsAReport: [("report>", "reported>")],
    elmo_rules.NamesEachIssuer: [
        ('<identifier type="schac">exemplu.example</identifier>', ""),
        ('<title xml:lang="ro">Universitatea Exemplu</title><title xml:lang="en">Exemplu</title>', ""),
    ],
    elmo_rules.TitlesWhatWasLearned: [(OFFERED, "")],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        pytest.param(rule, *change, id=f"{rule.__name__} {number}")
        for rule, changes in ELMO.items()
        for number, change in enumerate(changes, 1)
    ],
)
def test_a_transcript_breaks_one_rule(rule: Any, old: str, new: str) -> None:
    assert old in transcript()

    finding = verify(transcript().replace(old, new)).findings[Check.STRUCTURE]

    assert (finding.result, finding.sentence) == ("fail", rule.sentence)


BADGE: dict[type, list[dict[str, Any]]] = {
    badge_2_rules.IsAnAssertionWithAnAddress: [{"type": "Badge"}, {"id": "1"}],
    badge_2_rules.NamesItsRecipient: [
        {"recipient": "ana"},
        {"recipient": {"type": "email", "identity": None}},
    ],
    badge_2_rules.NamesItsBadge: [{"badge": None}],
    badge_2_rules.SaysWhenItWasAwarded: [{"issuedOn": "soon"}, {"issuedOn": None}],
}
HOSTED, SIGNED = {"type": "hosted"}, {"type": "signed"}


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        pytest.param(rule, change, id=f"{rule.__name__} {number}")
        for rule, changes in BADGE.items()
        for number, change in enumerate(changes, 1)
    ],
)
@pytest.mark.parametrize("form", [lambda one: one, signed], ids=["hosted", "signed"])
def test_a_badge_breaks_one_rule(
    form: Callable[[Any], Any], rule: Any, change: dict[str, Any]
) -> None:
    kind = "signed" if form is signed else "hosted"

    report = verify(form(assertion(kind, **change)), AT_HAND)

    finding = report.findings[Check.STRUCTURE]
    assert (finding.result, finding.sentence) == ("fail", rule.sentence)


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (assertion("signed"), badge_2_rules.SaysThatItIsHosted),
        (assertion("anyhow"), badge_2_rules.SaysThatItIsHosted),
        (signed(assertion("hosted")), badge_2_rules.SaysThatItIsSigned),
    ],
    ids=["a signed one without signature", "anyhow", "a hosted one as a token"],
)
def test_a_badge_is_proven_as_it_says(content: Any, rule: Any) -> None:
    finding = verify(content, AT_HAND).findings[Check.STRUCTURE]

    assert (finding.result, finding.sentence) == ("fail", rule.sentence)


def test_no_rule_is_left_out() -> None:
    asked = {type(one) for one in elmo_rules.OF_TRANSCRIPTS}
    of_badges = {type(one) for one in badge_2_rules.OF_ALL}

    assert asked == set(ELMO)
    assert of_badges == set(BADGE)


@pytest.mark.parametrize(
    "rules",
    [
        structure.OF_OPEN_BADGES_3,
        structure.OF_CLR_2,
        (*european_rules.OF_ALL, *european_rules.OF_PROFILES),
        elmo_rules.OF_TRANSCRIPTS,
        (*badge_2_rules.OF_SIGNED, *badge_2_rules.OF_HOSTED),
    ],
    ids=["Open Badges 3", "CLR 2", "European", "ELMO", "Open Badges 2"],
)
def test_every_rule_names_its_place_in_the_standard(rules: Any) -> None:
    """The sentence tells the reader what is broken, the docstring where it is asked."""
    nameless = [type(one).__name__ for one in rules if not type(one).__doc__]

    assert nameless == []
    assert all(one.sentence.endswith(".") for one in rules)

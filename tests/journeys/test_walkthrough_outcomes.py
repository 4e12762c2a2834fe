"""The walk decides what the caller's own files justify, and goes to the end."""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fixtures import walkthrough as steps
from qa import clock
from qa.enums import AccreditationStatus, ConditionStatus
from recognition.enums import ApplicationStatus, Difference
from recognition.models import RecognitionApplication, RecognitionDecision

pytestmark = [pytest.mark.django_db, pytest.mark.apart]
EXAMPLES = Path(__file__).resolve().parents[2] / "fixtures" / "examples"
LEVEL = {"missing": [], "level_kind": "eqf", "eqf_level": 6}
NO_LEVEL = {"missing": ["level"]}
NO_CREDITS = {"missing": ["level", "workload"], "ects": None, "workload_hours": None}
HOURS = {"ects": None, "workload_hours": 60}
NO_OUTCOMES = {"missing": ["outcomes"], "outcomes": []} | {
    "level_kind": "eqf",
    "eqf_level": 6,
}
STATEMENT = {"purpose": "statement", "purpose_target": ""}


def example(name: str, **changes: Any) -> dict[str, Any]:
    return json.loads((EXAMPLES / name).read_text(encoding="utf-8")) | changes


def application(**changes: Any) -> dict[str, Any]:
    return example("application-mooc-2-ects.json", **changes)


def without(*names: str) -> dict[str, Any]:
    return {n: v for n, v in application(**LEVEL).items() if n not in names}


def decided(data: dict[str, Any]) -> RecognitionDecision:
    """Walked to the end; what the committee resolved."""
    application = steps.recognise(data)
    assert application.status == ApplicationStatus.FINAL
    assert application.resolution is not None
    return application.resolution


def lines(application: RecognitionApplication) -> dict[str, Any]:
    return {row.rule.key: row for row in application.rows.all()}


ON_DATA: dict[str, dict[str, Any]] = {
    "everything stated": LEVEL,
    "no level": NO_LEVEL,
    "hours only": HOURS,
    "no credits": NO_CREDITS,
    "no outcomes": NO_OUTCOMES,
    "attendance": LEVEL | {"assessment_types": ["attendance"]},
    "statement": LEVEL | STATEMENT,
    "too little work": LEVEL | {"requirement": {"workload": "6 ECTS"}},
}
# Asked for: full, partial, conditional, alternative; what each is granted as.
GRANTED = {
    "everything stated": ("full", "partial", "conditional", "alternative"),
    "no level": ("full", "partial", "conditional", "alternative"),
    "hours only": ("full", "partial", "conditional", "alternative"),
    "no credits": ("alternative", "alternative", "alternative", "alternative"),
    "no outcomes": ("conditional", "conditional", "conditional", "alternative"),
    "attendance": ("conditional", "conditional", "conditional", "alternative"),
    "statement": ("full", "partial", "conditional", "alternative"),
    "too little work": ("partial", "partial", "partial", "alternative"),
}
ASKED = ("full", "partial", "conditional", "alternative")


# Each kind of data and each outcome asked for, every time; the others are a soak.
EVERY_TIME = {(on, "full") for on in GRANTED} | {
    ("everything stated", asked) for asked in ASKED
}
CASES = [
    pytest.param(
        *(on, asked, outcome),
        marks=[] if (on, asked) in EVERY_TIME else pytest.mark.soak,
    )
    for on, granted in GRANTED.items()
    for asked, outcome in zip(ASKED, granted, strict=True)
]


@pytest.mark.parametrize(("on", "asked", "outcome"), CASES)
def test_every_outcome_asked_for_walks_to_the_end(
    university: None, on: str, asked: str, outcome: str
) -> None:
    resolution = decided(application(**ON_DATA[on], outcome_requested=asked))

    assert resolution.outcome == outcome
    assert resolution.is_as_requested is (asked == outcome)
    assert resolution.ects_granted is None or resolution.ects_granted > 0
    if asked != outcome:
        assert resolution.decision.reasons_en.startswith(f"Asked for: {asked}")
        assert resolution.measures_ro
        assert resolution.names_remedy


def test_without_an_outcome_asked_for_full_recognition_is(
    university: None,
) -> None:
    assert decided(without("outcome_requested")).outcome == "full"


@pytest.mark.parametrize("missing", [(), ("requirement",), ("issuer_country",)])
def test_what_may_be_left_out_may_be_left_out(
    university: None, missing: tuple[str, ...]
) -> None:
    data = without(*missing) | {"missing": [n for n in missing if n != "requirement"]}

    assert decided(data).outcome == "full"


def test_a_condition_is_met_before_the_end(university: None) -> None:
    resolution = decided(application(outcome_requested="conditional"))

    condition = resolution.decision.conditions.get()
    assert condition.status == ConditionStatus.FULFILLED


def test_a_part_is_what_the_credential_states(university: None) -> None:
    resolution = decided(application(**LEVEL | {"requirement": {"workload": "6 ECTS"}}))

    part = resolution.components.get()
    assert (part.title, part.ects) == ("Introduction to Data Literacy", Decimal(2))
    assert resolution.ects_granted == Decimal(2)


def test_a_line_is_the_callers_own_value_beside_the_requirement(
    university: None,
) -> None:
    found = lines(
        steps.recognise(
            application(
                missing=[],
                level_kind="eqf",
                eqf_level=5,
                ects="4",
                workload_hours=110,
                requirement={"level": "EQF 6", "workload": "5 ECTS"},
            )
        )
    )

    assert (found["level"].credential_value, found["level"].reference_value) == (
        "EQF 5",
        "EQF 6",
    )
    assert found["level"].difference == Difference.SUBSTANTIAL
    assert found["workload"].credential_value == "4 ECTS, 110 hours"
    assert found["workload"].difference == Difference.NON_SUBSTANTIAL
    assert "MassTech Open Learning" in found["quality"].credential_value
    assert found["profile"].credential_value.startswith("Introduction to Data Literacy")
    assert "Explains the results" in found["outcomes"].credential_value


UNSTATED = {
    "level": ("level", "level_kind", "eqf_level"),
    "workload": ("workload", "ects", "workload_hours"),
    "quality": ("quality_assurance", "qa_statement"),
    "profile": ("title", "title"),
    "outcomes": ("outcomes", "outcomes"),
}


@pytest.mark.parametrize("key", UNSTATED)
def test_a_missing_element_is_said_to_be_missing(university: None, key: str) -> None:
    element, *names = UNSTATED[key]

    walked = steps.recognise(without(*names) | {"missing": [element]})
    line = lines(walked)[key]

    assert "not stated" in line.credential_value
    assert line.difference == Difference.NOT_ASSESSABLE
    assert "not stated" in line.note
    assert walked.resolution is not None
    assert "does not state" in walked.resolution.decision.reasons_en


@pytest.mark.parametrize(
    ("stated", "level"),
    [(LEVEL, "EQF 6"), (LEVEL | {"eqf_level": 7}, "EQF 7"), (NO_LEVEL, "")],
)
def test_the_level_granted_is_the_one_stated(
    university: None, stated: dict[str, Any], level: str
) -> None:
    assert decided(application(**stated)).level_granted == level


@pytest.mark.parametrize(
    ("hours", "outcome", "ects"),
    [(60, "full", Decimal(2)), (50, "full", Decimal("1.6")), (2, "alternative", None)],
)
def test_hours_alone_come_to_credits_or_to_no_credit(
    university: None, hours: int, outcome: str, ects: Decimal | None
) -> None:
    resolution = decided(application(ects=None, workload_hours=hours))

    assert (resolution.outcome, resolution.ects_granted) == (outcome, ects)


@pytest.mark.parametrize("target", [{}, {"purpose_target": ""}, {"purpose_target": 0}])
def test_a_statement_needs_no_target(university: None, target: dict[str, Any]) -> None:
    data = without("purpose_target") | {"purpose": "statement"} | target

    assert decided(data).granted_target == "General statement"


@pytest.mark.parametrize("months", [7, 12])
def test_every_validity_a_check_lets_through_is_renewed(
    university: None, months: int
) -> None:
    accredited = steps.accredit(
        example("proposal-alliance-15-ects.json", validity_months=months)
    )

    period = accredited.accreditation
    assert period.status == AccreditationStatus.SUCCEEDED
    assert period.extension_opened_at is not None


def test_the_summary_names_each_line_in_the_way_with_both_values(
    university: None,
) -> None:
    asked = {"level": "EQF 7", "workload": "4 ECTS"}
    found = {"missing": [], "level_kind": "eqf", "eqf_level": 5, "requirement": asked}

    resolution = decided(application(**found))

    assert resolution.comparison_en == (
        "The elements were compared with what the stated purpose asks. "
        "Level: “EQF 7” is asked, the credential states “EQF 5”. "
        "Workload: “4 ECTS” is asked, the credential states “2 ECTS, 52 hours”."
    )
    assert resolution.comparison_ro == (
        "Elementele au fost comparate cu cerința scopului declarat. "
        "Nivel: se cere „EQF 7”, documentul atestă „EQF 5”. "
        "Volum de muncă: se cere „4 ECTS”, documentul atestă „2 ECTS, 52 ore”."
    )


def test_a_summary_says_when_nothing_is_in_the_way(university: None) -> None:
    resolution = decided(application(**LEVEL))

    assert resolution.comparison_en.endswith(
        "No difference stands in the way of what was asked."
    )


def test_the_summary_tells_in_both_languages_how_it_was_assessed(
    university: None,
) -> None:
    resolution = decided(application(**LEVEL, assessment_types=["attendance"]))

    assert "states “assessment: " in resolution.comparison_en
    assert "atestă „evaluare: " in resolution.comparison_ro
    assert "supervision" not in resolution.comparison_ro


def told_of(day: date) -> dict[str, Any]:
    """The example proposal, its evidence and consultations of the day."""
    rows = example("proposal-alliance-15-ects.json")["consultations"]
    return example(
        "proposal-alliance-15-ects.json",
        need_evidence_on=day.isoformat(),
        consultations=[row | {"held_on": day.isoformat()} for row in rows],
    )


def test_the_examples_begin_on_the_day_they_always_did(university: None) -> None:
    assert steps.start_after(told_of(date(2025, 12, 2))) == steps.START
    assert steps.start_after(application()) == steps.START


def test_a_story_begins_on_the_first_working_day_after_what_is_told(
    university: None,
) -> None:
    friday = date(2026, 11, 27)

    with clock.at(steps.cast.instant(date(2026, 12, 20))):
        begins = steps.start_after(told_of(friday))

    # The Monday is Saint Andrew's, the Tuesday the national day.
    assert begins == date(2026, 12, 2)


def test_what_still_lies_ahead_does_not_move_the_story(university: None) -> None:
    ahead = clock.today() + timedelta(days=400)

    assert steps.start_after(told_of(ahead)) == steps.START


@pytest.mark.parametrize("days_ago", [0, 7])
def test_a_credential_of_last_week_walks_to_the_end(
    university: None, days_ago: int
) -> None:
    day = clock.today() - timedelta(days=days_ago)

    assert decided(application(issued_on=day.isoformat())).outcome == "full"


def test_a_proposal_told_of_last_week_walks_to_the_end(university: None) -> None:
    accredited = steps.accredit(told_of(clock.today() - timedelta(days=7)))

    assert accredited.accreditation.status == AccreditationStatus.SUCCEEDED


def test_years_from_now_the_story_still_finds_its_house(university: None) -> None:
    with clock.at(steps.cast.instant(date(2031, 5, 20))):
        accredited = steps.accredit(told_of(date(2031, 5, 13)))

    assert accredited.accreditation.status == AccreditationStatus.SUCCEEDED

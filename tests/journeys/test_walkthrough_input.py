"""What a caller's own files may hold wrongly: each thing is refused in words."""

import json
from pathlib import Path
from typing import Any

import pytest

from fixtures import walkthrough as steps
from fixtures.demo.accreditation import OfferStory
from qa.models import Unit

pytestmark = pytest.mark.django_db
EXAMPLES = Path(__file__).resolve().parents[2] / "fixtures" / "examples"


def proposal(**changes: Any) -> dict[str, Any]:
    path = EXAMPLES / "proposal-alliance-15-ects.json"
    return json.loads(path.read_text(encoding="utf-8")) | changes


def application(**changes: Any) -> dict[str, Any]:
    path = EXAMPLES / "application-mooc-2-ects.json"
    return json.loads(path.read_text(encoding="utf-8")) | changes


FIRST = proposal()["components"][0]
ODD_PROPOSALS: dict[str, tuple[dict[str, Any], str]] = {
    "title null": ({"title_ro": None}, "DC-01 title_ro"),
    "title of a blank": ({"title_ro": " "}, "DC-01 title_ro"),
    "title a list": ({"title_ro": ["a"]}, "title_ro: text is expected"),
    "title too long": ({"title_ro": "x" * 400}, "title_ro: “x"),
    "text a list": ({"need_statement": ["a"]}, "need_statement: .* Text is expected"),
    "null character": ({"summary_en": "a\0b"}, "no null characters"),
    "route R3": ({"route": "R3"}, "R1|route"),
    "route null": ({"route": None}, "route: text is expected"),
    "R2 without programme": ({"route": "R2"}, "part_of_programme"),
    "unknown field": ({"colour": "blue"}, "Unknown key: colour"),
    "kind change": ({"kind": "change"}, "Unknown key: kind"),
    "negative fee": ({"fee_amount": "-3"}, "fee_amount: .* cannot be negative"),
    "yes for hours": ({"workload_hours": True}, "workload_hours: .* number"),
    "half an hour": ({"workload_hours": 400.5}, "whole number"),
    "not a number": ({"ects": float("nan")}, "ects: "),
    "infinite": ({"ects": float("inf")}, "ects: "),
    "far too many": ({"workload_hours": 10**30}, "workload_hours: "),
    "broken date": ({"planned_start": "soon"}, "planned_start: "),
    "a number for a date": ({"planned_start": 20260101}, "planned_start: "),
    "perhaps": ({"is_joint": "perhaps"}, "is_joint: "),
    "topics as text": ({"agreement_topics": "award"}, "A list of these"),
    "languages as text": ({"languages": "ro"}, "languages: a list of texts"),
    "a number for a language": ({"languages": [1]}, "languages: a list of texts"),
    "rows as texts": ({"team": ["x"]}, "team: a list of rows"),
    "rows as a number": ({"outcomes": 3}, "outcomes: a list of rows"),
    "field as a list": ({"isced": [1]}, "isced: there is no ISCED-F"),
    "outcome 0": ({"components": [FIRST | {"outcomes": [0]}]}, "no such outcome"),
    "outcome 99": ({"components": [FIRST | {"outcomes": [99]}]}, "no such outcome"),
    "outcomes as text": (
        {"components": [FIRST | {"outcomes": "1"}]},
        "outcomes are a list of numbers",
    ),
    "no such check": ({"justifications": {"DC-99": "x"}}, "no design check DC-99"),
    "too short to renew": ({"validity_months": 6}, "DC-24 blocks: 6 months"),
    "reasons as a list": ({"justifications": ["x"]}, "justifications: an object"),
    "a number as reason": ({"justifications": {"DC-13": 3}}, "justifications: an"),
}


@pytest.mark.parametrize("why", ODD_PROPOSALS)
def test_an_odd_proposal_is_refused_in_words(university: None, why: str) -> None:
    changes, sentence = ODD_PROPOSALS[why]
    unit = Unit.objects.get(code=steps.DEPARTMENT)

    with pytest.raises(steps.InputRefused, match=sentence), steps.refusals_told():
        steps.draft(OfferStory(proposal(**changes), unit, steps.START))


ODD_APPLICATIONS: dict[str, tuple[dict[str, Any], str]] = {
    "no applicant": ({"applicant": None}, "applicant: is missing"),
    "applicant as text": ({"applicant": "Ion"}, "applicant: is missing"),
    "not a number": ({"ects": "NaN"}, "ects: must be a number"),
    "yes for hours": ({"workload_hours": True}, "workload_hours: must be a number"),
    "broken date": ({"issued_on": "14.06.2025"}, "issued_on: must be a day"),
    "unknown purpose": ({"purpose": "fun"}, "purpose: must be one of"),
    "purpose a list": ({"purpose": ["credit"]}, "purpose: must be text"),
    "no purpose": ({"purpose": ""}, "what you want to use the credential for"),
    "no target": ({"purpose_target": ""}, "."),
    "no issuer": ({"issuer_name": ""}, "."),
    "no information sheet": ({"information_sheet_accepted": "yes"}, "information"),
    "elements unanswered": (
        {"title": "", "awarding_body_name": ""},
        "Not answered yet: Title of the micro-credential, Awarding body",
    ),
    "unknown element": ({"missing": ["colour"]}, "missing: does not know colour"),
    "missing as text": ({"missing": "level"}, "missing: must be a list of texts"),
    "documents as text": ({"documents": "x"}, "documents: must be a list of objects"),
    "requirement as text": ({"requirement": "x"}, "requirement: must be an object"),
    "requirement unknown": ({"requirement": {"colour": "x"}}, "requirement, colour"),
    "requirement a list": ({"requirement": {"level": ["x"]}}, "must be text"),
    "unknown field": ({"colour": "blue"}, "colour: is not known here"),
    "null character": ({"title": "a\0b"}, "no null characters"),
}


@pytest.mark.parametrize("why", ODD_APPLICATIONS)
def test_an_odd_application_is_refused_in_words(university: None, why: str) -> None:
    changes, sentence = ODD_APPLICATIONS[why]

    with pytest.raises(steps.InputRefused, match=sentence), steps.refusals_told():
        steps.recognise(application(**changes))

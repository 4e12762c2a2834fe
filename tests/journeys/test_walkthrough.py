"""The two main jobs end to end by the command, on a scratch database that is kept."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
import pytest_django
from django.db import transaction

from fixtures import reference
from fixtures import walkthrough as steps
from fixtures.demo import university
from fixtures.demo.accreditation import OfferStory
from qa import clock
from qa.models import Unit

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "fixtures" / "examples"
# What is passed at least, by the official numbers of both machines.
ROWS = {f"A{n:02}" for n in (1, *range(3, 6), *range(7, 11), *range(12, 17), 18, 24)}
ROWS |= {f"A{n}" for n in (26, 27)}
ROWS |= {f"B{n:02}" for n in (*range(5), 7, 8, 11, 12, 15, 17, 18, 20, 21, 22)}
UNSUPERVISED = {"participation_form": "online", "supervision": "unsupervised_no_id"}


def walkthrough(out: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    own = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "SEAL_KEY_FILE", "ATESTA_DATA_DIR")
    return subprocess.run(
        [sys.executable, "manage.py", "walkthrough", "--out", str(out), *options],
        cwd=ROOT,
        env={k: v for k, v in os.environ.items() if k not in own}
        | {"SECRET_KEY": "for the walkthrough of the tests alone, and nothing else"},
        capture_output=True,
        text=True,
        check=False,
    )


def proposal(**changes: Any) -> dict[str, Any]:
    path = EXAMPLES / "proposal-alliance-15-ects.json"
    return json.loads(path.read_text(encoding="utf-8")) | changes


def application(**changes: Any) -> dict[str, Any]:
    path = EXAMPLES / "application-mooc-2-ects.json"
    return json.loads(path.read_text(encoding="utf-8")) | changes


def write(path: Path, data: object) -> str:
    path.write_text(json.dumps(data), encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A caller's own proposal and application, taken all the way."""
    out = tmp_path_factory.mktemp("walkthrough")
    own = proposal(
        **UNSUPERVISED,
        title_ro="Hidrologie aplicată",
        title_en="Applied hydrology",
        justifications={"DC-13": "Field work is discussed with each learner by name."},
    )
    filed = application(title="Statistics for field work")
    ended = walkthrough(
        *(out, "--proposal", write(out / "own.json", own)),
        *("--application", write(out / "filed.json", filed)),
    )
    assert ended.returncode == 0, ended.stderr
    return out


def test_every_row_asked_for_is_passed(walked: Path) -> None:
    steps = json.loads((walked / "walkthrough.json").read_text(encoding="utf-8"))

    assert {step["row"] for step in steps} >= ROWS
    assert all(
        set(step) == {"row", "thing", "from", "to", "actor", "event_hash"}
        for step in steps
    )


def test_every_step_is_an_event_of_the_scratch_database(walked: Path) -> None:
    steps = json.loads((walked / "walkthrough.json").read_text(encoding="utf-8"))
    scratch = sqlite3.connect(walked / "walkthrough.sqlite3")

    recorded = scratch.execute(
        "SELECT row, thing || '/' || thing_id, from_state, to_state, email, hash"
        " FROM qa_event JOIN qa_user ON qa_user.id = by_id WHERE row <> ''"
        " ORDER BY qa_event.id"
    ).fetchall()
    scratch.close()

    assert recorded == [tuple(step.values()) for step in steps]


def test_the_papers_speak_of_the_callers_own_input(walked: Path) -> None:
    sheet = openpyxl.load_workbook(walked / "register.xlsx").active
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
    dossier, letter = (
        "".join(page.extract_text() for page in pypdf.PdfReader(walked / name).pages)
        for name in ("dossier.pdf", "decision-letter.pdf")
    )

    assert "Hidrologie aplicată" in cells
    assert "Applied hydrology" in dossier
    romanian, _heading, english = letter.partition("Letter of decision")
    assert "Hidrologie aplicată" in romanian
    assert "Aprobat" in romanian
    assert "Applied hydrology" in english
    assert "Approved" in english


def test_every_event_names_its_legal_basis_and_the_role(walked: Path) -> None:
    scratch = sqlite3.connect(walked / "walkthrough.sqlite3")

    unsaid = scratch.execute(
        "SELECT act, thing FROM qa_event WHERE role = '' OR legal_basis = ''"
    ).fetchall()
    scratch.close()

    assert unsaid == []


def test_the_record_of_the_scratch_database_holds(walked: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "manage.py", "verify_record", "--json"],
        cwd=ROOT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": f"sqlite:///{walked / 'walkthrough.sqlite3'}",
            "SEAL_KEY_FILE": str(walked / "seal.key"),
            "ATESTA_DATA_DIR": str(walked),
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert json.loads(ended.stdout)["intact"]


def outcome_without_assessment() -> dict[str, Any]:
    data = proposal()
    parts = [part | {"outcomes": [1]} for part in data["components"]]
    return data | {"components": parts}


STOPPED = {
    "a check that blocks": (outcome_without_assessment(), "DC-11 blocks"),
    "a warning without reason": (
        proposal(**UNSUPERVISED, justifications={}),
        "DC-13 needs a justification",
    ),
    "an unknown field": (proposal(colour="blue"), "colour"),
    "no title": (proposal(title_ro=" "), "DC-01"),
    "not an object": ([], "object"),
}


@pytest.mark.parametrize("why", STOPPED)
def test_a_proposal_that_does_not_hold_stops_there(tmp_path: Path, why: str) -> None:
    data, named = STOPPED[why]

    ended = walkthrough(tmp_path, "--proposal", write(tmp_path / "p.json", data))

    assert ended.returncode == 1
    assert named in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "walkthrough.json").exists()


@pytest.mark.parametrize("name", ["missing.json", "."])
def test_a_file_that_cannot_be_read_stops_there(tmp_path: Path, name: str) -> None:
    ended = walkthrough(tmp_path, "--application", str(tmp_path / name))

    assert ended.returncode == 1
    assert (tmp_path / name).name in ended.stderr
    assert "Traceback" not in ended.stderr


def test_papers_of_an_earlier_run_do_not_outlive_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "dossier.pdf").write_bytes(b"%PDF of an earlier run")

    ended = walkthrough(tmp_path, "--proposal", str(tmp_path / "missing.json"))

    assert ended.returncode == 1
    assert not (tmp_path / "dossier.pdf").exists()


@pytest.fixture(scope="module")
def university_open(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[None]:
    """What every walk starts from, taken back at the end of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.at(university.OPENED_AT):
            reference.load()
            university.load()
        yield
        transaction.set_rollback(True)


FIRST = proposal()["components"][0]
ODD_PROPOSALS: dict[str, tuple[dict[str, Any], str]] = {
    "title null": ({"title_ro": None}, "DC-01 title_ro"),
    "title a list": ({"title_ro": ["a"]}, "title_ro: text is expected"),
    "title too long": ({"title_ro": "x" * 400}, "title_ro: “x"),
    "text a list": ({"need_statement": ["a"]}, "need_statement: .* Text is expected"),
    "null character": ({"summary_en": "a\0b"}, "no null characters"),
    "route R3": ({"route": "R3"}, "R1|route"),
    "route null": ({"route": None}, "route: text is expected"),
    "R2 without programme": ({"route": "R2"}, "part_of_programme"),
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
    "reasons as a list": ({"justifications": ["x"]}, "justifications: an object"),
    "a number as reason": ({"justifications": {"DC-13": 3}}, "justifications: an"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("why", ODD_PROPOSALS)
def test_an_odd_proposal_is_refused_in_words(university_open: None, why: str) -> None:
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
    "unknown element": ({"missing": ["colour"]}, "missing: does not know colour"),
    "missing as text": ({"missing": "level"}, "missing: must be a list of texts"),
    "documents as text": ({"documents": "x"}, "documents: must be a list of objects"),
    "requirement as text": ({"requirement": "x"}, "requirement: must be an object"),
    "requirement unknown": ({"requirement": {"colour": "x"}}, "requirement, colour"),
    "requirement a list": ({"requirement": {"level": ["x"]}}, "must be text"),
    "unknown field": ({"colour": "blue"}, "colour: is not known here"),
    "null character": ({"title": "a\0b"}, "no null characters"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("why", ODD_APPLICATIONS)
def test_an_odd_application_is_refused_in_words(
    university_open: None, why: str
) -> None:
    changes, sentence = ODD_APPLICATIONS[why]

    with pytest.raises(steps.InputRefused, match=sentence), steps.refusals_told():
        steps.recognise(application(**changes))

"""The two main jobs end to end by the command, on a scratch database that is kept."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "fixtures" / "examples"
# What is passed at least, by the official numbers of both machines.
ROWS = {f"A{n:02}" for n in (1, *range(3, 6), *range(7, 11), *range(12, 17), 18, 24)}
ROWS |= {f"A{n}" for n in (26, 27)}
ROWS |= {f"B{n:02}" for n in (*range(5), 7, 8, 11, 12, 15, 17, 18, 20, 21, 22)}
pytestmark = pytest.mark.apart
UNSUPERVISED = {"participation_form": "online", "supervision": "unsupervised_no_id"}


def walkthrough(out: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    own = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "SEAL_KEY_FILE", "ATESTA_DATA_DIR")
    own += ("ISSUER_KEYS_FILE",)
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

    result = json.loads((walked / "recognition-result.json").read_text("utf-8"))

    assert "Hidrologie aplicată" in cells
    assert "Statistics for field work" in result["name"]
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

"""The two main jobs end to end by the command, on a scratch database that is kept."""

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
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


def kept(walked: Path, question: str) -> list[dict[str, Any]]:
    """What the scratch database answers to whoever opens the file without our code."""
    scratch = sqlite3.connect(
        f"file:{walked / 'walkthrough.sqlite3'}?mode=ro", uri=True
    )
    scratch.row_factory = sqlite3.Row
    try:
        return [dict(row) for row in scratch.execute(question)]
    finally:
        scratch.close()


def test_every_step_is_an_event_of_the_scratch_database(walked: Path) -> None:
    steps = json.loads((walked / "walkthrough.json").read_text(encoding="utf-8"))

    recorded = kept(
        walked,
        "SELECT row, thing || '/' || thing_id AS thing, from_state AS 'from',"
        " to_state AS 'to', email AS actor, hash AS event_hash"
        " FROM qa_event JOIN qa_user ON qa_user.id = by_id WHERE row <> ''"
        " ORDER BY qa_event.id",
    )

    assert recorded == steps


def test_the_steps_led_each_thing_to_the_state_its_own_row_has(walked: Path) -> None:
    steps = json.loads((walked / "walkthrough.json").read_text(encoding="utf-8"))
    told: dict[str, str] = {}
    for step in steps:
        assert step["from"] == told.get(step["thing"], ""), step
        told[step["thing"]] = step["to"]

    states = {}
    for label in {thing.partition("/")[0] for thing in told}:
        pk = "case_id" if label.startswith("recognition") else "id"
        rows = f"SELECT {pk} AS pk, status FROM {label.replace('.', '_')}"  # noqa: S608  ours
        states |= {f"{label}/{row['pk']}": row["status"] for row in kept(walked, rows)}
    assert told == states


def hashed_anew(event: dict[str, Any]) -> str:
    """An event's hash from its columns, by the rule as docs/architecture.md has it."""
    covered = {name: said for name, said in event.items() if name not in ("id", "hash")}
    covered["facts"] = json.loads(covered["facts"])
    for name in ("at", "machine_at"):
        moment = datetime.fromisoformat(covered[name]).replace(tzinfo=UTC)
        covered[name] = moment.isoformat(timespec="microseconds")
    text = json.dumps(
        covered, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(text.encode()).hexdigest()


def test_hashes_of_the_steps_are_those_of_what_the_events_say(walked: Path) -> None:
    steps = json.loads((walked / "walkthrough.json").read_text(encoding="utf-8"))
    events = kept(walked, "SELECT * FROM qa_event ORDER BY id")
    heads: dict[int, str] = {}

    for event in events:
        assert event["previous_hash"] == heads.get(event["case_id"], "")
        heads[event["case_id"]] = event["hash"]

    anew = [(event["row"], hashed_anew(event)) for event in events if event["row"]]
    assert anew == [(step["row"], step["event_hash"]) for step in steps]


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
    unsaid = "SELECT act, thing FROM qa_event WHERE role = '' OR legal_basis = ''"

    assert kept(walked, unsaid) == []


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
    answer = json.loads(ended.stdout)
    assert answer["intact"]
    assert [{"events": answer["events"]}] == kept(
        walked, "SELECT count(*) AS events FROM qa_event"
    )


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

"""Same data, same bytes: whatever the process, the hour, the place or the database."""

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from qa import clock
from qa.enums import ActKind, Role
from qa.models import Procedure, User
from reports import documents, queries, registers

MAKE: dict[str, Callable[[Any], bytes]] = {
    "letter": documents.letter,
    "dossier": documents.dossier,
    "register": lambda rows: registers.workbook(rows, "ro"),
}
IN_ANOTHER_PROCESS = """
import pickle, sys, time
kind, data, hour = pickle.load(sys.stdin.buffer)
seconds = hour.timestamp()
time.time = lambda: seconds
import django
django.setup()
import hashlib
from qa import clock
from tests.reports.test_same_bytes import MAKE
with clock.at(hour):
    print(hashlib.sha256(MAKE[kind](data)).hexdigest())
"""
PLACES = (
    ("1", "Pacific/Auckland", "C", datetime(2027, 1, 4, 8, 15, tzinfo=UTC)),
    ("77", "America/Lima", "C.UTF-8", datetime(2028, 7, 31, 22, 59, tzinfo=UTC)),
)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", MAKE)
def test_another_process_at_another_hour_makes_the_same(stages, kind: str) -> None:
    digests = {_made_elsewhere(stages, kind, *place) for place in PLACES}

    assert len(digests) == 1


def _made_elsewhere(
    stages: Any, kind: str, seed: str, zone: str, locale: str, hour: datetime
) -> bytes:
    with clock.at(hour):
        told = pickle.dumps((kind, _told(stages, kind), hour))
    places = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
    return _run(["-c", IN_ANOTHER_PROCESS], told, places)


def _told(stages: Any, kind: str) -> Any:
    """The data as read at the clock's hour."""
    procedure = Procedure.objects.get(pk=stages["in_force"].procedure_id)
    if kind == "register":
        return queries.register_rows()
    if kind == "dossier":
        reader = User.objects.filter(appointments__role=Role.SENATE_SECRETARY).first()
        return queries.dossier_data(procedure, reader=reader, language="ro")
    decision = procedure.decisions.get(kind=ActKind.DECISION, is_carried=True)
    return queries.letter_data(
        decision,
        registry_number="1/2026",
        code="7K2M-9Q4T-AAAA-BBBB",
        issued_on=decision.decided_on,
    )


def _run(command: list[str], told: bytes, places: dict[str, str]) -> bytes:
    done = subprocess.run(
        [sys.executable, *command],
        input=told,
        capture_output=True,
        env=os.environ | places | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return done.stdout


@pytest.mark.skipif(
    not os.environ.get("DATABASE_URL", "").startswith("postgres"),
    reason="needs the PostgreSQL server that DATABASE_URL names",
)
def test_both_databases_make_the_same_of_one_story() -> None:
    command = ["-m", "tests.reports.same_story"]
    server = os.environ["DATABASE_URL"]

    told = [
        json.loads(_run(command, b"", {"DATABASE_URL": address}))
        for address in ("sqlite:///:memory:", f"{server}_same_story")
    ]

    assert told[0] == told[1]
    assert told[0].keys() == MAKE.keys()

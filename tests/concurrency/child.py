"""A process of its own beside the tests: the real settings on a database it is told.

It reads orders from its input, one JSON object a line: a database and jobs. Each job
runs in a process forked for it, which opens its own connection. All jobs of an order
start at once, and each answers with what it returned, or with the signal it died of.
"""

import hashlib
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

django.setup()

from fixtures.demo.recognition import ApplicationStory  # noqa: E402  needs the setup
from qa import clock, seal_key, transitions, verification  # noqa: E402
from qa.enums import Role  # noqa: E402
from qa.guards.submission import FORMAL_CHECKLIST  # noqa: E402
from qa.models import (  # noqa: E402
    Accreditation,
    Appointment,
    Event,
    Message,
    Procedure,
    Turn,
    User,
)
from qa.services import submission, validity, work  # noqa: E402
from qa.transitions import TransitionRefused  # noqa: E402
from recognition.enums import Delivery  # noqa: E402
from recognition.issuing import keys as issuer_keys  # noqa: E402
from recognition.models import IssuedResult, RecognitionApplication  # noqa: E402
from recognition.services import closing, filing  # noqa: E402
from reports import services as reports  # noqa: E402
from tests import stages  # noqa: E402

# Seconds; who waits longer for a lock dies of SIGALRM and is seen. To prepare is work,
# and no wait: on a busy machine it takes its time.
LONGEST, TO_PREPARE = 60, 600
ITEM = ("The learning outcomes of part two", "They are not assessed anywhere.")


def prepare() -> dict[str, Any]:
    """Migrate, play four stories, and say where they stopped."""
    call_command("migrate", verbosity=0)
    seal_key.make(settings.SEAL_KEY_FILE)
    issuer_keys.make(settings.ISSUER_KEYS_FILE)
    built = stages.build(("submitted", "approved"))
    screened, decided = built["submitted"], built["approved"]
    officers = Appointment.objects.filter(role=Role.QA_OFFICER).order_by("pk")
    period = Accreditation.objects.get(procedure=decided.procedure_id)
    turn = Turn.objects.get(
        process__artifact_object_id=screened.procedure_id, finished=None
    )
    return {
        "procedure": screened.procedure_id,
        "turn": turn.pk,
        "period": period.pk,
        "officers": [row.user_id for row in officers[:2]],
        "screened_at": f"{screened.day}T15:00:00+00:00",
        "valid_at": f"{period.valid_from}T08:00:00+00:00",
        **prepare_recognition(),
    }


def prepare_recognition() -> dict[str, Any]:
    """One application was filed, of another the decision and its letter are there."""
    data = json.loads(
        (stages.EXAMPLE / "application-mooc-2-ects.json").read_text(encoding="utf-8")
    )
    decided = ApplicationStory(data, stages.START).to_decided().wait(1)
    filed = ApplicationStory(data, decided.day).file().wait(1)
    with decided.now(15):
        [decision] = decided.refresh().case.decisions.all()
        reports.issue_letter(decision=decision, by=decided.officer())
    officers = Appointment.objects.filter(role=Role.RECOGNITION_OFFICER).order_by("pk")
    return {
        "filed": filed.application.pk,
        "decided": decided.application.pk,
        "recognition_officers": [row.user_id for row in officers[:2]],
        "completed_at": f"{filed.day}T10:00:00+00:00",
        "notified_at": f"{decided.day}T16:00:00+00:00",
    }


def look() -> dict[str, Any]:
    """What the database says now: for people to read, and a digest over every row."""
    return {
        "procedures": list(Procedure.objects.order_by("pk").values_list("status")),
        "periods": list(Accreditation.objects.order_by("pk").values_list("status")),
        "applications": list(
            RecognitionApplication.objects.order_by("pk").values_list("status")
        ),
        "results": IssuedResult.objects.count(),
        "events": Event.objects.count(),
        "last": list(Event.objects.order_by("pk").values_list("row", "hash"))[-1],
        "turns": list(
            Turn.objects.filter(finished=None)
            .order_by("pk")
            .values_list("pk", "flow_task", "status", "owner")
        ),
        "messages": list(Message.objects.order_by("key").values_list("key", flat=True)),
        "breaks": [row.as_dict() for row in verification.verify()],
        "every_row": _digest(),
    }


def _digest() -> str:
    rows = [
        (model._meta.label, *row)
        for model in apps.get_models()
        for row in model._base_manager.order_by("pk").values_list()
    ]
    return hashlib.sha256(json.dumps(rows, default=str).encode()).hexdigest()


def find_eligible(*, procedure: int, by: int) -> str:
    found = submission.find_eligible(
        procedure=Procedure.objects.get(pk=procedure),
        checklist=[code for code, _label in FORMAL_CHECKLIST],
        by=User.objects.get(pk=by),
    )
    return found.status


def return_for_completion(*, procedure: int, by: int) -> str:
    returned = submission.return_for_completion(
        procedure=Procedure.objects.get(pk=procedure),
        items=[ITEM],
        by=User.objects.get(pk=by),
    )
    return returned.status


def take_turn(*, turn: int, by: int) -> str:
    return str(work.take_turn(turn_id=turn, by=User.objects.get(pk=by)).owner)


def enter_into_force(*, period: int) -> str:
    begun = validity.enter_into_force(period=Accreditation.objects.get(pk=period))
    return begun.status


def find_complete(*, application: int, by: int) -> str:
    complete = filing.declare_complete(
        application=RecognitionApplication.objects.get(pk=application),
        by=User.objects.get(pk=by),
    )
    return complete.status


def notify(*, application: int, by: int) -> str:
    """B21, and the result signed as data by the same act."""
    notified = closing.notify_applicant(
        application=RecognitionApplication.objects.get(pk=application),
        delivery=closing.DeliveryProof(clock.today(), Delivery.EMAIL, "Receipt"),
        by=User.objects.get(pk=by),
    )
    return notified.status


ACTS: dict[str, Callable[..., Any]] = {
    act.__name__: act
    for act in (
        prepare,
        look,
        find_eligible,
        return_for_completion,
        take_turn,
        enter_into_force,
        find_complete,
        notify,
    )
}


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def arrange_death(point: str) -> None:
    """Die at a named place of the door, right before the commit or right after it."""
    commit = connection.commit

    def die_before() -> None:
        die()

    def die_after() -> None:
        commit()
        die()

    def reach(reached: str) -> None:
        if reached == point:
            die()

    transitions.reach = reach
    if point in ("commit", "committed"):
        connection.commit = die_before if point == "commit" else die_after


def do(database: str, job: dict[str, Any]) -> dict[str, Any]:
    """One job on its own connection, in the words of its answer."""
    connection.settings_dict["NAME"] = database
    connection.ensure_connection()
    arrange_death(job.get("die_at", ""))
    act, given = ACTS[job["act"]], job.get("given", {})
    wait_for_the_others(job["gate"])
    try:
        if "at" not in job:
            return {"done": act(**given)}
        with clock.at(datetime.fromisoformat(job["at"])):
            return {"done": act(**given)}
    except TransitionRefused as refused:
        return {"refused": refused.sentence}
    except Exception as error:  # told to the test, which fails of it
        return {"error": f"{type(error).__name__}: {error}"}
    finally:
        connection.close()


def wait_for_the_others(gate: list[int]) -> None:
    """Say that this process is ready; go on when nobody holds the gate closed."""
    ready, opened = gate
    os.write(ready, b"!")
    os.read(opened, 1)


def forked(database: str, job: dict[str, Any], answer: Path) -> int:
    """Start the job in a process of its own and return its id."""
    pid = os.fork()
    if pid:
        return pid
    signal.alarm(TO_PREPARE if job["act"] == "prepare" else LONGEST)
    os.close(job["keep"])
    try:
        told = json.dumps(do(database, job), default=str)
        answer.write_text(told, encoding="utf-8")
    finally:
        os._exit(0)  # without the clearing up that belongs to the process forked from


def obey(order: dict[str, Any]) -> list[dict[str, Any]]:
    """Run all jobs of the order at once."""
    ready_read, ready_write = os.pipe()
    opened, keep = os.pipe()
    places = {"gate": [ready_write, opened], "keep": keep}
    answers = [
        settings.DATA_DIR / f"answer-{index}.json"
        for index in range(len(order["jobs"]))
    ]
    pids = [
        forked(order["database"], {**job, **places}, answer)
        for job, answer in zip(order["jobs"], answers, strict=True)
    ]
    os.close(ready_write)
    for _pid in pids:
        os.read(ready_read, 1)
    os.close(keep)  # the end of the pipe is what opens the gate
    told = [outcome(pid, answer) for pid, answer in zip(pids, answers, strict=True)]
    os.close(ready_read)
    os.close(opened)
    return told


def outcome(pid: int, answer: Path) -> dict[str, Any]:
    _pid, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return {"died_of": signal.Signals(os.WTERMSIG(status)).name}
    if not answer.exists():
        return {"error": "it ended without an answer"}
    told = json.loads(answer.read_text(encoding="utf-8"))
    answer.unlink()
    return told


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(json.dumps(obey(json.loads(line))) + "\n")
        sys.stdout.flush()

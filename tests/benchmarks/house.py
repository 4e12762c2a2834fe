"""A house of a given size: the demo university, its cases copied as often as needed."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from math import ceil
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Permission
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from viewflow.workflow.status import STATUS

from fixtures.demo import demo
from qa.enums import CaseKind, Role
from qa.flows.procedure import ProcedureFlow
from qa.models import Appointment, Procedure, Turn, User
from recognition.models import RecognitionApplication
from tests.benchmarks import copies, scratch

SMALL, LARGE = 100, 10_000
OFFICES = (
    Role.QA_OFFICER,
    Role.CEAC_CHAIR,
    Role.SENATE_SECRETARY,
    Role.BOARD_SECRETARY,
    Role.DEANS_OFFICE,
    Role.COMMITTEE_SECRETARY,
    Role.RECOGNITION_OFFICER,
)


@dataclass(frozen=True)
class House:
    """A filled database and the sessions of the people who look at it."""

    database: BaseDatabaseWrapper
    procedures: int
    applications: int
    open_turns: int
    sessions: dict[str, str]


@contextmanager
def two_houses(folder: Path) -> Iterator[tuple[House, House]]:
    """A small and a large house with the same people; both are gone afterwards."""
    usual = connections[DEFAULT_DB_ALIAS]
    with ExitStack() as stack:
        demo_only = stack.enter_context(scratch.copy_of(usual, "demo", folder))
        with scratch.in_place(demo_only):
            for _line in demo.play():
                pass
            step = copies.highest_key()
        houses = []
        for name, size in (("small", SMALL), ("large", LARGE)):
            made = stack.enter_context(scratch.copy_of(demo_only, name, folder))
            with scratch.in_place(made):
                plan = _fill(step, size)
                houses.append(_house(made, plan))
        yield houses[0], houses[1]


def _fill(step: int, size: int) -> copies.Plan:
    """Procedures and applications up to the size; how the procedures were copied."""
    plans = {
        CaseKind.MICRO_CREDENTIAL: _plan(step, size, Procedure.objects.count()),
        CaseKind.RECOGNITION: _plan(step, size, RecognitionApplication.objects.count()),
    }
    copies.add_people(step, max(plan.peoples for plan in plans.values()))
    for kind, plan in plans.items():
        copies.add_copies(kind, plan)
    User.objects.update(is_demo=False)  # invented people cannot sign in otherwise
    connection.check_constraints()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # what its own servant does within a minute
    return plans[CaseKind.MICRO_CREDENTIAL]


def _plan(step: int, size: int, told: int) -> copies.Plan:
    return copies.Plan(step, ceil(size / told), of_one_people=ceil(SMALL / told))


def _house(database: BaseDatabaseWrapper, plan: copies.Plan) -> House:
    people = {
        "author": _author(plan),
        "offices": _holder_of_offices(),
        "officer": _holder(Role.RECOGNITION_OFFICER),
        "applicant": RecognitionApplication.objects.earliest("pk").applicant,
    }
    return House(
        database,
        Procedure.objects.count(),
        RecognitionApplication.objects.count(),
        Turn.objects.filter(finished=None, flow_task_type="HUMAN").count(),
        {name: _session(person) for name, person in people.items()} | {"": ""},
    )


def _author(plan: copies.Plan) -> User:
    """Whose turn it is in the first hundred cases, in both houses the same."""
    author = _person("author")
    last = plan.step * plan.of_one_people
    _turns(pk__lte=last, status=STATUS.ASSIGNED).update(owner=author)
    Procedure.objects.filter(pk__lte=last).update(coordinator=author)
    return author


def _holder_of_offices() -> User:
    """For whom every free piece of work of the house is free to take."""
    holder = _person("offices")
    for role in OFFICES:
        held = Appointment.objects.filter(role=role)
        for unit in set(held.values_list("unit", flat=True)):
            Appointment.objects.create(
                user=holder, role=role, unit_id=unit, valid_from=date(2020, 1, 1)
            )
    return holder


def _holder(role: Role) -> User:
    return Appointment.objects.filter(role=role).earliest("pk").user


def give_everything(house: House) -> str:
    """Every open turn of the house is one person's, the most there could ever be."""
    with scratch.in_place(house.database):
        owner = _person("everything")
        _turns().update(owner=owner, status=STATUS.ASSIGNED)
        return _session(owner)


def _turns(**wanted: object):
    return Turn.objects.filter(
        process__flow_class=ProcedureFlow,
        finished=None,
        flow_task_type="HUMAN",
        **wanted,
    )


def _person(name: str) -> User:
    """Somebody who may also see the engine's own pages."""
    person = User.objects.create(
        email=f"{name}@benchmark.example", given_name="Ilinca", family_name="Măsurătoru"
    )
    person.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    return person


def _session(person: User) -> str:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return session.session_key

"""State x transition x person, whole: what the machines' tables say, cell by cell.

Everybody is there: one holder of every role, everyone with a part in the case, every
seat of a panel, and those who are near but must not (other faculties, former holders).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import pytest_django
from django.db import models

from fixtures.demo.cast import instant
from qa import clock
from qa.enums import PanelRole, Role
from qa.models import (
    Accreditation,
    Appointment,
    Assessment,
    Condition,
    ConflictDeclaration,
    PanelMember,
    Procedure,
    Unit,
    User,
    Version,
)
from qa.services.people import system_actor
from qa.transitions import may_perform, opening_of, status_field
from tests.qa.test_machine_tables import OPENINGS, TABLES
from tests.stages import Stage

pytestmark = pytest.mark.django_db
SINCE = date(2020, 1, 1)

AUTHORS = {"author of the offer", "coordinator of the procedure"}
COORDINATOR = {"coordinator of the procedure"}
QA_OFFICER = {"qa_officer"}
DEAN = {"deans_office", "deans_office of the faculty"}
CEAC_CHAIR = {"ceac_chair"}
PANEL_CHAIR = {"chair of the panel"}
MEMBER = {"this member"}
SENATE = {"senate_secretary", "recorder of the decision"}
SYSTEM = {"the system"}

# machine: {row: {act: (from states, who)}}
Rows = dict[str, tuple[str, set[str], set[str]]]
MACHINES: dict[type[models.Model], Rows] = {
    Procedure: {
        "A02": ("abandon", {"draft"}, AUTHORS),
        "A03": ("submit", {"draft"}, COORDINATOR),
        "A04": ("return_for_completion", {"submitted"}, QA_OFFICER),
        "A05": ("resubmit_completed", {"returned"}, COORDINATOR),
        "A06": ("lapse", {"returned"}, SYSTEM),
        "A07": ("find_eligible", {"submitted"}, QA_OFFICER),
        "A08": ("endorse", {"eligible"}, DEAN),
        "A08n": ("refuse_endorsement", {"eligible"}, DEAN),
        "A09": ("open_panel", {"endorsed"}, CEAC_CHAIR),
        "A10": ("start_review", {"panel_setup"}, CEAC_CHAIR),
        "A11": ("reopen_panel", {"under_review"}, CEAC_CHAIR),
        "A12": ("begin_report", {"under_review"}, PANEL_CHAIR),
        "A13": ("send_for_factual_check", {"report_draft"}, PANEL_CHAIR),
        "A14": ("finalise_report", {"factual_check"}, PANEL_CHAIR),
        "A15": ("refer_for_decision", {"report_final"}, CEAC_CHAIR),
        "A16": ("decide", {"awaiting_decision"}, SENATE),
    },
    Version: {
        "V2": ("freeze", {"draft"}, COORDINATOR),
        "V3": ("replace", {"frozen"}, COORDINATOR | SENATE),
        "V4": ("approve", {"frozen"}, SENATE),
        "V4n": ("reject", {"frozen"}, SENATE),
        "V5": ("abandon", {"draft", "frozen"}, AUTHORS | SYSTEM),
    },
    PanelMember: {
        "P2": ("accept", {"invited"}, MEMBER),
        "P3": ("decline", {"invited"}, MEMBER),
        "P4": ("recuse", {"accepted"}, MEMBER | CEAC_CHAIR),
        "P5": (
            "replace",
            {"invited", "accepted", "declined", "recused"},
            QA_OFFICER,
        ),
    },
    ConflictDeclaration: {
        "D1": ("declare_none", {"pending"}, MEMBER),
        "D2": ("declare", {"pending"}, MEMBER),
        "D3": ("clear", {"declared"}, CEAC_CHAIR),
        "D4": ("uphold", {"declared"}, CEAC_CHAIR),
    },
    Assessment: {"S2": ("submit", {"draft"}, MEMBER)},
    Accreditation: {
        "A18": ("enter_into_force", {"approved"}, SYSTEM),
        "A24": ("call_reevaluation", {"in_force"}, SYSTEM),
        "A26": ("open_extension", {"in_force"}, SYSTEM),
        "A27": ("succeed", {"in_force"}, SYSTEM),
        "A29": ("expire", {"approved", "in_force"}, SYSTEM),
        "A31": ("withdraw", {"in_force"}, SENATE | SYSTEM),
    },
    Condition: {
        "C2": ("submit_evidence", {"open"}, {"owner of the condition"}),
        "C3": ("fulfil", {"evidence_submitted"}, CEAC_CHAIR),
        "C4": ("ask_for_more", {"evidence_submitted"}, CEAC_CHAIR),
    },
}
# Rows "new -> first state". Whoever coordinates in the unit proposes as its authors do.
FIRST: dict[type[models.Model], dict[str, set[str]]] = {
    Procedure: {
        "A01": AUTHORS | {"author", "coordinator"},
        "A17": COORDINATOR,
        "A24": SYSTEM,
    },
    Version: {"V1": AUTHORS | SYSTEM},
    PanelMember: {"P1": QA_OFFICER},
    ConflictDeclaration: {"D0": SYSTEM},
    Assessment: {"S1": MEMBER | CEAC_CHAIR},
    Accreditation: {"A16": SENATE},
    Condition: {"C1": {"recorder of the decision"}},
}
STATES = {
    Procedure: {
        "draft",
        "submitted",
        "returned",
        "eligible",
        "endorsed",
        "panel_setup",
        "under_review",
        "report_draft",
        "factual_check",
        "report_final",
        "awaiting_decision",
        "decided",
        "abandoned",
    },
    Version: {"draft", "frozen", "replaced", "approved", "rejected", "abandoned"},
    PanelMember: {"invited", "accepted", "declined", "recused", "replaced"},
    ConflictDeclaration: {"pending", "none", "declared", "cleared", "upheld"},
    Assessment: {"draft", "submitted"},
    Accreditation: {"approved", "in_force", "succeeded", "expired", "withdrawn"},
    Condition: {"open", "evidence_submitted", "fulfilled"},
}


@dataclass
class Cast:
    """One case with a thing of every machine, and everybody who could act on it."""

    day: date
    things: dict[type[models.Model], Any]
    people: dict[str, User]


@pytest.fixture(scope="module")
def cast(
    stages: dict[str, Stage], django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Cast]:
    """Assembled once; the module undoes it at its end."""
    stage = stages["in_force"]
    with django_db_blocker.unblock(), clock.at(instant(stage.day)):
        yield assemble(Procedure.objects.get(pk=stage.procedure_id), stage.day)


def assemble(procedure: Procedure, day: date) -> Cast:
    offer = procedure.micro_credential
    seat = procedure.members.filter(role=PanelRole.STUDENT).first()
    condition = Condition.objects.get(decision__procedure=procedure)
    condition.owner = person("owner")
    procedure.follows = procedure  # A17 asks who coordinated what it follows
    people = {
        "author of the offer": offer.created_by,
        "coordinator of the procedure": procedure.coordinator,
        "recorder of the decision": condition.decision.recorded_by,
        "owner of the condition": condition.owner,
        "this member": seat.user,
        "the system": system_actor(),
        "a stranger": person("stranger"),
        **role_holders(),
        **neighbours(offer.unit),
        **seats(procedure),
    }
    things = {
        Procedure: procedure,
        Version: procedure.version,
        PanelMember: seat,
        ConflictDeclaration: seat.declaration,
        Assessment: seat.assessment,
        Accreditation: Accreditation.objects.get(procedure=procedure),
        Condition: condition,
    }
    return Cast(day, things, people)


def person(name: str, *roles: Role, unit: Unit | None = None, **ended: Any) -> User:
    user = User.objects.create(
        email=f"{name}@cast.example", given_name=name, family_name="Distribuit"
    )
    for role in roles:
        Appointment.objects.create(
            user=user, role=role, unit=unit, valid_from=SINCE, **ended
        )
    return user


def role_holders() -> dict[str, User]:
    """One person for every role, appointed for the whole institution."""
    return {role.value: person(role.value, role) for role in Role}


def neighbours(unit: Unit) -> dict[str, User]:
    """The same roles, here and where they count for nothing."""
    elsewhere = Unit.objects.exclude(parent=unit.faculty).exclude(pk=unit.faculty.pk)
    faculty = elsewhere.filter(parent=None, children__isnull=False).first()
    department = elsewhere.filter(parent=faculty).first()
    off = person("off", *Role)
    User.objects.filter(pk=off.pk).update(is_active=False)
    yesterday = clock.add_days(clock.today(), -1)
    return {
        "deans_office of the faculty": person(
            "dean", Role.DEANS_OFFICE, unit=unit.faculty
        ),
        "every role in another faculty": person("far", *OF_UNITS, unit=faculty),
        "every role in another department": person("near", *OF_UNITS, unit=department),
        "every role until yesterday": person("former", *Role, valid_to=yesterday),
        "every role, switched off": User.objects.get(pk=off.pk),
    }


OF_UNITS = (Role.AUTHOR, Role.COORDINATOR, Role.HEAD_OF_DEPARTMENT, Role.DEANS_OFFICE)


def seats(procedure: Procedure) -> dict[str, User]:
    """Every seat of a panel, and a chair's seat that was never taken or was left."""
    first = procedure.members.filter(role=PanelRole.CHAIR)
    first.update(status="recused", left_reason="Busy.")
    chosen = [(f"{role.value} of the panel", role, "accepted") for role in PanelRole]
    chosen += [
        (f"chair who is {status}", PanelRole.CHAIR, status)
        for status in ("invited", "declined", "recused", "replaced")
    ]
    found = {}
    for number, (name, role, status) in enumerate(chosen):
        found[name] = person(f"seat{number}")
        seat = PanelMember.objects.create(
            procedure=procedure,
            user=found[name],
            role=role,
            invited_at=clock.now(),
            invited_by=procedure.coordinator,
            undertaking_at=clock.now(),
            undertaking_by=found[name],
            left_reason="Busy.",
        )
        PanelMember.objects.filter(pk=seat.pk).update(status=status)
    return found


def in_state(thing: Any, state: str) -> Any:
    """The thing as if it stood there, in memory only."""
    thing.__dict__[status_field(type(thing)).name] = state
    return thing


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.__name__)
def test_every_cell_of_state_act_and_person(
    cast: Cast, machine: type[models.Model]
) -> None:
    original = cast.things[machine]
    stood = original.status
    told, found = set(), set()

    for state in status_field(machine).choices:
        thing = in_state(original, state[0])
        for act, sources, who in MACHINES[machine].values():
            for name, user in cast.people.items():
                cell = (state[0], act, name)
                if state[0] in sources and name in who:
                    told.add(cell)
                if may_perform(thing, act, user):
                    found.add(cell)
    in_state(original, stood)

    assert {"too much": found - told, "too little": told - found} == {
        "too much": set(),
        "too little": set(),
    }


@pytest.mark.parametrize("machine", FIRST, ids=lambda machine: machine.__name__)
def test_every_opening_belongs_to_its_people(
    cast: Cast, machine: type[models.Model]
) -> None:
    thing = cast.things[machine]

    assert {
        row: {
            name
            for name, user in cast.people.items()
            if opening_of(machine, row).permission(thing, user)
        }
        for row in FIRST[machine]
    } == FIRST[machine]


def test_product_leaves_nothing_out(cast: Cast) -> None:
    assert {
        machine: {state for state, _label in status_field(machine).choices}
        for machine in MACHINES
    } == STATES
    assert {
        machine: {act for act, _from, _who in rows.values()}
        for machine, rows in MACHINES.items()
    } == {machine: {act for _row, act in table} for machine, table in TABLES.items()}
    assert {machine: set(rows) for machine, rows in FIRST.items()} == {
        machine: set(rows) for machine, rows in OPENINGS.items()
    }
    assert set(Role.values) <= set(cast.people)
    named = {
        who for rows in MACHINES.values() for row in rows.values() for who in row[2]
    }
    assert named <= set(cast.people)

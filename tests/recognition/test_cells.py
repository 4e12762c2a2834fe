"""State x transition x person, whole: what the machine's table says, cell by cell."""

from dataclasses import dataclass
from typing import Any

import pytest

from qa import clock
from qa.enums import Role
from qa.models import Appointment, Condition, User
from qa.services.people import system_actor
from qa.transitions import may_perform, opening_of, status_field
from recognition.enums import ApplicationStatus
from recognition.models import RecognitionApplication
from tests.factories import recognition as r
from tests.recognition.test_machine_table import TABLE

pytestmark = pytest.mark.django_db

APPLICANT = {"the applicant"}
OFFICER = {"recognition_officer"}
ASSESSOR = {"the assessor"}
SECRETARY = {"committee_secretary"}
SYSTEM = {"the system"}
ASKING = {"complete", "verifying", "tracked", "comparing", "proposed"}

# row: (act, from states, who)
ROWS: dict[str, tuple[str, set[str], set[str]]] = {
    "B01": ("submit", {"draft"}, APPLICANT),
    "B02": ("find_incomplete", {"submitted"}, OFFICER),
    "B03": ("complete", {"incomplete"}, OFFICER),
    "B04": ("find_complete", {"submitted"}, OFFICER),
    "B07": ("start_verification", {"complete"}, OFFICER),
    "B08": ("choose_track", {"verifying"}, OFFICER),
    "B11": ("request_information", ASKING, OFFICER | ASSESSOR),
    "B12": ("resume", {"info_requested"}, OFFICER | SYSTEM),
    "B15": ("start_comparison", {"tracked"}, ASSESSOR),
    "B17": ("propose", {"comparing"}, ASSESSOR),
    "B18": ("put_on_agenda", {"proposed"}, SECRETARY),
    "B20": ("decide", {"in_committee"}, SECRETARY),
    "B21": ("notify", {"decided"}, OFFICER),
    "B22": ("close", {"notified"}, APPLICANT | SYSTEM),
    "B23r": ("register_appeal", {"notified"}, OFFICER),
    "B28": (
        "withdraw",
        ASKING | {"draft", "submitted", "incomplete", "info_requested", "in_committee"},
        APPLICANT,
    ),
}
STATES = {
    "draft",
    "submitted",
    "incomplete",
    "complete",
    "verifying",
    "tracked",
    "comparing",
    "info_requested",
    "proposed",
    "in_committee",
    "decided",
    "notified",
    "final",
    "withdrawn",
}
CONDITION_ROWS = {
    "C2": ("submit_evidence", {"open"}, {"owner of the condition"}),
    "C3": ("fulfil", {"evidence_submitted"}, OFFICER),
    "C4": ("ask_for_more", {"evidence_submitted"}, OFFICER),
}


@dataclass
class Cast:
    """An application, and everybody who could act on it."""

    office: r.Office
    application: RecognitionApplication
    people: dict[str, User]


@pytest.fixture
def cast(office: r.Office) -> Cast:
    application = r.at(office, "tracked")
    r.named(office, application)
    replaced = application.assessors.get()
    replaced.pk, replaced.user = None, r.person("inlocuit")
    replaced.replaced_at, replaced.replaced_by = clock.now(), office.horia
    replaced.save()
    people = {
        "the applicant": office.radu,
        "the assessor": office.ana,
        "an assessor who was replaced": replaced.user,
        "chair of the committee": office.carmen,
        "member of the committee": office.cezar,
        "a stranger": r.person("strain"),
        "the system": system_actor(),
        **{
            role.value: r.appoint(r.person(f"numai-{role.value}"), role)
            for role in Role
        },
        "every role until yesterday": with_every_role(
            "fost", valid_to=clock.add_days(clock.today(), -1)
        ),
        "every role, switched off": switched_off(with_every_role("oprit")),
    }
    return Cast(office, r.again(application), people)


def with_every_role(name: str, **ended: Any) -> User:
    user = r.person(name)
    for role in Role:
        Appointment.objects.create(user=user, role=role, valid_from=r.SINCE, **ended)
    return user


def switched_off(user: User) -> User:
    User.objects.filter(pk=user.pk).update(is_active=False)
    return User.objects.get(pk=user.pk)


def in_state(thing: Any, state: str) -> Any:
    """The thing as if it stood there, in memory only."""
    thing.__dict__[status_field(type(thing)).name] = state
    return thing


def deviating_cells(
    thing: Any, rows: dict[str, tuple[str, set[str], set[str]]], people: dict[str, User]
) -> dict[str, set[tuple[str, str, str]]]:
    """Cells of the product that the code answers otherwise than the rows say."""
    told, found = set(), set()
    for state, _label in status_field(type(thing)).choices:
        in_state(thing, state)
        for act, sources, who in rows.values():
            for name, user in people.items():
                cell = (state, act, name)
                if state in sources and name in who:
                    told.add(cell)
                if may_perform(thing, act, user):
                    found.add(cell)
    return {"too much": found - told, "too little": told - found}


NONE: dict[str, set[Any]] = {"too much": set(), "too little": set()}


def test_every_cell_of_state_act_and_person(cast: Cast) -> None:
    assert deviating_cells(cast.application, ROWS, cast.people) == NONE


def test_every_role_changes_nothing_for_the_applicant(cast: Cast) -> None:
    for role in Role:
        r.appoint(cast.office.radu, role)

    assert deviating_cells(cast.application, ROWS, cast.people) == NONE


def test_officer_files_what_came_on_paper(cast: Cast) -> None:
    cast.application.is_paper_file = True
    rows = ROWS | {"B01": ("submit", {"draft"}, APPLICANT | OFFICER)}

    assert deviating_cells(cast.application, rows, cast.people) == NONE


@pytest.mark.parametrize(
    ("is_paper", "who"), [(False, APPLICANT), (True, APPLICANT | OFFICER)]
)
def test_opening_belongs_to_applicant_or_officer_with_paper(
    cast: Cast, is_paper: bool, who: set[str]
) -> None:
    cast.application.is_paper_file = is_paper
    may = opening_of(RecognitionApplication, "B00").permission

    assert {
        name for name, user in cast.people.items() if may(cast.application, user)
    } == who


def test_every_cell_of_a_condition_on_a_recognition(cast: Cast) -> None:
    application = r.at(cast.office, "decided", outcome="conditional")
    condition = Condition.objects.get(decision__case=application.case)
    condition.owner = r.person("dator")
    people = cast.people | {"owner of the condition": condition.owner}

    assert deviating_cells(condition, CONDITION_ROWS, people) == NONE


def test_product_leaves_nothing_out(cast: Cast) -> None:
    assert set(ApplicationStatus.values) == STATES
    assert {(row, act) for row, (act, _from, _who) in ROWS.items()} == set(TABLE)
    assert set(Role.values) <= set(cast.people)
    assert {who for row in ROWS.values() for who in row[2]} <= set(cast.people)

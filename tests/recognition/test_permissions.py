"""Who may do what: duties are separated by person, whatever roles one holds."""

import pytest
from django.core.exceptions import PermissionDenied

from qa.enums import Role
from qa.services.people import system_actor
from qa.transitions import status_field
from recognition.models import RecognitionApplication
from tests.factories import recognition as r
from tests.recognition.trials import READY

pytestmark = pytest.mark.django_db
FIELD = status_field(RecognitionApplication)

# act: who may (of everybody below)
MAY = {
    "B00": {"radu"},
    "submit": {"radu"},
    "find_incomplete": {"oana"},
    "complete": {"oana"},
    "find_complete": {"oana"},
    "start_verification": {"oana"},
    "choose_track": {"oana"},
    "request_information": {"oana"},
    "resume": {"oana", "system"},
    "start_comparison": {"ana"},
    "propose": {"ana"},
    "put_on_agenda": {"mara"},
    "decide": {"mara"},
    "notify": {"oana"},
    "close": {"radu", "system"},
    "register_appeal": {"oana"},
    "withdraw": {"radu"},
}
# Who may keep an act without a row is asked where it is recorded, not by the door.
DOORS = sorted(set(READY) - {act.name for act in RecognitionApplication.rowless})
PEOPLE = ("radu", "oana", "horia", "ana", "anca", "mara", "carmen", "system")


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("act", DOORS)
def test_act_belongs_to_its_people(office, act, name):
    trial = READY[act](office)
    trial.by = system_actor() if name == "system" else office.people[name]

    if name in MAY[act]:
        trial.run()
    else:
        with pytest.raises(PermissionDenied):
            trial.run()


OFFICE_ROLES = (
    Role.RECOGNITION_OFFICER,
    Role.HEAD_OF_RECOGNITION,
    Role.COMMITTEE_SECRETARY,
    Role.ASSESSOR,
)
OWN_ACTS = ("B00", "submit", "close", "withdraw")


@pytest.mark.parametrize("act", [act for act in DOORS if act not in OWN_ACTS])
def test_applicant_never_acts_for_the_office(office, act):
    trial = READY[act](office)
    for role in OFFICE_ROLES:
        r.appoint(office.radu, role)
    trial.by = office.radu

    with pytest.raises(PermissionDenied):
        trial.run()

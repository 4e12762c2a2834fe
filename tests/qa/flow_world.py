"""A small university with people in their offices, for stories about turns."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.db import transaction

from qa import clock, flows
from qa.clauses import Act
from qa.enums import (
    ActKind,
    AssessmentStatus,
    BodyKind,
    CaseKind,
    DeclarationStatus,
    InstitutionalStatus,
    MembershipFunction,
    PanelMemberStatus,
    PanelRole,
    ProcedureKind,
    ProcedureStatus,
    Role,
    UnitKind,
)
from qa.models import (
    Accreditation,
    Appointment,
    Assessment,
    Body,
    Case,
    ConflictDeclaration,
    Decision,
    Institution,
    InstitutionalAccreditation,
    LearningOutcome,
    Membership,
    MicroCredential,
    PanelMember,
    Procedure,
    ProcedureProcess,
    RuleSet,
    Standard,
    StandardSet,
    Turn,
    Unit,
    User,
    Version,
)

MORNING = datetime(2026, 11, 2, 8, tzinfo=UTC)
SINCE = date(2020, 1, 1)
_numbers = count(1)


def person(name: str, *, unit: Unit | None = None, **fields: Any) -> User:
    """One person a name."""
    user, _created = User.objects.get_or_create(
        email=f"{name}@uvd.example",
        defaults={
            "given_name": name.title(),
            "family_name": "Popescu",
            "unit": unit,
            "trained_on": date(2026, 1, 15),
            "language": "en",
            **fields,
        },
    )
    return user


def appoint(user: User, role: Role, unit: Unit | None = None) -> User:
    Appointment.objects.create(user=user, role=role, unit=unit, valid_from=SINCE)
    return user


@dataclass
class World:
    """The institution, two faculties, the offices and their holders."""

    institution: Institution = field(init=False)
    letters: Unit = field(init=False)
    journalism: Unit = field(init=False)
    medicine: Unit = field(init=False)
    rules: RuleSet = field(init=False)
    standards: StandardSet = field(init=False)
    bodies: dict[str, Body] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None


@transaction.atomic
def build() -> World:
    world = World()
    world.institution = Institution.objects.create(
        code="UVD",
        name_ro="Universitatea Valea Dunării",
        name_en="Danube Valley University",
        country="RO",
        is_own=True,
    )
    InstitutionalAccreditation.objects.create(
        institution=world.institution,
        agency="ARACIS",
        kind=InstitutionalStatus.ACCREDITED,
        valid_from=SINCE,
    )
    world.letters = _unit(world, "LIT", "Facultatea de Litere", "Faculty of Letters")
    world.journalism = _unit(
        world, "LIT-J", "Jurnalism", "Journalism", parent=world.letters
    )
    world.medicine = _unit(
        world, "MED", "Facultatea de Medicină", "Faculty of Medicine"
    )
    world.rules = RuleSet.objects.create(
        code="UVD-2026", title_ro="Reguli", title_en="Rules", valid_from=SINCE
    )
    world.standards = StandardSet.objects.create(
        code="ESG-2015-1",
        title_ro="ESG 2015",
        title_en="ESG 2015",
        version="2015",
        valid_from=SINCE,
        scale=[
            {"code": "met", "label_en": "Met", "label_ro": "Da", "meets": "met"},
        ],
    )
    for position in (1, 2):
        Standard.objects.create(
            standard_set=world.standards,
            number=f"1.{position}",
            position=position,
            title_ro=f"Standardul {position}",
            title_en=f"Standard {position}",
        )
    _fill_offices(world)
    _found_bodies(world)
    return world


def _unit(
    world: World, code: str, ro: str, en: str, parent: Unit | None = None
) -> Unit:
    return Unit.objects.create(
        code=code,
        institution=world.institution,
        parent=parent,
        kind=UnitKind.DEPARTMENT if parent else UnitKind.FACULTY,
        name_ro=ro,
        name_en=en,
    )


def _fill_offices(world: World) -> None:
    world.people |= {
        "ana": appoint(person("ana", unit=world.journalism), Role.COORDINATOR),
        "ion": appoint(person("ion", unit=world.journalism), Role.AUTHOR),
        "qa": appoint(person("qa"), Role.QA_OFFICER),
        "qa2": appoint(person("qa2"), Role.QA_OFFICER),
        "dean": appoint(person("dean"), Role.DEANS_OFFICE, world.letters),
        "other_dean": appoint(person("other-dean"), Role.DEANS_OFFICE, world.medicine),
        "ceac": appoint(person("ceac"), Role.CEAC_CHAIR),
        "board": appoint(person("board"), Role.BOARD_SECRETARY),
        "senate": appoint(person("senate"), Role.SENATE_SECRETARY),
        "chair": person("chair", unit=world.medicine),
        "student": person("student"),
        "employer": person("employer"),
        "second": person("second"),
    }


def _found_bodies(world: World) -> None:
    for kind in (BodyKind.CEAC, BodyKind.BOARD, BodyKind.SENATE):
        body = Body.objects.create(
            code=kind.value,
            kind=kind,
            institution=world.institution,
            name_ro=kind.value,
            name_en=kind.value,
        )
        world.bodies[kind.value] = body
        for number in range(3):
            Membership.objects.create(
                body=body,
                user=person(f"{kind.value}-{number}".replace("_", "-")),
                function=MembershipFunction.MEMBER,
                valid_from=SINCE,
            )


@transaction.atomic
def draft(world: World, **fields: Any) -> Procedure:
    """A draft procedure with its first version and its opened course."""
    number = next(_numbers)
    now = clock.now()
    case = Case.objects.create(
        kind=CaseKind.MICRO_CREDENTIAL, number=f"MC-2026-{number:03}", opened_at=now
    )
    offer = MicroCredential.objects.create(
        case=case, unit=world.journalism, created_by=world.ana, created_at=now
    )
    offer.authors.set([world.ion])
    procedure = Procedure.objects.create(
        **{
            "micro_credential": offer,
            "kind": ProcedureKind.INITIAL,
            "route": "R1",
            "standard_set": world.standards,
            "rule_set": world.rules,
            "coordinator": world.ana,
            "opened_at": now,
            "opened_by": world.ana,
            "moved_at": now,
            **fields,
        }
    )
    version = Version.objects.create(
        micro_credential=offer,
        procedure=procedure,
        number=1,
        saved_at=now,
        saved_by=world.ana,
        title_ro=f"Alfabetizare digitală {number}",
        title_en=f"Digital literacy {number}",
        admission_ro="Formular",
        admission_en="Form",
        contact_email="contact@uvd.example",
        ects=5,
        eqf_level=6,
    )
    LearningOutcome.objects.create(
        version=version, position=1, text_ro="Analizează", text_en="Analyse"
    )
    procedure.version = version
    procedure.save(update_fields=["version"])
    flows.hand_on(procedure, "A01", act(world.ana))
    return Procedure.objects.get(pk=procedure.pk)


def act(by: User, **facts: Any) -> Act:
    return Act(by, clock.now(), clock.today(), facts=facts)


MOVES = {
    "A02": (ProcedureStatus.ABANDONED, "ana"),
    "A03": (ProcedureStatus.SUBMITTED, "ana"),
    "A04": (ProcedureStatus.RETURNED, "qa"),
    "A05": (ProcedureStatus.SUBMITTED, "ana"),
    "A06": (ProcedureStatus.ABANDONED, "qa"),
    "A07": (ProcedureStatus.ELIGIBLE, "qa"),
    "A08": (ProcedureStatus.ENDORSED, "dean"),
    "A08n": (ProcedureStatus.RETURNED, "dean"),
    "A09": (ProcedureStatus.PANEL_SETUP, "ceac"),
    "A10": (ProcedureStatus.UNDER_REVIEW, "ceac"),
    "A11": (ProcedureStatus.PANEL_SETUP, "ceac"),
    "A12": (ProcedureStatus.REPORT_DRAFT, "chair"),
    "A13": (ProcedureStatus.FACTUAL_CHECK, "chair"),
    "A14": (ProcedureStatus.REPORT_FINAL, "chair"),
    "A15": (ProcedureStatus.AWAITING_DECISION, "ceac"),
    "A16": (ProcedureStatus.DECIDED, "senate"),
}


@transaction.atomic
def move(world: World, procedure: Procedure, row: str, **fields: Any) -> Procedure:
    """Set the state as the row would and hand it on: the guards are tested elsewhere."""
    status, who = MOVES[row]
    Procedure.objects.filter(pk=procedure.pk).update(
        status=status, **(_implied(row, world) | fields)
    )
    fresh = Procedure.objects.get(pk=procedure.pk)
    flows.hand_on(fresh, row, act(world.people[who]))
    return fresh


def _implied(row: str, world: World) -> dict[str, Any]:
    """What the table's own constraints tie to the state."""
    now, today = clock.now(), clock.today()
    returned = {
        "returned_at": now,
        "returned_by": world.qa,
        "return_term_on": clock.add_days(today, world.rules.return_term_days),
    }
    submitted_now = {
        "submitted_at": now,
        "submitted_by": world.ana,
        "registry_number": "1/2026",
        "first_submitted_on": today,
    }
    abandoned = {"abandoned_at": now, "abandoned_by": world.ana}
    return {
        "A02": abandoned,
        "A03": submitted_now,
        "A04": returned,
        "A05": submitted_now,
        "A06": abandoned,
        "A08n": returned,
        "A09": {"challenge_until": clock.add_days(today, 7)},
        "A13": {"factual_check_until": clock.add_days(today, 14)},
        "A16": {"decided_on": today, "outcome": "approved"},
    }.get(row, {})


STRAIGHT = ("A03", "A07", "A08", "A09", "A10", "A12", "A13", "A14", "A15", "A16")


def until(world: World, last: str, **fields: Any) -> Procedure:
    """A new procedure that walked the straight way up to and with the row."""
    return walk(world, draft(world, **fields), last)


def walk(world: World, procedure: Procedure, last: str) -> Procedure:
    for row in STRAIGHT[: STRAIGHT.index(last) + 1]:
        if row == "A10":
            seat(world, procedure)
        if row == "A12":
            for assessment in assessments(procedure):
                submitted(assessment)
        procedure = move(world, procedure, row)
    return procedure


@transaction.atomic
def assessments(procedure: Procedure) -> list[Assessment]:
    """S1 for every seat without one, oldest seat first."""
    for member in procedure.members.filter(status=PanelMemberStatus.ACCEPTED):
        if not hasattr(member, "assessment"):
            found = Assessment.objects.create(procedure=procedure, member=member)
            flows.hand_on(found, "S1", act(member.user))
    return list(procedure.assessments.order_by("member"))


SECRETARY = ("second", PanelRole.SECRETARY, False)
SEATS = (
    ("chair", PanelRole.CHAIR, False),
    ("student", PanelRole.STUDENT, True),
    ("employer", PanelRole.LABOUR_MARKET, True),
)


def seat(world: World, procedure: Procedure, *names: str) -> list[PanelMember]:
    """Members who accepted and declared no conflict, straight into the tables."""
    known = (*SEATS, SECRETARY)
    wanted = [s for s in known if s[0] in names] if names else SEATS
    members = []
    for name, role, is_external in wanted:
        member = PanelMember.objects.create(
            procedure=procedure,
            user=world.people[name],
            role=role,
            is_external=is_external,
            status=PanelMemberStatus.ACCEPTED,
            invited_at=clock.now(),
            invited_by=world.qa,
            undertaking_at=clock.now(),
            undertaking_by=world.people[name],
            trained_on=world.people[name].trained_on,
        )
        ConflictDeclaration.objects.create(
            member=member,
            status=DeclarationStatus.NONE,
            declared_at=clock.now(),
            declared_by=member.user,
        )
        members.append(member)
    return members


@transaction.atomic
def submitted(assessment: Assessment) -> Assessment:
    """S2 without writing the readings."""
    Assessment.objects.filter(pk=assessment.pk).update(
        status=AssessmentStatus.SUBMITTED,
        submitted_at=clock.now(),
        submitted_by=assessment.member.user,
    )
    fresh = Assessment.objects.get(pk=assessment.pk)
    flows.hand_on(fresh, "S2", act(assessment.member.user))
    return fresh


def turns(procedure: Procedure) -> list[tuple[str, str | None]]:
    """Open turns as (step, who or which office), oldest first."""
    found = Turn.objects.filter(process__procedure=procedure, finished=None).exclude(
        flow_task_type="JOIN"
    )
    return [
        (
            turn.flow_task.name,
            turn.owner.email.split("@")[0] if turn.owner else turn.owner_permission,
        )
        for turn in found.order_by("pk").select_related("owner")
    ]


def course(procedure: Procedure) -> ProcedureProcess:
    return ProcedureProcess.objects.get(procedure=procedure)


# What an act that withdraws says, whatever it withdraws.
WITHDRAWING = {
    "reasons_ro": "Motivare.",
    "reasons_en": "Reasons.",
    "remedy_ro": "Plângere.",
    "remedy_en": "Complaint.",
    "remedy_days": 30,
}


def senate_act(world: World, procedure: Procedure, **fields: Any) -> Decision:
    """A carried act of the senate."""
    return Decision.objects.create(
        **{
            "case": procedure.micro_credential.case,
            "procedure": procedure,
            "body": world.bodies["senate"],
            "kind": ActKind.DECISION,
            "outcome": "approved",
            "act_number": f"{next(_numbers)}/2026",
            "decided_on": clock.today(),
            "recorded_at": clock.now(),
            "recorded_by": world.senate,
            **fields,
        }
    )


def period(
    world: World, procedure: Procedure, valid_from: date, valid_to: date, **fields: Any
) -> Accreditation:
    """A validity period with the decision it rests on, its course ready to end."""
    decision = senate_act(
        world,
        procedure,
        decided_on=valid_from,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    return Accreditation.objects.create(
        **{
            "micro_credential": procedure.micro_credential,
            "version": procedure.version,
            "procedure": procedure,
            "decision": decision,
            "valid_from": valid_from,
            "valid_to": valid_to,
            "notice_on": clock.add_months(valid_to, -12),
            "filing_by": clock.add_months(valid_to, -6),
            **fields,
        }
    )


def renew_rules(world: World, *, since: date) -> tuple[RuleSet, StandardSet]:
    """A new rule set and a new standard set take over."""
    eve = clock.add_days(since, -1)
    RuleSet.objects.update(valid_to=eve)
    StandardSet.objects.update(valid_to=eve)
    rules = RuleSet.objects.create(
        code="UVD-NEW", title_ro="Reguli", title_en="Rules", valid_from=since
    )
    standards = StandardSet.objects.create(
        code="ESG-2028-1",
        title_ro="ESG",
        title_en="ESG",
        version="2028",
        valid_from=since,
        scale=[],
    )
    return rules, standards

"""Offices: a role, for one unit or none, as a task without owner carries it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from qa import clock
from qa.enums import PanelRole, Role
from qa.models.people import Appointment, Unit

ROLE, SEAT = "role:", "seat:"
# Offices that stand once in every faculty or department; the others stand once.
OF_UNITS = frozenset({Role.DEANS_OFFICE, Role.HEAD_OF_DEPARTMENT})


def key(role: Role, unit: Unit | None = None) -> str:
    """“role:qa_officer” or “role:deans_office:unit:12”."""
    return f"role:{role.value}" if unit is None else f"role:{role.value}:unit:{unit.pk}"


def seat(role: PanelRole) -> str:
    """“seat:chair”: a turn that follows a seat of the panel; nobody can take it."""
    return f"{SEAT}{role.value}"


def is_office(office: str) -> bool:
    return office.startswith(ROLE)


def label_of(office: str) -> str:
    """The office in words, without its unit."""
    name = office.split(":")[1]
    return str((PanelRole if office.startswith(SEAT) else Role)(name).label)


def role_of(office: str) -> Role:
    return Role(office.split(":")[1])


def unit_id_of(office: str) -> int | None:
    parts = office.split(":")
    return int(parts[3]) if len(parts) == 4 else None


@dataclass(frozen=True)
class Offices:
    """What a person's appointments of a day let them take."""

    roles: frozenset[str]
    keys: frozenset[str]
    everywhere: frozenset[str]

    def matching(self, field: str) -> Q:
        """Rows whose office, held in `field`, is one of these."""
        found = Q(**{f"{field}__in": self.keys})
        for role in sorted(self.everywhere):
            found |= Q(**{f"{field}__startswith": f"role:{role}:unit:"})
        return found

    def cover(self, office: str) -> bool:
        return office in self.keys or (
            is_office(office)
            and unit_id_of(office) is not None
            and role_of(office) in self.everywhere
        )


def held_by(user: Any) -> Offices:
    """The offices of the person today; an appointment without unit is for all units."""
    if not user.is_active or user.is_service:
        return _offices(())
    return _offices(
        user.appointments.current_on(clock.today()).values_list("role", "unit_id")
    )


def held_alone_and_shared(user: Any) -> tuple[Offices, Offices]:
    """The offices nobody else holds today, and those that several people hold.

    A role held for several units is alone only where it is so for each of them.
    """
    if not user.is_active or user.is_service:
        return _offices(()), _offices(())
    others = _holding_today().exclude(user=user).filter(role=OuterRef("role"))
    of_unit = others.filter(Q(unit=None) | Q(unit=OuterRef("unit")))
    held = list(
        user.appointments.current_on(clock.today()).values_list(
            "role", "unit_id", Exists(others), Exists(of_unit)
        )
    )
    shared = {
        role
        for role, unit, anywhere, there in held
        if (there if unit and role in OF_UNITS else anywhere)
    }
    return (
        _offices((role, unit) for role, unit, *_ in held if role not in shared),
        _offices((role, unit) for role, unit, *_ in held if role in shared),
    )


def _holding_today() -> Any:
    return Appointment.objects.current_on(clock.today()).filter(
        user__is_active=True, user__is_service=False
    )


def _offices(appointments: Iterable[tuple[str, int | None]]) -> Offices:
    held = list(appointments)
    return Offices(
        roles=frozenset(role for role, _unit in held),
        keys=frozenset(f"role:{role}" for role, _unit in held)
        | frozenset(f"role:{role}:unit:{unit}" for role, unit in held if unit),
        everywhere=frozenset(
            role for role, unit in held if unit is None and role in OF_UNITS
        ),
    )


def holders(role: Role, unit_id: int | None = None) -> list[Any]:
    """The people who hold the office today."""
    current = _holding_today().filter(role=role)
    if unit_id is not None:
        current = current.filter(Q(unit=None) | Q(unit=unit_id))
    people = {one.user_id: one.user for one in current.select_related("user")}
    return [people[pk] for pk in sorted(people)]

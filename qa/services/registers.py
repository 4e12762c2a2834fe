"""Numbers: gapless yearly registers for cases, incoming documents and acts."""

from datetime import date

from qa.models import Body, Register


def next_number(name: str, day: date) -> int:
    """The next number of a register; gapless, for a refused act gives it back."""
    Register.objects.get_or_create(name=name, year=day.year)
    register = Register.objects.select_for_update().get(name=name, year=day.year)
    register.last_number += 1
    register.save(update_fields=["last_number"])
    return register.last_number


def next_case_number(prefix: str, day: date) -> str:
    """MC-2026-014 and R-2026-0231."""
    width = 4 if prefix == "R" else 3
    return f"{prefix}-{day.year}-{next_number(f'cases/{prefix}', day):0{width}d}"


def next_registry_number(day: date) -> str:
    """The number and day under which a document was received or sent."""
    return f"{next_number('registry', day)}/{day:%d.%m.%Y}"


def next_act_number(body: Body, day: date) -> str:
    return f"{next_number(f'acts/{body.code}', day)}/{day.year}"

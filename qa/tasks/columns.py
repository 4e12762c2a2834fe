"""The columns that every source of qa fills in the same way."""

from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Coalesce, Concat
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from qa.models import Procedure, User
from qa.tasks.lists import Row

PROCEDURE_PAGE = "qa:procedure_detail"


def about(path: str = "") -> dict[str, Any]:
    """The case, title and size of the offer whose procedure lies at `path`, or is it."""
    at = f"{path}__" if path else ""
    unit = f"{at}micro_credential__unit"
    return {
        "thing_id": f"{at}pk",
        "case_id": f"{at}micro_credential__case_id",
        "case_number": f"{at}micro_credential__case__number",
        "title_ro": f"{at}version__title_ro",
        "title_en": f"{at}version__title_en",
        "faculty_ro": Coalesce(f"{unit}__parent__name_ro", f"{unit}__name_ro"),
        "faculty_en": Coalesce(f"{unit}__parent__name_en", f"{unit}__name_en"),
        "ects": f"{at}version__ects",
        "eqf_level": f"{at}version__eqf_level",
    }


def name_of(path: str) -> Concat:
    """Title, given name and family name of the person at `path`."""
    return Concat(
        F(f"{path}__title"),
        Value(" "),
        F(f"{path}__given_name"),
        Value(" "),
        F(f"{path}__family_name"),
        output_field=CharField(),
    )


def own_procedures(user: User) -> QuerySet[Procedure, Any]:
    """The keys of procedures the person coordinates or is an author of."""
    authored = user.authored_micro_credentials.values("pk")
    coordinated = Procedure.objects.filter(coordinator=user).values("pk")
    # Either is looked up by its index; with OR between them every row is read.
    return coordinated.union(
        Procedure.objects.filter(micro_credential__in=authored).values("pk")
    )


def size(row: Row) -> tuple[str, ...]:
    """Faculty, credits and level, as far as they are known."""
    facts = [row.faculty]
    if row.ects is not None:
        facts.append(_("%(ects)s ECTS") % {"ects": floatformat(row.ects)})
    if row.eqf_level is not None:
        facts.append(_("level %(level)s") % {"level": row.eqf_level})
    return tuple(facts)

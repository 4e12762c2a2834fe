"""Many copies of the demo's cases, written by the database itself.

A copy of a row is the same row with its key, and its keys of other copied rows, moved
by a multiple of one step; so nothing is counted or looked up, and every status keeps
the versions, panels, decisions and turns that belong to it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, models, transaction
from viewflow.workflow.models import Process

from qa.models import Case, Procedure
from recognition.models import RecognitionApplication

# Tables that no measured page reads; leaving them out keeps the filling short.
LEFT_OUT = frozenset(
    {
        "qa_event",
        "qa_finding",
        "qa_message",
        "qa_monitoringindicator",
        "qa_consultation",
        "qa_remark",
        "qa_report",
        "qa_reportpoint",
        "qa_sealedhead",
        "qa_signoff",
        "qa_vote",
        "recognition_issuedresult",
        "recognition_resultwithdrawal",
        "reports_issuedletter",
        "viewflow_task_previous",
    }
)
# Keys without a foreign key: what a course or a turn is about.
LOOSE_KEYS = ("artifact_object_id", "seed_object_id")

Keys = dict[type[models.Model], set[int]]


def rows_of(kind: str) -> Keys:
    """The keys of all rows that belong to cases of the kind, by model."""
    cases = Case.objects.filter(kind=kind)
    found: Keys = {Case: set(cases.values_list("pk", flat=True))}
    tables = [m for m in _tables() if m not in (Case, Process)]
    grows = True
    while grows:
        sizes = {model: len(keys) for model, keys in found.items()}
        _add_courses(found)
        for model in tables:
            _add_rows(model, found)
        grows = sizes != {model: len(keys) for model, keys in found.items()}
    return {model: keys for model, keys in found.items() if keys}


def _tables() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy and model._meta.db_table not in LEFT_OUT
    ]


def _add_courses(found: Keys) -> None:
    """Courses have no foreign key to what they are about."""
    for owner in (Procedure, RecognitionApplication):
        about = owner._base_manager.filter(pk__in=found.get(owner, ()))
        keys = set(about.exclude(course=None).values_list("course", flat=True))
        found[Process] = found.get(Process, set()) | keys


def _add_rows(model: type[models.Model], found: Keys) -> None:
    wanted = models.Q(pk=None)
    for field in _keys_of(model, found):
        wanted |= models.Q(**{f"{field.attname}__in": found[field.related_model]})
    keys = set(model._base_manager.filter(wanted).values_list("pk", flat=True))
    found[model] = found.get(model, set()) | keys


def _keys_of(
    model: type[models.Model], among: Iterable[type[models.Model]]
) -> list[models.ForeignKey]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model in among
    ]


def highest_key() -> int:
    """A number that no key of the demo exceeds."""
    return max(
        model._base_manager.aggregate(top=models.Max("pk"))["top"] or 0
        for model in _tables()
        if isinstance(model._meta.pk, models.AutoField | models.OneToOneField)
    )


@dataclass(frozen=True)
class Plan:
    """How many copies in all, and how many of them the same people work on.

    So a larger house has more people, and each of them as much work as before.
    """

    step: int
    copies: int
    of_one_people: int

    @property
    def peoples(self) -> int:
        return (self.copies - 1) // self.of_one_people


@transaction.atomic
def add_people(step: int, count: int) -> None:
    """Copies of the people; the service user stays the only one."""
    people = get_user_model()
    keys = set(people.objects.filter(is_service=False).values_list("pk", flat=True))
    _insert(people, keys, {"id": f"id + k * {step}"}, range(1, count + 1))


@transaction.atomic
def add_copies(kind: str, plan: Plan) -> None:
    """Copies of every case of the kind; the first is the case itself."""
    rows = rows_of(kind)
    for model, keys in rows.items():
        _insert(model, keys, _moved(model, rows, plan), range(1, plan.copies))


def _moved(model: type[models.Model], rows: Keys, plan: Plan) -> dict[str, str]:
    """How the columns of a copy differ from the row it is a copy of."""
    service = get_user_model().objects.filter(is_service=True).values_list("pk")
    fixed = ", ".join(str(pk) for (pk,) in service) or "0"
    moved = {}
    for field in model._meta.concrete_fields:
        name = connection.ops.quote_name(field.column)
        if isinstance(field, models.ForeignKey):
            if field.related_model in rows:
                moved[field.column] = f"{name} + k * {plan.step}"
            elif field.related_model is get_user_model():
                moved[field.column] = (
                    f"CASE WHEN {name} IN ({fixed}) THEN {name}"
                    f" ELSE {name} + (k / {plan.of_one_people}) * {plan.step} END"
                )
        elif field.primary_key or field.column in LOOSE_KEYS:
            moved[field.column] = f"{name} + k * {plan.step}"
    return moved


def _insert(
    model: type[models.Model], keys: set[int], moved: dict[str, str], copies: range
) -> None:
    values = {**_told_apart(model, moved), **moved}
    columns = [field.column for field in model._meta.concrete_fields]
    quote = connection.ops.quote_name
    taken = ", ".join(values.get(column, quote(column)) for column in columns)
    table = quote(model._meta.db_table)
    sql = (
        f"INSERT INTO {table} ({', '.join(map(quote, columns))})"  # noqa: S608  own names
        f" WITH RECURSIVE numbers(k) AS (SELECT {copies.start} UNION ALL"
        f" SELECT k + 1 FROM numbers WHERE k + 1 < {copies.stop})"
        f" SELECT {taken} FROM {table}, numbers"
        f" WHERE {quote(model._meta.pk.column)} IN ({', '.join(map(str, keys))})"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _told_apart(model: type[models.Model], moved: dict[str, str]) -> dict[str, str]:
    """Texts that must be unique get the number of the copy."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    unique = {name for name, field in fields.items() if field.unique}
    for rule in model._meta.constraints:
        if isinstance(rule, models.UniqueConstraint) and not any(
            fields[name].column in moved for name in rule.fields
        ):
            unique |= set(rule.fields)
    told = {}
    for field in (fields[name] for name in unique):
        if isinstance(field, models.CharField):
            column = connection.ops.quote_name(field.column)
            told[field.column] = (
                f"CASE {column} WHEN '' THEN '' ELSE {column} || '-' || k END"
            )
    return told

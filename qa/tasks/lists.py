"""Lists of waiting work: every source in the same columns, sorted by one query."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import Promise
from viewflow.workflow.status import STATUS

from qa import clock, offices
from qa.models import Turn, User
from qa.models.people import in_local_language
from qa.offices import Offices

# Of more free work than this the oldest is looked at, and a page of it shown with one
# piece more, which tells that there is more; the rest moves up as pieces are taken.
LOOKED_AT, SHOWN = 100, 26
TEXT = models.TextField()
COLUMNS: dict[str, models.Field] = {
    "source": TEXT,
    "step": TEXT,
    "row_id": models.BigIntegerField(),
    "thing_id": models.BigIntegerField(),
    "page_id": models.BigIntegerField(),
    "case_id": models.BigIntegerField(),
    "case_number": TEXT,
    "title_ro": TEXT,
    "title_en": TEXT,
    "faculty_ro": TEXT,
    "faculty_en": TEXT,
    "detail_ro": TEXT,
    "detail_en": TEXT,
    "ects": models.DecimalField(max_digits=4, decimal_places=1),
    "eqf_level": models.IntegerField(),
    "done": models.IntegerField(),
    "out_of": models.IntegerField(),
    "followed": models.IntegerField(),
    "since": models.DateTimeField(),
    "due_on": models.DateField(),
    "owner_id": models.BigIntegerField(),
    "owner": TEXT,
    "office": TEXT,
}


@dataclass(frozen=True)
class Row:
    """One piece of waiting work as the database returns it."""

    source: str
    step: str
    row_id: int
    thing_id: int
    page_id: int | None
    case_id: int
    case_number: str
    title_ro: str
    title_en: str
    faculty_ro: str
    faculty_en: str
    detail_ro: str
    detail_en: str
    ects: Any
    eqf_level: int | None
    done: int | None
    out_of: int | None
    followed: int | None
    since: datetime
    due_on: date | None
    owner_id: int | None
    owner: str
    office: str

    @property
    def faculty(self) -> str:
        return in_local_language(self.faculty_ro, self.faculty_en)


@dataclass(frozen=True)
class WorkItem:
    """One line of an inbox: what to do, on what, since when, until when, by whom."""

    source: str
    step: str
    row_id: int
    thing_id: int
    case_id: int
    case_number: str
    title: str
    what_to_do: str
    facts: tuple[str, ...]
    since: datetime
    due_on: date | None
    owner_id: int | None
    owner: str
    office: str
    url_name: str
    url_args: tuple[Any, ...]
    can_be_taken: bool

    @property
    def url(self) -> str:
        return reverse(self.url_name, args=self.url_args)

    @property
    def can_be_given_back(self) -> bool:
        """Somebody of an office took it; the others of the office could as well."""
        return self.owner_id is not None and offices.is_office(self.office)

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < clock.today()


@dataclass(frozen=True)
class Reading:
    """How one row reads: the verb, its facts, and the page where it is done."""

    what_to_do: str | Promise
    url_name: str
    url_args: tuple[Any, ...]
    facts: tuple[str, ...] = ()
    can_be_taken: bool = False


@dataclass(frozen=True)
class Part:
    """Rows of one kind; put into the common columns where they are shown, not counted."""

    rows: QuerySet[Any]
    source: str
    columns: Mapping[str, Any]
    due: tuple[date, date] | None = None

    def shaped(self, *names: str) -> QuerySet[Any]:
        """The rows in the common columns, or some of them; those not given stay empty."""
        given = {"source": constant(self.source), **self.columns}
        wanted = names or tuple(COLUMNS)
        asked = {*wanted, "due_on"} if self.due is not None else {*wanted}
        found = self.rows.order_by().annotate(
            **{
                f"work_{name}": _typed(given.get(name), kind)
                for name, kind in COLUMNS.items()
                if name in asked
            }
        )
        if self.due is not None:
            found = found.filter(work_due_on__range=self.due)
        return found.values_list(*(f"work_{name}" for name in wanted))

    def keys(self) -> QuerySet[Any]:
        """One column for each row: most of the work is in naming the others."""
        if self.due is not None:
            return self.shaped("row_id")
        return self.rows.order_by().values_list("pk")


Parts = tuple[Part, ...]


@dataclass(frozen=True)
class Source:
    """One kind of waiting work; each function answers with querysets `shape` made.

    `read` turns a row into words; it must not ask the database.
    """

    name: str
    of_person: Callable[[User], Parts]
    of_offices: Callable[[Offices], Parts]
    of_own_procedures: Callable[[User], Parts]
    due_until: Callable[[date], Parts]
    read: Callable[[Row], Reading]


SOURCES: dict[str, Source] = {}


def register(source: Source) -> None:
    """Add a kind of waiting work; another app calls this when it is ready."""
    SOURCES[source.name] = source


def constant(text: str) -> Value:
    """A column that says the same in every row."""
    return Value(text, TEXT)


# Work of others, followed by those whose case it is: the page of the act is not theirs.
FOLLOWED = Value(1, models.IntegerField())


def shape(rows: QuerySet[Any], source: str, **columns: Any) -> Part:
    """Rows of a source, with what stands in the common columns."""
    return Part(rows, source, columns)


def first_free(held: Offices, flow_class: Any, due_on: str) -> QuerySet[Turn]:
    """The turns of a flow that come first among those left to the offices.

    Only these are joined with all that a row says, and only the oldest are put in the
    order of their days: the whole house's work may be waiting.
    """
    free = Turn.objects.filter(finished=None, status=STATUS.NEW, flow_task_type="HUMAN")
    oldest = free.filter(held.matching("owner_permission")).order_by("created", "pk")
    of_flow = Turn.objects.filter(
        process__flow_class=flow_class, pk__in=oldest.values("pk")[:LOOKED_AT]
    ).order_by(F(due_on).asc(nulls_last=True), "created", "pk")
    return Turn.objects.filter(pk__in=of_flow.values("pk")[:SHOWN])


def oldest(rows: QuerySet[Any], since: str) -> QuerySet[Any]:
    """The rows that wait longest for an office, as many as a list ever shows."""
    first = rows.order_by(since, "pk").values("pk")[:SHOWN]
    return rows.model._default_manager.filter(pk__in=first)


def _typed(given: Any, kind: models.Field) -> Any:
    """An empty column needs its type said, or PostgreSQL takes it for text."""
    if given is None:
        return Value("", TEXT) if kind is TEXT else Cast(Value(None), kind)
    return F(given) if isinstance(given, str) else given


class WorkList:
    """Waiting work in the order of its days; counted and sliced by the database."""

    ordered = True

    def __init__(self, answers: Iterable[Parts]) -> None:
        self._parts = [part for parts in answers for part in parts]

    def count(self) -> int:
        counted = _together([part.keys() for part in self._parts])
        return counted.count() if counted is not None else 0

    def steps(self) -> list[str]:
        """The kind of each thing to do, in no order: source and step."""
        rows = _together([part.shaped("source", "step") for part in self._parts])
        return [f"{source}.{step}" for source, step in rows or ()]

    def __bool__(self) -> bool:
        return self.count() > 0

    def __getitem__(self, wanted: slice) -> list[WorkItem]:
        return [_item(Row(*values)) for values in self._in_order()[wanted]]

    def __iter__(self) -> Iterator[WorkItem]:
        return iter(self[:])

    def _in_order(self) -> Any:
        rows = _together([part.shaped() for part in self._parts])
        if rows is None:
            return ()
        # Days ascend, so what is overdue comes first; work without a day comes last.
        return rows.order_by(
            F("work_due_on").asc(nulls_last=True), "work_since", "work_row_id"
        )


def _together(found: list[QuerySet[Any]]) -> QuerySet[Any] | None:
    return found[0].union(*found[1:], all=True) if found else None


def _item(row: Row) -> WorkItem:
    reading = SOURCES[row.source].read(row)
    return WorkItem(
        source=row.source,
        step=row.step,
        row_id=row.row_id,
        thing_id=row.thing_id,
        case_id=row.case_id,
        case_number=row.case_number,
        title=in_local_language(row.title_ro, row.title_en),
        what_to_do=str(reading.what_to_do),
        facts=reading.facts,
        since=row.since,
        due_on=row.due_on,
        owner_id=row.owner_id,
        owner=" ".join(row.owner.split()) or _office_in_words(row),
        office=row.office,
        url_name=reading.url_name,
        url_args=reading.url_args,
        can_be_taken=reading.can_be_taken,
    )


def _office_in_words(row: Row) -> str:
    """The dean's office of which faculty; other offices are one for the whole house."""
    if not row.office:
        return ""
    label = offices.label_of(row.office)
    return f"{label}, {row.faculty}" if ":unit:" in row.office else label

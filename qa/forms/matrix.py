"""The matrix of outcomes and assessment on the page of a section."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from qa.models.people import in_local_language

if TYPE_CHECKING:
    from qa.forms.sections import PartForm, PartFormSet


@dataclass(frozen=True)
class Tick:
    """One box: does this component assess this outcome?"""

    name: str
    number: int
    label: str
    is_ticked: bool


@dataclass(frozen=True)
class Matrix:
    """Components by outcomes; the page's places number both."""

    columns: tuple[tuple[int, str], ...]
    rows: tuple[tuple[str, tuple[Tick, ...]], ...]

    @classmethod
    def of(cls, formsets: "Mapping[str, PartFormSet]") -> "Matrix":
        columns = _written(formsets["outcomes"], "text")
        rows = tuple(
            (title, tuple(_ticks(formsets["components"].forms[n - 1], title, columns)))
            for n, title in _written(formsets["components"], "title")
        )
        return cls(columns, rows)

    @property
    def shape(self) -> str:
        """Changes when a row or column comes, goes or is renamed, not with a tick."""
        titles = "|".join(title for title, _ticks in self.rows)
        return f"{len(self.columns)};{titles}"


def _written(formset: "PartFormSet", name: str) -> tuple[tuple[int, str], ...]:
    """Places and words of the rows that say something."""
    found = []
    for place, form in enumerate(formset.forms, start=1):
        told = [str(form[f"{name}_{lang}"].value() or "") for lang in ("ro", "en")]
        if any(told):
            found.append((place, in_local_language(*told)))
    return tuple(found)


def _ticks(
    form: "PartForm", title: str, columns: tuple[tuple[int, str], ...]
) -> Iterator[Tick]:
    ticked = {str(number) for number in form["outcomes"].value() or ()}
    for number, text in columns:
        label = _("“%(component)s” assesses outcome %(number)s: %(outcome)s") % {
            "component": title,
            "number": number,
            "outcome": text,
        }
        yield Tick(form["outcomes"].html_name, number, label, str(number) in ticked)

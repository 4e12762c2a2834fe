"""A proposal as people read it: labels, values in words, and what two versions differ in.

It reads the documented data (of a draft, or as frozen), never the rows: what is shown
of a frozen version is what was frozen.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from qa import attached, content, days
from qa.content import Section
from qa.enums import AttachmentKind
from qa.models import IscedField, Version
from qa.vocabularies import AgreementTopic

Data = Mapping[str, Any]

_UNITS: dict[str, Callable[[int], str]] = {
    "duration_weeks": lambda n: ngettext("%(n)s week", "%(n)s weeks", n) % {"n": n},
    "validity_months": lambda n: ngettext("%(n)s month", "%(n)s months", n) % {"n": n},
    "hours": lambda n: f"{n} h",
    "weight": lambda n: f"{n} %",
}
_HOURS = ("_hours", "hours")
# What a person looks for first in a row; a row without it counts as empty.
LEADING = ("title_ro", "text_ro", "name", "who", "programme")


@dataclass(frozen=True)
class Line:
    """One field in words; `language` where it is said in one language only."""

    name: str
    label: str
    text: str
    language: str


@dataclass(frozen=True)
class Table:
    """A repeating part: its headings, and a tuple of words for each row."""

    name: str
    label: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class SectionText:
    """A section to be read: what is stated in it, in order; what is not is left out."""

    section: Section
    number: int
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]

    @property
    def is_empty(self) -> bool:
        return not self.lines and not any(table.rows for table in self.tables)


@dataclass(frozen=True)
class Change:
    """What became of one field or row: the words before and after."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class SectionChanges:
    """The changes of one section."""

    section: Section
    number: int
    changes: tuple[Change, ...]


class ProposalText:
    """The words for one proposal; names behind codes are read once."""

    def __init__(self, data: Data) -> None:
        self.data = data

    def sections(self) -> list[SectionText]:
        return [self.section(section) for section in content.SECTIONS]

    def section(self, section: Section) -> SectionText:
        lines = tuple(self._lines(section))
        tables = tuple(self.table(name) for name in section.parts)
        return SectionText(section, number_of(section), lines, tables)

    def _lines(self, section: Section) -> Iterator[Line]:
        for name in section.fields:
            text = self.text_of(name)
            if text and not _is_noise(name, self.data):
                yield Line(name, content.label_of(name), text, _language_of(name))

    def text_of(self, name: str) -> str:
        """The value of a field in words; empty where nothing is stated."""
        value = self.data.get(name)
        if value in (None, "", []):
            return ""
        if name in content.LINKS:
            return ", ".join(self._names[name].get(code, code) for code in value)
        if name == "isced":
            return self._isced
        if name == "agreement_topics":
            labels = dict(AgreementTopic.choices)
            return ", ".join(str(labels.get(code, code)) for code in value)
        if name == "fee_amount":
            return f"{value} {self.data.get('fee_currency', '')}".strip()
        return words_of(Version._meta.get_field(name), value)

    def in_words(self, name: str) -> tuple[str, str]:
        """A field or a part: what it is called, and all it says, row by row."""
        if name in content.PARTS:
            table = self.table(name)
            return capitalised(table.label), "\n".join(_as_line(r) for r in table.rows)
        return capitalised(content.label_of(name)), self.text_of(name)

    def table(self, name: str) -> Table:
        model, fields = content.PARTS[name]
        columns = [model._meta.get_field(field) for field in fields]
        headings = [capitalised(column.verbose_name) for column in columns]
        rows = [
            [words_of(column, row.get(column.name)) for column in columns]
            for row in self.data.get(name, ())
        ]
        if name == "components":
            headings.append(_("Outcomes it assesses"))
            for cells, row in zip(rows, self.data.get(name, ()), strict=True):
                cells.append(", ".join(map(str, row.get("outcomes", ()))))
        label = content.label_of(name)
        return Table(name, label, tuple(headings), tuple(tuple(row) for row in rows))

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        """By linked field: code -> name."""
        found: dict[str, dict[str, str]] = {}
        for field, (model, code) in content.LINKS.items():
            wanted = {f"{code}__in": self.data.get(field, ())}
            rows = model._default_manager.filter(**wanted)
            found[field] = {getattr(row, code): str(row) for row in rows}
        return found

    @cached_property
    def _isced(self) -> str:
        found = IscedField.objects.filter(pk=self.data["isced"]).first()
        return str(found or self.data["isced"])


def told_by(version: Version) -> Data:
    """What was frozen, or what the draft says now, with the files that go with it."""
    return version.frozen_content or content.as_data(version) | attached.as_data(
        version
    )


def of(version: Version) -> ProposalText:
    """A version in words: what was frozen, or what the draft says now."""
    return ProposalText(version.frozen_content or content.as_data(version))


def number_of(section: Section) -> int:
    return content.SECTIONS.index(section) + 1


def capitalised(label: Any) -> str:
    """A heading from a field's name, whose own capitals stay (ECTS, EQF)."""
    text = str(label)
    return text[:1].upper() + text[1:]


def words_of(field: models.Field, value: Any) -> str:
    """One value as its field says it: the label of a choice, a day, a number."""
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    kind = field.get_internal_type()
    if kind == "DateField":
        return days.in_full(date.fromisoformat(value))
    if kind == "DecimalField":
        return number_format(value, use_l10n=True)
    unit = _UNITS.get(field.name) or (
        _UNITS["hours"] if field.name.endswith(_HOURS) else None
    )
    return unit(value) if unit else str(value)


def _is_noise(name: str, data: Data) -> bool:
    """A “no” nobody asked about, hours that are none, the currency without a fee."""
    return data.get(name) in (False, 0) or name == "fee_currency"


def _language_of(name: str) -> str:
    ending = name.rpartition("_")[2]
    return ending if ending in ("ro", "en") else ""


# --- Differences ------------------------------------------------------------------

_REASONS = gettext_lazy("Reason given for %(code)s")


def changes_between(old: Data, new: Data) -> list[SectionChanges]:
    """What changed, section by section, in words; sections without change are left out."""
    before, after = ProposalText(old), ProposalText(new)
    found = [
        SectionChanges(
            section, number_of(section), tuple(_changes(section, before, after))
        )
        for section in content.SECTIONS
    ]
    return [one for one in found if one.changes]


def reasons_between(old: Data, new: Data) -> list[Change]:
    """Reasons given for warnings that changed."""
    before, after = old.get("justifications", {}), new.get("justifications", {})
    return [
        Change(
            str(_REASONS) % {"code": code}, before.get(code, ""), after.get(code, "")
        )
        for code in sorted({*before, *after})
        if before.get(code) != after.get(code)
    ]


def attachments_between(old: Data, new: Data) -> list[Change]:
    """Files that came or went, or are called otherwise now."""
    before, after = (
        {one["sha256"]: one for one in data.get("attachments", ())}
        for data in (old, new)
    )
    return [
        Change(
            _("Attachment"), *(_called(side.get(digest)) for side in (before, after))
        )
        for digest in before | after
        if before.get(digest) != after.get(digest)
    ]


def _called(file: Data | None) -> str:
    return f"{AttachmentKind(file['kind']).label}: {file['title']}" if file else ""


def _changes(
    section: Section, before: ProposalText, after: ProposalText
) -> Iterator[Change]:
    for name in section.fields:
        old, new = before.text_of(name), after.text_of(name)
        if old != new:
            yield Change(capitalised(content.label_of(name)), old, new)
    for name in section.parts:
        yield from _row_changes(before.table(name), after.table(name))


def _row_changes(old: Table, new: Table) -> Iterator[Change]:
    """Rows that came, went or changed, each beside what it was."""
    before, after = [_as_line(r) for r in old.rows], [_as_line(r) for r in new.rows]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        for offset in range(max(b - a, d - c)):
            place = (c if d > c else a) + offset + 1
            yield Change(
                f"{capitalised(new.label)} {place}",
                before[a + offset] if a + offset < b else "",
                after[c + offset] if c + offset < d else "",
            )


def _as_line(cells: Sequence[str]) -> str:
    return " · ".join(cell for cell in cells if cell)

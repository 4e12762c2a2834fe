"""The dossier of a procedure: cover, manifest, then every chapter."""

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, HRFlowable, PageBreak, Spacer
from reportlab.platypus import Table as Grid

from reports import styles
from reports.documents.pages import WIDTH, made, table
from reports.rows import Chapter, DossierData, Field, Heading, Table
from reports.styles import para, paras

_LABEL = 44 * mm
_LONG = 160


def dossier(data: DossierData) -> bytes:
    """The whole dossier as PDF, in the language it was put together in."""
    with translation.override(data.language):
        story = [*_cover(data)]
        for chapter in data.chapters:
            story += [PageBreak(), *_chapter(chapter)]
        return made(
            story,
            title=f"{_('Dossier')} {data.case_number}",
            language=data.language,
            foot=f"{data.case_number} · {data.title.of(data.language)}",
            page_words=_("page %(page)d of %(pages)d"),
        )


def _cover(data: DossierData) -> list[Flowable]:
    other = "en" if data.language.startswith("ro") else "ro"
    facts = [
        [para(one.label, styles.LABEL), para(one.value, styles.VALUE)]
        for one in data.facts
    ]
    return [
        para(data.institution, styles.LETTERHEAD),
        HRFlowable(WIDTH, 0.8, color=styles.ACCENT, spaceBefore=5, spaceAfter=30),
        para(_("Dossier of the procedure"), styles.LABEL),
        Spacer(0, 3),
        para(data.title.of(data.language), styles.TITLE),
        para(data.title.of(other), styles.SUBTITLE),
        table(facts, [_LABEL, WIDTH - _LABEL]),
        Spacer(0, 14),
        para(_("What it holds"), styles.HEADING),
        *_grid(data.manifest),
        Spacer(0, 10),
        para(_("Head of the record"), styles.LABEL),
        para(data.head, styles.NOTE),
        para(
            _(
                "The hashes let anybody check that a paper is the one that was filed, "
                "and that the record of events is whole."
            ),
            styles.NOTE,
        ),
    ]


def _chapter(chapter: Chapter) -> list[Flowable]:
    story: list[Flowable] = [para(chapter.title, styles.CHAPTER)]
    for part in chapter.parts:
        if isinstance(part, Heading):
            story.append(para(part.text, styles.HEADING))
        elif isinstance(part, Field):
            story += _field(part)
        else:
            story += _grid(part)
    return story


def _field(field: Field) -> list[Flowable]:
    """A short value beside its label, a long one below it."""
    if len(field.value) > _LONG or "\n" in field.value or not field.label:
        label = [para(capfirst(field.label), styles.LABEL)] if field.label else []
        return [*label, *paras(field.value, styles.BODY_SMALL), Spacer(0, 3)]
    row = [
        para(capfirst(field.label), styles.LABEL),
        para(field.value, styles.VALUE),
    ]
    return [table([row], [_LABEL, WIDTH - _LABEL])]


def _grid(data: Table) -> list[Grid]:
    if not data.rows:
        return []
    heads = [[para(head, styles.CELL_HEAD) for head in data.heads]]
    rows = [[para(text, styles.CELL) for text in row] for row in data.rows]
    grid = table(
        heads + rows,
        [share * WIDTH for share in data.widths],
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, styles.SOFT),
        ("LINEBELOW", (0, 1), (-1, -1), 0.35, styles.LINE),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 6),
        heads=1,
    )
    return [grid]

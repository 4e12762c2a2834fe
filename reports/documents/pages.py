"""Pages of a PDF: numbered as x of y, one foot, the same bytes each time."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Table,
    TableStyle,
)

from reports.styles import BOTTOM, LINE, MARGIN, SANS, SOFT, TOP, clean

WIDTH = A4[0] - 2 * MARGIN
_SHORTEST = 8


class NumberedCanvas(Canvas):
    """Holds the pages back until their number is known."""

    def __init__(self, *args: Any, foot: str, page_words: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._held: list[dict[str, Any]] = []
        self._foot, self._page_words = clean(foot), page_words

    def showPage(self) -> None:  # noqa: N802  the name the library calls
        self._held.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, page in enumerate(self._held, start=1):
            self.__dict__.update(page)
            self._draw_foot(number, len(self._held))
            super().showPage()
        super().save()

    def _draw_foot(self, number: int, total: int) -> None:
        right = A4[0] - MARGIN
        self.saveState()
        self.setStrokeColor(LINE)
        self.setLineWidth(0.5)
        self.line(MARGIN, 15 * mm, right, 15 * mm)
        self.setFont(SANS, 7.6)
        self.setFillColor(SOFT)
        words = self._page_words % {"page": number, "pages": total}
        self.drawRightString(right, 11 * mm, words)
        self.drawString(MARGIN, 11 * mm, self._fitted(right - MARGIN - 30 * mm))
        self.restoreState()

    def _fitted(self, room: float) -> str:
        """The foot, cut where it would run into the page number."""
        text = self._foot
        while self.stringWidth(text, SANS, 7.6) > room and len(text) > _SHORTEST:
            text = text[:-2] + "…"
        return text


def tight(*more: tuple) -> list[tuple]:
    """Cells close to each other, in our font: the library's own is not embedded."""
    return [
        ("FONT", (0, 0), (-1, -1), SANS),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 0.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0.5),
        *more,
    ]


def table(
    rows: Sequence[Sequence[Any]], widths: Sequence[float], *more: tuple, heads: int = 0
) -> Table:
    """A table of flowables; `heads` rows come again on every page."""
    return Table(
        rows,
        colWidths=widths,
        repeatRows=heads,
        splitInRow=1,
        style=TableStyle(tight(*more)),
        hAlign="LEFT",
    )


def made(
    story: Sequence[Flowable], *, title: str, language: str, foot: str, page_words: str
) -> bytes:
    """The PDF of a story of flowables."""
    target = BytesIO()
    document = BaseDocTemplate(
        target,
        pagesize=A4,
        title=clean(title),
        author="Atesta",
        subject=clean(foot),
        creator="Atesta",
        lang=language,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=TOP,
        bottomMargin=BOTTOM,
    )
    frame = Frame(
        MARGIN,
        BOTTOM,
        WIDTH,
        A4[1] - TOP - BOTTOM,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    document.addPageTemplates(PageTemplate("page", [frame]))

    def numbered(*args: Any, **kwargs: Any) -> NumberedCanvas:
        return NumberedCanvas(*args, foot=foot, page_words=page_words, **kwargs)

    document.build(list(story), canvasmaker=numbered)
    return target.getvalue()

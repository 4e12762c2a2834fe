"""How our PDFs look, and `para`: the only way text gets into one."""

import unicodedata
from importlib.resources import files
from typing import Any
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

SERIF, SERIF_BOLD, SERIF_ITALIC = "AtestaSerif", "AtestaSerif-Bold", "AtestaSerif-It"
SANS, SANS_BOLD, SANS_ITALIC = "AtestaSans", "AtestaSans-Bold", "AtestaSans-It"
_FILES = {
    SERIF: ("fontpkg_ibm_plex_serif", "IBMPlexSerif-Regular.ttf"),
    SERIF_BOLD: ("fontpkg_ibm_plex_serif", "IBMPlexSerif-SemiBold.ttf"),
    SERIF_ITALIC: ("fontpkg_ibm_plex_serif", "IBMPlexSerif-Italic.ttf"),
    SANS: ("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    SANS_BOLD: ("font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
    SANS_ITALIC: ("font_source_sans_pro", "SourceSansPro-It.ttf"),
}

INK, SOFT, LINE = HexColor("#1d2327"), HexColor("#5a646b"), HexColor("#c9cfd3")
ACCENT, WASH = HexColor("#1f4e5f"), HexColor("#f1f4f5")
MARGIN, TOP, BOTTOM = 24 * mm, 22 * mm, 24 * mm

# Besides controls: characters that turn the reading order round.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNWANTED = frozenset({"Cc", "Cs", "Cn", "Co"})


def _register_fonts() -> None:
    for name, (package, file) in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(files(package) / "files" / file)))
    for family, bold, italic in (
        (SERIF, SERIF_BOLD, SERIF_ITALIC),
        (SANS, SANS_BOLD, SANS_ITALIC),
    ):
        pdfmetrics.registerFontFamily(
            family, normal=family, bold=bold, italic=italic, boldItalic=bold
        )
    # The same data gives the same bytes, and no font stays outside the file.
    rl_config.invariant = 1
    rl_config.canvas_basefontname = SANS
    rl_config._baseFontName = SANS  # noqa: SLF001  tables of reportlab read this name


_register_fonts()


def _style(name: str, font: str, size: float, lead: float, **more: Any) -> Any:
    return ParagraphStyle(
        name, fontName=font, fontSize=size, leading=lead, textColor=INK, **more
    )


BODY = _style("body", SERIF, 10, 14.5, spaceAfter=5)
BODY_SMALL = _style("body-small", SERIF, 8.6, 12.2, spaceAfter=3)
TITLE = _style("title", SERIF_BOLD, 19, 24, spaceAfter=5)
SUBTITLE = _style("subtitle", SERIF_ITALIC, 12, 16, spaceAfter=10).clone(
    "subtitle", textColor=SOFT
)
CHAPTER = _style("chapter", SERIF_BOLD, 14.5, 19, spaceBefore=4, spaceAfter=7)
HEADING = _style(
    "heading", SANS_BOLD, 9.6, 12.5, spaceBefore=8, spaceAfter=2.5, keepWithNext=1
).clone("heading", textColor=ACCENT)
LABEL = _style("label", SANS, 8.6, 11.5).clone("label", textColor=SOFT)
VALUE = _style("value", SANS, 9.4, 12.4)
STRONG = _style("strong", SANS_BOLD, 9.4, 12.4)
CELL = _style("cell", SANS, 8.2, 10.4)
CELL_HEAD = _style("cell-head", SANS_BOLD, 8, 10).clone("cell-head", textColor=SOFT)
NOTE = _style("note", SANS, 8, 10.6).clone("note", textColor=SOFT)
LETTERHEAD = _style("letterhead", SERIF_BOLD, 11.5, 15).clone(
    "letterhead", textColor=ACCENT
)
RIGHT = VALUE.clone("right", alignment=TA_RIGHT)
SUBJECT = _style("subject", SERIF_BOLD, 11.5, 16, spaceAfter=8)
OUTCOME = _style("outcome", SERIF_BOLD, 12.5, 17).clone("outcome", textColor=ACCENT)


def clean(text: Any) -> str:
    """The text as letters alone: no control, turning or unassigned characters."""
    kept = []
    for letter in str(text or "").replace("\r\n", "\n").replace("\r", "\n"):
        if letter == "\n":
            kept.append(letter)
        elif letter == "\t":
            kept.append(" ")
        elif letter not in _TURNING and unicodedata.category(letter) not in _UNWANTED:
            kept.append(letter)
    return "".join(kept)


def _has(font: str, letter: str) -> bool:
    return ord(letter) in pdfmetrics.getFont(font).face.charToGlyph


def _marked_up(text: str, font: str) -> str:
    """Escaped text; letters the font lacks come from the other one, or as a “?”."""
    parts = []
    for letter in text:
        if letter == "\n":
            parts.append("<br/>")
        elif _has(font, letter):
            parts.append(escape(letter))
        else:
            found = next((f for f in (SANS, SERIF) if _has(f, letter)), None)
            shown = f'<font name="{found}">{escape(letter)}</font>' if found else "?"
            parts.append(shown)
    return "".join(parts)


def para(text: Any, style: ParagraphStyle = BODY) -> Paragraph:
    """A paragraph of plain text; whatever looks like markup is shown as typed."""
    return Paragraph(_marked_up(clean(text), style.fontName), style)


def paras(text: Any, style: ParagraphStyle = BODY) -> list[Paragraph]:
    """A longer text, one paragraph per block between empty lines."""
    blocks = [block.strip("\n") for block in clean(text).split("\n\n")]
    return [para(block, style) for block in blocks if block.strip()]

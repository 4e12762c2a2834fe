"""Inks and shapes: blue is kept for what can be acted on."""

import re
from pathlib import Path

from config import marks

SHEET = Path(__file__).resolve().parents[2] / "config/static/atesta/atesta.css"


def test_no_stamp_and_no_step_is_blue() -> None:
    rules = re.findall(
        r"^(\.(?:stamp|path)[^{]*)\{([^}]*)\}", SHEET.read_text(), re.MULTILINE
    )

    assert len(rules) > 10
    assert [name for name, ink in rules if "--blue" in ink] == []


def test_what_is_frozen_is_settled_and_grey() -> None:
    mark = marks.mark_of("frozen")

    assert (mark.tone, mark.shape) == ("settled", "full")
    assert f".stamp-{mark.tone}" not in SHEET.read_text()  # the stamp's own grey

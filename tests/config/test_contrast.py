"""The palettes: every pair of text and ground that a page sets can be read."""

import re
from itertools import product
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "config/static/atesta/tokens.css"
INKS = ("ink", "soft", "blue", "green", "ochre", "red", "grey")
GROUNDS = ("paper", "desk", "field")
WASHED = ("blue", "green", "ochre", "red", "grey")
PAIRS = [
    *product(INKS, GROUNDS),
    *((colour, f"{colour}-wash") for colour in WASHED),
    ("on-blue", "blue"),
    ("on-blue", "blue-deep"),
]

Palette = dict[str, str]


def palettes() -> list[Palette]:
    """Light, dark, and dark by the reader's own setting, in the order of the sheet."""
    sheet = TOKENS.read_text(encoding="utf-8")
    blocks = re.findall(r"color-scheme: \w+;(.*?)\}", sheet, re.DOTALL)
    return [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", one)) for one in blocks]


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_the_most_there_is() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_dark_is_one_palette_however_it_is_chosen() -> None:
    _light, chosen, by_setting = palettes()

    assert chosen == by_setting


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_can_be_read_on_every_ground(scheme: int) -> None:
    colours = palettes()[scheme]

    weak = {
        pair: found
        for pair in PAIRS
        if (found := contrast(colours[pair[0]], colours[pair[1]])) < 4.5
    }

    assert weak == {}


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_borders_that_must_be_seen_are_seen(scheme: int) -> None:
    colours = palettes()[scheme]

    assert all(contrast(colours["edge"], colours[on]) >= 3 for on in GROUNDS)

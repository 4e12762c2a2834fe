"""Texts for comparing and searching, as people type them without a Romanian keyboard."""

import unicodedata

# Letters that have no mark to take away, by what people type for them.
ALIKE = str.maketrans(
    {
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
    }
)


def folded(text: str) -> str:
    """Small letters without marks: ș as s, ț as t. Databases fold letters unlike."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    for mark in filter(unicodedata.combining, set(apart)):
        apart = apart.replace(mark, "")
    return apart.translate(ALIKE)

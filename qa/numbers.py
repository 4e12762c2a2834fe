"""Whole numbers as addresses and forms of pages carry them."""

import re

# As many digits as every database counts with.
DIGITS = "[0-9]{1,18}"


def whole(told: str | None, otherwise: int = 0) -> int:
    """The number in plain digits; anything else is nothing that a page wrote."""
    return int(told) if told and re.fullmatch(DIGITS, told) else otherwise

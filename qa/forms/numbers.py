"""What is said of a number out of its bounds, on every form and in data alike."""

from typing import Any

from django.core.validators import (
    DecimalValidator,
    MaxValueValidator,
    MinValueValidator,
)
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

LEAST = _("Write a number of %(limit_value)s or more.")
MOST = _("Write a number of %(limit_value)s or less.")
DECIMALS: Any = ngettext_lazy(
    "Write at most %(max)s digit after the decimal mark.",
    "Write at most %(max)s digits after the decimal mark.",
    "max",
)


def say_it_plainly() -> None:
    """In place of the framework's sentences, which speak of a “value”."""
    MinValueValidator.message = LEAST
    MaxValueValidator.message = MOST
    DecimalValidator.messages["max_decimal_places"] = DECIMALS

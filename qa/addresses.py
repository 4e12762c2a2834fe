"""What the parts of an address may look like; anything else is no address of ours."""

from django.urls import register_converter
from django.urls.converters import IntConverter, StringConverter

from qa.numbers import DIGITS


class WholeNumber(IntConverter):
    """A key or a number that every database can be asked for."""

    regex = DIGITS


class Mark(StringConverter):
    """How a standard is numbered in its set: 1.3, A2."""

    regex = r"[\w.\-]+"


def register() -> None:
    register_converter(WholeNumber, "whole")
    register_converter(Mark, "mark")

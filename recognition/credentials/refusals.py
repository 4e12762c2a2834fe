"""Why a file or a part of it is not read any further."""

from typing import Any

from django.utils.translation import gettext


class Refused(Exception):
    """A sentence of ours with its facts; what it means is for the catcher to say."""

    def __init__(self, sentence: str, **facts: Any) -> None:
        super().__init__(sentence, facts)
        self.sentence = sentence
        self.facts = facts

    def __str__(self) -> str:
        return gettext(self.sentence) % self.facts


class Unreadable(Refused):
    """The file is in no format that is read here, or beyond the limits."""


class Malformed(Refused):
    """A part of the credential is not what its format asks for."""


class UnknownContext(Refused):
    """A vocabulary is named whose pinned copy is not there."""


class NotCovered(Refused):
    """Something can be read in the file that no signature would notice."""


class TooComplex(Refused):
    """To canonicalise this would take more work than any real credential."""

"""A rule of the field as a named class with its official number."""

import inspect
from typing import ClassVar

from qa.models.people import in_local_language


class Ground:
    """One rule; the docstring is the rule and its English message, `ro` the same."""

    code: ClassVar[str]
    ro: ClassVar[str]

    @classmethod
    def english(cls) -> str:
        return " ".join(inspect.cleandoc(cls.__doc__ or "").split())

    @classmethod
    def message(cls) -> str:
        return in_local_language(cls.ro, cls.english())


class Article(Ground):
    """A rule on which a decision may rest, of the instruments that contain it."""

    instruments: ClassVar[tuple[str, ...]]
    # How a letter cites it in each language, where its code is not the citation.
    cited_ro: ClassVar[str] = ""
    cited_en: ClassVar[str] = ""

    @classmethod
    def citation(cls, language: str) -> str:
        said = cls.cited_ro if language.startswith("ro") else cls.cited_en
        return said or cls.code

    @classmethod
    def cited(cls) -> str:
        """The citation in the reader's language."""
        return in_local_language(cls.citation("ro"), cls.citation("en"))

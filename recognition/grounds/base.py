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

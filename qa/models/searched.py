"""Texts that are kept twice: as they are shown, and as they are searched."""

from collections.abc import Set
from typing import Any, ClassVar

from django.db import models

from qa.folded import folded


class Searched(models.Model):
    """Keeps the texts of `as_searched` folded, for databases fold letters unlike."""

    # A partial save of none of these leaves what is kept as it stands.
    SEARCHED_FROM: ClassVar[Set[str]] = frozenset()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Also keep what is searched."""
        named = kwargs.get("update_fields")
        if named is None or self.SEARCHED_FROM & {*named}:
            kept = self.as_searched()
            for name, text in kept.items():
                setattr(self, name, folded(text))
            if named is not None:
                kwargs["update_fields"] = {*named, *kept}
        super().save(*args, **kwargs)

    def as_searched(self) -> dict[str, str]:
        """What is searched, by the field that keeps it folded."""
        raise NotImplementedError

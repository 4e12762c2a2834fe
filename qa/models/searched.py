"""Texts that are kept twice: as they are shown, and as they are searched."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.db import models

from qa.folded import folded


class Searched(models.Model):
    """Keeps texts folded as well when it is saved, for databases fold letters unlike."""

    # By the field that keeps them, the fields whose texts are searched.
    SEARCHED: ClassVar[Mapping[str, Collection[str]]] = {}

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Also keep what is searched; a partial save of something else leaves it."""
        named = kwargs.get("update_fields")
        for kept, fields in self.SEARCHED.items():
            if named is None or not set(fields).isdisjoint(named):
                texts = filter(None, map(self.searched_text, fields))
                setattr(self, kept, folded("\n".join(texts)))
                if named is not None:
                    kwargs["update_fields"] = {*kwargs["update_fields"], kept}
        super().save(*args, **kwargs)

    def searched_text(self, field: str) -> str:
        return str(getattr(self, field))

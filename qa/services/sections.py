"""Saving one section of a draft: others may write the other sections meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from qa import content
from qa.content import Section
from qa.models import Case, User, Version
from qa.record import canonical, sha256
from qa.services.drafting import StaleRevision, save_draft

A_SHORT_HASH = 16


@dataclass(frozen=True)
class Written:
    """What one person wrote in one section, and on top of what.

    `told` has the keys of the documented proposal; keys left out stay as they are.
    `reasons` answers warnings by the number of their check. `revision` and `seen` (the
    digest of the section) say what the person saw when they began.
    """

    section: Section
    told: Mapping[str, Any]
    revision: int = 0
    seen: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def save_section(*, version: Version, written: Written, by: User) -> Version:
    """Save what changed; raise StaleRevision when the section was changed meanwhile.

    A save that changes nothing leaves the revision, and so the signature, as it is.
    """
    Case.lock(version.case_id)
    current = Version.objects.get(pk=version.pk)
    stored = content.as_data(current)
    changed = changes(stored, written.told) | _reasons(stored, written.reasons)
    if not changed:
        return current
    is_later = written.revision != current.revision
    if is_later and digest(stored, written.section) != written.seen:
        raise StaleRevision(current)
    return save_draft(version=current, data=changed, revision=current.revision, by=by)


def digest(stored: Mapping[str, Any], section: Section) -> str:
    """A short hash of what a section says: equal as long as nobody changed it."""
    names = (*section.fields, *section.parts)
    return sha256(canonical({n: stored[n] for n in names}))[:A_SHORT_HASH]


def changes(stored: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """The keys that say something else than what is stored."""
    return {
        name: value for name, value in told.items() if not _same(stored[name], value)
    }


def _same(stored: Any, value: Any) -> bool:
    """Codes chosen from a list say the same in any order."""
    if isinstance(stored, list) and all(isinstance(one, str) for one in stored):
        return sorted(stored) == sorted(value)
    return bool(stored == value)


def _reasons(stored: Mapping[str, Any], told: Mapping[str, str]) -> dict[str, Any]:
    before = stored["justifications"]
    after = {code: text.strip() for code, text in {**before, **told}.items()}
    after = {code: text for code, text in after.items() if text}
    return {} if after == before else {"justifications": after}

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

A_SHORT_HASH = 12
# Components speak of outcomes by their number: whoever writes one part writes both.
TOGETHER = ("outcomes", "components")


@dataclass(frozen=True)
class Written:
    """What one person wrote in one section, and on top of what.

    `told` has the keys of the documented proposal; keys left out stay as they are.
    `reasons` answers warnings by the number of their check. `seen` marks what the
    person's screen said of each key before anything was typed.
    """

    section: Section
    told: Mapping[str, Any]
    seen: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def save_section(*, version: Version, written: Written, by: User) -> Version:
    """Save what the person changed; what others saved meanwhile stays beside it.

    Raise StaleRevision where both changed the same. A save that changes nothing leaves
    the revision, and so the signature, as it is.
    """
    Case.lock(version.case_id)
    current = Version.objects.get(pk=version.pk)
    stored = content.as_data(current)
    if contested(stored, written):
        raise StaleRevision(current)
    changed = _own(stored, written) | _reasons(stored, written.reasons)
    if not changed:
        return current
    return save_draft(version=current, data=changed, revision=current.revision, by=by)


def contested(stored: Mapping[str, Any], written: Written) -> list[str]:
    """The keys that this person changed and somebody else as well."""
    began = _read(written.seen)
    return [n for n in _own(stored, written) if _mark(stored, n) != began.get(n)]


def _own(stored: Mapping[str, Any], written: Written) -> dict[str, Any]:
    """What differs from what is stored because this person changed it."""
    began, on_screen = _read(written.seen), {**stored, **written.told}
    differing = _changes(stored, written.told)
    return {n: v for n, v in differing.items() if _mark(on_screen, n) != began.get(n)}


def seen(says: Mapping[str, Any], section: Section) -> str:
    """A mark for each key of a section: equal as long as the key says the same."""
    names = (*section.fields, *section.parts)
    return _written_down({name: _mark(says, name) for name in names})


def still_seen(stored: Mapping[str, Any], written: Written) -> str:
    """The marks of a screen that stays open after its texts were saved.

    It goes on showing what it showed, also where others saved something else.
    """
    shown = _read(seen({**stored, **written.told}, written.section))
    began = _read(written.seen)
    unread = {n: began[n] for n in shown if n not in written.told and n in began}
    return _written_down(shown | unread)


def seen_in_conflict(stored: Mapping[str, Any], written: Written) -> str:
    """The marks with which a person decides what was contested, knowing both texts."""
    decided = {name: _mark(stored, name) for name in contested(stored, written)}
    return _written_down(_read(written.seen) | decided)


def _written_down(by_key: Mapping[str, str]) -> str:
    return " ".join(f"{name}:{mark}" for name, mark in by_key.items())


def _read(seen: str) -> dict[str, str]:
    pairs = (pair.partition(":") for pair in seen.split())
    return {name: mark for name, _colon, mark in pairs}


def _mark(says: Mapping[str, Any], name: str) -> str:
    names = TOGETHER if name in TOGETHER else (name,)
    plain = [_in_order(says[one]) for one in names]
    return sha256(canonical(plain))[:A_SHORT_HASH]


def _changes(stored: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """The keys that say something else than what is stored."""
    return {
        name: value for name, value in told.items() if not _same(stored[name], value)
    }


def _same(stored: Any, value: Any) -> bool:
    return bool(_in_order(stored) == _in_order(value))


def _in_order(value: Any) -> Any:
    """Codes chosen from a list say the same in any order."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return sorted(value)
    return value


def _reasons(stored: Mapping[str, Any], told: Mapping[str, str]) -> dict[str, Any]:
    before = stored["justifications"]
    after = {code: text.strip() for code, text in {**before, **told}.items()}
    after = {code: text for code, text in after.items() if text}
    return {} if after == before else {"justifications": after}

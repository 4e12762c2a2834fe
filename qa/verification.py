"""Reading the record back: does every chain, seal and state still hold?"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.apps import apps
from django.db import models
from django.db.models import Max

from qa import files, record, seal_key, sworn, triggers, unrecorded
from qa.models.record import Case, Event, Seal
from qa.transitions import status_field

# Of a sealed case: events, number, head; by the key of the case, oldest first.
Head = tuple[int, str, str]
Heads = dict[int, list[Head]]
NO_SIGNATURES = "the signatures of the seals cannot be checked"


@dataclass(frozen=True)
class Break:
    """The first place where a case, the seals or the triggers no longer hold."""

    case: str
    sequence: int | None
    what: str

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def verify() -> list[Break]:
    """Every break found: at most one a case, then seals, states and triggers."""
    heads, breaks = _read_seals()
    rows = unrecorded.Rows()
    seen: set[int] = set()
    whole: dict[int | None, str] = {}
    cases = Case.objects.only("number", "events_written", "head").order_by("pk")
    for case in cases.iterator(chunk_size=500):
        seen.add(case.pk)
        broken = _first_break(case, heads.get(case.pk, []), rows)
        if broken is None:
            whole[case.pk] = case.number
        else:
            breaks.append(broken)
    if len(whole) == len(seen):
        whole[None] = ""
    # Of a broken chain, not all was read that could have named them.
    breaks.extend(
        Break(whole[pk], None, what) for pk, what in rows.unnamed() if pk in whole
    )
    breaks.extend(
        Break(entries[-1][1], None, "the whole case was removed after it was sealed")
        for pk, entries in heads.items()
        if pk not in seen
    )
    breaks.extend(_states_without_event())
    breaks.extend(
        Break("", None, f"trigger {name} is missing or changed")
        for name in triggers.missing()
    )
    return breaks


def changed_files() -> list[Break]:
    """Every document whose file is gone, or is no longer the one that was filed."""
    filed = files.kept().select_related("case").order_by("case", "pk")
    return [
        Break(document.case.number, None, f"the file of document {document.pk} {what}")
        for document in filed.iterator(chunk_size=500)
        if (what := files.fault(document))
    ]


def _read_seals() -> tuple[Heads, list[Break]]:
    """What was sealed of each case, and the first seal that does not hold."""
    heads: Heads = {}
    unreadable = seal_key.fault()
    breaks = [Break("", None, f"{NO_SIGNATURES}: {unreadable}")] if unreadable else []
    last = 0
    try:
        for last, what in _seal_faults(heads, signed=not unreadable):
            if what:
                breaks.append(Break("", None, f"seal {last}: {what}"))
                break
    except Exception:  # Whoever owns the database can leave anything in a row.
        breaks.append(Break("", None, f"seal {last + 1}: {sworn.UNREADABLE}"))
    return heads, breaks


def _seal_faults(heads: Heads, *, signed: bool) -> Iterator[tuple[int, str]]:
    """Each seal with its fault; takes what it says of the cases."""
    previous = ""
    for expected, seal in enumerate(Seal.objects.order_by("sequence"), start=1):
        for pk, number, events, head in seal.heads:
            heads.setdefault(pk, []).append((events, number, head))
        what = _seal_fault(seal, expected, previous)
        if not what and signed:
            what = _signature_fault(seal)
        yield seal.sequence, what
        previous = seal.hash


def _seal_fault(seal: Seal, expected: int, previous: str) -> str:
    if seal.sequence != expected:
        return f"seal {expected} is missing"
    if seal.previous_hash != previous:
        return "it does not follow the seal before"
    if record.hash_of_seal(seal) != seal.hash:
        return "its content was changed"
    return ""


def _signature_fault(seal: Seal) -> str:
    if seal_key.is_signed(seal.hash, seal.signature):
        return ""
    return "its signature is not ours"


def _first_break(case: Case, sealed: list[Head], rows: unrecorded.Rows) -> Break | None:
    renamed = next((number for _, number, _ in sealed if number != case.number), "")
    if renamed:
        what = f"its number was changed to {case.number} after it was sealed"
        return Break(renamed, None, what)
    return _chain_break(case, sealed, rows, at_once=500)


def _chain_break(
    case: Case, sealed: list[Head], rows: unrecorded.Rows, at_once: int
) -> Break | None:
    hashes: dict[int, str] = {}
    written = sworn.Written()
    events = Event.objects.filter(case=case).order_by("sequence")
    try:
        broken = _event_break(case, events.iterator(at_once), hashes, (rows, written))
    except Exception:  # As above: the event itself.
        if at_once > 1:  # A server hands over many together; alone, it is found.
            return _chain_break(case, sealed, rows, at_once=1)
        broken = Break(case.number, len(hashes) + 1, sworn.UNREADABLE)
    return broken or _end_break(case, hashes, sealed) or _field_break(case, written)


def _event_break(
    case: Case,
    events: Iterator[Event],
    hashes: dict[int, str],
    readers: tuple[unrecorded.Rows | sworn.Written, ...],
) -> Break | None:
    """The first event that does not hold; the others are handed to the readers."""
    previous = ""
    for expected, event in enumerate(events, start=1):
        what = _event_fault(event, expected, previous)
        if what:
            return Break(case.number, expected, what)
        previous = hashes[event.sequence] = event.hash
        # Only now, for what an event says counts if the event itself still holds.
        what = sworn.fault(event)
        if what:
            return Break(case.number, expected, what)
        for reader in readers:
            reader.take(event)
    return None


def _end_break(case: Case, hashes: dict[int, str], sealed: list[Head]) -> Break | None:
    """Where the chain that holds in itself parts from what was sealed."""
    for count, _number, head in sealed:
        if hashes.get(count) != head:
            return Break(case.number, count, "it differs from what was sealed")
    last = (len(hashes), hashes.get(len(hashes), ""))
    if (case.events_written, case.head) != last:
        return Break(case.number, len(hashes), "the case does not end where it should")
    return None


def _field_break(case: Case, written: sworn.Written) -> Break | None:
    found = written.first_fault()
    return Break(case.number, *found) if found else None


def _event_fault(event: Event, expected: int, previous: str) -> str:
    if event.sequence != expected:
        return f"event {expected} is missing"
    if event.previous_hash != previous:
        return "it does not follow the event before"
    if record.hash_of(event) != event.hash:
        return "its content was changed"
    return ""


def machines() -> Iterator[type[models.Model]]:
    """Every model whose state is moved by the door."""
    for model in apps.get_models():
        if (
            hasattr(model, "status")
            and any(type(f).__name__ == "FSMField" for f in model._meta.fields)
            and model._meta.app_label in ("qa", "recognition")
        ):
            yield model


def _states_without_event() -> Iterator[Break]:
    """States that no event explains: written past the door."""
    for model in machines():
        last = dict(
            Event.objects.filter(thing=model._meta.label_lower)
            .exclude(to_state="")
            .values_list("thing_id")
            .annotate(last=Max("pk"))
        )
        said = dict(
            Event.objects.filter(pk__in=last.values()).values_list(
                "thing_id", "to_state"
            )
        )
        field = status_field(model).name
        for pk, state in model._base_manager.values_list("pk", field):
            if said.get(pk) != state:
                yield Break(
                    "",
                    None,
                    f"{model._meta.label_lower} {pk} is “{state}” "
                    f"but the record says “{said.get(pk, '')}”",
                )

"""What a credential says about the learning, each value with where it was read."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

# Names are those of the core record; a learner's own data comes first.
NAMES = (
    "learner",
    "learner_id",
    "birth_date",
    "title",
    "description",
    "country",
    "issuer",
    "issuer_id",
    "awarding_body",
    "issued_on",
    "awarded_on",
    "valid_until",
    "outcomes",
    "esco",
    "criteria",
    "ects",
    "credits",  # of a scheme that the file does not name
    "hours",
    "eqf_level",
    "nqf_level",
    "assessment",
    "participation",
    "supervision",
    "identity_checked",
    "quality_assurance",
    "accreditation",
    "qa_agency",
    "qa_decision",
    "grade",
    "isced_f",
    "kind",
    "language",
    "evidence",
    "courses",
)
PLACES = {name: place for place, name in enumerate(NAMES)}
# Of several things learned these add up, and these are told one after the other.
ADDED = ("ects", "hours")
GATHERED = (
    "outcomes",
    "esco",
    "criteria",
    "assessment",
    "quality_assurance",
    "isced_f",
)
ESCO = "http://data.europa.eu/esco/"
ISCED_F = "http://data.europa.eu/snb/isced-f/"
IN_A_LINE = ("title", "ects", "grade")
MOST_COURSES, MOST_VALUES = 50, 500


class Claim(NamedTuple):
    """One value; `raw` is what the file has where the value was converted."""

    name: str
    value: Any
    origin: str
    raw: Any = None

    def as_dict(self) -> dict[str, Any]:
        told = {"value": self.value, "origin": self.origin}
        return told if self.raw is None else {**told, "raw": self.raw}


# A claim before it is known whether the file says anything: most places are empty.
Said = tuple[Any, ...]


def stated(said: Iterable[Said]) -> tuple[Claim, ...]:
    """The claims that have a value, the first of each name, in the order of names."""
    first: dict[str, Said] = {}
    for one in said:
        if one[1] or one[1] == 0:  # nought and “no” are said, nothing is not
            first.setdefault(one[0], one)
    return tuple(Claim(*first[name]) for name in sorted(first, key=PLACES.__getitem__))


def together(
    outer: Sequence[Claim],
    inner: Sequence[Sequence[Claim]],
    *,
    overlapping: bool = False,
) -> tuple[Claim, ...]:
    """What a record says with what it holds.

    Of one thing learned, that thing is told, and the record tells the rest. Of several,
    a value stands where all agree; credits add up where all name them and no one thing
    is part of another. What could not be read agrees with nothing.
    """
    said = {claim.name: claim for claim in outer}
    each = [{claim.name: claim for claim in one} for one in inner]
    if len(each) == 1:
        said |= each[0]
    elif each:
        names = [one for one in NAMES if not overlapping or one not in ADDED]
        found = (_of_all(name, each) for name in names)
        said |= {claim.name: claim for claim in found if claim}
        if "title" not in said and (titles := _values("title", each)):
            origin = _first("title", each).origin
            said["title"] = Claim("title", "; ".join(map(str, titles)), origin, titles)
        courses = [line for one in each[:MOST_COURSES] if (line := _line(one))]
        if courses:
            telling = next(name for name in IN_A_LINE if _values(name, each))
            said["courses"] = Claim("courses", courses, _first(telling, each).origin)
    return tuple(said[name] for name in NAMES if name in said)


Named = dict[str, Claim]


def _first(name: str, each: Sequence[Named]) -> Claim:
    return next(one[name] for one in each if name in one)


def _values(name: str, each: Sequence[Named]) -> list[Any]:
    """Every value of all of them, once; more than any record has are left out."""
    found: list[Any] = []
    for one in each:
        value = one[name].value if name in one else []
        for single in value if isinstance(value, list) else [value]:
            if single not in found:
                found.append(single)
            if len(found) == MOST_VALUES:
                return found
    return found


def _of_all(name: str, each: Sequence[Named]) -> Claim | None:
    values = _values(name, each)
    if not values:
        return None
    first = _first(name, each)
    everywhere = all(name in one for one in each)
    if name in ADDED:
        return _sum(name, each) if everywhere else None
    if name in GATHERED:
        raws = [raw for one in each if name in one for raw in _raws(one[name])]
        same = len(raws) == len(values)
        return Claim(name, values, first.origin, raws if same else None)
    return first if everywhere and len(values) == 1 else None


def _raws(claim: Claim) -> list[Any]:
    raw = claim.value if claim.raw is None else claim.raw
    return raw if isinstance(raw, list) else [raw]


def _sum(name: str, each: Sequence[Named]) -> Claim | None:
    told = [one[name].value for one in each]
    try:
        total = sum((Decimal(str(one)) for one in told), Decimal(0))
    except ArithmeticError:  # no number, or none that fits
        return None
    return Claim(name, str(total), each[0][name].origin, told)


def _line(one: Named) -> str:
    """One course in a line: its title, its credits and its grade."""
    told = [str(one["title"].value)] if "title" in one else []
    if "ects" in one:
        told.append(f"{one['ects'].value} ECTS")
    if "grade" in one:
        told.append(str(one["grade"].value))
    return " · ".join(told)

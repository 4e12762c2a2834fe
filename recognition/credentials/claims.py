"""What a credential says about the learning, each value with where it was read."""

from collections.abc import Iterable
from typing import Any, NamedTuple

# Names are those of the core record; a learner's own data comes first.
NAMES = (
    "learner",
    "learner_id",
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
    "quality_assurance",
    "grade",
    "isced_f",
    "kind",
    "language",
    "evidence",
)


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
        if one[1] not in (None, "", [], {}):
            first.setdefault(one[0], one)
    return tuple(Claim(*first[name]) for name in NAMES if name in first)

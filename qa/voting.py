"""How a collegial vote counts: quorum with recusals, majority of those present."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qa.enums import VoteCast

PRESENT = (VoteCast.FOR, VoteCast.AGAINST, VoteCast.ABSTAIN)


def quorum_of(counted: int, numerator: int, denominator: int) -> int:
    """The share of those in office and not recused, rounded up."""
    return -(-counted * numerator // denominator)


def needed_of(present: int, numerator: int, denominator: int) -> int:
    """The votes in favour that exceed the share of those present and not recused."""
    return present * numerator // denominator + 1


@dataclass(frozen=True)
class Tally:
    """A counted vote. Recused members are in neither quorum nor majority."""

    in_office: int
    recused: int
    votes_for: int
    against: int
    abstained: int
    quorum: int
    needed: int

    @classmethod
    def under(cls, rules: Any, casts: Sequence[str]) -> "Tally":
        """Counted by the shares of a rule set; everybody in office has a cast."""
        counted = len(casts) - casts.count(VoteCast.RECUSED)
        present = _present(casts)
        return cls.recorded(
            casts,
            in_office=len(casts),
            quorum=quorum_of(counted, rules.quorum_numerator, rules.quorum_denominator),
            needed=needed_of(
                present, rules.majority_numerator, rules.majority_denominator
            ),
        )

    @classmethod
    def recorded(
        cls, casts: Sequence[str], *, in_office: int, quorum: int, needed: int | None
    ) -> "Tally":
        """As an act keeps it; where it says nothing, more than half was needed."""
        return cls(
            in_office=in_office,
            recused=casts.count(VoteCast.RECUSED),
            votes_for=casts.count(VoteCast.FOR),
            against=casts.count(VoteCast.AGAINST),
            abstained=casts.count(VoteCast.ABSTAIN),
            quorum=quorum,
            needed=needed_of(_present(casts), 1, 2) if needed is None else needed,
        )

    @property
    def present(self) -> int:
        """Present and not recused."""
        return self.votes_for + self.against + self.abstained

    @property
    def is_quorate(self) -> bool:
        return self.present > 0 and self.present >= self.quorum

    @property
    def has_majority(self) -> bool:
        return self.present > 0 and self.votes_for >= self.needed

    @property
    def is_carried(self) -> bool:
        return self.is_quorate and self.has_majority


def _present(casts: Sequence[str]) -> int:
    return sum(cast in PRESENT for cast in casts)

"""How a collegial vote counts: quorum with recusals, majority of those present."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.enums import VoteCast


def quorum_of(in_office: int, recused: int, numerator: int, denominator: int) -> int:
    """The share of members in office less those recused, rounded up."""
    return -(-(in_office - recused) * numerator // denominator)


@dataclass(frozen=True)
class Tally:
    """A counted vote. Recused members are in neither quorum nor majority."""

    in_office: int
    recused: int
    votes_for: int
    against: int
    abstained: int
    quorum: int

    @classmethod
    def of(cls, casts: Sequence[str], in_office: int, quorum: int) -> "Tally":
        return cls(
            in_office=in_office,
            recused=casts.count(VoteCast.RECUSED),
            votes_for=casts.count(VoteCast.FOR),
            against=casts.count(VoteCast.AGAINST),
            abstained=casts.count(VoteCast.ABSTAIN),
            quorum=quorum,
        )

    @property
    def present(self) -> int:
        """Present and not recused."""
        return self.votes_for + self.against + self.abstained

    @property
    def needed(self) -> int:
        """For must exceed half of those present and not recused."""
        return self.present // 2 + 1

    @property
    def is_quorate(self) -> bool:
        return self.present > 0 and self.present >= self.quorum

    @property
    def has_majority(self) -> bool:
        return self.present > 0 and self.votes_for >= self.needed

    @property
    def is_carried(self) -> bool:
        return self.is_quorate and self.has_majority

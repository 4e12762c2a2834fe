"""A line for each voting member of a body: marked, counted, shown again quietly."""

from typing import Any, ClassVar

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qa.enums import VoteCast
from qa.models import Membership, RuleSet
from qa.voting import Tally


class Quiet(forms.Form):
    """A form that may be shown again only to count or go on."""

    def say_nothing(self) -> None:
        """Nothing is complained about."""
        self._errors = ErrorDict()


class Ballots(Quiet):
    """How each member voted."""

    votes_prefix: ClassVar[str]
    # The page may offer to mark everybody who is not marked yet in one go.
    fills_rest = True
    members: list[Membership]

    def add_ballot(
        self, member: Membership, *, recused: bool, choices: list[Any]
    ) -> None:
        """The member's line; who is recused is marked so from the beginning."""
        self.fields[f"{self.votes_prefix}{member.user_id}"] = forms.ChoiceField(
            label=str(member.user),
            choices=choices,
            initial=VoteCast.RECUSED if recused else None,
            widget=forms.RadioSelect,
            error_messages={"required": _("Say how this member voted.")},
        )

    def ballots(self) -> list[tuple[Membership, forms.BoundField]]:
        """Each member with the field of their vote."""
        return [(m, self[f"{self.votes_prefix}{m.user_id}"]) for m in self.members]

    def count(self, rules: RuleSet) -> Tally:
        """The vote as it is marked now; who is not marked counts as absent."""
        casts = [field.value() or VoteCast.ABSENT for _member, field in self.ballots()]
        return Tally.under(rules, casts)

    def with_rest(self, rest: str) -> QueryDict:
        """What was posted, with everybody who is not marked yet marked like this."""
        data = self.data.copy()
        for _member, field in self.ballots() if rest in VoteCast.values else ():
            if not data.get(field.html_name):
                data[field.html_name] = field.field.initial or rest
        return data

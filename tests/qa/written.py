"""The worked example on its draft, with what a test changes about it."""

import copy
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from fixtures.demo.accreditation import OfferStory
from qa import content, design_checks
from qa.models import Justification, Version
from qa.services import submission
from qa.transitions import TransitionRefused

BLOCKS, WARNS = "blocking_checks_pass", "warnings_are_justified"
SEVERITIES = {
    "DC-01": BLOCKS,
    "DC-02": BLOCKS,
    "DC-03": BLOCKS,
    "DC-04": WARNS,
    "DC-05": BLOCKS,
    "DC-06": BLOCKS,
    "DC-07": BLOCKS,
    "DC-08": BLOCKS,
    "DC-09": WARNS,
    "DC-10": BLOCKS,
    "DC-11": BLOCKS,
    "DC-12": BLOCKS,
    "DC-13": WARNS,
    "DC-14": BLOCKS,
    "DC-15": BLOCKS,
    "DC-16": BLOCKS,
    "DC-17": BLOCKS,
    "DC-18": WARNS,
    "DC-19": WARNS,
    "DC-20": BLOCKS,
    "DC-21": BLOCKS,
    "DC-22": WARNS,
    "DC-23": BLOCKS,
    "DC-24": BLOCKS,
    "DC-25": BLOCKS,
    "DC-26": WARNS,
    "DC-27": WARNS,
    "DC-28": BLOCKS,
}


@dataclass
class Written:
    """The worked example on its draft, with what is changed about it."""

    story: OfferStory
    data: dict[str, Any]

    @property
    def version(self) -> Version:
        return self.story.version

    def write(self, **changes: Any) -> "Written":
        """Start from the example again and change what is named."""
        data = self.data | changes
        with self.story.now():
            content.fill(self.version, data, by=self.story.author)
        return self

    def part(self, which: str, position: int, /, **changes: Any) -> "Written":
        """Change one row of a repeating part."""
        rows = copy.deepcopy(self.data[which])
        rows[position - 1] |= changes
        return self.write(**{which: rows})

    def found(self) -> list[tuple[str, str]]:
        with self.story.now():
            return [(f.check.code, f.detail) for f in design_checks.run(self.version)]

    def noted(self) -> list[tuple[str, str]]:
        """What is only pointed at."""
        with self.story.now():
            facts = design_checks.Facts(self.version)
            return [(f.check.code, f.detail) for f in design_checks.noted_in(facts)]

    def stops(self) -> tuple[str, ...]:
        """The clauses that refuse a submission signed as it is; undone afterwards."""
        with transaction.atomic():
            try:
                self.story.sign()
                with self.story.now(13):
                    submission.submit_proposal(
                        procedure=self.story.refresh(), by=self.story.coordinator
                    )
            except TransitionRefused as refusal:
                return tuple(clause.name for clause in refusal.unmet)
            finally:
                transaction.set_rollback(True)
        return ()

    def fails(self, code: str, *details: str) -> None:
        """Exactly this check fails, for these reasons, and stops what it has to."""
        assert self.found() == [(code, detail) for detail in details]
        assert self.stops() == (SEVERITIES[code],)
        Justification.objects.update_or_create(
            version=self.version,
            check_code=code,
            defaults={"text": "It is meant so, for a good reason."},
        )
        settled = SEVERITIES[code] == WARNS and code != "DC-27"
        assert self.stops() == (() if settled else (SEVERITIES[code],))
        self.version.justifications.all().delete()

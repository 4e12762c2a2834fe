"""What the schema of ELMO 1.7 asks of every transcript, each rule under its own name."""

from typing import Any

from recognition.credentials import dates, structure
from recognition.credentials.findings import Finding
from recognition.credentials.readers.elmo_claims import SPECIFIED, named, text, title
from recognition.credentials.refusals import Malformed
from recognition.credentials.structure import Rule
from recognition.credentials.words import gettext_noop as _


class SaysWhenItWasMade:
    """elmo/generatedDate: one, an xs:dateTime."""

    sentence = _("It does not say when it was made.")

    def holds(self, elmo: Any) -> bool:
        try:
            dates.instant(text(elmo, "generatedDate"))
        except Malformed:
            return False
        return True


class NamesTheLearner:
    """elmo/learner: givenNames and familyName."""

    sentence = _("It does not name the learner.")

    def holds(self, elmo: Any) -> bool:
        names = ("learner/givenNames", "learner/familyName")
        return all(text(elmo, name) for name in names)


class HoldsAReport:
    """elmo/report: one at least."""

    sentence = _("It holds no report of an institution.")

    def holds(self, elmo: Any) -> bool:
        return bool(elmo.findall(named("report")))


class NamesEachIssuer:
    """report/issuer: identifier and title, one of each at least."""

    sentence = _("It names no issuer by an identifier.")

    def holds(self, elmo: Any) -> bool:
        return all(
            text(report, "issuer/identifier") and title(report, "issuer/title")
            for report in elmo.findall(named("report"))
        )


class TitlesWhatWasLearned:
    """learningOpportunitySpecification: title, one at least."""

    sentence = _("It does not describe what was achieved.")

    def holds(self, elmo: Any) -> bool:
        return all(title(one, "title") for one in elmo.iter(named(SPECIFIED)))


OF_TRANSCRIPTS: tuple[Rule, ...] = (
    SaysWhenItWasMade(),
    NamesTheLearner(),
    HoldsAReport(),
    NamesEachIssuer(),
    TitlesWhatWasLearned(),
)


def checked(elmo: Any) -> Finding:
    return structure.checked(elmo, OF_TRANSCRIPTS)

"""The record told in sentences: what each event says to a person."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext_lazy

from qa.models import Event

# Row and act -> what the person did.
SENTENCES = {
    "A01": gettext_lazy("opened the proposal"),
    "A02": gettext_lazy("gave the proposal up"),
    "A03": gettext_lazy("submitted the proposal"),
    "A04": gettext_lazy("returned it for completion"),
    "A05": gettext_lazy("handed the completed proposal in"),
    "A06": gettext_lazy("closed it: nothing came back within the term"),
    "A07": gettext_lazy("signed the formal check"),
    "A08": gettext_lazy("recorded the endorsement of the faculty council"),
    "A08n": gettext_lazy("recorded that the faculty council does not endorse it yet"),
    "A09": gettext_lazy("signed the nomination and opened the panel"),
    "A10": gettext_lazy("started the review"),
    "A11": gettext_lazy("stopped the review to complete the panel"),
    "A12": gettext_lazy("began the report"),
    "A13": gettext_lazy("sent the draft report for the factual check"),
    "A14": gettext_lazy("made the report final"),
    "A15": gettext_lazy("sent the case to the senate"),
    "A16": gettext_lazy("recorded the decision of the senate"),
    "A17": gettext_lazy("opened a new procedure after the request to resubmit"),
    "A18": gettext_lazy("the accreditation came into force"),
    "A24": gettext_lazy("the periodic re-evaluation opened"),
    "A26": gettext_lazy("validity was extended until the re-evaluation is decided"),
    "A27": gettext_lazy("the next validity period took over"),
    "A29": gettext_lazy("the accreditation expired"),
    "A31": gettext_lazy("the accreditation was withdrawn"),
    "V1": gettext_lazy("began a version of the content"),
    "V2": gettext_lazy("froze the content"),
    "V3": gettext_lazy("replaced the earlier version"),
    "V4": gettext_lazy("marked the content with the outcome"),
    "V5": gettext_lazy("closed the draft"),
    "P1": gettext_lazy("invited a member to the panel"),
    "P2": gettext_lazy("accepted the seat in the panel"),
    "P3": gettext_lazy("declined the invitation"),
    "P4": gettext_lazy("left the panel"),
    "P5": gettext_lazy("named a successor in the panel"),
    "D0": gettext_lazy("the new member was asked about conflicts of interest"),
    "D1": gettext_lazy("declared no conflict of interest"),
    "D2": gettext_lazy("declared a possible conflict of interest"),
    "D3": gettext_lazy("cleared the declared conflict"),
    "D4": gettext_lazy("upheld the declared conflict"),
    "S1": gettext_lazy("opened the reading to the member"),
    "S2": gettext_lazy("handed the independent reading in"),
    "C1": gettext_lazy("recorded a condition"),
    "C2": gettext_lazy("handed in evidence for a condition"),
    "C3": gettext_lazy("found the condition fulfilled"),
    "C4": gettext_lazy("asked for more evidence"),
    "ask_sign_off": gettext_lazy("asked the head of department to sign the draft"),
    "sign_off": gettext_lazy("signed the draft as head of department"),
    "allow_further_return": gettext_lazy("agreed to another return"),
    "add_author": gettext_lazy("added an author"),
    "attach": gettext_lazy("attached a file to the draft"),
    "take_off": gettext_lazy("took a file off the draft"),
    "challenge": gettext_lazy("challenged a member of the panel"),
    "waive_challenge": gettext_lazy("waived the term to challenge a member"),
    "decide_challenge": gettext_lazy("decided on the challenge"),
    "reply_to_report": gettext_lazy("replied to the draft report"),
    "reply_term_over": gettext_lazy("the term to reply to the draft report ended"),
    "record_opinion": gettext_lazy("recorded an opinion"),
    "vote_not_carried": gettext_lazy("recorded a vote that was not carried"),
    "set_withdrawal": gettext_lazy("recorded the decision to withdraw"),
    "set_last_day": gettext_lazy("set the last day of the extended validity"),
    "extend": gettext_lazy("extended the term of a condition"),
    "issue_letter": gettext_lazy("issued the decision letter"),
}


# One row moves two things; the second has words of its own.
_BY_THING = {
    ("qa.accreditation", "A16"): gettext_lazy("opened the validity period"),
    ("qa.procedure", "A24"): gettext_lazy("a draft for the re-evaluation was opened"),
}

# Who decides that another has to leave does not leave.
_BY_ROLE = {("P4", "CEAC chair"): gettext_lazy("ended a member's seat in the panel")}

# What the service does by itself has no subject; a person who does it is one.
_BY_PERSON = {"A31": gettext_lazy("recorded the withdrawal of the accreditation")}


# Rows that only follow another act: the record keeps them, the story need not.
COMPANIONS = frozenset({"V1", "V2", "V3", "V4", "V5", "D0", "S1", "C1"})
# What members declare of their conflicts is not told to those who are judged.
OF_THE_PANEL_ALONE = frozenset({"D1", "D2", "D3", "D4", "P3"})
# That a member left is told; the reason may be what was declared, and is not.
REASON_OF_THE_PANEL_ALONE = frozenset({"P4"})


@dataclass(frozen=True)
class Line:
    """One event as a person reads it; `times` it happened on one day."""

    at: datetime
    who: str
    did: str
    reason: str
    row: str
    hash: str
    times: int = 1


def line(event: Event) -> Line:
    """The event in words; an act without words of its own is named as it is."""
    own = _BY_THING.get((event.thing, event.row))
    own = own or _BY_ROLE.get((event.row, event.role))
    if not event.by.is_service:
        own = own or _BY_PERSON.get(event.row)
    did = own or SENTENCES.get(event.row) or SENTENCES.get(event.act) or event.act
    who = "" if event.by.is_service else str(event.by)
    return Line(event.at, who, str(did), event.reason, event.row, event.hash)


def told(events: Iterable[Event], *, whole: bool) -> list[Line]:
    """The story of the events; `whole` for those who also see inside the panel."""
    hidden = COMPANIONS if whole else COMPANIONS | OF_THE_PANEL_ALONE
    unsaid = frozenset() if whole else REASON_OF_THE_PANEL_ALONE
    lines = (line(event) for event in events if event.row not in hidden)
    return list(
        _gathered(
            replace(one, reason="") if one.row in unsaid else one for one in lines
        )
    )


def _gathered(lines: Iterable[Line]) -> Iterator[Line]:
    """The same act of the same person on one day, one after the other, is one line."""
    last: Line | None = None
    for each in lines:
        if last is not None and _alike(last, each):
            last = replace(last, times=last.times + 1)
            continue
        if last is not None:
            yield last
        last = each
    if last is not None:
        yield last


def _alike(one: Line, other: Line) -> bool:
    return (one.who, one.did, one.reason, one.at.date()) == (
        other.who,
        other.did,
        other.reason,
        other.at.date(),
    )

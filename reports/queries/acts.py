"""Chapters of a dossier on the acts of bodies, with their votes."""

from datetime import date

from django.utils.translation import gettext as _

from qa.enums import MembershipFunction
from qa.models import Decision, Procedure
from qa.models.people import in_local_language
from reports.rows import Chapter, Field, Heading, Table
from reports.words import act_outcome, day_of

Part = Field | Heading | Table


def act_chapters(procedure: Procedure) -> list[Chapter]:
    """All acts in one chapter, in the order in which they were recorded."""
    acts = (
        procedure.decisions.select_related("body", "signatory", "letter")
        .prefetch_related("votes__user", "officers__user")
        .order_by("recorded_at", "pk")
    )
    parts: list[Part] = []
    for act in acts:
        parts += _act(act)
    return [Chapter(_("Acts"), tuple(parts))]


def _act(act: Decision) -> list[Part]:
    title = f"{act.body} · {act.get_kind_display()} {act.act_number}".strip()
    told = (
        (_("Date"), day_of(act.decided_on)),
        (_("Item of the agenda"), act.agenda_item),
        (_("Outcome"), act_outcome(act)),
        (_("Vote"), _counted(act)),
        (_("Officers who set up the panel"), ", ".join(map(str, act.officers.all()))),
        (_("Reasons"), act.reasons),
        (_("The proposer was heard on"), day_of(act.hearing_on)),
        (_("What the proposer said"), act.hearing_summary),
        (_("Why it departs from the proposal"), act.departure_reasons),
        (_("Valid"), _validity(act)),
        (_("Remedy"), in_local_language(act.remedy_ro, act.remedy_en)),
        (_("Term to appeal in days"), act.remedy_days or ""),
        (_("May be challenged until"), day_of(_remedy_until(act))),
        (_("Signed by"), str(act.signatory or "")),
    )
    parts: list[Part] = [Heading(title)]
    parts += [Field(str(name), str(value)) for name, value in told if value]
    return parts + _votes(act)


def _remedy_until(act: Decision) -> date | None:
    """The last day of the term, once the letter has given notice of the act."""
    letter = getattr(act, "letter", None)
    return letter.remedy_until if letter else None


def _counted(act: Decision) -> str:
    if not act.is_collegial:
        return ""
    tally = act.tally()
    return _(
        "%(present)s present of %(office)s in office, quorum %(quorum)s: "
        "%(for)s for, %(against)s against, %(abstain)s abstain"
    ) % {
        "present": tally.present,
        "office": tally.in_office,
        "quorum": tally.quorum,
        "for": tally.votes_for,
        "against": tally.against,
        "abstain": tally.abstained,
    }


def _validity(act: Decision) -> str:
    if act.valid_from is None or act.valid_to is None:
        return ""
    return f"{day_of(act.valid_from)} – {day_of(act.valid_to)}"


def _votes(act: Decision) -> list[Part]:
    functions = dict(MembershipFunction.choices)
    rows = tuple(
        (
            str(vote.user),
            str(functions.get(vote.function, vote.function)),
            vote.get_cast_display(),
        )
        for vote in act.votes.all()
    )
    heads = (_("Member"), _("Function"), _("Vote"))
    return [Table(heads, rows, (0.5, 0.25, 0.25))] if rows else []

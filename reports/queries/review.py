"""Chapters of a dossier on the review: panel, declarations, readings, report."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from qa.enums import (
    ConflictGround,
    DeclarationStatus,
    PanelMemberStatus,
    PanelRole,
    ReadingStand,
)
from qa.models import Assessment, PanelMember, Procedure, Reading, Report
from reports.rows import Chapter, Field, Heading, Table
from reports.words import day_of, moment_of

Part = Field | Heading | Table


def panel_chapter(procedure: Procedure, *, inside: bool) -> Chapter:
    """Who sits or sat and from where; what each declared is told inside alone."""
    seats = list(
        procedure.members.select_related("user", "declaration").prefetch_related(
            "challenges"
        )
    )
    rows = tuple(
        (
            str(seat.user),
            seat.get_role_display(),
            seat.employer or seat.user.affiliation,
            _("external") if seat.is_external else _("internal"),
            seat.get_status_display(),
            day_of(seat.trained_on),
            _declared(seat) if inside else _settled(seat),
        )
        for seat in seats
    )
    heads = (
        _("Member"),
        _("Seat"),
        _("Employer"),
        _("From"),
        _("Status"),
        _("Trained on"),
        _("Declaration"),
    )
    parts: list[Part] = []
    if rows:
        parts.append(Table(heads, rows, (0.18, 0.15, 0.18, 0.09, 0.12, 0.12, 0.16)))
    for seat in seats if inside else ():
        parts += _conflict(seat)
        parts += _challenges(seat)
    return Chapter(_("The panel"), tuple(parts))


def published_panel(procedure: Procedure) -> list[PanelMember]:
    """Who answers for the report: the members who read to the end, the chair first."""
    seats = procedure.members.filter(status=PanelMemberStatus.ACCEPTED)
    order = list(PanelRole.values)
    return sorted(
        seats.select_related("user"), key=lambda seat: (order.index(seat.role), seat.pk)
    )


def _declared(seat: PanelMember) -> str:
    declaration = getattr(seat, "declaration", None)
    return declaration.get_status_display() if declaration else ""


def _settled(seat: PanelMember) -> str:
    declaration = getattr(seat, "declaration", None)
    if declaration is None:
        return ""
    free = declaration.status in (DeclarationStatus.NONE, DeclarationStatus.CLEARED)
    return _("settled") if free else _("not settled yet")


def _conflict(seat: PanelMember) -> list[Part]:
    declaration = getattr(seat, "declaration", None)
    quiet = (DeclarationStatus.PENDING, DeclarationStatus.NONE)
    if declaration is None or declaration.status in quiet:
        return []
    labels = dict(ConflictGround.choices)
    grounds = ", ".join(str(labels.get(g, g)) for g in declaration.grounds)
    title = _("Conflict declared by %(who)s") % {"who": seat.user}
    return [
        Heading(title),
        *_fields(
            (_("Grounds"), grounds),
            (_("Declared"), declaration.text),
            (_("Decided"), declaration.get_status_display()),
            (_("Reasons"), declaration.decision_reasons),
        ),
    ]


def _challenges(seat: PanelMember) -> list[Part]:
    parts: list[Part] = []
    for one in seat.challenges.all():
        parts.append(Heading(_("Challenge to %(who)s") % {"who": seat.user}))
        parts += _fields(
            (_("Reasons"), one.reasons),
            (_("Decided"), one.get_decision_display()),
            (_("Reasons of the decision"), one.decision_reasons),
        )
    return parts


def _fields(*told: tuple[Any, Any]) -> list[Part]:
    return [Field(str(name), str(value)) for name, value in told if value]


def assessment_chapter(
    procedure: Procedure, assessments: Sequence[Assessment]
) -> Chapter:
    """The independent readings that the reader may see."""
    readings = Reading.objects.filter(assessment__in=assessments).select_related(
        "standard"
    )
    by_assessment: dict[int, list[Reading]] = {}
    for reading in readings:
        by_assessment.setdefault(reading.assessment_id, []).append(reading)
    parts: list[Part] = []
    for one in assessments:
        who = f"{one.member.user} · {one.member.get_role_display()}"
        when = moment_of(one.submitted_at) or one.get_status_display()
        parts.append(Heading(f"{who} · {when}"))
        rows = tuple(
            (str(reading.standard), _judged(procedure, reading), _written(reading))
            for reading in by_assessment.get(one.pk, [])
        )
        heads = (_("Standard"), _("Rating"), _("Evidence, analysis, conclusion"))
        parts.append(Table(heads, rows, (0.24, 0.16, 0.6)))
    return Chapter(_("Independent readings"), tuple(parts))


def _judged(procedure: Procedure, reading: Reading) -> str:
    if reading.stand != ReadingStand.RATED:
        return reading.get_stand_display()
    return procedure.standard_set.rating_label(reading.rating)


def _written(thing: Any) -> str:
    texts = (
        thing.evidence,
        thing.analysis,
        thing.conclusion,
        getattr(thing, "reason", ""),
    )
    return "\n".join(text for text in texts if text)


def report_chapter(procedure: Procedure) -> Chapter:
    """The panel's report with its proposal, and the remarks with their answers."""
    report = Report.objects.filter(procedure=procedure).first()
    if report is None:
        return Chapter(_("The report"), ())
    parts = [
        *_fields(
            (_("Visit"), day_of(procedure.visit_on)),
            (_("Why no visit was needed"), procedure.visit_waiver),
            (_("Summary"), report.summary),
            (_("Proposed outcome"), report.get_proposed_outcome_display()),
            (_("Reasons of the proposal"), report.proposal_reasons),
        ),
        *_findings(procedure, report),
        *_points(report),
        *_remarks(procedure),
    ]
    return Chapter(_("The report"), tuple(parts))


def _findings(procedure: Procedure, report: Report) -> list[Part]:
    scale = procedure.standard_set
    rows = tuple(
        (str(one.standard), scale.rating_label(one.rating), _written(one))
        for one in report.findings.select_related("standard")
    )
    heads = (_("Standard"), _("Rating"), _("Evidence, analysis, conclusion"))
    table = Table(heads, rows, (0.24, 0.16, 0.6))
    return [Heading(_("Findings")), table] if rows else []


def _points(report: Report) -> list[Part]:
    rows = tuple(
        (
            one.get_kind_display(),
            str(one.standard.number) if one.standard else "",
            "\n".join(text for text in (one.text, one.evidence_required) if text),
        )
        for one in report.points.select_related("standard")
    )
    table = Table((_("Point"), _("Standard"), _("Text")), rows, (0.2, 0.12, 0.68))
    return [Heading(_("Points of the report")), table] if rows else []


def _remarks(procedure: Procedure) -> list[Part]:
    rows = tuple(
        (
            one.place,
            one.text,
            "\n".join(filter(None, (one.get_answer_display(), one.answer_text))),
        )
        for one in procedure.remarks.all()
    )
    heads = (_("Place"), _("Remark of the proposer"), _("Answer of the panel"))
    table = Table(heads, rows, (0.2, 0.4, 0.4))
    return [Heading(_("Remarks")), table] if rows else []

"""The whole file of a procedure, as far as the reader may see it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import translation
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from qa import answers, content, dossiers, story
from qa import queries as seen
from qa.dossiers import Scope
from qa.enums import AttachmentKind
from qa.models import (
    Accreditation,
    Attachment,
    Condition,
    Document,
    Procedure,
    User,
    Version,
)
from qa.models.accreditation import TIMELY_APPLICATION
from qa.models.people import Institution
from qa.vocabularies import AgreementTopic
from reports.queries.acts import act_chapters
from reports.queries.formal import formal_chapter
from reports.queries.review import (
    assessment_chapter,
    panel_chapter,
    report_chapter,
)
from reports.rows import Chapter, DossierData, Field, Heading, Table, Words
from reports.words import day_of, moment_of

# A column takes its share of the width by its longest text, within these letters.
_NARROW, _WIDE = 12, 60


def dossier_data(procedure: Procedure, *, reader: User, language: str) -> DossierData:
    """Everything of the procedure that the reader may open, in the language."""
    with translation.override(language):
        version = procedure.version
        assert version is not None  # noqa: S101  set when the procedure is opened
        offer = procedure.micro_credential
        made_at = offer.case.events.latest("sequence").at
        scope = _scope(procedure, reader)
        return DossierData(
            institution=str(offer.unit.institution),
            title=Words(version.title_ro, version.title_en),
            case_number=offer.case.number,
            language=language,
            facts=_facts(procedure, version, made_at),
            manifest=_manifest(procedure),
            chapters=_chapters(procedure, version, reader, scope),
            made_at=made_at,
            head=offer.case.head,
        )


def _facts(
    procedure: Procedure, version: Version, made_at: datetime
) -> tuple[Field, ...]:
    offer = procedure.micro_credential
    told = (
        (_("Case"), offer.case.number),
        (_("Procedure"), procedure.get_kind_display()),
        (_("Route"), procedure.get_route_display()),
        (_("Status"), procedure.get_status_display()),
        (_("Outcome"), procedure.get_outcome_display()),
        (_("Unit"), f"{offer.unit} · {offer.faculty}"),
        (_("Coordinator"), str(procedure.coordinator)),
        (_("Standards"), str(procedure.standard_set)),
        (_("Rules"), procedure.rule_set.code),
        (_("Version"), f"{version.number}"),
        (_("SHA-256 of the content"), version.sha256),
        (_("Registry no."), version.registry_number),
        (_("As of"), moment_of(made_at)),
    )
    return tuple(Field(str(name), str(value)) for name, value in told if value)


def _scope(procedure: Procedure, reader: User) -> Scope:
    offer = procedure.micro_credential
    seen_here = seen.procedures_visible_to(reader).filter(micro_credential=offer)
    return dossiers.scope_of(offer, reader, list(seen_here))


def _manifest(procedure: Procedure) -> Table:
    """The papers of the procedure with who added each, when, and its hash."""
    rows = [*_frozen(procedure), *_attached(procedure), *_letters(procedure)]
    heads = (_("Paper"), _("Kind"), _("Date"), _("By"), _("Registry no."), "SHA-256")
    return Table(heads, tuple(rows), (0.21, 0.13, 0.13, 0.16, 0.12, 0.25))


def _frozen(procedure: Procedure) -> list[tuple[str, ...]]:
    return [
        (
            _("Content, version %(n)s") % {"n": one.number},
            _("Frozen content"),
            moment_of(one.frozen_at),
            str(one.frozen_by or ""),
            one.registry_number,
            one.sha256,
        )
        for one in procedure.versions.exclude(sha256="").select_related("frozen_by")
    ]


def _attached(procedure: Procedure) -> list[tuple[str, ...]]:
    """The files of what was submitted, each with the versions that carry it."""
    carried = Attachment.objects.filter(version__procedure=procedure)
    carrying: dict[Document, list[str]] = {}
    for one in (
        carried.exclude(version__sha256="")
        .select_related("document__added_by", "version")
        .order_by("document_id", "version__number")
    ):
        carrying.setdefault(one.document, []).append(str(one.version.number))
    return [
        (
            one.title,
            f"{AttachmentKind(one.kind).label}, "
            + _("version %(n)s") % {"n": ", ".join(numbers)},
            moment_of(one.added_at),
            str(one.added_by),
            one.registry_number,
            one.sha256,
        )
        for one, numbers in carrying.items()
    ]


def _letters(procedure: Procedure) -> list[tuple[str, ...]]:
    issued = procedure.micro_credential.case.issued_letters.filter(
        decision__procedure=procedure
    )
    return [
        (
            _("Letter of decision %(act)s") % {"act": one.decision.act_number},
            _("Letter"),
            moment_of(one.issued_at),
            str(one.issued_by),
            one.registry_number,
            one.sha256,
        )
        for one in issued.select_related("decision", "issued_by")
    ]


def _chapters(
    procedure: Procedure, version: Version, reader: User, scope: Scope
) -> tuple[Chapter, ...]:
    chapters = [_proposal(procedure, version), formal_chapter(procedure)]
    if seen.panel_is_known(procedure):
        chapters.append(panel_chapter(procedure, inside=scope.inside))
    assessments = list(seen.assessments_visible_to(reader, procedure))
    chapters.append(assessment_chapter(procedure, assessments))
    if seen.opens_report(procedure, reader):
        chapters.append(report_chapter(procedure))
    chapters += act_chapters(procedure)
    chapters.append(_conditions(procedure))
    chapters.append(_periods(procedure))
    chapters.append(_events(procedure, scope))
    return tuple(chapter for chapter in chapters if chapter.parts)


# --- The proposal -----------------------------------------------------------------


def _proposal(procedure: Procedure, version: Version) -> Chapter:
    parts: list[Any] = []
    for section in content.SECTIONS:
        told: list[Any] = [
            Field(content.label_of(name), value)
            for name in section.fields
            if (value := _told(version, name))
        ]
        is_one_part = not section.fields and len(section.parts) == 1
        for name in section.parts:
            told += _part(version, name, is_named=not is_one_part)
        if told:
            parts += [Heading(str(section.title)), *told]
    if text := procedure.self_evaluation:
        parts += [Heading(_("Self-evaluation")), Field("", text)]
    parts += _answers(procedure)
    parts += _justified(version)
    return Chapter(_("The proposal"), tuple(parts))


def _answers(procedure: Procedure) -> list[Any]:
    """What a resubmission answers to the decision and to each point of the report."""
    rows = tuple((one.head, one.asked, one.answer) for one in answers.of(procedure))
    heads = (_("Point"), _("What is asked"), _("Answer"))
    table = Table(heads, rows, (0.2, 0.4, 0.4))
    title = _("Answers to the decision that asked to resubmit")
    return [Heading(title), table] if rows else []


def _justified(version: Version) -> list[Any]:
    """What the authors answered to the warnings of the design checks."""
    answers = version.justifications.order_by("check_code")
    told = [Field(answer.check_code, answer.text) for answer in answers]
    return [Heading(_("Reasons given for warnings")), *told] if told else []


def _told(thing: models.Model, name: str) -> str:
    """The value of a field as people read it."""
    value = getattr(thing, name)
    if value is None or value == "":
        return ""
    if hasattr(value, "all"):
        return ", ".join(_linked(one) for one in value.all())
    if shown := getattr(thing, f"get_{name}_display", None):
        return str(shown())
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        topics = dict(AgreementTopic.choices)
        return ", ".join(str(topics.get(one, one)) for one in value)
    if isinstance(value, date):
        return day_of(value)
    return number_format(value) if isinstance(value, int | Decimal) else str(value)


def _linked(one: Any) -> str:
    return str(one) if isinstance(one, Institution) else str(one.name)


def _part(version: Version, name: str, *, is_named: bool) -> list[Any]:
    """A repeating part as a table, without the columns nobody filled in.

    Where it is all that its section holds, the title of the section names it.
    """
    model, fields = content.PARTS[name]
    rows = [[_told(row, field) for field in fields] for row in _rows(version, name)]
    used = [n for n in range(len(fields)) if any(row[n] for row in rows)]
    if not used:
        return []
    heads = tuple(
        capfirst(str(model._meta.get_field(fields[n]).verbose_name)) for n in used
    )
    shares = [
        min(max([len(heads[at]), *(len(row[n]) for row in rows), _NARROW]), _WIDE)
        for at, n in enumerate(used)
    ]
    total = sum(shares)
    table = Table(
        heads,
        tuple(tuple(row[n] for n in used) for row in rows),
        tuple(share / total for share in shares),
    )
    return [Heading(capfirst(content.label_of(name))), table] if is_named else [table]


def _rows(version: Version, name: str) -> Any:
    return getattr(version, name).all()


# --- What followed ----------------------------------------------------------------


def _conditions(procedure: Procedure) -> Chapter:
    found = Condition.objects.filter(decision__procedure=procedure).select_related(
        "owner", "judged_by", "extension"
    )
    parts: list[Any] = []
    for number, one in enumerate(found, start=1):
        told = (
            (_("Condition"), one.text),
            (_("Evidence required"), one.evidence_required),
            (_("If it is not met"), one.consequence),
            (_("Deadline"), day_of(one.due_on)),
            (_("Extension"), _extended(one)),
            (_("Owner"), str(one.owner)),
            (_("Status"), one.get_status_display()),
            (_("Evidence"), one.evidence),
            (_("Judgement"), one.judgement),
        )
        parts.append(Heading(_("Condition %(n)s") % {"n": number}))
        parts += [Field(str(name), str(value)) for name, value in told if value]
    return Chapter(_("Conditions"), tuple(parts))


def _extended(condition: Condition) -> str:
    extension = getattr(condition, "extension", None)
    if extension is None:
        return ""
    told = {"d": day_of(condition.deadline), "r": extension.reason}
    return _("extended once, from %(d)s: %(r)s") % told


def _periods(procedure: Procedure) -> Chapter:
    found = Accreditation.objects.filter(
        micro_credential=procedure.micro_credential
    ).select_related("decision__body", "version")
    rows = tuple(
        (
            f"{day_of(one.valid_from)} – {day_of(one.last_day or one.valid_to)}",
            f"{one.decision.body} {one.decision.act_number}",
            str(one.version.number),
            one.get_status_display(),
        )
        for one in found
    )
    heads = (_("Period"), _("Act"), _("Version"), _("Status"))
    table = Table(heads, rows, (0.3, 0.3, 0.12, 0.28))
    ends = [part for one in found for part in _end(one)]
    return Chapter(_("Accreditation"), (table, *ends) if rows else ())


def _end(period: Accreditation) -> list[Any]:
    """Why a period was extended, and by which plan its learners finish."""
    told = (
        (_("Extension"), _extension(period)),
        (_("Extended until"), day_of(period.extended_until)),
        (_("Accreditation ends on"), day_of(period.withdrawn_on)),
        (_("Last enrolment"), day_of(period.last_enrolment_on)),
        (_("Last assessment"), day_of(period.last_assessment_on)),
        (_("Contact for learners"), period.teach_out_contact),
        (_("Possibilities to transfer"), period.transfer_options),
    )
    fields = [Field(str(name), value) for name, value in told if value]
    if not fields:
        return []
    ends = period.last_day or period.valid_to
    return [Heading(f"{day_of(period.valid_from)} – {day_of(ends)}"), *fields]


def _extension(period: Accreditation) -> str:
    """The machine knows one reason (A26); an unknown code stands for itself."""
    if period.extension_reason == TIMELY_APPLICATION:
        return _("extended until the timely re-evaluation is decided")
    return period.extension_reason


def _events(procedure: Procedure, scope: Scope) -> Chapter:
    """The record of the procedures the reader may open, oldest first."""
    events = dossiers.events_seen(procedure.micro_credential, scope)
    if not scope.inside:
        events = events.exclude(row__in=story.OF_THE_PANEL_ALONE)
    rows = []
    for event in events.order_by("sequence"):
        line = story.line(event)
        who = line.who or _("the system")
        rows.append(
            (str(event.sequence), moment_of(line.at), who, line.did, event.hash)
        )
    heads = (_("No."), _("When"), _("Who"), _("What"), _("Hash"))
    table = Table(heads, tuple(rows), (0.06, 0.14, 0.2, 0.32, 0.28))
    return Chapter(_("Events"), (table,) if rows else ())

"""The public register: every validity period, and every rejection, as entries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from qa import clock
from qa.enums import AccreditationStatus, ActKind, ConditionStatus, Outcome
from qa.folded import folded
from qa.guards.decision import POSITIVE
from qa.models import (
    Accreditation,
    Condition,
    Decision,
    Institution,
    Procedure,
    Unit,
    Version,
)
from reports.rows import RegisterRow, Words

REJECTED = Outcome.REJECTED
# The sizes a visitor may ask for, by their key: more than, and up to so many credits.
SIZES: dict[str, Q] = {
    "none": Q(version__ects=None),
    "5": Q(version__ects__lte=5),
    "15": Q(version__ects__gt=5, version__ects__lte=15),
    "more": Q(version__ects__gt=15),
}
# An approval opens a validity period in the same act, so this asks for no join.
ENTERED = (*POSITIVE, REJECTED)


@dataclass(frozen=True)
class RegisterFilters:
    """What a visitor looks for; empty values ask for nothing."""

    q: str = ""
    status: str = ""
    faculty: str = ""
    field: str = ""
    level: int | None = None
    ects: str = ""
    mode: str = ""
    language: str = ""


def register_entries(
    filters: RegisterFilters = RegisterFilters(),
) -> QuerySet[Procedure]:
    """The procedures that stand in the register, the latest decisions first."""
    entries = Procedure.objects.filter(decided_on__isnull=False, outcome__in=ENTERED)
    entries = _narrowed(entries, filters)
    if words := folded(filters.q).split():
        listed = Unit.objects.values_list("pk", "name_ro", "name_en")
        units = {pk: folded("\n".join(names)) for pk, *names in listed}
        for word in words:
            entries = entries.filter(_holding(word, units))
    return entries.order_by("-decided_on", "-pk")


def _narrowed(
    entries: QuerySet[Procedure], filters: RegisterFilters
) -> QuerySet[Procedure]:
    if filters.status == REJECTED:
        entries = entries.filter(accreditation=None)
    elif filters.status:
        entries = entries.filter(accreditation__status=filters.status)
    if filters.faculty:
        unit = Q(micro_credential__unit__code=filters.faculty)
        parent = Q(micro_credential__unit__parent__code=filters.faculty)
        entries = entries.filter(unit | parent)
    if filters.ects in SIZES:
        entries = entries.filter(SIZES[filters.ects])
    asked = {
        "version__isced__code__startswith": filters.field,
        "version__participation_form": filters.mode,
        "version__eqf_level": filters.level,
        "version__languages": filters.language,
    }
    return entries.filter(**{name: said for name, said in asked.items() if said})


def _holding(word: str, units: Mapping[int, str]) -> Q:
    """Whose number, titles, summary or department holds the folded word."""
    return (
        Q(micro_credential__case__number__icontains=word)
        | Q(version__titles_folded__contains=word)
        | Q(version__summaries_folded__contains=word)
        | Q(micro_credential__unit__in=[pk for pk, of in units.items() if word in of])
    )


def register_rows(
    filters: RegisterFilters = RegisterFilters(),
) -> list[RegisterRow]:
    """The whole register as filtered; a fixed number of queries."""
    return rows_of(register_entries(filters))


def with_parts(entries: QuerySet[Procedure]) -> QuerySet[Procedure]:
    """The entries with all that a row needs."""
    acts = Decision.objects.filter(kind=ActKind.DECISION, is_carried=True)
    acts = acts.select_related("body").prefetch_related("conditions")
    return entries.select_related(
        "version",
        "micro_credential__case",
        "micro_credential__unit__parent",
        "micro_credential__unit__institution",
        "accreditation__withdrawal",
    ).prefetch_related(
        "version__languages",
        "version__awarding_bodies",
        "version__components",
        "version__stacking_targets",
        "accreditation__reevaluations",
        Prefetch("decisions", acts.order_by("recorded_at", "pk"), to_attr="acts"),
    )


def rows_of(entries: QuerySet[Procedure]) -> list[RegisterRow]:
    """The entries as rows."""
    return [_row(procedure) for procedure in with_parts(entries)]


def entry_number(procedure: Procedure, version: Version) -> str:
    """The number that names the offer and the version decided on: MC-2026-014-v2."""
    return f"{procedure.micro_credential.case.number}-v{version.number}"


def period_of(procedure: Procedure) -> Accreditation | None:
    return getattr(procedure, "accreditation", None)


def _row(procedure: Procedure) -> RegisterRow:
    version, offer = procedure.version, procedure.micro_credential
    assert version is not None  # noqa: S101  a decided procedure has its version
    period, act = period_of(procedure), _deciding_act(procedure)
    conditions = list(act.conditions.all())
    number = entry_number(procedure, version)
    institution = offer.unit.institution
    awarding = sorted(version.awarding_bodies.all(), key=lambda one: one.code)
    return RegisterRow(
        procedure_id=procedure.pk,
        offer_id=offer.pk,
        number=number,
        title=Words(version.title_ro, version.title_en),
        providers=_names(_providers(version, institution, awarding)),
        awarding_bodies=_names(awarding),
        faculty=Words(offer.faculty.name_ro, offer.faculty.name_en),
        faculty_code=offer.faculty.code,
        eqf_level=version.eqf_level,
        cycle=version.qf_ehea_cycle,
        ects=version.ects,
        hours=version.workload_hours,
        isced=version.isced_id or "",
        mode=version.participation_form,
        languages=tuple(sorted(one.code for one in version.languages.all())),
        assessment_types=tuple(_once(one.type for one in version.components.all())),
        qa_route=procedure.route,
        deciding_body=Words(act.body.name_ro, act.body.name_en),
        decision_number=act.act_number,
        decided_on=act.decided_on,
        outcome=procedure.outcome,
        conditions_open=sum(c.status != ConditionStatus.FULFILLED for c in conditions),
        conditions_closed=sum(
            c.status == ConditionStatus.FULFILLED for c in conditions
        ),
        **_validity(period),
        status=period.status if period else REJECTED,
        version=version.number,
        stackable_to=tuple(one.programme for one in version.stacking_targets.all()),
        changed_on=_changed_on(act, period, conditions),
        page_url=version.public_page_url,
        entry_url=entry_url(number),
        report_url=report_url(number),
    )


def _providers(
    version: Version, own: Institution, awarding: list[Institution]
) -> list[Institution]:
    """The house; in joint provision its partners after it."""
    partners = [one for one in awarding if one.pk != own.pk]
    return [own, *partners] if version.is_joint else [own]


def _names(institutions: Sequence[Institution]) -> Words:
    return Words(
        "; ".join(one.name_ro for one in institutions),
        "; ".join(one.name_en for one in institutions),
    )


def _validity(period: Accreditation | None) -> dict[str, Any]:
    """The days of the period, and of the teach-out where it is withdrawn."""
    return {
        "valid_from": period.valid_from if period else None,
        "valid_to": _valid_to(period) if period else None,
        "is_extended": _is_extended(period),
        "withdrawn_on": _withdrawn_on(period) if period else None,
        "last_enrolment_on": period.last_enrolment_on if period else None,
        "last_assessment_on": period.last_assessment_on if period else None,
    }


def entry_url(number: str) -> str:
    """The permanent address of an entry."""
    return settings.ATESTA_URL + reverse("reports:register_entry", args=[number])


def report_url(number: str) -> str:
    """The permanent address of the panel's report on an entry."""
    return settings.ATESTA_URL + reverse("reports:register_report", args=[number])


def _deciding_act(procedure: Procedure) -> Decision:
    """The act that gave the outcome, not a later one that withdraws it."""
    acts: list[Decision] = procedure.acts  # type: ignore[attr-defined]
    return next(act for act in acts if act.outcome == procedure.outcome)


def _valid_to(period: Accreditation) -> date:
    """The day a withdrawal ended it; else its last day, as far as that is known."""
    if period.status == AccreditationStatus.WITHDRAWN:
        return _withdrawn_on(period) or period.valid_to
    return period.last_day or period.valid_to


def _withdrawn_on(period: Accreditation) -> date | None:
    """The day of the withdrawal, decided or already in effect."""
    return period.withdrawn_on or (
        period.ended_on if period.status == AccreditationStatus.WITHDRAWN else None
    )


def _is_extended(period: Accreditation | None) -> bool:
    """Whether it runs past its end until the re-evaluation is decided."""
    return (
        period is not None
        and period.status == AccreditationStatus.IN_FORCE
        and period.last_day is None
    )


def _once(codes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(codes))


def _changed_on(
    act: Decision, period: Accreditation | None, conditions: list[Condition]
) -> date:
    """The last day on which anything the entry shows has changed."""
    moments = [one.judged_at for one in conditions]
    days = [act.decided_on]
    if period is not None:
        moments += [period.in_force_at, period.extension_opened_at]
        days += [period.ended_on] if period.ended_on else []
        days += [period.withdrawal.decided_on] if period.withdrawal else []
        days += _extension_set(period)
    days += [clock.local_day(moment) for moment in moments if moment]
    return max(days)


def _extension_set(period: Accreditation) -> list[date]:
    """The day of the decision on the re-evaluation that gave an extension its end."""
    if period.extended_until is None:
        return []
    rejected = (p for p in period.reevaluations.all() if p.outcome == REJECTED)
    return [one.decided_on for one in rejected if one.decided_on]

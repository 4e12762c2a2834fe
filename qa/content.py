"""The content of a version as plain data: read, written, frozen, copied, compared.

The keys are the fields of `Version`; the parts are lists of rows. The documented shape
is in fixtures/README.md. One serializer serves freezing, copying, examples and demo.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qa import answers, attached, clock, content_values, design_checks
from qa.content_values import ContentError
from qa.models import (
    AssessmentComponent,
    Consultation,
    Institution,
    IscedField,
    Justification,
    Language,
    LearningOutcome,
    MonitoringIndicator,
    Procedure,
    StackingTarget,
    TeamMember,
    User,
    Version,
)
from qa.record import canonical, sha256


@dataclass(frozen=True)
class Section:
    """A section of the proposal workspace: its fields and repeating parts in order."""

    key: str
    title: str | Promise
    fields: tuple[str, ...]
    parts: tuple[str, ...] = ()


SECTIONS = (
    Section(
        "identity",
        gettext_lazy("Identity and award"),
        (
            "title_ro",
            "title_en",
            "summary_ro",
            "summary_en",
            "scenario",
            "awarding_bodies",
            "is_joint",
            "agreement_topics",
            "agreement_reference",
            "qa_type",
            "issuing_format",
            "verification_method",
        ),
    ),
    Section(
        "need",
        gettext_lazy("Need and partners"),
        (
            "target_group_ro",
            "target_group_en",
            "need_statement",
            "need_evidence",
            "need_evidence_on",
            "review_by",
            "regulated_profession",
            "profession_authority",
            "profession_opinion",
        ),
        ("consultations",),
    ),
    Section(
        "outcomes",
        gettext_lazy("Outcomes and assessment"),
        (
            "supervision",
            "assessment_setting",
            "moderation_rule",
            "resit_rule",
            "learner_appeal_route",
            "integrity_rules",
        ),
        ("outcomes", "components"),
    ),
    Section(
        "workload",
        gettext_lazy("Workload and level"),
        (
            "ects",
            "no_credit_reason",
            "workload_hours",
            "contact_hours",
            "individual_study_hours",
            "practice_hours",
            "assessment_hours",
            "eqf_level",
            "level_reason",
            "qf_ehea_cycle",
            "nqf_level",
            "isced",
        ),
    ),
    Section("team", gettext_lazy("Teaching team"), (), ("team",)),
    Section(
        "delivery",
        gettext_lazy("Delivery and admission"),
        (
            "participation_form",
            "languages",
            "duration_weeks",
            "locations",
            "open_access",
            "entry_requirements_ro",
            "entry_requirements_en",
            "admission_ro",
            "admission_en",
            "contact_email",
            "public_page_url",
            "planned_start",
        ),
    ),
    Section(
        "resources",
        gettext_lazy("Resources and finance"),
        (
            "rooms_and_labs",
            "learning_platform",
            "library",
            "accessibility_statement",
            "needs_new_resources",
            "fee_amount",
            "fee_currency",
            "refund_rule",
            "viability_note",
        ),
    ),
    Section(
        "recognition",
        gettext_lazy("Recognition and stackability"),
        ("stackability", "recognition_clause"),
        ("stacking_targets",),
    ),
    Section(
        "monitoring",
        gettext_lazy("Monitoring and quality"),
        ("quality_owner", "validity_months"),
        ("indicators",),
    ),
)
FIELDS = tuple(name for section in SECTIONS for name in section.fields)
PARTS: dict[str, tuple[type[models.Model], tuple[str, ...]]] = {
    "outcomes": (LearningOutcome, ("text_ro", "text_en", "esco_uri")),
    "components": (
        AssessmentComponent,
        ("title_ro", "title_en", "type", "weight", "criteria", "pass_rule"),
    ),
    "team": (
        TeamMember,
        (
            "name",
            "qualification",
            "institution",
            "hours",
            "is_coordinator",
            "is_affiliated",
        ),
    ),
    "consultations": (Consultation, ("kind", "who", "held_on", "summary")),
    "stacking_targets": (
        StackingTarget,
        ("programme", "credits", "owner", "agreement_reference"),
    ),
    "indicators": (
        MonitoringIndicator,
        ("name", "source", "owner", "frequency", "target"),
    ),
}
# Texts of the procedure, by the names under which they are frozen: a re-evaluation's
# report, a resubmission's answer to the decision.
BESIDE = {
    "self_evaluation": "self_evaluation",
    "answers_to_points": "answer_to_decision",
}
LINKS: dict[str, tuple[type[models.Model], str]] = {
    "awarding_bodies": (Institution, "code"),
    "languages": (Language, "code"),
}


def section(key: str) -> Section:
    return next(s for s in SECTIONS if s.key == key)


def as_data(version: Version) -> dict[str, Any]:
    """The content in a stable order, as JSON types; nothing refers to row ids."""
    data: dict[str, Any] = {}
    for name in FIELDS:
        if name in LINKS:
            _model, code = LINKS[name]
            data[name] = sorted(
                getattr(one, code) for one in getattr(version, name).all()
            )
        elif name == "isced":
            data[name] = version.isced_id or ""
        else:
            data[name] = _plain(getattr(version, name))
    for name, (_model, fields) in PARTS.items():
        data[name] = [
            {field: _plain(getattr(row, field)) for field in fields}
            for row in getattr(version, name).all()
        ]
    _add_matrix(version, data["components"])
    data["justifications"] = {
        answer.check_code: answer.text
        for answer in sorted(version.justifications.all(), key=lambda j: j.check_code)
    }
    return data


def _add_matrix(version: Version, components: list[dict[str, Any]]) -> None:
    numbers = {o.pk: n for n, o in enumerate(version.outcomes.all(), start=1)}
    for told, row in zip(components, version.components.all(), strict=True):
        told["outcomes"] = sorted(numbers[o.pk] for o in row.outcomes.all())


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value


def canonical_and_hash(version: Version) -> tuple[dict[str, Any], str]:
    """What is frozen at submission: the data and the SHA-256 of its canonical JSON.

    What the procedure says beside the sections was signed with them and is frozen too;
    once it speaks for a later version, an earlier one keeps what was frozen.
    """
    procedure = version.procedure
    if procedure.version_id == version.pk or version.frozen_content is None:
        beside = _beside(procedure)
    else:
        frozen = version.frozen_content
        names = (*BESIDE, "point_answers")
        beside = {name: frozen[name] for name in names if name in frozen}
    beside["overlap_answers"] = {
        answer.other.case.number: answer.answer
        for answer in version.overlap_answers.select_related("other__case")
    }
    data = as_data(version) | attached.as_data(version) | beside
    return data, sha256(canonical(data))


def _beside(procedure: Procedure) -> dict[str, Any]:
    """What the procedure says; no key for answers to points where there are none."""
    told: dict[str, Any] = {
        name: getattr(procedure, field) for name, field in BESIDE.items()
    }
    points = answers.as_data(procedure)
    return told | ({"point_answers": points} if points else {})


@transaction.atomic
def fill(version: Version, data: Mapping[str, Any], *, by: User) -> Version:
    """Write the keys given onto a draft and raise its revision; all or nothing."""
    _refuse_unknown(data)
    data = _with_matrix_kept(version, data)
    for name in FIELDS:
        if name in data and name not in LINKS:
            _set_field(version, name, data[name])
    version.revision += 1
    version.saved_at, version.saved_by = clock.now(), by
    version.save()
    _set_rows(version, data)
    return Version.objects.get(pk=version.pk)


def _set_rows(version: Version, data: Mapping[str, Any]) -> None:
    for name in LINKS.keys() & data.keys():
        _set_links(version, name, data[name])
    for name in PARTS:
        if name in data:
            _set_part(version, name, data[name])
    if "components" in data:
        _set_matrix(version, data["components"])
    if "justifications" in data:
        _set_justifications(version, data["justifications"])


def copy_content(source: Version, target: Version, *, by: User) -> Version:
    """Write everything the source says onto the target, and let its files go with it."""
    attached.carry_on(source, target)
    return fill(target, as_data(source), by=by)


def _refuse_unknown(data: Mapping[str, Any]) -> None:
    unknown = set(data) - set(FIELDS) - set(PARTS) - {"justifications"}
    if unknown:
        raise ContentError(
            _("Unknown key: %(keys)s.") % {"keys": ", ".join(sorted(unknown))}
        )


def _set_field(version: Version, name: str, value: Any) -> None:
    if name == "isced":
        _set_isced(version, value)
        return
    field = Version._meta.get_field(name)
    setattr(version, name, content_values.read(field, value, name))


def _set_isced(version: Version, code: Any) -> None:
    found = IscedField.objects.filter(pk=str(code)).first() if code else None
    if code and found is None:
        raise ContentError(
            _("isced: there is no ISCED-F 2013 field “%(code)s”.") % {"code": code}
        )
    version.isced = found


def _set_links(version: Version, name: str, value: Any) -> None:
    model, code_field = LINKS[name]
    codes = content_values.texts(name, value)
    found = {
        getattr(row, code_field): row
        for row in model._default_manager.filter(**{f"{code_field}__in": codes})
    }
    missing = [code for code in codes if code not in found]
    if missing:
        raise ContentError(
            _("%(key)s: unknown code %(codes)s.")
            % {"key": name, "codes": ", ".join(missing)}
        )
    getattr(version, name).set(found.values())


def _rows(name: str, value: Any) -> list[Mapping[str, Any]]:
    matrix = ("outcomes",) if name == "components" else ()
    return content_values.rows(name, value, (*PARTS[name][1], *matrix))


def _set_part(version: Version, name: str, value: Any) -> None:
    model, _fields = PARTS[name]
    getattr(version, name).all().delete()
    for position, row in enumerate(_rows(name, value), start=1):
        model._default_manager.create(
            version=version, position=position, **_part_values(name, position, row)
        )


def _part_values(name: str, position: int, row: Mapping[str, Any]) -> dict[str, Any]:
    model, fields = PARTS[name]
    values = {}
    for field_name in fields:
        field = model._meta.get_field(field_name)
        place = f"{name} {position} {field_name}"
        cleaned = content_values.read(field, row.get(field_name), place)
        if cleaned is None and not field.null:
            raise ContentError(
                _("%(key)s %(row)s: %(field)s is missing.")
                % {"key": name, "row": position, "field": field_name}
            )
        values[field_name] = cleaned
    return values


def _with_matrix_kept(version: Version, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """New outcomes without components keep the matrix, by the outcomes' numbers."""
    if "outcomes" not in data or "components" in data:
        return data
    count = len(_rows("outcomes", data["outcomes"]))
    kept = as_data(version)["components"]
    for row in kept:
        row["outcomes"] = [number for number in row["outcomes"] if number <= count]
    return {**data, "components": kept}


def _set_matrix(version: Version, components: Any) -> None:
    outcomes = list(version.outcomes.all())
    for told, row in zip(components, version.components.all(), strict=True):
        given = told.get("outcomes")
        numbers = content_values.numbers(row.position, given, len(outcomes))
        row.outcomes.set([outcomes[number - 1] for number in numbers])


def _set_justifications(version: Version, told: Any) -> None:
    known = [check.code for check in design_checks.ALL]
    version.justifications.all().delete()
    Justification.objects.bulk_create(
        Justification(version=version, check_code=code, text=text)
        for code, text in content_values.answers(told, known).items()
    )


@dataclass(frozen=True)
class FieldDifference:
    """One field that two versions state differently."""

    section: Section
    name: str
    label: str
    old: Any
    new: Any


def differences(
    old: Mapping[str, Any], new: Mapping[str, Any]
) -> list[FieldDifference]:
    """Field by field, in the order of the sections."""
    return [
        FieldDifference(part, name, label_of(name), old.get(name), new.get(name))
        for part in SECTIONS
        for name in (*part.fields, *part.parts)
        if old.get(name) != new.get(name)
    ]


def label_of(name: str) -> str:
    """What people call the field or part."""
    if name in PARTS:
        return str(PARTS[name][0]._meta.verbose_name_plural)
    return str(Version._meta.get_field(name).verbose_name)

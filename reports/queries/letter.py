"""What a letter of decision says, read from the act and from what it decides."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db.models import Model
from django.urls import reverse

from qa import clock
from qa.enums import MembershipFunction, Outcome, Role
from qa.models import (
    Accreditation,
    Appointment,
    Body,
    Decision,
    Institution,
    LetterTemplate,
    Procedure,
    RuleSet,
)
from qa.models.people import User
from recognition.enums import Purpose, RecognitionOutcome
from recognition.grounds import Article, PublishedRules
from recognition.models import AcceptedComponent, RecognitionDecision
from reports.rows import LetterCondition, LetterData, Wording, Words
from reports.words import both, day_long

Grant = tuple[tuple[Words, Words], ...]
WITHDRAWN = Words("Acreditare retrasă", "Accreditation withdrawn")
# By which office somebody signs who has no seat in the body: the first one held.
OFFICES = {
    Role.RECTOR: Words("Rector", "Rector"),
    Role.SIGNATORY: Words("Persoană împuternicită să semneze", "Authorised signatory"),
}


def letter_data(
    decision: Decision, *, registry_number: str, code: str, issued_on: date
) -> LetterData:
    """Everything the letter of an act says; a reading of the database, nothing more."""
    resolution = getattr(decision, "recognition", None)
    subject, addressee = _addressed(decision, resolution)
    return LetterData(
        wording=wording_of(template_of(decision)),
        institution=_names(decision.body.institution),
        letterhead=_letterhead(decision.body.institution),
        body=_names(decision.body),
        case_number=decision.case.number,
        subject=subject,
        addressee=addressee,
        registry_number=registry_number,
        act_number=decision.act_number,
        decided_on=decision.decided_on,
        issued_on=issued_on,
        outcome=outcome_words(decision),
        grounds=_grounds(decision, resolution),
        grant=_recognised(resolution) if resolution else _accredited(decision),
        reasons=Words(decision.reasons_ro, decision.reasons_en),
        departure=_departure(resolution or decision),
        comparison=_comparison(resolution),
        conditions=_conditions(decision),
        measures=_measures(resolution),
        remedy=Words(decision.remedy_ro, decision.remedy_en),
        remedy_days=decision.remedy_days,
        remedy_until=remedy_until(decision, issued_on),
        remedy_body=_names(resolution.remedy_body)
        if resolution and resolution.remedy_body
        else Words(),
        signatory=str(decision.signatory or ""),
        signs_as=_signs_as(decision),
        code=code,
        verify_url=verify_url(code) if code else "",
    )


def template_of(decision: Decision) -> str:
    """The code of the template an act's letter is written with."""
    recognition = getattr(decision, "recognition", None)
    return "accreditation-decision" if recognition is None else "recognition-decision"


def remedy_until(decision: Decision, notified_on: date) -> date | None:
    """The last day to challenge an act on accreditation of which the letter is notice."""
    if decision.procedure_id is None or not decision.remedy_days:
        return None
    return clock.add_days(notified_on, decision.remedy_days)


def wording_of(code: str) -> tuple[Wording, ...]:
    """The words of a template, Romanian and English; none where it is not loaded."""
    template = LetterTemplate.objects.filter(code=code).first()
    if template is None:
        return ()
    return Wording(**template.wording_ro), Wording(**template.wording_en)


def verify_url(code: str) -> str:
    """The public address that confirms a letter."""
    return settings.ATESTA_URL + reverse("reports:verify_code", args=[code])


def outcome_words(decision: Decision) -> Words:
    """What the act resolved, in both languages."""
    if decision.outcome == "withdrawn":
        return WITHDRAWN
    known = Outcome if decision.procedure_id else RecognitionOutcome
    return both(known, decision.outcome)


def _names(thing: Institution | Body) -> Words:
    return Words(thing.name_ro, thing.name_en)


def _letterhead(institution: Institution) -> Words:
    return Words(institution.letterhead_ro, institution.letterhead_en)


def _addressed(
    decision: Decision, resolution: RecognitionDecision | None
) -> tuple[Words, Words]:
    """What the act is about, and to whom the letter goes."""
    if resolution is not None:
        application = resolution.application
        credential = application.credential
        title = Words(credential.title, credential.title_translated or credential.title)
        return title, _same(_person(application.applicant))
    procedure: Procedure = decision.procedure
    version = procedure.version
    unit, who = procedure.micro_credential.unit, _person(procedure.coordinator)
    addressee = Words(
        "\n".join((who, unit.name_ro, unit.faculty.name_ro)),
        "\n".join((who, unit.name_en, unit.faculty.name_en)),
    )
    return Words(version.title_ro, version.title_en), addressee


def _person(user: User) -> str:
    return user.get_full_name()


def _signs_as(decision: Decision) -> Words:
    """The signatory's function on the day of the act, and of what it is one."""
    body, day = decision.body, decision.decided_on
    seat = body.members_on(day).filter(user=decision.signatory).first()
    if seat is not None:
        return _below(both(MembershipFunction, seat.function), _names(body))
    held = Appointment.objects.current_on(day).filter(user=decision.signatory)
    roles = set(held.values_list("role", flat=True))
    office = next((name for role, name in OFFICES.items() if role in roles), Words())
    return _below(office, _names(body.institution))


def _below(first: Words, second: Words) -> Words:
    """Two lines in each language, the first of which may be missing."""
    return Words(f"{first.ro}\n{second.ro}".strip(), f"{first.en}\n{second.en}".strip())


def _grounds(decision: Decision, resolution: RecognitionDecision | None) -> Words:
    if resolution is not None:
        articles = resolution.article_classes()
        named = [_citation(one, resolution.application.rule_set) for one in articles]
        told = list(zip(named, articles, strict=True))
        return Words(
            "\n".join(f"{name.ro}: {one.ro}" for name, one in told),
            "\n".join(f"{name.en}: {one.english()}" for name, one in told),
        )
    rules = decision.procedure.rule_set
    return Words(rules.legal_basis_ro, rules.legal_basis_en)


def _citation(article: type[Article], rules: RuleSet) -> Words:
    """The institution's own rules are cited by the name of the set in force."""
    if article is PublishedRules:
        return Words(
            f"{rules.title_ro} ({rules.code})", f"{rules.title_en} ({rules.code})"
        )
    return Words(article.citation("ro"), article.citation("en"))


def _departure(act: Decision | RecognitionDecision) -> Words:
    """Why the act departs from the proposal, if it does."""
    if not act.departs_from_proposal:
        return Words()
    return _written(act, "departure_reasons")


def _written(act: Model, name: str) -> Words:
    """A text that the act keeps in both languages."""
    return Words(getattr(act, f"{name}_ro"), getattr(act, f"{name}_en"))


def _same(value: object) -> Words:
    return Words(str(value), str(value))


def _day(value: date) -> Words:
    return Words(day_long(value, "ro"), day_long(value, "en"))


def _credits(value: Decimal) -> Words:
    return _same(f"{value.normalize():f} ECTS")


def _accredited(decision: Decision) -> Grant:
    """The validity period an act opened, or the end it set to one."""
    rows: list[tuple[Words, Words]] = []
    if decision.valid_from and decision.valid_to:
        rows += [
            (Words("Valabilă de la", "Valid from"), _day(decision.valid_from)),
            (Words("Valabilă până la", "Valid to"), _day(decision.valid_to)),
        ]
    version = decision.procedure.version
    rows.append((Words("Versiunea conținutului", "Version"), _same(version.number)))
    if version.ects:
        rows.append((Words("Credite", "Credits"), _credits(version.ects)))
    for period in decision.withdrawals.all():
        rows += _teach_out(period)
    return tuple(rows)


def _teach_out(period: Accreditation) -> list[tuple[Words, Words]]:
    told = (
        (Words("Retrasă la", "Withdrawn on"), period.withdrawn_on),
        (Words("Ultima înscriere", "Last enrolment"), period.last_enrolment_on),
        (Words("Ultima evaluare", "Last assessment"), period.last_assessment_on),
    )
    rows = [(name, _day(day)) for name, day in told if day]
    contact, options = period.teach_out_contact, _written(period, "transfer_options")
    rows.append((Words("Contact pentru cursanți", "Contact"), _same(contact)))
    rows.append((Words("Posibilități de transfer", "Transfer"), options))
    return rows


def _recognised(resolution: RecognitionDecision) -> Grant:
    """What was granted: towards what, credits, level, grade, components."""
    application = resolution.application
    rows = [
        (Words("Scopul cererii", "Purpose"), both(Purpose, application.purpose)),
        (
            Words("Recunoscută ca", "Recognised as"),
            _written(resolution, "granted_target"),
        ),
        (
            Words("Credite", "Credits"),
            _credits(resolution.ects_granted) if resolution.ects_granted else Words(),
        ),
        (Words("Nivel", "Level"), _same(resolution.level_granted)),
        (Words("Notă", "Grade"), _same(resolution.grade_granted)),
        (
            Words("Recunoscută în schimb pentru", "Recognised instead for"),
            _written(resolution, "alternative_target"),
        ),
        (
            Words("Ofertă de completare", "Bridging"),
            _written(resolution, "bridging_offer"),
        ),
        (
            Words("Cerință neacoperită", "Requirement not covered"),
            _written(resolution, "essential_requirement"),
        ),
        (Words("Dovada diferenței", "Evidence"), _written(resolution, "evidence")),
        (
            Words("Alternative analizate", "Alternatives considered"),
            _written(resolution, "alternatives_considered"),
        ),
    ]
    rows += [
        (Words("Componentă acceptată", "Accepted component"), _component(part))
        for part in resolution.components.all()
    ]
    return tuple((name, value) for name, value in rows if value.ro.strip())


def _component(part: AcceptedComponent) -> Words:
    accepted = f"{part.title} · {part.ects.normalize():f} ECTS"
    counts = _written(part, "counts_as")
    if not counts.ro:
        return _same(accepted)
    return Words(f"{accepted} → {counts.ro}", f"{accepted} → {counts.en}")


def _comparison(resolution: RecognitionDecision | None) -> Words:
    if resolution is None:
        return Words()
    return Words(resolution.comparison_ro, resolution.comparison_en)


def _measures(resolution: RecognitionDecision | None) -> Words:
    if resolution is None:
        return Words()
    return Words(resolution.measures_ro, resolution.measures_en)


def _conditions(decision: Decision) -> tuple[LetterCondition, ...]:
    return tuple(
        LetterCondition(
            text=Words(one.text_ro, one.text_en),
            evidence=_written(one, "evidence_required"),
            deadline=one.deadline,
            consequence=Words(one.consequence_ro, one.consequence_en),
        )
        for one in decision.conditions.all()
    )

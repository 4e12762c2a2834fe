"""A recognition office with its people, and applications stopped at any state."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from qa import clock
from qa.enums import BodyKind, BodySeat, MembershipFunction, Role, VoteCast
from qa.models import (
    Appointment,
    Body,
    Closure,
    Country,
    Document,
    Institution,
    InstitutionalAccreditation,
    Membership,
    RuleSet,
    User,
)
from qa.services.decision import Obligation
from qa.services.votes import Minutes
from qa.transitions import note
from recognition.enums import (
    ApplicationStatus,
    CompensatoryMeasure,
    Delivery,
    Difference,
    DocumentKind,
    IssuerStatus,
    ProvisionScope,
    Track,
    VerificationMethod,
    VerificationResult,
)
from recognition.grounds import grid_of
from recognition.models import (
    ProposedComponent,
    ProposedCondition,
    RecognitionApplication,
)
from recognition.services import closing, comparing, deciding, filing, handling
from recognition.services.filed_data import file_from_data
from tests.rows import remembered

S = ApplicationStatus
MORNING = datetime(2026, 11, 2, 8, tzinfo=UTC)
SINCE = date(2020, 1, 1)
STEPS = (
    S.DRAFT,
    S.SUBMITTED,
    S.COMPLETE,
    S.VERIFYING,
    S.TRACKED,
    S.COMPARING,
    S.PROPOSED,
    S.IN_COMMITTEE,
    S.DECIDED,
    S.NOTIFIED,
    S.FINAL,
)


@dataclass
class Office:
    """The recognition office, its committee and its applicants."""

    people: dict[str, User] = field(default_factory=dict)
    committee: Body = field(init=False)
    appeals: Body = field(init=False)
    institution: Institution = field(init=False)
    rules: RuleSet = field(init=False)

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None


def person(name: str, **fields: Any) -> User:
    user, _created = User.objects.get_or_create(
        email=f"{name}@uvd.example",
        defaults={
            "given_name": name.title(),
            "family_name": "Dunăreanu",
            "language": "en",
            **fields,
        },
    )
    return user


def appoint(user: User, role: Role) -> User:
    Appointment.objects.create(user=user, role=role, valid_from=SINCE)
    return user


def build() -> Office:
    """Officer, head, two assessors, secretary, a committee of five, an applicant."""
    office = Office()
    office.institution = Institution.objects.create(
        code="UVD",
        name_ro="Universitatea Valea Dunării",
        name_en="Danube Valley University",
        country="RO",
        is_own=True,
    )
    Closure.objects.create(
        institution=office.institution, day=date(2026, 11, 5), reason="Ziua orașului"
    )
    for alpha2, alpha3, name, is_party in (
        ("ES", "ESP", "Spain", True),
        ("US", "USA", "United States", False),
    ):
        Country.objects.get_or_create(
            alpha2=alpha2,
            defaults={
                "alpha3": alpha3,
                "name_ro": name,
                "name_en": name,
                "is_lisbon_party": is_party,
            },
        )
    office.rules = RuleSet.objects.create(
        code="UVD-R-2026", title_ro="Reguli", title_en="Rules", valid_from=SINCE
    )
    _appoint_people(office)
    _seat_bodies(office)
    return office


def _appoint_people(office: Office) -> None:
    for name, role in (
        ("oana", Role.RECOGNITION_OFFICER),
        ("horia", Role.HEAD_OF_RECOGNITION),
        ("ana", Role.ASSESSOR),
        ("anca", Role.ASSESSOR),
        ("mara", Role.COMMITTEE_SECRETARY),
        ("radu", Role.APPLICANT),
    ):
        office.people[name] = appoint(person(name), role)


def _seat_bodies(office: Office) -> None:
    office.committee = Body.objects.create(
        code="CRE",
        kind=BodyKind.RECOGNITION_COMMITTEE,
        institution=office.institution,
        name_ro="Comisia de recunoaștere și echivalare",
        name_en="Recognition committee",
    )
    office.appeals = Body.objects.create(
        code="CSC",
        kind=BodyKind.APPEALS_COMMITTEE,
        institution=office.institution,
        name_ro="Comisia de soluționare a contestațiilor",
        name_en="Appeals committee",
    )
    for name, function in (
        ("carmen", MembershipFunction.CHAIR),
        ("cezar", MembershipFunction.MEMBER),
        ("corina", MembershipFunction.MEMBER),
        ("cristi", MembershipFunction.MEMBER),
        ("ana", MembershipFunction.MEMBER),
    ):
        office.people[name] = person(name)
        Membership.objects.create(
            body=office.committee,
            user=office.people[name],
            function=function,
            seat=BodySeat.STAFF,
            valid_from=SINCE,
        )


def issuer(covered_from: date = SINCE, covered_to: date | None = None) -> Institution:
    """A Spanish university whose evaluation covers a period."""
    found, _created = Institution.objects.get_or_create(
        code="ES-LUZ",
        defaults={
            "name_ro": "Universidad de la Luz",
            "name_en": "Universidad de la Luz",
            "country": "ES",
        },
    )
    InstitutionalAccreditation.objects.create(
        institution=found,
        agency="AQU",
        kind="accredited",
        valid_from=covered_from,
        valid_to=covered_to,
    )
    return found


def data(**changes: Any) -> dict[str, Any]:
    """An application as it is filed from data."""
    return {
        "applicant": {
            "given_name": "Radu",
            "family_name": "Dunăreanu",
            "email": "radu@uvd.example",
            "birth_date": None,
        },
        "learner_given_name": "Radu",
        "learner_family_name": "Dunăreanu",
        "title": "Analítica de la cadena de suministro",
        "title_translated": "Supply chain analytics",
        "issuer_name": "Universidad de la Luz",
        "issuer_country": "ES",
        "awarding_body_name": "Universidad de la Luz",
        "awarding_body_country": "ES",
        "issued_on": "2025-06-30",
        "outcomes": ["Models a supply chain", "Forecasts demand"],
        "ects": "6",
        "workload_hours": 150,
        "level_kind": "eqf",
        "eqf_level": 6,
        "assessment_types": ["written_examination"],
        "participation_form": "online",
        "supervision": "supervised_with_id",
        "qa_statement": "Internal quality assurance of an accredited university",
        "grade": "8,5",
        "verification_url": "https://luz.example/verify/1",
        "missing": [],
        "purpose": "credit",
        "purpose_target": "BSc Logistics, elective",
        "outcome_requested": "full",
        "fee": "paid",
        "information_sheet_accepted": True,
        "documents": [
            {"kind": "certificate", "title": "Certificate", "language": "es"}
        ],
        "requirement": requirement(),
    } | changes


def requirement(track: str = Track.STANDARD) -> dict[str, str]:
    return {c.key: f"What the purpose asks of {c.key}" for c in grid_of(track)}


TERMS: dict[str, dict[str, Any]] = {
    "full": {
        "outcome": "full",
        "granted_target_ro": "Licența în logistică, disciplină opțională",
        "granted_target_en": "BSc Logistics, elective",
        "ects_granted": 6,
        "level_granted": "EQF 6",
        "grade_granted": "9",
    },
    "partial": {
        "outcome": "partial",
        "granted_target_ro": "Licența în logistică, disciplină opțională",
        "granted_target_en": "BSc Logistics, elective",
        "ects_granted": 4,
        "measures_ro": "Promovarea modulului lipsă.",
        "measures_en": "Pass the missing module.",
    },
    "conditional": {
        "outcome": "conditional",
        "granted_target_ro": "Licența în logistică, disciplină opțională",
        "granted_target_en": "BSc Logistics, elective",
        "ects_granted": 6,
        "measures_ro": "Îndeplinirea condiției.",
        "measures_en": "Meet the condition.",
    },
    "alternative": {
        "outcome": "alternative",
        "alternative_target_ro": "Certificat de dezvoltare profesională",
        "alternative_target_en": "Certificate of professional development",
        "bridging_offer_ro": "Curs de completare în statistică",
        "bridging_offer_en": "Bridging course in statistics",
        "measures_ro": "Cursul de punte.",
        "measures_en": "The bridging course.",
    },
    "refused": {
        "outcome": "refused",
        "essential_requirement_ro": "Prognoza, evaluată",
        "essential_requirement_en": "Assessed forecasting",
        "evidence_ro": "Fișa disciplinei nu prevede evaluarea prognozei",
        "evidence_en": "The syllabus has no assessment of forecasting",
        "alternatives_considered_ro": "Parțială: nimic separabil. Condiționată: nu e "
        "examen.",
        "alternatives_considered_en": "Partial: nothing separable. Conditional: no exam.",
        "measures_ro": "Un curs evaluat.",
        "measures_en": "An assessed course.",
    },
}
COMPONENTS = [
    ("Modelling", 3, "Opționala A", "Elective A"),
    ("Optimisation", 1, "Opționala A", "Elective A"),
]


def obligation(office: Office, **changes: Any) -> Obligation:
    return Obligation(
        **{
            "text_ro": "Promovarea examenului de diferență.",
            "text_en": "Pass the difference exam.",
            "evidence_required_ro": "Extras din catalog",
            "evidence_required_en": "Exam record",
            "deadline": clock.today() + timedelta(days=180),
            "owner": office.radu,
            "kind": CompensatoryMeasure.DIFFERENCE_EXAM,
            "consequence_ro": "Recunoașterea încetează.",
            "consequence_en": "Recognition ends.",
        }
        | changes
    )


def file(office: Office, **changes: Any) -> RecognitionApplication:
    return file_from_data(data(**changes), office.radu)


def draft(office: Office, **changes: Any) -> RecognitionApplication:
    """Everything filled in, not filed yet."""
    values = data(**changes)
    application = filing.open_application(applicant=office.radu, by=office.radu)
    filing.save_wish(application=application, wish=values, by=office.radu)
    filing.save_credential(
        application=application,
        credential=values | {"issued_on": date.fromisoformat(values["issued_on"])},
        by=office.radu,
    )
    filing.record_fee(application=application, fee="paid", by=office.radu)
    return filing.accept_information_sheet(application=application, by=office.radu)


def complete(office: Office, it: RecognitionApplication) -> RecognitionApplication:
    return filing.declare_complete(application=it, by=office.oana)


def findings(**changes: Any) -> handling.IssuerFindings:
    return handling.IssuerFindings(
        **{
            "issuer_status": IssuerStatus.RECOGNISED_HEI,
            "awarding_body_status": IssuerStatus.RECOGNISED_HEI,
            "provision_scope": ProvisionScope.COVERED,
            "basis": "National register, decision of 2021",
        }
        | changes
    )


def verifying(office: Office, it: RecognitionApplication) -> RecognitionApplication:
    handling.resolve_issuer(application=it, findings=findings(), by=office.oana)
    return handling.start_verification(application=it, by=office.oana)


def verify(
    office: Office,
    it: RecognitionApplication,
    result: str = VerificationResult.VERIFIED_BY_ISSUER,
) -> None:
    handling.record_verification(
        application=it,
        check=handling.Check(
            VerificationMethod.ISSUER_PAGE, result, "Record shown on the issuer's page"
        ),
        by=office.oana,
    )


def tracked(
    office: Office, it: RecognitionApplication, track: str = Track.STANDARD
) -> RecognitionApplication:
    verify(office, it)
    return handling.choose_track(
        application=it, track=track, reason="Formal award", by=office.oana
    )


def named(office: Office, it: RecognitionApplication) -> None:
    comparing.name_assessor(application=it, assessor=office.ana, by=office.horia)
    comparing.declare_conflict(application=it, by=office.ana)


def begun(office: Office, it: RecognitionApplication) -> RecognitionApplication:
    named(office, it)
    return comparing.start_comparison(
        application=it, requirement=requirement(it.track), by=office.ana
    )


SUBSTANTIAL = {
    "credential_value": "Not assessed",
    "difference": Difference.SUBSTANTIAL,
    "essential_requirement": "Assessed forecasting",
    "evidence": "Syllabus, page 2",
    "why_it_matters": "The next course builds on it",
}


def fill_grid(
    office: Office, it: RecognitionApplication, *, substantial: bool = False
) -> None:
    for criterion in grid_of(it.track):
        finding: Mapping[str, str] = {
            "credential_value": f"What the credential says of {criterion.key}",
            "difference": Difference.NONE,
        }
        if substantial and criterion.key == "outcomes":
            finding = SUBSTANTIAL
        comparing.save_row(
            application=it, key=criterion.key, finding=finding, by=office.ana
        )


def propose(
    office: Office, it: RecognitionApplication, outcome: str = "full"
) -> RecognitionApplication:
    fill_grid(office, it, substantial=outcome == "refused")
    save_proposal(office, it, outcome)
    return comparing.propose_outcome(application=it, by=office.ana)


def save_proposal(office: Office, it: RecognitionApplication, outcome: str) -> None:
    parts = COMPONENTS if outcome == "partial" else ()
    measures = [obligation(office)] if outcome == "conditional" else ()
    comparing.save_proposal(
        application=it,
        terms=TERMS[outcome] | {"reasons": "The grid shows it."},
        components=[
            ProposedComponent(title=title, ects=ects, counts_as_ro=ro, counts_as_en=en)
            for title, ects, ro, en in parts
        ],
        conditions=[
            ProposedCondition(
                **{name: getattr(one, name) for name in comparing.MEASURE_FIELDS}
            )
            for one in measures
        ],
        by=office.ana,
    )


def on_agenda(office: Office, it: RecognitionApplication) -> RecognitionApplication:
    return deciding.put_on_agenda(
        application=it,
        item=deciding.AgendaItem(office.committee, clock.today(), "3"),
        by=office.mara,
    )


def casts(office: Office, *, against: int = 0, absent: int = 0) -> dict[int, str]:
    """Everybody in favour but those counted otherwise; ana is recused anyway."""
    voters = [office.people[n].pk for n in ("carmen", "cezar", "corina", "cristi")]
    cast = [VoteCast.AGAINST] * against + [VoteCast.ABSENT] * absent
    cast += [VoteCast.FOR] * (4 - len(cast))
    return dict(zip(voters, cast, strict=True))


REMEDY = {
    "remedy_ro": "Contestație scrisă la registratură.",
    "remedy_en": "A written appeal to the registry.",
    "remedy_days": 30,
}


def minutes(office: Office, **changes: Any) -> Minutes:
    return Minutes(
        **{
            "body": office.committee,
            "held_on": clock.today(),
            "casts": casts(office),
            "reasons_ro": "Rezultatele sunt acoperite.",
            "reasons_en": "The outcomes are covered.",
            "signatory": office.carmen,
            "details": REMEDY,
        }
        | changes
    )


def resolution(office: Office, outcome: str, **changes: Any) -> deciding.Resolution:
    return deciding.Resolution(
        **{
            "terms": TERMS[outcome],
            "comparison_ro": "Cele cinci elemente au fost comparate.",
            "comparison_en": "The five elements were compared.",
            "components": COMPONENTS if outcome == "partial" else (),
            "conditions": [obligation(office)] if outcome == "conditional" else (),
            "remedy_body": office.appeals,
        }
        | changes
    )


def decide(
    office: Office, it: RecognitionApplication, outcome: str = "full"
) -> RecognitionApplication:
    deciding.record_decision(
        application=it,
        resolution=resolution(office, outcome),
        minutes=minutes(office),
        by=office.mara,
    )
    return again(it)


def letter(office: Office, it: RecognitionApplication) -> Document:
    """The stored letter of decision, as the reports leave it on the case."""
    stored = Document.objects.create(
        case=it.case,
        kind=DocumentKind.DECISION_LETTER,
        title="Letter of decision",
        sha256="a" * 64,
        added_by=office.oana,
        added_at=clock.now(),
    )
    note(it.case, it, "issue_letter", by=office.oana, facts={"document": stored})
    return stored


def delivery(**changes: Any) -> closing.DeliveryProof:
    return closing.DeliveryProof(
        **{
            "delivered_on": clock.today(),
            "delivery": Delivery.EMAIL,
            "proof": "Receipt of 10:42",
        }
        | changes
    )


def notify(office: Office, it: RecognitionApplication) -> RecognitionApplication:
    letter(office, it)
    return closing.notify_applicant(application=it, delivery=delivery(), by=office.oana)


def again(it: RecognitionApplication) -> RecognitionApplication:
    """The application as it is now."""
    return RecognitionApplication.objects.get(pk=it.pk)


def at(
    office: Office,
    status: str,
    *,
    outcome: str = "full",
    track: str = Track.STANDARD,
    **changes: Any,
) -> RecognitionApplication:
    """An application stopped at a state of the straight way."""
    way = (status, outcome, track)
    led = remembered((way, changes), lambda: _led(office, *way, changes).pk)
    return RecognitionApplication.objects.get(pk=led)


def _led(
    office: Office, status: str, outcome: str, track: str, changes: dict[str, Any]
) -> RecognitionApplication:
    if status == S.DRAFT:
        return draft(office, **changes)
    acts = {
        S.COMPLETE: lambda it: complete(office, it),
        S.VERIFYING: lambda it: verifying(office, it),
        S.TRACKED: lambda it: tracked(office, it, track),
        S.COMPARING: lambda it: begun(office, it),
        S.PROPOSED: lambda it: propose(office, it, outcome),
        S.IN_COMMITTEE: lambda it: on_agenda(office, it),
        S.DECIDED: lambda it: decide(office, it, outcome),
        S.NOTIFIED: lambda it: notify(office, it),
        S.FINAL: lambda it: closing.accept_decision(application=it, by=office.radu),
    }
    it = file(office, **changes)
    for step in STEPS[2 : STEPS.index(S(status)) + 1]:
        it = acts[step](it)
    return it

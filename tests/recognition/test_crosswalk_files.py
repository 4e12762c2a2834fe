"""Format by format: which fields a file fills, from where in it."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from qa import clock
from qa.models import Country, User
from recognition import crosswalk
from recognition.credentials import verification
from recognition.credentials.claims import Claim, stated, together
from recognition.credentials.contexts import Contexts
from recognition.credentials.detection import Carrier, detect
from recognition.credentials.proofs import jades, jws
from recognition.credentials.readers.elmo_claims import ELMO
from recognition.credentials.safe_json import listed
from recognition.credentials.trust import Trust
from tests.credentials import made, made_seals, test_elmo, test_open_badges_2
from tests.credentials.sample_files import ABSENT, SAMPLES
from tests.factories import recognition as r

pytestmark = pytest.mark.django_db

ESCO = "http://data.europa.eu/esco/skill/"
ANA = {
    "learner_given_name": "Ana",
    "learner_family_name": "Andromeda",
    "learner_birth_date": date(1999, 10, 2),
}
NABOO = {
    "issuer_name": "Naboo Theed University",
    "awarding_body_name": "Naboo Theed University",
    "issued_on": date(2024, 8, 30),
    "level_kind": "eqf",
    "supervision": "supervised_with_id",
}
# The fields that each real file fills; of long lists their length.
REAL: dict[str, dict[str, Any]] = {
    "elm/AA-Annex1-MC-signed.jsonld": {
        **ANA,
        "title": "Digital micro-credential creation",
        "issuer_name": "ORGANIZACION TEST",
        "issuer_country": "IE",
        "awarding_body_name": "Learning Provider",
        "issued_on": date(2024, 5, 28),
        "outcomes": 2,
        "ects": Decimal(2),
        "workload_hours": 60,
        "eqf_level": 6,
        "level_kind": "eqf",
        "assessment_types": ["artefact_assessment"],
        "participation_form": "blended",
        "supervision": "unsupervised_no_id",
        "grade": "Pass",
        "isced_f": ["068", "003"],
        "esco_skills": 5,
    },
    "elm/Sample-MastersDegree-signed.jsonld": {
        **ANA,
        "title": "Master of Arts in Media Studies",
        "issuer_name": "ORGANIZACION TEST",
        "issuer_country": "SE",
        "awarding_body_name": "Umea university",
        "issued_on": date(2025, 2, 19),
        "outcomes": 7,
        "ects": Decimal(60),
        "eqf_level": 7,
        "level_kind": "eqf",
        "assessment_types": [
            "continuous_evaluation",
            "written_examination",
            "attendance",
        ],
        "participation_form": "presential",
        "supervision": "unsupervised_no_id",
        "qa_statement": "https://data.deqar.eu/report/78550",
        "grade": "7,5",
        "isced_f": ["02", "021", "0211"],
        "esco_skills": 30,
    },
    "elm/Sample-CertOfPart-signed.jsonld": {
        **ANA,
        "title": "EDC Updates Webinar",
        "issuer_name": "ORGANIZACION TEST",
        "issuer_country": "BE",
        "awarding_body_name": "European Digital Credentials for Learning Support Team",
        "issued_on": date(2025, 2, 12),
        "workload_hours": 2,
        "participation_form": "online",
    },
    "dc4eu/euhe-microcredential-example-john-doe.json": {
        "learner_given_name": "John",
        "learner_family_name": "Doe",
        "learner_birth_date": date(1990, 1, 1),
        "title": "Microcredential in Digital Skills",
        "issuer_country": "ES",
        "awarding_body_name": "University of Example",
        "issued_on": date(2025, 5, 30),
        "ects": Decimal(5),
        "eqf_level": 5,
        "level_kind": "eqf",
        "grade": "Pass",
    },
    "ob3/edubadges-nl/theed_microcredential_full_ho.json": {
        **NABOO,
        "title": "Minor: Jedi Mind Control and Advanced Meditation Practices",
        "outcomes": 1,
        "ects": Decimal(3),
        "eqf_level": 4,
        "qa_statement": "https://data.example.com/decisions/AV-4223",
        "grade": "8.5",
    },
    "ob3/edubadges-nl/theed_regular_full_ho.json": {
        **NABOO,
        "title": "The Force and Its Applications",
        "outcomes": 1,
        "ects": Decimal(6),
        "eqf_level": 5,
        "participation_form": "online",
        "qa_statement": "https://data.example.com/decisions/AV-2391",
        "grade": "8.0",
    },
    "ob3/edubadges-nl/mbob_zw_td_microcredential_full.json": {
        **NABOO,
        "title": "Basis miauw en blaf interpretatie",
        "issuer_name": "MBO Beek",
        "awarding_body_name": "MBO Beek",
        "issuer_country": "NL",
        "outcomes": 1,
        "workload_hours": 240,
        "eqf_level": 4,
        "grade": "8.0",
    },
    "ob3/complete.json": {
        "title": "1EdTech University Degree",
        "issuer_name": "1EdTech University",
        "issuer_country": "US",
        "awarding_body_name": "1EdTech University",
        "issued_on": date(2010, 1, 2),
        "outcomes": 1,
    },
    "clr2/simple.json": {
        "title": "Teamwork",
        "issuer_name": "Example Corp",
        "awarding_body_name": "Example Corp",
        "issued_on": date(2010, 1, 1),
        "outcomes": 1,
    },
    "clr2/simple.jwt": {
        "title": "Achievement 1",
        "issuer_name": "Example University",
        "awarding_body_name": "Example University",
        "issued_on": date(2010, 1, 1),
    },
    "ob2/basic-assertion.json": {"issued_on": date(2016, 12, 31)},
    "elmo/my_elmo.xml": {
        "learner_given_name": "Teppo",
        "learner_family_name": "Testaaja",
        "title": "Potilaslähtöisen hoitotyön toiminnot",
        "issuer_name": "TODO: Title from cached config",
        "issuer_country": "FI",
        "awarding_body_name": "TODO: Title from cached config",
        "issued_on": date(2014, 11, 28),
        "ects": Decimal(5),
        "grade": "4",
    },
    "elmo/example.xml": {
        "learner_given_name": "Wojciech Łukasz",
        "learner_family_name": "Rygielski",
        "learner_birth_date": date(1983, 4, 12),
        "title": "Master of Science in Biology; Compiler construction; "
        "The importance of <br> in HTML",
        "issuer_name": "University of Warsaw",
        "issuer_country": "PL",
        "awarding_body_name": "University of Warsaw",
        "issued_on": date(2015, 10, 31),
        "isced_f": ["0511", "0612"],
    },
}
LISTS = ("outcomes", "esco_skills")


def report(content: bytes) -> Any:
    return verification.verify(
        content, at=made.AT, trust=Trust(documents=AT_HAND), contexts=Contexts()
    )


def filled(content: bytes) -> dict[str, crosswalk.Origin]:
    countries = (("IE", "IRL"), ("SE", "SWE"), ("BE", "BEL"), ("ES", "ESP"))
    others = (("NL", "NLD"), ("US", "USA"), ("FI", "FIN"), ("PL", "POL"), ("RO", "ROU"))
    for alpha2, alpha3 in (*countries, *others):
        names = {"alpha3": alpha3, "name_ro": alpha2, "name_en": alpha2}
        Country.objects.get_or_create(alpha2=alpha2, defaults=names)
    with clock.at(r.MORNING):
        return crosswalk.fields_from(report(content), applicant=User())


@pytest.mark.skipif(not SAMPLES.is_dir(), reason=ABSENT)
@pytest.mark.parametrize("file", REAL)
def test_real_file_fills_its_fields(file: str) -> None:
    found = filled((SAMPLES / file).read_bytes())

    told = {
        name: len(origin.value)
        if name in LISTS and isinstance(REAL[file].get(name), int)
        else origin.value
        for name, origin in found.items()
    }
    assert told == REAL[file]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason=ABSENT)
@pytest.mark.parametrize("file", REAL)
def test_every_value_stands_where_its_origin_says(file: str) -> None:
    content = (SAMPLES / file).read_bytes()

    nowhere = {
        (name, place)
        for name, origin in filled(content).items()
        for place in origin.place.split(", ")
        if not list(standing_at(content, place))
    }
    assert nowhere == set()


def standing_at(content: bytes, place: str) -> Iterator[Any]:
    """What a file has at a place, read again without the readers of claims."""
    detected = detect(content)
    if detected.carrier is Carrier.XML:
        steps = "/".join(f"{{{ELMO}}}{step}" for step in place.split("/"))
        yield from etree.fromstring(detected.content).findall(steps)
        return
    told = detected.content
    if detected.carrier is Carrier.TOKEN:
        told = jws.read(told).payload
    elif jades.is_sealed(told):
        told = json.loads(jades.payload(told))
    yield from _below(told.get("vc", told), place.split("."))


def _below(told: Any, steps: list[str]) -> Iterator[Any]:
    for one in map(_opened, listed(told)):
        if not steps:
            yield one
        elif isinstance(one, dict):
            yield from _below(one.get(steps[0]), steps[1:])


def _opened(one: Any) -> Any:
    """A token inside a record is read for what it holds."""
    if isinstance(one, str) and one.startswith("ey"):
        one = jws.read(one).payload
    return one.get("vc", one) if isinstance(one, dict) else one


# Of our own: what the real files do not show

AT_HAND = {
    **test_open_badges_2.DOCUMENTS,
    test_open_badges_2.BADGE: {
        "id": test_open_badges_2.BADGE,
        "type": "BadgeClass",
        "name": "Data ethics",
        "issuer": test_open_badges_2.ISSUER,
        "criteria": {"narrative": "A project."},
        "alignment": [
            {"targetName": "Weighs interests", "targetUrl": f"{ESCO}1"},
            {
                "targetName": "Databases",
                "targetUrl": "http://data.europa.eu/snb/isced-f/0612",
            },
            {"targetName": "Level 6", "targetUrl": "http://data.europa.eu/snb/eqf/6"},
        ],
    },
}
OF_2 = {
    "title": "Data ethics",
    "issuer_name": "Exemplu",
    "awarding_body_name": "Exemplu",
    "issued_on": date(2026, 1, 15),
    "outcomes": ["Weighs interests"],
    "eqf_level": 6,
    "level_kind": "eqf",
    "isced_f": ["0612"],
    "esco_skills": [f"{ESCO}1"],
}


@pytest.mark.parametrize("form", [test_open_badges_2.signed, test_open_badges_2.baked])
def test_badge_of_the_second_version(form: Any) -> None:
    assert _values(form()) == OF_2


def _values(content: Any) -> dict[str, Any]:
    return {
        name: origin.value for name, origin in filled(made.as_bytes(content)).items()
    }


def badge(name: str = "Data ethics", **more: Any) -> Any:
    document = made.badge()
    achievement = document["credentialSubject"]["achievement"]
    achievement |= {"name": name} | more
    return document


@pytest.mark.parametrize(
    ("member", "value", "field", "expected"),
    [
        (
            "assessmentType",
            "application of a skill",
            "assessment_types",
            ["practical_assessment"],
        ),
        ("assessmentType", "testing", "assessment_types", None),
        (
            "assessmentType",
            ["Portofoliu", "Quiz"],
            "assessment_types",
            ["portfolio", "quiz"],
        ),
        ("participationType", "onsite or blended", "participation_form", None),
        ("participationType", "work experience", "participation_form", "workbased"),
        ("participationType", ["online", "blended"], "participation_form", None),
        ("timeInvestment", 75, "workload_hours", 75),
    ],
)
def test_words_of_an_extension(
    member: str, value: Any, field: str, expected: Any
) -> None:
    assert _values(badge(**{member: value})).get(field) == expected


@pytest.mark.parametrize(
    ("supervised", "identified", "expected"),
    [
        ("unsupervised with no identity verification", None, "unsupervised_no_id"),
        ("supervised with no identity verification", None, "supervised_no_id"),
        ("supervised online", True, "supervised_with_id"),
        ("supervised online", False, "supervised_no_id"),
        ("supervised online", None, None),
        ("onsite with identity verification", None, "supervised_with_id"),
        ("onsite with identity verification", False, None),
        ("Unsupervised with ID verification", None, None),
        ("Supervised with ID Verification", None, "supervised_with_id"),
        ("Cu supraveghere, identitate verificată", None, "supervised_with_id"),
        ("Not supervised, identity checked", None, None),
        ("Not supervised, identity not checked", None, "unsupervised_no_id"),
        ("Identity not checked, supervised", None, "supervised_no_id"),
        ("Supervised, identity unverified", None, "supervised_no_id"),
        ("Supervised, unverified identity", None, "supervised_no_id"),
        ("Not always supervised, identity checked", None, None),
        ("some other way", True, None),
    ],
)
def test_supervision_is_two_questions(
    supervised: str, identified: bool | None, expected: str | None
) -> None:
    more = {} if identified is None else {"identityChecked": identified}

    said = filled(made.as_bytes(badge(supervisionType=supervised, **more)))

    found = said.get("supervision")
    assert (found and found.value) == expected
    if found and more:
        assert found.place.endswith("achievement.identityChecked")


def test_a_grade_keeps_its_scale() -> None:
    document = badge(
        resultDescription=[
            {"id": "urn:r:1", "name": "Project", "valueMin": "1", "valueMax": "10"}
        ]
    )
    document["credentialSubject"]["result"] = {
        "resultDescription": "urn:r:1",
        "value": "8.5",
    }

    grade = filled(made.as_bytes(document))["grade"]

    assert (grade.value, grade.raw) == ("8.5", "Project: 8.5 (1–10)")


def test_credits_of_an_unnamed_scheme_are_stated_and_fill_nothing() -> None:
    content = made.as_bytes(badge())  # creditsEarned: 3

    assert "ects" not in filled(content)
    assert crosswalk.Element.WORKLOAD not in crosswalk.unstated(report(content))


def test_a_record_of_several_tells_what_they_agree_on_and_adds_up() -> None:
    held = [made.sign(badge(name)) for name in ("Data ethics", "Statistics")]
    for one, points in zip(held, (2.5, 3), strict=True):
        one["credentialSubject"]["achievement"]["ECTS"] = points
        one["credentialSubject"]["achievement"]["criteria"] = {
            "narrative": "A project."
        }

    found = filled(made.as_bytes(made.record(held)))

    assert found["ects"].value == Decimal("5.5")
    assert found["ects"].raw == [2.5, 3]
    assert found["title"].value == "Transcript"
    assert found["issuer_name"].value == "Universitatea Exemplu"
    assert found["outcomes"].value == ["A project."]


def test_credits_of_some_do_not_stand_for_all() -> None:
    held = [made.sign(badge("Data ethics")), made.sign(badge("Statistics"))]
    held[0]["credentialSubject"]["achievement"]["ECTS"] = 3

    said = {
        one.name: one.value for one in report(made.as_bytes(made.record(held))).claims
    }

    assert "ects" not in said
    assert said["courses"] == ["Data ethics · 3 ECTS", "Statistics"]


@pytest.mark.parametrize(
    ("also", "within"),
    [
        (["no token"], None),
        ([7], None),
        ([{"type": "Assertion"}], None),
        ([made.sign(badge("Statistics", ECTS=3))], "isParentOf"),
        ([made.sign(badge("Statistics", ECTS=3))], "isPartOf"),
    ],
)
def test_what_is_unread_or_part_of_another_adds_up_to_nothing(
    also: list[Any], within: str | None
) -> None:
    record = made.record([made.sign(badge(ECTS=3)), *also])
    if within:
        record["credentialSubject"]["association"] = [
            {"type": ["Association"], "associationType": within}
        ]

    found = {one.name: one.value for one in report(made.as_bytes(record)).claims}

    assert "ects" not in found
    assert found["title"] == "Transcript"
    assert found["courses"][0] == "Data ethics · 3 ECTS"


def test_a_record_of_things_without_a_title_is_told_by_what_they_have() -> None:
    def one(*outcomes: str) -> tuple[Claim, ...]:
        said = (Claim("ects", "3", "at.ects"), Claim("outcomes", [*outcomes], "at.it"))
        return stated(said)

    many = [str(number) for number in range(600)]
    told = {claim.name: claim for claim in together((), [one("a"), one("a", *many)])}

    assert "title" not in told
    assert (told["courses"].value, told["courses"].origin) == (
        ["3 ECTS"] * 2,
        "at.ects",
    )
    assert told["outcomes"].value == ["a", *many[:499]]


OFFERED = "learningOpportunitySpecification"


def transcript(*courses: str) -> bytes:
    before = test_elmo.transcript().partition(f"<{OFFERED}>")[0]
    return f"{before}{''.join(courses)}</report></elmo>".encode()


def course(name: str, points: str = "3", inside: str = "", says: str = "") -> str:
    return f"""<{OFFERED}><title xml:lang="en">{name}</title><iscedCode>0613</iscedCode>
    {says}<specifies><learningOpportunityInstance><resultLabel>9</resultLabel>
    <credit><scheme>ECTS</scheme><value>{points}</value></credit>
    </learningOpportunityInstance></specifies>{inside}</{OFFERED}>"""


def test_a_transcript_of_several_courses_tells_of_all() -> None:
    content = transcript(course("Ethics"), course("Statistics", "4.5"))

    found = filled(content)
    said = {one.name: one.value for one in report(content).claims}

    assert found["title"].value == "Ethics; Statistics"
    assert (found["ects"].value, found["ects"].raw) == (Decimal("7.5"), ["3", "4.5"])
    assert (found["grade"].value, found["isced_f"].value) == ("9", ["0613"])
    assert said["courses"] == ["Ethics · 3 ECTS · 9", "Statistics · 4.5 ECTS · 9"]


def test_courses_of_two_institutions_name_no_single_issuer() -> None:
    one = test_elmo.transcript()
    report = one[one.index("<report>") : one.index("</elmo>")]
    other = report.replace(">Exemplu<", ">Luz<").replace(">3<", ">4<")

    found = filled(one.replace("</elmo>", f"{other}</elmo>").encode())

    assert "issuer_name" not in found
    assert (found["issuer_country"].value, found["ects"].value) == ("RO", Decimal(7))


def test_parts_of_a_programme_say_what_it_does_not() -> None:
    parts = "".join(
        f"<hasPart>{course(name)}</hasPart>" for name in ("Ethics", "Statistics")
    )
    programme = f"""<{OFFERED}><title xml:lang="en">Data</title>{parts}</{OFFERED}>"""

    found = filled(transcript(programme))

    assert (found["title"].value, found["ects"].value) == ("Data", Decimal(6))
    assert found["ects"].place.count("hasPart") == 1
    both = filled(transcript(course("Data", "5", inside=parts)))
    assert both["ects"].value == Decimal(5)


@pytest.mark.parametrize(
    ("described", "outcomes"),
    [
        ("Learning outcomes:\n- Weighs interests\n- Keeps data safe", ["Weighs interests", "Keeps data safe"]),
        ("A course.\n\nRezultate ale învățării\n1. Cântărește\n\nBibliografie", ["Cântărește"]),
        ("On completion the student is able to:\n• weigh interests", ["weigh interests"]),
        ("Learning outcomes: weighs interests", ["weighs interests"]),
        ("A course about what may be done with data.", None),
    ],
)  # fmt: skip
def test_a_description_that_holds_outcomes(described: str, outcomes: Any) -> None:
    says = f'<description xml:lang="en">{described}</description>'

    found = filled(transcript(course("Ethics", says=says))).get("outcomes")

    assert (found and found.value) == outcomes
    if found:
        assert (found.place.rpartition("/")[2], found.raw) == ("description", described)


def test_words_of_other_languages_are_known_by_their_code() -> None:
    credential = made_seals.european()
    claim = credential["credentialSubject"]["hasClaim"]
    claim["provenBy"] = {
        "specifiedBy": {
            "dcType": _concept("assessment/d30284d7df", "mündliche Prüfung")
        },
        "idVerification": _concept("supervision-verification/70be69aaf9", "überwacht"),
    }
    claim["specifiedBy"]["mode"] = _concept("learning-assessment/ed4c557045", "Labor")

    found = filled(made.as_bytes(made_seals.sealed(credential)))

    assert found["assessment_types"].value == ["oral_examination"]
    assert found["participation_form"].value == "research_lab"
    assert found["supervision"].value == "supervised_with_id"
    assert found["supervision"].raw.endswith("/70be69aaf9")


def _concept(code: str, name: str) -> dict[str, Any]:
    return {"id": f"http://data.europa.eu/snb/{code}", "prefLabel": {"de": name}}


def test_several_claims_of_one_credential_are_told_together() -> None:
    credential = made_seals.european()
    one = credential["credentialSubject"]["hasClaim"]
    other = {**one, "title": {"en": "Statistics"}}
    did = {"type": "LearningActivity", "title": {"en": "A talk"}}
    credential["credentialSubject"]["hasClaim"] = [one, other, did]

    found = filled(made.as_bytes(made_seals.sealed(credential)))

    assert found["title"].value == "Data ethics; Statistics"
    assert (found["ects"].value, found["workload_hours"].value) == (Decimal(5), 120)
    assert found["outcomes"].value == ["Weighs interests"]


def test_a_summary_of_outcomes_stands_where_no_outcome_does() -> None:
    credential = made_seals.european()
    specified = credential["credentialSubject"]["hasClaim"]["specifiedBy"]
    del specified["learningOutcome"]
    specified["learningOutcomeSummary"] = {"noteLiteral": {"en": "Weighs interests."}}

    found = filled(made.as_bytes(made_seals.sealed(credential)))["outcomes"]

    assert found.value == ["Weighs interests."]
    assert found.place.endswith("learningOutcomeSummary.noteLiteral")

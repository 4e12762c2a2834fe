"""What a credential file says, in the fields of an application."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from qa import clock
from qa.models import Country, User
from recognition import crosswalk
from recognition.credentials.claims import Claim
from recognition.credentials.findings import Check, Format, Report, passed
from recognition.enums import Element
from tests.factories import recognition as r

pytestmark = pytest.mark.django_db


def report(*parts, **claims):
    findings = dict.fromkeys(Check, passed("It is so."))
    said = tuple(Claim(name, value, f"at.{name}") for name, value in claims.items())
    return Report(Format.OPEN_BADGES_3, findings, said, parts)


def fields(*parts, **claims):
    applicant = User(given_name="Ana Maria", family_name="Dunăreanu")
    with clock.at(r.MORNING), translation.override("ro"):
        found = crosswalk.fields_from(report(*parts, **claims), applicant=applicant)
    return {name: origin.value for name, origin in found.items()}


@pytest.mark.parametrize(
    ("claims", "filled"),
    [
        ({"title": " Data \n ethics "}, {"title": "Data ethics"}),
        ({"title": ["Data ethics"]}, {"title": "Data ethics"}),
        ({"title": "x" * 241}, {}),
        ({"title": {"en": "Data ethics"}}, {}),
        ({"issuer": "Exemplu"}, {"issuer_name": "Exemplu"}),
        ({"awarding_body": "Exemplu"}, {"awarding_body_name": "Exemplu"}),
        ({"country": "ro"}, {"issuer_country": "RO"}),
        ({"country": "ROU"}, {"issuer_country": "RO"}),
        ({"country": "Romania"}, {}),
        ({"country": "ZZ"}, {}),
        ({"issued_on": "2026-01-15T09:00:00Z"}, {"issued_on": date(2026, 1, 15)}),
        (
            {"issued_on": "2026-01-15", "awarded_on": "2025-07-01"},
            {"issued_on": date(2025, 7, 1)},
        ),
        ({"issued_on": "2040-01-01"}, {}),
        ({"issued_on": "soon"}, {}),
        ({"outcomes": ["Weighs interests", " "]}, {"outcomes": ["Weighs interests"]}),
        ({"criteria": "A project."}, {"outcomes": ["A project."]}),
        ({"criteria": "https://luz.example/criteria"}, {}),
        ({"ects": "2.5"}, {"ects": Decimal("2.5")}),
        ({"ects": 6}, {"ects": Decimal(6)}),
        ({"ects": "2.55"}, {}),
        ({"ects": "61"}, {}),
        ({"ects": "NaN"}, {}),
        ({"ects": "many"}, {}),
        ({"credits": 3}, {}),
        ({"hours": 60}, {"workload_hours": 60}),
        ({"hours": "60"}, {"workload_hours": 60}),
        ({"hours": 60.5}, {}),
        ({"hours": "sixty"}, {}),
        ({"eqf_level": "EQF level 6"}, {"eqf_level": 6, "level_kind": "eqf"}),
        ({"eqf_level": 6}, {"eqf_level": 6, "level_kind": "eqf"}),
        ({"eqf_level": ["6", "7"]}, {}),
        ({"eqf_level": "9"}, {}),
        ({"nqf_level": "6"}, {}),
        (
            {"assessment": "Written examination"},
            {"assessment_types": ["written_examination"]},
        ),
        ({"assessment": ["quiz", "dance"]}, {}),
        ({"assessment": ["quiz", "Quiz"]}, {"assessment_types": ["quiz"]}),
        ({"participation": ["online", "now and then"]}, {}),
        ({"supervision": ["supervised_with_id", "by a friend"]}, {}),
        ({"participation": "Blended"}, {"participation_form": "blended"}),
        ({"participation": "now and then"}, {}),
        ({"supervision": "supervised_with_id"}, {"supervision": "supervised_with_id"}),
        ({"quality_assurance": "ANECA 12"}, {"qa_statement": "ANECA 12"}),
        ({"grade": 9.5}, {"grade": "9.5"}),
        ({"isced_f": "0613"}, {"isced_f": ["0613"]}),
        ({"isced_f": ["06", "6", "06130", "IT"]}, {"isced_f": ["06"]}),
        ({"isced_f": "http://data.europa.eu/snb/isced-f/0613"}, {"isced_f": ["0613"]}),
        (
            {"esco": ["http://data.europa.eu/esco/skill/1", "javascript:1", 7]},
            {"esco_skills": ["http://data.europa.eu/esco/skill/1"]},
        ),
        (
            {"awarded_on": "soon", "issued_on": "2025-07-01"},
            {"issued_on": date(2025, 7, 1)},
        ),
        (
            {"learner": "DUNAREANU ana maria"},
            {"learner_given_name": "Ana Maria", "learner_family_name": "Dunăreanu"},
        ),
        (
            {"learner": "Ion Radu Pop"},
            {"learner_given_name": "Ion Radu", "learner_family_name": "Pop"},
        ),
        ({"birth_date": "1999-10-02"}, {"learner_birth_date": date(1999, 10, 2)}),
        ({"birth_date": "1999-10-02+02:00"}, {"learner_birth_date": date(1999, 10, 2)}),
        (
            {"birth_date": "1999-10-02T00:00:00+03:00"},
            {"learner_birth_date": date(1999, 10, 2)},
        ),
        ({"birth_date": "1999-10-01T22:00:00Z"}, {}),
        ({"birth_date": "1999-13-01"}, {}),
        ({"birth_date": "2040-01-01"}, {}),
        ({"birth_date": 1999}, {}),
        ({"learner": "Pop"}, {"learner_family_name": "Pop"}),
        ({"learner": {"id": 1}}, {}),
    ],
)
def test_each_claim_fills_its_field_or_none(claims, filled):
    for alpha2, alpha3, name in (("RO", "ROU", "Romania"), ("ES", "ESP", "Spain")):
        Country.objects.get_or_create(
            alpha2=alpha2,
            defaults={"alpha3": alpha3, "name_ro": name, "name_en": name},
        )

    assert fields(**claims) == filled


def test_a_wrapping_that_says_nothing_hands_on_its_one_content():
    inner, other = report(title="Data ethics"), report(title="Statistics")

    assert fields(inner) == {"title": "Data ethics"}
    assert fields(inner, other) == {}
    assert fields(other, title="Record") == {"title": "Record"}


def test_origin_and_words_of_the_file_are_kept():
    told = Report(
        Format.ELMO,
        dict.fromkeys(Check, passed("It is so.")),
        (Claim("hours", 60, "specifiedBy.volumeOfLearning", raw="P2DT12H"),),
    )

    found = crosswalk.fields_from(told, applicant=User())

    assert found["workload_hours"] == crosswalk.Origin(
        60, "specifiedBy.volumeOfLearning", "P2DT12H"
    )


def test_what_the_file_does_not_state_is_listed():
    said = report(title="Data ethics", learner="Ana", ects="2.5", criteria="A project")

    assert crosswalk.unstated(said) == [
        Element.ISSUER_COUNTRY,
        Element.AWARDING_BODY,
        Element.ISSUED_ON,
        Element.OUTCOMES,
        Element.LEVEL,
        Element.ASSESSMENT,
        Element.PARTICIPATION,
        Element.QUALITY_ASSURANCE,
    ]
    assert crosswalk.unstated(report()) == list(Element)

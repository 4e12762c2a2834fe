"""The legal ground a letter of recognition prints: that of the case's instrument."""

import pytest

from qa import clock
from qa.enums import Role
from recognition.services import closing
from reports import queries
from reports.models import IssuedLetter
from tests.factories import recognition as r

pytestmark = pytest.mark.django_db


def letter_of(**changes):
    with clock.at(r.MORNING):
        application = r.at(r.build(), "decided", **changes)
        return queries.letter_data(
            application.resolution.decision,
            registry_number="1/2026",
            code="",
            issued_on=clock.today(),
        )


def grounds_of(country):
    return letter_of(issuer_country=country, awarding_body_country=country).grounds


@pytest.mark.parametrize(
    ("outcome", "names"),
    [
        ("full", ["granted_target"]),
        ("alternative", ["alternative_target", "bridging_offer"]),
        ("refused", ["essential_requirement", "evidence", "alternatives_considered"]),
    ],
)
def test_each_half_says_its_own_language(outcome, names):
    granted = {
        (value.ro, value.en) for _name, value in letter_of(outcome=outcome).grant
    }

    terms = r.TERMS[outcome]
    assert granted >= {(terms[f"{name}_ro"], terms[f"{name}_en"]) for name in names}


def test_each_half_says_what_a_component_counts_as():
    parts = [
        value
        for name, value in letter_of(outcome="partial").grant
        if name.en == "Accepted component"
    ]

    assert [(part.ro, part.en) for part in parts] == [
        ("Modelling · 3 ECTS → Opționala A", "Modelling · 3 ECTS → Elective A"),
        ("Optimisation · 1 ECTS → Opționala A", "Optimisation · 1 ECTS → Elective A"),
    ]


@pytest.mark.parametrize(
    ("role", "ro", "en"),
    [
        (Role.RECTOR, "Rector", "Rector"),
        (Role.SIGNATORY, "Persoană împuternicită să semneze", "Authorised signatory"),
    ],
)
def test_who_has_no_seat_signs_by_the_office_held(role, ro, en):
    with clock.at(r.MORNING):
        office = r.build()
        decision = r.at(office, "decided").resolution.decision
        decision.signatory = r.appoint(r.person("silviu"), role)
        told = queries.letter_data(
            decision, registry_number="1/2026", code="", issued_on=clock.today()
        )

    assert told.signs_as.ro == f"{ro}\nUniversitatea Valea Dunării"
    assert told.signs_as.en == f"{en}\nDanube Valley University"


def test_each_half_asks_for_its_evidence():
    (condition,) = letter_of(outcome="conditional").conditions

    assert (condition.evidence.ro, condition.evidence.en) == (
        "Extras din catalog",
        "Exam record",
    )


def test_a_case_under_the_convention_cites_its_articles():
    told = grounds_of("ES")

    assert told.ro.startswith("Convenția de la Lisabona, art. V.1: Perioadele")
    assert told.en.startswith("Lisbon Recognition Convention, art. V.1: Periods")


def test_a_case_outside_the_conventions_cites_the_law_of_the_house():
    told = grounds_of("US")

    assert told.ro.splitlines() == [
        (
            "Ordinul ministrului nr. 3223/2012: "
            "Universitățile recunosc ele însele perioadele de studii."
        ),
        (
            "Reguli (UVD-R-2026): "
            "Procedura și criteriile publicate, în versiunea în vigoare la depunere."
        ),
    ]
    assert told.en.splitlines() == [
        (
            "Ministerial order 3223/2012: Universities themselves recognise periods of "
            "study."
        ),
        (
            "Rules (UVD-R-2026): The published procedure and criteria, in the version in "
            "force at filing."
        ),
    ]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("decided", "Issued, not delivered yet"),
        ("notified", "Delivered, not final yet"),
        ("final", "Final"),
    ],
)
def test_a_code_says_what_became_of_the_decision(status, words):
    with clock.at(r.MORNING):
        application = r.at(r.build(), status)

        letter = IssuedLetter(decision=application.resolution.decision)

        assert queries.standing_of_letter(letter).words == words


def test_a_code_says_that_the_decision_is_appealed():
    with clock.at(r.MORNING):
        office = r.build()
        application = r.at(office, "notified")
        closing.register_appeal(
            application=application,
            arrived_on=clock.today(),
            text="The outcomes are covered.",
            by=office.oana,
        )

        letter = IssuedLetter(decision=application.resolution.decision)

        told = queries.standing_of_letter(letter).words
        assert told == "Delivered; an appeal is not decided yet"

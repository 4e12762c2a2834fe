"""The legal ground a letter of recognition prints: that of the case's instrument."""

import pytest

from qa import clock
from reports import queries
from tests.factories import recognition as r

pytestmark = pytest.mark.django_db


def grounds_of(country, **changes):
    with clock.at(r.MORNING):
        office = r.build()
        credential = {"issuer_country": country, "awarding_body_country": country}
        application = r.at(office, "decided", **credential, **changes)
        data = queries.letter_data(
            application.resolution.decision,
            registry_number="1/2026",
            code="",
            issued_on=clock.today(),
        )
    return data.grounds


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

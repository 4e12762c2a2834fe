"""What a list and the page of an offer say of its next days, its size and its story."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import timezone, translation

from qa import clock, dossiers, story
from qa.models import Accreditation, Event, User
from qa.tasks import columns
from tests.guards.trial import resume, update

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(stages):
    return Accreditation.objects.get(procedure=stages["in_force"].procedure_id)


def ahead_on(period, day):
    noon = datetime.combine(day, time(12), timezone.get_current_timezone())
    with clock.at(noon):
        return dossiers.ahead(period)


def test_only_what_is_still_to_come_lies_ahead(period):
    notice, filing = period.notice_on, period.filing_by
    day = timedelta(days=1)

    assert ahead_on(period, notice - day) == dossiers.Ahead(notice, filing)
    assert ahead_on(period, notice + day) == dossiers.Ahead(None, filing)
    assert ahead_on(period, filing) == dossiers.Ahead(None, filing)
    assert ahead_on(period, filing + day) is None
    assert dossiers.ahead(None) is None


def test_nothing_lies_ahead_of_a_period_that_is_to_be_withdrawn_before(period):
    period.withdrawn_on = period.notice_on

    assert ahead_on(period, period.notice_on - timedelta(days=9)) is None


def test_a_reevaluation_that_was_filed_lies_behind(stages):
    told = resume(stages, "reevaluation")
    period = told.procedure.renews
    assert ahead_on(period, told.day) == dossiers.Ahead(None, period.filing_by)

    update(told.procedure, first_submitted_on=told.day)

    assert ahead_on(period, told.day) is None


def test_who_records_a_withdrawal_is_the_subject_of_its_sentence(stages):
    person = User(given_name="Ada", family_name="Popa")
    event = Event(by=person, thing="qa.accreditation", row="A31", act="withdraw")

    assert story.line(event).did == "recorded the withdrawal of the accreditation"

    event.by = User(is_service=True)
    line = story.line(event)
    assert (line.who, line.did) == ("", "the accreditation was withdrawn")


@pytest.mark.parametrize(("language", "told"), [("en", "2.5"), ("ro", "2,5")])
def test_credits_stand_in_the_readers_numbers(language, told):
    row = SimpleNamespace(faculty="", ects=Decimal("2.5"), eqf_level=None)
    whole = SimpleNamespace(faculty="", ects=Decimal("10.0"), eqf_level=None)

    with translation.override(language):
        assert columns.size(row)[1].startswith(f"{told} ")
        assert columns.size(whole)[1].startswith("10 ")

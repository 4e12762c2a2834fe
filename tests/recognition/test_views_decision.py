"""The page on which the committee's decision is recorded: its buttons and prefilling."""

import pytest
from lxml import html

from recognition.models import Proposal
from tests.factories import recognition as r
from tests.recognition.pages import fill_in, page, send, words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("rest", "counted"), [("for", "For 3 · Against 1"), ("absent", "For 0 · Against 1")]
)
def test_the_rest_is_marked_in_one_go_without_a_complaint(office, rest, counted):
    application = r.at(office, "in_committee")
    form = page(office.mara, "decision_record", application.pk)
    assert "The rest voted for" in words(form)
    said = {k: v for k, v in fill_in(form).items() if v is not None}
    said[f"cast_{office.cezar.pk}"] = "against"

    shown = send(office.mara, "decision_record", application.pk, **said, rest=rest)

    assert shown.status_code == 200
    assert counted in words(shown)
    assert not html.fromstring(shown.content).xpath("//main//*[@class='errors']")
    assert not application.case.decisions.exists()


def test_a_dash_states_no_grade(office):
    application = r.at(office, "in_committee")
    Proposal.objects.filter(application=application).update(grade_granted="–")

    form = page(office.mara, "decision_record", application.pk)

    assert not fill_in(form).get("grade_granted")


def main_acts(office, application):
    """What the page of the application offers as its main act."""
    shown = page(office.oana, "application_detail", application.pk)
    return html.fromstring(shown.content).xpath("//aside//a[@class='button']/text()")


def test_the_letter_is_drawn_up_before_its_delivery_is_recorded(office):
    application = r.at(office, "decided")
    assert main_acts(office, application) == ["Draw up the letter"]

    r.letter(office, application)

    assert main_acts(office, application) == ["Record the delivery of the letter"]


def test_the_record_is_told_without_the_codes_of_its_rows(office):
    application = r.at(office, "submitted")

    shown = words(page(office.oana, "application_detail", application.pk))

    assert "filed" in shown
    assert "B01" not in shown

"""Pages of a decision, of the delivery of its letter, and what an act waits for."""

import pytest
from lxml import html

from qa.transitions import TransitionRefused
from recognition.models import Proposal
from recognition.models.constraints import REFUSAL
from recognition.services import closing, filing
from tests.factories import recognition as r
from tests.recognition.pages import fill_in, page, send, words
from tests.recognition.stories import ask, day, incomplete, later

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


def labels(response):
    """The words of each label or legend, by the field it belongs to."""
    tree = html.fromstring(response.content)
    said = {one.get("for"): one.text_content() for one in tree.xpath("//main//label")}
    legends = tree.xpath("//main//fieldset[@id]")
    return said | {one.get("id"): one.findtext("legend") for one in legends}


def test_what_an_act_needs_is_not_called_optional(office):
    application = r.at(office, "in_committee")

    shown = page(office.mara, "decision_record", application.pk)

    said = labels(shown)
    assert "optional" in said["id_level_granted"]
    needed = ("articles", "remedy_body", "remedy_ro", "remedy_en", "remedy_days")
    assert not [name for name in needed if "optional" in said[f"id_{name}"]]


def test_a_refusal_is_proposed_with_what_it_rests_on(office):
    application = r.at(office, "comparing")
    form = page(office.ana, "proposal_edit", application.pk)
    said = {k: v for k, v in fill_in(form).items() if v is not None}
    said |= {"outcome": "refused", "reasons": "The grid shows it.", "evidence_ro": "E"}

    refused = send(office.ana, "proposal_edit", application.pk, **said)

    tree = html.fromstring(refused.content)
    links = tree.xpath("//main//*[@class='errors']//a/@href")
    needed = [f"#id_{n}" for n in REFUSAL if n != "evidence_ro"]
    assert (refused.status_code, links) == (422, needed)
    assert tree.get_element_by_id("id_evidence_ro").text.strip() == "E"
    assert not [n for n in REFUSAL if "optional" in labels(refused)[f"id_{n}"]]
    assert words(refused).count("Needed for a refusal.") == 6


def test_a_decision_names_its_legal_ground(office):
    application = r.at(office, "in_committee")
    form = page(office.mara, "decision_record", application.pk)
    said = {k: v for k, v in fill_in(form).items() if v is not None}
    said.pop("articles")

    refused = send(office.mara, "decision_record", application.pk, **said, check="1")

    errors = html.fromstring(refused.content).xpath("//*[@id='id_articles_error']")
    assert (refused.status_code, len(errors)) == (422, 1)


@pytest.mark.parametrize("name", ["proposal_edit", "decision_record"])
def test_both_languages_stand_side_by_side(office, name):
    reader, status = {
        "proposal_edit": (office.ana, "comparing"),
        "decision_record": (office.mara, "in_committee"),
    }[name]

    shown = page(reader, name, r.at(office, status).pk)

    rows = html.fromstring(shown.content).xpath("//main//*[@class='grid-2']")
    fields = [row.xpath("./div//textarea/@name") for row in rows]
    for text in ("bridging_offer", "essential_requirement", "evidence", "measures"):
        assert [f"{text}_ro", f"{text}_en"] in fields


def test_what_is_said_in_one_language_only_is_not_signed(office):
    application = r.at(office, "in_committee", outcome="refused")
    form = page(office.mara, "decision_record", application.pk)
    said = {k: v for k, v in fill_in(form).items() if v is not None}
    said |= {"measures_en": "", "reasons_ro": "Motive kept"}

    refused = send(office.mara, "decision_record", application.pk, **said, check="1")

    assert refused.status_code == 422
    assert "Write this in both languages." in words(refused)
    assert "Motive kept" in refused.text


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


@pytest.mark.parametrize(
    ("status", "act"),
    [
        ("complete", "Begin the verification"),
        ("verifying", "Choose the track"),
        ("tracked", "Start the comparison"),
        ("comparing", "Hand the proposal in"),
        ("decided", "Record the delivery of the letter"),
        ("notified", "Make the decision final"),
    ],
)
def test_the_case_says_which_act_waits_for_what(office, status, act):
    application = r.at(office, status, outcome="conditional")

    told = words(page(office.oana, "application_detail", application.pk))

    assert f"{act}. Before this can be done:" in told


def test_the_case_names_what_waits_for_the_applicant(office):
    waits = incomplete(office)
    asked = r.at(office, "complete", title="Another award")
    ask(office, asked)
    draft = filing.open_application(applicant=office.radu, by=office.radu)

    told = [
        words(page(office.oana, "application_detail", waits.pk)),
        words(page(office.oana, "application_detail", asked.pk)),
        words(page(office.radu, "own_application", draft.pk)),
    ]

    assert "Declare the file complete. Before this can be done:" in told[0]
    assert "Go on with the case. Before this can be done:" in told[1]
    assert "Check and file. Before this can be done:" in told[2]


BEFORE_THE_LETTER = (
    "The letter cannot have been delivered before it was issued on 4 Nov 2026."
)


def test_delivery_before_the_letter_is_refused_at_its_day(office):
    application = r.at(office, "decided")
    said = {"delivery": "email", "proof": "Receipt", "delivered_on": "2026-11-03"}
    with later(2):
        r.letter(office, application)
        refused = send(office.oana, "office_act", application.pk, "notify", **said)
        with pytest.raises(TransitionRefused, match=BEFORE_THE_LETTER):
            closing.notify_applicant(
                application=application,
                delivery=r.delivery(delivered_on=day("2026-11-03")),
                by=office.oana,
            )
        said["delivered_on"] = "2026-11-04"
        send(office.oana, "office_act", application.pk, "notify", **said)

    assert refused.context["form"].errors == {"delivered_on": [BEFORE_THE_LETTER]}
    assert r.again(application).status == "notified"

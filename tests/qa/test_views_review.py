"""Pages of the review, the votes and the lists in the browser's eyes."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from fixtures.demo.accreditation import OfferStory
from fixtures.demo.panels import PanelStory
from qa.enums import ActKind, BodyKind, Role
from qa.models import Body, Procedure, User

pytestmark = pytest.mark.django_db

PEOPLE = {
    "author": lambda s: s.author,
    "coordinator": lambda s: s.coordinator,
    "officer": lambda s: s.holder(Role.QA_OFFICER),
    "chair": lambda s: s.holder(Role.CEAC_CHAIR),
    "board": lambda s: s.holder(Role.BOARD_SECRETARY),
    "secretary": lambda s: s.holder(Role.SENATE_SECRETARY),
    "invited": lambda s: s.seats("invited")[0].user,
    "member": lambda s: s.seats()[-1].user,
    "panel_chair": lambda s: s.chair(),
}
THINGS = {
    "procedure": lambda s, _user: [s.procedure.pk],
    "offer": lambda s, _user: [s.procedure.micro_credential_id],
    "nothing": lambda _s, _user: [],
    "own_seat": lambda s, user: [s.procedure.members.get(user=user).pk],
    "seat": lambda s, _user: [s.seats()[0].pk],
    "assessment": lambda s, user: [_assessment(s, user).pk],
    "reading": lambda s, user: [_assessment(s, user).pk, _standard(s).number],
    "finding": lambda s, _user: [s.procedure.pk, _standard(s).number],
    "remark": lambda s, _user: [s.procedure.remarks.first().pk],
    "ceac": lambda s, _user: [s.procedure.pk, "ceac"],
    "board": lambda s, _user: [s.procedure.pk, "board"],
    "period": lambda s, _user: [s.period().pk],
    "condition": lambda s, _user: [s.period().decision.conditions.get().pk],
}
PAGES = [
    ("draft", "author", "work", "nothing"),
    ("draft", "author", "micro_credential_list", "nothing"),
    ("draft", "author", "micro_credential_detail", "offer"),
    ("draft", "author", "propose", "nothing"),
    ("submitted", "officer", "work", "nothing"),
    ("endorsed", "chair", "panel_open", "procedure"),
    ("endorsed", "chair", "panel_detail", "procedure"),
    ("panel_setup", "officer", "panel_detail", "procedure"),
    ("panel_setup", "officer", "seat_invite", "procedure"),
    ("panel_setup", "invited", "invitation", "own_seat"),
    ("panel_setup", "invited", "work", "nothing"),
    ("panel_accepted", "member", "invitation", "own_seat"),
    ("panel_accepted", "officer", "seat_replace", "seat"),
    ("panel_ready", "officer", "panel_detail", "procedure"),
    ("panel_ready", "coordinator", "panel_detail", "procedure"),
    ("panel_ready", "author", "seat_challenge", "seat"),
    ("panel_ready", "member", "invitation", "own_seat"),
    ("under_review", "member", "work", "nothing"),
    ("under_review", "member", "assessment_detail", "assessment"),
    ("under_review", "member", "reading_edit", "reading"),
    ("readings_in", "member", "assessment_detail", "assessment"),
    ("readings_in", "member", "reading_edit", "reading"),
    ("readings_in", "panel_chair", "report_begin", "procedure"),
    ("report_draft", "panel_chair", "report_detail", "procedure"),
    ("report_draft", "panel_chair", "finding_edit", "finding"),
    ("report_draft", "panel_chair", "report_proposal", "procedure"),
    ("report_written", "panel_chair", "report_detail", "procedure"),
    ("report_written", "panel_chair", "report_proposal", "procedure"),
    ("factual_check", "coordinator", "report_detail", "procedure"),
    ("factual_check", "coordinator", "report_reply", "procedure"),
    ("factual_check", "panel_chair", "remark_answer", "remark"),
    ("report_final", "chair", "report_detail", "procedure"),
    ("report_final", "chair", "opinion_record", "ceac"),
    ("report_final", "board", "opinion_record", "board"),
    ("awaiting_decision", "secretary", "decision_record", "procedure"),
    ("approved", "coordinator", "condition_detail", "condition"),
    ("approved", "coordinator", "micro_credential_detail", "offer"),
    ("approved", "chair", "condition_detail", "condition"),
    ("rejected", "coordinator", "micro_credential_detail", "offer"),
    ("in_force", "secretary", "withdrawal_record", "period"),
    ("in_force", "secretary", "micro_credential_detail", "offer"),
    ("in_force", "secretary", "micro_credential_list", "nothing"),
    ("reevaluation", "coordinator", "micro_credential_detail", "offer"),
    ("reevaluation", "coordinator", "work", "nothing"),
]


@pytest.fixture(autouse=True)
def demo_people_sign_in(settings):
    settings.ATESTA_DEMO = True


@pytest.fixture
def at(stages):
    def resumed(name):
        stage = stages[name]
        procedure = Procedure.objects.get(pk=stage.procedure_id)
        return OfferStory.resume(procedure, stage.day)

    return resumed


def _assessment(story, user):
    return story.procedure.assessments.get(member__user=user)


def _standard(story):
    return story.procedure.standard_set.standards.first()


def page(story, who, name, /, *args, **query):
    with story.now(16):
        user = who if isinstance(who, User) else PEOPLE[who](story)
        client = Client()
        client.force_login(user)
        return client.get(reverse(f"qa:{name}", args=args), query)


def send(story, who, name, /, *args, **said):
    with story.now(16):
        user = who if isinstance(who, User) else PEOPLE[who](story)
        client = Client()
        client.force_login(user)
        return client.post(reverse(f"qa:{name}", args=args), said)


def words(response):
    tree = html.fromstring(response.content)
    return " ".join(tree.find(".//main").text_content().split())


def stranger():
    """Somebody without any office or seat, so without a view of the dossier."""
    return User.objects.create_user("stranger@elsewhere.example")


# --- Every page opens -------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ro"])
@pytest.mark.parametrize(("stage", "who", "name", "thing"), PAGES)
def test_page_opens(at, stage, who, name, thing, language):
    story = at(stage)
    with story.now(16):
        user = PEOPLE[who](story)
        client = Client()
        client.cookies["django_language"] = language
        client.force_login(user)

        response = client.get(reverse(f"qa:{name}", args=THINGS[thing](story, user)))

    assert response.status_code == 200
    text = response.content.decode()
    assert "<style" not in text
    assert " style=" not in text
    assert " onclick=" not in text


def fill_in(response):
    """What the last form of a page would send as it stands."""
    tree = html.fromstring(response.content)
    form = tree.xpath("//main//form[.//button]")[-1]
    return {k: v for k, v in form.form_values() if k != "csrfmiddlewaretoken"}


# --- Nothing typed is lost --------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "who", "name", "thing", "said"),
    [
        ("draft", "author", "propose", "nothing", {"title_ro": "Kept words"}),
        (
            "panel_setup",
            "officer",
            "seat_invite",
            "procedure",
            {"employer": "Kept words"},
        ),
        (
            "under_review",
            "member",
            "reading_edit",
            "reading",
            {"stand": "rated", "rating": "nonsense", "analysis": "Kept words"},
        ),
        (
            "report_draft",
            "panel_chair",
            "finding_edit",
            "finding",
            {"rating": "nonsense", "conclusion": "Kept words"},
        ),
        (
            "factual_check",
            "panel_chair",
            "remark_answer",
            "remark",
            {"text": "Kept words"},
        ),
        (
            "report_final",
            "chair",
            "opinion_record",
            "ceac",
            {"reasons_en": "Kept words"},
        ),
    ],
)
def test_wrong_form_comes_back_with_what_was_typed(at, stage, who, name, thing, said):
    story = at(stage)
    with story.now(16):
        args = THINGS[thing](story, PEOPLE[who](story))

    response = send(story, who, name, *args, **said)

    assert response.status_code == 422
    assert "Kept words" in response.text
    assert "This could not be saved yet" in words(response)


def test_wrong_proposal_of_the_report_keeps_its_points(at):
    story = at("report_draft")
    said = {
        "points-TOTAL_FORMS": "1",
        "points-INITIAL_FORMS": "0",
        "points-0-kind": "condition",
        "points-0-evidence_required_en": "Kept words",
    }

    response = send(story, "panel_chair", "report_proposal", story.procedure.pk, **said)

    assert "Kept words" in response.text
    assert "Write the point, or leave its kind empty." in words(response)


def test_reading_saves_itself_and_goes_on(at):
    story = at("under_review")
    reader = PEOPLE["member"](story)
    assessment = _assessment(story, reader)
    first, second = story.procedure.standard_set.standards.all()[:2]
    address = reverse("qa:reading_edit", args=[assessment.pk, first.number])
    said = {"stand": "cannot_judge", "reason": "Not my field"}
    client = Client(headers={"HX-Request": "true"})
    with story.now(16):
        client.force_login(reader)
        saved = client.post(address, said)
    onward = send(
        story, reader, "reading_edit", assessment.pk, first.number, **said, next=""
    )

    assert 'id="saved"' in saved.text
    assert onward.url.endswith(f"/{second.number}/")
    shown = page(story, reader, "assessment_detail", assessment.pk)
    assert "Your reading: 1 of" in words(shown)


@pytest.mark.parametrize("who", ["coordinator", "author", "member", "chair"])
def test_report_is_begun_by_the_chair_of_the_panel_alone(at, who):
    story = at("readings_in")

    assert page(story, who, "report_begin", story.procedure.pk).status_code == 403


def test_unfinished_finding_is_shown_as_such(at):
    story = at("report_draft")
    pk, number = story.procedure.pk, _standard(story).number

    send(story, "panel_chair", "finding_edit", pk, number, evidence="Page 4 alone")

    shown = words(page(story, "panel_chair", "report_detail", pk))
    assert "incomplete" in shown
    assert "Page 4 alone" in shown


# --- Votes ------------------------------------------------------------------------


def minutes(story, who, name, *args, **said):
    """The form of the minutes with reasons, everybody not recused for the motion."""
    shown = page(story, who, name, *args)
    told = fill_in(shown) | {"reasons_ro": "Motivare", "reasons_en": "Because"} | said
    return fill_in(send(story, who, name, *args, **told, rest="for"))


ONE_THING_MORE = {
    "departure_reasons_ro": "Senatul mai cere un lucru",
    "departure_reasons_en": "The senate asks for one thing more",
    "hearing_summary": "Agreed",
    "conditions-0-text_ro": "Condiția",
    "conditions-0-text_en": "The condition",
    "conditions-0-evidence_required_ro": "Un document",
    "conditions-0-evidence_required_en": "A document",
}


def test_decision_is_checked_word_for_word_then_signed(at):
    story = at("awaiting_decision")
    procedure = story.procedure
    told = minutes(
        story,
        "secretary",
        "decision_record",
        procedure.pk,
        outcome="approved_with_conditions",
        valid_from=f"{story.day:%Y}-12-01",
        valid_to=f"{story.day.year + 5}-11-30",
        hearing_on=f"{story.day:%Y-%m-%d}",
        **ONE_THING_MORE,
        **{"conditions-0-deadline": f"{story.day.year + 1}-06-01"},
    )

    checked = send(
        story, "secretary", "decision_record", procedure.pk, **told, check="1"
    )
    assert checked.status_code == 200
    for said in ("Check and sign", "Motivare", "Because", "The condition", "carried"):
        assert said in words(checked)
    assert not procedure.decisions.filter(kind=ActKind.DECISION).exists()

    signed = send(
        story,
        "secretary",
        "decision_record",
        procedure.pk,
        **fill_in(checked),
        sign="1",
    )
    assert signed.status_code == 302, words(signed)
    decision = procedure.decisions.get(kind=ActKind.DECISION)
    assert decision.is_carried
    assert decision.conditions.get().text_en == "The condition"
    assert story.refresh().outcome == "approved_with_conditions"


def test_votes_are_counted_before_anything_is_signed(at):
    story = at("report_final")
    pk = story.procedure.pk
    said = minutes(story, "chair", "opinion_record", pk, "ceac", favourable="yes")

    counted = send(story, "chair", "opinion_record", pk, "ceac", **said, count="1")
    checked = send(story, "chair", "opinion_record", pk, "ceac", **said, check="1")
    back = send(
        story, "chair", "opinion_record", pk, "ceac", **fill_in(checked), back="1"
    )

    assert "Against 0" in words(counted)
    assert "Sign and record" in words(checked)
    assert back.status_code == 200
    assert "Motivare" in back.text
    assert not story.procedure.decisions.filter(
        kind=ActKind.OPINION, body=Body.objects.get(kind=BodyKind.CEAC)
    ).exists()


def test_member_without_a_vote_is_named(at):
    story = at("report_final")
    shown = page(story, "chair", "opinion_record", story.procedure.pk, "ceac")

    response = send(
        story,
        "chair",
        "opinion_record",
        story.procedure.pk,
        "ceac",
        **fill_in(shown),
        check="1",
    )

    assert response.status_code == 422
    assert "Say how this member voted." in words(response)


# --- Who gets in ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "name", "thing", "status"),
    [
        ("draft", "micro_credential_detail", "offer", 404),
        ("draft", "propose", "nothing", 403),
        ("panel_ready", "panel_detail", "procedure", 404),
        ("panel_ready", "seat_replace", "seat", 404),
        ("report_final", "report_detail", "procedure", 404),
        ("report_final", "opinion_record", "ceac", 404),
        ("awaiting_decision", "decision_record", "procedure", 404),
        ("approved", "condition_detail", "condition", 404),
    ],
)
def test_stranger_is_kept_out(at, stage, name, thing, status):
    story = at(stage)
    with story.now(16):
        somebody = stranger()
        args = THINGS[thing](story, somebody)

    assert page(story, somebody, name, *args).status_code == status


@pytest.mark.parametrize(
    ("stage", "who", "name", "thing", "status"),
    [
        ("report_draft", "coordinator", "report_detail", "procedure", 403),
        ("report_final", "board", "opinion_record", "ceac", 403),
        ("awaiting_decision", "coordinator", "decision_record", "procedure", 403),
        ("report_final", "secretary", "decision_record", "procedure", 404),
        ("factual_check", "panel_chair", "report_reply", "procedure", 403),
        ("panel_ready", "coordinator", "seat_invite", "procedure", 403),
        ("submitted", "officer", "panel_detail", "procedure", 404),
    ],
)
def test_act_of_somebody_else_is_refused(at, stage, who, name, thing, status):
    story = at(stage)
    with story.now(16):
        args = THINGS[thing](story, PEOPLE[who](story))

    assert page(story, who, name, *args).status_code == status


def test_seat_and_reading_are_their_owners_alone(at):
    story = at("under_review")
    first, *_others, last = story.seats()

    assert page(story, first.user, "invitation", last.pk).status_code == 404
    reading = _assessment(story, last.user)
    assert page(story, first.user, "assessment_detail", reading.pk).status_code == 404


# --- What the pages say -----------------------------------------------------------


def test_decided_offer_leads_to_its_dossier_and_letter(at):
    story = at("in_force")
    procedure = story.procedure
    decision = procedure.decisions.get(kind=ActKind.DECISION)

    shown = page(
        story,
        "secretary",
        "micro_credential_detail",
        procedure.micro_credential_id,
    ).text

    assert reverse("reports:dossier", args=[procedure.pk]) in shown
    assert reverse("reports:letter", args=[decision.pk]) in shown
    assert reverse("qa:withdrawal_record", args=[story.period().pk]) in shown
    assert "In force until" in shown


def test_whole_story_is_one_link_away(at):
    story = at("in_force")
    offer = story.procedure.micro_credential_id

    short = page(story, "secretary", "micro_credential_detail", offer)
    whole = page(story, "secretary", "micro_credential_detail", offer, story="all")

    assert "The whole story" in words(short)
    assert "The whole story" not in words(whole)
    assert len(words(whole)) > len(words(short))


def test_list_is_narrowed_by_words_without_marks(at):
    story = at("in_force")

    found = page(story, "secretary", "micro_credential_list", q="POVESTEA in force")
    nothing = page(story, "secretary", "micro_credential_list", q="no such thing")

    assert str(story.version) in words(found)
    assert "Nothing matches" in words(nothing)


def test_turn_is_taken_and_given_back(at):
    story = at("submitted")
    free = page(story, "officer", "work")
    addresses = html.fromstring(free.content).xpath("//form/@action")
    take = next(a for a in addresses if a.endswith("/take/"))
    turn = take.split("/")[-3]

    send(story, "officer", "turn_take", turn)
    taken = page(story, "officer", "work")
    assert reverse("qa:turn_give_back", args=[turn]) in taken.text
    send(story, "officer", "turn_give_back", turn)

    assert take in page(story, "officer", "work").text


def test_condition_is_shown_to_be_met_then_judged(at):
    story = at("in_force")
    condition = story.period().decision.conditions.get()
    empty = send(story, "coordinator", "condition_detail", condition.pk, evidence="")
    send(story, "coordinator", "condition_detail", condition.pk, evidence="Rubric p. 4")

    asked = page(story, "chair", "condition_detail", condition.pk)
    half = send(story, "chair", "condition_detail", condition.pk, reasons="Kept words")
    send(
        story, "chair", "condition_detail", condition.pk, fulfilled="yes", reasons="Met"
    )

    assert "This could not be saved yet" in words(empty)
    assert "Rubric p. 4" in words(asked)
    assert "Before this can be done" not in words(asked)
    assert "Kept words" in half.text
    condition = type(condition).objects.get(pk=condition.pk)
    assert (condition.status, condition.judgement) == ("fulfilled", "Met")


def test_what_members_declare_stays_with_the_offices(at):
    story = at("panel_accepted")
    seat = story.seats()[0]
    PanelStory(story).declare(seat.role, "co_authorship", "A joint article in 2024.")
    seat = story.seats()[0]
    told = seat.declaration.get_status_display()

    office = page(story, "chair", "panel_detail", story.procedure.pk)
    judged = page(story, "coordinator", "panel_detail", story.procedure.pk)
    ruling = page(story, "chair", "declaration_ruling", seat.pk)

    assert told in words(office)
    assert told not in words(judged)
    assert "not settled yet" in words(judged)
    assert ruling.status_code == 200


# --- The same number of queries for one and for many ------------------------------


def measured(story, client, address):
    """The answer, and how many queries it took."""
    with story.now(16), CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return response, len(captured)


@pytest.mark.parametrize(
    ("address", "page_size", "rows"),
    [
        (
            "qa:work",
            "qa.views.work.A_PAGE",
            lambda context: [*context["page"], *context["free"]],
        ),
        (
            "qa:micro_credential_list",
            "qa.views.offers.A_PAGE",
            lambda context: context["dossiers"],
        ),
        (
            "reports:register",
            "reports.views.register.A_PAGE",
            lambda context: context["rows"],
        ),
    ],
)
def test_queries_do_not_grow_with_the_rows(at, address, page_size, rows, monkeypatch):
    story = at("in_force")
    client = Client()
    with story.now(16):
        client.force_login(PEOPLE["officer"](story))
    measured(story, client, reverse(address))  # what can be cached is cached now
    monkeypatch.setattr(page_size, 1)
    one, with_one = measured(story, client, reverse(address))
    monkeypatch.setattr(page_size, 3)
    three, with_three = measured(story, client, reverse(address))

    assert len(rows(three.context)) == len(rows(one.context)) + 2
    assert with_three == with_one


def test_a_report_that_would_be_refused_says_so_in_place_of_the_button(at):
    story = at("report_draft")
    shown = page(story, "panel_chair", "report_detail", story.procedure.pk)

    assert "Send for the factual check. Before this can be done:" in words(shown)
    proposal = reverse("qa:report_proposal", args=[story.procedure.pk])
    sending = reverse("qa:report_send", args=[story.procedure.pk])
    missing = html.fromstring(shown.content).xpath(
        f"//*[contains(@class, 'callout-waiting')]//a[@href='{proposal}']"
    )
    assert [one.text for one in missing] == [
        "The report needs the panel's proposal for decision with its reasons."
    ]
    assert sending not in shown.text

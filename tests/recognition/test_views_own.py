"""The applicant's pages: filing, status, answers, documents, paper files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from qa import clock
from qa.folded import folded
from qa.models import Language, Message, User
from qa.services.people import SERVICE_ADDRESS, system_actor
from recognition.models import RecognitionApplication
from recognition.services import filing
from tests.factories import recognition as r
from tests.recognition.pages import page, send, words
from tests.recognition.stories import ask, incomplete

pytestmark = pytest.mark.django_db


# Every page opens for its people, in both languages


STATES = (
    "submitted",
    "complete",
    "verifying",
    "tracked",
    "comparing",
    "proposed",
    "in_committee",
    "decided",
    "notified",
    "final",
)


@pytest.mark.apart
@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize("outcome", ["full", "partial", "alternative", "refused"])
def test_case_opens_for_the_office_in_every_state(office, status, outcome):
    application = r.at(office, status, outcome=outcome)

    for name in ("oana", "horia", "mara"):
        response = page(office.people[name], "application_detail", application.pk)
        assert response.status_code == 200
        assert "R-2026-0001" in words(response)


@pytest.mark.parametrize("status", ["draft", *STATES])
@pytest.mark.parametrize("language", ["ro", "en"])
def test_applicant_sees_the_status_in_every_state(office, status, language):
    application = r.at(office, status, outcome="partial")
    client = Client()
    client.force_login(office.radu)
    client.cookies["django_language"] = language

    response = client.get(reverse("recognition:own_application", args=[application.pk]))

    assert response.status_code == 200
    assert f'lang="{language}"' in response.text


@pytest.mark.parametrize("name", ["carmen", "ana", "anca"])
def test_case_is_closed_to_others(office, name):
    application = r.at(office, "verifying")
    user = office.people[name]

    assert page(user, "application_detail", application.pk).status_code == 404
    assert page(user, "own_application", application.pk).status_code == 404


def test_applicant_does_not_open_the_office_side(office):
    application = r.at(office, "verifying")
    r.appoint(office.radu, "recognition_officer")

    assert page(office.radu, "application_detail", application.pk).status_code == 404


def test_decision_is_not_shown_before_the_letter_is_delivered(office):
    application = r.at(office, "decided", outcome="refused")

    assert "Refused" not in words(page(office.radu, "own_application", application.pk))


def test_queue_page_costs_the_same_at_any_length(office):
    client = Client()
    client.force_login(office.oana)
    client.get(reverse("recognition:work"))  # content types are asked for once
    costs = []

    for _number in range(2):
        r.at(office, "submitted")
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("recognition:work"))
        costs.append(len(asked))

    assert costs[0] == costs[1]


def test_queue_is_filtered_by_status(office):
    r.at(office, "submitted")

    assert "Nothing matches" in words(page(office.oana, "work", status="complete"))


# The applicant's side


@pytest.fixture
def certificate(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = SimpleUploadedFile("paper.pdf", b"%PDF-1.7 x")
    return {"kind": "certificate", "title": "Certificate", "file": file}


def test_applicant_files_through_the_pages(office, certificate):
    Language.objects.create(code="es", alpha3b="spa", name_ro="Spaniolă", name_en="S")
    user = office.radu
    send(user, "application_open")
    pk = RecognitionApplication.objects.get().pk
    send(
        user,
        "section_edit",
        pk,
        "purpose",
        purpose="credit",
        purpose_target="BSc Logistics",
        outcome_requested="full",
        next="",
    )
    send(
        user,
        "section_edit",
        pk,
        "award",
        learner_given_name="Radu",
        learner_family_name="Dunăreanu",
        title="Analítica",
        issuer_name="Luz",
        issuer_country="ES",
        awarding_body_name="Luz",
        missing=["issued_on"],
    )
    send(
        user,
        "section_edit",
        pk,
        "learning",
        outcomes="Models a chain\nForecasts demand",
        ects="6",
        level_kind="eqf",
        eqf_level="6",
        assessment_types=["quiz"],
        participation_form="online",
        missing=["quality_assurance"],
    )
    send(user, "section_edit", pk, "sheet", accepted="on", fee="due")
    send(user, "document_add", pk, **certificate)
    assert "Check and file" in words(page(user, "own_application", pk))
    checked = words(page(user, "submit", pk))
    response = send(user, "submit", pk)

    application = RecognitionApplication.objects.get()
    assert "Forecasts demand" in checked
    assert response.url == reverse("recognition:own_application", args=[pk])
    assert application.status == "submitted"
    assert application.credential.missing == ["issued_on", "quality_assurance"]
    assert application.credential.outcomes == ["Models a chain", "Forecasts demand"]


def in_pages(language, user, name, *args):
    """The request of somebody whose browser asks for this language."""
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client.post(reverse(f"recognition:{name}", args=args))


def test_who_files_is_written_to_in_the_language_of_the_pages(office):
    radu = User.objects.filter(pk=office.radu.pk)
    radu.update(language="ro")
    in_pages("en", office.radu, "application_open")
    opened = radu.get().language
    application = r.at(office, "draft")
    in_pages("ro", office.radu, "submit", application.pk)

    message = Message.objects.get(to=office.radu, case=application.case)
    assert (opened, radu.get().language) == ("en", "ro")
    assert message.subject.startswith("Am primit cererea")


def test_section_goes_on_to_the_next(office):
    application = r.at(office, "draft")

    response = send(
        office.radu,
        "section_edit",
        application.pk,
        "purpose",
        purpose="statement",
        outcome_requested="full",
        next="",
    )

    assert response.url.endswith("/sections/award/")


def test_section_saves_itself_with_htmx(office):
    application = r.at(office, "draft")
    client = Client(headers={"HX-Request": "true"})
    client.force_login(office.radu)

    response = client.post(
        reverse("recognition:section_edit", args=[application.pk, "purpose"]),
        {"purpose": "stacking", "outcome_requested": "full"},
    )

    assert response.status_code == 200
    assert response.text.startswith('<span class="saved"')
    assert r.again(application).purpose == "stacking"


def test_wrong_input_stays_on_the_page_and_says_where(office):
    application = r.at(office, "draft")

    response = send(
        office.radu,
        "section_edit",
        application.pk,
        "learning",
        level_kind="eqf",
        ects="many",
    )

    assert response.status_code == 422
    assert "Name the level." in words(response)
    assert 'value="many"' in response.text


@pytest.mark.parametrize(
    ("section", "said", "told"),
    [
        ("award", {"issued_on": "9999-12-31"}, "The year lies between"),
        ("award", {"issued_on": "2199-12-31"}, "The award cannot lie in the future."),
        ("purpose", {"purpose": "credit"}, "only a general statement needs none."),
        ("learning", {"outcomes": "a" * 20_001}, "at most 20000 characters"),
        ("learning", {"isced_f": "0613\n6"}, "has two to four digits."),
        ("learning", {"esco_skills": "https://esco.example"}, "A skill of ESCO begins"),
        (
            "learning",
            {
                "missing": ["outcomes", "workload", "level"],
                "ects": "3",
                "outcomes": "Says",
            },
            "filled it in below: Learning outcomes, Notional workload.",
        ),
        (
            "award",
            {"missing": ["title", "learner"], "title": "T", "learner_given_name": "R"},
            "filled it in below: Title of the micro-credential.",
        ),
    ],
)
def test_input_beyond_all_bounds_is_told(office, section, said, told):
    application = r.at(office, "draft")

    response = send(office.radu, "section_edit", application.pk, section, **said)

    assert response.status_code == 422
    assert told in words(response)


def test_filed_application_has_no_sections(office):
    application = r.at(office, "submitted")

    response = page(office.radu, "section_edit", application.pk, "purpose")

    assert response.status_code == 404


def test_applicant_answers_the_question(office):
    application = ask(office, r.at(office, "complete"))
    assert "Which edition was it?" in words(
        page(office.radu, "own_application", application.pk)
    )
    empty = send(office.radu, "answer", application.pk, answer=" ")
    assert empty.status_code == 422

    send(office.radu, "answer", application.pk, answer="The second.")

    assert r.again(application).open_request.answer == "The second."


def test_applicant_sees_why_an_item_is_needed_and_says_all_is_sent(office):
    application = incomplete(office)

    shown = words(page(office.radu, "own_application", application.pk))
    send(office.radu, "items_sent", application.pk)

    assert "It states the outcomes" in shown
    assert application.course.get().task_set.get(finished=None).flow_task.name == (
        "settlement"
    )


def test_applicant_accepts_and_withdraws(office):
    notified, filed = r.at(office, "notified"), r.at(office, "submitted")

    assert page(office.radu, "accept", notified.pk).status_code == 200
    send(office.radu, "accept", notified.pk)
    assert page(office.radu, "withdraw", filed.pk).status_code == 200
    send(office.radu, "withdraw", filed.pk, reason="")

    assert r.again(notified).status == "final"
    assert r.again(filed).status == "withdrawn"


def test_applicant_shows_how_a_condition_is_met_and_the_office_judges(office):
    application = r.at(office, "notified", outcome="conditional")
    condition = application.resolution.decision.conditions.get()
    assert "Show how it is met" in words(
        page(office.radu, "own_application", application.pk)
    )

    send(office.radu, "condition_evidence", application.pk, condition.pk, evidence="12")
    shown = words(page(office.oana, "application_detail", application.pk))
    send(
        office.oana,
        "condition_judge",
        application.pk,
        condition.pk,
        fulfilled="yes",
        reasons="Passed",
    )

    assert "Judge it" in shown
    assert application.resolution.decision.conditions.get().status == "fulfilled"


def test_condition_is_neither_read_nor_answered_before_the_letter(office):
    application = r.at(office, "decided", outcome="conditional")
    condition = application.resolution.decision.conditions.get()
    client = Client()
    client.force_login(office.radu)

    for name in ("own_application", "work"):
        args = [application.pk] if name == "own_application" else []
        assert condition.text_en not in page(office.radu, name, *args).text
    assert client.get(f"/conditions/{condition.pk}/").status_code == 404
    asked = page(office.radu, "condition_evidence", application.pk, condition.pk)
    sent = send(
        office.radu, "condition_evidence", application.pk, condition.pk, evidence="12"
    )

    assert (asked.status_code, sent.status_code) == (404, 404)
    assert application.resolution.decision.conditions.get().status == "open"


def test_background_paper_is_read_by_those_who_work_on_the_file(office):
    application = r.at(office, "in_committee")
    send(
        office.radu, "background", application.pk, education_path="Two years of school"
    )

    for name, sees in (("oana", True), ("mara", True), ("carmen", False)):
        shown = words(page(office.people[name], "application_detail", application.pk))
        assert ("Two years of school" in shown) is sees


# Paper files


def test_officer_files_from_paper_through_the_pages(office):
    assert page(office.oana, "paper_open").status_code == 200
    assert page(office.radu, "paper_open").status_code == 403
    wrong = send(office.oana, "paper_open", given_name="Zoe")
    assert wrong.status_code == 422

    response = send(
        office.oana,
        "paper_open",
        given_name="Zoe",
        family_name="Nouă",
        email="zoe@post.example",
    )

    application = RecognitionApplication.objects.get()
    assert application.is_paper_file
    assert application.applicant.email == "zoe@post.example"
    client = Client()
    client.force_login(office.oana)
    assert client.get(response.url).status_code == 200


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"email": "radu@uvd.example"}, "exists in another name"),
        ({"email": SERVICE_ADDRESS}, "Enter a valid email address"),
        ({"email": f"{'z' * 60}@{'y.' * 100}example"}, "at most 254 characters"),
    ],
)
def test_paper_is_not_filed_for_an_address_of_somebody_else(office, said, sentence):
    system_actor()
    names = {"given_name": "Zoe", "family_name": "Nouă"}

    response = send(office.oana, "paper_open", **names, **said)

    assert response.status_code == 422
    assert sentence in words(response)
    assert not RecognitionApplication.objects.exists()


def test_known_applicant_files_on_paper_however_the_name_is_typed(office):
    send(
        office.oana,
        "paper_open",
        given_name="RADU",
        family_name=" Dunareanu",
        email="Radu@UVD.example",
    )

    assert RecognitionApplication.objects.get().applicant == office.radu


def test_paper_refused_leaves_nobody_new_behind(office):
    office.rules.delete()
    said = {"given_name": "Zoe", "family_name": "Nouă", "email": "zoe@post.example"}

    response = send(office.oana, "paper_open", **said)

    assert response.status_code == 422
    assert not User.objects.filter(email="zoe@post.example").exists()


def on_paper(office):
    values = r.data()
    paper = filing.open_application(applicant=office.radu, by=office.oana)
    filing.save_wish(application=paper, wish=values, by=office.oana)
    filing.save_credential(
        application=paper,
        credential=values | {"issued_on": None, "missing": ["issued_on"]},
        by=office.oana,
    )
    filing.record_fee(application=paper, fee="paid", by=office.oana)
    filing.accept_information_sheet(application=paper, by=office.oana)
    return paper


def test_filing_from_paper_changes_the_language_of_nobody(office):
    User.objects.update(language="ro")

    in_pages("en", office.oana, "submit", on_paper(office).pk)

    assert RecognitionApplication.objects.get().status == "submitted"
    assert not User.objects.exclude(language="ro").exists()


def test_filed_paper_goes_on_on_the_office_side(office):
    paper = on_paper(office)

    response = send(office.oana, "submit", paper.pk)

    assert response.url == reverse("recognition:application_detail", args=[paper.pk])


def test_refused_filing_says_why(office):
    application = r.at(office, "draft")
    RecognitionApplication.objects.filter(pk=application.pk).update(fee="")

    response = send(office.radu, "submit", application.pk)

    assert response.status_code == 200
    assert "Record the fee as due, paid or waived" in words(response)


def test_no_rules_no_application(office):
    office.rules.valid_to = clock.today().replace(year=2025)
    office.rules.save()

    response = send(office.radu, "application_open")

    assert response.url == reverse("recognition:work")
    assert not RecognitionApplication.objects.exists()


def test_languages_and_countries_stand_in_the_readers_alphabet(office):
    application = r.at(office, "draft")
    for code, ro, en in (
        ("bs", "bosniacă", "Bosnian"),
        ("bg", "bulgară", "Bulgarian"),
        ("de", "germană", "German"),
        ("sl", "slovenă", "Slovene"),
        ("es", "spaniolă", "Spanish"),
        ("sr", "sârbă", "Serbian"),
    ):
        Language.objects.create(code=code, alpha3b=code, name_ro=ro, name_en=en)

    def names(language, page_name, *args, field):
        client = Client()
        client.force_login(office.radu)
        client.cookies["django_language"] = language
        address = reverse(f"recognition:{page_name}", args=args)
        return [
            option.text
            for option in html.fromstring(client.get(address).content).xpath(
                f"//select[@name='{field}']/option[@value!='']"
            )
        ]

    for language in ("en", "ro"):
        spoken = names(language, "document_add", application.pk, field="language")
        lands = names(
            language, "section_edit", application.pk, "award", field="issuer_country"
        )
        assert spoken == sorted(spoken, key=folded)
        assert lands == sorted(lands, key=folded)
        assert len(spoken) == 6


def clock_words(user, name, application):
    tree = html.fromstring(page(user, name, application.pk).content)
    (block,) = tree.xpath("//section[@aria-labelledby='clock-title']")
    return " ".join(block.text_content().split())


def test_clock_says_from_which_day_it_will_run(office):
    application = r.file(office)
    own = clock_words(office.radu, "own_application", application)
    bench = clock_words(office.oana, "application_detail", application)
    filing.withdraw_application(application=application, by=office.radu)
    gone = clock_words(office.radu, "own_application", application)
    waits = clock_words(office.radu, "own_application", incomplete(office))

    assert own == bench
    assert "runs from the day of filing if the file is complete as filed" in own
    assert "Decision expected by 2 Dec 2026 if nothing is missing." in own
    assert "It runs from the day the last missing item is settled." in waits
    assert "It never ran" in gone
    assert "Decision expected" not in gone + waits


def test_what_was_missing_is_said_as_past_once_it_came(office):
    application = incomplete(office)
    asked = words(page(office.radu, "own_application", application.pk))
    bench = words(page(office.oana, "application_detail", application.pk))
    for item in application.missing_items.all():
        filing.settle_item(
            item=item, stand="received", settled_on=clock.today(), by=office.oana
        )

    told = words(page(office.radu, "own_application", application.pk))

    assert "What is missing" in asked
    assert "What was missing" in told
    assert "What is missing" not in told
    for shown in (asked, told, bench):
        assert "if nothing is missing" not in shown
    assert "Syllabus: It states the outcomes" in bench

"""Filing from data: what is read, what is refused, and in which words."""

import json

import pytest
from django.core.exceptions import PermissionDenied

from qa.models import Case, User
from qa.services.people import SERVICE_ADDRESS, system_actor
from qa.transitions import TransitionRefused
from recognition.models import RecognitionApplication
from recognition.services.filed_data import DataRefused, file_from_data
from tests.factories import recognition as r

pytestmark = pytest.mark.django_db


def test_data_is_filed_as_it_stands(office):
    application = file_from_data(json.loads(json.dumps(r.data())), office.radu)

    credential = application.credential
    assert application.status == "submitted"
    assert application.purpose_target == "BSc Logistics, elective"
    assert credential.title == "Analítica de la cadena de suministro"
    assert credential.ects == 6
    assert credential.outcomes == ["Models a supply chain", "Forecasts demand"]
    assert application.case.documents.get().kind == "certificate"


def test_nobody_files_for_the_service(office):
    system_actor()
    applicant = r.data()["applicant"] | {"email": SERVICE_ADDRESS}

    with pytest.raises(TransitionRefused, match="Nobody applies from this address"):
        file_from_data(r.data(applicant=applicant), office.oana)


def test_officer_files_from_paper_for_somebody_new(office):
    applicant = {
        "given_name": "Zoe",
        "family_name": "Nouă",
        "email": "Zoe@Post.example",
        "birth_date": "1999-02-03",
    }

    application = file_from_data(r.data(applicant=applicant), office.oana)

    assert application.is_paper_file
    assert application.applicant.email == "zoe@post.example"
    assert not application.applicant.has_usable_password()
    assert str(application.credential.learner_birth_date) == "1999-02-03"


def test_only_the_applicant_or_an_officer_files(office):
    with pytest.raises(PermissionDenied):
        file_from_data(r.data(), office.ana)

    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"applicant": None}, "applicant: is missing"),
        (
            {"applicant": {"given_name": "A", "family_name": "B", "email": "no"}},
            "applicant, email: must be an e-mail address",
        ),
        (
            {"applicant": {"email": "a@b.example", "given_name": "A"}},
            "applicant, family_name: is missing",
        ),
        ({"title": 7}, "title: must be text"),
        ({"title": "x" * 241}, "title: has more than 240 characters"),
        ({"issuer_country": "Spain"}, "issuer_country: must be the two letters"),
        ({"issued_on": "30.06.2025"}, "issued_on: must be a day like 2025-06-30"),
        ({"issued_on": "2199-06-30"}, "issued_on: cannot lie in the future"),
        ({"ects": "six"}, "ects: must be a number"),
        ({"ects": "-1"}, "ects: must lie between 0 and 60"),
        ({"workload_hours": 1.5}, "workload_hours: must be a whole number"),
        ({"level_kind": "high"}, "level_kind: must be one of eqf, none, unknown"),
        ({"eqf_level": None}, "eqf_level: is given if and only if level_kind is eqf"),
        ({"outcomes": "one"}, "outcomes: must be a list of texts"),
        ({"assessment_types": ["duel"]}, "assessment_types: does not know duel"),
        ({"missing": ["seal"]}, "missing: does not know seal"),
        ({"isced_f": ["6"]}, "isced_f: does not know 6"),
        ({"esco_skills": ["weaving"]}, "esco_skills: does not know weaving"),
        ({"purpose": "fun"}, "purpose: must be one of credit"),
        ({"outcome_requested": "all"}, "outcome_requested: must be one of full"),
        ({"outcome_requested": "refused"}, "outcome_requested: nobody asks"),
        ({"fee": "later"}, "fee: must be one of due, paid, waived"),
        ({"verification_url": "luz"}, "verification_url: must be a web address"),
        ({"documents": "one"}, "documents: must be a list of objects"),
        (
            {"documents": [{"kind": "selfie", "title": ""}]},
            "documents 1, kind: must be one of certificate",
        ),
        ({"colour": "blue"}, "colour: is not known here"),
    ],
)
def test_wrong_data_is_refused_with_its_place(office, changes, sentence):
    with pytest.raises(DataRefused) as refusal:
        file_from_data(r.data(**changes), office.radu)

    assert any(found.startswith(sentence) for found in refusal.value.sentences)
    assert not RecognitionApplication.objects.exists()
    assert User.objects.filter(email="a@b.example").count() == 0


def test_every_fault_is_named_at_once(office):
    with pytest.raises(DataRefused) as refusal:
        file_from_data(r.data(title=7, ects="six", fee="later"), office.radu)

    assert len(refusal.value.sentences) == 3


def test_element_neither_stated_nor_missing_is_refused(office):
    with pytest.raises(TransitionRefused, match="eleven elements"):
        file_from_data(r.data(outcomes=[]), office.radu)

    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("element", "changes"),
    [
        ("learner", {"learner_family_name": ""}),
        ("title", {"title": ""}),
        ("issuer_country", {"issuer_country": ""}),
        ("awarding_body", {"awarding_body_name": ""}),
        ("issued_on", {"issued_on": None}),
        ("outcomes", {"outcomes": []}),
        ("workload", {"ects": None, "workload_hours": None}),
        ("level", {"level_kind": "unknown", "eqf_level": None}),
        ("assessment", {"assessment_types": []}),
        ("participation", {"participation_form": ""}),
        ("quality_assurance", {"qa_statement": ""}),
    ],
)
def test_any_element_may_be_missing_from_the_document(office, element, changes):
    application = file_from_data(r.data(missing=[element], **changes), office.radu)

    assert not application.credential.states(element)
    assert application.credential.unanswered() == []


def test_application_without_information_sheet_is_refused(office):
    with pytest.raises(TransitionRefused, match="information sheet"):
        file_from_data(r.data(information_sheet_accepted=False), office.radu)

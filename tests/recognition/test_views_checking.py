"""Pages of credential files: looking at one, adding one, results on a case."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from qa.models import Document, IscedField
from recognition.credentials import guarded
from recognition.models import CredentialCheck
from recognition.services import checking, filing
from recognition.services.filling import missing_in_file
from tests.credentials import made, made_seals
from tests.factories import recognition as r
from tests.recognition import files
from tests.recognition.pages import page, send, words

pytestmark = pytest.mark.usefixtures("stored")


def upload(content, name="credential.json"):
    return SimpleUploadedFile(name, content)


def look(user, content, name="credential.json"):
    return send(user, "credential_look", file=upload(content, name))


@pytest.fixture
def busy(monkeypatch):
    def refuse(*_args, **_named):
        raise guarded.Busy

    monkeypatch.setattr(guarded, "verify", refuse)


# A page of its own


@pytest.mark.parametrize("name", ["oana", "horia"])
def test_the_office_looks_at_a_file_and_nothing_is_stored(office, name):
    answer = look(office.people[name], files.sealed(), "sealed.json")

    told = words(answer)
    assert answer.status_code == 200
    assert "sealed.json" in told
    assert "Could not be verified" in told
    assert "could not check" in told
    assert "credentialSubject.hasClaim.specifiedBy.volumeOfLearning" in told
    assert "in the file: P2DT12H" in told
    assert "Propose the identifier" in told
    assert not CredentialCheck.objects.exists()
    assert not Document.objects.exists()


def test_a_verdict_says_by_whose_word(office):
    unknown = words(look(office.oana, files.content(files.badge())))
    files.confirmed(office, "did", made.did())
    known = words(look(office.oana, files.content(files.badge())))

    assert "the register of trust does not know" in unknown
    assert "knows the issuer: Universidad de la Luz" in known


@pytest.mark.parametrize(
    ("content", "verdict"),
    [
        (made.as_bytes(made.changed(made.sign(made.badge()))), "Not valid"),
        (b"hello", "Could not be read"),
        (made.as_bytes(made.sign(made.record([made.sign(made.badge())]))), "Verified"),
    ],
)
def test_each_verdict_has_its_word(office, content, verdict):
    answer = look(office.oana, content)

    assert verdict in words(answer)
    assert ("Inside the file, 1: Open Badges 3.0" in words(answer)) is (
        verdict == "Verified"
    )


def test_words_of_a_file_are_text_and_nothing_else(office):
    badge = made.badge()
    badge["credentialSubject"]["achievement"]["name"] = "<script>alert(1)</script>"

    answer = look(office.oana, files.content(badge))

    assert b"<script>alert" not in answer.content
    assert "<script>alert(1)</script>" in words(answer)


def test_no_file_and_too_large_a_file_are_told(office, monkeypatch):
    nothing = send(office.oana, "credential_look")
    monkeypatch.setattr("recognition.forms.credentials.LARGEST", 3)
    large = look(office.oana, b"hello")

    assert nothing.status_code == large.status_code == 422
    assert "Choose a file" in words(nothing)
    assert "10 MB at most" in words(large)


def test_a_busy_house_asks_to_come_back(office, busy):
    answer = look(office.oana, b"{}")

    assert answer.status_code == 422
    assert "in a minute" in words(answer)


def test_only_the_office_looks_at_files(office):
    assert look(office.radu, b"{}").status_code == 403
    assert page(office.mara, "credential_look").status_code == 403


# In the filing form


@pytest.fixture
def draft(office):
    return filing.open_application(applicant=office.radu, by=office.radu)


def test_applicants_file_fills_the_form_with_its_origin(office, draft):
    offered = words(page(office.radu, "own_application", draft.pk))
    sent = send(
        office.radu, "credential_add", draft.pk, file=upload(files.sealed(), "c.json")
    )
    told = words(page(office.radu, "own_application", draft.pk))
    award = page(office.radu, "section_edit", draft.pk, "award")

    assert "Add your credential file" in offered
    assert sent.status_code == 302
    assert "Your credential file" in told
    assert award.context["form"]["title"].value() == "Data ethics"
    assert "Taken from your credential file." in words(award)
    assert "credentialSubject" not in words(award)


def test_the_office_reads_where_in_the_file_a_value_stands(office):
    paper = filing.open_application(applicant=office.radu, by=office.oana)
    send(office.oana, "credential_add", paper.pk, file=upload(files.sealed(), "c.json"))

    award = words(page(office.oana, "section_edit", paper.pk, "award"))

    told = "Taken from your credential file (credentialSubject.hasClaim.title)."
    assert told in award


def test_fields_of_study_and_skills_come_from_the_file(office, draft):
    skill = "http://data.europa.eu/esco/skill/1"
    IscedField.objects.update_or_create(
        code="0613", defaults={"name_ro": "Programe", "name_en": "Software"}
    )
    credential = made_seals.european()
    specified = credential["credentialSubject"]["hasClaim"]["specifiedBy"]
    specified["thematicArea"] = {"id": "http://data.europa.eu/snb/isced-f/0613"}
    specified["learningOutcome"][0]["relatedESCOSkill"] = {"id": skill}
    file = upload(files.content(made_seals.sealed(credential)))

    send(office.radu, "credential_add", draft.pk, file=file)

    form = page(office.radu, "section_edit", draft.pk, "learning").context["form"]
    shown = words(page(office.radu, "submit", draft.pk))
    assert form["isced_f"].value() == "0613"
    assert form["esco_skills"].value() == skill
    assert "0613 Software (from the file)" in shown
    assert f"{skill} (from the file)" in shown


def test_what_the_applicant_corrects_stands_beside_what_the_file_says(office, draft):
    send(office.radu, "credential_add", draft.pk, file=upload(files.sealed()))
    corrected = {"ects": "3", "level_kind": "eqf", "eqf_level": "7"}
    send(office.radu, "section_edit", draft.pk, "learning", **corrected)

    learning = words(page(office.radu, "section_edit", draft.pk, "learning"))

    draft.credential.refresh_from_db()
    assert (draft.credential.ects, draft.credential.eqf_level) == (3, 7)
    assert "Your credential file says “2.5”." in learning
    assert "Your credential file says “6”." in learning
    assert "credentialSubject" not in learning


def test_criteria_are_said_to_be_criteria_and_outcomes_are_asked_for(office, draft):
    badge = made.badge()
    badge["credentialSubject"]["achievement"]["criteria"] = {"narrative": "Project"}
    add(office, draft, made.sign(badge))

    learning = page(office.radu, "section_edit", draft.pk, "learning")
    told = words(page(office.radu, "submit", draft.pk))

    assert learning.context["form"]["outcomes"].value() == "Project"
    assert "check whether these are the learning outcomes" in words(learning)
    assert "Project (from the criteria in the file; check whether" in told
    assert "Learning outcomes" in [one["what"] for one in missing_in_file(draft)]


def test_the_office_sees_which_values_come_from_the_file(office, draft):
    send(office.radu, "credential_add", draft.pk, file=upload(files.sealed()))
    filing.save_credential(application=draft, credential={"ects": 3}, by=office.radu)

    told = words(page(office.radu, "submit", draft.pk))

    assert "Data ethics (from the file)" in told
    assert "(the file says: 2.5)" in told


def test_a_file_that_says_nothing_is_added_all_the_same(office, draft):
    send(office.radu, "credential_add", draft.pk, file=upload(b"{}", "odd.json"))

    told = words(page(office.radu, "own_application", draft.pk))

    assert "Could not be read" in told
    assert draft.credential_checks.count() == 1


@pytest.mark.parametrize("name", ["card.exe", "card"])
def test_a_file_of_another_kind_is_refused_at_its_field(office, draft, name):
    answer = send(office.radu, "credential_add", draft.pk, file=upload(b"x", name))

    assert answer.status_code == 422
    assert "Send a PDF" in words(answer)
    assert not draft.case.documents.exists()


def test_a_filed_application_takes_its_file_among_the_documents(office):
    application = r.file(office)

    assert page(office.radu, "credential_add", application.pk).status_code == 404
    send(
        office.radu,
        "document_add",
        application.pk,
        kind="certificate",
        title="Badge",
        file=upload(files.content(files.badge()), "badge.json"),
    )

    assert application.credential_checks.get().verdict == "verified"


def test_a_busy_house_loses_no_document(office, busy):
    application = r.file(office)

    send(
        office.radu,
        "document_add",
        application.pk,
        kind="certificate",
        title="Badge",
        file=upload(files.content(files.badge()), "badge.json"),
    )

    assert application.case.documents.filter(title="Badge").exists()
    assert not application.credential_checks.exists()


@pytest.mark.parametrize("person", ["oana", "ana", "stranger"])
def test_a_draft_takes_no_file_from_others(office, draft, person):
    user = office.people.get(person) or r.person(person)

    assert page(user, "credential_add", draft.pk).status_code == 404


# On a case


@pytest.fixture
def filed(office):
    application = r.at(
        office, "submitted", missing=["quality_assurance"], qa_statement=""
    )
    check = checking.add_credential_file(
        application=application,
        content=files.sealed(),
        filename="credential.json",
        by=office.radu,
    )
    return application, check


def test_the_workbench_shows_the_lines_of_a_file(office, filed):
    application, _check = filed

    told = words(page(office.oana, "application_detail", application.pk))

    assert "Credential files" in told
    assert "Read as a European Digital Credential." in told
    assert "leads to none of the known anchors" in told
    assert "checked 2 Nov 2026, 10:00 (file added by Radu Dunăreanu)" in told
    assert "verified 2 Nov" not in told
    assert "no officer has recorded a verification yet" in told


def test_an_officer_verifies_again_and_the_old_result_stays(office, filed):
    application, check = filed
    files.anchored(office)

    sent = send(office.oana, "document_check", application.pk, check.document_id)
    new = application.credential_checks.last()
    first = words(page(office.radu, "credential_check", application.pk, check.pk))
    told = words(page(office.oana, "credential_check", application.pk, new.pk))
    bench = words(page(office.oana, "application_detail", application.pk))

    assert sent.url == f"/recognition/cases/{application.pk}/checks/{new.pk}/"
    assert "Checked 2 Nov 2026, 10:00 (file added by Radu Dunăreanu); this" in first
    assert "Checked 2 Nov 2026, 10:00 (asked for by Oana Dunăreanu); this" in told
    assert "frozen with the case" in told
    assert "Other results of this file" in told
    assert "Verified" in told
    assert "Earlier results" in bench


@pytest.mark.parametrize(
    ("person", "status"),
    [
        *(("radu", 200), ("oana", 200), ("horia", 200), ("mara", 200)),
        *(("ana", 404), ("carmen", 404), ("stranger", 404)),
    ],
)
def test_who_reads_a_result(office, filed, person, status):
    application, check = filed
    user = office.people.get(person) or r.person(person)

    answer = page(user, "credential_check", application.pk, check.pk)

    assert answer.status_code == status


@pytest.mark.parametrize(
    ("person", "status"),
    [("radu", 403), ("mara", 403), ("ana", 404), ("stranger", 404)],
)
def test_who_may_not_verify_again(office, filed, person, status):
    application, check = filed
    user = office.people.get(person) or r.person(person)

    answer = send(user, "document_check", application.pk, check.document_id)

    assert answer.status_code == status
    assert application.credential_checks.count() == 1


def test_applicant_is_offered_no_entry_of_the_register(office, filed):
    application, check = filed

    told = words(page(office.radu, "credential_check", application.pk, check.pk))

    assert "Propose" not in told
    assert "Verify it again" not in told
    assert "Back to the application" in told


def test_a_document_of_another_case_is_not_found(office, filed):
    _application, check = filed
    other = r.file(office)

    assert page(office.oana, "credential_check", other.pk, check.pk).status_code == 404
    sent = send(office.oana, "document_check", other.pk, check.document_id)
    assert sent.status_code == 404


def test_a_document_that_was_not_verified_can_be(office, filed, busy):
    application, _check = filed
    send(
        office.radu,
        "document_add",
        application.pk,
        kind="transcript",
        title="Record",
        file=upload(made.as_bytes(files.badge()), "record.json"),
    )

    assert "Verify the file: Record" in words(
        page(office.oana, "application_detail", application.pk)
    )


def test_what_no_file_states_is_proposed_to_be_asked(office, filed):
    application, _check = filed

    asked = page(office.oana, "missing_items", application.pk)

    initial = asked.context["forms"].initial
    assert [one["what"] for one in initial] == [
        "Type of assessment",
        "Form of participation",
        "Type of quality assurance",
    ]
    assert initial[0]["why"].startswith("The application states it")
    assert "neither the credential file nor the application" in initial[2]["why"]
    assert "The first lines are proposed" in words(asked)
    bench = words(page(office.oana, "application_detail", application.pk))
    assert "does not state: Type of assessment, Form of participation" in bench


def test_proposed_lines_can_be_sent_or_cleared(office, filed):
    application, _check = filed
    management = {"form-TOTAL_FORMS": "4", "form-INITIAL_FORMS": "1"}

    send(
        office.oana,
        "missing_items",
        application.pk,
        **management,
        **{"form-0-what": "", "form-0-why": ""},
        **{"form-1-what": "Syllabus", "form-1-why": "It states the outcomes"},
    )

    assert [item.what for item in application.missing_items.all()] == ["Syllabus"]


def test_without_a_file_nothing_is_proposed(office):
    application = r.at(office, "submitted", missing=["quality_assurance"])

    asked = page(office.oana, "missing_items", application.pk)

    assert not asked.context["forms"].initial


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"%PDF-1.7 torn", "award.pdf"), (b"<svg", "badge.svg")],
)
def test_a_file_without_a_credential_proposes_nothing(office, content, name):
    application = r.at(office, "submitted", missing=["quality_assurance"])
    checking.add_credential_file(
        application=application, content=content, filename=name, by=office.radu
    )

    asked = page(office.oana, "missing_items", application.pk)

    assert not asked.context["forms"].initial
    assert "are proposed" not in words(asked)
    bench = words(page(office.oana, "application_detail", application.pk))
    assert "The file does not state" not in bench


def test_proposed_lines_say_their_language(office, filed):
    application, _check = filed
    application.applicant.language = "ro"
    application.applicant.save()

    asked = page(office.oana, "missing_items", application.pk)

    assert "in the applicant's language, Romanian" in words(asked)
    lines = html.fromstring(asked.content)
    assert lines.get_element_by_id("id_form-0-what").get("lang") == "ro"
    assert lines.get_element_by_id("id_form-0-why").get("lang") == "ro"
    assert lines.get_element_by_id("id_form-3-what").get("lang") is None


def test_a_file_that_verifies_is_offered_as_what_was_seen(office):
    files.anchored(office)
    application = r.at(office, "verifying")
    before = page(office.oana, "office_act", application.pk, "verification")
    checking.add_credential_file(
        application=application,
        content=files.sealed(),
        filename="credential.json",
        by=office.radu,
    )

    form = page(office.oana, "office_act", application.pk, "verification").context[
        "form"
    ]

    assert "result" not in before.context["form"].initial
    assert form.initial["result"] == "verified_digital_seal"
    assert "leads to a known anchor" in form.initial["evidence"]


def told_of_the_learner(office, application):
    """Which pages of the office ask whether learner and applicant are one person."""
    pages = {
        "case": page(office.oana, "application_detail", application.pk),
        "verification": page(office.oana, "office_act", application.pk, "verification"),
        "proposal": page(office.ana, "proposal_edit", application.pk),
    }
    return [n for n, one in pages.items() if "are the same person" in words(one)]


def test_another_learner_than_the_applicant_is_said_to_the_office(office):
    application = r.at(office, "comparing", learner_given_name="Ada")
    own = words(page(office.radu, "own_application", application.pk))

    assert told_of_the_learner(office, application) == [
        "case",
        "verification",
        "proposal",
    ]
    assert "the same person" not in own
    bench = words(page(office.oana, "application_detail", application.pk))
    assert "names Ada Dunăreanu; the applicant is Radu Dunăreanu." in bench


def test_the_same_learner_is_not_remarked_on(office):
    application = r.at(office, "comparing")

    assert not told_of_the_learner(office, application)


def made_out_to_ada():
    badge = made.badge()
    badge["credentialSubject"]["identifier"] = [
        {
            "type": "IdentityObject",
            "hashed": False,
            "identityHash": "ada@uvd.example",
            "identityType": "emailAddress",
        }
    ]
    return badge


def add(office, application, badge):
    return checking.add_credential_file(
        application=application,
        content=files.content(badge),
        filename="badge.json",
        by=office.radu,
    )


def test_a_file_made_out_to_somebody_else_is_remarked_on(office):
    application = r.at(office, "comparing")
    add(office, application, made.sign(made_out_to_ada()))

    assert len(told_of_the_learner(office, application)) == 3


@pytest.mark.parametrize(
    ("signed", "lead"),
    [
        (True, "The file itself holds, but"),
        (False, "Nothing speaks against the file itself, but"),
    ],
)
def test_headline_says_what_fails_beside_the_file(office, draft, signed, lead):
    badge = made_out_to_ada()
    check = add(office, draft, made.sign(badge) if signed else badge)

    told = words(page(office.radu, "credential_check", draft.pk, check.pk))
    own = words(page(office.radu, "own_application", draft.pk))

    assert f"{lead} it names another recipient than the applicant: see below." in told
    assert "Nothing speaks against the file," not in told
    assert "The file names another recipient than you." in own


def test_headline_says_that_quality_assurance_fails(office, draft):
    files.confirmed(office, "did", made.did())
    badge = files.badge(awardedDate="2001-01-15T09:00:00Z")
    check = add(office, draft, badge)

    told = words(page(office.radu, "credential_check", draft.pk, check.pk))
    own = words(page(office.radu, "own_application", draft.pk))

    assert "holds, but no known quality assurance covers the award: see below." in told
    assert "another recipient" not in own

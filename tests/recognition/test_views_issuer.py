"""The officer's page on issuer and awarding body, named or not."""

import pytest

from qa.transitions import TransitionRefused
from recognition.views.office_acts import ACTS
from tests.factories import recognition as r
from tests.recognition.pages import fill_in, page, send, words
from tests.recognition.test_views_office import do

pytestmark = pytest.mark.django_db
FOUND = {
    "issuer_status": "recognised_hei",
    "awarding_body_status": "recognised_hei",
    "provision_scope": "covered",
    "basis": "Register",
}


def test_officer_names_the_issuer_that_the_document_does_not_name(office):
    application = r.at(office, "complete", issuer_name="")

    refused = send(office.oana, "office_act", application.pk, "issuer", **FOUND)
    both = send(
        office.oana,
        "office_act",
        application.pk,
        "issuer",
        **FOUND,
        issuer_name="Luz",
        issuer_is_named_nowhere="on",
    )
    verifying = do(
        office.oana,
        application,
        "issuer",
        **FOUND,
        issuer_name="Universidad Luz",
        awarding_body_name="Junta",
    )

    assert refused.status_code == both.status_code == 422
    assert "Name the issuer" in words(refused)
    assert "Choose from the list, write a name" in words(both)
    assert verifying.status == "verifying"
    shown = words(page(office.oana, "application_detail", application.pk))
    assert "Universidad Luz (found by the office)" in shown
    assert "found by the office; stated: Universidad de la Luz" in shown
    again = fill_in(page(office.oana, "office_act", application.pk, "issuer"))
    assert again["issuer_name"] == "Universidad Luz"


def test_officer_says_that_the_issuer_is_named_nowhere(office):
    application = r.at(office, "complete", issuer_name="")

    named_nowhere = do(
        office.oana, application, "issuer", **FOUND, issuer_is_named_nowhere="on"
    )

    shown = words(page(office.oana, "application_detail", application.pk))
    assert named_nowhere.status == "verifying"
    assert "the office found it named nowhere" in shown


def test_judging_the_issuer_and_going_on_are_one_act(office):
    application = r.at(office, "complete")
    r.verifying(office, r.again(application))
    findings = FOUND | {"issuer": None, "awarding_body": None, "basis": "Other"}

    with pytest.raises(TransitionRefused, match="no longer possible"):
        ACTS["issuer"].do(application, findings, office.oana)

    assert r.again(application).credential.status_basis != "Other"

"""The office's pages: the whole way of an application, and whose acts they are."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from qa import clock
from tests.factories import recognition as r
from tests.recognition.pages import fill_in, page, send, words
from tests.recognition.stories import conflicted, later

pytestmark = pytest.mark.django_db


# The office's side: the whole way through its pages


def do(user, application, act, **said):
    """Open the page of an act, then do it."""
    shown = page(user, "office_act", application.pk, act)
    assert shown.status_code == 200
    response = send(user, "office_act", application.pk, act, **said)
    assert response.status_code == 302, words(response)
    return r.again(application)


def test_officer_leads_an_application_through_the_pages(office):
    application = r.at(office, "submitted")
    send(office.oana, "declare_complete", application.pk)
    do(
        office.oana,
        application,
        "issuer",
        issuer_status="recognised_hei",
        awarding_body_status="recognised_hei",
        provision_scope="covered",
        basis="Register",
    )
    do(
        office.oana,
        application,
        "verification",
        method="registry",
        result="verified_by_registry",
        evidence="Found",
        checked_on="2026-11-02",
    )
    do(office.oana, application, "track", track="standard", reason="Formal award")
    do(office.horia, application, "assessor", assessor=office.ana.pk)
    do(office.ana, application, "conflict", declared="none")
    do(office.ana, application, "requirement", **r.requirement())
    for key in r.requirement():
        assert page(office.ana, "row_edit", application.pk, key).status_code == 200
        send(
            office.ana,
            "row_edit",
            application.pk,
            key,
            credential_value="Same",
            difference="none",
        )
    assert page(office.ana, "proposal_edit", application.pk).status_code == 200
    send(
        office.ana,
        "proposal_edit",
        application.pk,
        **management("component"),
        **management("condition"),
        **r.TERMS["full"],
        reasons="The grid shows it.",
    )
    send(office.ana, "propose", application.pk)
    on_agenda = do(
        office.mara,
        application,
        "agenda",
        committee=office.committee.pk,
        meeting_on="2026-11-02",
        item="3",
    )

    assert on_agenda.status == "in_committee"


def management(prefix, **rows):
    return {
        f"{prefix}-TOTAL_FORMS": "0",
        f"{prefix}-INITIAL_FORMS": "0",
        **{f"{prefix}-{name}": value for name, value in rows.items()},
    }


# Said where parts or conditions are not those proposed.
DEPARTING = {
    "departure_reasons_ro": "Comisia vede altfel",
    "departure_reasons_en": "The committee sees it otherwise",
}


def decision(office, outcome="full", **changes):
    return {
        **management("component"),
        **management("condition"),
        **{k: v for k, v in r.TERMS[outcome].items() if v is not None},
        **{f"cast_{pk}": cast for pk, cast in r.casts(office).items()},
        f"cast_{office.ana.pk}": "recused",
        "reasons_ro": "Motivare",
        "reasons_en": "Reasons",
        "comparison_ro": "Rezumat",
        "comparison_en": "Summary",
        "articles": ["LRC V.1"],
        "remedy_body": office.appeals.pk,
        "remedy_ro": "Scris",
        "remedy_en": "In writing",
        "remedy_days": 30,
        "signatory": office.carmen.pk,
    } | changes


def test_decision_is_checked_word_for_word_then_signed(office):
    application = r.at(office, "in_committee")
    form = page(office.mara, "decision_record", application.pk)
    assert "Recused" in form.text
    assert "quorum 3" in words(form)

    checked = send(
        office.mara, "decision_record", application.pk, **decision(office), check="1"
    )
    told = words(checked)
    assert "Check and sign" in told
    assert "Recognition committee · 2 Nov 2026 · item 3" in told
    assert "30 days" in told
    votes = html.fromstring(checked.content).xpath("//h3/following-sibling::dl[1]")
    assert "Carmen Dunăreanu" in votes[0].xpath("./dt[1]/text()")
    said = votes[0].xpath("./dd/text()")
    assert (said.count("For"), said.count("Recused")) == (4, 1)
    assert r.again(application).status == "in_committee"

    signed = send(
        office.mara,
        "decision_record",
        application.pk,
        **(fill_in(checked) | {"articles": ["LRC V.1"]}),
        sign="1",
    )
    assert signed.status_code == 302
    decided = r.again(application)
    assert (decided.status, decided.resolution.decision.act_number) == (
        "decided",
        "1/2026",
    )


def test_only_articles_of_the_instrument_are_offered_and_taken(office):
    application = r.at(
        office, "in_committee", issuer_country="US", awarding_body_country="US"
    )
    form = page(office.mara, "decision_record", application.pk)
    assert "OM 3223/2012" in form.text
    assert "LRC V.1" not in form.text

    refused = send(
        office.mara, "decision_record", application.pk, **decision(office), check="1"
    )

    assert refused.status_code == 422
    assert "does not govern this case" in words(refused)


def test_votes_are_counted_before_anything_is_signed(office):
    application = r.at(office, "in_committee")
    said = decision(office) | {f"cast_{office.cezar.pk}": "against"}
    client = Client(headers={"HX-Request": "true"})
    client.force_login(office.mara)

    plain = send(office.mara, "decision_record", application.pk, **said, count="1")
    partial = client.post(
        reverse("recognition:decision_record", args=[application.pk]),
        said | {"count": "1"},
    )

    assert plain.status_code == 200
    assert "For 3 · Against 1" in words(plain)
    assert partial.text.startswith('<span id="tally"')
    assert "For 3 · Against 1" in partial.text
    assert not application.case.decisions.exists()


def test_member_without_a_vote_is_named(office):
    application = r.at(office, "in_committee")
    said = decision(office)
    said.pop(f"cast_{office.cezar.pk}")

    response = send(office.mara, "decision_record", application.pk, **said, check="1")

    assert response.status_code == 422
    assert "Say how this member voted." in words(response)


def test_going_back_from_the_check_keeps_what_was_typed(office):
    application = r.at(office, "in_committee")

    response = send(
        office.mara, "decision_record", application.pk, **decision(office), back="1"
    )

    assert "Motivare" in response.text
    assert "Check before signing" in words(response)


def test_refusal_without_demonstration_is_refused_on_the_form(office):
    application = r.at(office, "in_committee", outcome="refused")

    response = send(
        office.mara,
        "decision_record",
        application.pk,
        **decision(
            office,
            "refused",
            alternatives_considered_ro="",
            alternatives_considered_en="",
        ),
        check="1",
    )

    assert response.status_code == 422
    errors = response.context["form"].errors
    assert errors == {
        "alternatives_considered_ro": ["A refusal needs this."],
        "alternatives_considered_en": ["A refusal needs this."],
    }
    assert not application.case.decisions.exists()


def test_partial_decision_takes_its_components(office):
    application = r.at(office, "in_committee", outcome="partial")
    said = decision(office, "partial") | {
        "component-TOTAL_FORMS": "2",
        "component-0-title": "Modelling",
        "component-0-ects": "3",
        "component-1-title": "Optimisation",
        "component-1-ects": "1",
    }

    refused = send(office.mara, "decision_record", application.pk, **said, sign="1")
    said |= DEPARTING
    send(office.mara, "decision_record", application.pk, **said, sign="1")

    assert "departs from the assessor's proposal" in words(refused)
    assert r.again(application).resolution.components.count() == 2


def test_conditional_decision_binds_the_applicant(office):
    application = r.at(office, "in_committee", outcome="conditional")
    shown = page(office.mara, "decision_record", application.pk)
    assert "Pass the difference exam." in shown.text
    said = decision(office, "conditional") | {
        "condition-TOTAL_FORMS": "1",
        "condition-0-kind": "difference_exam",
        "condition-0-text_ro": "Examen",
        "condition-0-text_en": "Exam",
        "condition-0-evidence_required_ro": "Catalog",
        "condition-0-evidence_required_en": "Record",
        "condition-0-consequence_ro": "Încetează",
        "condition-0-consequence_en": "Ends",
        "condition-0-deadline": "2027-05-01",
    }

    send(office.mara, "decision_record", application.pk, **said, **DEPARTING, sign="1")

    condition = r.again(application).resolution.decision.conditions.get()
    assert (condition.owner, condition.status) == (office.radu, "open")


def test_half_written_condition_says_what_it_needs(office):
    application = r.at(office, "in_committee", outcome="conditional")
    said = decision(office, "conditional") | {
        "condition-TOTAL_FORMS": "1",
        "condition-0-kind": "difference_exam",
    }

    response = send(office.mara, "decision_record", application.pk, **said, check="1")

    assert response.status_code == 422
    assert "A condition needs this." in words(response)


def test_letter_is_previewed_in_both_languages_then_delivered(office):
    application = r.at(office, "decided", outcome="partial")
    preview = words(page(office.oana, "letter_preview", application.pk))
    assert "Promovarea modulului lipsă." in preview
    assert "Pass the missing module." in preview
    r.letter(office, application)

    notified = do(
        office.oana,
        application,
        "notify",
        delivered_on="2026-11-02",
        delivery="email",
        proof="Receipt",
    )

    assert notified.status == "notified"


@pytest.mark.parametrize("delivered_on", ["2026-11-03", "2199-12-31"])
def test_letter_is_not_delivered_on_a_day_to_come(office, delivered_on):
    application = r.at(office, "decided")
    r.letter(office, application)

    response = send(
        office.oana,
        "office_act",
        application.pk,
        "notify",
        delivered_on=delivered_on,
        delivery="email",
        proof="Receipt",
    )

    assert response.status_code == 422
    assert "A delivery cannot lie in the future." in words(response)
    assert r.again(application).status == "decided"


def test_letter_without_decision_is_not_there(office):
    application = r.at(office, "comparing")

    assert page(office.oana, "letter_preview", application.pk).status_code == 404


def test_officer_asks_records_the_reply_and_goes_on(office):
    application = r.at(office, "verifying")
    do(
        office.oana,
        application,
        "question",
        addressee="issuer",
        question="Is it genuine?",
        why="Doubt",
    )
    do(office.oana, application, "reply", answer="Yes", arrived_on="2026-11-02")
    send(office.oana, "resume", application.pk)

    assert r.again(application).status == "verifying"
    shown = words(page(office.horia, "application_detail", application.pk))
    assert "Agree to another question" in shown
    do(office.horia, application, "further", reason="Second doubt")
    assert r.again(application).further_request_by == office.horia


def test_missing_items_are_listed_with_why_and_settled(office):
    application = r.at(office, "submitted")
    assert page(office.oana, "missing_items", application.pk).status_code == 200
    said = {
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "0",
        "form-0-what": "Syllabus",
        "form-0-why": "Outcomes",
        "form-1-what": "",
    }
    without_why = send(
        office.oana, "missing_items", application.pk, **(said | {"form-0-why": ""})
    )
    assert without_why.status_code == 422
    without_what = send(
        office.oana, "missing_items", application.pk, **(said | {"form-1-why": "Kept"})
    )
    assert without_what.status_code == 422
    assert "Say what is missing" in words(without_what)
    assert "Kept" in without_what.text
    assert not application.missing_items.exists()

    send(office.oana, "missing_items", application.pk, **said)
    item = application.missing_items.get()
    send(
        office.oana,
        "item_settle",
        application.pk,
        item.pk,
        stand="received",
        settled_on="2026-11-02",
    )
    send(office.oana, "declare_complete", application.pk)

    assert r.again(application).status == "complete"


def test_declared_conflict_is_ruled_on(office):
    application = conflicted(office)
    shown = words(page(office.horia, "office_act", application.pk, "ruling"))

    do(office.horia, application, "ruling", cleared="no", reasons="Too close")

    assert "A paper in 2024" in shown
    assert r.again(application).assessor is None


def test_named_assessor_declares_before_anything_is_read(office):
    application = r.at(office, "comparing")
    do(office.horia, application, "assessor", assessor=office.anca.pk)
    opened = page(office.anca, "application_detail", application.pk)

    for name, *args in (("row_edit", "level"), ("proposal_edit",)):
        assert page(office.anca, name, application.pk, *args).status_code == 404
    do(
        office.anca,
        application,
        "conflict",
        declared="may_be",
        conflicts=["co_authorship"],
        text="A paper in 2024",
    )
    waiting = page(office.anca, "application_detail", application.pk)

    for shown in (opened, waiting):
        assert "declares conflicts of interest first" in words(shown)
        assert "National register" not in words(shown)
    assert "/acts/conflict/" in opened.text
    assert "/acts/conflict/" not in waiting.text
    assert page(office.anca, "row_edit", application.pk, "level").status_code == 404


def test_no_conflict_is_not_declared_by_an_empty_form(office):
    application = r.at(office, "comparing")
    do(office.horia, application, "assessor", assessor=office.anca.pk)

    response = send(office.anca, "office_act", application.pk, "conflict", text="")

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"declared"}
    assert r.again(application).assessor.declaration == "pending"


def test_assessor_free_of_conflict_opens_the_file(office):
    application = r.at(office, "comparing")
    do(office.horia, application, "assessor", assessor=office.anca.pk)

    do(office.anca, application, "conflict", declared="none")

    opened = page(office.anca, "application_detail", application.pk)
    assert "National register" in words(opened)


def test_appeal_is_registered_and_shown(office):
    application = r.at(office, "notified")

    do(office.oana, application, "appeal", arrived_on="2026-11-02", text="No")

    shown = words(page(office.oana, "application_detail", application.pk))
    assert "An appeal arrived" in shown


def test_delay_is_offered_only_once_the_limit_passed(office):
    application = r.at(office, "complete")
    before = words(page(office.oana, "application_detail", application.pk))
    with later(121):
        do(
            office.oana,
            application,
            "delay",
            reason="Illness",
            expected_on="2027-04-01",
        )
        own = words(page(office.radu, "own_application", application.pk))

    assert "Tell the applicant of the delay" not in before
    assert "Illness" in own
    assert "may complain in writing to the recognition office" in own


def test_fee_is_recorded_by_the_office(office):
    application = do(
        office.oana, r.at(office, "complete"), "fee", fee="waived", remark="Refugee"
    )

    assert application.fee == "waived"


def test_act_of_another_state_is_not_there(office):
    application = r.at(office, "submitted")

    assert page(office.oana, "office_act", application.pk, "track").status_code == 404
    assert page(office.oana, "office_act", application.pk, "dance").status_code == 404


@pytest.mark.parametrize(
    ("status", "name", "act"),
    [
        ("verifying", "horia", "track"),
        ("tracked", "oana", "assessor"),
        ("proposed", "oana", "agenda"),
        ("decided", "mara", "notify"),
    ],
)
def test_act_of_somebody_else_is_forbidden(office, status, name, act):
    application = r.at(office, status)

    response = page(office.people[name], "office_act", application.pk, act)

    assert response.status_code == 403


def test_others_do_not_compare_or_decide(office):
    application = r.at(office, "comparing")
    assert page(office.oana, "row_edit", application.pk, "level").status_code == 403
    assert page(office.oana, "proposal_edit", application.pk).status_code == 403
    assert page(office.ana, "row_edit", application.pk, "colour").status_code == 404
    assert page(office.mara, "decision_record", application.pk).status_code == 404
    assert page(office.oana, "decision_record", application.pk).status_code == 403
    assert page(office.horia, "missing_items", application.pk).status_code == 403


def test_substantial_difference_without_its_fields_stays_on_the_page(office):
    application = r.at(office, "comparing")

    response = send(
        office.ana,
        "row_edit",
        application.pk,
        "outcomes",
        credential_value="Not assessed",
        difference="substantial",
        evidence="Syllabus, page 2",
    )

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {
        "essential_requirement",
        "why_it_matters",
    }
    assert fill_in(response)["evidence"].strip() == "Syllabus, page 2"
    assert fill_in(response)["difference"] == "substantial"
    assert not application.rows.exclude(difference="").exists()


def test_row_goes_on_to_the_next(office):
    application = r.at(office, "comparing")

    response = send(
        office.ana,
        "row_edit",
        application.pk,
        "level",
        credential_value="EQF 6",
        difference="none",
        next="",
    )

    assert response.url.endswith("/grid/workload/")


def test_an_act_that_would_refuse_gives_way_to_what_is_missing(office):
    application = r.at(office, "verifying")
    detail = page(office.oana, "application_detail", application.pk)
    asked = page(office.oana, "office_act", application.pk, "track")
    wrong = send(office.oana, "office_act", application.pk, "track", track="")

    verification = reverse(
        "recognition:office_act", args=[application.pk, "verification"]
    )
    record = '<a class="button" href="%s">Record a verification</a>'
    missing = "Record at least one verification with its result and evidence."
    assert record % verification in " ".join(detail.text.split())
    assert f'<a href="{verification}">{missing}</a>' in asked.text
    assert "<form" not in asked.text.partition("<main")[2].partition("</main")[0]
    assert "button button-second" in wrong.text


def test_the_days_of_an_act_and_of_its_clock_are_told_apart(office):
    application = r.at(office, "submitted")
    with clock.at(r.MORNING + timedelta(days=3)):
        r.complete(office, application)
        read = words(page(office.oana, "application_detail", application.pk))
        own = words(page(office.radu, "own_application", application.pk))

    told = (
        "The file was found complete on 5 Nov 2026; the clock runs from 2 Nov 2026, "
        "the day of filing."
    )
    assert told in read
    assert told in own
    assert "5 Nov 2026; the clock runs from 2 Nov 2026" in own
    assert "found complete, the clock runs from 2 Nov 2026" in read

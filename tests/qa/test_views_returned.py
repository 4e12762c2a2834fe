"""A proposal that came back for completion, and the reasons read beside its checks."""

import pytest
from django.urls import reverse
from lxml import html

from fixtures.demo.accreditation import OfferStory
from qa.enums import Role
from qa.models import Justification, ReturnItem
from tests.stages import story

pytestmark = pytest.mark.django_db
REASON = "The exam is sat at home, and the grade rests on the project."


@pytest.fixture
def submitted(university, settings) -> OfferStory:
    settings.ATESTA_DEMO = True
    it = story("LIT-JUR", "Povestea întoarcerii").propose().write()
    Justification.objects.update_or_create(
        version=it.version, check_code="DC-13", defaults={"text": REASON}
    )
    return it.wait(3).sign()


@pytest.fixture
def returned(submitted: OfferStory) -> OfferStory:
    return submitted.submit().wait(3).return_once()


def opened(client, it: OfferStory, user, name: str, **posted):
    user.language = "en"
    user.save()
    client.force_login(user)
    address = reverse(f"qa:{name}", args=[it.procedure.pk])
    with it.now(14):
        return client.post(address, posted) if posted else client.get(address)


def words(answer) -> str:
    main = html.fromstring(answer.content).find(".//main")
    return " ".join(main.text_content().split())


def primary(answer) -> list[str]:
    """The words of the primary buttons of a page."""
    tree = html.fromstring(answer.content)
    return [
        " ".join(b.text_content().split()) for b in tree.xpath("//*[@class='button']")
    ]


def test_going_on_is_what_a_returned_proposal_asks_for(client, returned):
    answer = opened(client, returned, returned.coordinator, "procedure_detail")

    assert primary(answer) == ["Go on writing the proposal"]
    assert "Ask for the signature" not in words(answer)

    returned.complete()
    answer = opened(client, returned, returned.coordinator, "procedure_detail")
    assert primary(answer) == ["Ask for the signature"]


@pytest.mark.parametrize("page", ["proposal_submit", "proposal_sign_off"])
def test_what_was_asked_and_what_changed_stand_where_it_is_signed_again(
    client, returned, page
):
    head = returned.holder(Role.HEAD_OF_DEPARTMENT, returned.unit)
    reader = head if page == "proposal_sign_off" else returned.coordinator
    (asked, *_more) = ReturnItem.objects.filter(procedure=returned.procedure)
    before = words(opened(client, returned, reader, page))
    returned.complete()

    answer = opened(client, returned, reader, page)

    told = words(answer)
    assert "No section was changed." in before
    assert asked.what in told
    assert f"Why it is needed: {asked.why}" in told
    assert "What was changed since version 1, which was returned" in told
    assert "No section was changed." not in told
    compare = reverse("qa:version_compare", args=[returned.procedure.pk, 1])
    assert compare in answer.content.decode()


@pytest.mark.parametrize("page", ["proposal_submit", "proposal_sign_off"])
def test_a_first_submission_says_nothing_of_a_return(client, submitted, page):
    head = submitted.holder(Role.HEAD_OF_DEPARTMENT, submitted.unit)
    reader = head if page == "proposal_sign_off" else submitted.coordinator
    told = words(opened(client, submitted, reader, page))

    assert "What was asked for" not in told
    assert "which was returned" not in told


def test_reasons_stand_beside_what_the_check_says(client, submitted):
    head = submitted.holder(Role.HEAD_OF_DEPARTMENT, submitted.unit)
    officer = submitted.holder(Role.QA_OFFICER)
    rule = "credits from online work without identity check need a reason."
    pages = [
        opened(client, submitted, head, "proposal_sign_off"),
        opened(client, submitted, submitted.coordinator, "proposal_submit"),
        opened(client, submitted.submit(), officer, "screening"),
    ]

    for page in pages:
        told = words(page)
        assert told.index(rule) < told.index(REASON)


def test_the_head_finds_each_section_once(client, submitted):
    head = submitted.holder(Role.HEAD_OF_DEPARTMENT, submitted.unit)

    told = words(opened(client, submitted, head, "proposal_sign_off"))

    assert told.count("Workload and level") == 1
    assert "revision" not in told


def test_an_item_is_returned_with_why_it_is_needed(client, submitted):
    officer = submitted.submit().holder(Role.QA_OFFICER)
    said = {
        "outcome": "return",
        "items-TOTAL_FORMS": "2",
        "items-INITIAL_FORMS": "0",
        "items-0-what": "The syllabus",
    }

    refused = opened(client, submitted, officer, "screening", **said)
    checked = opened(
        client, submitted, officer, "screening", **said, **{"items-0-why": "Outcomes"}
    )

    assert refused.status_code == 422
    assert "Say why it is needed." in words(refused)
    assert "The syllabus" in refused.content.decode()
    assert "Why it is needed: Outcomes" in words(checked)


def test_a_missing_start_leads_to_the_section_of_its_field(
    client, university, settings
):
    settings.ATESTA_DEMO = True
    draft = story("LIT-JUR", "Fără dată de început").propose()
    client.force_login(draft.coordinator)
    pages = {
        key: client.get(f"/procedures/{draft.procedure.pk}/sections/{key}/")
        for key in ("identity", "outcomes")
    }

    checks = html.fromstring(pages["identity"].content).get_element_by_id("checks")
    (line,) = [li for li in checks.iter("li") if "DC-03" in li.text_content()]
    assert [a.get("href") for a in line.iter("a")] == [
        f"/procedures/{draft.procedure.pk}/sections/delivery/"
    ]
    assert "Nothing but attendance is assessed." not in words(pages["outcomes"])

"""Pages asked for what nobody means: far too long, far too large, not there."""

import pytest
from django.test import Client
from lxml import html

from qa.enums import Role
from qa.limits import LONGEST_SEARCH, MOST_WORDS
from qa.models import User
from tests.stages import story

pytestmark = pytest.mark.django_db
NO_NUMBERS = ["²", "٣²", "9" * 5000, "-1", ""]


@pytest.fixture(autouse=True)
def demo_people_sign_in(university, settings) -> None:
    settings.ATESTA_DEMO = True


def holder(role: str) -> User:
    return User.objects.filter(appointments__role=role).first()


@pytest.fixture
def officer(client) -> Client:
    """Somebody of the quality office, signed in."""
    client.force_login(holder(Role.QA_OFFICER))
    return client


@pytest.mark.parametrize(
    "typed", ["a" * (LONGEST_SEARCH + 1), "a " * (MOST_WORDS + 1), "a\0"]
)
def test_search_too_long_says_so_and_keeps_what_was_typed(typed, officer):
    answer = officer.get("/micro-credentials/", {"q": typed})

    tree = html.fromstring(answer.content)
    assert answer.status_code == 200
    assert len(tree.find_class("error")) == 1
    assert answer.context["form"]["q"].value() == typed


def test_search_of_the_longest_is_carried_out(officer):
    typed = " ".join(["word"] * MOST_WORDS)

    answer = officer.get("/micro-credentials/", {"q": typed})

    assert not answer.context["form"].errors
    assert not answer.context["dossiers"]


@pytest.mark.parametrize("number", NO_NUMBERS)
def test_what_is_no_number_opens_a_page_of_the_list(number, officer):
    answer = officer.get("/micro-credentials/", {"page": number})

    assert answer.context["page"].number == 1


def test_what_is_no_number_is_no_revision_and_no_row(client):
    draft = story("LIT-JUR", "Numere").propose().write()
    there = f"/procedures/{draft.procedure.pk}"
    pages = {
        "sections/outcomes": draft.coordinator,
        "sign-off": draft.holder(Role.HEAD_OF_DEPARTMENT),
    }
    answers = set()
    for page, reader in pages.items():
        client.force_login(reader)
        for told in NO_NUMBERS:
            posted = {"revision": told, "outcomes-TOTAL_FORMS": told, "add": "outcomes"}
            answer = client.post(f"{there}/{page}/", posted)
            answers.add((page, answer.status_code))

    assert answers == {("sections/outcomes", 409), ("sign-off", 200)}
    assert draft.version.outcomes.exists()
    assert not draft.version.sign_offs.exists()


@pytest.mark.parametrize("act", ["take", "give-back"])
def test_work_that_is_not_there_is_not_found(act, officer):
    assert officer.post(f"/work/987654321/{act}/").status_code == 404

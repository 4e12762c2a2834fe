"""Pages asked for what nobody means: far too long, far too large, not there."""

import pytest
from django.test import Client
from lxml import html

from qa.enums import Role
from qa.forms.proposal import LONGEST_SEARCH, MOST_WORDS
from qa.models import User
from tests.stages import build

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def university(settings) -> None:
    settings.ATESTA_DEMO = True
    build(())


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

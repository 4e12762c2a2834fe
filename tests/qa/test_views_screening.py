"""Pages of the formal check: a second return waits for the chair's agreement."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from fixtures.demo.accreditation import OfferStory
from fixtures.demo.cast import holder, instant
from qa import clock
from qa.enums import Role
from qa.models import User
from tests.guards.trial import resume
from tests.stages import Stage

pytestmark = pytest.mark.django_db
Page = Callable[..., str]


@pytest.fixture(autouse=True)
def demo_people_sign_in(settings: object) -> None:
    settings.ATESTA_DEMO = True  # type: ignore[attr-defined]


@pytest.fixture
def again(stages: dict[str, Stage]) -> OfferStory:
    """Returned once, completed and handed in again."""
    return resume(stages, "returned").wait(2).complete().wait(1).sign().submit()


@pytest.fixture
def page(client: Client, again: OfferStory) -> Page:
    def opened(role: Role, name: str, **posted: str) -> str:
        user: User = holder(role)
        user.language = "en"
        user.save()
        client.force_login(user)
        address = reverse(f"qa:{name}", args=[again.procedure.pk])
        with clock.at(instant(again.day, 14)):
            answer = (
                client.post(address, posted, follow=True)
                if posted
                else client.get(address)
            )
        return answer.content.decode()

    return opened


def test_officer_reads_whose_agreement_is_missing(page: Page) -> None:
    told = page(Role.QA_OFFICER, "screening")

    assert "a second return needs the agreement of the CEAC chair" in told
    assert str(holder(Role.CEAC_CHAIR)) in told


def test_chair_agrees_on_a_page_of_the_procedure(page: Page, again: OfferStory) -> None:
    address = reverse("qa:further_return", args=[again.procedure.pk])
    assert address in page(Role.CEAC_CHAIR, "procedure_detail")
    assert "Why another return is needed" in page(Role.CEAC_CHAIR, "further_return")

    told = page(Role.CEAC_CHAIR, "further_return", reason="The annexes are unreadable.")

    assert "The quality office may return the proposal once more." in told
    assert address not in page(Role.CEAC_CHAIR, "procedure_detail")
    assert "a second return needs" not in page(Role.QA_OFFICER, "screening")


def test_agreement_is_not_the_officers(client: Client, again: OfferStory) -> None:
    client.force_login(holder(Role.QA_OFFICER))

    answer = client.get(reverse("qa:further_return", args=[again.procedure.pk]))

    assert answer.status_code == 403


def test_officer_with_a_part_in_it_is_told_so_in_place_of_both_acts(
    page: Page, again: OfferStory
) -> None:
    again.procedure.micro_credential.authors.add(holder(Role.QA_OFFICER))

    told = page(Role.QA_OFFICER, "screening")

    assert told.count("the proposal cannot check it.") == 2
    assert "Check and sign" not in told
    assert "Check and return" not in told
    assert str(holder(Role.CEAC_CHAIR)) not in told

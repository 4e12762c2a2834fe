"""The head of department is asked to sign a finished draft, and finds it as work."""

import pytest
from django.core.exceptions import PermissionDenied

from fixtures.demo.accreditation import OfferStory
from qa import clock, tasks
from qa.enums import Role
from qa.models import Message, Version
from qa.services import drafting
from qa.services.signatures import ask_for_signature
from qa.transitions import TransitionRefused
from tests.stages import story

pytestmark = pytest.mark.django_db
TODO = "Read and sign the proposal"


@pytest.fixture
def draft(university: None) -> OfferStory:
    return story("INF-DAT", "Povestea semnăturii").propose().write()


def ask(draft: OfferStory) -> None:
    with draft.now():
        ask_for_signature(procedure=draft.procedure, by=draft.coordinator)


def waits_for_the_head(draft: OfferStory) -> list[str]:
    with draft.now():
        head = draft.holder(Role.HEAD_OF_DEPARTMENT, draft.unit)
        return [item.what_to_do for item in tasks.waiting_for(head)]


def test_the_head_finds_what_is_to_be_signed_until_it_is(draft):
    assert waits_for_the_head(draft) == []

    ask(draft)

    assert waits_for_the_head(draft) == [TODO]
    with draft.now():
        waited = [item.what_to_do for item in tasks.waited_for_by(draft.coordinator)]
        other = draft.holder(Role.HEAD_OF_DEPARTMENT, story("LIT-JUR", "x").unit)
        assert list(tasks.waiting_for(other)) == []
    assert TODO in waited
    assert Message.objects.filter(key__startswith="ask_sign_off/").count() == 1
    draft.sign()
    assert waits_for_the_head(draft) == []


def test_a_change_takes_the_asking_back(draft):
    ask(draft)
    with draft.now():
        version = draft.version
        drafting.save_draft(
            version=version,
            data={"library": "Biblioteca facultății."},
            revision=version.revision,
            by=draft.author,
        )

    assert waits_for_the_head(draft) == []
    ask(draft)
    assert waits_for_the_head(draft) == [TODO]


def test_an_unfinished_draft_is_not_handed_on(draft):
    Version.objects.filter(pk=draft.version.pk).update(title_en="")

    with pytest.raises(TransitionRefused, match="blocking design check"):
        ask(draft)


def test_a_draft_is_asked_about_once_by_its_authors(draft):
    ask(draft)
    with pytest.raises(TransitionRefused, match="asked already"):
        ask(draft)
    with clock.at(draft.version.saved_at), pytest.raises(PermissionDenied):
        ask_for_signature(procedure=draft.procedure, by=draft.holder(Role.QA_OFFICER))


def test_a_signed_draft_needs_no_asking(draft):
    draft.sign()

    with pytest.raises(TransitionRefused, match="signed already"):
        ask(draft)


def test_the_coordinator_asks_on_the_page(draft, client, settings):
    settings.ATESTA_DEMO = True
    client.force_login(draft.coordinator)
    page = f"/procedures/{draft.procedure.pk}/"
    assert f"{page}sign-off/ask/" in client.get(page).content.decode()

    answer = client.post(f"{page}sign-off/ask/", follow=True)

    assert waits_for_the_head(draft) == [TODO]
    assert "sign-off/ask/" not in answer.content.decode()

"""Two windows on one section: each keeps what it wrote, and only that."""

import pytest
from lxml import html

from qa.models import Version
from tests.qa.test_views_writing import posted_by
from tests.stages import story

pytestmark = pytest.mark.django_db
THEIRS = {"verification_method": "By the code on the certificate."}


class Window:
    """One window of the coordinator on the identity section of a draft."""

    def __init__(self, client, procedure) -> None:
        self.client = client
        self.address = f"/procedures/{procedure.pk}/sections/identity/"
        self.typed = posted_by(client.get(self.address))

    def save(self, *, by_itself: bool = False, **texts: str):
        """Type the texts and save: by the button, or as the page does by itself."""
        self.typed |= texts
        button = {} if by_itself else {"all": "1"}
        headers = {"HX-Request": "true"} if by_itself else {}
        answer = self.client.post(self.address, self.typed | button, headers=headers)
        if by_itself and answer.status_code == 200:
            self.typed["seen"] = answer.context["seen"]
        return answer


@pytest.fixture
def draft(university, settings):
    settings.ATESTA_DEMO = True
    return story("LIT-JUR", "Două ferestre").propose().write()


@pytest.fixture
def windows(client, draft) -> tuple[Window, Window]:
    client.force_login(draft.coordinator)
    return Window(client, draft.procedure), Window(client, draft.procedure)


def stored(draft) -> Version:
    return draft.refresh().version


def test_what_each_wrote_elsewhere_is_kept(windows, draft):
    first, second = windows
    second.save(**THEIRS)

    answer = first.save(title_en="Two windows")

    assert answer.status_code == 302
    assert stored(draft).title_en == "Two windows"
    assert stored(draft).verification_method == THEIRS["verification_method"]


def test_a_window_left_open_never_takes_back_what_it_does_not_show(windows, draft):
    first, second = windows
    first.save(by_itself=True, title_en="Two")
    second.save(**THEIRS)

    answers = [
        first.save(by_itself=True, title_en=title)
        for title in ("Two win", "Two windows")
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert stored(draft).title_en == "Two windows"
    assert stored(draft).verification_method == THEIRS["verification_method"]


@pytest.mark.parametrize(
    ("choice", "kept"), [("mine", "Mine"), ("theirs", "Of the second window")]
)
def test_only_what_both_wrote_is_asked_about(windows, draft, choice, kept):
    first, second = windows
    second.save(title_en="Of the second window", **THEIRS)

    answer = first.save(title_en="Mine")

    page = html.fromstring(answer.content)
    asked = {radio.get("name") for radio in page.xpath("//input[@type='radio']")}
    assert answer.status_code == 409
    assert asked == {"keep-title_en"}
    assert stored(draft).title_en == "Of the second window"

    (form,) = page.xpath("//form[contains(@action, '/sections/identity/')]")
    chosen = dict(form.form_values()) | {"keep-title_en": choice, "all": "1"}
    assert first.client.post(first.address, chosen).status_code == 302
    assert stored(draft).title_en == kept
    assert stored(draft).verification_method == THEIRS["verification_method"]


def test_a_form_sent_back_still_knows_what_it_began_from(windows, draft):
    first, second = windows
    second.save(**THEIRS)
    refused = first.save(title_ro="x" * 201)
    assert refused.status_code == 422
    first.typed["seen"] = refused.context["seen"]

    first.save(title_ro="Două ferestre")

    assert stored(draft).verification_method == THEIRS["verification_method"]

"""Pages on which a proposal is opened and written."""

import pytest
from lxml import html

from qa.forms.proposal import ProposeForm
from qa.limits import LONGEST_TEXT
from qa.models import User, Version
from qa.vocabularies import Participation, Supervision
from tests.stages import story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo_people_sign_in(university, settings) -> None:
    settings.ATESTA_DEMO = True


def test_a_coordinator_who_proposes_coordinates_unless_another_is_chosen():
    coordinator = User.objects.get(email="andrei.ionescu@uvd.example")
    author = User.objects.get(email="ana.popescu@uvd.example")

    assert ProposeForm(user=coordinator)["coordinator"].value() == coordinator.pk
    assert ProposeForm(user=author)["coordinator"].value() is None


@pytest.mark.parametrize(
    ("section", "part"),
    [
        ("outcomes", "outcomes"),
        ("outcomes", "components"),
        ("team", "team"),
        ("need", "consultations"),
        ("recognition", "stacking_targets"),
        ("monitoring", "indicators"),
    ],
)
def test_a_further_row_is_empty_and_not_complained_about(section, part, client):
    draft = story("LIT-JUR", "Un rând în plus").propose().write()
    client.force_login(draft.coordinator)
    address = f"/procedures/{draft.procedure.pk}/sections/{section}/"
    page = client.get(address)

    answer = client.post(address, posted_by(page) | {"add": part})

    before, after = rows_of(page, part), rows_of(answer, part)
    assert len(after) == len(before) + 1
    assert after[-1].is_blank
    assert not after[-1].errors


def test_a_day_of_a_year_without_sense_is_told_and_not_saved(client):
    draft = story("LIT-JUR", "Un an greșit").propose().write()
    client.force_login(draft.coordinator)
    address = f"/procedures/{draft.procedure.pk}/sections/delivery/"
    page = client.get(address)

    answer = client.post(
        address, posted_by(page) | {"planned_start": "9999-12-31", "next": "on"}
    )

    assert answer.status_code == 422
    assert set(answer.context["sheet"].form.errors) == {"planned_start"}
    assert "Last saved" in answer.text
    assert draft.refresh().version.planned_start.year < 9999


@pytest.mark.parametrize("name", ["moderation_rule", "reason-DC-13"])
def test_a_text_that_no_paper_holds_is_told_and_kept_on_the_page(name, client):
    draft = story("LIT-JUR", "Prea lung").propose().write()
    Version.objects.update(
        participation_form=Participation.ONLINE,
        supervision=Supervision.UNSUPERVISED_NO_ID,
    )
    client.force_login(draft.coordinator)
    address = f"/procedures/{draft.procedure.pk}/sections/outcomes/"
    typed = "ș" * (LONGEST_TEXT + 1)
    before = draft.version.revision

    answer = client.post(
        address, posted_by(client.get(address)) | {name: typed, "next": "on"}
    )

    assert answer.status_code == 422
    assert str(LONGEST_TEXT) in html.fromstring(answer.content).text_content()
    assert typed in answer.content.decode()
    assert draft.refresh().version.revision == before


def test_an_answer_to_a_warning_is_stored_as_text(client):
    draft = story("LIT-JUR", "Un răspuns").propose().write()
    client.force_login(draft.coordinator)
    address = f"/procedures/{draft.procedure.pk}/sections/delivery/"
    answers = {"reason-DC-13": "One line\r\nand\0 another"}

    answer = client.post(address, posted_by(client.get(address)) | answers)

    assert answer.status_code == 302
    stored = draft.version.justifications.get(check_code="DC-13")
    assert stored.text == "One line\nand another"


def rows_of(page, part: str) -> list:
    (found,) = [p for p in page.context["sheet"].parts if p.name == part]
    return found.formset.forms


def posted_by(page) -> dict[str, object]:
    """What a browser sends for the form of a section as it stands."""
    sheet = page.context["sheet"]
    posted: dict[str, object] = {
        "seen": page.context["seen"],
    }
    forms = [sheet.form]
    for part in sheet.parts:
        forms += [part.formset.management_form, *part.formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if value not in (None, False):
                posted[field.html_name] = "on" if value is True else value
    return posted

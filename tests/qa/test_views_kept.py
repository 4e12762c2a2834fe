"""What was typed stays on the page when an act is not done."""

import pytest
from django.urls import reverse
from lxml import html

from fixtures.demo.accreditation import OfferStory
from qa.enums import PanelMemberStatus, Role
from qa.models import Procedure

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo_people_sign_in(settings: object) -> None:
    settings.ATESTA_DEMO = True


@pytest.fixture(scope="module")
def at(stages):
    def resumed(name: str) -> OfferStory:
        stage = stages[name]
        procedure = Procedure.objects.get(pk=stage.procedure_id)
        return OfferStory.resume(procedure, stage.day)

    return resumed


def send(client, story, user, name, pk, **said):
    with story.now(16):
        client.force_login(user)
        return client.post(reverse(f"qa:{name}", args=[pk]), said)


def back(answer) -> set[str]:
    """Where the choice of a language or an appearance leads back to."""
    fields = html.fromstring(answer.content).iterfind(".//input[@name='next']")
    return {field.get("value") for field in fields}


def targets(answer) -> set[str]:
    """Where the forms of the page's content lead."""
    forms = html.fromstring(answer.content).find(".//main").iter("form")
    return {form.get("action") for form in forms}


@pytest.mark.parametrize(
    ("deadline", "reason"),
    [("2020-01-01", "The laboratory is late"), ("soon", "Late"), ("2199-01-01", "\0")],
)
def test_extension_that_is_refused_is_kept(at, client, deadline, reason):
    story = at("approved")
    condition = story.period().decision.conditions.get()
    chair = story.holder(Role.CEAC_CHAIR)
    said = {"deadline": deadline, "reason": reason}

    answer = send(client, story, chair, "condition_extend", condition.pk, **said)

    form = answer.context["extension_form"]
    assert answer.status_code == 422
    assert form.errors
    assert {name: form[name].value() for name in said} == said
    assert targets(answer) <= {
        reverse(f"qa:{name}", args=[condition.pk])
        for name in ("condition_detail", "condition_extend")
    }
    assert back(answer) == {reverse("qa:condition_detail", args=[condition.pk])}
    assert not hasattr(condition, "extension")


def test_extension_is_the_judges_alone(at, client):
    story = at("approved")
    condition = story.period().decision.conditions.get()

    answer = send(client, story, story.coordinator, "condition_extend", condition.pk)

    assert answer.status_code == 403


def test_extension_is_granted(at, client):
    story = at("approved")
    period = story.period()
    condition = period.decision.conditions.get()
    last_day = period.valid_to.isoformat()
    said = {"deadline": last_day, "reason": "The laboratory is late"}

    answer = send(
        client,
        story,
        story.holder(Role.CEAC_CHAIR),
        "condition_extend",
        condition.pk,
        **said,
    )

    assert answer.status_code == 302
    assert condition.extension.reason == said["reason"]


@pytest.mark.parametrize("reason", ["", "No time\0"])
@pytest.mark.parametrize(
    ("stage", "name", "status"),
    [
        ("panel_setup", "invitation_decline", PanelMemberStatus.INVITED),
        ("panel_ready", "seat_recuse", PanelMemberStatus.ACCEPTED),
    ],
)
def test_reason_that_is_refused_is_kept(at, client, stage, name, status, reason):
    story = at(stage)
    seat = story.procedure.members.filter(status=status).first()

    answer = send(client, story, seat.user, name, seat.pk, reason=reason)

    form = answer.context["why_form"]
    assert answer.status_code == 422
    assert set(form.errors) == {"reason"}
    assert form["reason"].value() == reason
    assert None not in targets(answer)
    assert back(answer) == {reverse("qa:invitation", args=[seat.pk])}
    seat.refresh_from_db()
    assert seat.status == status


def test_reason_is_recorded(at, client):
    story = at("panel_setup")
    seat = story.procedure.members.filter(status=PanelMemberStatus.INVITED).first()

    answer = send(
        client, story, seat.user, "invitation_decline", seat.pk, reason="No time"
    )

    assert answer.url == reverse("qa:work")
    seat.refresh_from_db()
    assert seat.left_reason == "No time"


def test_act_refused_by_the_seat_says_so(at, client):
    story = at("panel_ready")
    seat = story.procedure.members.filter(status=PanelMemberStatus.ACCEPTED).first()

    answer = send(
        client, story, seat.user, "invitation_decline", seat.pk, reason="No time"
    )

    assert answer.status_code == 422
    assert answer.context["why_form"].non_field_errors()

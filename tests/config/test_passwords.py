"""Who forgot the password gets a link; nobody learns whose address is known."""

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.test import Client
from django.urls import reverse
from django_q.models import OrmQ

from config.passwords import link_for, mail_link
from qa.models import User

pytestmark = pytest.mark.django_db
ANA = "ana@uvd.example"


def person(email: str = ANA, **more: object) -> User:
    return User.objects.create_user(email, given_name="Ana", **more)


def asked(client, email: str) -> list[tuple[object, ...]]:
    """The answer, and what the workers were told."""
    OrmQ.objects.all().delete()
    answer = client.post("/password/", {"email": email}, follow=True)
    assert answer.redirect_chain == [("/sign-in/", 302)]
    assert "If a person here has this address" in answer.content.decode()
    return [queued.task["args"] for queued in OrmQ.objects.all()]


def test_known_and_unknown_address_get_the_same_answer(client):
    ana = person()

    assert asked(client, "Ana@uvd.example") == [(ana.pk,)]
    assert asked(client, "nobody@uvd.example") == [(None,)]


@pytest.mark.parametrize("mark", ["is_demo", "is_service"])
def test_people_of_the_demo_and_the_system_get_no_link(client, mark):
    person(**{mark: True})

    assert asked(client, ANA) == [(None,)]


def test_who_left_gets_no_link(client):
    person(is_active=False)

    assert asked(client, ANA) == [(None,)]


def test_asking_again_and_again_writes_no_more_mail(client):
    person()

    told = [asked(client, ANA) for _time in range(11)]

    assert told[9] != []
    assert told[10] == []


@pytest.mark.parametrize(
    ("language", "subject"),
    [("en", "Choose a new password"), ("ro", "Alegeți o parolă nouă")],
)
def test_mail_carries_the_link_in_the_language_of_the_person(language, subject):
    ana = person(language=language)

    with time_machine.travel("2026-03-02 10:00Z", tick=False):
        assert mail_link(ana.pk)
        link = link_for(ana)

    assert mail.outbox[0].subject == subject
    assert mail.outbox[0].to == [ANA]
    assert link in mail.outbox[0].body


def test_nobody_is_mailed_for_an_unknown_address():
    assert not mail_link(None)
    assert mail.outbox == []


def test_page_says_that_people_of_the_demo_get_no_mail(client, settings):
    for demo in (True, False):
        settings.ATESTA_DEMO = demo
        page = client.get("/password/").content.decode()
        assert ("No mail goes to the people of the demo" in page) is demo


def test_wrong_address_is_kept_and_explained(client):
    answer = client.post("/password/", {"email": "ana"})

    assert answer.status_code == 422
    assert 'value="ana"' in answer.content.decode()


def test_weak_password_is_refused_in_words(client):
    link = link_for(person())
    page = client.get(link.removeprefix("http://localhost:8000"), follow=True)

    weak = {"new_password1": "ana", "new_password2": "ana"}
    answer = client.post(page.request["PATH_INFO"], weak)

    assert "at least 12 characters" in answer.content.decode()
    assert not User.objects.get(email=ANA).has_usable_password()


def chooses(client, link: str):
    """The answer to a new password under the link."""
    page = client.get(link.removeprefix("http://localhost:8000"), follow=True)
    new = {"new_password1": "gri-verde-lung-77", "new_password2": "gri-verde-lung-77"}
    return client.post(page.request["PATH_INFO"], new)


@pytest.mark.parametrize("left", [{"is_active": False}, {"is_demo": True}])
def test_link_of_who_may_no_longer_sign_in_opens_nothing(client, settings, left):
    settings.ATESTA_DEMO = False
    link = link_for(person())
    User.objects.update(**left)

    answer = chooses(client, link)

    assert "This link was used already" in answer.content.decode()
    assert not User.objects.get(email=ANA).has_usable_password()


def test_link_is_too_old_after_three_days(client):
    with time_machine.travel("2026-03-02 10:00Z", tick=False) as clock:
        link = link_for(person())
        clock.shift(3 * 24 * 60 * 60 + 1)

        answer = chooses(client, link)

    assert "This link was used already" in answer.content.decode()


def test_new_password_signs_nobody_in_and_ends_the_sessions_there_are(client):
    ana = person()
    other = Client()
    other.force_login(ana)

    assert chooses(client, link_for(ana)).url == "/sign-in/"

    assert SESSION_KEY not in client.session
    assert other.get(reverse("qa:work")).url.startswith("/sign-in/")


def test_link_never_leaves_this_house(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    link = link_for(person()).removeprefix("http://localhost:8000")

    page = client.get(link, headers={"host": "evil.example"})

    assert page.url.startswith("/password/")
    assert link.rstrip("/").rsplit("/", 1)[1] not in page.url
    assert page.headers["Referrer-Policy"] == "same-origin"
    client.post("/password/", {"email": ANA}, headers={"host": "evil.example"})
    assert mail_link(User.objects.get(email=ANA).pk)
    assert "http://localhost:8000/password/" in mail.outbox[-1].body
    assert "evil.example" not in mail.outbox[-1].body


def test_used_up_link_leads_to_another(client):
    answer = client.get("/password/MQ/set-password/")

    assert 'href="/password/"' in answer.content.decode()

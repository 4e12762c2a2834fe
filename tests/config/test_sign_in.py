"""Where signing in leads."""

import pytest
from django.test import Client

from qa.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client) -> Client:
    client.force_login(User.objects.create_user("ana@uvd.example"))
    return client


@pytest.mark.parametrize(
    ("wanted", "target"),
    [
        ("/register/", "/register/"),
        ("/sign-in/", "/"),
        ("/sign-in/?next=/sign-in/", "/"),
        ("http://testserver/sign-in/", "/"),
        ("https://elsewhere.example/", "/"),
    ],
)
def test_who_is_signed_in_is_sent_on_and_never_back(wanted, target, signed_in):
    answer = signed_in.get("/sign-in/", {"next": wanted})

    assert answer.status_code == 302
    assert answer.url == target

"""What holds for every request and answer: character sets, caches."""

from importlib import import_module

import pytest
from django.test import RequestFactory

from qa.enums import Role
from qa.models import User

pytestmark = pytest.mark.django_db
ODD = ("hex", "idna", "raw_unicode_escape", "utf-16", "no-such-thing")


def status_of(kind: str, query: str = "") -> str:
    """What the entrance for web servers answers."""
    told = []
    environ = RequestFactory()._base_environ(  # noqa: SLF001  what a server hands over
        CONTENT_TYPE=kind,
        PATH_INFO="/verify/",
        QUERY_STRING=query,
        HTTP_HOST="localhost",
    )
    serve = import_module("config.wsgi").application
    list(serve(environ, lambda status, _headers: told.append(status)))
    return told[0]


@pytest.mark.parametrize("charset", ODD)
@pytest.mark.parametrize("query", ["", "code=x", "code=%5Cud800"])
def test_another_character_set_is_refused(charset, query):
    for kind in ("text/plain", "multipart/form-data; boundary=X"):
        assert status_of(f"{kind}; charset={charset}", query) == "400 Bad Request"


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", "us-ascii"])
def test_plain_text_and_utf_8_pass(charset):
    assert status_of(f"text/plain; charset={charset}") == "200 OK"
    assert status_of("") == "200 OK"


@pytest.fixture
def officer(client, stages, settings) -> User:
    settings.ATESTA_DEMO = True
    person = User.objects.filter(
        appointments__role=Role.QA_OFFICER, is_demo=True
    ).first()
    client.force_login(person)
    return person


@pytest.mark.parametrize(
    "path", ["/", "/micro-credentials/", "/register/", "/nowhere/"]
)
def test_what_a_person_is_shown_is_kept_by_no_cache(client, officer, path):
    assert client.get(path)["Cache-Control"] == "private, no-store"


def test_the_public_register_may_be_kept(client, stages):
    assert "no-store" not in client.get("/register/").get("Cache-Control", "")


def test_a_key_of_too_many_digits_is_no_choice(client, stages, settings):
    settings.ATESTA_DEMO = True
    procedure = stages["draft"].procedure_id
    client.force_login(User.objects.get(coordinated_procedures=procedure))
    address = f"/procedures/{procedure}/sections/identity/"

    answer = client.post(address, {"awarding_bodies": "9" * 30})

    assert answer.status_code < 500
    assert "9" * 30 in answer.content.decode()

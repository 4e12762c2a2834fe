"""Addresses that nobody was ever given lead nowhere, and break nothing."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, StringConverter

from qa.models import User

pytestmark = pytest.mark.django_db
LARGEST, TOO_LARGE = "9" * 18, "1" + "0" * 30


@pytest.fixture
def signed_in(client) -> Client:
    client.force_login(User.objects.create_user("ana@uvd.example"))
    return client


def routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address with a number in it, as it is written."""
    for entry in resolver.url_patterns:
        route = f"{before}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from routes(entry, route)
        elif "<whole:" in route:
            yield route, entry


ROUTES = dict(routes(get_resolver()))


def address(route: str, number: str) -> str:
    parts = [
        (number if part.startswith("<whole:") else "1") if part[:1] == "<" else part
        for part in route.split("/")
    ]
    return "/" + "/".join(parts)


def test_numbers_of_addresses_have_an_end():
    every = [
        (converter, entry)
        for resolver in get_resolver().url_patterns
        for entry in getattr(resolver, "url_patterns", [resolver])
        for converter in entry.pattern.converters.values()
    ]

    assert len(ROUTES) > 50
    assert not [entry for kind, entry in every if type(kind) is IntConverter]
    assert {entry.name for kind, entry in every if type(kind) is StringConverter} == {
        "register_download",
    }


@pytest.mark.parametrize("route", ROUTES)
def test_number_too_large_is_not_found(route, signed_in):
    for ask in (signed_in.get, signed_in.post):
        assert ask(address(route, LARGEST)).status_code in (403, 404, 405)
        assert ask(address(route, TOO_LARGE)).status_code == 404


@pytest.mark.parametrize("mark", ["a%00", "%20", "a'b"])
def test_mark_of_no_standard_is_not_found(mark, signed_in):
    for there in ("assessments/1", "procedures/1/report"):
        assert signed_in.get(f"/{there}/{mark}/").status_code == 404


@pytest.mark.parametrize(
    "text",
    ["x" * 400, "AAAA", "AAAA-AAAA-AAAA-AAAU", "AAAAAAAAAAAAAAAA", "a%00", "%20"],
)
def test_what_is_no_code_is_not_found_plainly(text, client):
    answer = client.get(f"/verify/{text}/")

    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


@pytest.mark.parametrize("code", ["AAAA-AAAA-AAAA-AAA1", "aaaa-aaaa-aaaa-aaa1"])
def test_code_that_was_never_given_is_told_so(code, client):
    answer = client.get(f"/verify/{code}/")

    assert answer.status_code == 404
    assert "No letter with this code was issued here." in answer.content.decode()

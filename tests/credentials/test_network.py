"""The one way out: what is never asked, and what is asked keeps within its limits."""

import gzip
import http.server
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from recognition.credentials import verification
from recognition.credentials.contexts import Contexts
from recognition.credentials.findings import Report
from recognition.credentials.network import addresses, fetching, lookups
from recognition.credentials.network.fetching import Fetcher, NotFetched
from recognition.credentials.refusals import Refused
from recognition.credentials.trust import Trust
from tests.credentials import made, test_open_badges_2
from tests.credentials.asked import results
from tests.credentials.served import HOST, OTHER, Site, gives, sends_to, served

PUBLIC = "93.184.215.14"

# Ways to write an address that would reach this machine or what stands beside it.
FORMS = [
    "http://university.example/",
    "https://localhost/",
    "https://LOCALHOST/",
    "https://localhost./",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.0.0.1/",
    "https://0177.0.0.1/",
    "https://127.0.0.1./",
    "https://0.0.0.0/",
    "https://0/",
    "https://10.0.0.1/",
    "https://172.16.0.1/",
    "https://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://100.64.0.1/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[0:0:0:0:0:ffff:127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[fe80::1%25lo]/",
    "https://[fc00::1]/",
    "https://[2002:7f00:1::]/",
    "https://\uff11\uff12\uff17.0.0.1/",
    "https://①②⑦.⓪.⓪.①/",
    "https://university.example@127.0.0.1/",
    "https://127.0.0.1@university.example/",
    "https://university.example\\@127.0.0.1/",
    "https://university.example:22/",
    "https://university.example:99999/",
    "https:///etc/passwd",
    "https://intranet/",
    "file:///etc/passwd",
    "ftp://university.example/",
    "gopher://university.example:70/_GET",
    "https://university.example/\r\nHost: 127.0.0.1",
    "https://univer sity.example/",
    "data:application/json,{}",
    "//university.example/",
    "https://",
    "",
]
# Where a name of the open internet may lead, by mistake or by design.
LEADS = [
    "127.0.0.1",
    "10.1.2.3",
    "172.31.0.9",
    "192.168.0.1",
    "169.254.169.254",
    "100.64.1.1",
    "0.0.0.0",  # noqa: S104  an address to be refused
    "224.0.0.1",
    "255.255.255.255",
    "198.18.0.1",
    "192.0.2.1",
    "::1",
    "::",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "64:ff9b:1::a00:1",
    "2002:a00:1::",
    "2001:0:a00:1::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "2001:db8::1",
]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with served(tmp_path) as found:
        yield found


def never(_place: tuple[str, int], _timeout: float) -> socket.socket:
    raise AssertionError("a line was laid")


@pytest.mark.parametrize("url", FORMS)
def test_no_line_is_laid_to_other_addresses(url: str) -> None:
    fetcher = Fetcher(resolve=lambda _host, _port: [PUBLIC], dial=never)

    with pytest.raises(Refused):
        fetcher.fetch(url)


@pytest.mark.parametrize("leads", LEADS)
def test_no_line_is_laid_where_one_address_of_a_name_is_inside(leads: str) -> None:
    fetcher = Fetcher(resolve=lambda _host, _port: [PUBLIC, leads], dial=never)

    with pytest.raises(Refused, match="does not lead to a public server"):
        fetcher.fetch(f"https://{HOST}/")


@pytest.mark.parametrize("ip", [PUBLIC, "2606:4700::1111"])
def test_addresses_of_the_internet_are_public(ip: str) -> None:
    assert addresses.is_public(ip)


def test_a_name_that_leads_nowhere_is_told() -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise socket.gaierror

    for resolve in (unknown, lambda _host, _port: []):
        with pytest.raises(Refused, match=HOST):
            Fetcher(resolve=resolve, dial=never).fetch(f"https://{HOST}/")


def test_asked_at_the_checked_address_under_its_name(site: Site) -> None:
    site.answers["/issuer?v=1"] = gives({"id": "x"})

    got = site.fetcher().fetch("https://University.Example/issuer?v=1")

    assert (got.content, got.content_type) == (b'{"id": "x"}', "application/json")
    assert got.sha256 == fetching.hashlib.sha256(got.content).hexdigest()
    assert site.dialled == [(PUBLIC, 443)]
    assert site.asked == [(HOST, "/issuer?v=1")]


def test_a_name_that_moves_after_the_check_gains_nothing(site: Site) -> None:
    """The name is resolved once; the line goes to the address that was checked."""
    told = iter([[PUBLIC], ["127.0.0.1"]])
    site.answers["/"] = gives({})

    site.fetcher(resolve=lambda _host, _port: next(told)).fetch(f"https://{HOST}/")

    assert site.dialled == [(PUBLIC, 443)]


def test_a_certificate_for_another_name_is_refused(site: Site) -> None:
    with pytest.raises(NotFetched, match="did not answer as it should"):
        site.fetcher().fetch("https://stranger.example/")
    with pytest.raises(NotFetched, match="did not answer as it should"):
        Fetcher(resolve=lambda *_: [PUBLIC], dial=site.dial).fetch(f"https://{HOST}/")
    assert site.asked == []


def test_redirections_are_followed_three_times_and_checked_each_time(
    site: Site,
) -> None:
    site.answers |= {
        "/1": sends_to("/2"),
        "/2": sends_to(f"https://{HOST.upper()}/3"),
        "/3": sends_to("4"),
        "/4": gives({"at": "last"}),
        "/0": sends_to("/1"),
    }

    got = site.fetcher().fetch(f"https://{HOST}/1")

    assert got.url == f"https://{HOST}/4"
    with pytest.raises(NotFetched, match="from one address to the next"):
        site.fetcher().fetch(f"https://{HOST}/0")


@pytest.mark.parametrize(
    "where",
    [
        "http://university.example/x",
        "https://127.0.0.1/",
        "file:///etc/passwd",
        f"https://{OTHER}/a.json",
        f"https://{OTHER}.{HOST}/a.json",
    ],
)
def test_a_redirection_never_leads_out_of_the_policy(site: Site, where: str) -> None:
    site.answers["/"] = sends_to(where)
    fetcher = site.fetcher(schemes=("https", "http"))

    with pytest.raises(Refused):
        fetcher.fetch(f"https://{HOST}/")
    assert len(site.dialled) == 1


@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        (f"http://{OTHER}/", "begin with https://"),
        ("https://127.0.0.1/", "a name of their own"),
        ("https://inside.example/", "does not lead to a public server"),
        (f"https://{OTHER}:8443/", "a port of their own"),
        ("https://stranger.example/", "did not answer as it should"),
        (f"https://{OTHER}/0", "from one address to the next"),
    ],
)
def test_a_fetcher_that_leaves_hosts_asks_the_whole_policy_at_each_step(
    site: Site, where: str, sentence: str
) -> None:
    def resolve(host: str, _port: int) -> list[str]:
        return ["10.0.0.1" if host == "inside.example" else PUBLIC]

    site.answers["/"] = sends_to(where)
    for step in range(4):
        host = OTHER if step % 2 else HOST
        site.answers[f"/{step}"] = sends_to(f"https://{host}/{step + 1}")
    fetcher = site.fetcher(schemes=("https", "http"), leaves_host=True, resolve=resolve)

    with pytest.raises(Refused, match=sentence):
        fetcher.fetch(f"https://{HOST}/")


def test_plain_http_only_where_it_is_allowed(tmp_path: Path) -> None:
    with served(tmp_path, secure=False) as site:
        site.answers["/badge"] = gives({"type": "Assertion"})
        with pytest.raises(Refused, match="https://"):
            site.fetcher(authorities=None).fetch(f"http://{HOST}/badge")
        allowed = site.fetcher(authorities=None, schemes=("https", "http"))

        assert allowed.fetch(f"http://{HOST}/badge").content
        assert site.dialled == [(PUBLIC, 80)]


PACKED = gzip.compress(b"{}")


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (gives({}, status=500), "answered 500"),
        (gives(b"<html>", kind="text/html"), "is no credential"),
        (gives(PACKED, Content_Encoding="gzip"), "is no credential"),
        (gives(b" " * 2000), "larger than 1 KB"),
        (gives(b"{}", Content_Length="900"), "the whole document"),
        (gives(b"{}", Content_Length="-7"), None),
    ],
    ids=["status", "page", "packed", "large", "cut off", "odd length"],
)
def test_answers_out_of_bounds(site: Site, answer: Any, sentence: str | None) -> None:
    site.answers["/"] = answer
    if sentence is None:  # read until the line ends
        assert site.fetcher().fetch(f"https://{HOST}/", most=1024).content == b"{}"
        return
    with pytest.raises(NotFetched, match=sentence):
        site.fetcher().fetch(f"https://{HOST}/", most=1024)


@pytest.mark.parametrize("part", ["head", "body"])
def test_a_server_that_drips_is_left(
    site: Site, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    monkeypatch.setattr(fetching, "IN_ALL", 0.6)

    def drip(asking: http.server.BaseHTTPRequestHandler) -> None:
        asking.send_response(200)
        asking.send_header("Content-Type", "application/json")
        if part == "body":
            asking.end_headers()
        for _letter in range(100):
            asking.wfile.write(b"X-A: b\r\n" if part == "head" else b" ")
            asking.wfile.flush()
            time.sleep(0.05)

    site.answers["/"] = drip

    began = time.monotonic()
    with pytest.raises(NotFetched):
        site.fetcher().fetch(f"https://{HOST}/")
    assert time.monotonic() - began < 4


def test_a_credential_has_a_number_of_look_ups(site: Site) -> None:
    site.answers["/"] = gives({})
    fetcher = site.fetcher(requests_left=2)
    fetcher.fetch(f"https://{HOST}/")
    fetcher.fetch(f"https://{HOST}/")

    with pytest.raises(NotFetched, match="more look-ups"):
        fetcher.fetch(f"https://{HOST}/")
    assert len(site.dialled) == 2


def test_names_that_lead_nowhere_are_counted_as_well() -> None:
    asked = []

    def nowhere(host: str, _port: int) -> list[str]:
        asked.append(host)
        return []

    fetcher = Fetcher(resolve=nowhere, dial=never, requests_left=2)
    for _time in range(3):
        with pytest.raises(Refused):
            fetcher.fetch(f"https://{HOST}/")
    assert len(asked) == 2


def test_a_house_may_refuse_more_than_the_policy(site: Site) -> None:
    site.answers["/"] = sends_to("/not-that")

    def ours(place: addresses.Place) -> None:
        if place.target != "/":
            raise NotFetched("Not that one.")

    with pytest.raises(NotFetched, match="Not that one"):
        site.fetcher(admit=ours).fetch(f"https://{HOST}/")
    assert site.asked == [(HOST, "/")]


# What look-ups bring to a verification


def verify(content: bytes) -> lookups.Verify:
    def asked(trust: Trust) -> Report:
        return verification.verify(
            content, at=made.AT, trust=trust, contexts=Contexts()
        )

    return asked


def test_a_document_of_did_web_and_a_list_are_looked_up(site: Site) -> None:
    did = f"did:web:{HOST}:faculty"
    badge = made.sign(
        made.badge(did, **made.revocable()), method=f"{did}#{made.multibase()}"
    )
    unsigned = made.status_list()
    del unsigned["proof"]
    listed = made.sign({**unsigned, "issuer": did}, method=f"{did}#{made.multibase()}")
    site.answers |= {
        "/faculty/did.json": gives(made.document_of(did), kind="application/did+json"),
        "/status/1": gives(listed, kind="application/vc+ld+json"),
    }

    alone = verify(made.as_bytes(badge))(Trust())
    found = lookups.verify(verify(made.as_bytes(badge)), Trust(), site.fetcher())

    assert alone.verdict == "unverified"
    assert set(alone.wanted) == {did, made.LIST}
    assert results(found.report)["key_binding"] == "pass"
    assert results(found.report)["status"] == "pass"
    assert found.report.verdict == "verified"
    assert set(found.fetched) == {did, made.LIST}
    assert found.refused == {}


LARGE = " " * (600 * 1024)


def test_only_a_list_may_be_as_large_as_a_list(site: Site) -> None:
    did = f"did:web:{HOST}"
    badge = made.sign(
        made.badge(did, **made.revocable()), method=f"{did}#{made.multibase()}"
    )
    unsigned = made.unsigned_list(issuer=did)
    listed = made.sign(unsigned, method=f"{did}#{made.multibase()}")
    site.answers |= {
        "/.well-known/did.json": gives(made.document_of(did)),
        "/status/1": gives(made.as_bytes(listed) + LARGE.encode()),
    }
    asked = verify(made.as_bytes(badge))

    assert lookups.verify(asked, Trust(), site.fetcher()).report.verdict == "verified"

    site.answers["/.well-known/did.json"] = gives(
        made.as_bytes(made.document_of(did)) + LARGE.encode()
    )
    found = lookups.verify(asked, Trust(), site.fetcher())

    assert "larger than 512 KB" in str(found.refused[did])
    assert found.report.verdict == "unverified"


@pytest.mark.parametrize("size", ["list", "profile"])
def test_a_list_of_open_badges_2_as_well(site: Site, size: str) -> None:
    listing = {**test_open_badges_2.PROFILE, "revocationList": f"https://{HOST}/list"}
    large = {"list": LARGE if size == "list" else ""}
    site.answers |= {
        "/badge.json": gives(test_open_badges_2.DOCUMENTS[test_open_badges_2.BADGE]),
        "/key.json": gives(test_open_badges_2.DOCUMENTS[test_open_badges_2.KEY]),
        "/issuer.json": gives(
            made.as_bytes(listing) + (b"" if size == "list" else LARGE.encode())
        ),
        "/list": gives({"revokedAssertions": [], **large}),
    }
    token = test_open_badges_2.signed().encode()

    found = lookups.verify(verify(token), Trust(), site.fetcher())

    expected = "pass" if size == "list" else "unknown"
    assert results(found.report)["status"] == expected


def test_what_could_not_be_fetched_stays_unchecked(site: Site) -> None:
    did = f"did:web:{HOST}"
    badge = made.sign(made.badge(did), method=f"{did}#{made.multibase()}")
    site.answers["/.well-known/did.json"] = gives(b"no JSON")

    found = lookups.verify(verify(made.as_bytes(badge)), Trust(), site.fetcher())

    assert found.report.verdict == "unverified"
    assert str(found.refused[did]) == "The JSON cannot be read."
    assert len(site.asked) == 1


@pytest.mark.parametrize(("status", "verdict"), [(410, "invalid"), (404, "unverified")])
def test_a_hosted_badge_whose_server_says_that_it_is_gone(
    site: Site, status: int, verdict: str
) -> None:
    told = {
        "@context": "https://w3id.org/openbadges/v2",
        "id": f"https://{HOST}/1",
        "type": "Assertion",
        "recipient": {"identity": "ana@exemplu.example"},
        "badge": f"https://{HOST}/badge",
        "issuedOn": made.ISSUED,
        "verification": {"type": "hosted"},
    }
    site.answers |= {
        "/1": gives({}, status=status),
        "/badge": gives({"issuer": f"https://{HOST}/issuer"}),
        "/issuer": gives({}, status=410),
    }

    found = lookups.verify(verify(made.as_bytes(told)), Trust(), site.fetcher())

    assert found.report.verdict == verdict
    assert f"https://{HOST}/1" in found.refused
    assert results(found.report)["key_binding"] == "unknown"


def test_names_that_are_no_address_are_not_looked_up(site: Site) -> None:
    badge = made.sign(made.badge("urn:uuid:1"), method="did:example:1#key")

    found = lookups.verify(verify(made.as_bytes(badge)), Trust(), site.fetcher())

    assert (site.dialled, found.fetched) == ([], {})


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("did:web:university.example", f"https://{HOST}/.well-known/did.json"),
        ("did:web:university.example:a:b", f"https://{HOST}/a/b/did.json"),
        (
            "did:web:university.example%3A3000",
            f"https://{HOST}:3000/.well-known/did.json",
        ),
        ("did:web:university.example:a.b:..c", f"https://{HOST}/a.b/..c/did.json"),
        ("did:web:university.example:%C8%99", f"https://{HOST}/ș/did.json"),
        ("did:web:university.example%2Fa", ""),
        ("did:web:university.example/a", ""),
        ("did:web:university.example%3A", ""),
        ("did:web:eve%40university.example", ""),
        ("did:web:", ""),
        ("did:web:university.example:", ""),
        ("did:web:university.example:a::b", ""),
        ("did:web:university.example:..:a", ""),
        ("did:web:university.example:%2e%2E:a", ""),
        ("did:web:university.example:.", ""),
        ("did:web:university.example:a%2Fb", ""),
        ("did:web:university.example:a%5Cb", ""),
        ("did:web:university.example:a%3Fb", ""),
        ("did:web:university.example:a%23b", ""),
        ("did:web:university.example:%252e%252e", ""),
        ("did:web:university.example:a%0Ab", ""),
        ("https://university.example/1", f"https://{HOST}/1"),
        ("did:key:z6Mk", ""),
        ("None", ""),
    ],
)
def test_where_a_document_lies(address: str, url: str) -> None:
    assert lookups.url_of(address) == url

"""Look-ups for checks: asked for when switched on, made by a worker, kept with the case."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import translation
from django_q.conf import Conf
from django_q.models import OrmQ

from qa import clock, record, triggers, unrecorded, verification
from recognition import jobs, look_ups
from recognition.models import (
    AskedHost,
    CredentialCheck,
    IncomingCredential,
    LookUp,
)
from recognition.services import checking, filing, looking_up
from tests.credentials import made, test_open_badges_2
from tests.credentials.asked import results
from tests.credentials.served import HOST, Site, gives, served
from tests.factories import recognition as r
from tests.recognition import files
from tests.recognition.pages import page, words

DID = f"did:web:{HOST}"
METHOD = f"{DID}#{made.multibase()}"


@pytest.fixture(autouse=True)
def switched_on(settings, stored) -> None:
    settings.ATESTA_LOOK_UPS = True


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The issuer's server: its document, and a list in which nothing is revoked."""
    folder = tmp_path / "site"
    folder.mkdir()
    with served(folder) as found:
        monkeypatch.setattr(looking_up, "Fetcher", found.fetcher)
        found.answers |= {
            "/.well-known/did.json": gives(made.document_of(DID)),
            "/status/1": gives(listed()),
        }
        yield found


def listed(*revoked: int) -> dict:
    unsigned = made.status_list(*revoked)
    del unsigned["proof"]
    return made.sign({**unsigned, "issuer": DID}, method=METHOD)


def badge() -> bytes:
    return files.content(made.sign(made.badge(DID, **made.revocable()), method=METHOD))


def add(office, content=None, application=None) -> CredentialCheck:
    return checking.add_credential_file(
        application=application or r.file(office),
        content=content or badge(),
        filename="badge.json",
        by=office.radu,
    )


def looked_up(check: CredentialCheck) -> CredentialCheck:
    made_for = jobs.look_up(check.pk)
    return CredentialCheck.objects.get(pk=made_for, looks_up_for=check)


def later(monkeypatch: pytest.MonkeyPatch, **by: float) -> None:
    """The machine's own time moves on for whoever remembers."""
    now = clock.machine_now() + timedelta(**by)
    monkeypatch.setattr(clock, "machine_now", lambda: now)


def paths(site: Site) -> list[str]:
    return [path for _host, path in site.asked]


# Whether anybody asks


def test_switched_off_nothing_is_queued_and_no_line_is_laid(
    office, site, settings, django_capture_on_commit_callbacks
):
    settings.ATESTA_LOOK_UPS = False

    with django_capture_on_commit_callbacks(execute=True):
        check = add(office)

    assert check.look_up_asked_at is None
    assert jobs.look_up(check.pk) is None
    assert (OrmQ.objects.count(), site.dialled) == (0, [])
    told = words(page(office.oana, "credential_check", check.application_id, check.pk))
    assert "Look-ups are switched off" in told


def test_switched_on_a_worker_is_asked_with_the_number_alone(
    office, site, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        check = add(office)

    [job] = OrmQ.objects.all()
    assert job.task["func"] == "recognition.jobs.look_up"
    assert (job.task["args"], job.task["kwargs"]) == ((check.pk,), {})
    assert site.dialled == []


def test_what_names_no_address_asks_nobody(office, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        check = add(office, files.content(files.badge()))

    assert (check.look_up_asked_at, OrmQ.objects.count()) == (None, 0)
    assert look_ups.stand_of(check) is None


def test_workers_may_start_the_readers_of_files():
    assert Conf.DAEMONIZE_WORKERS is False


# What comes of it


def test_the_result_stands_beside_with_everything_that_was_fetched(office, site):
    check = add(office)

    new = looked_up(check)

    assert (check.verdict, new.verdict) == ("unverified", "verified")
    assert results(new.told)["status"] == "pass"
    assert new.checked_by.is_service
    assert [one.address for one in new.look_ups.all()] == [DID, made.LIST]
    document = new.look_ups.first()
    assert document.url == f"https://{HOST}/.well-known/did.json" == document.given_from
    assert bytes(document.content) == site_gave(made.document_of(DID))
    assert document.sha256 == new.look_ups.first().sealed_content()["content"]
    event = check.application.case.events.last()
    assert (event.act, event.role) == ("check_file", "system")
    assert [one["id"] for one in event.facts["look_ups"]] == [
        one.pk for one in new.look_ups.all()
    ]
    assert verification.verify() == []


def site_gave(content: dict) -> bytes:
    return files.content(content)


def test_a_revoked_credential_is_found(office, site):
    site.answers["/status/1"] = gives(listed(7))

    assert looked_up(add(office)).verdict == "invalid"


def test_a_check_is_looked_up_once(office, site):
    check = add(office)
    new = looked_up(check)

    assert jobs.look_up(check.pk) is None
    assert jobs.look_up(new.pk) is None
    assert CredentialCheck.objects.count() == 2
    assert len(site.asked) == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        CredentialCheck.objects.create(
            **{f.attname: getattr(new, f.attname) for f in new._meta.fields[1:]}
        )


def test_a_worker_that_comes_second_keeps_nothing(office, site, monkeypatch):
    """A job that is tried again while its first try still works."""
    check = add(office)
    ask = looking_up.lookups.verify

    def meanwhile(*args):
        monkeypatch.setattr(looking_up.lookups, "verify", ask)
        jobs.look_up(check.pk)
        return ask(*args)

    monkeypatch.setattr(looking_up.lookups, "verify", meanwhile)

    assert jobs.look_up(check.pk) is None
    assert CredentialCheck.objects.count() == 2


def test_nothing_is_looked_up_for_a_closed_case(office, site):
    application = r.file(office)
    check = add(office, application=application)
    filing.withdraw_application(application=application, by=office.radu)

    assert jobs.look_up(check.pk) is None
    assert site.dialled == []
    assert look_ups.stand_of(CredentialCheck.objects.get(pk=check.pk)) is None


def test_a_server_in_trouble_is_a_refusal_and_the_check_stands(office, site):
    site.answers["/.well-known/did.json"] = gives({}, status=500)
    check = add(office)

    new = looked_up(check)

    assert new.verdict == check.verdict == "unverified"
    refused = new.look_ups.get(address=DID)
    assert (refused.sha256, bytes(refused.content)) == ("", b"")
    assert refused.why == f"The server {HOST} answered 500."
    assert verification.verify() == []


# What it fills


def hosted(site: Site) -> bytes:
    """A badge that names its class by address, as most of Open Badges 2.0 do."""
    told = test_open_badges_2.assertion("hosted", id=f"https://{HOST}/assertion/1")
    badge = test_open_badges_2.DOCUMENTS[test_open_badges_2.BADGE]
    site.answers |= {
        "/assertion/1": gives(told),
        "/badge.json": gives(badge),
        "/issuer.json": gives(test_open_badges_2.PROFILE),
    }
    return files.content(told)


@pytest.mark.parametrize(
    ("typed", "title"), [({}, "Data ethics"), ({"title": "My own words"}, None)]
)
def test_a_draft_is_filled_with_what_was_looked_up(office, site, typed, title):
    application = filing.open_application(applicant=office.radu, by=office.radu)
    check = add(office, hosted(site), application)
    filing.save_credential(application=application, credential=typed, by=office.radu)

    new = looked_up(check)

    credential = IncomingCredential.objects.get(application=application)
    assert credential.title == (title or typed["title"])
    assert credential.issuer_name == "Exemplu"
    assert credential.origins["title"]["value"] == "Data ethics"
    assert credential.origins["title"]["check"] == new.pk
    assert verification.verify() == []


def test_nothing_is_filled_in_what_was_filed(office, site):
    application = r.file(office)
    before = IncomingCredential.objects.get(application=application).title

    new = looked_up(add(office, hosted(site), application))

    credential = IncomingCredential.objects.get(application=application)
    assert credential.title == before != "Data ethics"
    assert credential.origins["title"]["check"] == new.pk


# The record


@pytest.mark.parametrize(
    "changes",
    [
        {"content": b"{}"},
        {"sha256": "a" * 64},
        {"url": "https://other.example/"},
        {"answered_at": clock.datetime(2020, 1, 1, tzinfo=clock.UTC)},
        None,
    ],
    ids=["content", "hash", "address", "time", "deleted"],
)
def test_an_answer_that_was_changed_is_found_at_its_act(office, site, changes):
    new = looked_up(add(office))
    rows = LookUp.objects.filter(pk=new.look_ups.last().pk)

    connection.check_constraints()
    triggers.lift()
    if changes is None:
        rows.delete()
    else:
        rows.update(**changes)
    connection.check_constraints()
    triggers.install()

    [found] = verification.verify()
    event = new.application.case.events.last()
    assert (found.case, found.sequence) == (new.application.case.number, event.sequence)


def test_an_answer_that_was_put_there_is_found(office, site):
    new = looked_up(add(office))
    put = new.look_ups.first()
    put.pk = None
    put.save(force_insert=True)

    [found] = verification.verify()
    assert found.case == new.application.case.number
    assert f"recognition.lookup {put.pk} stands there" in found.what
    assert unrecorded.case_of(put) == new.application_id


def test_answers_never_change(office, site):
    looked_up(add(office))

    for change in (
        lambda: LookUp.objects.update(sentence="None."),
        lambda: LookUp.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_an_answer_gives_something_or_says_why_not(office, site):
    new = looked_up(add(office))

    with (
        pytest.raises(IntegrityError, match="gave_something_or_says_why_not"),
        transaction.atomic(),
    ):
        LookUp.objects.create(
            of_check=new, address="x", url="x", answered_at=clock.machine_now()
        )


def test_checks_from_before_look_ups_keep_their_digest(office, settings):
    settings.ATESTA_LOOK_UPS = False

    told = add(office).sealed_content()

    assert not {"look_up_asked_at", "looks_up_for_id"} & told.keys()


# Memory


def test_what_another_check_was_given_is_not_asked_again(office, site):
    first = looked_up(add(office))

    second = looked_up(add(office))

    assert len(site.asked) == 2
    assert second.verdict == "verified"
    assert given(second) == given(first)
    assert verification.verify() == []


def given(check: CredentialCheck) -> list:
    return [
        (one.address, one.sha256, one.sentence, one.answered_at)
        for one in check.look_ups.all()
    ]


@pytest.mark.parametrize(
    ("hours", "again"),
    [
        (0.9, []),
        (1.1, ["/status/1"]),
        (25, ["/.well-known/did.json", "/status/1"]),
    ],
)
def test_lists_are_asked_again_after_an_hour_issuers_after_a_day(
    office, site, monkeypatch, hours, again
):
    looked_up(add(office))
    site.asked.clear()
    site.answers["/status/1"] = gives(listed(7))
    later(monkeypatch, hours=hours)

    new = looked_up(add(office))

    assert paths(site) == again
    assert new.verdict == ("invalid" if again else "verified")


def test_a_list_is_asked_again_as_soon_as_it_says(office, site, monkeypatch):
    unsigned = made.unsigned_list(issuer=DID)
    unsigned["credentialSubject"]["ttl"] = 300_000
    site.answers["/status/1"] = gives(made.sign(unsigned, method=METHOD))
    looked_up(add(office))
    for minutes, asked in ((4, 1), (2, 2)):
        later(monkeypatch, minutes=minutes)

        assert looked_up(add(office)).verdict == "verified"
        assert paths(site).count("/status/1") == asked


@pytest.mark.parametrize(("minutes", "asked"), [(9, 1), (11, 2)])
def test_a_refusal_is_remembered_for_ten_minutes(
    office, site, monkeypatch, minutes, asked
):
    site.answers["/.well-known/did.json"] = gives({}, status=503)
    first = looked_up(add(office))
    later(monkeypatch, minutes=minutes)

    second = looked_up(add(office))

    assert paths(site).count("/.well-known/did.json") == asked
    one, other = (it.look_ups.get(address=DID) for it in (first, second))
    assert other.why == f"The server {HOST} answered 503."
    assert (one.answered_at == other.answered_at) is (asked == 1)


def test_what_is_gone_is_remembered_as_gone(office, site):
    site.answers["/.well-known/did.json"] = gives({}, status=410)
    looked_up(add(office))
    url = f"https://{HOST}/.well-known/did.json"

    with pytest.raises(looking_up.Gone, match="nothing is there any more"):
        looking_up.Memory(site.fetcher()).fetch(url, 1)

    assert paths(site).count("/.well-known/did.json") == 1


@pytest.mark.parametrize(
    ("document", "hours"),
    [
        (made.document_of(DID), 24),
        ({"type": "Profile", "id": "x"}, 24),
        ({"type": ["Issuer", "Profile"]}, 24),
        ({"type": ["Profile", "BitstringStatusListCredential"]}, 1),
        ({"type": "Assertion", "revoked": False}, 1),
        ({"type": [{}], "verificationMethod": []}, 1),
        ({"id": "x"}, 1),
        ([], 1),
        ({"credentialSubject": {"ttl": 300_000}}, 1 / 12),
        ({"credentialSubject": {"ttl": 7_200_000}}, 1),
        ({"credentialSubject": {"ttl": 0}}, 0),
        ({"credentialSubject": {"ttl": -1}}, 0),
        ({"credentialSubject": {"ttl": 1e300}}, 1),
        ({"credentialSubject": {"ttl": True}}, 1),
        ({"credentialSubject": {"ttl": "300000"}}, 1),
        ({"credentialSubject": []}, 1),
        (made.token(made.plain(credentialSubject={"id": "x", "ttl": 300_000})), 1 / 12),
        (
            made.token(
                made.plain(credentialSubject={"id": "x", "ttl": 300_000}), wrapped=True
            ),
            1 / 12,
        ),
    ],
)
def test_how_long_an_answer_stands(document, hours):
    got = looking_up.Fetched(
        "", files.content(document), "application/json", clock.machine_now()
    )

    assert looking_up.time_of(got) == timedelta(hours=hours)


# Limits of the house


def test_a_host_is_asked_so_often_in_a_minute(office, site, monkeypatch):
    monkeypatch.setattr(looking_up, "MOST_A_MINUTE", 1)

    new = looked_up(add(office))

    assert len(site.asked) == 1
    refused = new.look_ups.get(address=made.LIST)
    assert "often enough for this minute" in refused.why
    assert (results(new.told)["status"], new.verdict) == ("unknown", "unverified")

    later(monkeypatch, minutes=2)  # no refusal of ours is remembered
    assert looked_up(add(office)).verdict == "verified"
    assert AskedHost.objects.count() == 1


def test_ten_requests_a_minute():
    assert (looking_up.MOST_A_MINUTE, looking_up.MINUTE.seconds) == (10, 60)


def test_only_hosts_of_the_list_where_there_is_one(office, site, settings):
    settings.ATESTA_LOOK_UP_HOSTS = ["other.example"]
    refused = looked_up(add(office))
    settings.ATESTA_LOOK_UP_HOSTS = [HOST]

    assert "not among those" in refused.look_ups.first().why
    assert site.dialled == []
    assert looked_up(add(office)).verdict == "verified"


def test_a_check_that_took_too_long_begins_no_further_look_up(
    office, site, monkeypatch
):
    monkeypatch.setattr(looking_up, "MOST_SECONDS", 0.0)

    new = looked_up(add(office))

    assert {one.sentence for one in new.look_ups.all()} == {looking_up.TOO_LONG}
    assert site.dialled == []


# The page


def test_the_page_tells_what_waits_and_what_was_looked_up(office, site):
    site.answers["/status/1"] = gives({}, status=404)
    check = add(office)
    number = check.application_id
    waiting = words(page(office.oana, "credential_check", number, check.pk))
    new = looked_up(check)

    old = words(page(office.oana, "credential_check", number, check.pk))
    told = words(page(office.oana, "credential_check", number, new.pk))

    assert "Being looked up; the result will stand here beside this one." in waiting
    assert "Being looked up" not in old
    assert "Looked up" in told
    assert DID in told
    assert new.look_ups.first().sha256 in told
    assert f"The server {HOST} answered 404." in told
    assert "they could not be had" in told
    with translation.override("ro"):
        assert page(office.oana, "credential_check", number, new.pk).status_code == 200


def test_a_look_up_that_never_came_is_told(office, site, monkeypatch):
    check = add(office)
    later(monkeypatch, hours=2)

    told = words(page(office.oana, "credential_check", check.application_id, check.pk))

    assert "Verify it again, and it will be." in told


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_with_look_ups_costs_a_fixed_number_of_queries(
    office, site, count, django_assert_num_queries
):
    application = r.file(office)
    for _number in range(count):
        new = looked_up(add(office, application=application))
    address = application.pk, new.pk
    page(office.radu, "credential_check", *address)

    with django_assert_num_queries(29):
        told = page(office.radu, "credential_check", *address)

    assert len(told.context["look_ups"]) == 2
    assert "content" in told.context["look_ups"][0].get_deferred_fields()


def test_the_events_of_a_look_up_hold_no_content(office, site):
    new = looked_up(add(office))

    told = record.canonical(new.application.case.events.last().facts)

    assert HOST not in told

"""The register of trust: who proposes, who decides, and what counts when."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from qa import clock
from qa.transitions import TransitionRefused
from recognition import register_of_trust
from recognition.enums import TrustAct, TrustKind
from recognition.models import TrustDecision, TrustEntry
from recognition.services import checking, trusting
from tests.credentials import made, made_seals
from tests.credentials.asked import results
from tests.factories import recognition as r
from tests.recognition import files
from tests.recognition.stories import later

DID = "did:web:luz.example"
KEY = "ab" * 32


def stand(entry):
    return register_of_trust.entries().get(pk=entry.pk).stand


def known(office, days=0):
    return register_of_trust.known_at(r.MORNING + timedelta(days=days))


def test_what_is_proposed_does_not_count_until_it_is_confirmed(office):
    entry = files.proposed(office, TrustKind.DID, DID)
    before = register_of_trust.known_at(clock.now()).trust

    files.decide(office, entry, TrustAct.CONFIRM)

    after = register_of_trust.known_at(clock.now())
    assert before.institution(DID) is None
    assert after.trust.institution(DID).name == "Universidad de la Luz"
    assert after.owner_of([DID], clock.today()) == entry.institution_id
    assert stand(entry) == "confirmed"


def test_what_is_rejected_never_counts(office):
    entry = files.proposed(office, TrustKind.DID, DID)

    files.decide(office, entry, TrustAct.REJECT)

    assert stand(entry) == "rejected"
    assert register_of_trust.known_at(clock.now()).trust.institutions == ()


def test_the_register_is_read_as_it_was_known(office):
    with later(1):
        files.confirmed(office, TrustKind.DID, DID)

    assert known(office).trust.institutions == ()
    assert known(office, 2).trust.institution(DID) is not None
    assert known(office).sha256 != known(office, 2).sha256
    assert known(office, 2).sha256 == known(office, 3).sha256


def test_a_key_that_was_ended_keeps_its_days(office):
    entry = files.confirmed(office, TrustKind.KEY, KEY)
    files.decide(office, entry, TrustAct.END, last_day=date(2026, 3, 31))

    (key,) = register_of_trust.known_at(clock.now()).trust.institutions[0].keys

    assert stand(entry) == "ended"
    assert key.valid.covers(date(2026, 3, 31))
    assert not key.valid.covers(date(2026, 4, 1))


@pytest.mark.parametrize(
    ("kind", "value", "named"),
    [
        (TrustKind.DID, DID, DID),
        (TrustKind.DOMAIN, "luz.example", "https://luz.example"),
    ],
)
def test_what_was_ended_names_whom_it_named_on_its_days(office, kind, value, named):
    entry = files.confirmed(office, kind, value)
    last = clock.today()
    files.decide(office, entry, TrustAct.END, last_day=last)

    trust = known(office, 400).trust

    assert trust.institution(named, last) is not None
    assert trust.institution(named, last + timedelta(days=1)) is None


def test_what_was_entered_again_has_both_its_spans(office):
    entry = files.confirmed(office, TrustKind.DID, DID)
    first = clock.today()
    files.decide(office, entry, TrustAct.END, last_day=first)
    again = first + timedelta(days=30)
    with later(30):
        files.confirmed(office, TrustKind.DID, DID, valid_from=again)

    trust = known(office, 31).trust

    days = (first, first + timedelta(days=1), again)
    assert [trust.institution(DID, day) is not None for day in days] == [
        True,
        False,
        True,
    ]


def test_a_domain_names_itself_and_no_others(office):
    files.confirmed(office, TrustKind.DOMAIN, "https://Luz.example/")

    trust = register_of_trust.known_at(clock.now()).trust

    for named in (
        "https://luz.example",
        "https://Luz.example/",
        "https://luz.example:8443",
        "did:web:luz.example",
        "did:web:luz.example%3A8443",
    ):
        assert trust.institution(named) is not None
    for other in (
        "https://luz.example.evil.example/",
        "https://www.luz.example/",
        "http://luz.example/",
        "https://luz.example/users/eve",
        "https://luz.example/?user=eve",
        "https://luz.example#eve",
        "https://eve@luz.example/",
        "did:web:luz.example:users:eve",
        "did:web:luz.example%2Fusers",
        "did:web:luz.example%3A",
        "did:web:evil.example",
        "did:key:luz.example",
        "https://[luz.example",
    ):
        assert trust.institution(other) is None


def test_an_anchor_brings_its_own_name_and_days(office):
    entry = files.confirmed(
        office, TrustKind.ANCHOR, made_seals.pem(made_seals.ROOT), institution=None
    )

    assert (entry.label, entry.valid_to) == ("Authority of tests", date(2030, 1, 1))
    assert entry.whose == "Authority of tests"
    trust = register_of_trust.known_at(clock.now()).trust
    assert trust.anchors_on(date(2029, 12, 31)) == (entry.value,)
    assert trust.anchors_on(date(2030, 1, 2)) == ()


def test_a_key_is_proposed_for_whom_the_identifier_names_on_the_day(office):
    first = files.confirmed(office, TrustKind.DID, DID)
    files.decide(office, first, TrustAct.END, last_day=clock.today())
    other = trusting.institution_named("Universidad Nueva", "ES")
    with later(2):
        files.confirmed(office, TrustKind.DID, DID, institution=other)
    known = register_of_trust.known_at(clock.now() + timedelta(days=3))

    assert known.owner_of([DID], clock.today()) == first.institution_id
    assert known.owner_of([DID], clock.today() + timedelta(days=3)) == other.pk


def test_an_anchor_that_was_ended_vouches_for_what_was_sealed_before(office):
    files.confirmed(office, TrustKind.ORGANISATION, made_seals.NUMBER)
    anchor = files.confirmed(
        office, TrustKind.ANCHOR, made_seals.pem(made_seals.ROOT), institution=None
    )
    files.decide(office, anchor, TrustAct.END, last_day=date(2026, 1, 15))

    with later(400):
        before = checking.look_at(files.sealed()).report
        sealed = made_seals.sealed(made_seals.european(), sigT="2026-01-16T09:00:00Z")
        after = checking.look_at(files.content(sealed)).report

    assert (before.verdict, after.verdict) == ("verified", "unverified")
    assert results(before)["issuer"] == "pass"
    assert results(after)["key_binding"] == "unknown"


def test_quality_assurance_comes_from_the_list_of_institutions(office):
    files.confirmed(office, TrustKind.DID, DID)

    (one,) = register_of_trust.known_at(clock.now()).trust.institutions

    assert [told.source for told in one.quality_assured] == ["AQU"]


@pytest.mark.parametrize(
    ("kind", "value", "why"),
    [
        ("did", "luz.example", "begins with did:"),
        ("organisation", "12345678", "as the certificate has it"),
        ("domain", "luz example", "the domain alone"),
        ("key", "abc", "64 hexadecimal"),
        ("key", "-----BEGIN PUBLIC KEY-----\nAAAA", "public key cannot be read"),
        ("anchor", "-----BEGIN CERTIFICATE-----", "cannot be read"),
        ("other", "   ", "Write the value"),
        ("other", "x" * 500, "Write the value"),
    ],
)
def test_values_are_written_as_their_kind_is(office, kind, value, why):
    with pytest.raises(TransitionRefused, match=why):
        files.proposed(office, kind, value)


def test_a_public_key_stands_by_its_thumbprint(office):
    entry = files.proposed(office, "key", made.public_pem(made.OURS).decode())

    assert entry.value == made.thumbprint(made.OURS)


def test_one_anchor_at_a_time(office):
    both = made_seals.pem(made_seals.ROOT) + made_seals.pem(made_seals.OTHER_ROOT)

    with pytest.raises(TransitionRefused, match="one certificate"):
        files.proposed(office, "anchor", both, institution=None)


def test_a_reason_and_an_owner_are_asked_for(office):
    with pytest.raises(TransitionRefused, match="how you know"):
        files.proposed(office, "did", DID, reason=" ")
    with pytest.raises(TransitionRefused, match="whose it is"):
        files.proposed(office, "did", DID, institution=None)
    with pytest.raises(TransitionRefused, match="before it begins"):
        files.proposed(
            office,
            "did",
            DID,
            valid_from=date(2026, 2, 1),
            valid_to=date(2026, 1, 1),
        )


def test_the_same_value_does_not_stand_twice(office):
    entry = files.confirmed(office, TrustKind.DID, DID)
    with pytest.raises(TransitionRefused, match="already"):
        files.proposed(office, TrustKind.DID, DID)

    files.decide(office, entry, TrustAct.END, last_day=clock.today())

    assert files.proposed(office, TrustKind.DID, DID).pk


@pytest.mark.parametrize("name", ["radu", "ana", "mara", "carmen"])
def test_only_the_office_proposes(office, name):
    entry = TrustEntry(
        kind="did", value=DID, institution=files.university(), reason="x"
    )

    with pytest.raises(PermissionDenied):
        trusting.propose_entry(entry=entry, by=office.people[name])


@pytest.mark.parametrize("name", ["radu", "oana", "mara"])
def test_only_the_head_decides(office, name):
    entry = files.proposed(office, TrustKind.DID, DID)

    with pytest.raises(PermissionDenied):
        trusting.decide_entry(
            entry=entry, act="confirm", reason="Known.", by=office.people[name]
        )


def test_nobody_decides_on_what_they_proposed(office):
    entry = TrustEntry(
        kind="did", value=DID, institution=files.university(), reason="x"
    )
    trusting.propose_entry(entry=entry, by=office.horia)

    with pytest.raises(TransitionRefused, match="Somebody else"):
        files.decide(office, entry, TrustAct.CONFIRM)


@pytest.mark.parametrize(
    ("acts", "refused"),
    [
        ((), "end"),
        (("confirm",), "confirm"),
        (("confirm",), "reject"),
        (("reject",), "confirm"),
        (("reject",), "end"),
        (("confirm", "end"), "end"),
        (("confirm", "end"), "confirm"),
    ],
)
def test_an_act_needs_the_stand_before_it(office, acts, refused):
    entry = files.proposed(office, TrustKind.DID, DID)
    for act in acts:
        files.decide(office, entry, act, clock.today() if act == "end" else None)

    with pytest.raises(TransitionRefused, match="stands otherwise"):
        files.decide(
            office, entry, refused, clock.today() if refused == "end" else None
        )


def test_a_decision_needs_reason_and_the_end_its_day(office):
    entry = files.proposed(office, TrustKind.DID, DID)
    with pytest.raises(TransitionRefused, match="how you know"):
        trusting.decide_entry(entry=entry, act="confirm", reason=" ", by=office.horia)
    with pytest.raises(TransitionRefused, match="which day"):
        files.decide(office, entry, TrustAct.CONFIRM, clock.today())
    files.decide(office, entry, TrustAct.CONFIRM)
    with pytest.raises(TransitionRefused, match="which day"):
        files.decide(office, entry, TrustAct.END)


# Keys seen for the first time


def add(office, content, application=None, by=None):
    return checking.add_credential_file(
        application=application or r.draft(office),
        content=content,
        filename="badge.jwt" if content.startswith(b"ey") else "badge.json",
        by=by or office.radu,
    )


def test_a_key_of_a_known_issuer_is_proposed_and_not_trusted(office, stored):
    files.confirmed(office, TrustKind.DOMAIN, "luz.example")

    check = add(office, files.foreign())
    again = add(office, files.foreign())

    entry = TrustEntry.objects.get(kind=TrustKind.KEY)
    assert (entry.value, entry.seen_in) == (made.thumbprint(made.RSA), check)
    assert entry.added_by.is_service
    assert check.application.case.number in entry.why
    assert stand(entry) == "proposed"
    assert {check.verdict, again.verdict} == {"unverified"}


def test_once_confirmed_the_key_counts(office, stored):
    files.confirmed(office, TrustKind.DOMAIN, "luz.example")
    check = add(office, files.foreign())

    files.decide(office, TrustEntry.objects.get(kind="key"), TrustAct.CONFIRM)
    again = checking.check_document(
        application=check.application, document=check.document, by=office.oana
    )

    assert (check.verdict, again.verdict) == ("unverified", "verified")
    assert check.trusted_sha256 != again.trusted_sha256


def test_keys_of_unknown_issuers_and_bound_keys_are_not_proposed(office, stored):
    add(office, files.foreign())
    files.confirmed(office, TrustKind.DID, made.did())
    add(office, files.content(files.badge()))

    assert not TrustEntry.objects.filter(kind=TrustKind.KEY).exists()


def test_a_signature_that_fails_proposes_nothing(office, stored):
    files.confirmed(office, TrustKind.DOMAIN, "luz.example")

    add(office, made.changed(files.foreign().decode()).encode())

    assert not TrustEntry.objects.filter(kind=TrustKind.KEY).exists()


def test_a_head_does_not_decide_on_a_key_of_the_own_application(office, stored):
    files.confirmed(office, TrustKind.DOMAIN, "luz.example")
    r.appoint(office.radu, "head_of_recognition")
    add(office, files.foreign())
    entry = TrustEntry.objects.get(kind=TrustKind.KEY)

    with pytest.raises(TransitionRefused, match="one’s own application"):
        trusting.decide_entry(
            entry=entry, act="confirm", reason="It is mine.", by=office.radu
        )


# Institutions that the list does not have


def test_an_institution_is_added_once(office):
    one = trusting.institution_named(name=" Universidad  del Mar ", country="ES")
    same = trusting.institution_named(name="Universidad del Mar", country="ES")
    other = trusting.institution_named(name="Universidad del Már", country="ES")

    assert one == same
    assert one.code == "ES-UNIVERSIDAD-DEL-MAR"
    assert other.code == "ES-UNIVERSIDAD-DEL-MAR-2"


# Rows that never change


@pytest.mark.parametrize("model", [TrustEntry, TrustDecision])
def test_rows_of_the_register_never_change(office, model):
    files.confirmed(office, TrustKind.DID, DID)
    for change in (
        lambda: model.objects.update(reason="Otherwise."),
        lambda: connection.cursor().execute(f"DELETE FROM {model._meta.db_table}"),  # noqa: S608
    ):
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"reason": " "}, "has_reason_or_was_seen"),
        ({"institution": None}, "only_anchors_are_nobodys"),
        (
            {"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)},
            "holds_forwards",
        ),
    ],
)
def test_the_database_agrees_about_entries(office, changes, name):
    told = {
        "kind": "did",
        "value": DID,
        "institution": files.university(),
        "reason": "Known.",
        "added_at": clock.now(),
        "added_by": office.oana,
    }
    with pytest.raises(IntegrityError, match=name):
        TrustEntry.objects.create(**told | changes)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"reason": " "}, "has_reason"),
        ({"last_day": date(2026, 1, 1)}, "last_day_iff_ended"),
        ({"act": "end"}, "last_day_iff_ended"),
    ],
)
def test_the_database_agrees_about_decisions(office, changes, name):
    told = {
        "entry": files.proposed(office, TrustKind.DID, DID),
        "act": "confirm",
        "reason": "Known.",
        "at": clock.now(),
        "by": office.horia,
    }
    with pytest.raises(IntegrityError, match=name):
        TrustDecision.objects.create(**told | changes)

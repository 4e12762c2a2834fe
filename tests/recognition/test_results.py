"""The result as data: issued with B21, read by three verifiers, ended, sworn to."""

import copy
import json
from types import SimpleNamespace

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from openbadgeslib.ob3 import (
    OB3VerificationError,
    check_credential_status,
    resolve_verification_method,
    verify_data_integrity_proof,
)

from qa import clock, triggers, verification
from qa.models import Decision
from qa.transitions import TransitionRefused
from recognition import published
from recognition.credentials import verification as ours
from recognition.credentials.contexts import Contexts
from recognition.credentials.findings import Check
from recognition.credentials.trust import Institution, KnownKey, Span, Trust
from recognition.enums import RecognitionOutcome
from recognition.issuing import keys
from recognition.issuing.endorsement import by_hash
from recognition.models import (
    IssuedResult,
    RecognitionDecision,
    ResultWithdrawal,
    StatusList,
)
from recognition.services import closing, results
from tests.factories import recognition as r
from tests.issuing import independent
from tests.recognition.stories import later


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path):
    settings.ATESTA_URL = "https://atesta.example"
    settings.ISSUER_KEYS_FILE = tmp_path / "issuer.keys"
    keys.make(settings.ISSUER_KEYS_FILE)
    # openbadgeslib reads the machine's clock.
    with time_machine.travel(r.MORNING, tick=False):
        yield


def notified(office, outcome="full"):
    it = r.at(office, "decided", outcome=outcome)
    return r.notify(office, it)


def told(application):
    return json.loads(bytes(application.resolution.result.content))


def the_list(application):
    return json.loads(published.signed_list(application.resolution.result.status_list))


def withdraw(office, application):
    return results.withdraw_result(
        application=application, reason="Annulled by the court.", by=office.horia
    )


def by_ours(credential, kept, institutions=()):
    document = published.did_document()
    at_hand = {document["id"]: document, kept["id"]: kept}
    return ours.verify(
        json.dumps(credential).encode(),
        at=clock.now(),
        trust=Trust(institutions=institutions, documents=at_hand),
        contexts=Contexts(),
    )


def by_openbadgeslib(credential, kept):
    """Proof and status; whatever is wrong is raised."""
    for one in (credential, kept):
        named = one["proof"]["verificationMethod"]
        key = resolve_verification_method(
            named, lambda _url: json.dumps(published.did_document()).encode()
        )
        verify_data_integrity_proof(one, key)
    badge = SimpleNamespace(
        issuer=SimpleNamespace(id=credential["issuer"]["id"]),
        credential_status=[credential["credentialStatus"]],
    )
    check_credential_status(badge, download=lambda _url: json.dumps(kept).encode())


@pytest.mark.parametrize("outcome", RecognitionOutcome.values)
def test_three_verifiers_read_it_and_see_it_withdrawn(office, outcome):
    application = notified(office, outcome)
    credential, kept = told(application), the_list(application)
    document = published.did_document()

    assert by_ours(credential, kept).verdict == "verified"
    by_openbadgeslib(credential, kept)
    assert independent.holds(credential, document)
    assert independent.holds(kept, document)
    assert not independent.marked(credential, kept)

    withdraw(office, application)

    marked = the_list(application)
    assert by_ours(credential, marked).verdict == "invalid"
    assert by_ours(credential, marked).findings[Check.STATUS].result == "fail"
    with pytest.raises(OB3VerificationError, match="'revocation' is set"):
        by_openbadgeslib(credential, marked)
    assert independent.holds(marked, document)
    assert independent.marked(credential, marked)


def _another_outcome(credential):
    credential["evidence"][0]["narrative"] = "partial"


def _another_place(credential):
    credential["credentialStatus"]["statusListIndex"] = "1"


CHANGES = {
    "outcome": _another_outcome,
    "place": _another_place,
    "comment": lambda it: it["credentialSubject"].update(endorsementComment="All."),
    "file": lambda it: it["credentialSubject"].update(id=by_hash("11" * 32)),
    "day": lambda it: it.update(validFrom="2026-01-01T00:00:00Z"),
    "issuer": lambda it: it["issuer"].update(name="Somebody else"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_three_verifiers_see_a_change(office, name):
    application = notified(office)
    credential, kept = told(application), the_list(application)
    changed = copy.deepcopy(credential)
    CHANGES[name](changed)

    assert changed != credential
    assert by_ours(changed, kept).verdict == "invalid"
    with pytest.raises(OB3VerificationError):
        by_openbadgeslib(changed, kept)
    assert not independent.holds(changed, published.did_document())


def test_after_a_rotation_the_old_result_holds_by_the_old_key(office, settings):
    application = notified(office)
    credential = told(application)
    with later(3):
        keys.rotate(settings.ISSUER_KEYS_FILE, clock.now())
    with later(4), time_machine.travel(clock.now(), tick=False):
        kept, document = the_list(application), published.did_document()
        old, new = keys.history(settings.ISSUER_KEYS_FILE)
        us = Institution(
            "UVD",
            frozenset([document["id"]]),
            (KnownKey(old.thumbprint, Span(last=clock.local_day(old.until))),),
        )

        assert kept["proof"]["verificationMethod"].endswith(new.name)
        assert credential["proof"]["verificationMethod"].endswith(old.name)
        assert by_ours(credential, kept, (us,)).verdict == "verified"
        assert by_ours(credential, kept).verdict == "verified"
        by_openbadgeslib(credential, kept)
        assert independent.holds(credential, document)
        assert independent.holds(kept, document)


def test_what_a_lost_key_signed_is_no_longer_proven(office, settings):
    application = notified(office)
    credential = told(application)
    with later(3):
        keys.rotate(settings.ISSUER_KEYS_FILE, clock.now(), lost=True)
    with later(4), time_machine.travel(clock.now(), tick=False):
        kept, document = the_list(application), published.did_document()

        report = by_ours(credential, kept)
        assert report.findings[Check.SIGNATURE].result == "pass"
        assert report.findings[Check.KEY_BINDING].result == "unknown"
        assert report.verdict == "unverified"
        assert not independent.holds(credential, document)
        assert independent.holds(kept, document)


def test_an_ended_key_asserts_nothing_more(office, settings):
    application = notified(office)
    with later(-3):
        keys.rotate(settings.ISSUER_KEYS_FILE, clock.now())
    credential, kept = told(application), the_list(application)

    assert not independent.holds(credential, published.did_document())
    report = by_ours(credential, kept)
    assert report.findings[Check.KEY_BINDING].result == "fail"


def test_it_says_what_was_decided_and_nothing_of_the_person(office):
    application = notified(office, "partial")
    credential = told(application)

    said = [(one["genre"], one["narrative"]) for one in credential["evidence"]]
    act = application.resolution.decision
    assert said[:5] == [
        ("outcome", "partial"),
        ("purpose", application.purpose),
        ("purpose_target", application.purpose_target),
        ("act_number", act.act_number),
        ("decided_on", "2026-11-02"),
    ]
    assert ("ects", "4") in said
    assert {"component_ects", "legal_ground", "credential"} <= {one for one, _v in said}
    assert (
        "Partial recognition" in credential["credentialSubject"]["endorsementComment"]
    )
    assert "Partial recognition: “" in credential["name"]
    text = json.dumps(credential, ensure_ascii=False)
    person, stated = application.applicant, application.credential
    for private in (
        *(person.email, person.given_name, person.family_name),
        *(stated.learner_given_name, stated.learner_family_name),
        *(str(stated.learner_birth_date), application.case.number),
    ):
        assert private not in text


def test_it_speaks_of_the_file_by_its_hash_or_of_a_paper_by_a_name(office):
    on_paper = told(notified(office))
    filed = r.at(office, "decided")
    filed.case.documents.filter(kind="certificate").update(sha256="ab" * 32)

    by_file = told(r.notify(office, filed))

    assert on_paper["credentialSubject"]["id"].startswith("urn:uuid:")
    assert by_file["credentialSubject"]["id"] == by_hash("ab" * 32)


def test_the_same_act_issues_it_or_does_not_happen(office, settings):
    application = r.at(office, "decided")
    r.letter(office, application)
    settings.ISSUER_KEYS_FILE.unlink()

    with pytest.raises(TransitionRefused, match="cannot be signed"):
        closing.notify_applicant(
            application=application, delivery=r.delivery(), by=office.oana
        )

    assert r.again(application).status == "decided"
    assert not application.case.events.filter(row="B21").exists()


def test_places_are_drawn_until_one_is_free(office, monkeypatch):
    first = notified(office).resolution.result
    drawn = iter([first.status_index, 9])
    monkeypatch.setattr(results.secrets, "randbelow", lambda _size: next(drawn))

    second = notified(office).resolution.result

    assert (second.status_list, second.status_index) == (first.status_list, 9)


def test_a_list_that_fills_up_is_followed_by_another(office, monkeypatch):
    monkeypatch.setattr(results, "MOST_IN_A_LIST", 1)

    one, other = (notified(office).resolution.result for _time in range(2))

    assert one.status_list != other.status_list
    assert StatusList.objects.count() == 2


def test_who_withdraws_and_once(office):
    application = notified(office)
    with pytest.raises(PermissionDenied):
        results.withdraw_result(application=application, reason="No.", by=office.oana)
    with pytest.raises(TransitionRefused, match="Say why"):
        results.withdraw_result(application=application, reason=" ", by=office.horia)

    withdrawal = withdraw(office, application)

    event = application.case.events.last()
    assert (event.act, event.role) == (
        "withdraw_result",
        "head of the recognition office",
    )
    assert event.reason == withdrawal.reason
    with pytest.raises(TransitionRefused, match="no result"):
        withdraw(office, application)


def test_a_later_decision_ends_what_was_issued_of_the_earlier(office):
    application = notified(office)
    earlier = application.resolution.result
    act = Decision.objects.get(pk=earlier.pk)
    act.pk, act.act_number = None, "77"
    act.save(force_insert=True)
    anew = RecognitionDecision.objects.get(pk=earlier.pk)
    anew.decision = act
    anew.save(force_insert=True)

    issued = results.issue_result(application=application, by=office.oana)

    earlier = IssuedResult.objects.get(pk=earlier.pk)
    assert earlier.withdrawal.reason == "The decision was replaced by act 77."
    assert results.standing_result(application) == issued


@pytest.mark.parametrize(
    ("model", "name"),
    [(IssuedResult, "key"), (ResultWithdrawal, "reason"), (StatusList, "address")],
)
def test_what_went_out_is_never_changed(office, model, name):
    withdraw(office, notified(office))

    for change in (
        lambda: model.objects.update(**{name: "Other"}),
        lambda: model.objects.all()._raw_delete("default"),  # noqa: SLF001  past PROTECT
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


SWORN = {
    "bytes": (IssuedResult, {"content": b"{}"}, "issue_result"),
    "place": (IssuedResult, {"status_index": 3}, "issue_result"),
    "list": (StatusList, {"address": "https://other.example"}, "issue_result"),
    "reason": (ResultWithdrawal, {"reason": "None."}, "withdraw_result"),
    "no withdrawal": (ResultWithdrawal, None, "withdraw_result"),
}


@pytest.mark.parametrize("name", SWORN)
def test_what_went_out_stands_in_the_record(office, name):
    model, changes, act = SWORN[name]
    application = notified(office)
    withdraw(office, application)
    assert verification.verify() == []

    connection.check_constraints()
    triggers.lift()
    model.objects.all().delete() if changes is None else model.objects.update(**changes)
    connection.check_constraints()
    triggers.install()

    [found] = [one for one in verification.verify() if one.case]
    told_by = application.case.events.get(act=act)
    assert (found.case, found.sequence) == (application.case.number, told_by.sequence)

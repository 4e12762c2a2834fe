"""The issuer's keys: private, never replaced, rotated with their history."""

import json
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from recognition.credentials import keys as read_keys
from recognition.issuing import identity, keys

FIRST, SECOND = (datetime(2026, month, 1, 9, tzinfo=UTC) for month in (3, 9))
US = "did:web:atesta.example"


@pytest.fixture
def path(tmp_path, settings):
    settings.ISSUER_KEYS_FILE = tmp_path / "issuer.keys"
    settings.ATESTA_URL = "https://atesta.example"
    return settings.ISSUER_KEYS_FILE


def test_a_file_of_the_owner_that_is_never_replaced(path):
    keys.make(path)
    before = path.read_bytes()

    with pytest.raises(FileExistsError):
        keys.make(path)

    assert path.read_bytes() == before
    assert path.stat().st_mode & 0o777 == 0o600
    assert keys.fault(path) == ""


def test_rotation_forgets_the_private_half_and_keeps_the_days(path):
    keys.make(path)
    first = keys.in_use(path)
    keys.rotate(path, FIRST)
    second = keys.in_use(path)

    third = keys.rotate(path, SECOND)

    known = keys.history(path)
    assert [(one.since, one.until) for one in known] == [
        (None, FIRST),
        (FIRST, SECOND),
        (SECOND, None),
    ]
    assert known[2] == third == keys.in_use(path).known
    assert path.stat().st_mode & 0o777 == 0o600
    for old in (first, second):
        assert old.private not in path.read_text().encode().decode("unicode_escape")


@pytest.mark.parametrize("content", ["", "{}", '{"keys": []}', '{"keys": [{}]}'])
def test_what_cannot_be_read_is_told(path, content):
    assert "is missing" in keys.fault(path)

    path.write_text(content)

    assert "cannot be read" in keys.fault(path)


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("https://atesta.example", "did:web:atesta.example"),
        ("https://Atesta.example:8443", "did:web:atesta.example%3A8443"),
        ("https://uvd.example/credits/atesta/", "did:web:uvd.example:credits:atesta"),
    ],
)
def test_the_address_is_the_name(address, named):
    assert identity.did(address) == named


def test_an_ended_key_asserts_what_it_signed_before_its_end(path):
    keys.make(path)
    keys.rotate(path, FIRST)
    old, new = keys.history(path)

    told = identity.document(US, keys.history(path))

    assert told["assertionMethod"] == [f"{US}#{old.name}", f"{US}#{new.name}"]
    assert [
        (one["publicKeyMultibase"], one.get("expires"))
        for one in told["verificationMethod"]
    ] == [(new.name, None), (old.name, "2026-03-01T09:00:00Z")]
    for entry, key in zip(told["verificationMethod"], (new, old), strict=True):
        assert read_keys.thumbprint(read_keys.from_method(entry)) == key.thumbprint


def test_a_lost_key_is_revoked_and_asserts_nothing(path):
    keys.make(path)
    keys.rotate(path, FIRST, lost=True)
    lost, new = keys.history(path)

    told = identity.document(US, (lost, new))

    assert told["assertionMethod"] == [f"{US}#{new.name}"]
    assert told["verificationMethod"][-1]["revoked"] == "2026-03-01T09:00:00Z"
    assert "expires" not in told["verificationMethod"][-1]


def test_a_lost_key_is_trusted_by_nobody(path, capsys, db):
    call_command("issuer_keys", "--make")
    with pytest.raises(CommandError, match="goes with --rotate"):
        call_command("issuer_keys", "--lost")
    call_command("issuer_keys", "--rotate", "--lost")
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()[-2:]] == [
        "lost",
        "in",
    ]

    call_command("issuer_keys", "--registry")

    (told,) = json.loads(capsys.readouterr().out)["institutions"]
    _lost, new = keys.history(path)
    assert [key["thumbprint"] for key in told["keys"]] == [new.thumbprint]


def test_the_command_makes_lists_and_rotates(path, capsys):
    with pytest.raises(CommandError, match="is missing"):
        call_command("issuer_keys")

    call_command("issuer_keys", "--make")
    call_command("issuer_keys", "--rotate")

    told = capsys.readouterr().out.splitlines()[-3:]
    assert told[0] == US
    assert [line.split()[0] for line in told[1:]] == ["ended", "in"]
    with pytest.raises(CommandError, match="never replaced"):
        call_command("issuer_keys", "--make")

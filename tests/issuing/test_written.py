"""What is signed: the same data, the same bytes; words that every verifier knows."""

import json
from datetime import UTC, datetime, timedelta

import jsonschema
import pytest
from openbadgeslib.ob3 import decode_encoded_list, set_indices
from referencing import Registry

from recognition.issuing import endorsement, keys, signing, status_list
from recognition.issuing.endorsement import Both, Particular, Recognition
from tests.credentials.sample_files import ABSENT, SAMPLES
from tests.issuing import independent

AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
US, LIST = "did:web:atesta.example", "https://atesta.example/recognition/status/1/"
SCHEMA = SAMPLES / "ob3" / "schema" / "ob_v3p0_endorsementcredential_schema.json"
TOLD = Recognition(
    name=Both("Recunoașterea pentru „Etica datelor”", "Recognition of “Data ethics”"),
    about=endorsement.by_hash("00" * 32),
    brought=Both("„Etica datelor”", "“Data ethics”"),
    comment=Both("Recunoaștere parțială.", "Partial recognition."),
    particulars=[
        Particular("outcome", "partial", Both("rezultat", "outcome")),
        *[Particular("component_ects", "1.5", Both("parte", "component"))] * 3,
    ],
)


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    path = tmp_path_factory.mktemp("keys") / "issuer.keys"
    keys.make(path)
    return keys.in_use(path)


def unsigned():
    return endorsement.credential(
        TOLD,
        identifier="urn:uuid:6d0b1f1e-51b6-4f0e-9c1b-2f8f0c4d9a10",
        issuer=endorsement.Issuer(US, Both("UVD", "UVD"), "RO", "https://x.example"),
        at=AT,
        status=status_list.entry(LIST, 77),
    )


def listed(marked):
    until = AT + timedelta(days=7)
    return status_list.credential(LIST, US, marked, since=AT, until=until)


@pytest.mark.parametrize("document", [unsigned(), listed([5, 77])], ids=["one", "list"])
def test_the_same_data_give_the_same_bytes(key, document):
    first, second = (
        signing.signed(document, issuer=US, key=key, at=AT) for _time in range(2)
    )

    assert first == second
    assert json.loads(first)["proof"]["created"] == "2026-11-02T08:00:00Z"


def test_every_word_is_covered(key):
    for document in (unsigned(), listed([])):
        signed = json.loads(signing.signed(document, issuer=US, key=key, at=AT))

        assert independent.statements(signed)


def test_the_format_accepts_it(key):
    if not SCHEMA.exists():
        pytest.skip(ABSENT)
    schema = json.loads(SCHEMA.read_text())
    check = jsonschema.Draft201909Validator(schema, registry=Registry())

    signed = json.loads(signing.signed(unsigned(), issuer=US, key=key, at=AT))

    assert [error.message for error in check.iter_errors(signed)] == []


def test_both_languages_where_the_format_has_room_for_them():
    subject = unsigned()["credentialSubject"]

    assert [one["@language"] for one in subject["description"]] == ["ro", "en"]
    assert subject["endorsementComment"] == (
        "Recunoaștere parțială.\n\nPartial recognition."
    )
    assert unsigned()["issuer"]["name"] == "UVD"
    assert unsigned()["evidence"][0]["name"] == "rezultat · outcome"


@pytest.mark.parametrize("marked", [[], [0], [7, 8, 131_071]])
def test_the_first_bit_is_the_leftmost(marked):
    bits = decode_encoded_list(status_list.encoded(marked))

    assert (len(bits) * 8, sorted(set_indices(bits))) == (131_072, marked)

"""Certificates of a shape that no authority gives."""

from base64 import b64encode
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from recognition.credentials import certificates
from recognition.credentials.findings import Result
from recognition.credentials.refusals import Malformed
from recognition.credentials.trust import Trust
from recognition.identifiers import NotWritten, written
from tests.credentials import made, made_seals

# What the holder may do: a list of nothing; and the same, but as a value without parts.
NOTHING, NO_LIST = bytes.fromhex("04023000"), bytes.fromhex("04021000")
VERSION_3, VERSION_19 = bytes.fromhex("a003020102"), bytes.fromhex("a003020112")


@pytest.fixture(scope="module")
def of_no_version() -> bytes:
    der = made_seals.ROOT.public_bytes(Encoding.DER)
    assert der.count(VERSION_3) == 1
    return der.replace(VERSION_3, VERSION_19)


def as_pem(der: bytes) -> str:
    text = b64encode(der).decode()
    return f"-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n"


def test_a_certificate_of_no_version_is_refused_in_a_file(of_no_version: bytes) -> None:
    with pytest.raises(Malformed):
        certificates.from_der(of_no_version)


def test_a_certificate_of_no_version_is_refused_as_an_anchor(
    of_no_version: bytes,
) -> None:
    with pytest.raises(NotWritten, match="cannot be read"):
        written("anchor", as_pem(of_no_version))


@pytest.fixture(scope="module")
def of_no_form() -> x509.Certificate:
    """An extension of it cannot be read."""
    der = made_seals.LEAF.public_bytes(Encoding.DER)
    assert der.count(NOTHING) == 1
    return certificates.from_der(der.replace(NOTHING, NO_LIST))


TRUST = Trust(anchors=(made_seals.pem(made_seals.ROOT),))


def test_a_certificate_of_no_form_leads_nowhere(of_no_form: x509.Certificate) -> None:
    found = certificates.binding(of_no_form, [], TRUST, None, made.AT)

    assert found.result is Result.UNKNOWN


def test_a_certificate_of_no_form_beside_is_passed_over(
    of_no_form: x509.Certificate,
) -> None:
    leaf = made_seals.LEAF

    found = certificates.binding(leaf, [of_no_form], TRUST, None, made.AT)

    assert found.result is Result.PASS


def test_a_key_beside_it_that_cannot_be_read_leads_nowhere() -> None:
    """Found by drawn files: the key's own length says more than there is."""
    der = made_seals.OTHER_ROOT.public_bytes(Encoding.DER)
    broken = x509.load_der_x509_certificate(
        der.replace(
            b"\x30\x82\x01\x0a\x02\x82\x01\x01", b"\x30\x82\x01\xba\x02\x82\x01\x01"
        )
    )
    trust = Trust(anchors=(made_seals.pem(made_seals.ROOT),))
    at = datetime(2026, 6, 1, tzinfo=UTC)

    found = certificates.binding(made_seals.OTHER_LEAF, [broken], trust, None, at)

    assert found.result is Result.UNKNOWN

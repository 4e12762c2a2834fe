"""Certificates of a shape that no authority gives."""

from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from recognition.credentials import certificates
from recognition.credentials.refusals import Malformed
from recognition.identifiers import NotWritten, written
from tests.credentials import made_seals

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

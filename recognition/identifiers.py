"""How identifiers, keys and anchors are written in the register of trust."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recognition.credentials import certificates, keys
from recognition.credentials.refusals import Malformed
from recognition.enums import TrustKind

LONGEST = 400
LONGEST_PEM = 20_000
DID = re.compile(r"did:[a-z0-9]+:[\w.:%~-]+")
ORGANISATION = re.compile(r"[A-Z]{3}[A-Z]{2}-\S+|[A-Z]{2}:[A-Z]{2}-\S+")
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
THUMBPRINT = re.compile(r"[0-9a-f]{64}")


class NotWritten(Exception):
    """The value is not of its kind; the sentence says how it is written."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Written:
    """A value in its one form; of a certificate, its name and when it holds."""

    value: str
    label: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


def written(kind: str, value: str) -> Written:
    text = value.strip()
    longest = LONGEST_PEM if "BEGIN" in text else LONGEST
    if not text or len(text) > longest or "\0" in text:
        raise NotWritten(_("Write the value, in 400 characters at most."))
    return _READ[TrustKind(kind)](text)


def _matching(pattern: re.Pattern[str], sentence: str | Promise) -> "_Reader":
    def read(text: str) -> Written:
        if not pattern.fullmatch(text):
            raise NotWritten(sentence)
        return Written(text)

    return read


def _domain(text: str) -> Written:
    host = text.lower().removeprefix("https://").rstrip("/")
    if not DOMAIN.fullmatch(host):
        raise NotWritten(_("Write the domain alone, such as university.example."))
    return Written(host)


def _key(text: str) -> Written:
    """The thumbprint, or a public key from which it is made."""
    if "BEGIN PUBLIC KEY" in text:
        try:
            key = load_pem_public_key(text.encode())
        except ValueError as error:
            raise NotWritten(_("The public key cannot be read.")) from error
        if not isinstance(key, keys.PublicKey):
            raise NotWritten(_("The key is of a kind that is not read here."))
        return Written(keys.thumbprint(key))
    told = text.lower().replace(":", "").replace(" ", "")
    if not THUMBPRINT.fullmatch(told):
        raise NotWritten(
            _("Write the SHA-256 thumbprint (64 hexadecimal digits) or a public key.")
        )
    return Written(told)


def _anchor(text: str) -> Written:
    try:
        found = certificates.from_pem(text)
        if len(found) != 1:
            raise NotWritten(_("Give one certificate at a time."))
        certificates.public_key(found[0])
    except Malformed as error:
        raise NotWritten(
            _("The certificate cannot be read; give it as PEM text.")
        ) from error
    one = found[0]
    return Written(
        certificates.pem(one),
        certificates.told_name(one)[:200],
        one.not_valid_before_utc.date(),
        one.not_valid_after_utc.date(),
    )


_Reader = Callable[[str], Written]
_READ: dict[TrustKind, _Reader] = {
    TrustKind.DID: _matching(DID, _("A DID begins with did: and its method.")),
    TrustKind.ORGANISATION: _matching(
        ORGANISATION,
        _("Write it as the certificate has it, such as VATRO-12345678."),
    ),
    TrustKind.DOMAIN: _domain,
    TrustKind.OTHER: Written,
    TrustKind.KEY: _key,
    TrustKind.ANCHOR: _anchor,
}

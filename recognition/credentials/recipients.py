"""Is the person of the credential the person who files it?"""

import hashlib
import hmac
from typing import Any

from recognition.credentials.findings import Finding, failed, passed, unknown
from recognition.credentials.trust import Applicant
from recognition.credentials.words import gettext_noop as _

HASHES = ("sha256", "md5")
# What Open Badges 2.0 and 3.0 call an e-mail address.
OF_ADDRESSES = ("email", "emailAddress")
NOBODY = _("There is no applicant to compare the recipient with.")
SAME_IDENTIFIER = _("The recipient bears an identifier of the applicant.")
SAME_IDENTITY = _(
    "The recipient is named by an e-mail address or number of the applicant."
)
OTHER = _("The credential names another recipient than the applicant.")
UNNAMED = _("The credential names no recipient that could be compared.")


def by_hash(identity: Any, salt: Any, hashed: bool, values: tuple[str, ...]) -> bool:
    """Is one of the values behind an Open Badges identity, plain or hashed?"""
    if not isinstance(identity, str):
        return False
    if not hashed:
        return identity.casefold() in {value.casefold() for value in values}
    name, _dollar, digest = identity.partition("$")
    if name not in HASHES or not digest:
        return False
    suffix = salt if isinstance(salt, str) else ""
    return any(
        hmac.compare_digest(
            hashlib.new(name, (spelling + suffix).encode(), usedforsecurity=False)
            .hexdigest()
            .encode(),
            digest.lower().encode(),
        )
        for value in values
        for spelling in (value, value.lower())
    )


def compared(
    applicant: Applicant | None,
    identifiers: list[str],
    identities: list[dict[str, Any]],
    names: list[str],
) -> Finding:
    """By what the credential names its recipient, against what is known."""
    if applicant is None:
        return unknown(NOBODY)
    known = (*applicant.emails, *applicant.identifiers)
    if set(identifiers) & set(applicant.identifiers):
        return passed(SAME_IDENTIFIER)
    for one in identities:
        if by_hash(one["identity"], one.get("salt"), one.get("hashed", False), known):
            return passed(SAME_IDENTITY)
    spoken = {" ".join(name.casefold().split()) for name in names}
    if spoken & {" ".join(name.casefold().split()) for name in applicant.names}:
        return unknown(
            _("The recipient bears the applicant’s name, which others may bear too.")
        )
    if any(_is_of_a_kind_we_know(one) for one in identities):
        return failed(OTHER)
    return unknown(UNNAMED)


def _is_of_a_kind_we_know(identity: dict[str, Any]) -> bool:
    """An address that can be compared; a number or a hash of another kind cannot."""
    told, kind = identity["identity"], identity.get("kind")
    if not isinstance(told, str) or kind not in OF_ADDRESSES:
        return False
    name, _dollar, digest = told.partition("$")
    return bool(name in HASHES and digest) if identity.get("hashed") else "@" in told

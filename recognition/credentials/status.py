"""Has it been revoked? Only from lists that are at hand; none is fetched."""

from collections.abc import Callable
from typing import Any

from recognition.credentials.findings import (
    Check,
    Finding,
    Report,
    Result,
    failed,
    passed,
    unknown,
)
from recognition.credentials.refusals import Malformed, Unreadable
from recognition.credentials.safe_json import listed
from recognition.credentials.trust import Trust, list_at
from recognition.credentials.words import gettext_noop as _

# Bitstring Status List §2.3: a shorter list would tell which credential is asked about.
LEAST_BYTES = 16 * 1024
LISTS = {
    "BitstringStatusListEntry": "BitstringStatusList",
    "StatusList2021Entry": "StatusList2021",
}
NEGATIVE = {
    "revocation": _("The status list %(list)s says at %(index)s that it was revoked."),
    "suspension": _("The status list %(list)s says at %(index)s that it is suspended."),
}
# Lists of those that were revoked, by 1EdTech and of Open Badges 2.0.
REVOKED = _("The issuer’s list %(list)s says that it was revoked.")
NOT_REVOKED = _("The issuer’s list %(list)s does not name it as revoked.")
NO_LIST = _("What stands at %(address)s is no list of what was revoked.")
NOT_AT_HAND = _("The status list %(address)s is not at hand.")

# How a list is verified: as the credential that it is. It is handed in, because a list
# is read by the same reader whose credential names it.
Verify = Callable[[Any], tuple[dict[str, Any], Report, str | None]]


def status(
    credential: dict[str, Any],
    issuer: str | None,
    thumbprint: str | None,
    trust: Trust,
    verify: Verify,
) -> Finding:
    entries = listed(credential.get("credentialStatus"))
    if not entries:
        return passed(_("The credential names no status list."))
    found = [
        _entry(entry, credential, issuer, thumbprint, trust, verify)
        for entry in entries
    ]
    order = (Result.FAIL, Result.UNKNOWN, Result.PASS)
    return min(found, key=lambda finding: order.index(finding.result))


def _entry(
    entry: Any,
    credential: dict[str, Any],
    issuer: str | None,
    thumbprint: str | None,
    trust: Trust,
    verify: Verify,
) -> Finding:
    told = entry.get("type") if isinstance(entry, dict) else None
    kind = None if told is None else str(told)
    if kind == "1EdTechRevocationList":
        return _revocation_list(entry, credential, trust)
    if kind is None:
        return unknown(_("It names a status without saying of which kind."))
    if kind not in LISTS:
        sentence = _("Status lists of the kind “%(kind)s” are not read here.")
        return unknown(sentence, kind=str(kind)[:60])
    address = entry.get("statusListCredential")
    kept = (
        address if isinstance(address, dict) else list_at(trust.documents, str(address))
    )
    if kept is None:
        return _not_at_hand(address)
    try:
        document = _believed(kept, issuer, thumbprint, verify)
        named = address.get("id") if isinstance(address, dict) else address
        return _looked_up(entry, LISTS[kind], document, str(named or "–")[:200])
    except (Malformed, Unreadable) as refusal:
        return unknown(refusal.sentence, **refusal.facts)


def _believed(
    kept: Any, issuer: str | None, thumbprint: str | None, verify: Verify
) -> dict[str, Any]:
    """The list, if it is signed, in force and of the credential's own issuer."""
    document, report, list_key = verify(kept)
    if report.findings[Check.SIGNATURE].result is not Result.PASS:
        raise Malformed(_("The status list is not signed in a way that holds."))
    if report.findings[Check.COVERAGE].result is not Result.PASS:
        raise Malformed(_("The status list is not wholly signed."))
    if report.findings[Check.VALIDITY].result is Result.FAIL:
        raise Malformed(_("The status list is out of date."))
    bound = report.findings[Check.KEY_BINDING].result is Result.PASS
    if _issuer(document) != issuer or not (bound or list_key == thumbprint):
        raise Malformed(_("The status list is not the issuer’s own."))
    return document


def _issuer(document: dict[str, Any]) -> Any:
    issuer = document.get("issuer")
    return issuer.get("id") if isinstance(issuer, dict) else issuer


def _not_at_hand(address: Any) -> Finding:
    return unknown(NOT_AT_HAND, address=str(address)[:200])


def _revocation_list(
    entry: dict[str, Any], credential: dict[str, Any], trust: Trust
) -> Finding:
    """1EdTech's list of revoked credentials by their ids."""
    address = str(entry.get("id"))[:200]
    kept = list_at(trust.documents, str(entry.get("id")))
    if not isinstance(kept, dict):
        return _not_at_hand(address)
    if not isinstance(kept.get("revokedCredential"), list | dict):
        return unknown(NO_LIST, address=address)
    if not isinstance(credential.get("id"), str):
        return unknown(
            _("The list names credentials by their identifiers; this one has none.")
        )
    for one in listed(kept.get("revokedCredential")):
        named = isinstance(one, dict) and one.get("id") == credential.get("id")
        if named and one.get("revoked") is not False:
            return failed(REVOKED, list=address)
    return passed(NOT_REVOKED, list=address)


def _looked_up(
    entry: dict[str, Any], kind: str, document: dict[str, Any], address: str
) -> Finding:
    subject = document.get("credentialSubject")
    purpose = entry.get("statusPurpose")
    if not isinstance(subject, dict) or kind not in listed(subject.get("type")):
        raise Malformed(_("The status list is of another kind than its entry says."))
    if purpose not in listed(subject.get("statusPurpose")):
        raise Malformed(_("The status list is kept for another purpose."))
    if purpose not in NEGATIVE:
        return unknown(
            _("A status of the purpose “%(purpose)s” is not read here."),
            purpose=str(purpose)[:40],
        )
    bits = _bits(subject.get("encodedList"))
    index = _index(entry, bits)
    if bits[index // 8] >> (7 - index % 8) & 1:
        return failed(NEGATIVE[purpose], list=address, index=index)
    if len(bits) < LEAST_BYTES:
        raise Malformed(_("The status list is shorter than its standard allows."))
    sentence = _("The status list %(list)s has no mark at %(index)s.")
    return passed(sentence, list=address, index=index)


def _index(entry: dict[str, Any], bits: bytes) -> int:
    if entry.get("statusSize", 1) != 1:
        raise Malformed(_("The status list has entries of more than one bit."))
    try:
        index = int(entry.get("statusListIndex", -1))
    except (TypeError, ValueError):
        index = -1
    if not 0 <= index < len(bits) * 8:
        raise Malformed(_("The status list has no such entry."))
    return index


def _bits(encoded: Any) -> bytes:
    """The list itself, of either kind, unpacked within the library's limit."""
    from openbadgeslib.errors import (  # noqa: PLC0415  only when a list is met
        LibOpenBadgesException,
    )
    from openbadgeslib.ob3.status import (  # noqa: PLC0415  as above
        decode_encoded_list,
    )

    try:
        bits: bytes = decode_encoded_list(encoded)
    except ValueError as error:
        raise Malformed(_("The status list cannot be read.")) from error
    except LibOpenBadgesException as error:
        raise Malformed(
            _("The status list is larger than any that is allowed.")
        ) from error
    return bits

"""Open Badges 2.0: hosted at the issuer's address, or signed as a compact token."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from recognition.credentials import (
    badge_2_rules,
    controllers,
    dates,
    institutions,
    keys,
    recipients,
    status,
    validity,
)
from recognition.credentials.claims import Claim, Said, stated
from recognition.credentials.findings import (
    NOT_CHECKED,
    Check,
    Finding,
    Format,
    Report,
    Result,
    failed,
    passed,
    unknown,
)
from recognition.credentials.keys import PresentedKey, Source
from recognition.credentials.proofs import jws
from recognition.credentials.readers import vc_claims
from recognition.credentials.readers.verifiable import Door
from recognition.credentials.refusals import Malformed
from recognition.credentials.safe_json import listed
from recognition.credentials.structure import identifier, is_of
from recognition.credentials.trust import Trust, list_at
from recognition.credentials.words import gettext_noop as _

OFFLINE = _(
    "A hosted badge is proven by the page at %(address)s alone, which is not at hand."
)
IS_GONE = _("Nothing is left at %(address)s, which alone could prove the badge.")
# Open Badges 2.0, hosted verification: 410 Gone is how a badge is taken back.
REVOKED_BY_GONE = _("Its own address says that it was taken back.")
SAME_THERE = _("The copy kept from %(address)s says the same.")
OTHER_THERE = _("The copy kept from %(address)s says something else.")


@dataclass(frozen=True)
class Badge:
    """An assertion with what is known of its badge class and its issuer.

    Who may sign for an issuer and where its badges live is for `profile` to say: what
    the issuer's own address gave. What the file tells of its issuer is a stranger's word.
    """

    assertion: dict[str, Any]
    badge: dict[str, Any]
    told_issuer: dict[str, Any]  # by the file or the badge class
    profile: dict[str, Any]
    issuer_id: str | None
    kept: Any = None  # what the assertion's own address answered
    is_gone: bool = False  # what it answered was that nothing is there any more

    @property
    def issuer(self) -> dict[str, Any]:
        return self.profile or self.told_issuer

    @property
    def address(self) -> str:
        return str(self.assertion.get("id"))

    @property
    def verification(self) -> dict[str, Any]:
        told = self.assertion.get("verification") or self.assertion.get("verify")
        return told if isinstance(told, dict) else {}


def is_assertion(document: Any) -> bool:
    return isinstance(document, dict) and (
        is_of(document, "Assertion") or {"recipient", "badge"} <= document.keys()
    )


def is_first_version(document: dict[str, Any]) -> bool:
    """Open Badges 1 has no address of its vocabulary, or the first one."""
    return "https://w3id.org/openbadges/v2" not in listed(document.get("@context"))


def _gathered(assertion: dict[str, Any], trust: Trust) -> Badge:
    documents, address = trust.documents, str(assertion.get("id"))
    told = assertion.get("badge")
    badge = _object(told) or _kept(told, documents)
    issuer = badge.get("issuer")
    return Badge(
        assertion,
        badge,
        _object(issuer),
        _kept(identifier(issuer), documents),
        identifier(issuer),
        documents.get(address),
        address in trust.gone,
    )


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _kept(address: Any, documents: Any) -> dict[str, Any]:
    """What that address gave: never what stands in its place in the file."""
    return _object(documents.get(address)) if isinstance(address, str) else {}


def report(assertion: dict[str, Any], token: jws.Token | None, door: Door) -> Report:
    badge = _gathered(assertion, door.trust)
    day, said = _day(assertion), _claims(badge)
    signed_on = (day or door.at).date()
    wrong = jws.misnamed(token, jws.OF_BADGES) if token else None
    issuers = [badge.issuer_id] if badge.issuer_id else []
    proofs = _signed(badge, token, door, day) if token else _hosted(badge)
    named = institutions.addressed_issuer(
        issuers, door.trust, signed_on, door.at.date(), proofs[Check.SIGNATURE]
    )
    findings = {
        Check.FORMAT: passed(_("Read as an Open Badge 2.0.")),
        Check.STRUCTURE: wrong
        or badge_2_rules.checked(badge, signed=token is not None),
        **proofs,
        Check.ISSUER: named,
        Check.QUALITY_ASSURANCE: institutions.quality_assurance(
            issuers if named.result is Result.PASS else [],
            door.trust,
            day.date() if day else None,
            signed_on,
            institutions.assured_by(said),
        ),
        Check.VALIDITY: validity.window(
            [assertion.get("issuedOn")], [assertion.get("expires")], door.at
        ),
        Check.RECIPIENT: _recipient(badge, door),
    }
    kind = Format.OPEN_BADGES_2
    return Report(kind, findings, said, issuers=tuple(issuers))


def _day(assertion: dict[str, Any]) -> datetime | None:
    try:
        return dates.instant(assertion.get("issuedOn"))
    except Malformed:
        return None


# Hosted


def _hosted(badge: Badge) -> dict[Check, Finding]:
    kept = badge.kept
    if not isinstance(kept, dict):
        nothing = unknown(IS_GONE if badge.is_gone else OFFLINE, address=badge.address)
        return {
            Check.COVERAGE: nothing,
            Check.SIGNATURE: nothing,
            Check.KEY_BINDING: _scope(badge) or nothing,
            Check.STATUS: failed(REVOKED_BY_GONE) if badge.is_gone else nothing,
        }
    same = _without_pictures(kept) == _without_pictures(badge.assertion)
    told = (
        passed(SAME_THERE, address=badge.address)
        if same or kept.get("revoked") is True
        else failed(OTHER_THERE, address=badge.address)
    )
    return {
        Check.COVERAGE: told,
        Check.SIGNATURE: told,
        Check.KEY_BINDING: _scope(badge) or unknown(NO_PROFILE),
        Check.STATUS: failed(
            _("Its own address, %(address)s, says that it was revoked."),
            address=badge.address,
        )
        if kept.get("revoked") is True
        else passed(
            _("Its own address, %(address)s, does not say that it was revoked."),
            address=badge.address,
        ),
    }


def _without_pictures(assertion: dict[str, Any]) -> dict[str, Any]:
    """Baking adds or leaves out the picture, which is no statement."""
    return {name: value for name, value in assertion.items() if name != "image"}


NO_PROFILE = _(
    "The issuer’s profile is not at hand, so its address cannot be compared."
)


def _scope(badge: Badge) -> Finding | None:
    """May this issuer's badges live at this address? None where it is not known."""
    if not badge.profile or not badge.issuer_id:
        return None
    rules = _object(badge.profile.get("verification"))
    starts = [one for one in listed(rules.get("startsWith")) if isinstance(one, str)]
    hosts = listed(rules.get("allowedOrigins"))
    host = _host(badge.address)
    hosts = hosts or [_host(badge.issuer_id)]
    inside = any(badge.address.startswith(one) for one in starts) if starts else True
    if host and host in hosts and inside:
        return passed(_("The badge lives where its issuer’s badges may live."))
    return failed(
        _("The badge lives at %(address)s, outside what its issuer allows."),
        address=badge.address,
    )


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


# Signed


def _signed(
    badge: Badge, token: jws.Token, door: Door, day: datetime | None
) -> dict[Check, Finding]:
    signature, key = jws.signature(token, lambda _header: _key(badge, door))
    binding = _binding(badge, key, door, day)
    own_word = {signature.result, binding.result} == {Result.PASS}
    profile = badge.profile or (badge.told_issuer if own_word else {})
    return {
        Check.COVERAGE: passed(_("The signature covers the whole token.")),
        Check.SIGNATURE: signature,
        Check.KEY_BINDING: binding,
        Check.STATUS: _revocation(badge, profile, door),
    }


def _key(badge: Badge, door: Door) -> PresentedKey | None:
    """The key that the assertion names: as its address gives it, else as the file does.

    It is the issuer's where the issuer's profile has it in its list.
    """
    creator, documents = badge.verification.get("creator"), door.trust.documents
    own = _listed_keys(badge, door)
    address = identifier(creator)
    document = own.get(address) or _kept(address, documents) or _object(creator)
    key = _read(document)
    if key is None:
        return None
    if badge.issuer_id and key in map(_key_in, own.values()):
        return PresentedKey(key, Source.CONTROLLER, badge.issuer_id)
    return PresentedKey(key, Source.INSIDE, str(document.get("owner", "")))


def _listed_keys(badge: Badge, door: Door) -> dict[str | None, dict[str, Any]]:
    """The keys that the issuer's profile lists, as far as they are at hand."""
    return {
        identifier(one): _object(one) or _kept(one, door.trust.documents)
        for one in listed(badge.profile.get("publicKey"))
    }


def _read(document: dict[str, Any]) -> keys.PublicKey | None:
    pem = document.get("publicKeyPem")
    if not isinstance(pem, str):
        return None
    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise Malformed(_("The issuer’s key cannot be read.")) from error
    if not isinstance(key, keys.PublicKey):
        raise Malformed(_("The key is of a kind that is not read here."))
    return key


def _key_in(document: dict[str, Any]) -> keys.PublicKey | None:
    """The same of the profile's keys; that we cannot read one says nothing."""
    try:
        return _read(document)
    except Malformed:
        return None


def _binding(
    badge: Badge, key: PresentedKey | None, door: Door, day: datetime | None
) -> Finding:
    signed_on = (day or door.at).date()
    found = controllers.binding(badge.issuer_id, key, door.trust, signed_on)
    if found.result is not Result.UNKNOWN or key is None or not badge.profile:
        return found
    if key.source is Source.CONTROLLER:
        return passed(controllers.LISTED, issuer=badge.issuer_id)
    others = [_key_in(one) for one in _listed_keys(badge, door).values()]
    if others and None not in others:
        return failed(NOT_LISTED, issuer=badge.issuer_id)
    return unknown(NOT_LISTED, issuer=badge.issuer_id)


NOT_LISTED = _("The profile of %(issuer)s does not list the key.")


def _revocation(badge: Badge, profile: dict[str, Any], door: Door) -> Finding:
    if not profile:
        return unknown(
            _("The issuer’s profile, which names the revocation list, is not at hand.")
        )
    address = profile.get("revocationList")
    if address is None:
        return passed(_("The issuer’s profile names no revocation list."))
    shown = str(address)[:200]
    kept = _object(list_at(door.trust.documents, str(address)))
    if not kept:
        return unknown(status.NOT_AT_HAND, address=shown)
    if not isinstance(kept.get("revokedAssertions"), list | dict | str):
        return unknown(status.NO_LIST, address=shown)
    for one in listed(kept.get("revokedAssertions")):
        named = one if isinstance(one, dict) else {"id": one}
        uid = badge.assertion.get("uid")
        if named.get("id") == badge.address or (uid and named.get("uid") == uid):
            return failed(status.REVOKED, list=shown)
    return passed(status.NOT_REVOKED, list=shown)


def not_at_hand(address: str, door: Door) -> Report:
    """A picture of old holds only the address of its assertion."""
    kept = door.trust.documents.get(address)
    if isinstance(kept, dict) and is_assertion(kept):
        return report(kept, None, door)
    is_gone = address in door.trust.gone
    nothing = unknown(IS_GONE if is_gone else OFFLINE, address=address[:200])
    findings = dict.fromkeys(Check, nothing)
    findings[Check.FORMAT] = passed(_("Read as an Open Badge 2.0."))
    if is_gone:
        findings[Check.STATUS] = failed(REVOKED_BY_GONE)
    findings[Check.COVERAGE] = unknown(NOT_CHECKED)
    return Report(Format.OPEN_BADGES_2, findings)


def _recipient(badge: Badge, door: Door) -> Finding:
    told = badge.assertion.get("recipient")
    recipient = told if isinstance(told, dict) else {}
    return recipients.compared(
        door.trust.applicant,
        [],
        [
            {
                "identity": recipient.get("identity"),
                "kind": recipient.get("type"),
                "salt": recipient.get("salt"),
                "hashed": recipient.get("hashed") is True,
            }
        ],
        [],
    )


def _claims(badge: Badge) -> tuple[Claim, ...]:
    return stated((*_award(badge), *_learning(badge)))


def _award(badge: Badge) -> Iterator[Said]:
    assertion = badge.assertion
    yield ("issuer", badge.issuer.get("name"), "badge.issuer.name")
    yield ("issuer_id", badge.issuer_id, "badge.issuer")
    yield ("awarding_body", badge.issuer.get("name"), "badge.issuer.name")
    yield ("issued_on", assertion.get("issuedOn"), "issuedOn")
    yield ("valid_until", assertion.get("expires"), "expires")
    evidence = [identifier(one) for one in listed(assertion.get("evidence"))]
    yield ("evidence", [one for one in evidence if one], "evidence")


def _learning(badge: Badge) -> Iterator[Said]:
    criteria = badge.badge.get("criteria")
    if isinstance(criteria, dict):
        criteria = criteria.get("narrative") or criteria.get("id")
    yield ("title", badge.badge.get("name"), "badge.name")
    yield ("description", badge.badge.get("description"), "badge.description")
    yield ("criteria", criteria, "badge.criteria")
    yield from vc_claims.aligned(badge.badge.get("alignment"), "badge.alignment")

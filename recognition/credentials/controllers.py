"""Whose key is it: identifiers that are keys, documents that list them, and the rest."""

from datetime import date
from functools import lru_cache
from typing import Any

from recognition.credentials import dates, keys
from recognition.credentials.findings import Finding, failed, passed, unknown
from recognition.credentials.keys import PresentedKey, Source
from recognition.credentials.refusals import Malformed
from recognition.credentials.safe_json import listed
from recognition.credentials.trust import Trust
from recognition.credentials.words import gettext_noop as _

LISTED = _("The document of %(issuer)s lists the key for its assertions.")
ENDS = ("revoked", "expires")  # Controlled Identifiers 1.0 §2.2
IN_THE_FILE = _(
    "The key only travels inside the file; the document in which %(issuer)s would list"
    " it is not at hand."
)
OF_ANOTHER = _(
    "The key is held by %(controller)s; the document in which %(issuer)s would say"
    " whether it may sign is not at hand."
)


def key_of(method: Any, trust: Trust) -> PresentedKey | None:
    """The key that a proof's verification method names, if it can be had offline."""
    if isinstance(method, dict):
        controller = method.get("controller") or method.get("id") or ""
        return PresentedKey(keys.from_method(method), Source.INSIDE, str(controller))
    if not isinstance(method, str):
        raise Malformed(_("The signature names no key."))
    controller, _hash, fragment = method.partition("#")
    if controller.startswith("did:key:"):
        if fragment and fragment != controller.removeprefix("did:key:"):
            raise Malformed(_("The signature names a key that its identifier is not."))
        return _that_is_its_identifier(controller)
    listed_key = _listed(method, trust)
    if listed_key:
        return PresentedKey(listed_key, Source.CONTROLLER, controller)
    if fragment.startswith("z"):
        key = keys.from_multibase(fragment)
        return PresentedKey(key, Source.INSIDE, controller)
    return None


def _listed(method: str, trust: Trust) -> keys.PublicKey | None:
    """The key of that name in the controller's document, if it is or was to assert."""
    controller = method.partition("#")[0]
    for entry in (*_asserting(controller, trust), *_retired(controller, trust)):
        name = str(entry.get("id"))
        full = controller + name if name.startswith("#") else name
        if full == method:
            return _key_in(entry)
    return None


def _asserting(controller: str, trust: Trust) -> list[dict[str, Any]]:
    """What the controller's own document lists for assertions."""
    document = _own(controller, trust)
    methods = {str(entry.get("id")): entry for entry in _methods(document)}
    named = listed(document.get("assertionMethod"))
    found = [methods.get(one) if isinstance(one, str) else one for one in named]
    return [one for one in found if isinstance(one, dict) and _is_of(controller, one)]


def _retired(controller: str, trust: Trust) -> list[dict[str, Any]]:
    """What it lists with an end, and no longer for assertions."""
    document = _own(controller, trust)
    named = listed(document.get("assertionMethod"))
    return [
        entry
        for entry in _methods(document)
        if entry.get("id") not in named
        and any(entry.get(end) is not None for end in ENDS)
        and _is_of(controller, entry)
    ]


def _own(controller: str, trust: Trust) -> dict[str, Any]:
    document = trust.documents.get(controller)
    if isinstance(document, dict) and document.get("id") == controller:
        return document
    return {}


def _methods(document: dict[str, Any]) -> list[dict[str, Any]]:
    told = listed(document.get("verificationMethod"))
    return [entry for entry in told if isinstance(entry, dict)]


def _is_of(controller: str, entry: dict[str, Any]) -> bool:
    return bool(entry.get("controller", controller) == controller)


def _key_in(entry: dict[str, Any]) -> keys.PublicKey | None:
    """The key of an entry; that we cannot read it is not the credential's fault."""
    try:
        return keys.from_method(entry)
    except Malformed:
        return None


@lru_cache(maxsize=256)
def _that_is_its_identifier(controller: str) -> PresentedKey:
    return PresentedKey(keys.from_did_key(controller), Source.IDENTIFIER, controller)


def binding(
    issuer: str | None, key: PresentedKey | None, trust: Trust, day: date
) -> Finding:
    """Does the presented key belong to the issuer's identifier?"""
    if key is None or not issuer:
        return unknown(_("There is no key that could be compared with the issuer."))
    institution = trust.institution(issuer, day)
    if institution and institution.confirms(key.thumbprint, day):
        return passed(
            _("The key is confirmed for %(name)s in the register of trust."),
            name=institution.name,
        )
    if issuer.startswith("did:key:"):
        return _itself(issuer, key)
    return _by_document(issuer, key, trust, day) or unknown(
        IN_THE_FILE if key.controller == issuer else OF_ANOTHER,
        issuer=issuer,
        controller=key.controller,
    )


def _by_document(
    issuer: str, key: PresentedKey, trust: Trust, day: date
) -> Finding | None:
    """What the issuer's document says of the key, by whatever name it is called.

    None where the document is not at hand.
    """
    asserting = [(_key_in(entry), entry) for entry in _asserting(issuer, trust)]
    for known, entry in asserting:
        if known == key.key:
            return _ended(issuer, entry, day) or passed(LISTED, issuer=issuer)
    for entry in _retired(issuer, trust):
        if _key_in(entry) == key.key:
            sentence = _(
                "The document of %(issuer)s no longer lists the key to assert."
            )
            return _ended(issuer, entry, day) or unknown(sentence, issuer=issuer)
    if any(known is None for known, _entry in asserting):
        return unknown(
            _("The document of %(issuer)s lists a key in a way that is not read here."),
            issuer=issuer,
        )
    document = trust.documents.get(issuer)
    if isinstance(document, dict) and "assertionMethod" in document:
        sentence = _("The document of %(issuer)s does not list the key.")
        return failed(sentence, issuer=issuer)
    return None


def _ended(issuer: str, entry: dict[str, Any], day: date) -> Finding | None:
    """Was the key still good on the day on which the file says that it was signed?

    A key that was revoked may have signed for a stranger, who can tell any day.
    """
    try:
        ends = {
            end: dates.instant(entry[end]).date()
            for end in ENDS
            if entry.get(end) is not None
        }
    except Malformed as refusal:
        return unknown(refusal.sentence, **refusal.facts)
    if not ends:
        return None
    told = {"issuer": issuer, "day": min(ends.values()).isoformat()}
    if day > min(ends.values()):
        sentence = _("The document of %(issuer)s says that the key ended on %(day)s.")
        return failed(sentence, **told)
    if "revoked" in ends:
        return unknown(
            _(
                "The document of %(issuer)s revoked the key on %(day)s; whether the"
                " file was signed before, only a time stamp could tell."
            ),
            **told,
        )
    return None


def _itself(issuer: str, key: PresentedKey) -> Finding:
    try:
        same = keys.from_did_key(issuer) == key.key
    except Malformed as refusal:
        return failed(refusal.sentence, **refusal.facts)
    if same:
        return passed(_("The issuer’s identifier is this key itself."))
    return failed(_("The issuer’s identifier is a key, but another one signed."))

"""Whose key is it: identifiers that are keys, documents that list them, and the rest."""

from datetime import date
from functools import lru_cache
from typing import Any

from recognition.credentials import keys
from recognition.credentials.findings import Finding, failed, passed, unknown
from recognition.credentials.keys import PresentedKey, Source
from recognition.credentials.refusals import Malformed
from recognition.credentials.safe_json import listed
from recognition.credentials.trust import Trust
from recognition.credentials.words import gettext_noop as _

IN_THE_FILE = _(
    "The key only travels inside the file; whether %(issuer)s lists it cannot"
    " be checked without the network."
)
OF_ANOTHER = _(
    "The key is held by %(controller)s; whether it may sign for %(issuer)s"
    " cannot be checked without the network."
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
    """The key of that name in the controller's document, if that is for assertions."""
    controller = method.partition("#")[0]
    for entry in _own_entries(controller, trust):
        name = str(entry.get("id"))
        full = controller + name if name.startswith("#") else name
        if full == method:
            return _key_in(entry)
    return None


def _own_entries(controller: str, trust: Trust) -> list[dict[str, Any]]:
    """What the controller's own document lists for assertions."""
    document = trust.documents.get(controller)
    if not isinstance(document, dict) or document.get("id") != controller:
        return []
    return [
        entry
        for entry in _for_assertions(document)
        if entry.get("controller", controller) == controller
    ]


def _key_in(entry: dict[str, Any]) -> keys.PublicKey | None:
    """The key of an entry; that we cannot read it is not the credential's fault."""
    try:
        return keys.from_method(entry)
    except Malformed:
        return None


@lru_cache(maxsize=256)
def _that_is_its_identifier(controller: str) -> PresentedKey:
    return PresentedKey(keys.from_did_key(controller), Source.IDENTIFIER, controller)


def _for_assertions(document: dict[str, Any]) -> list[dict[str, Any]]:
    methods = {
        str(entry.get("id")): entry
        for entry in listed(document.get("verificationMethod"))
        if isinstance(entry, dict)
    }
    named = listed(document.get("assertionMethod"))
    found = [methods.get(one) if isinstance(one, str) else one for one in named]
    return [one for one in found if isinstance(one, dict)]


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
    return _by_document(issuer, key, trust) or unknown(
        IN_THE_FILE if key.controller == issuer else OF_ANOTHER,
        issuer=issuer,
        controller=key.controller,
    )


def _by_document(issuer: str, key: PresentedKey, trust: Trust) -> Finding | None:
    """What the issuer's document says of the key, by whatever name it is called.

    None where the document is not at hand.
    """
    own = [_key_in(entry) for entry in _own_entries(issuer, trust)]
    by_name = key.source is Source.CONTROLLER and key.controller == issuer
    if by_name or key.key in own:
        sentence = _("The document of %(issuer)s lists the key for its assertions.")
        return passed(sentence, issuer=issuer)
    if None in own:
        return unknown(
            _("The document of %(issuer)s lists a key in a way that is not read here."),
            issuer=issuer,
        )
    document = trust.documents.get(issuer)
    if isinstance(document, dict) and "assertionMethod" in document:
        sentence = _("The document of %(issuer)s does not list the key.")
        return failed(sentence, issuer=issuer)
    return None


def _itself(issuer: str, key: PresentedKey) -> Finding:
    try:
        same = keys.from_did_key(issuer) == key.key
    except Malformed as refusal:
        return failed(refusal.sentence, **refusal.facts)
    if same:
        return passed(_("The issuer’s identifier is this key itself."))
    return failed(_("The issuer’s identifier is a key, but another one signed."))

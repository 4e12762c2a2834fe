"""A file, what is known, and a moment: what was found. Nothing is fetched or kept."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from recognition.credentials.contexts import Contexts
from recognition.credentials.detection import NO_FORMAT, Carrier, Detected, detect
from recognition.credentials.findings import Report
from recognition.credentials.proofs import jades, jws
from recognition.credentials.readers import (
    elmo,
    european,
    open_badges_2,
    pdf,
    verifiable,
)
from recognition.credentials.readers.verifiable import Door
from recognition.credentials.refusals import Unreadable
from recognition.credentials.trust import Trust
from recognition.credentials.words import gettext_noop as _


def verify(content: bytes, *, at: datetime, trust: Trust, contexts: Contexts) -> Report:
    trust, documents = trust.apart()
    door = Door(trust, contexts.apart(), at)
    try:
        report = _read(detect(content), door)
    except Unreadable as refusal:
        report = verifiable.unreadable(refusal)
    wanted, asked = tuple(documents.missing), door.contexts.asked()
    if wanted or asked:
        lists = frozenset(wanted) & documents.lists
        return replace(report, wanted=wanted, wanted_lists=lists, contexts=asked)
    return report


def _read(detected: Detected, door: Door) -> Report:
    match detected.carrier:
        case Carrier.JSON:
            return _read_object(detected.content, door)
        case Carrier.TOKEN:
            return _read_token(detected.content, door)
        case Carrier.XML:
            return elmo.report(detected.content, door)
        case Carrier.ADDRESS:
            return open_badges_2.not_at_hand(detected.content, door)
        case Carrier.PDF:
            return pdf.report(detected.content, door, lambda it: _attached(it, door))
    raise Unreadable(NO_FORMAT)


def _attached(content: bytes, door: Door) -> Report:
    """A file inside a PDF: anything but another PDF."""
    try:
        detected = detect(content)
        if detected.carrier is not Carrier.PDF:
            return _read(detected, door)
        refused = Unreadable(NO_FORMAT)
    except Unreadable as refusal:
        refused = refusal
    return verifiable.unreadable(refused)


def _read_object(document: Any, door: Door) -> Report:
    if jades.is_sealed(document):
        return european.report_sealed(document, door)
    if european.is_unsealed(document) and "proof" not in document:
        return european.report_unsealed(document, door)
    if verifiable.is_credential(document):
        return verifiable.report(verifiable.read_document(document, door), door)
    if open_badges_2.is_assertion(document):
        _refuse_first_version(document)
        return open_badges_2.report(document, None, door)
    raise Unreadable(NO_FORMAT)


def _read_token(text: str, door: Door) -> Report:
    token = jws.taken_apart(text)
    if verifiable.is_credential(token.payload) or "vc" in token.payload:
        return verifiable.report(verifiable.read_token(token, door), door)
    if open_badges_2.is_assertion(token.payload):
        _refuse_first_version(token.payload)
        return open_badges_2.report(token.payload, token, door)
    raise Unreadable(_("The token holds no credential."))


def _refuse_first_version(assertion: dict[str, Any]) -> None:
    if open_badges_2.is_first_version(assertion):
        raise Unreadable(
            _("Badges of Open Badges 1 are not verified: confirm by hand.")
        )

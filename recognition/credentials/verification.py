"""A file, what is known, and a day: what was found. Nothing is fetched or kept."""

from datetime import datetime

from recognition.credentials.contexts import Contexts
from recognition.credentials.detection import NO_FORMAT, Carrier, detect
from recognition.credentials.findings import Report
from recognition.credentials.readers import verifiable
from recognition.credentials.readers.verifiable import Door
from recognition.credentials.refusals import Unreadable
from recognition.credentials.trust import Trust


def verify(content: bytes, *, at: datetime, trust: Trust, contexts: Contexts) -> Report:
    door = Door(trust, contexts, at)
    try:
        return _read(content, door)
    except Unreadable as refusal:
        return verifiable.unreadable(refusal)


def _read(content: bytes, door: Door) -> Report:
    detected = detect(content)
    if detected.carrier is Carrier.JSON and verifiable.is_credential(detected.content):
        return verifiable.report(verifiable.read_document(detected.content, door), door)
    if detected.carrier is Carrier.TOKEN:
        return verifiable.report(verifiable.read_token(detected.content, door), door)
    raise Unreadable(NO_FORMAT)

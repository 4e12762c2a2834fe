"""Credential files for the tests of recognition, with the register that knows them."""

import json
from datetime import date
from typing import Any

from qa.models import Institution
from recognition.enums import TrustAct, TrustKind
from recognition.models import TrustEntry
from recognition.services import trusting
from tests.credentials import made, made_seals
from tests.factories import recognition as r

ISSUER = "https://luz.example"
METHOD = f"{ISSUER}#key-1"


def content(credential: Any) -> bytes:
    return json.dumps(credential).encode()


def badge(**more: Any) -> dict[str, Any]:
    """A badge whose identifier is its key."""
    return made.sign(made.badge(**more))


def foreign() -> bytes:
    """Signed by a key that only travels in the file, for an address of the issuer."""
    return made.token(
        made.badge(ISSUER), made.RSA, kid=METHOD, jwk=made.jwk(made.RSA)
    ).encode()


def sealed(**more: Any) -> bytes:
    """A European credential that says nearly everything of Annex I."""
    return content(made_seals.sealed(made_seals.european(**more)))


def proposed(office: r.Office, kind: str, value: str, **more: Any) -> TrustEntry:
    told = {"institution": university(), "reason": "Their website says so."} | more
    entry = TrustEntry(kind=kind, value=value, **told)
    return trusting.propose_entry(entry=entry, by=office.oana)


def confirmed(office: r.Office, kind: str, value: str, **more: Any) -> TrustEntry:
    entry = proposed(office, kind, value, **more)
    decide(office, entry, TrustAct.CONFIRM)
    return entry


def decide(
    office: r.Office, entry: TrustEntry, act: str, last_day: date | None = None
) -> Any:
    return trusting.decide_entry(
        entry=entry,
        act=act,
        reason="Their registrar confirmed it by telephone.",
        last_day=last_day,
        by=office.horia,
    )


def university() -> Institution:
    return Institution.objects.filter(code="ES-LUZ").first() or r.issuer()


def anchored(office: r.Office) -> None:
    """The issuer of the seals is known and their authority is an anchor."""
    confirmed(office, TrustKind.ORGANISATION, made_seals.NUMBER)
    confirmed(
        office, TrustKind.ANCHOR, made_seals.pem(made_seals.ROOT), institution=None
    )

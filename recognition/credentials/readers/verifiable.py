"""W3C credentials, Open Badges 3.0 and CLR 2.0: as JSON with proofs or as VC-JWT."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from recognition.credentials import (
    contexts,
    controllers,
    dates,
    institutions,
    keys,
    recipients,
    schemas,
    status,
    structure,
    validity,
)
from recognition.credentials.claims import Claim, together
from recognition.credentials.contexts import Contexts
from recognition.credentials.findings import (
    DECISIVE,
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
from recognition.credentials.proofs import data_integrity, jws
from recognition.credentials.proofs.outcome import Proven, best
from recognition.credentials.readers import european_claims, vc_claims
from recognition.credentials.refusals import Unreadable
from recognition.credentials.safe_json import listed
from recognition.credentials.structure import identifier, is_of, subject
from recognition.credentials.trust import Trust
from recognition.credentials.words import gettext_noop as _

RULES = {
    Format.OPEN_BADGES_3: structure.OF_OPEN_BADGES_3,
    Format.CLR_2: structure.OF_CLR_2,
    Format.VERIFIABLE_CREDENTIAL: structure.OF_CREDENTIALS,
    # As DC4EU signs them: the model of a European credential, without its seal.
    Format.EUROPEAN_DIGITAL_CREDENTIAL: structure.OF_CREDENTIALS,
}
READ_AS = {
    Format.OPEN_BADGES_3: _("Read as an Open Badge 3.0."),
    Format.CLR_2: _("Read as a Comprehensive Learner Record 2.0."),
    Format.VERIFIABLE_CREDENTIAL: _("Read as a W3C verifiable credential."),
    Format.EUROPEAN_DIGITAL_CREDENTIAL: _("Read as a European Digital Credential."),
}
# Said of a token beside the credential; all else in an unwrapped token is the credential.
REGISTERED = {"iss", "sub", "jti", "nbf", "exp", "iat", "aud", "cnf", "vc"}
MOST_INNER = 50
# Where the day of the award stands; where that of the signature, if the proof is silent.
AWARDED = ("awardedDate", "validFrom", "issuanceDate")
SIGNED = ("validFrom", "issuanceDate", "awardedDate")


class Door(NamedTuple):
    """What the checks rest on, the same for a credential and those inside it."""

    trust: Trust
    contexts: Contexts
    at: datetime


class Read(NamedTuple):
    """A credential out of its wrapping, with its proof judged."""

    credential: dict[str, Any]
    proven: Proven
    bounds: tuple[Any, Any] = (None, None)
    disagreement: Finding | None = None


def is_credential(document: Any) -> bool:
    return isinstance(document, dict) and (
        is_of(document, "VerifiableCredential", "EnvelopedVerifiableCredential")
        or "credentialSubject" in document
    )


def format_of(credential: dict[str, Any]) -> Format:
    if is_of(credential, "ClrCredential"):
        return Format.CLR_2
    if is_of(credential, "EuropeanDigitalCredential"):
        return Format.EUROPEAN_DIGITAL_CREDENTIAL
    if is_of(credential, *structure.IsAnAchievementCredential.types) or any(
        isinstance(url, str) and url.startswith(contexts.OPEN_BADGES_3)
        for url in listed(credential.get("@context"))
    ):
        return Format.OPEN_BADGES_3
    return Format.VERIFIABLE_CREDENTIAL


def read_document(document: dict[str, Any], door: Door) -> Read:
    if is_of(document, "EnvelopedVerifiableCredential"):
        return read_token(jws.read(_enveloped(document)), door)
    proofs = data_integrity.prove(document, door.contexts, door.trust)
    issuer = identifier(document.get("issuer"))
    return Read(
        document, best(proofs, lambda one: _binding(issuer, document, one, door))
    )


def _binding(
    issuer: str | None, credential: dict[str, Any], proven: Proven, door: Door
) -> Finding:
    signed_on = _signed_on(credential, proven, door)
    return controllers.binding(issuer, proven.key, door.trust, signed_on)


def _signed_on(credential: dict[str, Any], proven: Proven, door: Door) -> date:
    return (proven.made or dates.first(credential, SIGNED) or door.at).date()


def _enveloped(document: dict[str, Any]) -> str:
    """W3C VCDM 2.0 §4.13: a token in a data address, with no word beside it."""
    scheme, _comma, text = str(document.get("id")).partition(",")
    if not scheme.startswith("data:application/vc+jwt"):
        raise Unreadable(_("What the envelope holds is not read here."))
    return text


def read_token(token: jws.Token, door: Door) -> Read:
    payload = token.payload
    inner = payload.get("vc")
    if isinstance(inner, dict):
        credential = inner
    else:
        credential = {
            name: value for name, value in payload.items() if name not in REGISTERED
        }
    signature, key = jws.signature(
        token, lambda header: _key(header, credential, door.trust)
    )
    whole = passed(_("The signature covers the whole token."))
    made = _moment(payload.get("iat")) or _moment(payload.get("nbf"))
    proven = Proven(signature, whole, key, made)
    bounds = (_instant(payload.get("nbf")), _instant(payload.get("exp")))
    wrong = jws.misnamed(token, jws.OF_CREDENTIALS)
    return Read(credential, proven, bounds, wrong or _disagreement(payload, credential))


def _key(
    header: dict[str, Any], credential: dict[str, Any], trust: Trust
) -> PresentedKey | None:
    issuer = identifier(credential.get("issuer")) or ""
    kid, jwk = header.get("kid"), header.get("jwk")
    if isinstance(kid, str):
        method = kid if ":" in kid else f"{issuer}#{kid.removeprefix('#')}"
        found = controllers.key_of(method, trust)
        if found:
            return found
    if jwk is not None:
        return PresentedKey(keys.from_jwk(jwk), Source.INSIDE, issuer)
    if issuer.startswith("did:key:"):
        return controllers.key_of(issuer, trust)
    return None


def _instant(seconds: Any) -> datetime | str | None:
    """What is no moment stays as it was told: the check of the dates says so."""
    return _moment(seconds) or (None if seconds is None else str(seconds))


def _moment(seconds: Any) -> datetime | None:
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _disagreement(
    payload: dict[str, Any], credential: dict[str, Any]
) -> Finding | None:
    """Open Badges 3.0 §8.2.4: what the token says, the credential says too."""
    wrapped = isinstance(payload.get("vc"), dict)
    if wrapped and {"credentialSubject", "issuer", "@context"} & payload.keys():
        return failed(_("The token holds two credentials."))
    for name, said_in in SAID_TWICE.items():
        told = payload.get(name)
        said = None if told is None else said_in(credential)
        if said is not None and told != said:
            return failed(
                _("The token and its credential do not agree on “%(name)s”."), name=name
            )
    return None


def _seconds(credential: dict[str, Any], *names: str) -> int | None:
    day = dates.first(credential, names)
    return int(day.timestamp()) if day else None


SAID_TWICE: dict[str, Callable[[dict[str, Any]], Any]] = {
    "iss": lambda credential: identifier(credential.get("issuer")),
    "sub": lambda credential: identifier(subject(credential)),
    "jti": lambda credential: credential.get("id"),
    "nbf": lambda credential: _seconds(credential, "validFrom", "issuanceDate"),
    "exp": lambda credential: _seconds(credential, "validUntil", "expirationDate"),
}


def report(read: Read, door: Door) -> Report:
    """All checks of one credential, and of those inside it."""
    credential, proven = read.credential, read.proven
    kind = format_of(credential)
    issuer = identifier(credential.get("issuer"))
    issuers = [issuer] if issuer else []
    held = _held(credential) if kind is Format.CLR_2 else []
    parts = tuple(_verified(held, door))
    said = _claims(credential, kind, parts)
    thumbprint = proven.key.thumbprint if proven.key else None
    findings = {
        Check.FORMAT: passed(READ_AS[kind]),
        Check.STRUCTURE: _structure(read, kind, door),
        Check.COVERAGE: proven.coverage,
        Check.SIGNATURE: proven.signature,
        **_of_issuer(issuer, read, said, door),
        Check.STATUS: status.status(
            credential,
            issuer,
            thumbprint,
            door.trust,
            lambda kept: verified_list(kept, door),
        ),
        Check.VALIDITY: _validity(read, door.at),
        Check.RECIPIENT: _recipient(credential, door.trust),
    }
    findings.update(_from_parts(findings, parts))
    # What others say of it stands beside it, and never changes what it is itself.
    endorsed = tuple(_verified(_endorsements(credential), door))
    return Report(kind, findings, said, parts + endorsed, tuple(issuers))


def _of_issuer(
    issuer: str | None, read: Read, said: tuple[Claim, ...], door: Door
) -> dict[Check, Finding]:
    credential, proven, trust = read.credential, read.proven, door.trust
    issuers = [issuer] if issuer else []
    awarded = dates.first(credential, AWARDED)
    signed_on = _signed_on(credential, proven, door)
    named = institutions.addressed_issuer(
        issuers, trust, signed_on, door.at.date(), proven.signature
    )
    return {
        Check.KEY_BINDING: controllers.binding(issuer, proven.key, trust, signed_on),
        Check.ISSUER: named,
        Check.QUALITY_ASSURANCE: institutions.quality_assurance(
            issuers if named.result is Result.PASS else [],
            trust,
            awarded and awarded.date(),
            signed_on,
            institutions.assured_by(said),
        ),
    }


def _claims(
    credential: dict[str, Any], kind: Format, parts: tuple[Report, ...]
) -> tuple[Claim, ...]:
    if kind is Format.EUROPEAN_DIGITAL_CREDENTIAL:
        return european_claims.claims(credential)
    said = vc_claims.claims(credential)
    if not parts:
        return said
    held = [
        [one._replace(origin=f"{vc_claims.HELD}.{one.origin}") for one in part.claims]
        for part in parts
    ]
    return together(said, held, overlapping=vc_claims.is_nested(credential))


def _structure(read: Read, kind: Format, door: Door) -> Finding:
    if read.disagreement:
        return read.disagreement
    found = structure.checked(read.credential, RULES[kind])
    if found.result is Result.FAIL:
        return found
    return schemas.asked(read.credential, kind, door.contexts) or found


def _validity(read: Read, at: datetime) -> Finding:
    credential, proven, (first, last) = read.credential, read.proven, read.bounds
    starts = [credential.get("validFrom"), credential.get("issuanceDate")]
    ends = [credential.get("validUntil"), credential.get("expirationDate")]
    return validity.window(
        [*starts, proven.made, first], [*ends, proven.expires, last], at
    )


def _recipient(credential: dict[str, Any], trust: Trust) -> Finding:
    if trust.applicant is None:  # then nothing is gathered to be compared
        return unknown(recipients.NOBODY)
    whose = subject(credential)
    identities = [
        {
            "identity": one.get("identityHash"),
            "kind": one.get("identityType"),
            "salt": one.get("salt"),
            "hashed": one.get("hashed") is True,
        }
        for one in listed(whose.get("identifier"))
        if isinstance(one, dict)
    ]
    name = whose.get("name")
    return recipients.compared(
        trust.applicant,
        [one for one in (identifier(whose),) if one],
        identities,
        [name] if isinstance(name, str) else [],
    )


def verified_list(kept: Any, door: Door) -> tuple[dict[str, Any], Report, str | None]:
    """A status list, verified like any credential, but with no status of its own."""
    read = _read(kept, door)
    bare = {
        name: value
        for name, value in read.credential.items()
        if name != "credentialStatus"
    }
    found = report(Read(bare, read.proven, read.bounds, read.disagreement), door)
    return bare, found, read.proven.key.thumbprint if read.proven.key else None


def _held(credential: dict[str, Any]) -> list[Any]:
    """The credentials that a record holds."""
    return listed(subject(credential).get("verifiableCredential"))


def _endorsements(credential: dict[str, Any]) -> list[Any]:
    """Open Badges 3.0 §6: what others sign of the award, the achievement, the issuer."""
    achievement = subject(credential).get("achievement")
    return [
        one
        for holder in (credential, achievement, credential.get("issuer"))
        if isinstance(holder, dict)
        for name in ("endorsement", "endorsementJwt")
        if name in holder
        for one in listed(holder[name])
    ]


def _read(inner: Any, door: Door) -> Read:
    if isinstance(inner, str):
        return read_token(jws.read(inner), door)
    if isinstance(inner, dict):
        return read_document(inner, door)
    raise Unreadable(_("Something else stands where a credential should stand."))


def _verified(inner: list[Any], door: Door) -> Iterable[Report]:
    """Credentials inside a credential, each verified by itself."""
    for one in inner[:MOST_INNER]:
        try:
            yield report(_read(one, door), door)
        except Unreadable as refusal:
            yield unreadable(refusal)
    if len(inner) > MOST_INNER:
        yield unreadable(
            Unreadable(
                _("The record holds more than %(limit)s credentials."), limit=MOST_INNER
            )
        )


def unreadable(refusal: Unreadable, kind: Format = Format.DOCUMENT) -> Report:
    """A file that no reader here understands: a person has to look at it."""
    findings = {
        check: unknown(_("The file could not be read, so nothing could be checked."))
        for check in Check
    }
    findings[Check.FORMAT] = failed(refusal.sentence, **refusal.facts)
    return Report(kind, findings)


def _from_parts(
    findings: dict[Check, Finding], parts: tuple[Report, ...]
) -> dict[Check, Finding]:
    """A record is as good as the weakest of what it holds; that an older award in it
    has ended does not undo it."""
    if not parts:
        return {}
    weaker = {}
    for check in set(DECISIVE) - {Check.VALIDITY}:
        results = {part.findings[check].result for part in parts} - {Result.PASS}
        if results and findings[check].result is Result.PASS:
            told = failed if Result.FAIL in results else unknown
            weaker[check] = told(
                _("A credential inside the record does not pass this check.")
            )
    return weaker

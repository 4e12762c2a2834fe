"""What the standards ask of the build of a credential, each rule under its own name."""

from collections.abc import Iterable
from typing import Any, Protocol

from recognition.credentials import contexts, dates
from recognition.credentials.findings import Finding, failed, passed
from recognition.credentials.refusals import Malformed
from recognition.credentials.safe_json import listed
from recognition.credentials.words import gettext_noop as _

Credential = dict[str, Any]


class Rule(Protocol):
    """A rule that a credential keeps or breaks; the sentence tells how it is broken."""

    sentence: str

    def holds(self, credential: Any, /) -> bool: ...


def identifier(party: Any) -> str | None:
    """Who or what is meant: an address alone or an object that bears it."""
    found = party.get("id") if isinstance(party, dict) else party
    return found if isinstance(found, str) and found else None


def subject(credential: Credential) -> dict[str, Any]:
    subjects = listed(credential.get("credentialSubject"))
    return subjects[0] if subjects and isinstance(subjects[0], dict) else {}


def is_of(thing: Any, *types: str) -> bool:
    if not isinstance(thing, dict):
        return False
    named = thing.get("type")
    if isinstance(named, str):
        return named in types
    if isinstance(named, list):
        for one in types:  # asked of every rule: a loop is quicker than any()
            if one in named:
                return True
    return False


class VocabularyOfCredentialsComesFirst:
    """W3C VCDM 2.0 §4.3: the base vocabulary is the first one."""

    sentence = _("The vocabulary of W3C credentials is not the first that is named.")

    def holds(self, credential: Credential) -> bool:
        named = listed(credential.get("@context"))
        return bool(named) and named[0] in (contexts.VC_1, contexts.VC_2)


class SaysThatItIsACredential:
    """W3C VCDM §4.5."""

    sentence = _("Its type does not say that it is a credential.")

    def holds(self, credential: Credential) -> bool:
        return is_of(credential, "VerifiableCredential")


class NamesItsIssuer:
    """W3C VCDM §4.7: an issuer with an absolute identifier."""

    sentence = _("It names no issuer by an identifier.")

    def holds(self, credential: Credential) -> bool:
        return ":" in (identifier(credential.get("issuer")) or "")


class SaysFromWhen:
    """validFrom, or issuanceDate in the model's first version (which asks for it)."""

    sentence = _("It does not say from when it holds.")

    def holds(self, credential: Credential) -> bool:
        return "validFrom" in credential or "issuanceDate" in credential


class DatesAreDates:
    """W3C VCDM 2.0 §4.9: each date is an xsd:dateTime (a day alone is read too)."""

    sentence = _("One of its dates is not a date.")
    names = ("validFrom", "validUntil", "issuanceDate", "expirationDate")

    def holds(self, credential: Credential) -> bool:
        try:
            for name in self.names:
                if credential.get(name) is not None:
                    dates.instant(credential[name])
        except Malformed:
            return False
        return True


class HasOneSubject:
    """Two subjects would leave open whose award is meant."""

    sentence = _("It does not speak of exactly one subject.")

    def holds(self, credential: Credential) -> bool:
        subjects = listed(credential.get("credentialSubject"))
        return (
            len(subjects) == 1 and isinstance(subjects[0], dict) and bool(subjects[0])
        )


class IsAnAchievementCredential:
    """Open Badges 3.0, AchievementCredential.type."""

    sentence = _("Its type is none of those that Open Badges 3.0 has.")
    types = ("AchievementCredential", "OpenBadgeCredential", "EndorsementCredential")

    def holds(self, credential: Credential) -> bool:
        return is_of(credential, *self.types)


class SubjectIsAnAchiever:
    """Open Badges 3.0, AchievementSubject.type."""

    sentence = _("Its subject is not of the type that Open Badges 3.0 asks for.")

    def holds(self, credential: Credential) -> bool:
        if is_of(credential, "EndorsementCredential"):
            return is_of(subject(credential), "EndorsementSubject")
        return is_of(subject(credential), "AchievementSubject")


class SubjectIsNamed:
    """Open Badges 3.0 §9.1: id or identifier, or nobody could claim it."""

    sentence = _("It names its subject neither by an address nor by an identity.")

    def holds(self, credential: Credential) -> bool:
        whose = subject(credential)
        return bool(identifier(whose) or listed(whose.get("identifier")))


class AchievementIsDescribed:
    """Open Badges 3.0, Achievement: id, type, name, description and criteria."""

    sentence = _("It does not describe what was achieved.")

    def holds(self, credential: Credential) -> bool:
        if is_of(credential, "EndorsementCredential"):
            return True
        what = subject(credential).get("achievement")
        return (
            isinstance(what, dict)
            and is_of(what, "Achievement")
            and identifier(what) is not None
            and isinstance(what.get("name"), str)
            and isinstance(what.get("description"), str)
            and isinstance(what.get("criteria"), dict)
        )


class IsAClr:
    """CLR 2.0, ClrCredential.type and ClrSubject.type."""

    sentence = _("Its types are not those that CLR 2.0 asks for.")

    def holds(self, credential: Credential) -> bool:
        return is_of(credential, "ClrCredential") and is_of(
            subject(credential), "ClrSubject"
        )


class HoldsCredentials:
    """CLR 2.0, ClrSubject.verifiableCredential: at least one."""

    sentence = _("The record holds no credential.")

    def holds(self, credential: Credential) -> bool:
        return bool(listed(subject(credential).get("verifiableCredential")))


OF_CREDENTIALS: tuple[Rule, ...] = (
    VocabularyOfCredentialsComesFirst(),
    SaysThatItIsACredential(),
    NamesItsIssuer(),
    SaysFromWhen(),
    DatesAreDates(),
    HasOneSubject(),
)
OF_OPEN_BADGES_3: tuple[Rule, ...] = (
    *OF_CREDENTIALS,
    IsAnAchievementCredential(),
    SubjectIsAnAchiever(),
    SubjectIsNamed(),
    AchievementIsDescribed(),
)
OF_CLR_2: tuple[Rule, ...] = (*OF_CREDENTIALS, IsAClr(), HoldsCredentials())


def checked(credential: Any, rules: Iterable[Rule]) -> Finding:
    for rule in rules:
        if not rule.holds(credential):
            return failed(rule.sentence)
    return passed(_("It is built as its standard asks."))

"""What a check can find, and the verdict that follows from all of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any, NamedTuple

from django.utils.translation import gettext

from recognition.credentials.claims import Claim
from recognition.credentials.words import gettext_noop as _


class Result(StrEnum):
    PASS = "pass"  # noqa: S105  no password
    FAIL = "fail"
    UNKNOWN = "unknown"


class Check(StrEnum):
    """The questions put to every credential, in the order in which they are told."""

    FORMAT = "format"
    STRUCTURE = "structure"
    COVERAGE = "coverage"
    SIGNATURE = "signature"
    KEY_BINDING = "key_binding"
    ISSUER = "issuer"
    QUALITY_ASSURANCE = "quality_assurance"
    STATUS = "status"
    VALIDITY = "validity"
    RECIPIENT = "recipient"

    __hash__ = str.__hash__  # that of enumerations is slow, and asked for each finding


# These speak of the file; the others speak of the issuer and of the applicant.
DECISIVE = (
    Check.STRUCTURE,
    Check.COVERAGE,
    Check.SIGNATURE,
    Check.KEY_BINDING,
    Check.STATUS,
    Check.VALIDITY,
)


class Format(StrEnum):
    OPEN_BADGES_3 = "open_badges_3"
    OPEN_BADGES_2 = "open_badges_2"
    CLR_2 = "clr_2"
    VERIFIABLE_CREDENTIAL = "verifiable_credential"
    EUROPEAN_DIGITAL_CREDENTIAL = "european_digital_credential"
    ELMO = "elmo"
    PDF = "pdf"
    DOCUMENT = "document"


class Verdict(StrEnum):
    VERIFIED = "verified"
    INVALID = "invalid"
    UNVERIFIED = "unverified"
    UNREADABLE = "unreadable"


class ExitCode(IntEnum):
    VERIFIED = 0
    INVALID = 1
    UNVERIFIED = 2
    UNREADABLE = 3


class Finding(NamedTuple):
    """One answer. The sentence stays English with its facts apart, so that a kept
    finding is told in the language of whoever reads it."""

    result: Result
    sentence: str
    facts: Mapping[str, Any]

    @property
    def detail(self) -> str:
        return gettext(self.sentence) % self.facts


def passed(sentence: str, **facts: Any) -> Finding:
    return Finding(Result.PASS, sentence, facts)


def failed(sentence: str, **facts: Any) -> Finding:
    return Finding(Result.FAIL, sentence, facts)


def unknown(sentence: str, **facts: Any) -> Finding:
    """Could not be checked: neither for nor against the credential."""
    return Finding(Result.UNKNOWN, sentence, facts)


# Said of every way of signing.
CHANGED = _(
    "The signature is not right: the content or the signature was changed, or it was"
    " made with another key."
)
NO_PROOF = _("The file carries no signature.")
NOT_CHECKED = _("Without a signature that could be checked, nothing is covered.")


@dataclass(frozen=True)
class Report:
    """All that was found in one file, with the credentials that it holds."""

    format: Format
    findings: Mapping[Check, Finding]
    claims: tuple[Claim, ...] = ()
    # What the file consists of where that is more than one thing.
    parts: tuple["Report", ...] = ()
    # By what the file names its issuer, as the register of trust may list it.
    issuers: tuple[str, ...] = ()
    # The vocabularies that were asked, each with its SHA-256.
    contexts: Mapping[str, str] = field(default_factory=dict)
    # Addresses of documents that would have told more, and were not at hand.
    wanted: tuple[str, ...] = ()
    # Those of them that would be status lists.
    wanted_lists: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """The thumbprint of the key under which the signature holds, if it does."""
        signature = self.findings[Check.SIGNATURE]
        return (
            str(signature.facts.get("key", ""))
            if signature.result is Result.PASS
            else ""
        )

    @property
    def all(self) -> Iterator["Report"]:
        """This report and those of the credentials inside the file."""
        yield self
        for part in self.parts:
            yield from part.all

    @property
    def verdict(self) -> Verdict:
        if self.findings[Check.FORMAT].result is Result.FAIL:
            return Verdict.UNREADABLE
        results = {self.findings[check].result for check in DECISIVE}
        if Result.FAIL in results:
            return Verdict.INVALID
        return Verdict.VERIFIED if results == {Result.PASS} else Verdict.UNVERIFIED

    @property
    def exit_code(self) -> ExitCode:
        return ExitCode[self.verdict.name]

    def as_dict(self) -> dict[str, Any]:
        return {
            "format": self.format.value,
            "verdict": self.verdict.value,
            "checks": [
                {
                    "name": check.value,
                    "result": self.findings[check].result.value,
                    "detail": self.findings[check].detail,
                }
                for check in Check
            ],
            "claims": {claim.name: claim.as_dict() for claim in self.claims},
            "issuers": list(self.issuers),
            "contexts": dict(self.contexts),
            "parts": [part.as_dict() for part in self.parts],
        }

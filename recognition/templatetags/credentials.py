"""Reports of credential files and the register of trust, in the reader's words."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from recognition import crosswalk
from recognition.credentials.findings import Check, Format, Report, Result, Verdict
from recognition.enums import TrustStand
from recognition.learners import recipient_of
from recognition.models import CredentialCheck
from recognition.origins import said_of

register = template.Library()
Words = str | Promise
LONGEST = 600

CHECKS: dict[Check, Words] = {
    Check.FORMAT: _("Format"),
    Check.STRUCTURE: _("Built as its standard asks"),
    Check.COVERAGE: _("Everything is under the signature"),
    Check.SIGNATURE: _("Signature"),
    Check.KEY_BINDING: _("The key is the issuer’s"),
    Check.ISSUER: _("The issuer is known"),
    Check.QUALITY_ASSURANCE: _("Quality assurance of the issuer"),
    Check.STATUS: _("Not revoked"),
    Check.VALIDITY: _("In force"),
    Check.RECIPIENT: _("The recipient is the applicant"),
}
RESULTS: dict[Result, tuple[str, Words, str]] = {
    Result.PASS: ("tick", _("holds"), "state-complete"),
    Result.FAIL: ("cross", _("fails"), "state-blocked"),
    Result.UNKNOWN: ("unknown", _("could not check"), "state-asks"),
}
FORMATS: dict[Format, Words] = {
    Format.OPEN_BADGES_3: "Open Badges 3.0",
    Format.OPEN_BADGES_2: "Open Badges 2.0",
    Format.CLR_2: "Comprehensive Learner Record 2.0",
    Format.VERIFIABLE_CREDENTIAL: "W3C Verifiable Credential",
    Format.EUROPEAN_DIGITAL_CREDENTIAL: _("European Digital Credential"),
    Format.ELMO: _("ELMO transcript"),
    Format.PDF: _("PDF document"),
    Format.DOCUMENT: _("Not a credential that is read here"),
}
VERDICTS: dict[Verdict, tuple[str, str, Words, Words]] = {
    Verdict.VERIFIED: (
        "good",
        "full",
        _("Verified"),
        _("The file is whole, its signature holds, and the key is the issuer’s."),
    ),
    Verdict.INVALID: (
        "bad",
        "square",
        _("Not valid"),
        _("At least one check that decides about the file fails. See which, and why."),
    ),
    Verdict.UNVERIFIED: (
        "waiting",
        "unknown",
        _("Could not be verified"),
        _(
            "Nothing speaks against the file, but not everything that decides could "
            "be checked. What is missing is confirmed by a person, not guessed."
        ),
    ),
    Verdict.UNREADABLE: (
        "closed",
        "frame",
        _("Could not be read"),
        _("No reader here understands the file. That says nothing about its worth."),
    ),
}
# What does not decide about the file and yet speaks against the application.
AGAINST: dict[Check, Words] = {
    Check.QUALITY_ASSURANCE: _("no known quality assurance covers the award"),
    Check.RECIPIENT: _("it names another recipient than the applicant"),
}
LEADS_AGAINST: dict[Verdict, Words] = {
    Verdict.VERIFIED: _("The file itself holds, but %(against)s: see below."),
    Verdict.UNVERIFIED: _(
        "Nothing speaks against the file itself, but %(against)s: see below. Not "
        "everything that decides about the file could be checked; what is missing is "
        "confirmed by a person, not guessed."
    ),
}
CLAIMS: dict[str, Words] = {
    "learner": _("Learner"),
    "learner_id": _("Identifier of the learner"),
    "birth_date": _("learner's date of birth"),
    "title": _("Title"),
    "description": _("Description"),
    "country": _("Country"),
    "issuer": _("Issuer"),
    "issuer_id": _("Identifier of the issuer"),
    "awarding_body": _("Awarding body"),
    "issued_on": _("Issued on"),
    "awarded_on": _("Awarded on"),
    "valid_until": _("Valid until"),
    "outcomes": _("Learning outcomes"),
    "esco": _("Skills (ESCO)"),
    "criteria": _("Criteria"),
    "ects": _("ECTS credits"),
    "credits": _("Credits of an unnamed scheme"),
    "hours": _("Workload in hours"),
    "eqf_level": _("EQF level"),
    "nqf_level": _("National level"),
    "assessment": _("Assessment"),
    "participation": _("Participation"),
    "supervision": _("Supervision and identity check"),
    "identity_checked": _("Identity checked"),
    "quality_assurance": _("Quality assurance"),
    "accreditation": _("Accreditation that the file names"),
    "qa_agency": _("Agency that the file names"),
    "qa_decision": _("Decision that the file names"),
    "grade": _("Grade"),
    "isced_f": _("Field (ISCED-F)"),
    "kind": _("Kind"),
    "language": _("Language"),
    "evidence": _("Evidence"),
    "courses": _("Everything learned"),
}
STANDS: dict[str, tuple[str, str]] = {
    TrustStand.PROPOSED: ("waiting", "half"),
    TrustStand.CONFIRMED: ("good", "full"),
    TrustStand.REJECTED: ("bad", "square"),
    TrustStand.ENDED: ("closed", "frame"),
}


@dataclass(frozen=True)
class Line:
    """One check as a page shows it: shape, word and sentence, with its data."""

    name: Words
    shape: str
    word: Words
    tone: str
    sentence: str
    facts: str


@register.filter
def check_lines(report: Report) -> list[Line]:
    """Every check; of a file that could not be read there is one thing to say."""
    unreadable = report.verdict is Verdict.UNREADABLE
    shown = (Check.FORMAT,) if unreadable else tuple(Check)
    return [_line(report, check) for check in shown]


def _line(report: Report, check: Check) -> Line:
    finding = report.findings[check]
    shape, word, tone = RESULTS[finding.result]
    sentence = finding.detail
    beside = [
        f"{name} {value}"
        for name, value in finding.facts.items()
        if value not in (None, "") and str(value) not in sentence
    ]
    return Line(CHECKS[check], shape, word, tone, sentence, ", ".join(beside))


@register.inclusion_tag("_stamp.html")
def verdict(of: str) -> dict[str, Any]:
    """What the checks come to, as a stamp."""
    tone, shape, words, _lead = VERDICTS[Verdict(of)]
    return {"tone": tone, "shape": shape, "words": words}


@register.simple_tag
def verdict_lead(report: Report) -> str:
    """What the verdict says and what it does not: a seal holds by somebody's word."""
    lead = _lead(report)
    if report.verdict is not Verdict.VERIFIED:
        return lead
    issuer = report.findings[Check.ISSUER]
    if issuer.result is Result.PASS and "name" in issuer.facts:
        told = gettext("The register of trust knows the issuer: %(name)s.")
        return f"{lead} {told % issuer.facts}"
    unknown = gettext("Who the issuer is, the register of trust does not know.")
    return f"{lead} {unknown}"


def _lead(report: Report) -> str:
    """The verdict's sentence; a file that holds may still speak against the case."""
    against = [
        str(words)
        for check, words in AGAINST.items()
        if any(one.findings[check].result is Result.FAIL for one in report.all)
    ]
    if against and report.verdict in LEADS_AGAINST:
        return str(LEADS_AGAINST[report.verdict]) % {"against": "; ".join(against)}
    return str(VERDICTS[report.verdict][3])


@register.filter
def names_another(report: Report) -> bool:
    """Whether the file is made out to somebody else than the applicant."""
    return recipient_of(report) is Result.FAIL


@register.simple_tag
def who_checked(check: CredentialCheck, at: str) -> str:
    """When a file was checked and who had it checked; no word on what was found."""
    told = {"at": at, "by": check.checked_by}
    if check.checked_by_id == check.document.added_by_id:
        return gettext("checked %(at)s (file added by %(by)s)") % told
    return gettext("checked %(at)s (asked for by %(by)s)") % told


@register.filter
def unstated_words(report: Report) -> str:
    """The elements of EU Annex I about which a credential that was read says nothing."""
    if not crosswalk.is_credential(report):
        return ""
    return ", ".join(str(one.label) for one in crosswalk.unstated(report))


@register.filter
def format_words(of: str) -> Words:
    return FORMATS[Format(of)]


@register.inclusion_tag("_stamp.html")
def trust_stand(stand: str) -> dict[str, Any]:
    tone, shape = STANDS[stand]
    return {"tone": tone, "shape": shape, "words": TrustStand(stand).label}


@register.filter
def claim_rows(report: Report) -> Iterator[dict[str, Any]]:
    """What the file says, each value with where it stands and how it is written there."""
    for claim in report.claims:
        values = claim.value if isinstance(claim.value, list) else [claim.value]
        yield {
            "name": CLAIMS.get(claim.name, claim.name),
            "values": [_shown(value) for value in values],
            "origin": claim.origin,
            "raw": "" if claim.raw is None else _shown(claim.raw),
        }


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


@register.simple_tag
def found_note(credential: Any, party: str) -> str:
    """Beside a name that the office found: what was stated instead."""
    if credential.is_named_nowhere(party):
        words = gettext("the office found it named nowhere")
    elif not credential.found_name(party):
        return ""
    elif stands := getattr(credential, f"{party}_name"):
        words = gettext("found by the office; stated: %(name)s") % {"name": stands}
    else:
        words = gettext("found by the office")
    return format_html(' <small class="soft">({})</small>', words)


@register.simple_tag
def origin_note(credential: Any, *names: str) -> str:
    """Beside stated values: that a file says so, or what it says instead."""
    said = [one for name in names if (one := said_of(credential, name))]
    if not said:
        return ""
    others = "; ".join(one.value for one in said if not one.stands)
    if others:
        words = gettext("the file says: %(value)s") % {"value": others}
    elif any(one.is_of_criteria for one in said):
        words = gettext(
            "from the criteria in the file; check whether these are learning outcomes"
        )
    else:
        words = gettext("from the file")
    return format_html(' <small class="soft">({})</small>', words)

"""The rules of European credentials and their profiles, broken one by one."""

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from recognition.credentials import european_rules as rules
from recognition.credentials import structure
from recognition.credentials.findings import Check
from recognition.credentials.trust import Coverage, Institution, Span, Trust
from tests.credentials import made_seals
from tests.credentials.asked import results, verify
from tests.credentials.made_seals import TITLE, sealed

REPORT = "https://data.deqar.eu/report/78550"
BODY = {"type": "Organisation", "legalName": TITLE, "location": made_seals.LOCATION}
ACCREDITATION = {
    "type": "Accreditation",
    "dcType": {"id": "http://data.europa.eu/snb/accreditation/820101cba6"},
    "title": TITLE,
    "accreditingAgent": {**BODY, "legalName": {"en": "An agency"}},
    "decision": {"id": "https://data.deqar.eu/decision/positive"},
    "landingPage": {"type": "WebResource", "contentURL": REPORT},
}


def accredited() -> dict[str, Any]:
    """Of the profile Accredited, with everything that the profiles speak of."""
    credential = copy.deepcopy(made_seals.european())
    credential["credentialProfiles"] = {"id": rules.ACCREDITED}
    credential["credentialSchema"] = {"id": rules.ACCREDITED_SCHEMA}
    credential["evidence"] = {"type": "Evidence", "accreditation": ACCREDITATION}
    claim = credential["credentialSubject"]["hasClaim"]
    claim["awardedBy"]["type"] = "AwardingProcess"
    claim["specifiedBy"]["learningOutcome"][0]["type"] = "LearningOutcome"
    claim["specifiedBy"]["creditPoint"]["type"] = "CreditPoint"
    claim["provenBy"] = {
        "type": "LearningAssessment",
        "title": TITLE,
        "grade": {"noteLiteral": {"en": "9"}},
        "awardedBy": {"type": "AwardingProcess", "awardingBody": BODY},
        "specifiedBy": {"type": "LearningAssessmentSpecification", "title": TITLE},
    }
    return copy.deepcopy(credential)


def without(*path: str) -> Callable[[dict[str, Any]], None]:
    def change(credential: dict[str, Any]) -> None:
        holder: Any = credential
        for step in path[:-1]:
            holder = holder[step][0] if isinstance(holder[step], list) else holder[step]
        del holder[path[-1]]

    return change


def instead(**more: Any) -> Callable[[dict[str, Any]], None]:
    return lambda credential: credential.update(more)


def of_outcome(**more: Any) -> Callable[[dict[str, Any]], None]:
    def change(credential: dict[str, Any]) -> None:
        specified = credential["credentialSubject"]["hasClaim"]["specifiedBy"]
        specified["learningOutcome"][0].update(more)

    return change


CLAIM = ("credentialSubject", "hasClaim")
BROKEN: dict[type, list[Callable[[dict[str, Any]], None]]] = {
    rules.NamesTheVocabularies: [instead(**{"@context": [made_seals.EUROPEAN]})],
    rules.IsAEuropeanCredential: [instead(type=["EuropeanDigitalCredential"])],
    rules.NamesItsProfile: [without("credentialProfiles")],
    rules.NamesItsSchema: [without("credentialSchema")],
    rules.SaysHowItIsShown: [without("displayParameter")],
    rules.SaysItsBeginning: [without("validFrom")],
    structure.DatesAreDates: [instead(validFrom="soon")],
    structure.HasOneSubject: [instead(credentialSubject=[{"a": 1}, {"a": 2}])],
    rules.SaysWhatWasClaimed: [
        without(*CLAIM),
        without(*CLAIM, "title"),
        without(*CLAIM, "awardedBy"),
        without(*CLAIM, "awardedBy", "awardingBody"),
    ],
    rules.SealedByANamedIssuer: [
        without("issued"),
        without("issuer", "legalName"),
        without("issuer", "eIDASIdentifier"),
        without("issuer", "eIDASIdentifier", "notation"),
        without("issuer"),
    ],
    rules.SchemaIsThatOfItsProfile: [
        instead(credentialProfiles={"id": f"{rules.PROFILE}e34929035b"}),
        instead(
            credentialProfiles=f"{rules.PROFILE}e34929035b",
            credentialSchema=rules.ACCREDITED_SCHEMA,
        ),
    ],
    rules.DisplayIsWhole: [
        without("displayParameter", member)
        for member in ("title", "language", "primaryLanguage", "individualDisplay")
    ],
    rules.IssuerHasANameAndAPlace: [without("issuer", "location")],
    rules.OrganisationsHaveANameAndAPlace: [
        without(*CLAIM, "awardedBy", "awardingBody", "location"),
        without("evidence", "accreditation", "accreditingAgent", "legalName"),
    ],
    rules.AchievementsAreTitledAndAwarded: [
        lambda one: one["credentialSubject"]["hasClaim"].update(
            hasPart={"type": "LearningAchievement", "title": TITLE}
        )
    ],
    rules.AwardingNamesItsBody: [
        without(*CLAIM, "provenBy", "awardedBy", "awardingBody")
    ],
    rules.SpecificationsAreTitled: [
        without(*CLAIM, "specifiedBy", "title"),
        without(*CLAIM, "provenBy", "specifiedBy", "title"),
    ],
    rules.OutcomesAreTitled: [
        without(*CLAIM, "specifiedBy", "learningOutcome", "title"),
        of_outcome(title={}),
        of_outcome(title=""),
        of_outcome(title=[]),
    ],
    rules.CreditsNameTheirFramework: [
        without(*CLAIM, "specifiedBy", "creditPoint", "framework"),
        without(*CLAIM, "specifiedBy", "creditPoint", "point"),
    ],
    rules.AssessmentsAreGraded: [
        without(*CLAIM, "provenBy", member)
        for member in ("title", "grade", "awardedBy")
    ],
    rules.LegalIdentifiersNameTheirCountry: [
        without("issuer", "eIDASIdentifier", "spatial")
    ],
    rules.AddressesNameTheirCountry: [
        without("issuer", "location", "address", "countryCode")
    ],
    rules.AccreditationsAreDescribed: [
        without("evidence", "accreditation", member)
        for member in ("dcType", "title", "accreditingAgent")
    ],
    rules.NamesItsAccreditation: [without("evidence")],
}


def test_what_keeps_all_rules() -> None:
    report = verify(sealed(accredited()))

    assert results(report)["structure"] == "pass"


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        pytest.param(rule, change, id=f"{rule.__name__} {number}")
        for rule, changes in BROKEN.items()
        for number, change in enumerate(changes, 1)
    ],
)
def test_each_rule_is_broken_alone(rule: Any, change: Any) -> None:
    credential = accredited()
    change(credential)

    finding = verify(sealed(credential)).findings[Check.STRUCTURE]

    assert (finding.result, finding.sentence) == ("fail", rule.sentence)


def test_no_rule_is_left_out() -> None:
    asked = [*rules.OF_ALL, rules.SealedByANamedIssuer(), *rules.OF_PROFILES]

    assert {type(one) for one in asked} == set(BROKEN)


@pytest.mark.parametrize("written", [str, lambda address: {"id": address}])
def test_an_accredited_credential_may_name_a_lesser_schema(written: Any) -> None:
    credential = accredited()
    credential["credentialSchema"] = written(f"{rules.SCHEMA}edc-generic-full")
    credential["credentialProfiles"] = written(rules.ACCREDITED)

    assert results(verify(sealed(credential)))["structure"] == "pass"


def test_a_thing_is_described_in_one_place_and_named_in_the_others() -> None:
    """Also where it comes before its description, and where things name each other."""
    credential = accredited()
    claim = credential["credentialSubject"]["hasClaim"]
    body = claim["awardedBy"]["awardingBody"]
    claim["provenBy"]["awardedBy"]["awardingBody"] = {
        **body,
        "id": "urn:epass:org:3",
        "hasMember": {"id": body["id"], "type": "Organisation"},
    }
    claim["awardedBy"]["awardingBody"] = {
        "id": body["id"],
        "type": "Organisation",
        "memberOf": {"id": "urn:epass:org:3", "type": "Organisation"},
    }
    claim["provenBy"]["awardedBy"]["id"] = "urn:epass:awardingProcess:1"
    credential["evidence"]["accreditation"]["accreditingAgent"] = body
    credential["issuer"] = {"id": credential["issuer"]["id"]} | credential["issuer"]

    assert results(verify(sealed(credential)))["structure"] == "pass"
    del credential["evidence"]["accreditation"]["accreditingAgent"]["location"]
    assert results(verify(sealed(credential)))["structure"] == "fail"


def test_nought_is_said() -> None:
    credential = accredited()
    specified = credential["credentialSubject"]["hasClaim"]["specifiedBy"]
    for nought in ("0", 0):
        specified["creditPoint"]["point"] = nought

        assert results(verify(sealed(credential)))["structure"] == "pass"


def test_an_accreditation_of_the_qualification_serves_too() -> None:
    credential = accredited()
    evidence = credential.pop("evidence")
    specified = credential["credentialSubject"]["hasClaim"]["specifiedBy"]
    specified["accreditation"] = evidence["accreditation"]

    report = verify(sealed(credential))

    assert results(report)["structure"] == "pass"
    claim = report.as_dict()["claims"]["quality_assurance"]
    assert claim["value"] == REPORT
    assert claim["origin"].endswith("specifiedBy.accreditation.landingPage.contentURL")


def test_a_pilot_with_a_schema_of_its_own_is_not_measured_by_theirs() -> None:
    credential = accredited()
    credential["credentialSchema"] = {"id": "https://tsr.ebsi.example/schema.json"}
    del credential["issuer"]["location"]

    assert results(verify(sealed(credential)))["structure"] == "pass"


# What the file names as its quality assurance


def known(*sources: str, until: int = 2030) -> Trust:
    span = Span(date(2020, 1, 1), date(until, 1, 1))
    assured = tuple(Coverage(source, span) for source in sources)
    names = frozenset({made_seals.NUMBER})
    return Trust((Institution("Exemplu", names, quality_assured=assured),))


@pytest.mark.parametrize(
    ("trust", "result", "told"),
    [
        (Trust(), "unknown", "Nothing is known of the issuer’s quality assurance."),
        (known("ARACIS 12"), "pass", "by ARACIS 12. The file names"),
        (known("ARACIS 12", until=2021), "fail", "covers 2026-01-15. The file names"),
    ],
)
def test_a_report_that_the_file_names_is_told_and_not_believed(
    trust: Trust, result: str, told: str
) -> None:
    finding = verify(sealed(accredited()), trust).findings[Check.QUALITY_ASSURANCE]

    assert finding.result == result
    assert told in finding.detail
    assert f"{REPORT}, which was not looked up." in finding.detail
    assert finding.facts["named"] == REPORT


@pytest.mark.parametrize("source", [f"ARACIS {REPORT}", "ARACIS DEQAR 78550"])
def test_a_report_that_is_known_is_told_as_such(source: str) -> None:
    trust = known("ARACIS 12", source)

    finding = verify(sealed(accredited()), trust).findings[Check.QUALITY_ASSURANCE]

    assert finding.result == "pass"
    assert finding.detail.endswith(f"by {source}, which the file names too.")


def test_other_words_of_a_decision_name_no_report() -> None:
    credential = accredited()
    told = credential["evidence"]["accreditation"]
    told["landingPage"]["contentURL"] = "ARACIS"

    finding = verify(sealed(credential), known("ARACIS 12")).findings[
        Check.QUALITY_ASSURANCE
    ]

    assert "ARACIS, which was not looked up" in finding.detail


def test_the_number_alone_is_not_the_report() -> None:
    trust = known("ARACIS 78550")

    finding = verify(sealed(accredited()), trust).findings[Check.QUALITY_ASSURANCE]

    assert "was not looked up" in finding.detail


def test_without_a_day_of_the_award_nothing_is_covered() -> None:
    credential = accredited()
    for name in ("issued", "validFrom", "issuanceDate"):
        del credential[name]

    finding = verify(credential, known("ARACIS 12")).findings[Check.QUALITY_ASSURANCE]

    assert finding.result == "unknown"
    assert finding.detail.startswith("The file does not say when")
    assert REPORT in finding.detail


def test_the_accreditation_is_told_in_its_words() -> None:
    told = verify(sealed(accredited())).as_dict()["claims"]

    assert told["quality_assurance"]["value"] == REPORT
    assert told["accreditation"]["value"] == "820101cba6"
    assert told["qa_agency"]["value"] == "An agency"
    assert told["qa_decision"]["value"] == "positive"
    assert told["qa_decision"]["origin"] == "evidence.accreditation.decision"

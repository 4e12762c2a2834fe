"""What the European Learning Model asks of a credential, by the profile that it names.

The rules ask mandatory members of the application profiles EDC 1.1.0 (SHACL), each
under the name of its shape, and not all of them. Not asked are those of the pictures and
pages of the display, of activities, entitlements and opportunities within an achievement,
of grading schemes and the spread of results, of grants, groups, amounts and notes, of
media, web resources and identifiers other than the legal one, of the verification check,
and the type of an evidence; nor of which kind a value is, in which list a concept, how
often something may stand. `issued` is asked of what is sealed.
"""

from functools import cached_property
from typing import Any, ClassVar

from recognition.credentials import contexts, structure
from recognition.credentials.findings import Finding
from recognition.credentials.safe_json import listed
from recognition.credentials.structure import Credential, Rule, is_of
from recognition.credentials.words import gettext_noop as _

PROFILE = "http://data.europa.eu/snb/credential/"
SCHEMA = "http://data.europa.eu/snb/model/ap/"
ACCREDITED = f"{PROFILE}6cf8e68c43"
NOTHING: tuple[Any, ...] = ("", {}, [])
ACCREDITED_SCHEMA = f"{SCHEMA}edc-accredited"


class Described(Credential):
    """A credential in which each thing is what all its mentions say of it together.

    A thing may be described in one place and only named by its id in the others; SHACL
    asks the thing, not the place.
    """

    def __init__(self, credential: Credential) -> None:
        self.named: dict[str, dict[str, Any]] = {}
        super().__init__(
            {member: self._whole(value) for member, value in credential.items()}
        )

    def _whole(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._whole(one) for one in value]
        if not isinstance(value, dict):
            return value
        name = value.get("id")
        if not isinstance(name, str):
            return {member: self._whole(told) for member, told in value.items()}
        thing = self.named.setdefault(name, {"id": name})
        for member, told in value.items():
            if member != "id":
                thing.setdefault(member, []).extend(listed(self._whole(told)))
        return thing

    @cached_property
    def typed(self) -> dict[str, list[dict[str, Any]]]:
        """The things in it by their types, gone through once: they may be in a ring."""
        found: dict[str, list[dict[str, Any]]] = {}
        waiting, seen = [*self.values()], set()
        while waiting:
            one = waiting.pop()
            if isinstance(one, dict) and id(one) not in seen:
                seen.add(id(one))
                kinds = [kind for kind in listed(one.get("type")) if is_text(kind)]
                for kind in dict.fromkeys(kinds):
                    found.setdefault(kind, []).append(one)
                waiting.extend(one.values())
            elif isinstance(one, list):
                waiting.extend(one)
        return found


def is_text(value: Any) -> bool:
    return isinstance(value, str)


def named(credential: Credential, member: str) -> list[str]:
    """The addresses of concepts or schemas, alone or as those of objects."""
    told = map(structure.identifier, listed(credential.get(member)))
    return [one for one in told if one]


def has(thing: Any, *members: str) -> bool:
    """Does it say something under each of these names? An empty text or object is none."""
    return isinstance(thing, dict) and all(
        any(one not in NOTHING for one in listed(thing.get(member)))
        for member in members
    )


# Of every European credential


class NamesTheVocabularies:
    """European Learning Model 3, application profile EDC: that of W3C, then its own."""

    sentence = _("It does not name the vocabularies of European credentials.")

    def holds(self, credential: Credential) -> bool:
        told = listed(credential.get("@context"))
        return len(told) > 1 and told[0] in (contexts.VC_1, contexts.VC_2)


class IsAEuropeanCredential:
    """EuropeanDigitalCredential: type."""

    sentence = _("Its type does not say that it is a European credential.")

    def holds(self, credential: Credential) -> bool:
        return is_of(credential, "VerifiableCredential") and is_of(
            credential, "EuropeanDigitalCredential"
        )


class NamesItsProfile:
    """EuropeanDigitalCredential: credentialProfiles 1..*."""

    sentence = _("It does not name its profile.")

    def holds(self, credential: Credential) -> bool:
        return has(credential, "credentialProfiles")


class NamesItsSchema:
    """EuropeanDigitalCredential: credentialSchema 1..*."""

    sentence = _("It does not name its schema.")

    def holds(self, credential: Credential) -> bool:
        return has(credential, "credentialSchema")


class SaysHowItIsShown:
    """EuropeanDigitalCredential: displayParameter 1."""

    sentence = _("It does not say how it is to be shown.")

    def holds(self, credential: Credential) -> bool:
        return has(credential, "displayParameter")


class SaysItsBeginning:
    """EuropeanDigitalCredential: validFrom 1."""

    sentence = _("It does not say from when it holds.")

    def holds(self, credential: Credential) -> bool:
        return has(credential, "validFrom")


class SaysWhatWasClaimed:
    """Person: hasClaim 1..*, each with its title and its awarding body."""

    sentence = _("It does not say what was achieved and who awarded it.")

    def holds(self, credential: Credential) -> bool:
        subjects = listed(credential.get("credentialSubject"))
        person = subjects[0] if subjects else None
        claimed = listed(person.get("hasClaim")) if isinstance(person, dict) else []
        return bool(claimed) and all(
            has(one, "title", "awardedBy")
            and all(has(by, "awardingBody") for by in listed(one["awardedBy"]))
            for one in claimed
        )


class SealedByANamedIssuer:
    """What sealing adds: issued 1, and the issuer's legalName and eIDASIdentifier."""

    sentence = _("It does not say when and by which organisation it was issued.")

    def holds(self, credential: Credential) -> bool:
        parties = listed(credential.get("issuer"))
        return (
            bool(parties)
            and has(credential, "issued")
            and all(
                has(party, "legalName", "eIDASIdentifier")
                and all(
                    has(one, "notation") for one in listed(party["eIDASIdentifier"])
                )
                for party in parties
            )
        )


# Of the Commission's application profiles, where the credential names one


class SchemaIsThatOfItsProfile:
    """The schema edc-accredited is that of the profile Accredited (ours, not SHACL's).

    The other way round nothing is asked: an accredited credential may name a schema that
    asks for less.
    """

    sentence = _("Its profile and its schema do not agree on whether it is accredited.")

    def holds(self, credential: Credential) -> bool:
        by_schema = ACCREDITED_SCHEMA in named(credential, "credentialSchema")
        return not by_schema or ACCREDITED in named(credential, "credentialProfiles")


class DisplayIsWhole:
    """DisplayParameter: title, language, primaryLanguage, individualDisplay."""

    sentence = _("It does not say in full how it is to be shown.")

    def holds(self, credential: Credential) -> bool:
        asked = ("title", "language", "primaryLanguage", "individualDisplay")
        return all(has(one, *asked) for one in listed(credential["displayParameter"]))


class IssuerHasANameAndAPlace:
    """Organisation, as the issuer: legalName, location."""

    sentence = _("It does not say what its issuer is called and where it is.")

    def holds(self, credential: Credential) -> bool:
        parties = listed(credential.get("issuer"))
        return all(has(one, "legalName", "location") for one in parties)


class OfKinds:
    """Everything of these types has these members."""

    kinds: ClassVar[tuple[str, ...]]
    asked: ClassVar[tuple[str, ...]]

    def holds(self, credential: Credential) -> bool:
        typed = credential.typed if isinstance(credential, Described) else {}
        return all(
            has(one, *self.asked) for kind in self.kinds for one in typed.get(kind, ())
        )


class OrganisationsHaveANameAndAPlace(OfKinds):
    """Organisation: legalName, location."""

    sentence = _("An organisation in it has no legal name or no place.")
    kinds, asked = ("Organisation",), ("legalName", "location")


class AchievementsAreTitledAndAwarded(OfKinds):
    """LearningAchievement: title, awardedBy 1."""

    sentence = _("An achievement in it has no title, or nobody awarded it.")
    kinds, asked = ("LearningAchievement",), ("title", "awardedBy")


class AwardingNamesItsBody(OfKinds):
    """AwardingProcess: awardingBody 1..*."""

    sentence = _("An award in it names no awarding body.")
    kinds, asked = ("AwardingProcess",), ("awardingBody",)


class SpecificationsAreTitled(OfKinds):
    """LearningAchievementSpecification, Qualification, those of assessments: title."""

    sentence = _("A specification in it has no title.")
    kinds = (
        "LearningAchievementSpecification",
        "Qualification",
        "LearningAssessmentSpecification",
    )
    asked = ("title",)


class OutcomesAreTitled(OfKinds):
    """LearningOutcome: title."""

    sentence = _("A learning outcome in it has no title.")
    kinds, asked = ("LearningOutcome",), ("title",)


class CreditsNameTheirFramework(OfKinds):
    """CreditPoint: framework, point."""

    sentence = _("Credits in it name no framework or no number.")
    kinds, asked = ("CreditPoint",), ("framework", "point")


class AssessmentsAreGraded(OfKinds):
    """LearningAssessment: title, grade, awardedBy."""

    sentence = _("An assessment in it has no title, no grade or no awarding body.")
    kinds, asked = ("LearningAssessment",), ("title", "grade", "awardedBy")


class LegalIdentifiersNameTheirCountry(OfKinds):
    """LegalIdentifier: notation, spatial."""

    sentence = _("A legal identifier in it names no number or no country.")
    kinds, asked = ("LegalIdentifier",), ("notation", "spatial")


class AddressesNameTheirCountry(OfKinds):
    """Address: countryCode."""

    sentence = _("An address in it names no country.")
    kinds, asked = ("Address",), ("countryCode",)


class AccreditationsAreDescribed(OfKinds):
    """Accreditation: dcType, title, accreditingAgent."""

    sentence = _("An accreditation in it has no type, no title or no agency.")
    kinds, asked = ("Accreditation",), ("dcType", "title", "accreditingAgent")


# Of the profile Accredited


class NamesItsAccreditation:
    """Profile Accredited: an accreditation, as evidence or of the qualification."""

    sentence = _("It says that it is accredited, but names no accreditation.")

    def holds(self, credential: Credential) -> bool:
        if ACCREDITED not in named(credential, "credentialProfiles"):
            return True
        typed = credential.typed if isinstance(credential, Described) else {}
        holders = (*listed(credential.get("evidence")), *typed.get("Qualification", ()))
        return any(has(one, "accreditation") for one in holders)


OF_ALL: tuple[Rule, ...] = (
    NamesTheVocabularies(),
    IsAEuropeanCredential(),
    NamesItsProfile(),
    NamesItsSchema(),
    SaysHowItIsShown(),
    SaysItsBeginning(),
    structure.DatesAreDates(),
    structure.HasOneSubject(),
    SaysWhatWasClaimed(),
)
OF_PROFILES: tuple[Rule, ...] = (
    SchemaIsThatOfItsProfile(),
    DisplayIsWhole(),
    IssuerHasANameAndAPlace(),
    OrganisationsHaveANameAndAPlace(),
    AchievementsAreTitledAndAwarded(),
    AwardingNamesItsBody(),
    SpecificationsAreTitled(),
    OutcomesAreTitled(),
    CreditsNameTheirFramework(),
    AssessmentsAreGraded(),
    LegalIdentifiersNameTheirCountry(),
    AddressesNameTheirCountry(),
    AccreditationsAreDescribed(),
    NamesItsAccreditation(),
)


def checked(credential: Credential, *, sealed: bool) -> Finding:
    """By the rules of all, of sealing, and of the Commission's profiles.

    A pilot that names a schema of its own (DC4EU) is not measured by theirs.
    """
    told = Described(credential)
    rules = [*OF_ALL, *([SealedByANamedIssuer()] if sealed else [])]
    if any(one.startswith(SCHEMA) for one in named(told, "credentialSchema")):
        rules.extend(OF_PROFILES)
    return structure.checked(told, rules)

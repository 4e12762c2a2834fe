"""The closed vocabularies of recognition: states, purposes, outcomes, differences."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ApplicationStatus(TextChoices):
    """Where an application stands between filing and its final decision."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    INCOMPLETE = "incomplete", _("Incomplete")
    COMPLETE = "complete", _("Complete")
    VERIFYING = "verifying", _("Being verified")
    TRACKED = "tracked", _("Track chosen")
    COMPARING = "comparing", _("Being compared")
    INFO_REQUESTED = "info_requested", _("Information requested")
    PROPOSED = "proposed", _("Outcome proposed")
    IN_COMMITTEE = "in_committee", _("Before the committee")
    DECIDED = "decided", _("Decided")
    NOTIFIED = "notified", _("Notified")
    FINAL = "final", _("Final")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Purpose(TextChoices):
    """What the applicant wants to do with the credential; all comparison refers to it."""

    CREDIT = "credit", _("Credit towards a programme")
    EXEMPTION = "exemption", _("Exemption from a course")
    ADMISSION = "admission", _("Admission")
    STACKING = "stacking", _("Part of a larger micro-credential")
    EMPLOYMENT = "employment", _("Employment or professional development")
    STATEMENT = "statement", _("General statement")


class RecognitionOutcome(TextChoices):
    """What the committee may resolve, in the order in which it is considered."""

    FULL = "full", _("Full recognition")
    PARTIAL = "partial", _("Partial recognition")
    CONDITIONAL = "conditional", _("Conditional recognition")
    ALTERNATIVE = "alternative", _("Alternative recognition")
    REFUSED = "refused", _("Refused")


# Nobody asks to be refused.
ASKABLE = (
    RecognitionOutcome.FULL,
    RecognitionOutcome.PARTIAL,
    RecognitionOutcome.CONDITIONAL,
    RecognitionOutcome.ALTERNATIVE,
)


class Fee(TextChoices):
    DUE = "due", _("Due")
    PAID = "paid", _("Paid")
    WAIVED = "waived", _("Waived")


class ItemStand(TextChoices):
    """What became of an item the office asked for."""

    OPEN = "open", _("Still missing")
    RECEIVED = "received", _("Received")
    UNOBTAINABLE = "unobtainable", _("Cannot be obtained")


class Addressee(TextChoices):
    """Who alone has the information a request asks for."""

    APPLICANT = "applicant", _("The applicant")
    ISSUER = "issuer", _("The issuing institution")
    ELSEWHERE = "elsewhere", _("It can be found elsewhere")


class Element(TextChoices):
    """The eleven mandatory elements of EU Annex I, in its order."""

    LEARNER = "learner", _("Identification of the learner")
    TITLE = "title", _("Title of the micro-credential")
    ISSUER_COUNTRY = "issuer_country", _("Country of the issuer")
    AWARDING_BODY = "awarding_body", _("Awarding body")
    ISSUED_ON = "issued_on", _("Date of issuing")
    OUTCOMES = "outcomes", _("Learning outcomes")
    WORKLOAD = "workload", _("Notional workload")
    LEVEL = "level", _("Level of the learning experience")
    ASSESSMENT = "assessment", _("Type of assessment")
    PARTICIPATION = "participation", _("Form of participation")
    QUALITY_ASSURANCE = "quality_assurance", _("Type of quality assurance")


class LevelKind(TextChoices):
    """How the document speaks of its level."""

    EQF = "eqf", _("A level of the European Qualifications Framework")
    NONE = "none", _("It says that no level applies")
    UNKNOWN = "unknown", _("It does not say")


class IssuerStatus(TextChoices):
    """What the issuer or awarding body was on the day of the award.

    Not being found in a register is unknown, never a finding against the issuer.
    """

    RECOGNISED_HEI = "recognised_hei", _("Recognised higher education institution")
    RECOGNISED_OTHER_PROVIDER = (
        "recognised_other_provider",
        _("Recognised other provider"),
    )
    ALTERNATIVE_PROVIDER_NO_EQA = (
        "alternative_provider_no_eqa",
        _("Alternative provider without external quality assurance"),
    )
    NOT_RECOGNISED = "not_recognised", _("Not recognised")
    DIPLOMA_MILL_SUSPECTED = "diploma_mill_suspected", _("Diploma mill suspected")
    UNKNOWN = "unknown", _("Not established")


class ProvisionScope(TextChoices):
    """Whether quality assurance covered the provision on the day of the award."""

    COVERED = "covered", _("Covered by quality assurance")
    NOT_COVERED = "not_covered", _("Not covered by quality assurance")
    UNKNOWN = "unknown", _("Not established")


class LegalInstrument(TextChoices):
    """The instrument that governs the case, chosen from the issuer's country."""

    LISBON = "lisbon", _("Lisbon Recognition Convention")
    GLOBAL_CONVENTION = "global_convention", _("Global Convention")
    BILATERAL = "bilateral", _("Bilateral agreement")
    NATIONAL = "national", _("National law")
    AGREEMENT = "agreement", _("Agreement between institutions")
    NONE = "none", _("No instrument")


class VerificationMethod(TextChoices):
    INTERNAL_CHECK = "internal_check", _("Check of the document itself")
    DIGITAL_SEAL = "digital_seal", _("Check of the digital seal")
    ISSUER_PAGE = "issuer_page", _("Issuer's verification page")
    REGISTRY = "registry", _("Public registry")
    ISSUER_CONTACT = "issuer_contact", _("Letter or e-mail to the issuer")
    INTERVIEW = "interview", _("Interview or background paper")


class VerificationResult(TextChoices):
    """How far the document is known to be genuine."""

    NOT_STARTED = "not_started", _("Not started")
    INTERNAL_OK = "internal_ok", _("Document is consistent")
    EXTERNAL_PENDING = "external_pending", _("Waiting for the issuer")
    VERIFIED_DIGITAL_SEAL = "verified_digital_seal", _("Verified by its digital seal")
    VERIFIED_BY_ISSUER = "verified_by_issuer", _("Verified by the issuer")
    VERIFIED_BY_REGISTRY = "verified_by_registry", _("Verified by a registry")
    UNVERIFIABLE = "unverifiable", _("Cannot be verified")
    SUSPECT = "suspect", _("Suspect")
    FORGED = "forged", _("Forged")


DOUBTFUL = (VerificationResult.SUSPECT, VerificationResult.FORGED)


class Track(TextChoices):
    STANDARD = "standard", _("Standard comparison")
    PRIOR_LEARNING = "prior_learning", _("Recognition of prior learning")
    REFUGEE = "refugee", _("Refugees and missing documents")
    AUTOMATIC = "automatic", _("Automatic recognition")


class Difference(TextChoices):
    """What an assessor finds on one row of the comparison grid."""

    NONE = "none", _("No difference")
    NON_SUBSTANTIAL = "non_substantial", _("Not substantial")
    SUBSTANTIAL = "substantial", _("Substantial")
    NOT_ASSESSABLE = "not_assessable", _("Cannot be assessed")


class CompensatoryMeasure(TextChoices):
    """Kinds of condition a conditional recognition may set."""

    DIFFERENCE_EXAM = "difference_exam", _("Difference exam")
    PRACTICE_PERIOD = "practice_period", _("Practice period")
    BRIDGING_COURSE = "bridging_course", _("Bridging course")
    OTHER = "other", _("Other")


class DocumentKind(TextChoices):
    CERTIFICATE = "certificate", _("Certificate")
    TRANSCRIPT = "transcript", _("Transcript")
    SYLLABUS = "syllabus", _("Syllabus or course description")
    TRANSLATION = "translation", _("Translation")
    IDENTITY = "identity", _("Identity document")
    BACKGROUND_PAPER = "background_paper", _("Background paper")
    OTHER = "other", _("Other")
    DECISION_LETTER = "decision_letter", _("Letter of decision")


FILED_KINDS = tuple(
    kind for kind in DocumentKind if kind != DocumentKind.DECISION_LETTER
)


class Delivery(TextChoices):
    """How the letter of decision reached the applicant."""

    PORTAL = "portal", _("Opened in the applicant's account")
    EMAIL = "email", _("E-mail with confirmation of receipt")
    REGISTERED_POST = "registered_post", _("Registered post")
    IN_PERSON = "in_person", _("Handed over against signature")


class TrustKind(TextChoices):
    """By what an institution is known, or what its seals rest on."""

    DID = "did", _("Decentralised identifier (DID)")
    ORGANISATION = "organisation", _("Organisation identifier (eIDAS)")
    DOMAIN = "domain", _("Domain")
    OTHER = "other", _("Other identifier")
    KEY = "key", _("Key, by its thumbprint")
    ANCHOR = "anchor", _("Trust anchor (certificate)")


class TrustAct(TextChoices):
    """What is done about an entry of the register of trust after it was proposed."""

    CONFIRM = "confirm", _("confirmed")
    REJECT = "reject", _("rejected")
    END = "end", _("ended")


class TrustStand(TextChoices):
    """Where an entry of the register of trust stands; only confirmed ones count."""

    PROPOSED = "proposed", _("Proposed")
    CONFIRMED = "confirmed", _("Confirmed")
    REJECTED = "rejected", _("Not accepted")
    ENDED = "ended", _("Ended")

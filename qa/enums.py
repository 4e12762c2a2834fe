"""The closed vocabularies of quality assurance: states, roles, kinds, outcomes."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VersionStatus(TextChoices):
    """What a version of the content is; it says nothing of validity."""

    DRAFT = "draft", _("Draft")
    FROZEN = "frozen", _("Frozen")
    REPLACED = "replaced", _("Replaced")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    ABANDONED = "abandoned", _("Abandoned")


class AttachmentKind(TextChoices):
    """What a file is that goes with a proposal."""

    SELF_EVALUATION = "self_evaluation", _("Self-evaluation report")
    SYLLABUS = "syllabus", _("Syllabus or course description")
    AGREEMENT = "agreement", _("Cooperation agreement")
    EVIDENCE = "evidence", _("Evidence of need or of quality")
    OPINION = "opinion", _("Opinion or letter of support")
    OTHER = "other", _("Other")


class ProcedureStatus(TextChoices):
    """Where one journey through quality assurance stands."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned for completion")
    ELIGIBLE = "eligible", _("Formally checked")
    ENDORSED = "endorsed", _("Endorsed")
    PANEL_SETUP = "panel_setup", _("Panel being set up")
    UNDER_REVIEW = "under_review", _("Under review")
    REPORT_DRAFT = "report_draft", _("Report being drafted")
    FACTUAL_CHECK = "factual_check", _("Factual accuracy check")
    REPORT_FINAL = "report_final", _("Report final")
    AWAITING_DECISION = "awaiting_decision", _("Awaiting decision")
    DECIDED = "decided", _("Decided")
    ABANDONED = "abandoned", _("Abandoned")


class ProcedureKind(TextChoices):
    """Why a procedure runs; change and extraordinary are refused at intake for now."""

    INITIAL = "initial", _("Initial accreditation")
    PERIODIC = "periodic", _("Periodic re-evaluation")
    CHANGE = "change", _("Substantial change")
    EXTRAORDINARY = "extraordinary", _("Extraordinary revision")


class Route(TextChoices):
    """The accreditation routes (self-accrediting to joint); R1 and R2 are open."""

    R1 = "R1", _("R1 Self-accrediting institution")
    R2 = "R2", _("R2 Part of an accredited programme")
    R3 = "R3", _("R3 External accreditation before the start")
    R4 = "R4", _("R4 External evaluation after the start")
    R5 = "R5", _("R5 Joint provision")


class Outcome(TextChoices):
    """What the deciding body resolved, and what a panel may propose."""

    APPROVED = "approved", _("Approved")
    APPROVED_WITH_CONDITIONS = "approved_with_conditions", _("Approved with conditions")
    RESUBMIT = "resubmit", _("Resubmission required")
    REJECTED = "rejected", _("Rejected")


class PanelMemberStatus(TextChoices):
    INVITED = "invited", _("Invited")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    RECUSED = "recused", _("Recused")
    REPLACED = "replaced", _("Replaced")


class PanelRole(TextChoices):
    """The seats of a review panel; the last two have no vote."""

    CHAIR = "chair", _("Panel chair")
    ACADEMIC = "academic", _("Academic expert")
    STUDENT = "student", _("Student evaluator")
    LABOUR_MARKET = "labour_market", _("Labour-market representative")
    INTERNATIONAL = "international", _("International expert")
    SECRETARY = "secretary", _("Panel secretary")
    OBSERVER = "observer", _("Observer")


NON_VOTING_PANEL_ROLES = (PanelRole.SECRETARY, PanelRole.OBSERVER)


class DeclarationStatus(TextChoices):
    PENDING = "pending", _("Not declared yet")
    NONE = "none", _("No conflict declared")
    DECLARED = "declared", _("Conflict declared")
    CLEARED = "cleared", _("Cleared")
    UPHELD = "upheld", _("Upheld")


class ConflictGround(TextChoices):
    """The tick-list of grounds for a conflict of interest."""

    INVOLVED = "involved", _("Took part in preparing the proposal")
    FAMILY = "family", _("Close family or personal relation")
    MANAGEMENT = "management", _("Management role in the unit")
    EMPLOYMENT = "employment", _("Employment or contract with the unit, last 5 years")
    RIVALRY = "rivalry", _("Rivalry or hostility")
    MENTORING = "mentoring", _("Mentor or mentee of an author")
    CO_AUTHORSHIP = "co_authorship", _("Co-authorship or joint grant, last 5 years")
    RECIPROCAL = "reciprocal", _("Reciprocal review")
    FINANCIAL = "financial", _("Financial interest in a partner")
    APPLICATION = "application", _("Pending application for a post")


class AssessmentStatus(TextChoices):
    DRAFT = "draft", _("Being written")
    SUBMITTED = "submitted", _("Submitted")


class AccreditationStatus(TextChoices):
    APPROVED = "approved", _("Approved, not yet in force")
    IN_FORCE = "in_force", _("In force")
    SUCCEEDED = "succeeded", _("Succeeded by a later period")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ConditionStatus(TextChoices):
    OPEN = "open", _("Open")
    EVIDENCE_SUBMITTED = "evidence_submitted", _("Evidence submitted")
    FULFILLED = "fulfilled", _("Fulfilled")


class ActKind(TextChoices):
    """The kinds of act a body or a person issues; every decision is a body's."""

    DECISION = "decision", pgettext_lazy("of a collegial body", "Decision")
    OPINION = "opinion", _("Opinion")
    ENDORSEMENT = "endorsement", _("Endorsement")
    NOMINATION = "nomination", _("Nomination")


class BodyKind(TextChoices):
    FACULTY_COUNCIL = "faculty_council", _("Faculty council")
    CEAC = "ceac", _("Quality assurance commission (CEAC)")
    BOARD = "board", _("Board of Administration")
    SENATE = "senate", _("University senate")
    RECTOR = "rector", _("Rector's office")
    RECOGNITION_COMMITTEE = "recognition_committee", _("Recognition committee")
    APPEALS_COMMITTEE = "appeals_committee", _("Appeals committee")


class BodySeat(TextChoices):
    STAFF = "staff", _("Staff")
    STUDENT = "student", _("Student")
    EXTERNAL = "external", _("External")


class MembershipFunction(TextChoices):
    CHAIR = "chair", _("Chair")
    SECRETARY = "secretary", _("Secretary")
    MEMBER = "member", _("Member")


class VoteCast(TextChoices):
    """One member's part in a vote."""

    FOR = "for", _("For")
    AGAINST = "against", _("Against")
    ABSTAIN = "abstain", _("Abstains")
    ABSENT = "absent", _("Absent")
    RECUSED = "recused", _("Recused")


class Role(TextChoices):
    """What a dated appointment lets a person do."""

    AUTHOR = "author", _("Author")
    COORDINATOR = "coordinator", _("Programme coordinator")
    HEAD_OF_DEPARTMENT = "head_of_department", _("Head of department")
    DEANS_OFFICE = "deans_office", _("Dean's office")
    QA_OFFICER = "qa_officer", _("QA officer")
    CEAC_CHAIR = "ceac_chair", _("CEAC chair")
    PANEL_CHAIR = "panel_chair", _("Panel chair")
    PANEL_MEMBER = "panel_member", _("Panel member")
    SENATE_SECRETARY = "senate_secretary", _("Senate secretary")
    BOARD_SECRETARY = "board_secretary", _("Secretary of the Board of Administration")
    RECTOR = "rector", _("Rector")
    CONDITION_OWNER = "condition_owner", _("Condition owner")
    AGENCY_OFFICER = "agency_officer", _("Agency officer")
    APPLICANT = "applicant", _("Applicant")
    RECOGNITION_OFFICER = "recognition_officer", _("Recognition officer")
    HEAD_OF_RECOGNITION = "head_of_recognition", _("Head of the recognition office")
    ASSESSOR = "assessor", _("Assessor")
    COMMITTEE_SECRETARY = "committee_secretary", _("Committee secretary")
    SIGNATORY = "signatory", _("Signatory")
    APPEALS_MEMBER = "appeals_member", _("Appeals committee member")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")
    SYSTEM = "system", _("System")


class CaseKind(TextChoices):
    MICRO_CREDENTIAL = "micro_credential", _("Micro-credential")
    RECOGNITION = "recognition", _("Recognition application")


class UnitKind(TextChoices):
    FACULTY = "faculty", _("Faculty")
    DEPARTMENT = "department", _("Department")
    OFFICE = "office", _("Office")


class InstitutionalStatus(TextChoices):
    """What an institutional evaluation granted."""

    ACCREDITED = "accredited", _("Accredited")
    PROVISIONAL = "provisional", _("Provisionally authorised")


class RemarkAnswer(TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")
    NOT_FACTUAL = "not_factual", _("Not a matter of fact")


class ChallengeDecision(TextChoices):
    OPEN = "open", _("Not decided yet")
    UPHELD = "upheld", _("Upheld")
    DISMISSED = "dismissed", _("Dismissed")


class ReadingStand(TextChoices):
    """How far a member could judge a standard."""

    RATED = "rated", _("Rated")
    CANNOT_JUDGE = "cannot_judge", _("Cannot judge")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")


class Confidentiality(TextChoices):
    PUBLIC = "public", _("Public")
    INTERNAL = "internal", _("Internal")
    RESTRICTED = "restricted", _("Restricted")

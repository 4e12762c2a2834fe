"""The things of quality assurance, one aggregate a module."""

from qa.models.accreditation import Accreditation
from qa.models.assessment import Assessment, Reading
from qa.models.bodies import Body, Closure, Membership, Register
from qa.models.content import (
    AssessmentComponent,
    Attachment,
    Consultation,
    Justification,
    LearningOutcome,
    MonitoringIndicator,
    OverlapAnswer,
    SignOff,
    StackingTarget,
    TeamMember,
)
from qa.models.decision import (
    Condition,
    ConditionExtension,
    Decision,
    NominatedOfficer,
    Vote,
)
from qa.models.flow import ProcedureProcess, Turn
from qa.models.offer import MicroCredential, Version
from qa.models.outbox import Message
from qa.models.panel import Challenge, ConflictDeclaration, PanelMember
from qa.models.people import (
    Appointment,
    Institution,
    InstitutionalAccreditation,
    Unit,
    User,
)
from qa.models.procedure import Procedure
from qa.models.record import Case, Document, Event, Seal, SealedHead
from qa.models.reference import (
    ActionVerb,
    Country,
    IscedField,
    Language,
    LetterTemplate,
)
from qa.models.report import Finding, Remark, Report, ReportPoint
from qa.models.returns import PointAnswer, ReturnItem
from qa.models.sign_in import FailedSignIn
from qa.models.standards import RuleSet, Standard, StandardSet

__all__ = [
    "Accreditation",
    "ActionVerb",
    "Appointment",
    "Assessment",
    "AssessmentComponent",
    "Attachment",
    "Body",
    "Case",
    "Challenge",
    "Closure",
    "Condition",
    "ConditionExtension",
    "ConflictDeclaration",
    "Consultation",
    "Country",
    "Decision",
    "Document",
    "Event",
    "FailedSignIn",
    "Finding",
    "Institution",
    "InstitutionalAccreditation",
    "IscedField",
    "Justification",
    "Language",
    "LearningOutcome",
    "LetterTemplate",
    "Membership",
    "Message",
    "MicroCredential",
    "MonitoringIndicator",
    "NominatedOfficer",
    "OverlapAnswer",
    "PanelMember",
    "PointAnswer",
    "Procedure",
    "ProcedureProcess",
    "Reading",
    "Register",
    "Remark",
    "Report",
    "ReportPoint",
    "ReturnItem",
    "RuleSet",
    "Seal",
    "SealedHead",
    "SignOff",
    "StackingTarget",
    "Standard",
    "StandardSet",
    "TeamMember",
    "Turn",
    "Unit",
    "User",
    "Version",
    "Vote",
]

"""The things of recognition, one aggregate a module."""

from recognition.models.application import RecognitionApplication
from recognition.models.checking import AskedHost, CredentialCheck, LookUp
from recognition.models.comparison import (
    Assessor,
    ComparisonRow,
    Proposal,
    ProposedComponent,
    ProposedCondition,
)
from recognition.models.credential import IncomingCredential
from recognition.models.flow import RecognitionProcess
from recognition.models.inquiry import (
    BackgroundPaper,
    DelayNotice,
    InfoRequest,
    MissingItem,
    Verification,
)
from recognition.models.resolution import (
    AcceptedComponent,
    Appeal,
    RecognitionDecision,
    Recusal,
)
from recognition.models.result import IssuedResult, ResultWithdrawal, StatusList
from recognition.models.trust import TrustDecision, TrustEntry

__all__ = [
    "AcceptedComponent",
    "Appeal",
    "AskedHost",
    "Assessor",
    "BackgroundPaper",
    "ComparisonRow",
    "CredentialCheck",
    "DelayNotice",
    "IncomingCredential",
    "InfoRequest",
    "IssuedResult",
    "LookUp",
    "MissingItem",
    "Proposal",
    "ProposedComponent",
    "ProposedCondition",
    "RecognitionApplication",
    "RecognitionDecision",
    "RecognitionProcess",
    "Recusal",
    "ResultWithdrawal",
    "StatusList",
    "TrustDecision",
    "TrustEntry",
    "Verification",
]

"""Rows V2 to V5: a version follows the act of its procedure."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qa.clauses import clause, stated
from qa.enums import Outcome, ProcedureStatus, VersionStatus


@clause(_("The canonical content and its hash are needed to freeze."), stated=True)
def content_is_given(version: Any) -> bool:
    return version.frozen_content is not None and bool(stated(version, "sha256"))


@clause(_("A version is frozen by the submission of its procedure."))
def procedure_was_just_submitted(version: Any) -> bool:
    return version.procedure.status == ProcedureStatus.SUBMITTED


@clause(_("A frozen version is replaced by a later one or by a decision to resubmit."))
def later_version_or_resubmission(version: Any) -> bool:
    return (
        version.procedure.outcome == Outcome.RESUBMIT
        or version.procedure.versions.filter(
            number__gt=version.number, status=VersionStatus.FROZEN
        ).exists()
    )


@clause(_("Content is approved by a positive decision on its procedure."))
def procedure_decided_positively(version: Any) -> bool:
    return version.procedure.outcome in (
        Outcome.APPROVED,
        Outcome.APPROVED_WITH_CONDITIONS,
    )


@clause(_("Content is rejected by a negative decision on its procedure."))
def procedure_decided_negatively(version: Any) -> bool:
    return version.procedure.outcome == Outcome.REJECTED


@clause(_("Content is abandoned with its procedure."))
def procedure_abandoned(version: Any) -> bool:
    return version.procedure.status == ProcedureStatus.ABANDONED


@clause(_("A version is drafted for a procedure that is a draft or was returned."))
def procedure_is_being_drafted(version: Any) -> bool:
    return version.procedure.status in (
        ProcedureStatus.DRAFT,
        ProcedureStatus.RETURNED,
    )


DRAFTING = (procedure_is_being_drafted,)

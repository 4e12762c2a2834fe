"""Asking for the signature: the authors hand a finished draft to their head."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from qa import offices
from qa import permissions as may
from qa.enums import Role, VersionStatus
from qa.guards.submission import (
    blocking_checks_pass,
    head_signed_this_revision,
    warnings_are_justified,
)
from qa.models import Case, Procedure, User
from qa.services.messages import notify
from qa.tasks import signatures
from qa.transitions import TransitionRefused, note


@transaction.atomic
def ask_for_signature(*, procedure: Procedure, by: User) -> None:
    """Tell the head that this revision is finished; a change asks for a new word."""
    case = Case.lock(procedure.micro_credential.case_id)
    fresh = Procedure.objects.select_related("version", "micro_credential__unit").get(
        pk=procedure.pk
    )
    if not may.is_author(fresh, by):
        raise PermissionDenied(_("Only the authors ask for the signature."))
    _refuse_unfinished(fresh)
    version = fresh.version
    facts = {"revision": version.revision}
    note(case, version, signatures.ASK, by=by, facts=facts)
    notify(
        offices.holders(Role.HEAD_OF_DEPARTMENT, fresh.micro_credential.unit_id),
        case=case,
        key=f"{signatures.ASK}/{version.pk}/{version.revision}",
        subject=lambda: _("Please read and sign: %(title)s") % {"title": version},
        body=lambda: _("%(who)s asks for your signature.") % {"who": by},
        path=f"/procedures/{fresh.pk}/sign-off/",
    )


def _refuse_unfinished(procedure: Procedure) -> None:
    if procedure.version.status != VersionStatus.DRAFT:
        raise TransitionRefused(
            _("This version is frozen; it can be read but not changed.")
        )
    if head_signed_this_revision(procedure):
        raise TransitionRefused(_("The proposal as it stands is signed already."))
    if signatures.asked(procedure.version):
        raise TransitionRefused(_("The head of department was asked already."))
    for rule in (blocking_checks_pass, warnings_are_justified):
        if not rule(procedure):
            raise TransitionRefused(rule.sentence)

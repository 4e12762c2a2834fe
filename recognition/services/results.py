"""The result of a decision as data: issued when it is notified, withdrawn when it falls."""

import hashlib
import secrets
import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from qa import clock
from qa.models import User
from qa.transitions import note, refuse_unless
from recognition import permissions as may
from recognition.issuing import endorsement, identity, keys, signing, status_list
from recognition.models import (
    IssuedResult,
    RecognitionApplication,
    RecognitionDecision,
    ResultWithdrawal,
    StatusList,
)
from recognition.services import notices
from recognition.services.asking import locked
from recognition.services.result_told import recognition

# A list half full is left for a new one: a free place is then found in a draw or two.
MOST_IN_A_LIST = status_list.ENTRIES // 2


def issue_result(*, application: RecognitionApplication, by: User) -> IssuedResult:
    """The credential of the decision, kept as it is signed; part of the act that notifies.

    What was issued of an earlier decision on the same application ends with it.
    """
    refuse_unless(
        not keys.fault(settings.ISSUER_KEYS_FILE),
        _(
            "The result cannot be signed: the key of the institution is missing or"
            " cannot be read. Ask the administrator to run “manage.py issuer_keys”."
        ),
    )
    resolution, earlier = application.resolution, standing_result(application)
    if earlier is not None:
        number = resolution.decision.act_number
        replaced = _("The decision was replaced by act %(number)s.")
        _end(application, earlier, replaced % {"number": number}, by)
    kept = _list_in_use(identity.did(settings.ATESTA_URL), by)
    issued = IssuedResult(
        resolution=resolution,
        code=uuid.uuid4(),
        status_list=kept,
        status_index=_free_place(kept),
        issued_at=clock.now(),
        issued_by=by,
    )
    _sign(issued, resolution)
    issued.save(force_insert=True)
    note(
        application.case,
        application,
        "issue_result",
        by=by,
        facts={"result": issued, "status_list": kept, "sha256": issued.sha256},
    )
    return issued


@transaction.atomic
def withdraw_result(
    *, application: RecognitionApplication, reason: str, by: User
) -> ResultWithdrawal:
    """The decision stands no longer as it was issued: everybody who asks is told so."""
    fresh = locked(application)
    if not may.is_head(fresh, by):
        raise PermissionDenied(
            _("Only the head of the recognition office withdraws a result.")
        )
    result = standing_result(fresh)
    refuse_unless(result is not None, _("There is no result that could be withdrawn."))
    refuse_unless(bool(reason.strip()), _("Say why the result is withdrawn."))
    return _end(fresh, result, reason.strip(), by)


def standing_result(application: RecognitionApplication) -> Any:
    """The result that was issued and still holds; None where there is none."""
    return IssuedResult.objects.filter(
        resolution__application=application, withdrawal=None
    ).first()


def _end(
    application: RecognitionApplication, result: IssuedResult, reason: str, by: User
) -> ResultWithdrawal:
    """From now on the list says that the result holds no longer."""
    withdrawal = ResultWithdrawal.objects.create(
        result=result, reason=reason, withdrawn_at=clock.now(), withdrawn_by=by
    )
    note(
        application.case,
        application,
        "withdraw_result",
        by=by,
        reason=reason,
        facts={"withdrawal": withdrawal},
    )
    notices.result_withdrawn(application, reason)
    return withdrawal


def _sign(issued: IssuedResult, resolution: RecognitionDecision) -> None:
    """Fill in the bytes, their hash and the key; the same row gives the same bytes."""
    key = keys.in_use(settings.ISSUER_KEYS_FILE)
    kept, ours = issued.status_list, resolution.decision.body.institution
    unsigned = endorsement.credential(
        recognition(resolution, otherwise=uuid.uuid5(issued.code, "credential").urn),
        identifier=issued.code.urn,
        issuer=endorsement.Issuer(
            did=kept.issuer,
            name=endorsement.Both(ours.name_ro, ours.name_en),
            country=ours.country,
            address=settings.ATESTA_URL,
        ),
        at=issued.issued_at,
        status=status_list.entry(kept.address, issued.status_index),
    )
    issued.key = identity.method(kept.issuer, key.known)
    issued.content = signing.signed(
        unsigned, issuer=kept.issuer, key=key, at=issued.issued_at
    )
    issued.sha256 = hashlib.sha256(issued.content).hexdigest()


def _list_in_use(issuer: str, by: User) -> StatusList:
    """The latest list under this name, locked; a new one where it is half full."""
    ours = StatusList.objects.select_for_update().filter(issuer=issuer)
    latest = ours.order_by("pk").last()
    if latest is not None and latest.results.count() < MOST_IN_A_LIST:
        return latest
    code = uuid.uuid4()
    path = reverse("recognition:status_list", args=[code])
    return StatusList.objects.create(
        code=code,
        issuer=issuer,
        address=f"{settings.ATESTA_URL}{path}",
        opened_at=clock.now(),
        opened_by=by,
    )


def _free_place(kept: StatusList) -> int:
    """Drawn by lot, so that a place says nothing of when or in which order."""
    while True:
        index = secrets.randbelow(status_list.ENTRIES)
        if not kept.results.filter(status_index=index).exists():
            return index

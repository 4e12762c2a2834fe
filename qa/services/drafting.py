"""Writing the draft: saving with revisions, justifications, answers, the signature."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from qa import clock, content, design_checks
from qa import permissions as may
from qa.answers import asked_points
from qa.enums import VersionStatus
from qa.models import (
    Case,
    Justification,
    MicroCredential,
    OverlapAnswer,
    PointAnswer,
    Procedure,
    SignOff,
    User,
    Version,
)
from qa.services import notices
from qa.transitions import TransitionRefused, note


class StaleRevision(Exception):
    """Somebody saved the draft meanwhile; `current` is what it says now."""

    def __init__(self, current: Version) -> None:
        self.current = current
        super().__init__(
            _("%(who)s saved this proposal meanwhile. Compare the two texts.")
            % {"who": current.saved_by}
        )


def editable(version: Version, by: User) -> Version:
    """The draft under the case's lock, for one of its authors."""
    Case.lock(version.case_id)
    fresh = Version.objects.select_related("procedure__rule_set").get(pk=version.pk)
    if not may.is_author(fresh, by):
        raise PermissionDenied(_("Only the authors change a proposal."))
    if fresh.status != VersionStatus.DRAFT:
        raise TransitionRefused(
            _("This version is frozen; it can be read but not changed.")
        )
    return fresh


def raise_revision(version: Version, by: User) -> None:
    """What is said beside the sections is signed too: a change voids the signature."""
    Version.objects.filter(pk=version.pk).update(
        revision=F("revision") + 1, saved_at=clock.now(), saved_by=by
    )


@transaction.atomic
def save_draft(
    *, version: Version, data: Mapping[str, Any], revision: int, by: User
) -> Version:
    """Save changed content on top of the revision the writer saw."""
    fresh = editable(version, by)
    if fresh.revision != revision:
        raise StaleRevision(fresh)
    return content.fill(fresh, data, by=by)


@transaction.atomic
def justify(*, version: Version, check_code: str, text: str, by: User) -> None:
    """Store the answer to a warning; an empty text takes it back."""
    fresh = editable(version, by)
    known = {check.code: check for check in design_checks.ALL}
    if check_code not in known:
        raise TransitionRefused(_("There is no design check of this number."))
    if not known[check_code].takes_reason:
        raise TransitionRefused(
            _("One reason does not do here: answer each offer of the same field.")
        )
    given = fresh.justifications.filter(check_code=check_code)
    if text.strip() == (given.values_list("text", flat=True).first() or ""):
        return
    raise_revision(fresh, by)
    if not text.strip():
        given.delete()
        return
    Justification.objects.update_or_create(
        version=fresh, check_code=check_code, defaults={"text": text.strip()}
    )


@transaction.atomic
def answer_overlap(
    *, version: Version, other: MicroCredential, answer: str, by: User
) -> None:
    """Say why the offer stands beside one in force; an empty text takes it back."""
    fresh = editable(version, by)
    given = fresh.overlap_answers.filter(other=other)
    if answer.strip() == (given.values_list("answer", flat=True).first() or ""):
        return
    raise_revision(fresh, by)
    if not answer.strip():
        given.delete()
        return
    OverlapAnswer.objects.update_or_create(
        version=fresh, other=other, defaults={"answer": answer.strip()}
    )


@transaction.atomic
def write_self_evaluation(
    *,
    procedure: Procedure,
    self_evaluation: str,
    answer_to_decision: str,
    by: User,
    answers: Mapping[int, str] | None = None,
) -> None:
    """What a re-evaluation reports and a resubmission answers, by the points' keys."""
    fresh = editable(procedure.version, by)
    told = {
        "self_evaluation": self_evaluation.strip(),
        "answer_to_decision": answer_to_decision.strip(),
    }
    current = Procedure.objects.filter(pk=procedure.pk)
    is_new = not current.filter(**told).exists()
    current.update(**told)
    if _answer_points(procedure, answers or {}) or is_new:
        raise_revision(fresh, by)


def _answer_points(procedure: Procedure, answers: Mapping[int, str]) -> bool:
    """Whether anything changed; an empty text takes an answer back."""
    if not answers.keys() <= {point.pk for point in asked_points(procedure)}:
        raise TransitionRefused(
            _("Only points of the report before this proposal are answered here.")
        )
    given = dict(procedure.point_answers.values_list("point", "answer"))
    told = given | {pk: text.strip() for pk, text in answers.items()}
    told = {pk: text for pk, text in told.items() if text}
    if told == given:
        return False
    procedure.point_answers.all().delete()
    PointAnswer.objects.bulk_create(
        PointAnswer(procedure=procedure, point_id=pk, answer=text)
        for pk, text in told.items()
    )
    return True


@transaction.atomic
def sign_off(*, version: Version, revision: int, by: User) -> SignOff:
    """The head of department signs the revision that was shown."""
    Case.lock(version.case_id)
    fresh = Version.objects.select_related("procedure__micro_credential").get(
        pk=version.pk
    )
    if not may.is_head_of_department(fresh, by):
        raise PermissionDenied(_("Only the head of the department signs here."))
    if fresh.status != VersionStatus.DRAFT:
        raise TransitionRefused(_("This version is frozen; it needs no signature."))
    if fresh.revision != revision:
        raise StaleRevision(fresh)
    try:
        signature = SignOff.objects.create(
            version=fresh, revision=revision, signed_by=by, signed_at=clock.now()
        )
    except IntegrityError as error:
        raise TransitionRefused(
            _("The proposal as it stands is signed already.")
        ) from error
    note(
        Case.objects.get(pk=fresh.case_id),
        fresh,
        "sign_off",
        by=by,
        facts={"revision": revision, "signature": signature},
    )
    notices.tell("sign_off", fresh, by=by)
    return signature


@transaction.atomic
def add_author(*, procedure: Procedure, author: User, by: User) -> None:
    """Let a colleague write on the draft."""
    fresh = editable(procedure.version, by)
    fresh.micro_credential.authors.add(author)
    note(
        fresh.micro_credential.case,
        procedure,
        "add_author",
        by=by,
        facts={"author": author},
    )

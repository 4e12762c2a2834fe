"""What leaves: a letter of decision, kept byte for byte, and a dossier on demand."""

import hashlib

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qa import clock
from qa.enums import ActKind, Confidentiality
from qa.models import Case, Decision, Document, Procedure, User
from qa.permissions import is_qa_officer, is_senate_secretary
from qa.services import recipients as to
from qa.services.notice import Notice
from qa.services.registers import next_registry_number
from qa.transitions import TransitionRefused, note
from recognition import permissions as recognition_may
from recognition.enums import DocumentKind
from reports import documents, queries
from reports.codes import new_code
from reports.models import IssuedLetter

LETTER_ISSUED = Notice(
    (to.proposers, to.deans_office),
    gettext_lazy("The letter of decision was issued"),
    gettext_lazy("It tells of act %(number)s and can be read and kept."),
    lambda decision: {"number": decision.act_number},
    lambda decision: reverse("reports:letter", args=[decision.pk]),
)


def may_issue(decision: Decision, user: User) -> bool:
    """The office that records the act sends it: senate secretary, QA or recognition."""
    resolution = getattr(decision, "recognition", None)
    if resolution is not None:
        application = resolution.application
        return recognition_may.is_officer(
            application, user
        ) or recognition_may.is_committee_secretary(application, user)
    procedure = decision.procedure
    return procedure is not None and (
        is_senate_secretary(procedure, user) or is_qa_officer(procedure, user)
    )


def issue_letter(*, decision: Decision, by: User) -> IssuedLetter:
    """The letter of the act: the stored one, or a new one with number and code."""
    issued = IssuedLetter.objects.filter(decision=decision).first()
    if issued is not None:
        return issued
    if not may_issue(decision, by):
        raise PermissionDenied(_("This letter is issued by another office."))
    _refuse_unfinished(decision)
    with transaction.atomic():
        Case.lock(decision.case_id)
        issued = IssuedLetter.objects.filter(decision=decision).first()
        if issued is None:
            issued = _issue(decision, by)
            _tell_of_letter(decision, by)
        return issued


def _tell_of_letter(decision: Decision, by: User) -> None:
    """An applicant for recognition is told when the letter is delivered."""
    if decision.procedure is not None:
        LETTER_ISSUED.write("letter", decision, by=by)


def dossier(*, procedure: Procedure, reader: User, language: str) -> bytes:
    """The file of the procedure as the reader may see it; nothing is stored."""
    return documents.dossier(
        queries.dossier_data(procedure, reader=reader, language=language)
    )


def _refuse_unfinished(decision: Decision) -> None:
    if decision.kind != ActKind.DECISION or not decision.is_carried:
        raise TransitionRefused(_("Only a decision that was carried has a letter."))
    if not (decision.reasons_ro.strip() and decision.reasons_en.strip()):
        raise TransitionRefused(
            _("The letter gives the reasons in Romanian and in English.")
        )
    if decision.signatory_id is None:
        raise TransitionRefused(
            _("The letter names who signs it; this act has no signatory.")
        )
    if not queries.wording_of(queries.template_of(decision)):
        raise TransitionRefused(
            _("The wording of this letter is not loaded; ask the administrator for it.")
        )


def _issue(decision: Decision, by: User) -> IssuedLetter:
    """Number, code, bytes and event, inside the transaction that holds the case.

    The number and the code are printed, so the document is made here; it takes tenths
    of a second.
    """
    today, code = clock.today(), new_code()
    number = next_registry_number(today)
    content = documents.letter(
        queries.letter_data(
            decision, registry_number=number, code=code, issued_on=today
        )
    )
    issued = IssuedLetter.objects.create(
        case_id=decision.case_id,
        decision=decision,
        code=code,
        registry_number=number,
        content=content,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        issued_at=clock.now(),
        issued_by=by,
        notified_on=today if decision.procedure_id else None,
        remedy_until=queries.remedy_until(decision, today),
    )
    recognised = getattr(decision, "recognition", None) is not None
    note(
        decision.case,
        decision,
        "issue_letter",
        by=by,
        facts={
            "letter": issued,
            "document": _file(issued) if recognised else None,
            "registry_number": number,
            "sha256": issued.sha256,
        },
    )
    return issued


def _file(issued: IssuedLetter) -> Document:
    """The same bytes among the documents of the application, where B21 looks."""
    document = Document(
        case_id=issued.case_id,
        kind=DocumentKind.DECISION_LETTER,
        title=f"Comunicarea hotărârii · Letter of decision {issued.registry_number}",
        language="ro",
        confidentiality=Confidentiality.INTERNAL,
        media_type="application/pdf",
        size=issued.size,
        sha256=issued.sha256,
        registry_number=issued.registry_number,
        added_by=issued.issued_by,
        added_at=issued.issued_at,
    )
    content = ContentFile(bytes(issued.content))
    document.file.save(f"{issued.sha256[:16]}.pdf", content, save=False)
    document.save()
    return document

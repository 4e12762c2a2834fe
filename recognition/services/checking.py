"""Verifying a credential file of a case; each result is frozen and stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from qa import clock, record
from qa.files import LARGEST, content_of, hash_of
from qa.models import Document, User
from qa.transitions import TransitionRefused, note, refuse_unless
from recognition import crosswalk, look_ups, register_of_trust
from recognition import permissions as may
from recognition.credentials import guarded, kept
from recognition.credentials.baked import NOTHING_BAKED
from recognition.credentials.contexts import Contexts
from recognition.credentials.detection import Kind
from recognition.credentials.findings import NO_PROOF, Check, Format, Report
from recognition.credentials.trust import Trust
from recognition.enums import ApplicationStatus, DocumentKind
from recognition.models import CredentialCheck, LookUp, RecognitionApplication
from recognition.register_of_trust import Known
from recognition.services.asking import locked
from recognition.services.documents import add_document
from recognition.services.filling import fill_from
from recognition.services.trusting import propose_seen_keys

S = ApplicationStatus
# Papers that no reader here has anything to say about, whatever is in them, and what
# the house itself has issued.
NEVER_CHECKED = (
    DocumentKind.IDENTITY,
    DocumentKind.BACKGROUND_PAPER,
    DocumentKind.DECISION_LETTER,
)
# A scan may carry a credential or be none; whatever else is filed is one, or damaged.
MAY_BE_A_SCAN = (Kind.PDF, Kind.PNG)
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Looked:
    """What was found in a file, as it can be kept, and what was known then."""

    content: bytes
    told: dict[str, Any]
    report: Report
    known: Known
    look_ups: Sequence[LookUp] = ()
    looks_up_for: CredentialCheck | None = None


def look_at(content: bytes, applicant: User | None = None) -> Looked:
    """Verify in a process of its own; nothing is stored, no transaction is open."""
    known = register_of_trust.known_at(clock.now(), applicant)
    report = read_apart(content, clock.now(), known.trust)
    told = kept.as_kept(report)  # from here on nothing a stranger chose is unbounded
    return Looked(content, told, kept.report_of(told), known)


def read_apart(
    content: bytes, at: datetime, trust: Trust, *, once: bool = False
) -> Report:
    """What a reader finds; `once` where this process seldom asks for one."""
    contexts = Contexts(settings.CONTEXTS_DIR)
    try:
        return guarded.verify(content, at=at, trust=trust, contexts=contexts, once=once)
    except guarded.Busy as busy:
        raise TransitionRefused(
            _("Other files are being read just now; try again in a minute.")
        ) from busy


def add_credential_file(
    *, application: RecognitionApplication, content: bytes, filename: str, by: User
) -> CredentialCheck:
    """Add a credential as a document, verify it, and fill in what it says."""
    _refuse_others(application, by)
    refuse_unless(
        0 < len(content) <= LARGEST, _("A file may have 10 MB at most, and not none.")
    )
    looked = look_at(content, application.applicant)
    document = Document(
        kind=DocumentKind.CERTIFICATE, title=_title(looked.report, filename)
    )
    with transaction.atomic():
        added = add_document(
            application=application,
            document=document,
            content=content,
            by=by,
        )
        check = keep(application, added, looked, by)
        fill_from(application=application, check=check, by=by)
    return check


def check_added(
    *, application: RecognitionApplication, document: Document, by: User
) -> CredentialCheck | None:
    """Verify a document that was just added, if it is a credential at all."""
    if document.kind in NEVER_CHECKED or document.media_type == Kind.JPEG:
        return None
    looked = look_at(content_of(document), application.applicant)
    if document.media_type in MAY_BE_A_SCAN and says_nothing(looked.report):
        return None
    with transaction.atomic():
        check = keep(application, document, looked, by)
        fill_from(application=application, check=check, by=by)
    return check


def check_document(
    *, application: RecognitionApplication, document: Document, by: User
) -> CredentialCheck:
    """Verify a document of the case, perhaps again; earlier results stay beside it."""
    if not may.checks_again(application, by):
        raise PermissionDenied(_("Only the recognition office verifies again."))
    refuse_unless(
        document.case_id == application.pk and bool(document.file),
        _("The document has no file that could be checked."),
    )
    refuse_unless(
        document.kind not in NEVER_CHECKED,
        _(
            "Identity papers, background papers and our own letters are not verified; "
            "verify the credential itself."
        ),
    )
    looked = look_at(content_of(document), application.applicant)
    with transaction.atomic():
        return keep(application, document, looked, by)


def says_nothing(report: Report) -> bool:
    """A scan or a print: neither signed nor with a credential inside."""
    about_format = report.findings[Check.FORMAT].sentence
    unsigned = report.findings[Check.SIGNATURE].sentence == NO_PROOF
    return about_format == NOTHING_BAKED or (
        report.format is Format.PDF and unsigned and not report.parts
    )


def keep(
    application: RecognitionApplication, document: Document, looked: Looked, by: User
) -> CredentialCheck:
    """Freeze what was found with the case; the act stands in the record."""
    fresh = locked(application)
    _refuse_others(fresh, by)
    told = looked.told
    check = CredentialCheck.objects.create(
        application=fresh,
        document=document,
        file_sha256=hash_of(looked.content),
        format=looked.report.format.value,
        verdict=looked.report.verdict.value,
        report=told,
        report_sha256=record.sha256(record.canonical(told)),
        trusted_sha256=looked.known.sha256,
        checked_at=clock.now(),
        checked_by=by,
        look_up_asked_at=_asks_now(looked),
        looks_up_for=looked.looks_up_for,
    )
    facts = _facts_of(check, looked)
    proposed = propose_seen_keys(check=check, report=looked.report, known=looked.known)
    facts |= {"proposed": proposed}
    note(fresh.case, fresh, "check_file", by=by, facts=facts)
    if check.look_up_asked_at:
        look_ups.ask_for(check)
    return check


def _asks_now(looked: Looked) -> datetime | None:
    """When a worker is asked to look up what the file names; what it did is not again."""
    if looked.looks_up_for or not look_ups.are_to_be_made(looked.report):
        return None
    return clock.machine_now()


def _facts_of(check: CredentialCheck, looked: Looked) -> dict[str, Any]:
    """What the event swears to; what was looked up is stored with its check."""
    for one in looked.look_ups:
        one.of_check = check
        one.save(force_insert=True)
    facts = {
        "check": check,
        "document": check.document,
        "verdict": check.verdict,
        "file_sha256": check.file_sha256,
        "report_sha256": check.report_sha256,
    }
    return facts | ({"look_ups": looked.look_ups} if looked.look_ups else {})


def _title(report: Report, filename: str) -> str:
    said = {claim.name: claim.value for claim in crosswalk.claims_of(report)}
    title = said.get("title")
    told = title if isinstance(title, str) else PurePath(filename).stem
    return " ".join(told.split())[:LONGEST_TITLE] or _("Credential")


def _refuse_others(application: RecognitionApplication, by: User) -> None:
    if not may.checks_files(application, by):
        raise PermissionDenied(_("This file belongs to somebody else."))
    refuse_unless(
        application.status not in (S.FINAL, S.WITHDRAWN),
        _("The case is closed; nothing is added to it."),
    )

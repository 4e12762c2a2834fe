"""The files that go with a draft; what was attached is never replaced in place."""

from django.db import transaction
from django.utils.translation import gettext as _

from qa import clock
from qa.enums import AttachmentKind
from qa.files import hash_of, put
from qa.models import Attachment, Document, User, Version
from qa.services.drafting import editable, raise_revision
from qa.transitions import note, refuse_unless

MOST = 20
# A file is told by how it begins, not by its name.
BEGINNINGS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
SUFFIXES = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}


@transaction.atomic
def attach(
    *, version: Version, kind: str, title: str, content: bytes, by: User
) -> Attachment:
    """Add a file to the draft: PDF, PNG or JPEG, of at most `files.LARGEST` bytes.

    It is signed with the rest, so a signature given before is void. Raises
    TransitionRefused where the file, or what is said of it, will not do.
    """
    fresh = editable(version, by)
    refuse_unless(
        kind in AttachmentKind.values and bool(title.strip()),
        _("Say what the file is and give it a title."),
    )
    refuse_unless(
        fresh.attachments.count() < MOST,
        _("No more than %(most)s files go with a proposal; take one off first.")
        % {"most": MOST},
    )
    media_type = _media_type_of(content)
    carried = fresh.attachments.filter(document__sha256=hash_of(content)).first()
    refuse_unless(
        carried is None,
        _("This file is attached already, as “%(title)s”.") % {"title": carried},
    )
    document = Document(
        case_id=fresh.case_id,
        kind=kind,
        title=title.strip(),
        added_by=by,
        added_at=clock.now(),
    )
    put(document, content, media_type=media_type, suffix=SUFFIXES[media_type])
    document.save()
    raise_revision(fresh, by)
    note(document.case, fresh, "attach", by=by, facts={"document": document})
    return Attachment.objects.create(version=fresh, document=document)


@transaction.atomic
def take_off(*, attachment: Attachment, by: User) -> None:
    """Let the draft go on without the file; the record keeps that it was there.

    What no version carries is kept no longer: it may have been the wrong file.
    """
    fresh = editable(attachment.version, by)
    document = attachment.document
    gone, _rows = fresh.attachments.filter(pk=attachment.pk).delete()
    refuse_unless(bool(gone), _("This file was taken off already."))
    raise_revision(fresh, by)
    note(document.case, fresh, "take_off", by=by, facts={"document": document})
    if not document.attachments.exists():
        storage, name = document.file.storage, document.file.name
        transaction.on_commit(lambda: storage.delete(name))


def _media_type_of(content: bytes) -> str:
    """What the file is by its own bytes, or why it will not do."""
    refuse_unless(bool(content), _("The file is empty; choose another."))
    found = (kind for start, kind in BEGINNINGS.items() if content.startswith(start))
    media_type = next(found, "")
    refuse_unless(bool(media_type), _("Send a PDF or a picture (PNG, JPEG)."))
    return media_type

"""The files that go with a version: what is frozen of them, and the next to carry them."""

from typing import Any

from qa.enums import AttachmentKind
from qa.models import Attachment, Version


def as_data(version: Version) -> dict[str, Any]:
    """Title, kind and SHA-256 of each; no key where there is nothing."""
    files = [
        {name: getattr(one.document, name) for name in ("title", "kind", "sha256")}
        for one in of(version)
    ]
    return {"attachments": files} if files else {}


def of(version: Version) -> list[Attachment]:
    """As they were attached."""
    return list(version.attachments.select_related("document__added_by"))


def carry_on(source: Version, target: Version) -> None:
    """What goes with the source goes with the target.

    But for the report of a self-evaluation: the next procedure writes its own.
    """
    carried = source.attachments.all()
    if source.procedure_id != target.procedure_id:
        carried = carried.exclude(document__kind=AttachmentKind.SELF_EVALUATION)
    Attachment.objects.bulk_create(
        Attachment(version=target, document_id=one.document_id) for one in carried
    )

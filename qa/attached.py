"""The files that go with a version: what is frozen of them, and the next to carry them."""

from typing import Any

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
    """What goes with the source goes with the target."""
    Attachment.objects.bulk_create(
        Attachment(version=target, document_id=one.document_id)
        for one in source.attachments.all()
    )

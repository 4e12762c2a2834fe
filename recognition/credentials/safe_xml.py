"""Reading XML from strangers: no document type, no entities, no network."""

from typing import Any

from recognition.credentials.refusals import Unreadable
from recognition.credentials.words import gettext_noop as _

MOST_MARKS = 200_000  # of elements, asked before they become a tree


def parse(content: bytes) -> Any:
    """The root element."""
    from lxml import etree  # noqa: PLC0415  heavy, and needed for transcripts only

    if content.count(b"<") > MOST_MARKS:
        raise Unreadable(_("The XML has more parts than any transcript needs."))
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=False,
    )
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Unreadable(_("The XML defines a document type, which is refused."))
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(_("The XML cannot be read.")) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(_("The XML defines a document type, which is refused."))
    return root

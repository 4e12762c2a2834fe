"""Official JSON Schemas, asked where they are installed, beside the rules of our own."""

from typing import Any

from recognition.credentials import contexts
from recognition.credentials.contexts import Contexts
from recognition.credentials.findings import Finding, Format, failed, passed
from recognition.credentials.refusals import UnknownContext
from recognition.credentials.safe_json import listed
from recognition.credentials.structure import is_of
from recognition.credentials.words import gettext_noop as _

ALTERED = _(
    "It is built as its standard asks by the rules of this house; the official schema"
    " %(url)s was not asked, since the file that is installed of it was altered."
)


def address(credential: dict[str, Any], kind: Format) -> str | None:
    """The schema of a format; those of the first data model have none that fits."""
    if contexts.VC_1 in listed(credential.get("@context")):
        return None
    if kind is Format.CLR_2:
        return contexts.CLR_SCHEMA
    if kind is not Format.OPEN_BADGES_3:
        return None
    endorses = is_of(credential, "EndorsementCredential")
    return contexts.ENDORSEMENT_SCHEMA if endorses else contexts.ACHIEVEMENT_SCHEMA


def asked(
    credential: dict[str, Any], kind: Format, installed: Contexts
) -> Finding | None:
    """How the credential breaks its schema, or that it could not be asked.

    None where the schema has nothing against it, or none is there.
    """
    url = address(credential, kind)
    if url is None or not installed.has_file(url):
        return None
    try:
        schema = installed.document(url)
    except UnknownContext:
        return passed(ALTERED, url=url)
    from jsonschema import Draft201909Validator  # noqa: PLC0415  heavy, rarely there
    from referencing import Registry  # noqa: PLC0415  as above
    from referencing.exceptions import Unresolvable  # noqa: PLC0415  as above

    # An empty registry: what a schema refers to elsewhere is never fetched.
    validator = Draft201909Validator(schema, registry=Registry())
    try:
        error = next(validator.iter_errors(credential), None)
    except Unresolvable:
        return None
    if error is None:
        return None
    place = "/".join(str(step) for step in error.absolute_path)
    return failed(
        _("It breaks the rule “%(rule)s” of its official schema at “%(place)s”."),
        rule=str(error.validator),
        place=place or "/",
    )

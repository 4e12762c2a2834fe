"""Chapter of a dossier on the formal check: sign-offs, what was asked for, the list."""

from django.utils.translation import gettext as _

from qa.guards.submission import FORMAL_CHECKLIST
from qa.models import Procedure, ReturnItem, SignOff
from reports.rows import Chapter, Field, Heading, Table
from reports.words import moment_of

Part = Field | Heading | Table


def formal_chapter(procedure: Procedure) -> Chapter:
    """What came before the review, in the order in which it happens."""
    parts = [*_sign_offs(procedure), *_asked_for(procedure), *_checked(procedure)]
    return Chapter(_("Formal check"), tuple(parts))


def _sign_offs(procedure: Procedure) -> list[Part]:
    """Who signed which revision of the drafts (before A03 and A05)."""
    signed = SignOff.objects.filter(version__procedure=procedure)
    rows = tuple(
        (
            str(one.version.number),
            str(one.revision),
            str(one.signed_by),
            moment_of(one.signed_at),
        )
        for one in signed.select_related("version", "signed_by").order_by(
            "version__number", "revision"
        )
    )
    heads = (_("Version"), _("Revision"), _("Signed by"), _("Date"))
    table = Table(heads, rows, (0.15, 0.15, 0.45, 0.25))
    return [Heading(_("Signatures of the head of department")), table] if rows else []


def _asked_for(procedure: Procedure) -> list[Part]:
    """What each return (A04) asked to be completed."""
    items = ReturnItem.objects.filter(procedure=procedure).select_related("version")
    rows = tuple(
        (str(one.version.number), one.what, one.why)
        for one in items.order_by("version__number", "pk")
    )
    heads = (_("Version"), _("What is missing"), _("Why it is needed"))
    table = Table(heads, rows, (0.15, 0.45, 0.4))
    return [Heading(_("Returned for completion")), table] if rows else []


def _checked(procedure: Procedure) -> list[Part]:
    """The lines of the checklist that were signed (A07), by whom and when."""
    lines = [label for code, label in FORMAL_CHECKLIST if code in procedure.checklist]
    who, when = str(procedure.checked_by), moment_of(procedure.checked_at)
    rows = tuple((str(label), who, when) for label in lines)
    heads = (_("Checked"), _("By"), _("Date"))
    table = Table(heads, rows, (0.5, 0.25, 0.25))
    return [Heading(_("Formal checklist")), table] if rows else []

"""From when until when a credential says that it holds."""

from datetime import datetime
from typing import Any

from recognition.credentials.dates import instant, told
from recognition.credentials.findings import Finding, failed, passed, unknown
from recognition.credentials.refusals import Malformed
from recognition.credentials.words import gettext_noop as _


def window(starts: list[Any], ends: list[Any], at: datetime) -> Finding:
    """All of these bounds hold at once; what says nothing bounds nothing."""
    try:
        first = max([instant(one) for one in starts if one is not None], default=None)
        last = min([instant(one) for one in ends if one is not None], default=None)
    except Malformed as refusal:
        return unknown(refusal.sentence, **refusal.facts)
    if first and at < first:
        return failed(
            _("It holds from %(first)s, which is after %(at)s."),
            first=told(first),
            at=told(at),
        )
    if last and at > last:
        return failed(
            _("It ended on %(last)s, before %(at)s."), last=told(last), at=told(at)
        )
    if last is None and first is None:
        return passed(_("It names neither a beginning nor an end."))
    if last is None:
        return passed(
            _("It has held since %(first)s and names no end."), first=told(first)
        )
    return passed(
        _("It holds until %(last)s, which is after %(at)s."),
        last=told(last),
        at=told(at),
    )

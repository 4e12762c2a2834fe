"""Reading JSON from strangers: bounded, and with one meaning only."""

import codecs
import json
import math
import re
from collections import Counter
from typing import Any, NoReturn

from recognition.credentials.refusals import Unreadable
from recognition.credentials.words import gettext_noop as _

MOST_BYTES = 8 * 1024 * 1024  # European credentials carry pictures of their pages
MOST_DEPTH = 64
MOST_MARKS = 300_000  # of objects, lists and their members: each becomes a thing
MARKS = (b"{", b"[", b":", b",")

NO_BRACKETS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[^\[\]{}"]+', re.DOTALL)


def loads(content: bytes | str) -> Any:
    raw = (
        content.encode("utf-8", "surrogatepass")
        if isinstance(content, str)
        else content
    )
    if len(raw) > MOST_BYTES:
        raise Unreadable(
            _("The JSON is larger than %(limit)s MB."), limit=MOST_BYTES // 1024**2
        )
    if len(raw) > MOST_MARKS and sum(map(raw.count, MARKS)) > MOST_MARKS:
        raise Unreadable(_("The JSON has more parts than any credential needs."))
    try:
        text = raw.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        raise Unreadable(_("The text is not UTF-8.")) from error
    if raw.count(b"{") + raw.count(b"[") > MOST_DEPTH and _too_deep(text):
        raise Unreadable(
            _("The JSON is nested deeper than %(limit)s levels."), limit=MOST_DEPTH
        )
    try:
        value = STRICT.decode(text)
        if "\\" in text and "\\u" in text:  # one letter is looked for sooner
            # A lone surrogate is read without complaint, but nothing is signed over it.
            json.dumps(value, ensure_ascii=False).encode()
    except ValueError as error:
        raise Unreadable(_("The JSON cannot be read.")) from error
    return value


def _too_deep(text: str) -> bool:
    """Are brackets left after the innermost pairs were taken away that many times?

    Asked before the parser, which recurses, sees them.
    """
    brackets = NO_BRACKETS.sub("", text)
    for _level in range(MOST_DEPTH):
        brackets = brackets.replace("[]", "").replace("{}", "")
    pairs = "[]" in brackets or "{}" in brackets
    return pairs or len(brackets) > MOST_DEPTH  # a few without a partner: no JSON


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        [(twice, _times)] = Counter(name for name, _value in pairs).most_common(1)
        raise Unreadable(
            _("The name “%(name)s” stands twice in one JSON object."), name=twice
        )
    return found


def _not_a_number(_name: str) -> NoReturn:
    raise Unreadable(_("The JSON holds NaN or Infinity, which are not numbers."))


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        _not_a_number(text)
    return number


STRICT = json.JSONDecoder(
    object_pairs_hook=_without_duplicates,
    parse_constant=_not_a_number,
    parse_float=_finite,
)


def listed(value: Any) -> list[Any]:
    """JSON-LD writes one value alone or in a list; null and nothing are the same."""
    if value is None:
        return []
    if not isinstance(value, list):
        return [value]
    return [one for one in value if one is not None] if None in value else value

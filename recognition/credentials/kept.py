"""A report as plain data of a bounded size, and back: how it is kept with a case."""

import math
from collections.abc import Mapping
from typing import Any

from recognition.credentials.claims import Claim
from recognition.credentials.findings import Check, Finding, Format, Report, Result

MOST_LETTERS = 4_000
MOST_ENTRIES = 200
MOST_DEPTH = 5
MOST_PARTS = 50
LARGEST_NUMBER = 10**15


def as_kept(report: Report) -> dict[str, Any]:
    """Sentences stay apart from their facts, so that readers have them in their words."""
    return {
        "format": report.format.value,
        "findings": {
            check.value: {
                "result": finding.result.value,
                "sentence": finding.sentence,
                "facts": plain(finding.facts),
            }
            for check, finding in report.findings.items()
        },
        "claims": [
            {
                "name": claim.name,
                "value": plain(claim.value),
                "origin": claim.origin,
                "raw": plain(claim.raw),
            }
            for claim in report.claims
        ],
        "issuers": plain(report.issuers),
        "contexts": dict(report.contexts),
        "wanted": plain(report.wanted),
        "parts": [as_kept(part) for part in report.parts[:MOST_PARTS]],
    }


def report_of(kept: Mapping[str, Any]) -> Report:
    return Report(
        format=Format(kept["format"]),
        findings={
            Check(name): Finding(Result(it["result"]), it["sentence"], it["facts"])
            for name, it in kept["findings"].items()
        },
        claims=tuple(Claim(**claim) for claim in kept["claims"]),
        parts=tuple(report_of(part) for part in kept["parts"]),
        issuers=tuple(kept["issuers"]),
        contexts=kept["contexts"],
        wanted=tuple(kept["wanted"]),
    )


def plain(value: Any, depth: int = 0) -> Any:
    """What every database can keep: a stranger's file chose these values."""
    if depth < MOST_DEPTH:
        if isinstance(value, Mapping):
            entries = list(value.items())[:MOST_ENTRIES]
            return {_text(str(name)): plain(one, depth + 1) for name, one in entries}
        if isinstance(value, list | tuple):
            return [plain(one, depth + 1) for one in value[:MOST_ENTRIES]]
    return value if _is_plain(value) else _text(_told(value))


def _is_plain(value: Any) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, int):
        return abs(value) <= LARGEST_NUMBER
    return value is None


def _told(value: Any) -> str:
    try:
        return str(value)
    except ValueError:  # an integer of more digits than Python writes
        return "…"


def _text(value: str) -> str:
    told = value[:MOST_LETTERS].replace("\0", "\N{REPLACEMENT CHARACTER}")
    cut = "…" if len(value) > MOST_LETTERS else ""
    return told.encode("utf-8", "replace").decode() + cut

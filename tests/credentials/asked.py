"""The verifier asked on the day of these tests, and its answers by name."""

from typing import Any

from recognition.credentials import verification
from recognition.credentials.contexts import Contexts
from recognition.credentials.findings import Report
from recognition.credentials.trust import Trust
from tests.credentials import made


def verify(content: Any, trust: Trust | None = None) -> Report:
    return verification.verify(
        made.as_bytes(content), at=made.AT, trust=trust or Trust(), contexts=Contexts()
    )


def results(report: Report) -> dict[str, str]:
    return {check.value: found.result.value for check, found in report.findings.items()}

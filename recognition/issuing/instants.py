"""How an instant is written in what we sign."""

from datetime import UTC, datetime


def instant(at: datetime) -> str:
    """UTC to the second, as XML Schema and the Data Integrity proofs ask."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

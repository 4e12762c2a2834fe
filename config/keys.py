"""Where the secret key comes from: the environment, or a file beside the database."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def secret_key(kept_in: Path, stated: str) -> str:
    """The stated key if there is one, else the kept one; never an invented one."""
    if stated:
        return stated
    kept = kept_in.read_text(encoding="ascii").strip() if kept_in.exists() else ""
    if not kept:
        raise ImproperlyConfigured(
            "There is no secret key yet. `python3 start.py --prepare` makes one;"
            " or set SECRET_KEY in the environment."
        )
    return kept

"""The compiled translations: without them a letter would be half in English."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po


class NotCompiled(Exception):
    """A catalogue that gives no translations; the sentence says why."""


def compile_missing(folder: Path) -> list[Path]:
    """Compile every catalogue newer than what was compiled from it."""
    made = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            _compile(source, target)
            made.append(target)
    return made


def _compile(source: Path, target: Path) -> None:
    try:
        with source.open("rb") as file:
            catalogue = read_po(file, domain=source.stem, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise NotCompiled(f"{source}: {error}") from error
    if catalogue.fuzzy:
        raise NotCompiled(
            f"{source}: its header is marked fuzzy, so it would give no translations."
            " Take the mark away and try again."
        )
    with target.open("wb") as file:
        write_mo(file, catalogue)

"""Static files that come from installed packages: exactly those the pages use."""

from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage

# Address below /static/ -> (package, path inside it).
PARTS = {
    "bootstrap/bootstrap.min.css": (
        "django_include_bootstrap",
        "static/css/bootstrap.min.css",
    ),
    # Named in the style sheet's last line, so the manifest must have it.
    "bootstrap/bootstrap.min.css.map": (
        "django_include_bootstrap",
        "static/css/bootstrap.min.css.map",
    ),
    **{
        f"fonts/IBMPlexSerif-{style}.ttf": (
            "fontpkg_ibm_plex_serif",
            f"files/IBMPlexSerif-{style}.ttf",
        )
        for style in ("Regular", "Italic", "SemiBold")
    },
}


def located(address: str) -> Path:
    """Where on disk the package keeps the part with this address."""
    package, inside = PARTS[address]
    return Path(str(files(package))) / inside


class OnePart(FileSystemStorage):
    """A storage of one file, read under its address and kept by a package."""

    def __init__(self, address: str) -> None:
        super().__init__(location=located(address).parent)
        self.prefix = ""
        self._file = located(address)

    def path(self, name: str) -> str:
        return str(self._file)


class PackageFilesFinder(BaseFinder):
    """Finds the parts, so that nothing third-party is copied into the repository."""

    def check(self, **kwargs: object) -> list[CheckMessage]:
        return [
            Error(f"The package part {address} is missing.", id="config.E001")
            for address in PARTS
            if not located(address).is_file()
        ]

    def find(self, path: str, find_all: bool = False) -> list[str] | str | None:  # type: ignore[override]
        if path not in PARTS:
            return [] if find_all else None
        found = str(located(path))
        return [found] if find_all else found

    def list(
        self, ignore_patterns: Iterable[str] | None
    ) -> Iterator[tuple[str, FileSystemStorage]]:
        for address in PARTS:
            if not matches_patterns(address, list(ignore_patterns or [])):
                yield address, OnePart(address)
